"""待补充与存疑: what is missing, contradicted, without a source, or old."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from casebook_site.model.catalog import key_of
from casebook_site.model.urls import index_path, relative
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import LIST, SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing, listed
from casebook_site.outputs.site.views import LinkView, RecordEntry
from casebook_site.records import Record
from casebook_site.records.evidence import Figure

Line = tuple[Record, str, str]
"""(record, what is the matter, heading)."""

TOGETHER = 3
"""Records of a kind from which on those that lack the same stand in one entry."""


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Four lists with a tab each."""
    lists: tuple[tuple[str, str, str, Callable[[SiteModel], Iterator[Line]]], ...] = (
        ("", "待补充", "还缺什么；知道的读者请告诉本站。", _missing),
        ("doubts", "存疑与矛盾", "来源说法不一，两种说法都列出，不作裁断。", _doubts),
        ("unsourced", "没有来源", "没有写明来源的条目。", _unsourced),
        (
            "stale",
            "较旧的数据",
            f"比全站最新日期早{site.settings.options.stale_after_years}年以上的数据。",
            _stale,
        ),
    )
    found = {part: list(collect(site)) for part, _, _, collect in lists}

    def tabs(path: str) -> tuple[LinkView, ...]:
        return tuple(
            LinkView(
                title,
                relative(target, path)
                if (target := index_path("gaps", part=part)) != path
                else None,
                str(len(found[part])),
            )
            for part, title, _, _ in lists
        )

    for part, title, lead, _ in lists:
        yield from Listing(
            site,
            "gaps",
            _alike(found[part]),
            partial(_show, site),
            LIST,
            part=part,
            title=title if part else "待补充与存疑",
            lead=lead,
            tabs=tabs,
            empty="这一项目前没有条目。",
            beside={part: len(lines) for part, lines in found.items()},
        ).pages()


def _alike(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines with those together that say the same of many records under one heading."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault(line[1:], []).append(line)
    together: list[list[Line]] = []
    for group in groups.values():
        together += [group] if len(group) >= TOGETHER else [[line] for line in group]
    headings = {line[2]: place for place, [line, *_] in reversed([*enumerate(together)])}
    return sorted(together, key=lambda group: (headings[group[0][2]], len(group) >= TOGETHER))


def _show(site: SiteModel, path: str, shown: Sequence[Sequence[Line]]) -> SectionList:
    return listed([_entry(site, path, group) for group in shown])


def _entry(site: SiteModel, path: str, group: Sequence[Line]) -> RecordEntry:
    links = tuple(site.link(key_of(record), path) or LinkView(record.name) for record, *_ in group)
    _, text, heading = group[0]
    if len(group) == 1:
        return RecordEntry(links[0], text, (), heading)
    return RecordEntry(LinkView(f"{len(group)}个{heading}"), text, (), heading, links)


def _missing(site: SiteModel) -> Iterator[Line]:
    for record in site.edition:
        if record.missing:
            yield (
                record,
                "；".join(text.rstrip("。；") for text in record.missing),
                record.kind_title,
            )


def _doubts(site: SiteModel) -> Iterator[Line]:
    for record in site.edition:
        for doubt in record.doubts:
            yield record, doubt.text, record.kind_title
    for figure in site.edition.of(Figure).values():
        for link in site.links(Figure.kind, figure.conflicts_with, ""):
            yield figure, f"与“{link.name}”说法不一。", "互相矛盾的数据"


def _unsourced(site: SiteModel) -> Iterator[Line]:
    for record in site.paged_records():
        if not record.sources and site.schema.of(record).index.needs_source:
            yield record, "没有写明来源。", record.kind_title


def _stale(site: SiteModel) -> Iterator[Line]:
    newest = site.newest
    if newest is None:
        return
    limit = newest.year - site.settings.options.stale_after_years
    for figure in site.edition.of(Figure).values():
        if figure.as_of.year < limit:
            yield figure, f"截至{figure.as_of.chinese}。", "数据"
