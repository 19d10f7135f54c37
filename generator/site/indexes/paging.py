"""Lists cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple, TypeVar

from generator.site.pages import Desk
from generator.site.sections import SECTIONS
from generator.site.views import Download, Entry, IndexPage, LinkView, Pager, Section
from generator.urls import data_path, index_path, relative

Item = TypeVar("Item")


class Made(NamedTuple):
    """A page of an index with its path."""

    path: str
    section: str
    page: IndexPage


def pages_of(
    desk: Desk,
    section: str,
    items: Sequence[Item],
    show: Callable[[str, Sequence[Item]], dict[str, object]],
    *,
    part: str = "",
    title: str = "",
    lead: str = "",
    template: str = "index.html",
    tabs: Callable[[str], tuple[LinkView, ...]] = lambda page: (),
    downloads: Sequence[tuple[str, str]] = (),
    empty: str = "",
) -> Iterator[Made]:
    """Pages of at most `page_size` items each; at least one, which says what to do if empty.

    `show(path, items)` gives the parts of `IndexPage` that hold the items.
    """
    size = desk.settings.options.page_size
    count = max(1, -(-len(items) // size))
    home = SECTIONS[section]
    title = title or home.title
    for number in range(1, count + 1):
        path = index_path(section, number, part)
        shown = items[(number - 1) * size : number * size]
        crumbs = (desk.path_to(section, path) if part or number > 1
                  else (LinkView("首页", relative("index.html", path)),))
        page = IndexPage(
            head=desk.head(
                title if number == 1 else f"{title}（第 {number} 页）", lead or home.lead, path,
                alternate=relative(data_path(downloads[0][1]), path) if downloads else "",
            ),
            path=(*crumbs, LinkView(title)),
            title=title,
            lead=lead or (home.lead if number == 1 else ""),
            template=template,
            tabs=tabs(path),
            pager=_pager(section, part, number, count, path) if count > 1 else None,
            downloads=tuple(Download(t, relative(data_path(f), path)) for t, f in downloads),
            empty=(empty or _EMPTY) if not items else "",
        )
        page = replace(page, **show(path, shown))  # type: ignore[arg-type]
        yield Made(path, section, replace(page, toc=tuple((s.id, s.title) for s in page.sections)))


_EMPTY = "目前没有收录。新增记录后，这里会自动列出；怎样新增，见仓库里的 README。"


def _pager(section: str, part: str, number: int, count: int, page: str) -> Pager:
    near = sorted({1, count, *range(max(1, number - 2), min(count, number + 2) + 1)})
    links = tuple(
        LinkView(str(n), None if n == number else relative(index_path(section, n, part), page))
        for n in near
    )
    return Pager(number, count, links)


def grouped(entries: Sequence[Entry]) -> tuple[Section, ...]:
    """Sections of entries that stand under one heading, in their order."""
    return tuple(
        Section(f"group-{number}", group, entries=tuple(members))
        for number, (group, members) in enumerate(groupby(entries, lambda e: e.group), start=1)
    )


def kind_downloads(kind_title: str, folder: str) -> tuple[tuple[str, str], ...]:
    """The files that hold all records of a kind."""
    return ((f"{kind_title} JSON", f"{folder}.json"), (f"{kind_title} CSV（可用 Excel 打开）", f"{folder}.csv"))
