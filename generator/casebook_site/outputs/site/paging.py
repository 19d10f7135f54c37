"""Lists cut into pages, as every index has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from casebook_site.base.audience import sees_everything
from casebook_site.base.templates import Template
from casebook_site.model.urls import HOME, data_path, index_path, relative
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import (
    IndexBody,
    IndexView,
    Page,
    Pager,
    SectionList,
    index_page,
)
from casebook_site.outputs.site.views import Download, LinkView, RecordEntry, Section

ItemT = TypeVar("ItemT")
BodyT = TypeVar("BodyT", bound=IndexBody)


class IndexFile(NamedTuple):
    """A page of an index: where it goes, and how it is built when its turn comes."""

    path: str
    section: str
    build: Callable[[], Page[object]]
    made_of: object = None
    """As in `OutputFile`."""


@dataclass(frozen=True)
class Listing(Generic[ItemT, BodyT]):
    """A list of things that is shown in pages of `page_size` each."""

    site: SiteModel
    section: str
    items: Sequence[ItemT]
    show: Callable[[str, Sequence[ItemT]], BodyT]
    """(path, items of the page) → the body that shows them."""
    template: Template[IndexView[BodyT]]
    part: str = ""
    """Name of a sub-list, such as a letter."""
    title: str = ""
    lead: str = ""
    tabs: Callable[[str], tuple[LinkView, ...]] = lambda page: ()
    downloads: Sequence[tuple[str, str]] = ()
    """(title, name of the file under data/)."""
    empty: str = ""
    """What readers are told when there is nothing to show."""
    to_editors: str = ""
    """What the internal edition adds: how to fill the list."""
    beside: object = None
    """What `show` and `tabs` take from the plan besides the items of the page."""

    def pages(self) -> Iterator[IndexFile]:
        """All pages; at least one."""
        size = self.site.settings.options.page_size
        count = max(1, -(-len(self.items) // size))
        for number in range(1, count + 1):
            path = index_path(self.section, number, self.part)
            shown = self.items[(number - 1) * size : number * size]
            made_of = (self.title, self.lead, self.downloads, self.beside, count, tuple(shown))
            build = partial(self._build, number, count, size)
            yield IndexFile(path, self.section, build, made_of)

    def _build(self, number: int, count: int, size: int) -> Page[IndexView[BodyT]]:
        home = self.site.sections[self.section]
        title, lead = self.title or home.title, self.lead or home.lead
        path = index_path(self.section, number, self.part)
        inner = bool(self.part) or number > 1
        above = (
            self.site.path_to(self.section, path)
            if inner
            else (LinkView("首页", relative(HOME, path)),)
        )
        files = tuple(
            Download(t, relative(data_path(name), path))
            for t, name in self.downloads
            if not self.site.offline or (self.site.has_tables and name.endswith(".csv"))
        )
        head = self.site.head(
            title if number == 1 else f"{title}（第{number}页）",
            lead,
            path,
            alternate=files[0].href if files else "",
        )
        view = IndexView(
            path=(*above, LinkView(title)),
            title=title,
            lead=lead if number == 1 else "",
            body=self.show(path, self.items[(number - 1) * size : number * size]),
            tabs=self.tabs(path),
            pager=_pager(self.section, self.part, number, count, path) if count > 1 else None,
            downloads=files,
            empty=self._advice() if not self.items else "",
        )
        return index_page(self.template, view, head)

    def _advice(self) -> str:
        """Return what is said when there is nothing to show; only editors are told what to write."""
        if self.site.offline:
            return f"这个离线包的范围里没有{self.title or self.site.sections[self.section].title}。"
        advice = self.empty or _EMPTY
        return advice + self.to_editors if sees_everything(self.site.edition.audience) else advice


_EMPTY = "目前没有收录。"


def _pager(section: str, part: str, number: int, count: int, page: str) -> Pager:
    near = sorted({1, count, *range(max(1, number - 2), min(count, number + 2) + 1)})
    links = tuple(
        LinkView(str(n), None if n == number else relative(index_path(section, n, part), page))
        for n in near
    )
    return Pager(number, count, links)


def grouped(entries: Sequence[RecordEntry]) -> tuple[Section, ...]:
    """Return sections of the entries that stand under one heading, in their order."""
    return tuple(
        Section(f"group-{number}", group, entries=tuple(members))
        for number, (group, members) in enumerate(groupby(entries, lambda e: e.group), start=1)
    )


def listed(entries: Sequence[RecordEntry]) -> SectionList:
    """Return a body of entries under their headings."""
    return SectionList(grouped(entries))


def kind_downloads(kind_title: str, folder: str) -> tuple[tuple[str, str], ...]:
    """Return the files that hold all records of a kind."""
    return (
        (f"{kind_title} JSON", f"{folder}.json"),
        (f"{kind_title} CSV（可用 Excel 打开）", f"{folder}.csv"),
    )
