"""Where in the site the schematic map is, and the small maps on the pages of records."""

from __future__ import annotations

from casebook_site.maps.layouts import Hexagon
from casebook_site.maps.locators import hexagon_locator, hexagon_overview, tile_locator
from casebook_site.model.catalog import Key
from casebook_site.model.edition_index import EditionIndex
from casebook_site.model.place_counts import has_tile_map, hexagon_of, tiles_of
from casebook_site.model.urls import index_path, relative
from casebook_site.outputs.site.views import Locator
from casebook_site.records.places import Place

NAMED = 6
"""Counties that are named in the small map of all; more would cover one another."""


def drawn_levels(site: EditionIndex) -> tuple[str, ...]:
    """Return the levels whose places the map draws, the larger first."""
    levels = (site.places.levels.grouping, site.places.levels.tiled)
    return tuple(level for level in levels if level)


def is_split(site: EditionIndex) -> bool:
    """Whether each county has a page of its own, because together they would be too long."""
    size = site.settings.options.page_size
    return any(len(site.edition.records[level]) > size for level in drawn_levels(site))


def county_page(site: EditionIndex, county: str) -> str:
    """Return the page with the tile map of a county."""
    return index_path("map", part=county) if is_split(site) else index_path("map")


# --- locators -------------------------------------------------------------------------------------


def locator(
    site: EditionIndex, id: str, township: str, page: str, *, offline: bool
) -> Locator | None:
    """Return the small map of a county, or of a township in it; None where there is none."""
    levels = site.places.levels
    county = site.edition.get(Key(levels.grouping, id))
    if not isinstance(county, Place):
        return None
    target = county_page(site, id)
    town = site.edition.get(Key(levels.tiled, township))
    if town is not None:
        tiles = tiles_of(site, county)
        own_tile = next(((t.column, t.row) for t in tiles if t.township == town.id), None)
        # In a bundle of one township there is nothing to stand out from.
        if own_tile is None or (offline and len(tiles) < 2):
            return None
        drawing = tile_locator(((t.column, t.row) for t in tiles), own_tile)
        return Locator(
            drawing, f"{town.name}在{county.name}", relative(f"{target}#town-{town.id}", page)
        )
    found = hexagon_of(site, county)
    if found is None:
        return None
    province, hexagon = found
    drawing = hexagon_locator(
        ((cell.column, cell.row) for cell in province.cells), (hexagon.column, hexagon.row)
    )
    anchor = f"#county-{id}" if has_tile_map(site, county) else ""
    return Locator(
        drawing,
        f"{county.name}在{province.name}",
        relative(f"{target if anchor else index_path('map')}{anchor}", page),
    )


def overview(site: EditionIndex, page: str) -> Locator | None:
    """Return the province in which most counties of the site lie, with those lit; or None."""
    found: dict[str, list[tuple[Place, Hexagon]]] = {}
    provinces = {}
    for county in site.edition.records[site.places.levels.grouping].values():
        if isinstance(county, Place) and (place := hexagon_of(site, county)):
            province, cell = place
            provinces[province.name] = province
            found.setdefault(province.name, []).append((county, cell))
    if not found:
        return None
    name = max(found, key=lambda name: len(found[name]))
    cells = ((cell.column, cell.row) for cell in provinces[name].cells)
    lit = {(cell.column, cell.row): county.name for county, cell in found[name]}
    names = list(lit.values())
    named = lit if len(lit) <= NAMED else dict.fromkeys(lit, "")
    caption = f"{'、'.join(names[:NAMED])}{'等' if len(names) > NAMED else ''}在{name}"
    return Locator(hexagon_overview(cells, named), caption, relative(index_path("map"), page))
