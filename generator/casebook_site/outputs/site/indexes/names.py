"""A–Z: every page by the pinyin of its name."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence

from casebook_site.base.templates import Template
from casebook_site.domain import formatting
from casebook_site.model.catalog import key_of
from casebook_site.model.urls import index_path, relative
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import IndexView, SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing, listed
from casebook_site.outputs.site.views import LinkView, RecordEntry, Section
from casebook_site.records import Record

NAMES = Template("indexes/names.html", IndexView[SectionList])

LETTERS = (*string.ascii_lowercase, "#")
PREVIEW = 8
"""Names shown for each letter on the first page."""


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Yield a first page with all letters, and pages for each letter."""
    records = [r for r in site.paged_records() if site.schema.of(r).index.in_alphabet]
    by_letter: dict[str, list[Record]] = {letter: [] for letter in LETTERS}
    for record in sorted(records, key=lambda r: (formatting.spelling(r), r.name, r.kind, r.id)):
        by_letter[formatting.initial(record)].append(record)
    present = [letter for letter in LETTERS if by_letter[letter]]

    def tabs(path: str) -> tuple[LinkView, ...]:
        return tuple(
            LinkView(
                letter_title(letter),
                relative(target, path) if (target := letter_path(letter)) != path else None,
            )
            for letter in present
        )

    def preview(path: str, shown: Sequence[str]) -> SectionList:
        return SectionList(tuple(_preview(site, x, by_letter[x], path) for x in shown))

    yield from Listing(
        site,
        "names",
        present,
        preview,
        tabs=tabs,
        template=NAMES,
        beside=[(len(by_letter[letter]), by_letter[letter][:PREVIEW]) for letter in present],
    ).pages()
    for letter in present:
        yield from Listing(
            site,
            "names",
            by_letter[letter],
            lambda path, shown: _letter(site, path, shown),
            part=_part(letter),
            title=f"拼音 {letter_title(letter)}",
            tabs=tabs,
            template=NAMES,
            beside=present,
        ).pages()


def _preview(site: SiteModel, letter: str, records: Sequence[Record], path: str) -> Section:
    """Return the first names of a letter, and the way to all of them."""
    title = letter_title(letter)
    everything = LinkView(f"{title}下全部{len(records)}条", relative(letter_path(letter), path))
    return Section(
        f"letter-{letter if letter != '#' else 'other'}",
        title,
        entries=tuple(_entry(site, r, path, r.kind_title) for r in records[:PREVIEW]),
        links=(everything,) if len(records) > PREVIEW else (),
    )


def _letter(site: SiteModel, path: str, shown: Sequence[Record]) -> SectionList:
    return listed(
        [_entry(site, r, path, site.sections[r.folder].title, site.place_of(r)) for r in shown]
    )


def _entry(site: SiteModel, record: Record, path: str, *meta: str) -> RecordEntry:
    """Return a name with what it is."""
    link = site.link(key_of(record), path) or LinkView(record.name)
    return RecordEntry(link, meta=tuple(filter(None, meta)))


def letter_title(letter: str) -> str:
    """How a letter is shown."""
    return "其他" if letter == "#" else letter.upper()


def _part(letter: str) -> str:
    return "letter-other" if letter == "#" else f"letter-{letter}"


def letter_path(letter: str) -> str:
    """Return the first page of a letter."""
    return index_path("names", part=_part(letter))
