"""The schematic map and the records agree: every place has one cell, every cell one place.

Asked once for the whole catalog, since a layout is no record. A township is only missed where its
county has a layout; a county only where there is a map of hexagons at all.

Right: `{township: nanlushan, column: 1, row: 0}` in the layout of the county 沂源县, to which
南鲁山镇 belongs.
Wrong: a township of the county without a tile; a tile of another county's township; two tiles in
one place; a county whose code no hexagon has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook_site.base.problems import Problem, did_you_mean
from casebook_site.maps.layouts import (
    Hexagon,
    HexagonLayout,
    Layouts,
    Tile,
    TileLayout,
    WrittenLayout,
)
from casebook_site.model.catalog import Key
from casebook_site.records import Record
from casebook_site.records.places import County, Township
from casebook_site.rules.rule import CheckInput


def check_layouts(layouts: Layouts, given: CheckInput) -> Iterator[Problem]:
    """Every problem of the layouts, in no particular order."""
    yield from _same_places(layouts)
    yield from _repeated(layouts)
    for written in layouts.written:
        if isinstance(written.layout, TileLayout):
            yield from _check_county(written, written.layout, given)
    if layouts.provinces:
        yield from _counties_without_hexagon(layouts, given)


def _same_places(layouts: Layouts) -> Iterator[Problem]:
    """Two cells of one layout in one place."""
    for written in layouts.written:
        taken: dict[tuple[int, int], int] = {}
        cells: Sequence[Hexagon | Tile] = written.layout.cells
        for index, cell in enumerate(cells):
            first = taken.setdefault((cell.column, cell.row), index)
            if first != index:
                yield Problem(
                    written.locate("cells", index, "column"),
                    "CB603",
                    f"第 {cell.column} 列第 {cell.row} 行已有一格，"
                    f"见 {written.locate('cells', first)}。",
                    "换一个空着的行列。",
                )


def _repeated(layouts: Layouts) -> Iterator[Problem]:
    """Yield a place that stands twice: a code or a township in two cells, a county in two files."""
    seen: dict[tuple[str, str], tuple[WrittenLayout, tuple[str | int, ...]]] = {}
    for written in layouts.written:
        for what, value, path in _names(written):
            first, there = seen.setdefault((what, value), (written, path))
            if (first, there) != (written, path):
                yield Problem(
                    written.locate(*path),
                    "CB604",
                    f"{what}“{value}”已写在 {first.locate(*there)}。",
                    "一地只留一处。",
                )


def _names(written: WrittenLayout) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    layout = written.layout
    if isinstance(layout, HexagonLayout):
        for index, hexagon in enumerate(layout.cells):
            yield "代码", hexagon.code, ("cells", index, "code")
    else:
        yield "县市", layout.county, ("county",)
        for index, tile in enumerate(layout.cells):
            yield "镇街", tile.township, ("cells", index, "township")


def _check_county(
    written: WrittenLayout, layout: TileLayout, given: CheckInput
) -> Iterator[Problem]:
    counties = given.catalog.of(County)
    if given.lacks(Key(County.kind, layout.county)):
        yield Problem(
            written.locate("county"),
            "CB606",
            f"没有编号为“{layout.county}”的县市。",
            did_you_mean(layout.county, counties) or "写县市记录的编号，或删去这个文件。",
        )
        return
    towns = given.catalog.of(Township)
    own = {id for id, town in towns.items() if town.county == layout.county}
    for index, tile in enumerate(layout.cells):
        if tile.township not in own and (
            tile.township in towns or given.lacks(Key(Township.kind, tile.township))
        ):
            yield Problem(
                written.locate("cells", index, "township"),
                "CB602",
                _not_own(tile.township, towns.get(tile.township)),
                did_you_mean(tile.township, own) or "写本县市一个镇街的编号，或删去这一格。",
            )
    for id in sorted(own - {tile.township for tile in layout.cells}):
        yield Problem(
            written.locate("cells", key=True),
            "CB601",
            f"“{towns[id].name}”没有格子。",
            f"加一行 {{township: {id}, column: 列, row: 行}}；方位不详就放在旁边的空格里，注明不详。",
        )


def _not_own(id: str, town: Record | None) -> str:
    return f"“{town.name}”是别的县市的镇街。" if town else f"没有编号为“{id}”的镇街。"


def _counties_without_hexagon(layouts: Layouts, given: CheckInput) -> Iterator[Problem]:
    known = {hexagon.code for layout in layouts.provinces for hexagon in layout.cells}
    for county in given.catalog.of(County).values():
        codes = [code.value for code in county.codes]
        if known.isdisjoint(codes):
            yield Problem(
                given.locate(county, "codes") if codes else given.locate(county),
                "CB605",
                f"“{county.name}”的代码（{'、'.join(codes)}）不在六边形示意图上。"
                if codes
                else f"“{county.name}”没有写行政代码，示意图上找不到它的六边形。",
                "核对 codes；若没有写错，在 maps/ 的六边形示意图里加一格。",
            )
