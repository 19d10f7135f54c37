"""One file of the website: its plan, and how it is made.

Apart from `outputs`, which plans all files: who makes the pages of a few records needs no index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import escape

from casebook_site.base.artifacts import Artifact
from casebook_site.base.rendering import Renderer
from casebook_site.model.urls import absolute, record_data_path, record_path
from casebook_site.outputs.page_template import PageTemplate
from casebook_site.outputs.site.downloads import record_json
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.records import build_record_page
from casebook_site.outputs.site.views import IndexPage, Moved, RecordPage, mark_html
from casebook_site.records import Record

View = RecordPage | IndexPage | Moved


@dataclass(frozen=True, slots=True)
class OutputFile:
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


def make(planned: OutputFile, renderer: Renderer, shells: Mapping[str, PageTemplate]) -> Artifact:
    """The file itself."""
    if planned.content is not None:
        return Artifact(planned.path, planned.content(), planned.maker)
    assert planned.view is not None
    shell = shells[planned.shell] if planned.shell else None
    page = render_page(planned.view(), renderer, shell)
    return Artifact(planned.path, page, planned.maker)


def render_page(view: View, renderer: Renderer, shell: PageTemplate | None) -> bytes:
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


# --- the files of records -----------------------------------------------------------------------


def plan_records(site: SiteModel) -> Iterator[OutputFile]:
    """The files that are made of one record each."""
    for record in site.paged_records():
        yield from plan_record(site, record)


def plan_record(site: SiteModel, record: Record) -> Iterator[OutputFile]:
    """The files of one record that has a page."""
    maker = f"{record.kind}/{record.id}"
    page = record_path(record.folder, record.id)
    view = partial(build_record_page, site, record)
    yield OutputFile(page, maker, view, f"{record.folder}/_record", record=record)
    if not site.offline:
        data = record_data_path(record.folder, record.id)
        yield OutputFile(data, maker, content=partial(record_json, site, record))
    for former in record.former_ids:
        moved = Moved(record.name, f"{record.id}.html", absolute(site.settings.site_url, page))
        yield OutputFile(record_path(record.folder, former), maker, partial(_same, moved))


def _same(view: Moved) -> Moved:
    return view


def records_by_county(site: SiteModel) -> dict[str, list[Record]]:
    """The records that have a page, county by county; those of none come first."""
    found: dict[str, list[Record]] = {}
    for record in site.paged_records():
        found.setdefault(_county(site, record), []).append(record)
    return dict(sorted(found.items()))


def _county(site: SiteModel, record: Record) -> str:
    """Return the id of the county that a record is or lies in, or empty."""
    return site.places.at(record, site.places.levels.grouping)
