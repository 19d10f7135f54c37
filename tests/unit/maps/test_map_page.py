"""The page of the schematic map, and the locators on pages of records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from casebook_site.base.problems import render_text
from casebook_site.base.templates import Renderer
from casebook_site.engine.loading import edition_of
from casebook_site.kinds import program_schema
from tests.folders import REPOSITORY, TOY, SiteFolder, made, written
from tests.webpages import WebPage

DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
LOCATOR = re.compile(r'<figure class="cb-locator">.*?</figure>', re.DOTALL)


@cache
def real() -> dict[str, str]:
    """The HTML pages of the real content, in a bare shell."""
    loaded = SiteFolder(REPOSITORY).load()
    assert not loaded.problems, render_text(loaded.problems)
    return dict(pages(SiteFolder(REPOSITORY)))


def pages(folder: SiteFolder, **options: Any) -> Iterator[tuple[str, str]]:
    """(path, HTML) of every page."""
    for path, content in made(folder.site(**options), Renderer()):
        if path.endswith(".html"):
            yield path, content.decode()


@cache
def toy() -> dict[str, str]:
    """The toy has no layouts."""
    return dict(pages(SiteFolder(TOY)))


def web(html: str) -> WebPage:
    """What a browser finds in a page."""
    page = WebPage()
    page.feed(html)
    page.close()
    return page


# --- the page -------------------------------------------------------------------------------------


def test_the_drawings_of_the_real_map_weigh_less_than_60_kb() -> None:
    drawn = DRAWING.findall(real()["map/index.html"])
    assert len(drawn) == 4  # shapes, the province, two counties
    assert sum(len(drawing.encode()) for drawing in drawn) < 60_000


def test_every_township_is_drawn_once_and_every_county_highlighted_once() -> None:
    html = real()["map/index.html"]
    drawn = "".join(DRAWING.findall(html))
    site = SiteFolder(REPOSITORY).site()
    for id in site.edition.records["township"]:
        assert drawn.count(f'id="town-{id}"') == 1
        assert f'href="../townships/{id}.html"' in drawn
    for id, county in site.edition.records["county"].items():
        assert drawn.count(f'data-place="county-{id}"') == 1
        assert f">{county.name}</text>" in drawn


def test_links_and_anchors_of_the_map_are_there() -> None:
    page = web(real()["map/index.html"])
    assert not page.repeated
    assert not page.inline
    for tag, address, _ in page.links:
        if address.startswith("#"):
            assert address[1:] in page.anchors, (tag, address)
        elif tag in ("a", "use") and address.startswith("../") and address.endswith(".html"):
            assert address[3:] in real() or address == "../index.html", address


def test_the_table_says_what_the_drawing_says() -> None:
    html = real()["map/index.html"]
    for drawing in DRAWING.findall(html):
        for tile in ElementTree.fromstring(drawing):
            if tile.get("id"):
                marks = tile.iterfind(".//text[@class='cb-tile__n']")
                drawn = sum(int(mark.text or "") for mark in marks)
                (row,) = re.findall(rf'<tr data-place="{tile.get("id")}">(.*?)</tr>', html)
                assert f"<strong>{drawn or '—'}</strong>" in row
    total = re.findall(r"<tfoot>.*?<strong>(\d+)</strong>", html)
    edition = SiteFolder(REPOSITORY).edition()
    counted = sum(len(edition.records[k]) for k in ("joint-committee", "teaching-point"))
    assert sum(map(int, total)) == counted


def test_records_without_township_are_counted_too() -> None:
    html = real()["map/index.html"]
    assert 'data-place="town--yucheng"' in html
    assert html.count("镇街未载明</text>") == 1


def test_many_townships_give_a_page_a_county() -> None:
    few = dict(pages(SiteFolder(REPOSITORY), page_size=10))
    assert {"map/index.html", "map/yiyuan.html", "map/yucheng.html"} <= few.keys()
    index = few["map/index.html"]
    assert 'href="yiyuan.html"' in index
    assert 'id="town-' not in index
    for county in ("yiyuan", "yucheng"):
        page = web(few[f"map/{county}.html"])
        assert f"county-{county}" in page.anchors
        assert not page.repeated
    for path, html in few.items():
        for figure in LOCATOR.findall(html):
            (href,) = re.findall(r'href="\.\./([^"]+)"', figure)
            target, _, anchor = href.partition("#")
            assert anchor in web(few[target]).anchors, (path, href)


def test_a_site_without_layouts_has_tiles_and_no_province() -> None:
    html = toy()["map/index.html"]
    assert "cb-hexmap" not in html
    assert html.count('class="cb-tilemap"') == 2
    assert {"town-bing", "town-ding", "town-wu"} <= web(html).anchors


def test_the_public_map_names_nothing_internal() -> None:
    assert "CANARY" not in toy()["map/index.html"]
    assert "canary" not in toy()["map/index.html"]


def test_a_site_without_counties_says_what_to_do(tmp_path: Path) -> None:
    html = dict(pages(written(tmp_path, {})))["map/index.html"]
    assert "还没有县市" in html
    assert "<script" not in html


# --- locators -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind.name for kind in program_schema() if kind.place.is_drawn])
def test_every_page_of_a_place_shows_where_it_is(kind: str) -> None:
    site = SiteFolder(REPOSITORY).site()
    records = site.edition.records[kind].values()
    assert records
    for record in records:
        html = real()[f"{record.folder}/{record.id}.html"]
        (figure,) = LOCATOR.findall(html)
        assert len(figure.encode()) < 6_000
        (href,) = re.findall(r'href="\.\./map/index\.html#([^"]+)"', figure)
        assert href in web(real()["map/index.html"]).anchors


def test_a_county_on_no_map_has_no_locator() -> None:
    assert not LOCATOR.findall(toy()["counties/jia.html"])
    assert LOCATOR.findall(toy()["townships/bing.html"])


def test_records_of_one_place_share_a_locator() -> None:
    site = SiteFolder(REPOSITORY).site()
    points = [
        point
        for point in site.edition.records["teaching-point"].values()
        if getattr(point, "township", None) == "juzhen"
    ]
    drawn = [site.locator(point, f"teaching-points/{point.id}.html") for point in points]
    assert len(drawn) > 1
    assert all(one is drawn[0] for one in drawn)


def test_the_real_content_has_no_problem_with_its_map() -> None:
    assert len(edition_of(SiteFolder(REPOSITORY).settings())) > 0
