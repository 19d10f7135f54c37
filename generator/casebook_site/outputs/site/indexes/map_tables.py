"""What the schematic map draws, in numbers: a row a place, a column a form or a category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casebook_site.model.catalog import key_of
from casebook_site.model.place_counts import PlaceCounts, choice_of, counted_kinds
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.views import LinkView, MarkView
from casebook_site.records import Record

ENTRIES = 24
"""Records of a township that its details name; the township's page has the rest."""


@dataclass(frozen=True, slots=True)
class CountColumn:
    """A column of numbers: a form or a category."""

    kind: str
    title: str
    mark: MarkView | None = None
    """The mark before the title."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with its numbers, and with what they count."""

    place: str
    """Name of the place in the drawing."""
    link: LinkView
    numbers: tuple[tuple[str, int], ...]
    total: int
    entries: tuple[tuple[str, LinkView], ...] = ()
    """(form or category, record with its mark), for the details."""
    more: int = 0
    """How many the details leave out."""


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """The same as a drawing, in numbers."""

    title: str
    heading: str
    """What the rows are."""
    columns: tuple[CountColumn, ...]
    rows: tuple[PlaceRow, ...]
    total: PlaceRow | None = None


def columns_of(counts: Iterable[PlaceCounts]) -> tuple[CountColumn, ...]:
    """Return a column for each choice; of those without a mark, only where it occurs."""
    held = [*counts]
    used = sum((found.numbers for found in held), Counter[str]())
    return tuple(
        CountColumn(
            choice.id,
            choice.title,
            MarkView(choice.id, choice.mark) if kind.part.is_marked_apart else None,
        )
        for kind in (held[0].kinds if held else ())
        for choice in kind.choices.choices
        if kind.part.is_marked_apart or used[choice.id]
    )


def row_of(
    place: str, link: LinkView, found: PlaceCounts, columns: Sequence[CountColumn]
) -> PlaceRow:
    """Return the row of a place, with a number for each column."""
    numbers = tuple((column.kind, found.numbers[column.kind]) for column in columns)
    return PlaceRow(place, link, numbers, found.total)


def with_entries(site: SiteModel, row: PlaceRow, records: Sequence[Record], path: str) -> PlaceRow:
    """Return a row with the first of the records that it counts."""
    links = [(choice_of(site.schema, record), _marked(site, record, path)) for record in records]
    return PlaceRow(
        row.place,
        row.link,
        row.numbers,
        row.total,
        tuple(links[:ENTRIES]),
        max(0, len(links) - ENTRIES),
    )


def _marked(site: SiteModel, record: Record, path: str) -> LinkView:
    """Return a link to a counted record with the mark that the drawing gives it."""
    link = site.link(key_of(record), path) or LinkView(record.name)
    kind = next(k for k in counted_kinds(site.schema) if k.kind.name == record.kind)
    mark = kind.mark_of(choice_of(site.schema, record))
    return link._replace(mark=MarkView(*mark))
