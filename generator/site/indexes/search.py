"""The search page. Without scripts it shows the ways to every entry instead: by letter and by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator import wording
from generator.editions import has_page
from generator.records import KINDS
from generator.site.indexes.names import LEFT_OUT, LETTERS, letter_path, letter_title
from generator.site.indexes.paging import Made
from generator.site.pages import Desk
from generator.site.sections import SECTIONS
from generator.site.views import IndexPage, LinkView
from generator.urls import HOME, index_path, relative


@dataclass(frozen=True, slots=True)
class Ways:
    """Lists in which every entry stands; a link's note is the number of its entries."""

    letters: tuple[LinkView, ...]
    kinds: tuple[LinkView, ...]


def build(desk: Desk) -> Iterator[Made]:
    """One page."""
    yield Made(index_path("search"), "search", partial(_build, desk))


def _build(desk: Desk) -> IndexPage:
    home, path = SECTIONS["search"], index_path("search")
    ways = Ways(tuple(_letters(desk, path)), tuple(_kinds(desk, path)))
    return IndexPage(
        head=desk.head(home.title, home.lead, path),
        path=(LinkView("首页", relative(HOME, path)), LinkView(home.title)),
        title=home.title,
        lead=home.lead,
        template="indexes/search.html",
        extra=ways,
        empty="" if ways.kinds else "还没有记录可找。",
    )


def _letters(desk: Desk, path: str) -> Iterator[LinkView]:
    counts: dict[str, int] = {}
    for record in desk.paged_records():
        if record.kind not in LEFT_OUT:
            letter = wording.initial(record)
            counts[letter] = counts.get(letter, 0) + 1
    for letter in LETTERS:
        if count := counts.get(letter):
            yield LinkView(letter_title(letter), relative(letter_path(letter), path), str(count))


def _kinds(desk: Desk, path: str) -> Iterator[LinkView]:
    for kind, by_id in desk.edition.records.items():
        if count := sum(has_page(desk.edition, record) for record in by_id.values()):
            model = KINDS[kind]
            yield LinkView(model.kind_title, relative(index_path(model.folder), path), str(count))
