"""Places in packs: their codes, the tiles of a county, and where a record lies."""

from __future__ import annotations

from casebook_site.base.palette import painted
from casebook_site.maps.locators import hexagon_locator, tile_locator
from casebook_site.maps.marks import shapes
from casebook_site.maps.svg import NOTICE, standalone
from casebook_site.maps.tiles import TileCell, tile_map
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.place_counts import (
    count_records,
    counted_in,
    counted_titles,
    drawn_marks,
    hexagon_of,
    tiles_of,
    townships_of,
)
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import Picture, Runs, plain
from casebook_site.records import Record
from casebook_site.records.places import Place
from casebook_site.records.vocabularies import CATEGORIES
from casebook_site.schema.walking import title_of

LOCATOR_STYLE = painted(
    "path{fill:var(--cb-line)}"
    "rect,circle{fill:var(--cb-red);stroke:var(--cb-white);stroke-width:2}"
    ".cb-locator__map--dots path"
    "{fill:none;stroke:var(--cb-line);stroke-width:8;stroke-linecap:round}"
)
MAP_STYLE = painted(
    "text{font-family:'%s';font-size:14px;fill:var(--cb-soft)}"
    ".cb-tile>use{fill:var(--cb-tint)}"
    ".cb-told>use{fill:var(--cb-white);stroke:var(--cb-gold);stroke-width:1.5}"
    ".cb-tile__name{font-size:16px}.cb-tile__name--long{font-size:13.5px}"
    ".cb-told .cb-tile__name,.cb-tile__n{fill:var(--cb-ink)}.cb-svg-notice{font-size:12.5px}"
    ".cb-s text{font-size:12.5px;text-anchor:middle;fill:var(--cb-white)}"
    ".cb-s--joint{fill:var(--cb-ink)}"
)


def codes(record: Place) -> Runs:
    """Return the codes of a place, each with its system."""
    said = "；".join(f"{code.value}（{title_of(code, 'system')}）" for code in record.codes)
    return plain(said)


def county_map(composer: Composer, county: Place) -> Picture | None:
    """Return the tiles of a county with the numbers of what lies in them, or None."""
    towns = {town.id: town.name for town in townships_of(composer.lookups, county)}
    found: dict[str, list[Record]] = {id: [] for id in towns}
    tiled = composer.lookups.places.levels.tiled
    for record in counted_in(composer.lookups, key_of(county)):
        found.setdefault(composer.lookups.places.at(record, tiled), []).append(record)
    cells = [
        TileCell(
            towns[tile.township],
            tile.column,
            tile.row,
            tile.township,
            "",
            marks=count_records(composer.edition.schema, found[tile.township]).marks,
        )
        for tile in tiles_of(composer.lookups, county)
    ]
    if not cells:
        return None
    alt = "；".join(
        f"{towns[id]}：{count_records(composer.edition.schema, found[id]).words}"
        for id in towns
        if found[id]
    )
    marks = drawn_marks(composer.edition.schema)
    drawing = tile_map(cells, county.name, len(marks))
    defs = shapes(marks)
    categories = composer.edition.schema.vocabulary(CATEGORIES).choices
    style = "".join(f".cb-s--{c.id}{{fill:{c.colour}}}" for c in categories if c.colour)
    svg = standalone(drawing, MAP_STYLE % composer.map_font + style, defs)
    legend = f"{county.name}各镇街收录的{counted_titles(composer.edition.schema)}"
    return composer.picture(svg.encode(), ".svg", f"{legend}：{alt or '尚无'}", legend, 62)


def locator(composer: Composer, record: Record, width: int) -> Picture | None:
    """Return the small drawing of where a record lies; None where nobody knows."""
    lookups = composer.lookups
    position = lookups.places.position(record)
    levels = lookups.places.levels
    town = lookups.edition.get(Key(levels.tiled, position.get(levels.tiled, "")))
    county = lookups.edition.get(Key(levels.grouping, position.get(levels.grouping, "")))
    if not isinstance(county, Place):
        return None
    if town is not None:
        tiles = tiles_of(lookups, county)
        spot = next(((t.column, t.row) for t in tiles if t.township == town.id), None)
        if spot is None:
            return None
        drawing = tile_locator(((t.column, t.row) for t in tiles), spot)
        caption = f"{town.name}在{county.name}"
    else:
        found = hexagon_of(lookups, county)
        if found is None:
            return None
        province, cell = found
        places = ((other.column, other.row) for other in province.cells)
        drawing = hexagon_locator(places, (cell.column, cell.row))
        caption = f"{county.name}在{province.name}"
    svg = standalone(drawing, LOCATOR_STYLE)
    return composer.picture(
        svg.encode(), ".svg", f"{caption}（{NOTICE}）", f"{caption}。{NOTICE}", width
    )
