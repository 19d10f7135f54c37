"""Layouts: reading, the automatic one, and their agreement with the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from casebook_site.maps.layouts import HexagonLayout, TileLayout, automatic, read_layouts
from casebook_site.rules import layouts as rule
from tests.folders import REPOSITORY, SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

PLACES = {
    "records/counties/jia.yml": "name: 甲县\nprovince: 省\nprefecture: 市\n"
    'codes: [{system: nbs-2023, value: "990101"}]\n',
    "records/townships/list.yml":
        "- {id: bing, name: 丙镇, county: jia, type: town}\n"
        "- {id: ding, name: 丁镇, county: jia, type: town}\n",
}  # fmt: skip
TILES = (
    "kind: tiles\ncounty: jia\ncells:\n"
    "  - {township: bing, column: 0, row: 0}\n  - {township: ding, column: 1, row: 0}\n"
)
HEXAGON = 'kind: hexagons\nname: 省\ncells:\n  - {code: "990101", name: 甲县, group: 市, column: 0, row: 0}\n'


def codes(folder: SiteFolder) -> list[str]:
    """The code of every problem."""
    return [code for _, _, _, code in folder.problems()]


# --- reading ------------------------------------------------------------------------------------


def test_a_site_needs_no_layouts(site_folder: MakeFolder) -> None:
    loaded = site_folder(PLACES).load()
    assert not loaded.problems
    assert not loaded.layouts.written


def test_layouts_are_read_in_the_order_of_their_files(site_folder: MakeFolder) -> None:
    loaded = site_folder({**PLACES, "maps/b.yml": TILES, "maps/a.yml": HEXAGON}).load()
    assert not loaded.problems
    assert [type(w.layout) for w in loaded.layouts.written] == [HexagonLayout, TileLayout]


def test_notes_beside_the_layouts_are_left_alone(site_folder: MakeFolder) -> None:
    folder = site_folder({**PLACES, "maps/README.md": "x", "maps/.hidden": "x", "maps/~a.yml": "x"})
    assert not folder.load().problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", "CB104"),
        ("kind: 方格\n".encode("gbk"), "CB103"),
        (b"- 1\n", "CB203"),
        (b"kind: [\n", "CB106"),
        (b"county: jia\n", "CB201"),
        (b"kind: tiles\ncounty: jia\ncells:\n", "CB203"),
        (TILES.replace("column: 1", "column: 100").encode(), "CB203"),
        (HEXAGON.replace('"990101"', "990101").encode(), "CB110"),
        (HEXAGON.replace('"990101"', '"9901"').encode(), "CB203"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    site_folder: MakeFolder, text: bytes, expected: str
) -> None:
    problems = site_folder({**PLACES, "maps/jia.yml": text}).load().problems
    assert [p.code for p in problems] == [expected]
    assert problems[0].location.path == "content/maps/jia.yml"


# --- the automatic layout -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "columns"), [(0, 0), (1, 1), (2, 2), (4, 2), (5, 3), (9, 3), (12, 4), (30, 6)]
)
def test_the_automatic_layout_is_nearly_a_square(number: int, columns: int) -> None:
    ids = [f"t{n}" for n in range(number)]
    tiles = automatic(ids)
    assert [tile.township for tile in tiles] == ids
    places = [(tile.row, tile.column) for tile in tiles]
    assert places == sorted(set(places))
    assert max((tile.column + 1 for tile in tiles), default=0) == columns
    assert max((tile.row + 1 for tile in tiles), default=0) <= columns


def test_a_written_layout_goes_before_the_automatic_one(site_folder: MakeFolder) -> None:
    layouts = site_folder({**PLACES, "maps/jia.yml": TILES}).load().layouts
    written = [(tile.township, tile.column) for tile in layouts.tiles("jia", ["ding", "bing"])]
    assert written == [("bing", 0), ("ding", 1)]
    assert [tile.township for tile in layouts.tiles("jia", ["ding"])] == ["ding"]
    assert [tile.township for tile in layouts.tiles("yi", ["wu"])] == ["wu"]


# --- agreement with the records -------------------------------------------------------------------


def test_the_rule_says_what_is_right_and_wrong() -> None:
    assert "Right:" in (rule.__doc__ or "")
    assert "Wrong:" in (rule.__doc__ or "")


def test_places_that_agree_are_no_problem(site_folder: MakeFolder) -> None:
    assert codes(site_folder({**PLACES, "maps/jia.yml": TILES, "maps/s.yml": HEXAGON})) == []


def test_a_new_township_is_missed_in_the_layout(site_folder: MakeFolder) -> None:
    folder = site_folder({**PLACES, "maps/jia.yml": TILES})
    folder.write("records/townships/wu.yml", "name: 戊镇\ncounty: jia\ntype: town\n")
    assert folder.problems() == [("maps/jia.yml", 3, 1, "CB601")]


def test_a_township_that_could_not_be_read_is_not_told_twice(site_folder: MakeFolder) -> None:
    folder = site_folder({**PLACES, "maps/jia.yml": TILES})
    folder.write("records/townships/list.yml", "- {id: bing, name: 丙镇, county: jia, type: town}\n"
                 "- {id: ding, name: 丁镇, county: jia, type: twn}\n")  # fmt: skip
    assert codes(folder) == ["CB204"]


def test_a_county_may_have_another_code_beside_that_of_the_map(site_folder: MakeFolder) -> None:
    folder = site_folder({**PLACES, "maps/s.yml": HEXAGON})
    folder.edit("content/records/counties/jia.yml", "codes: [",
                'codes: [{system: mca-2026, value: "990999"}, ')  # fmt: skip
    assert codes(folder) == []


# --- the layouts of this repository ---------------------------------------------------------------


def test_the_counties_of_the_province_stand_in_distinct_places_each_prefecture_in_one_piece() -> (
    None
):
    from casebook_site.maps.tints import neighbours

    layouts, problems = read_layouts(REPOSITORY / "content/maps", REPOSITORY)
    assert not problems
    (province,) = layouts.provinces
    assert len(province.cells) == 136
    at = {(cell.column, cell.row): cell for cell in province.cells}
    assert len(at) == 136
    for group in {cell.group for cell in province.cells}:
        members = {place for place, cell in at.items() if cell.group == group}
        reached, waiting = set(), [min(members)]
        while waiting:
            place = waiting.pop()
            if place not in reached:
                reached.add(place)
                waiting += [near for near in neighbours(*place) if near in members]
        assert reached == members, group


GOLDEN = {
    "yiyuan": """\
. nanlushan . . .
lucun nanma lishan yuezhuang .
dazhangzhuang . yanya shiqiao zhangjiapo
. . zhongzhuang xili dongli""",
    "yucheng": """\
. . liangjia
fangsi shiliwang xindian
anren shizhong yuxing
. lunzhen zhangzhuang
juzhen xinzhai .""",
}


@pytest.mark.parametrize("county", GOLDEN)
def test_the_townships_stand_where_they_were_put(county: str) -> None:
    layouts, _ = read_layouts(REPOSITORY / "content/maps", REPOSITORY)
    (layout,) = (
        w.layout
        for w in layouts.written
        if isinstance(w.layout, TileLayout) and w.layout.county == county
    )
    at = {(cell.column, cell.row): cell.township for cell in layout.cells}
    columns = max(column for column, _ in at) + 1
    rows = max(row for _, row in at) + 1
    drawn = "\n".join(
        " ".join(at.get((column, row), ".") for column in range(columns)) for row in range(rows)
    )
    assert drawn == GOLDEN[county]
