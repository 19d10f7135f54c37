"""A–Z: every page by the pinyin of its name."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence

from generator import wording
from generator.catalog import key_of
from generator.records import Record
from generator.site.indexes.paging import Listing, Made, grouped
from generator.site.pages import Desk
from generator.site.sections import section_of
from generator.site.views import Entry, LinkView, Section
from generator.urls import index_path, relative

LETTERS = (*string.ascii_lowercase, "#")
PREVIEW = 8
"""Names shown for each letter on the first page."""
LEFT_OUT = ("figure", "source")


def build(desk: Desk) -> Iterator[Made]:
    """A first page with all letters, and pages for each letter."""
    records = [r for r in desk.paged_records() if r.kind not in LEFT_OUT]
    by_letter: dict[str, list[Record]] = {letter: [] for letter in LETTERS}
    for record in sorted(records, key=lambda r: (wording.spelling(r), r.name, r.kind, r.id)):
        by_letter[wording.initial(record)].append(record)
    present = [letter for letter in LETTERS if by_letter[letter]]

    def tabs(path: str) -> tuple[LinkView, ...]:
        return tuple(
            LinkView(
                letter_title(letter),
                relative(target, path) if (target := letter_path(letter)) != path else None,
            )
            for letter in present
        )

    def preview(path: str, shown: Sequence[str]) -> dict[str, object]:
        return {
            "sections": tuple(
                Section(
                    f"letter-{letter if letter != '#' else 'other'}",
                    letter_title(letter),
                    entries=tuple(
                        _entry(desk, r, path, r.kind_title) for r in by_letter[letter][:PREVIEW]
                    ),
                    links=(
                        LinkView(
                            f"{letter_title(letter)} 下全部 {len(by_letter[letter])} 条",
                            relative(letter_path(letter), path),
                        ),
                    )
                    if len(by_letter[letter]) > PREVIEW
                    else (),
                )
                for letter in shown
            )
        }

    yield from Listing(
        desk, "names", present, preview, tabs=tabs, template="indexes/names.html"
    ).pages()
    for letter in present:
        yield from Listing(
            desk,
            "names",
            by_letter[letter],
            lambda path, shown: _letter(desk, path, shown),
            part=_part(letter),
            title=f"拼音 {letter_title(letter)}",
            tabs=tabs,
            template="indexes/names.html",
        ).pages()


def _letter(desk: Desk, path: str, shown: Sequence[Record]) -> dict[str, object]:
    return {
        "sections": grouped(
            [_entry(desk, r, path, section_of(r).title, desk.place_of(r)) for r in shown]
        )
    }


def _entry(desk: Desk, record: Record, path: str, *meta: str) -> Entry:
    """A name with what it is."""
    link = desk.link(key_of(record), path) or LinkView(record.name)
    return Entry(link, meta=tuple(filter(None, meta)))


def letter_title(letter: str) -> str:
    """How a letter is shown."""
    return "其他" if letter == "#" else letter.upper()


def _part(letter: str) -> str:
    return "letter-other" if letter == "#" else f"letter-{letter}"


def letter_path(letter: str) -> str:
    """The first page of a letter."""
    return index_path("names", part=_part(letter))
