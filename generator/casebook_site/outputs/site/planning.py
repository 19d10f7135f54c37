"""The website as a plan of files. Planning is cheap, but for search; each file is made on its own.

A plan is listed in one process and made in many: what a file needs (edition, templates) is
there once in each process, so that only numbers of planned files are sent to and fro. Sending the
views themselves was measured to cost more than making them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from casebook_site.base.problems import ContentError, Location, Problem
from casebook_site.base.workplace import WORKPLACE
from casebook_site.media.errors import MediaError
from casebook_site.media.pictures import in_width, picture_of, reduced
from casebook_site.media.publishing import published
from casebook_site.model.urls import (
    index_path,
    media_path,
    photo_path,
    record_path,
)
from casebook_site.outputs.page_template import PageTemplate, ThemeCapture, WrittenPage, slot
from casebook_site.outputs.site.downloads import plan_downloads
from casebook_site.outputs.site.feeds import plan_feeds
from casebook_site.outputs.site.files import (
    OutputFile,
    Rendering,
    data_file,
    page_file,
    plan_records,
)
from casebook_site.outputs.site.hand_written import home_html, link_records
from casebook_site.outputs.site.indexes import plan_indexes
from casebook_site.outputs.site.indexes.geographic import plan_geographic
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.paging import IndexFile
from casebook_site.outputs.site.search import Written, plan_search
from casebook_site.outputs.site.sections import MAP
from casebook_site.reading.files import relative_name


def plan_site(site: SiteModel, hand_written: Written) -> list[OutputFile]:
    """Return every file of the website but what MkDocs gives; the costly ones first.

    `hand_written`: MkDocs' pages, for the sitemap and for search.
    """
    return [*plan_index(site, hand_written), *plan_pages(site, hand_written)]


HomeBody = Callable[[WrittenPage, str], str]
"""The body of a home page, from the page and its own text as HTML."""


def plan_captured(
    site: SiteModel, capture: ThemeCapture, home: HomeBody | None = None
) -> Iterator[OutputFile]:
    """Yield what MkDocs gives to the site: files of the theme, and hand-written pages.

    `home`: makes the body of the home page, in place of the website's.
    """
    for path, content in capture.files.items():
        yield data_file(path, path, partial(_dated, content, site))
    for page in capture.pages:
        source = relative_name(site.settings.docs_dir / page.source, site.settings.root)
        make = partial(_written_page, site, page, home)
        yield OutputFile(page.path, page.source or page.path, make, source=source)


def site_templates(site: SiteModel, capture: ThemeCapture) -> dict[str, PageTemplate]:
    """Return the theme's pages with the slots filled that are the same on all pages of a site."""
    hidden = site.hidden_sections
    return {
        key: page.without(hidden).partly(_same_on_all(site))
        for key, page in capture.templates.items()
    }


def _same_on_all(site: SiteModel) -> dict[str, str]:
    if site.offline:  # a bundle says it on its cover, so that pages of all bundles are alike
        return {}
    return {"updated": site.newest.chinese if site.newest else ""}


_UPDATED = slot("updated").encode()


def _dated(content: bytes, site: SiteModel) -> bytes:
    """Return a file of the theme; pages such as 404.html have the slot of the footer."""
    if site.offline or _UPDATED not in content:
        return content
    return content.replace(_UPDATED, _same_on_all(site)["updated"].encode())


def _written_page(
    site: SiteModel, page: WrittenPage, home: HomeBody | None, rendering: Rendering
) -> bytes:
    body = link_records(page.html, page.path, site.edition)
    if page.is_home and home:
        body = home(page, body)
    elif page.is_home:
        body = home_html(site, rendering.renderer, page.lead, body, page.key_figures)
    return page.template.without(site.hidden_sections).fill({"body": body, **_same_on_all(site)})


def plan_index(site: SiteModel, hand_written: Written) -> list[OutputFile]:
    """Return the files of search. The only planning that costs: what files there are depends on all texts."""
    files = plan_search(site, hand_written)
    return [data_file(file.path, file.maker, file.content) for file in files]


def plan_pages(site: SiteModel, hand_written: Iterable[str]) -> list[OutputFile]:
    """Return every other file; `hand_written`: paths of MkDocs' pages."""
    return [*plan_lists(site, hand_written), *plan_records(site)]


def plan_lists(site: SiteModel, hand_written: Iterable[str]) -> list[OutputFile]:
    """Return what is made of many records: lists, downloads, maps, feeds; and media."""
    records = site.paged_records()
    indexes = [*plan_indexes(site)]
    changed = {record_path(r.folder, r.id): r.updated for r in records}
    lists = dict.fromkeys(made.path for made in indexes)
    pages = {**dict.fromkeys(hand_written), **changed, **lists}
    files = [
        data_file(file.path, file.maker, file.content, file.made_of)
        for file in (
            *plan_downloads(site),
            *(() if MAP in site.left_out else plan_geographic(site)),
            *plan_feeds(site, pages),
        )
    ]
    return [
        *files,
        *_media(site),
        *map(index_file, indexes),
    ]


def index_file(made: IndexFile) -> OutputFile:
    """Return the file of a page of an index."""
    template = _index_template(made)
    return page_file(made.path, f"索引 {made.path}", made.build, template, made_of=made.made_of)


def _index_template(made: IndexFile) -> str:
    first = made.path == index_path(made.section)
    return f"{made.section}/{'index' if first else '_record'}"


def _media(site: SiteModel) -> Iterator[OutputFile]:
    cache = site.settings.root / WORKPLACE / "photos"
    for name in sorted({m.file for record in site.edition for m in record.media}):
        file = site.settings.media_dir / name
        made = partial(_published, file, relative_name(file, site.settings.root))
        smaller = partial(reduced, ending=file.suffix[1:], edge=site.largest_photo, cache=cache)
        yield data_file(media_path(name), f"图片 {name}", partial(made, smaller))
        for width in site.photo_widths(picture_of(file)):
            resized = partial(in_width, width=width, cache=cache)
            yield data_file(photo_path(name, width), f"图片 {name}", partial(made, resized))


def _published(file: Path, name: str, sized: Callable[[bytes], bytes]) -> bytes:
    """Return what is published of a medium; raise `ContentError` for one that cannot be cleaned."""
    try:
        return sized(published(file.read_bytes(), file.suffix[1:]))
    except MediaError as error:
        remedy = "用看图或剪辑软件打开，另存一份，再换上它。"
        problem = Problem(Location(name), "CB304", f"{error}，拍摄地点等附带信息去不掉。", remedy)
        raise ContentError([problem]) from None
