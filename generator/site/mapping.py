"""Where in the site the schematic map is, and the small maps on the pages of records."""

from __future__ import annotations

from generator.maps.drawing import hexagon_locator, tile_locator
from generator.places import has_tile_map, hexagon_of, tiles_of
from generator.records import Record
from generator.records.places import County, Township
from generator.site.pages import Desk
from generator.site.views import Locator
from generator.urls import index_path, relative


def is_split(desk: Desk) -> bool:
    """Whether each county has a page of its own, because together they would be too long."""
    size = desk.settings.options.page_size
    return max(len(desk.edition.of(Township)), len(desk.edition.of(County))) > size


def county_page(desk: Desk, county: str) -> str:
    """The page with the tile map of a county."""
    return index_path("map", part=county) if is_split(desk) else index_path("map")


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
        # In a bundle of one township there is nothing to stand out from.
        if here is None or (desk.offline and len(tiles) < 2):
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
