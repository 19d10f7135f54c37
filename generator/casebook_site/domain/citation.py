"""References after GB/T 7714-2015 (numeric system, electronic resources with access date).

The day on which a page is read is not known when it is made: a blank stands there, which the page's
script fills. The script gives the reference as BibTeX and RIS too (`citing-formats.js`).
"""

from __future__ import annotations

from dataclasses import dataclass

from casebook_site.records.evidence import Source
from casebook_site.schema.dates import PartialDate

NEWSPAPER, JOURNAL = "N", "J"
PUBLISHED = ("M", "C", "D", "G", "S")
"""Types that have a publisher besides who is responsible: books, proceedings, theses, collections, standards."""


def cite_source(source: Source) -> str:
    """Return the reference of a source: `作者. 题名[N]. 发布者, 2022-09-13(19)…`.

    Newspapers and journals follow §4.4/§4.5 (作者. 题名[N]. 报纸名, 日期(版次); 题名[J]. 刊名, 年,
    卷(期): 页码), books and standards §4.1 (责任者. 题名: 标准号[S]. 出版地: 出版者, 年: 页码), everything
    else §4.6 (责任者. 题名: 文号[EB/OL]. (发布日期)[查阅日期]. 网址); of more than three authors three
    are named (§8.1.2). An author comes before the publisher as the one who is responsible.
    """
    authors = ", ".join([*source.authors[:3], *(["等"] if len(source.authors) > 3 else [])])
    online = f"{source.type}/OL" if source.url else source.type
    accessed = f"[{source.accessed.iso}]" if source.url and source.accessed else ""
    name = ": ".join(filter(None, (source.name, source.number)))
    if source.type in (NEWSPAPER, JOURNAL):
        responsible, when = authors, _in_periodical(source)
    elif source.type in PUBLISHED:
        responsible, when = authors, _by_publisher(source)
    else:
        responsible = authors or source.publisher or ""
        when = f"({source.published.iso})" if source.published else ""
    who = f"{responsible}. " if responsible else ""
    text = f"{who}{name}[{online}]. {when}{accessed}".rstrip(". ") + "."
    return f"{text} {source.url}." if source.url else text


def _in_periodical(source: Source) -> str:
    """Return where in a newspaper or journal: `示例日报, 2022-09-13(19)`, `示例学刊, 2022, 12(3): 45-50`."""
    published = source.published.iso if source.published else ""
    if source.type == NEWSPAPER or not (source.volume or source.issue):
        pages = f"({source.pages})" if source.pages else ""
        return ", ".join(filter(None, [source.publisher, published])) + pages
    issue = f"({source.issue})" if source.issue else ""
    year = str(source.published.year) if source.published else ""
    parts = [source.publisher, year, f"{source.volume}{issue}" if source.volume else ""]
    where = ", ".join(filter(None, parts)) + ("" if source.volume else issue)
    return f"{where}: {source.pages}" if source.pages else where


def _by_publisher(source: Source) -> str:
    """Return who published a book, and when: `北京: 示例社, 2021: 45-50`."""
    publisher = ": ".join(filter(None, (source.city, source.publisher)))
    year = str(source.published.year) if source.published else ""
    where = ", ".join(filter(None, (publisher, year)))
    return f"{where}: {source.pages}" if source.pages else where


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
