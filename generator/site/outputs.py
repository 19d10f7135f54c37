"""The website as a plan of files. Planning is cheap, but for search; each file is made on its own.

A plan is listed in one process and made in many: what a file needs (edition, shells, templates) is
there once in each process, so that only numbers of planned files are sent to and fro. Sending the
views themselves was measured to cost more than making them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import escape

from generator.artifacts import Artifact
from generator.records import KINDS, Record
from generator.rendering import Renderer
from generator.shell import Shell
from generator.site.downloads import place_downloads, plan_downloads, record_json
from generator.site.feeds import plan_feeds
from generator.site.indexes import plan_indexes
from generator.site.indexes.geographic import plan_geographic
from generator.site.indexes.paging import Made
from generator.site.pages import Desk
from generator.site.records import build_record_page
from generator.site.search import Written, plan_search
from generator.site.sections import SECTIONS
from generator.site.views import (
    Download,
    IndexPage,
    LinkView,
    Moved,
    RecordPage,
    Row,
    Section,
    mark_html,
)
from generator.urls import (
    HOME,
    absolute,
    data_path,
    index_path,
    media_path,
    record_data_path,
    record_path,
    relative,
    schema_path,
)

View = RecordPage | IndexPage | Moved


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that will be made."""

    path: str
    maker: str
    """What it is made from, for messages."""
    view: Callable[[], View] | None = None
    shell: str = ""
    """Key of the shell that a page is set into; empty for none."""
    content: Callable[[], bytes] | None = None
    """The bytes, where there is no page to render."""
    record: Record | None = None
    """The record, where the file is its page."""


def make(planned: Planned, renderer: Renderer, shells: Mapping[str, Shell]) -> Artifact:
    """The file itself."""
    if planned.content is not None:
        return Artifact(planned.path, planned.content(), planned.maker)
    assert planned.view is not None
    shell = shells[planned.shell] if planned.shell else None
    page = render_page(planned.view(), renderer, shell)
    return Artifact(planned.path, page, planned.maker)


def render_page(view: View, renderer: Renderer, shell: Shell | None) -> bytes:
    """A view set into its template, and that into its shell."""
    if isinstance(view, Moved):
        return renderer.render("moved.html", view).encode()
    assert shell is not None
    return shell.fill(
        {
            "title": escape(view.head.title),
            "description": escape(view.head.description),
            "canonical": escape(view.head.canonical),
            "head": renderer.render("head.html", view.head),
            "toc": "".join(_toc_item(anchor, title) for anchor, title in view.toc if title),
            "body": renderer.render(
                "record.html" if isinstance(view, RecordPage) else view.template, view
            ),
        }
    )


def _toc_item(anchor: str, title: str) -> str:
    return (
        f'<li class="md-nav__item"><a href="#{anchor}" class="md-nav__link">'
        f'<span class="md-ellipsis">{escape(title)}</span></a></li>'
    )


def site_renderer() -> Renderer:
    """The renderer with what the website's templates call by name."""
    return Renderer(mark=mark_html)


# --- the plan ---------------------------------------------------------------------------------


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


def plan_records(desk: Desk) -> Iterator[Planned]:
    """The files that are made of one record each."""
    for record in desk.paged_records():
        yield from plan_record(desk, record)


def records_by_county(desk: Desk) -> dict[str, list[Record]]:
    """The records that have a page, county by county; those of none come first."""
    found: dict[str, list[Record]] = {}
    for record in desk.paged_records():
        found.setdefault(_county(desk, record), []).append(record)
    return dict(sorted(found.items()))


def _county(desk: Desk, record: Record) -> str:
    if record.kind == "county":
        return record.id
    return min((key.id for key in desk.places_of(record) if key.kind == "county"), default="")


def plan_record(desk: Desk, record: Record) -> Iterator[Planned]:
    """The files of one record that has a page."""
    maker = f"{record.kind}/{record.id}"
    page = record_path(record.kind, record.id)
    view = partial(build_record_page, desk, record)
    yield Planned(page, maker, view, f"{record.folder}/_record", record=record)
    if not desk.offline:
        data = record_data_path(record.kind, record.id)
        yield Planned(data, maker, content=partial(record_json, desk, record))
    for former in record.former_ids:
        moved = Moved(record.name, f"{record.id}.html", absolute(desk.settings.site_url, page))
        yield Planned(record_path(record.kind, former), maker, partial(_same, moved))


def _same(view: Moved) -> Moved:
    return view


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
