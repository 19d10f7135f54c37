"""References after GB/T 7714-2015 (numeric system, electronic resources with access date)."""

from __future__ import annotations

from casebook_site.records.evidence import Source
from casebook_site.schema.dates import PartialDate


def cite_source(source: Source) -> str:
    """Return the reference of a source: `作者. 题名[N]. 发布者, 2022-09-13(19)…`.

    Newspapers and journals follow §4.4/§4.5 (作者. 题名[N]. 报纸名, 日期(版次)), everything else
    §4.6 (责任者. 题名[EB/OL]. (发布日期)[查阅日期]. 网址); of more than three authors three are named
    (§8.1.2). An author comes before the publisher as the one who is responsible.
    """
    authors = ", ".join([*source.authors[:3], *(["等"] if len(source.authors) > 3 else [])])
    online = f"{source.type}/OL" if source.url else source.type
    published = source.published.iso if source.published else ""
    accessed = f"[{source.accessed.iso}]" if source.url and source.accessed else ""
    if source.type in ("N", "J"):
        when = ", ".join(filter(None, [source.publisher or "", published]))
        pages = f"({source.pages})" if source.pages else ""
        who = f"{authors}. " if authors else ""
        text = f"{who}{source.name}[{online}]. {when}{pages}{accessed}"
    else:
        responsible = authors or source.publisher
        who = f"{responsible}. " if responsible else ""
        when = f"({published})" if published else ""
        text = f"{who}{source.name}[{online}]. {when}{accessed}"
    text = text.rstrip(". ") + "."
    return f"{text} {source.url}." if source.url else text


def cite_page(title: str, site: str, publisher: str, updated: PartialDate | None, url: str) -> str:
    """Return the reference of a page of this site; the reader fills in the date of access."""
    who = f"{publisher or site}. "
    when = f"({updated.iso})" if updated else ""
    return f"{who}{title}[EB/OL]. {when}[引用日期]. {url}".rstrip()
