"""A county on the schematic map: its townships as tiles, and the same in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from casebook_site.maps.tiles import TileCell, tile_map
from casebook_site.model.catalog import key_of
from casebook_site.model.place_counts import (
    NOWHERE,
    PlaceCounts,
    count_records,
    counted_in,
    counted_titles,
    drawn_marks,
    tiles_of,
    townships_of,
)
from casebook_site.outputs.site.indexes.map_tables import (
    PlaceTable,
    columns_of,
    row_of,
    with_entries,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.views import LinkView
from casebook_site.records import Record
from casebook_site.records.places import Place


@dataclass(frozen=True, slots=True)
class CountyMap:
    """A county: drawing and table."""

    id: str
    name: str
    link: LinkView
    drawing: Markup
    table: PlaceTable
    note: str


@dataclass(frozen=True, slots=True)
class _Spot:
    """What the map tells of one tile: a township, or all that lies in none."""

    place: str
    """Name of the place in the drawing."""
    name: str
    link: LinkView
    records: Sequence[Record]
    counts: PlaceCounts

    @property
    def title(self) -> str:
        return f"{self.name}：{self.counts.words}"


def county_map(site: SiteModel, county: Place, whole: PlaceCounts, path: str) -> CountyMap:
    """Return the map of a county; `whole`: the numbers of all that lies in it."""
    spots, nowhere = _spots(site, county, path)
    everywhere = [*spots.values(), *([nowhere] if nowhere else [])]
    columns = columns_of([whole])
    rows = (
        with_entries(site, row_of(spot.place, spot.link, spot.counts, columns), spot.records, path)
        for spot in everywhere
    )
    return CountyMap(
        id=county.id,
        name=county.name,
        link=site.link(key_of(county), path) or LinkView(county.name),
        drawing=tile_map(
            _cells(site, county, spots, nowhere),
            f"{county.name}各镇街的{counted_titles(site.schema)}",
            len(drawn_marks(site.schema)),
        ),
        table=PlaceTable(
            county.name,
            site.schema[site.places.levels.tiled].title,
            columns,
            tuple(rows),
            row_of(f"county-{county.id}", LinkView("合计"), whole, columns),
        ),
        note=_note(nowhere is not None),
    )


def _spots(site: SiteModel, county: Place, path: str) -> tuple[Mapping[str, _Spot], _Spot | None]:
    """Return the id of each township → what is told of it, and what lies in none of them."""
    towns = townships_of(site, county)
    found: dict[str, list[Record]] = {town.id: [] for town in towns}
    nowhere: list[Record] = []
    for record in counted_in(site, key_of(county)):
        found.get(site.places.at(record, site.places.levels.tiled), nowhere).append(record)
    spots = {
        town.id: _Spot(
            f"town-{town.id}",
            town.name,
            site.link(key_of(town), path) or LinkView(town.name),
            found[town.id],
            count_records(site.schema, found[town.id]),
        )
        for town in towns
    }
    if not nowhere:
        return spots, None
    counts = count_records(site.schema, nowhere)
    return spots, _Spot(f"town--{county.id}", NOWHERE, LinkView(NOWHERE), nowhere, counts)


def _cells(
    site: SiteModel, county: Place, spots: Mapping[str, _Spot], nowhere: _Spot | None
) -> list[TileCell]:
    """Return the tiles of the townships; what lies in none stands apart, at the bottom right."""
    cells = [_cell(spots[tile.township], tile.column, tile.row) for tile in tiles_of(site, county)]
    if nowhere:
        column = max((cell.column for cell in cells), default=-1) + 1
        row = max((cell.row for cell in cells), default=0)
        cells.append(_cell(nowhere, column, row, apart=True))
    return cells


def _cell(spot: _Spot, column: int, row: int, *, apart: bool = False) -> TileCell:
    return TileCell(
        name=spot.name,
        column=column,
        row=row,
        place=spot.place,
        title=spot.title,
        href=spot.link.href or "",
        marks=spot.counts.marks,
        apart=apart,
    )


def _note(nowhere: bool) -> str:
    text = "一格一个镇街，左右是西东，上下是北南，只表示大致方位。"
    return text + (f"“{NOWHERE}”一格不表示方位。" if nowhere else "")
