"""The page of downloads: the files of each kind, and what their formats are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from casebook_site.base.templates import Template
from casebook_site.model.urls import HOME, data_path, index_path, relative, schema_path
from casebook_site.outputs.site import json_ld
from casebook_site.outputs.site.downloads import place_downloads
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import IndexView, Page, SectionList, Toc, index_page
from casebook_site.outputs.site.paging import IndexFile
from casebook_site.outputs.site.views import Download, LinkView, Section, TableRow
from casebook_site.schema.kinds import Kind


@dataclass(frozen=True, slots=True)
class DataBody(SectionList):
    """A table of files, and which formats the page has to explain."""

    has_tables: bool = True
    """Whether there are tables to download: a small bundle has none."""
    offline: bool = False

    @property
    def toc(self) -> Toc:
        """The table, and the notes on formats."""
        return (*((table.id, table.title) for table in self.sections), ("formats", "格式说明"))


DATA = Template("indexes/data.html", IndexView[DataBody])


def build(site: SiteModel) -> Iterator[IndexFile]:
    """One page."""
    yield IndexFile(index_path("data"), "data", partial(_build, site))


def _build(site: SiteModel) -> Page[IndexView[DataBody]]:
    path = index_path("data")
    home = site.sections["data"]
    rows = tuple(
        _row(site, site.schema[kind], len(by_id), path)
        for kind, by_id in site.edition.records.items()
        if by_id
    )
    columns = ("类别", "条数", "JSON", "CSV（Excel）", "字段说明")
    table = Section(
        "files",
        "按类别下载" if site.has_tables else "收录的类别",
        columns=columns
        if not site.offline
        else ("类别", "条数", "CSV（Excel）")[: 2 + site.has_tables],
        rows=rows,
    )
    package = relative(data_path("datapackage.json"), path)
    view = IndexView(
        path=(LinkView("首页", relative(HOME, path)), LinkView(home.title)),
        title=home.title,
        lead=home.lead,
        body=DataBody((table,), site.has_tables, site.offline),
        downloads=(
            *(Download(t, relative(data_path(name), path)) for t, name in place_downloads(site)),
            *(() if site.offline else (Download("数据包说明 datapackage.json", package),)),
        ),
        empty="" if rows else "还没有记录可供下载。",
    )
    described = [json_ld.dataset(site, path, _files(site))] if site.settings.site_url else []
    return index_page(DATA, view, site.head(home.title, home.lead, path, json_ld=described))


def _files(site: SiteModel) -> list[tuple[str, str, str]]:
    """Return (title, media type, path) of each file with all records of a kind."""
    return [
        (
            f"{site.schema[kind].title} {name}",
            format,
            data_path(f"{site.schema[kind].folder}.{end}"),
        )
        for kind, by_id in site.edition.records.items()
        if by_id
        for name, format, end in (("JSON", "application/json", "json"), ("CSV", "text/csv", "csv"))
    ]


def _row(site: SiteModel, kind: Kind, count: int, path: str) -> TableRow:
    """Return a kind with the number of its records and links to its files."""
    files = [("CSV", data_path(f"{kind.folder}.csv"))] if site.has_tables else []
    if not site.offline:
        files = [
            ("JSON", data_path(f"{kind.folder}.json")),
            *files,
            ("JSON Schema", schema_path(kind.name)),
        ]
    return TableRow(
        (
            LinkView(kind.title, relative(index_path(kind.folder), path)),
            LinkView(f"{count}条"),
            *(LinkView(title, relative(target, path)) for title, target in files),
        )
    )
