"""Places as the schematic map shows them: their tiles, and the numbers of what lies in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from casebook_site.domain import formatting
from casebook_site.maps.drawing import JOINT, Mark
from casebook_site.maps.layouts import Hexagon, HexagonLayout, Tile
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.edition_index import EditionIndex
from casebook_site.records import Record
from casebook_site.records.places import County, Township
from casebook_site.records.vocabularies import CATEGORIES, FORMS

COUNTED = ("joint-committee", "teaching-point")
"""Kinds of records that the map counts."""

NOWHERE = "镇街未载明"
"""Where records stand whose township no source states."""


@dataclass(frozen=True)
class PlaceCounts:
    """The numbers of a place, by form of committee and by category of teaching point."""

    numbers: Counter[str] = field(default_factory=Counter)

    @property
    def committees(self) -> int:
        """All forms together."""
        return sum(self.numbers[form] for form in FORMS)

    @property
    def points(self) -> int:
        """All categories together."""
        return sum(self.numbers[category] for category in CATEGORIES)

    def __bool__(self) -> bool:
        return self.committees + self.points > 0

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is not zero, committees first."""
        found = [Mark(JOINT, self.committees)]
        found += [Mark(category, self.numbers[category]) for category in CATEGORIES]
        return tuple(mark for mark in found if mark.count)

    @property
    def words(self) -> str:
        """The same in words, for titles and for ears."""
        parts = []
        if self.committees:
            forms = [f"{FORMS[f]} {self.numbers[f]}" for f in FORMS if self.numbers[f]]
            parts.append(f"联村党组织 {self.committees} 个（{'、'.join(forms)}）")
        if self.points:
            kinds = [f"{CATEGORIES[c]} {self.numbers[c]}" for c in CATEGORIES if self.numbers[c]]
            parts.append(f"教学点 {self.points} 处（{'、'.join(kinds)}）")
        return "，".join(parts) or "没有收录联村党组织和教学点"


def kind_of(record: Record) -> str:
    """The form of a committee, or the category of a teaching point."""
    return str(getattr(record, "form", "") or getattr(record, "category", ""))


def tally(records: Iterable[Record]) -> PlaceCounts:
    """Counts records."""
    return PlaceCounts(Counter(map(kind_of, records)))


def counted_in(lookups: EditionIndex, place: Key) -> list[Record]:
    """The records of a county or township that the map counts, by pinyin, committees first."""
    return [
        record
        for kind in COUNTED
        for record in formatting.by_pinyin(lookups.in_place(kind, place), lambda r: r.name)
    ]


def townships_of(lookups: EditionIndex, county: County) -> list[Township]:
    """The townships of a county, by pinyin."""
    towns = lookups.edition.linking(county, Township, "county")
    return formatting.by_pinyin(towns, lambda town: town.name)


def tiles_of(lookups: EditionIndex, county: County) -> tuple[Tile, ...]:
    """The tiles of a county, one for each of its townships in the edition."""
    return lookups.layouts.tiles(county.id, [town.id for town in townships_of(lookups, county)])


def has_tile_map(lookups: EditionIndex, county: County) -> bool:
    """Whether there is anything to draw: townships, or records that lie in none."""
    place = key_of(county)
    return bool(
        lookups.edition.linking(county, Township, "county")
        or any(lookups.in_place(kind, place) for kind in COUNTED)
    )


def hexagon_of(lookups: EditionIndex, county: County) -> tuple[HexagonLayout, Hexagon] | None:
    """The hexagon of a county, with the province it lies in."""
    codes = {code.value for code in county.codes}
    for province in lookups.layouts.provinces:
        for hexagon in province.cells:
            if hexagon.code in codes:
                return province, hexagon
    return None
