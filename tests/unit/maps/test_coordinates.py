"""Coordinates: converted on the way out, and checked against their county."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import prcoords
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.base.templates import Renderer
from casebook_site.maps import boundaries, packages
from casebook_site.maps.coordinates import DECIMALS, METRES_PER_DEGREE, convert, to_wgs84
from casebook_site.records.base import Coordinates
from tests.folders import SiteFolder, made
from tests.unit.maps.places import PLACES

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]


# --- conversion -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "given_at", "right"),
    [
        # From the tests of googollee/eviltransform, which several ports share.
        ("gcj-02", (121.531541859215, 31.17530398364597), (121.5272106, 31.1774276)),
        ("gcj-02", (113.9171764808363, 22.540796131694766), (113.912316, 22.543847)),
        ("gcj-02", (116.38404722455657, 39.91334545536069), (116.377817, 39.911954)),
        ("wgs-84", (118.1234567891, 36.1), (118.1234567891, 36.1)),
    ],
)
def test_known_points(
    system: str, given_at: tuple[float, float], right: tuple[float, float]
) -> None:
    assert convert(system, *given_at) == pytest.approx(right, abs=1e-6)


@given(
    longitude=st.floats(74, 135),
    latitude=st.floats(4, 53),
    system=st.sampled_from(["gcj-02", "bd-09"]),
)
def test_a_shift_is_undone_within_half_a_metre(
    longitude: float, latitude: float, system: str
) -> None:
    shift = {"gcj-02": prcoords.wgs_gcj, "bd-09": prcoords.wgs_bd}[system]
    shifted = shift((latitude, longitude), False)
    back = convert(system, shifted.lon, shifted.lat)
    metres = METRES_PER_DEGREE * math.dist(back, (longitude, latitude))
    assert metres < 0.5
    assert all(value == round(value, DECIMALS) for value in back)


def test_a_point_in_wgs84_is_left_alone() -> None:
    point = Coordinates(longitude=118.12345678, latitude=36.1, precision=10)
    assert to_wgs84(point) is point


def test_a_converted_point_says_wgs84_and_keeps_its_precision() -> None:
    point = Coordinates(longitude=118.2, latitude=36.1, precision=10, system="gcj-02")
    found = to_wgs84(point)
    assert found.system == "wgs-84"
    assert found.precision == 10
    assert 300 < METRES_PER_DEGREE * (point.longitude - found.longitude) < 900


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_only_wgs84_is_published(
    site_folder: MakeFolder, renderer: Renderer, audience: str
) -> None:
    files = dict(made(site_folder(PLACES).site(audience), renderer))
    for path, content in files.items():
        assert not [n for n in (b"118.166001", b"36.190001", b"118.172501") if n in content], path
    row = json.loads(files["teaching-points/amap.json"])
    assert set(row["coordinates"]) == {"longitude", "latitude", "precision"}
    page = files["teaching-points/amap.html"].decode()
    assert "由 GCJ-02（高德、腾讯地图）坐标换算" in page
    assert '"longitude": 118.16' in page
    assert "换算" not in files["teaching-points/gps.html"].decode()


# --- the join report ------------------------------------------------------------------------------


@pytest.fixture
def codes(site_folder: MakeFolder) -> Callable[[str], list[str]]:
    """Codes of the problems of one teaching point in 沂源县 with some coordinates."""

    def found(coordinates: str) -> list[str]:
        point = f"name: 点\ncounty: yiyuan\ncategory: industry\ncoordinates: {{{coordinates}}}\n"
        files = {**PLACES, "records/teaching-points/point.yml": point}
        return [problem.code for problem in site_folder(files).load().problems]

    return found


Codes = Callable[[str], list[str]]

CASES = {
    "longitude: 118.2, latitude: 36.1, precision: 10": [],
    "longitude: 36.1, latitude: 118.2, precision: 10": ["CB651"],
    "longitude: 36.1, latitude: 70.9, precision: 10": ["CB652"],
    "longitude: 36.1, latitude: 140.1, precision: 10": ["CB652"],
    "longitude: 72.9, latitude: 36.1, precision: 10": ["CB652"],
    "longitude: -118.2, latitude: 36.1, precision: 10": ["CB652"],
    "longitude: .nan, latitude: 36.1, precision: 10": ["CB110"],
}
"""What needs no polygons."""

IN_COUNTY = {
    "longitude: 119.5, latitude: 36.1, precision: 10": ["CB653"],
    "longitude: 118.481, latitude: 36.1, precision: 10": ["CB654"],
    "longitude: 118.481, latitude: 36.1, precision: 10, system: gcj-02": [],
    "longitude: 118.481, latitude: 36.1, precision: 2000": [],
    # Undone once too often: inside as it stands.
    "longitude: 117.9225, latitude: 36.1, precision: 10, system: gcj-02": ["CB654"],
}


@pytest.mark.parametrize("coordinates", [*CASES, *IN_COUNTY])
def test_points_that_make_no_sense_are_told(codes: Codes, coordinates: str) -> None:
    expected = {**CASES, **IN_COUNTY}[coordinates]
    assert codes(coordinates) == expected


@pytest.mark.parametrize("coordinates", [*CASES, *IN_COUNTY])
def test_without_polygons_only_the_numbers_are_checked(
    codes: Codes, coordinates: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "polygons_file", lambda: None)
    assert codes(coordinates) == CASES.get(coordinates, [])


def test_the_message_says_which_system_fits(site_folder: MakeFolder) -> None:
    point = (
        "name: 点\ncounty: yiyuan\ncategory: industry\n"
        "coordinates: {longitude: 118.481, latitude: 36.1, precision: 10}\n"
    )
    files = {**PLACES, "records/teaching-points/point.yml": point}
    (problem,) = site_folder(files).load().problems
    assert "沂源县之外" in problem.message
    assert "system: gcj-02" in problem.remedy


# --- polygons -------------------------------------------------------------------------------------


def test_the_polygons_hold_the_counties_of_shandong() -> None:
    found = boundaries.outlines(["37"], 0.02, 3)
    assert len(found) == 136
    assert {"370323", "371482"} <= {outline.code for outline in found}
    assert all(ring[0] == ring[-1] for outline in found for ring in outline.rings)


def test_outer_rings_run_counterclockwise() -> None:
    for outline in boundaries.outlines(["3703"], 0.01, 4):
        ring = max(outline.rings, key=len)
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
        assert area > 0, outline.name


def test_neighbours_keep_one_border() -> None:
    def edges(outline: boundaries.Outline) -> set[frozenset[tuple[float, float]]]:
        return {frozenset(edge) for ring in outline.rings for edge in pairwise(ring)}

    by_code = {o.code: edges(o) for o in boundaries.outlines(["37"], 0.02, 3)}
    inland = by_code.pop("370323")
    shared = set().union(*by_code.values())
    assert inland <= shared


def test_no_package_no_polygons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "POLYGONS", ("no-such-package", "file.geojson"))
    assert packages.polygons_file() is None
    assert boundaries.outlines(["37"], 0.02, 3) == ()
    assert packages.missing_packages() == ["no-such-package", "shapely"]


def test_a_package_without_the_file_counts_as_missing() -> None:
    assert packages.installed(("shapely", "no/such/file")) is None
    found = packages.installed(packages.LEAFLET)
    assert found is not None
    assert (Path(found) / "leaflet.js").is_file()
