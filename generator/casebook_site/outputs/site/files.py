"""One file of the website: its plan, and how it is made.

Apart from `outputs`, which plans all files: who makes the pages of a few records needs no index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import escape

from casebook_site.base.faults import boundary
from casebook_site.base.files import Artifact
from casebook_site.base.problems import ContentError, Location, Problem
from casebook_site.base.templates import Renderer
from casebook_site.model.catalog import key_of
from casebook_site.model.urls import absolute, record_data_path, record_path
from casebook_site.outputs.page_template import PageTemplate
from casebook_site.outputs.site.downloads import record_json
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import HEAD, MOVED, Moved, Page
from casebook_site.outputs.site.records import build_record_page
from casebook_site.records import Record

AnyPage = Page[object] | Moved


@dataclass(frozen=True, slots=True)
class Rendering:
    """What files are rendered with: our templates, and the theme's pages with their slots."""

    renderer: Renderer
    templates: Mapping[str, PageTemplate]


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file that will be made."""

    path: str
    """POSIX path relative to the root of the output."""
    maker: str
    """What it is made from, for messages."""
    make_bytes: Callable[[Rendering], bytes]
    record: Record | None = None
    """The record, where the file is its page."""
    source: str = ""
    """The file of the content that it is made from, where it is one."""
    made_of: object = None
    """What the plan put into the file; what else it is made from is read while it is made."""

    def render(self, rendering: Rendering) -> Artifact:
        """Return the file with its bytes; raise `ContentError` for a fault while it is made."""
        with boundary(lambda: Location(self.source or self.path)):
            return Artifact(self.path, self.make_bytes(rendering), self.maker)


def page_file(
    path: str,
    maker: str,
    build: Callable[[], AnyPage],
    template: str = "",
    record: Record | None = None,
    made_of: object = None,
) -> OutputFile:
    """Return a file with a page; `template`: key of the theme's page that it is set into."""
    return OutputFile(path, maker, partial(_page, build, template), record, made_of=made_of)


def data_file(
    path: str, maker: str, content: Callable[[], bytes], made_of: object = None
) -> OutputFile:
    """Return a file whose bytes need no template."""
    return OutputFile(path, maker, partial(_data, content), made_of=made_of)


def _page(build: Callable[[], AnyPage], template: str, rendering: Rendering) -> bytes:
    page = build()
    if isinstance(page, Moved):
        return rendering.renderer.render(MOVED, page).encode()
    return render_page(page, rendering.renderer, rendering.templates[template])


def _data(content: Callable[[], bytes], rendering: Rendering) -> bytes:
    return content()


def rendered(files: Iterable[OutputFile], rendering: Rendering) -> Iterator[Artifact]:
    """Yield each file with its bytes. The one loop that makes files, whoever writes them.

    A file that cannot be made does not keep the others from it; raise `ContentError` after them.
    """
    problems: list[Problem] = []
    for file in files:
        try:
            artifact = file.render(rendering)
        except ContentError as error:
            problems += error.problems
        else:
            yield artifact
    if problems:
        raise ContentError(problems)


def render_page(page: Page[object], renderer: Renderer, template: PageTemplate) -> bytes:
    """Return a page: its view set into its template, and that into the theme's."""
    return template.fill(
        {
            "title": escape(page.head.title),
            "description": escape(page.head.description),
            "canonical": escape(page.head.canonical),
            "head": renderer.render(HEAD, page.head),
            "toc": template.contents(page.toc),
            "body": renderer.render(page.template, page.view),
        }
    )


# --- the files of records -----------------------------------------------------------------------


def plan_records(site: SiteModel) -> Iterator[OutputFile]:
    """Yield the files that are made of one record each."""
    for record in site.paged_records():
        yield from plan_record(site, record)


def plan_record(site: SiteModel, record: Record) -> Iterator[OutputFile]:
    """Yield the files of one record that has a page."""
    source, _ = site.edition.written[key_of(record)]
    for file in _files_of(site, record):
        yield replace(file, source=source)


def _files_of(site: SiteModel, record: Record) -> Iterator[OutputFile]:
    maker = f"{record.kind}/{record.id}"
    page = record_path(record.folder, record.id)
    build = partial(build_record_page, site, record)
    yield page_file(page, maker, build, f"{record.folder}/_record", record)
    if not site.offline:
        data = record_data_path(record.folder, record.id)
        yield data_file(data, maker, partial(record_json, site, record))
    for former in record.former_ids:
        moved = Moved(record.name, f"{record.id}.html", absolute(site.settings.site_url, page))
        yield page_file(record_path(record.folder, former), maker, partial(_same, moved))


def _same(view: Moved) -> Moved:
    return view


def records_by_county(site: SiteModel) -> dict[str, list[Record]]:
    """Return the records that have a page, county by county; those of none come first."""
    found: dict[str, list[Record]] = {}
    for record in site.paged_records():
        found.setdefault(_county(site, record), []).append(record)
    return dict(sorted(found.items()))


def _county(site: SiteModel, record: Record) -> str:
    """Return the id of the county that a record is or lies in, or empty."""
    return site.places.at(record, site.places.levels.grouping)
