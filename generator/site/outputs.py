"""The website as a plan of files. Planning is cheap, but for search; each file is made on its own.

A plan is listed in one process and made in many: what a file needs (edition, shells, templates) is
there once in each process, so that only numbers of planned files are sent to and fro. Sending the
views themselves was measured to cost more than making them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from generator.records import KINDS
from generator.site.downloads import place_downloads, plan_downloads
from generator.site.feeds import plan_feeds
from generator.site.indexes import plan_indexes
from generator.site.indexes.geographic import plan_geographic
from generator.site.indexes.paging import Made
from generator.site.making import Planned, plan_records
from generator.site.pages import Desk
from generator.site.search import Written, plan_search
from generator.site.sections import SECTIONS
from generator.site.views import (
    Download,
    IndexPage,
    LinkView,
    Row,
    Section,
)
from generator.urls import (
    HOME,
    data_path,
    index_path,
    media_path,
    record_path,
    relative,
    schema_path,
)


def plan_site(desk: Desk, hand_written: Written) -> list[Planned]:
    """Every file of the website but MkDocs' own; the costly ones first.

    `hand_written`: MkDocs' pages, for the sitemap and for search.
    """
    return [*plan_index(desk, hand_written), *plan_pages(desk, hand_written)]


def plan_index(desk: Desk, hand_written: Written) -> list[Planned]:
    """The files of search. The only planning that costs: what files there are depends on all texts."""
    files = plan_search(desk, hand_written)
    return [Planned(file.path, file.maker, content=file.content) for file in files]


def plan_pages(desk: Desk, hand_written: Iterable[str]) -> list[Planned]:
    """Every other file; `hand_written`: paths of MkDocs' pages."""
    return [*plan_lists(desk, hand_written), *plan_records(desk)]


def plan_lists(desk: Desk, hand_written: Iterable[str]) -> list[Planned]:
    """What is made of many records: lists, downloads, maps, feeds; and media."""
    records = desk.paged_records()
    indexes = [*plan_indexes(desk), _data_page(desk)]
    changed = {record_path(r.kind, r.id): r.updated for r in records}
    lists = dict.fromkeys(made.path for made in indexes)
    pages = {**dict.fromkeys(hand_written), **changed, **lists}
    files = [
        Planned(file.path, file.maker, content=file.content)
        for file in (
            *plan_downloads(desk),
            *plan_geographic(desk),
            *plan_feeds(desk, pages),
        )
    ]
    return [
        *files,
        *_media(desk),
        *(
            Planned(made.path, f"索引 {made.path}", made.build, _index_shell(made))
            for made in indexes
        ),
    ]


def _index_shell(made: Made) -> str:
    first = made.path == index_path(made.section)
    return f"{made.section}/{'index' if first else '_record'}"


def _media(desk: Desk) -> Iterator[Planned]:
    for name in sorted({m.file for record in desk.edition for m in record.media}):
        file = desk.settings.media_dir / name
        yield Planned(media_path(name), f"图片 {name}", content=file.read_bytes)


def _data_page(desk: Desk) -> Made:
    """The page of downloads."""
    return Made(index_path("data"), "data", partial(_build_data_page, desk))


def _build_data_page(desk: Desk) -> IndexPage:
    path = index_path("data")
    rows = []
    for kind, by_id in desk.edition.records.items():
        if by_id:
            model = KINDS[kind]
            files = [("CSV", data_path(f"{model.folder}.csv"))] if desk.has_tables else []
            if not desk.offline:
                files = [
                    ("JSON", data_path(f"{model.folder}.json")),
                    *files,
                    ("JSON Schema", schema_path(kind)),
                ]
            rows.append(
                Row(
                    (
                        LinkView(model.kind_title, relative(index_path(model.folder), path)),
                        LinkView(f"{len(by_id)} 条"),
                        *(LinkView(title, relative(target, path)) for title, target in files),
                    )
                )
            )
    home = SECTIONS["data"]
    package = relative(data_path("datapackage.json"), path)
    return IndexPage(
        head=desk.head(home.title, home.lead, path),
        path=(LinkView("首页", relative(HOME, path)), LinkView(home.title)),
        title=home.title,
        lead=home.lead,
        template="indexes/data.html",
        sections=(
            Section(
                "files",
                "按类别下载" if desk.has_tables else "收录的类别",
                columns=("类别", "条数", "JSON", "CSV（Excel）", "字段说明")
                if not desk.offline
                else ("类别", "条数", "CSV（Excel）")[: 2 + desk.has_tables],
                rows=tuple(rows),
            ),
        ),
        downloads=(
            *(Download(t, relative(data_path(name), path)) for t, name in place_downloads(desk)),
            *(() if desk.offline else (Download("数据包说明 datapackage.json", package),)),
        ),
        empty="" if rows else "还没有记录可供下载。",
        toc=(
            ("files", "按类别下载" if desk.has_tables else "收录的类别"),
            ("formats", "格式说明"),
        ),
        extra=desk,
    )
