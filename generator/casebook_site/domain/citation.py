"""References after GB/T 7714-2015 (numeric system, electronic resources with access date).

The day on which a page is read is not known when it is made: a blank stands there, which the page's
script fills. The script gives the reference as BibTeX and RIS too (`citing-formats.js`).
"""

from __future__ import annotations

from dataclasses import dataclass

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


BLANK_DATE = "____-__-__"
"""Where readers, or the script of the page, write the day on which they read it."""


@dataclass(frozen=True, slots=True)
class PageReference:
    """A page of this site as others cite it; `str` is its reference after GB/T 7714."""

    title: str
    author: str
    """The publisher, or else the site."""
    updated: PartialDate | None
    url: str
    """Permanent address; empty where the site has none."""

    def __str__(self) -> str:
        """Return `作者. 题名[EB/OL]. (修改日期)[引用日期]. 网址`."""
        when = f"({self.updated.iso})" if self.updated else ""
        return f"{self.author}. {self.title}[EB/OL]. {when}[{BLANK_DATE}]. {self.url}".rstrip()
