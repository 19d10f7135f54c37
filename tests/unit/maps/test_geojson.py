"""GeoJSON of the places, and the list of those without coordinates."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from casebook_site.base.templates import Renderer
from tests.folders import SiteFolder, made
from tests.unit.maps.places import PLACES

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]
Files = dict[str, bytes]


@pytest.fixture(params=["public", "internal"])
def audience(request: pytest.FixtureRequest) -> str:
    """Each audience."""
    return str(request.param)


@pytest.fixture
def files(site_folder: MakeFolder, renderer: Renderer, audience: str) -> Files:
    """Path → bytes of the whole site."""
    return dict(made(site_folder(PLACES).site(audience), renderer))


def features(files: Files) -> list[dict[str, Any]]:
    """The features of the download."""
    collection = json.loads(files["data/places.geojson"])
    assert set(collection) == {"type", "features"}  # a `crs` is no longer allowed (RFC 7946 §4)
    assert collection["type"] == "FeatureCollection"
    return list(collection["features"])


def test_every_record_with_coordinates_is_a_feature(files: Files, audience: str) -> None:
    ids = {feature["id"] for feature in features(files)}
    public = {"county/yiyuan", "village/village", "teaching-point/gps", "teaching-point/amap",
              "teaching-point/baidu"}  # fmt: skip
    assert ids == public | ({"teaching-point/secret"} if audience == "internal" else set())


def test_features_keep_to_rfc_7946(files: Files) -> None:
    for feature in features(files):
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert 73 < longitude < 136
        assert 3 < latitude < 54
        for value in (longitude, latitude):
            assert len(repr(value).partition(".")[2]) <= 7
        properties = feature["properties"]
        assert properties["name"]
        assert f"{properties['kind']}/" in feature["id"]
        assert properties["precision"] > 0


def test_features_say_where_they_were_converted_from_and_their_page(files: Files) -> None:
    by_id = {feature["id"]: feature for feature in features(files)}
    assert by_id["teaching-point/amap"]["properties"]["converted_from"] == "gcj-02"
    assert by_id["teaching-point/baidu"]["properties"]["converted_from"] == "bd-09"
    gps = by_id["teaching-point/gps"]
    assert "converted_from" not in gps["properties"]
    assert gps["geometry"]["coordinates"] == [118.2, 36.2]
    assert gps["properties"]["url"].endswith("/teaching-points/gps.html")
    for feature in by_id.values():
        path = feature["properties"]["url"].removeprefix("https://example.org/sub/path/")
        assert path in files


def test_records_without_coordinates_are_listed_not_dropped(files: Files, audience: str) -> None:
    content = files["data/places-without-coordinates.csv"].decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(content, newline=""))
    assert header == ["类别", "编号", "名称", "县市", "镇街", "永久地址"]
    assert [row[1] for row in rows] == [
        "nowhere", "town", "bare", *(["hidden"] if audience == "internal" else []), "unknown",
    ]  # fmt: skip
    cells = {row[1]: row for row in rows}
    assert cells["bare"][2:5] == ["只有名字的村", "沂源县", "示例镇"]
    assert cells["unknown"][2] == "'=没有坐标"


def test_nothing_internal_is_in_the_public_files(files: Files, audience: str) -> None:
    known = any(b"SECRET" in content or b"118.123456" in content for content in files.values())
    assert known == (audience == "internal")


def test_the_data_page_links_both_and_the_package_lists_the_table(files: Files) -> None:
    page = files["data/index.html"].decode()
    assert 'href="places.geojson"' in page
    assert 'href="places-without-coordinates.csv"' in page
    package = json.loads(files["data/datapackage.json"])
    assert "places-without-coordinates.csv" in {r["path"] for r in package["resources"]}


def test_a_site_without_places_has_neither(site_folder: MakeFolder, renderer: Renderer) -> None:
    files = dict(made(site_folder({}).site(), renderer))
    assert not [path for path in files if "places" in path]
    assert "places" not in files["data/index.html"].decode().partition("formats")[0]
