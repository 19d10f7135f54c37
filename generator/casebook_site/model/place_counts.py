"""Places as the schematic map shows them: their tiles, and the numbers of what lies in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from casebook_site.maps.layouts import Hexagon, HexagonLayout, Tile
from casebook_site.maps.marks import WHOLE_KIND, DrawnMark
from casebook_site.maps.tiles import Mark
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.edition_index import EditionIndex
from casebook_site.records import Record
from casebook_site.records.places import Place
from casebook_site.schema.choices import Vocabulary
from casebook_site.schema.fields import value_of
from casebook_site.schema.kinds import Kind, Schema
from casebook_site.schema.parts import (
    CountPart,
)

NOWHERE = "镇街未载明"
"""Where records stand whose township no source states."""


@dataclass(frozen=True)
class Counted:
    """A kind that maps count."""

    kind: Kind
    part: CountPart
    choices: Vocabulary
    """The choices by which its records are counted apart."""

    @property
    def characters(self) -> dict[str, str]:
        """Return symbol → character of each mark of the kind in drawings."""
        if self.part.is_marked_apart:
            return self.choices.marks
        return {self.part.symbol: self.part.character}

    def mark_of(self, choice: str) -> tuple[str, str]:
        """Return symbol and character of the mark of a record with a choice."""
        symbol = choice if self.part.is_marked_apart else self.part.symbol
        return symbol, self.characters[symbol]


@cache
def counted_kinds(schema: Schema) -> tuple[Counted, ...]:
    """Return the kinds that maps count, in their order."""
    return tuple(
        Counted(kind, kind.count, kind.choices)
        for kind in schema.counted
        if kind.count and kind.choices
    )


def counted_titles(schema: Schema) -> str:
    """Return what maps count in words: `联村党组织和教学点`."""
    return "和".join(counted.part.title for counted in counted_kinds(schema))


def drawn_marks(schema: Schema) -> list[DrawnMark]:
    """Return the marks that maps draw: one a kind, or one for each of its choices."""
    marks: list[DrawnMark] = []
    for counted in counted_kinds(schema):
        if counted.part.is_marked_apart:
            marks += [DrawnMark(c.id, c.mark, c.shape) for c in counted.choices.choices]
        else:
            marks.append(DrawnMark(counted.part.symbol, counted.part.character, WHOLE_KIND))
    return marks


@dataclass(frozen=True)
class PlaceCounts:
    """The numbers of a place: how many records of each counted kind, by the choices of the kind."""

    schema: Schema
    numbers: Counter[str] = field(default_factory=Counter)
    """Value of the kind's choices → number of records."""

    def of(self, kind: Counted) -> int:
        """Return the number of records of a kind."""
        return sum(self.numbers[choice] for choice in kind.choices)

    @property
    def kinds(self) -> tuple[Counted, ...]:
        """What is counted, in the order of kinds."""
        return counted_kinds(self.schema)

    @property
    def total(self) -> int:
        """The number of records of all kinds."""
        return sum(map(self.of, self.kinds))

    def __bool__(self) -> bool:
        return self.total > 0

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of what is not zero."""
        found: list[Mark] = []
        for kind in self.kinds:
            if kind.part.is_marked_apart:
                found += [Mark(choice, self.numbers[choice]) for choice in kind.choices]
            else:
                found.append(Mark(kind.part.symbol, self.of(kind)))
        return tuple(mark for mark in found if mark.count)

    @property
    def words(self) -> str:
        """The same in words, for titles and for screen readers."""
        said = [self._words_of(kind) for kind in self.kinds if self.of(kind)]
        return "，".join(said) or f"没有收录{counted_titles(self.schema)}"

    def _words_of(self, kind: Counted) -> str:
        """Return the number of a kind: `教学点2处（特色村1、产业基地1）`."""
        choices = [
            f"{title} {self.numbers[choice]}"
            for choice, title in kind.choices.items()
            if self.numbers[choice]
        ]
        return f"{kind.part.title}{self.of(kind)}{kind.part.unit}（{'、'.join(choices)}）"


def choice_of(schema: Schema, record: Record) -> str:
    """Return the choice by which a record is counted: form of committee, category of point."""
    field = schema.of(record).classified_by
    return str(value_of(record, field)) if field else ""


def count_records(schema: Schema, records: Iterable[Record]) -> PlaceCounts:
    """Return the numbers of records of counted kinds."""
    return PlaceCounts(schema, Counter(choice_of(schema, record) for record in records))


def counted_in(lookups: EditionIndex, place: Key) -> list[Record]:
    """Return the records of a place that the map counts, kind by kind, as readers expect them."""
    return [
        record
        for kind in lookups.edition.schema.counted
        for record in lookups.in_order(lookups.in_place(kind.name, place))
    ]


def counties_of(lookups: EditionIndex) -> list[Place]:
    """Return the places that the map draws one by one, in the edition's order."""
    counties = lookups.edition.records.get(lookups.places.levels.grouping, {})
    return [county for county in counties.values() if isinstance(county, Place)]


def townships_of(lookups: EditionIndex, county: Place) -> list[Record]:
    """Return the places that are the tiles of a county, as readers expect them."""
    towns = lookups.in_place(lookups.places.levels.tiled, key_of(county))
    return lookups.in_order(towns)


def tiles_of(lookups: EditionIndex, county: Place) -> tuple[Tile, ...]:
    """Return the tiles of a county, one for each of its townships in the edition."""
    return lookups.layouts.tiles(county.id, [town.id for town in townships_of(lookups, county)])


def has_tile_map(lookups: EditionIndex, county: Place) -> bool:
    """Whether there is anything to draw: townships, or records that lie in none."""
    place = key_of(county)
    return bool(
        lookups.in_place(lookups.places.levels.tiled, place)
        or any(lookups.in_place(kind.name, place) for kind in lookups.edition.schema.counted)
    )


def hexagon_of(lookups: EditionIndex, county: Place) -> tuple[HexagonLayout, Hexagon] | None:
    """Return the hexagon of a county, with the province it lies in."""
    codes = {code.value for code in county.codes}
    for province in lookups.layouts.provinces:
        for hexagon in province.cells:
            if hexagon.code in codes:
                return province, hexagon
    return None
