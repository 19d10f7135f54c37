"""What the schematic map says of each place, and where in the site it says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.catalog import Key, key_of
from generator.maps.drawing import JOINT, Mark, hexagon_locator, tile_locator
from generator.maps.layouts import Hexagon, HexagonLayout, Tile
from generator.records import Record
from generator.records.committees import FORMS
from generator.records.places import County, Township
from generator.records.teaching import CATEGORIES
from generator.site import wording
from generator.site.pages import Desk
from generator.site.views import Locator
from generator.urls import index_path, relative

COUNTED = ("joint-committee", "teaching-point")
"""Kinds of records that the map counts."""

NOWHERE = "镇街未载明"
"""Where records stand whose township no source states."""


@dataclass(frozen=True)
class Tally:
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


def tally(records: Iterable[Record]) -> Tally:
    """Counts records."""
    return Tally(Counter(map(kind_of, records)))


def counted_in(desk: Desk, place: Key) -> list[Record]:
    """The records of a county or township that the map counts, by pinyin, committees first."""
    return [
        record
        for kind in COUNTED
        for record in wording.by_pinyin(desk.in_place(kind, place), lambda r: r.name)
    ]


def townships_of(desk: Desk, county: County) -> list[Township]:
    """The townships of a county, by pinyin."""
    towns = desk.edition.linking(county, Township, "county")
    return wording.by_pinyin(towns, lambda town: town.name)


def tiles_of(desk: Desk, county: County) -> tuple[Tile, ...]:
    """The tiles of a county, one for each of its townships in the edition."""
    return desk.layouts.tiles(county.id, [town.id for town in townships_of(desk, county)])


def has_tile_map(desk: Desk, county: County) -> bool:
    """Whether there is anything to draw: townships, or records that lie in none."""
    place = key_of(county)
    return bool(
        desk.edition.linking(county, Township, "county")
        or any(desk.in_place(kind, place) for kind in COUNTED)
    )


def is_split(desk: Desk) -> bool:
    """Whether each county has a page of its own, because together they would be too long."""
    size = desk.settings.options.page_size
    return max(len(desk.edition.of(Township)), len(desk.edition.of(County))) > size


def county_page(desk: Desk, county: str) -> str:
    """The page with the tile map of a county."""
    return index_path("map", part=county) if is_split(desk) else index_path("map")


def hexagon_of(desk: Desk, county: County) -> tuple[HexagonLayout, Hexagon] | None:
    """The hexagon of a county, with the province it lies in."""
    codes = {code.value for code in county.codes}
    for province in desk.layouts.provinces:
        for hexagon in province.cells:
            if hexagon.code in codes:
                return province, hexagon
    return None


# --- locators -------------------------------------------------------------------------------------

LOCATED = ("county", "township", "joint-committee", "teaching-point")
"""Kinds whose pages show where they are."""


def locator(desk: Desk, record: Record, page: str) -> Locator | None:
    """Where a record is; pages of many records share one, all pages being equally deep."""
    if record.kind not in LOCATED:
        return None
    town = record.id if record.kind == "township" else getattr(record, "township", None) or ""
    county = record.id if record.kind == "county" else getattr(record, "county", "")
    place = (county, town)
    if place not in desk.locators:
        desk.locators[place] = _locator(desk, county, town, page)
    return desk.locators[place]


def _locator(desk: Desk, id: str, township: str, page: str) -> Locator | None:
    county = desk.edition.of(County).get(id)
    if county is None:
        return None
    target = county_page(desk, id)
    town = desk.edition.of(Township).get(township)
    if town is not None:
        tiles = tiles_of(desk, county)
        here = next(((t.column, t.row) for t in tiles if t.township == town.id), None)
        if here is None:
            return None
        drawing = tile_locator(((t.column, t.row) for t in tiles), here)
        return Locator(
            drawing, f"{town.name}在{county.name}", relative(f"{target}#town-{town.id}", page)
        )
    found = hexagon_of(desk, county)
    if found is None:
        return None
    province, hexagon = found
    drawing = hexagon_locator(
        ((cell.column, cell.row) for cell in province.cells), (hexagon.column, hexagon.row)
    )
    anchor = f"#county-{id}" if has_tile_map(desk, county) else ""
    return Locator(
        drawing,
        f"{county.name}在{province.name}",
        relative(f"{target if anchor else index_path('map')}{anchor}", page),
    )
