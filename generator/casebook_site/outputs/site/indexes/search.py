"""The search page. Without scripts it shows the ways to every entry instead: by letter and by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from casebook_site.base.templates import Template
from casebook_site.domain import formatting
from casebook_site.model.editions import has_page
from casebook_site.model.urls import HOME, index_path, relative
from casebook_site.outputs.site.indexes.names import LETTERS, letter_path, letter_title
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import IndexBody, IndexView, Page, index_page
from casebook_site.outputs.site.paging import IndexFile
from casebook_site.outputs.site.sections import NAMES
from casebook_site.outputs.site.views import LinkView


@dataclass(frozen=True, slots=True)
class Ways(IndexBody):
    """Lists in which every entry stands; a link's note is the number of its entries."""

    letters: tuple[LinkView, ...]
    kinds: tuple[LinkView, ...]


SEARCH = Template("indexes/search.html", IndexView[Ways])


def build(site: SiteModel) -> Iterator[IndexFile]:
    """One page."""
    yield IndexFile(index_path("search"), "search", partial(_build, site))


def _build(site: SiteModel) -> Page[IndexView[Ways]]:
    home, path = site.sections["search"], index_path("search")
    ways = Ways(tuple(_letters(site, path)), tuple(_kinds(site, path)))
    view = IndexView(
        path=(LinkView("首页", relative(HOME, path)), LinkView(home.title)),
        title=home.title,
        lead=home.lead,
        body=ways,
        empty="" if ways.kinds else "还没有记录可找。",
    )
    return index_page(SEARCH, view, site.head(home.title, home.lead, path))


def _letters(site: SiteModel, path: str) -> Iterator[LinkView]:
    if NAMES in site.left_out:
        return
    counts: dict[str, int] = {}
    for record in site.paged_records():
        if site.schema.of(record).index.in_alphabet:
            letter = formatting.initial(record)
            counts[letter] = counts.get(letter, 0) + 1
    for letter in LETTERS:
        if count := counts.get(letter):
            yield LinkView(letter_title(letter), relative(letter_path(letter), path), str(count))


def _kinds(site: SiteModel, path: str) -> Iterator[LinkView]:
    for kind, by_id in site.edition.records.items():
        if count := sum(has_page(site.edition, record) for record in by_id.values()):
            shown = site.schema[kind]
            yield LinkView(shown.title, relative(index_path(shown.folder), path), str(count))
