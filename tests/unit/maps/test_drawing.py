"""The drawings: small, well formed, complete, and told by more than colour."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from casebook_site.maps.hexagons import HexagonCell, hexagon_map, short_name
from casebook_site.maps.layouts import read_layouts
from casebook_site.maps.locators import hexagon_locator, tile_locator
from casebook_site.maps.svg import NOTICE
from casebook_site.maps.tiles import Mark, TileCell, tile_map
from casebook_site.maps.tints import TINTS, neighbours, tints
from tests.folders import REPOSITORY

SVG = "{http://www.w3.org/2000/svg}"


def parsed(markup: str) -> ElementTree.Element:
    """The drawing, which must be well formed."""
    return ElementTree.fromstring(
        str(markup).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
    )


@pytest.fixture(scope="module")
def province() -> list[HexagonCell]:
    """Every county of Shandong, as if all had records."""
    layouts, _ = read_layouts(REPOSITORY / "content/maps", REPOSITORY)
    return [
        HexagonCell(c.name, c.group, c.column, c.row, f"county-{c.code}", f"#county-{c.code}",
                    f"{c.name}：联村党组织 12 个，教学点 34 处",
                    (("joint", "联", 12), ("points", "点", 34)))
        for c in layouts.provinces[0].cells
    ]  # fmt: skip


def test_a_province_of_full_counties_stays_below_60_kb(province: list[HexagonCell]) -> None:
    drawing = hexagon_map(province, "山东省")
    assert len(drawing.encode()) < 60_000
    root = parsed(drawing)
    links = root.findall(f"{SVG}a")
    assert [link.get("href") for link in links] == [cell.href for cell in province]
    assert all(link.findtext(f"{SVG}title") for link in links)


def test_hexagons_do_not_touch(province: list[HexagonCell]) -> None:
    uses = parsed(hexagon_map(province, "山东省")).iter(f"{SVG}use")
    places = [(int(use.get("x", "")), int(use.get("y", ""))) for use in uses]
    assert len(set(places)) == 136
    for x, y in places:
        for other_x, other_y in places:
            assert (x, y) == (other_x, other_y) or abs(x - other_x) >= 60 or abs(y - other_y) >= 53


def test_neighbouring_groups_differ_in_tint(province: list[HexagonCell]) -> None:
    at = {(cell.column, cell.row): cell.group for cell in province}
    given = tints(at)
    assert set(given.values()) <= set(range(TINTS))
    for place, group in at.items():
        for near in neighbours(*place):
            if near in at and at[near] != group:
                assert given[at[near]] != given[group], (group, at[near])


def test_six_neighbours_are_mutual() -> None:
    for column in range(3, 6):
        for row in range(3, 6):
            around = neighbours(column, row)
            assert len(set(around)) == 6
            assert all((column, row) in neighbours(*near) for near in around)


@pytest.mark.parametrize(
    ("name", "short"),
    [("沂源县", "沂源"), ("禹城市", "禹城"), ("莒县", "莒县"), ("台儿庄区", "台儿庄"), ("某旗", "某旗")],
)  # fmt: skip
def test_short_names_keep_two_characters(name: str, short: str) -> None:
    assert short_name(name) == short


def test_a_tile_tells_by_shape_character_and_number() -> None:
    cell = TileCell("丙<镇>", 0, 0, "town-bing", "丙：1", "bing.html",
                    (Mark("joint", 3), Mark("industry", 12)))  # fmt: skip
    root = parsed(tile_map([cell], "甲县"))
    (link,) = root.findall(f"{SVG}a")
    assert link.get("href") == "bing.html"
    assert [use.get("href") for use in link.iter(f"{SVG}use")] == [
        "#cb-s-tile", "#cb-s-joint", "#cb-s-industry",
    ]  # fmt: skip
    assert [text.text for text in link.iter(f"{SVG}text")] == ["丙<镇>", "3", "12"]


def test_every_drawing_says_that_it_shows_no_boundaries(province: list[HexagonCell]) -> None:
    assert NOTICE in hexagon_map(province, "")
    assert NOTICE in tile_map([TileCell("丙镇", 0, 0, "town-bing", "丙镇")], "")


def test_nothing_is_drawn_of_nothing() -> None:
    assert hexagon_map([], "") == tile_map([], "") == ""


def test_drawings_have_no_colour_pattern_or_handler_of_their_own(
    province: list[HexagonCell],
) -> None:
    drawn = hexagon_map(province, "") + tile_map([TileCell("丙镇", 0, 0, "t", "丙镇")], "")
    assert not re.search(r"\s(style|fill|stroke|on\w+)=|pattern|url\(", drawn)


# --- locators -------------------------------------------------------------------------------------


def test_a_locator_of_a_province_is_small_and_marks_the_county(
    province: list[HexagonCell],
) -> None:
    drawing = hexagon_locator([(c.column, c.row) for c in province], (4, 4))
    assert len(drawing.encode()) < 2_000
    root = parsed(drawing)
    assert len(re.findall("h0", root.findall(f"{SVG}path")[0].get("d", ""))) == 136
    assert len(root.findall(f"{SVG}circle")) == 1


def test_the_mark_of_a_locator_stands_on_its_dot(province: list[HexagonCell]) -> None:
    drawing = parsed(hexagon_locator([(c.column, c.row) for c in province], (4, 4)))
    x = y = 0
    dots = set()
    for dx, dy in re.findall(r"m(-?\d+) ?(-?\d+)h0", drawing.findall(f"{SVG}path")[0].get("d", "")):
        x, y = x + int(dx), y + int(dy)
        dots.add((x, y))
    circle = drawing.findall(f"{SVG}circle")[0]
    assert (int(circle.get("cx", "")), int(circle.get("cy", ""))) in dots


def test_a_locator_of_a_county_marks_one_tile() -> None:
    cells = [(column, row) for column in range(6) for row in range(5)]
    drawing = tile_locator(cells, (2, 3))
    assert len(drawing.encode()) < 1_500
    root = parsed(drawing)
    path = root.findall(f"{SVG}path")[0].get("d", "")
    (mark,) = root.findall(f"{SVG}rect")
    assert path.count("M") == 30
    assert f"M{mark.get('x')} {mark.get('y')}h" in path
    assert not parsed(tile_locator(cells, None)).findall(f"{SVG}rect")
