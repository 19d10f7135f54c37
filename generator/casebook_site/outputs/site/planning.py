"""The website as a plan of files. Planning is cheap, but for search; each file is made on its own.

A plan is listed in one process and made in many: what a file needs (edition, shells, templates) is
there once in each process, so that only numbers of planned files are sent to and fro. Sending the
views themselves was measured to cost more than making them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from casebook_site.model.urls import (
    HOME,
    data_path,
    index_path,
    media_path,
    record_path,
    relative,
    schema_path,
)
from casebook_site.outputs.site.downloads import place_downloads, plan_downloads
from casebook_site.outputs.site.feeds import plan_feeds
from casebook_site.outputs.site.files import OutputFile, plan_records
from casebook_site.outputs.site.indexes import plan_indexes
from casebook_site.outputs.site.indexes.geographic import plan_geographic
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.paging import IndexFile
from casebook_site.outputs.site.search import Written, plan_search
from casebook_site.outputs.site.views import Download, IndexPage, LinkView, Section, TableRow


def plan_site(site: SiteModel, hand_written: Written) -> list[OutputFile]:
    """Every file of the website but MkDocs' own; the costly ones first.

    `hand_written`: MkDocs' pages, for the sitemap and for search.
    """
    return [*plan_index(site, hand_written), *plan_pages(site, hand_written)]


def plan_index(site: SiteModel, hand_written: Written) -> list[OutputFile]:
    """The files of search. The only planning that costs: what files there are depends on all texts."""
    files = plan_search(site, hand_written)
    return [OutputFile(file.path, file.maker, content=file.content) for file in files]


def plan_pages(site: SiteModel, hand_written: Iterable[str]) -> list[OutputFile]:
    """Every other file; `hand_written`: paths of MkDocs' pages."""
    return [*plan_lists(site, hand_written), *plan_records(site)]


def plan_lists(site: SiteModel, hand_written: Iterable[str]) -> list[OutputFile]:
    """What is made of many records: lists, downloads, maps, feeds; and media."""
    records = site.paged_records()
    indexes = [*plan_indexes(site), _data_page(site)]
    changed = {record_path(r.folder, r.id): r.updated for r in records}
    lists = dict.fromkeys(made.path for made in indexes)
    pages = {**dict.fromkeys(hand_written), **changed, **lists}
    files = [
        OutputFile(file.path, file.maker, content=file.content)
        for file in (
            *plan_downloads(site),
            *plan_geographic(site),
            *plan_feeds(site, pages),
        )
    ]
    return [
        *files,
        *_media(site),
        *(
            OutputFile(made.path, f"索引 {made.path}", made.build, _index_shell(made))
            for made in indexes
        ),
    ]


def _index_shell(made: IndexFile) -> str:
    first = made.path == index_path(made.section)
    return f"{made.section}/{'index' if first else '_record'}"


def _media(site: SiteModel) -> Iterator[OutputFile]:
    for name in sorted({m.file for record in site.edition for m in record.media}):
        file = site.settings.media_dir / name
        yield OutputFile(media_path(name), f"图片 {name}", content=file.read_bytes)


def _data_page(site: SiteModel) -> IndexFile:
    """The page of downloads."""
    return IndexFile(index_path("data"), "data", partial(_build_data_page, site))


def _build_data_page(site: SiteModel) -> IndexPage:
    path = index_path("data")
    rows = []
    for kind, by_id in site.edition.records.items():
        if by_id:
            shown = site.schema[kind]
            files = [("CSV", data_path(f"{shown.folder}.csv"))] if site.has_tables else []
            if not site.offline:
                files = [
                    ("JSON", data_path(f"{shown.folder}.json")),
                    *files,
                    ("JSON Schema", schema_path(kind)),
                ]
            rows.append(
                TableRow(
                    (
                        LinkView(shown.title, relative(index_path(shown.folder), path)),
                        LinkView(f"{len(by_id)} 条"),
                        *(LinkView(title, relative(target, path)) for title, target in files),
                    )
                )
            )
    home = site.sections["data"]
    package = relative(data_path("datapackage.json"), path)
    return IndexPage(
        head=site.head(home.title, home.lead, path),
        path=(LinkView("首页", relative(HOME, path)), LinkView(home.title)),
        title=home.title,
        lead=home.lead,
        template="indexes/data.html",
        sections=(
            Section(
                "files",
                "按类别下载" if site.has_tables else "收录的类别",
                columns=("类别", "条数", "JSON", "CSV（Excel）", "字段说明")
                if not site.offline
                else ("类别", "条数", "CSV（Excel）")[: 2 + site.has_tables],
                rows=tuple(rows),
            ),
        ),
        downloads=(
            *(Download(t, relative(data_path(name), path)) for t, name in place_downloads(site)),
            *(() if site.offline else (Download("数据包说明 datapackage.json", package),)),
        ),
        empty="" if rows else "还没有记录可供下载。",
        toc=(
            ("files", "按类别下载" if site.has_tables else "收录的类别"),
            ("formats", "格式说明"),
        ),
        extra=site,
    )
