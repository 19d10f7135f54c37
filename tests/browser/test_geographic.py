"""The geographic map in a browser: from a folder, on a server, without scripts, in print."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, settle
from tests.browser.sites import served
from tests.folders import SiteFolder, written
from tests.unit.maps.places import PLACES, REVIEW

ALL = "4"
"""Points of the public edition: a village and three teaching points."""

NUMBER = REVIEW["review_number"]


@pytest.fixture(scope="session")
def map_folder(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """A site with the map switched on."""
    folder = written(tmp_path_factory.mktemp("map"), PLACES)
    settings = "".join(f"        {name}: {value}\n" for name, value in REVIEW.items())
    folder.edit(
        "mkdocs.yml",
        "  - casebook\n",
        f"  - casebook:\n      map:\n        geographic: true\n{settings}",
    )
    return folder


@pytest.fixture(scope="session")
def map_page(map_folder: SiteFolder) -> Path:
    """The page of the map."""
    return map_folder.build() / "map/geographic.html"


def drawn(page: Page, count: str = ALL) -> None:
    """Waits until the map shows so many points."""
    expect(page.locator("#geographic-map")).to_have_attribute("data-drawn", count)


def test_from_a_folder_it_draws_filters_and_asks_for_nothing_outside(
    map_page: Path, open_page: OpenPage
) -> None:
    page = open_page(map_page)  # which fails on a request to another place, or a complaint
    drawn(page)
    expect(page.locator(".cb-geo__static")).to_be_hidden()
    expect(page.locator(".leaflet-marker-icon").first).to_be_visible()
    expect(page.locator(".cb-geo__live .cb-geo__notice")).to_contain_text(NUMBER)
    assert not page.locator(".leaflet-control-attribution").count()
    assert not page.locator(".cb-geo__live a[href^=http]").count()
    page.select_option("select[name=category]", "industry")
    drawn(page, "3")
    expect(page.locator(".cb-geo__count")).to_have_text("3个点，共4个")
    page.select_option("select[name=category]", "cautionary")
    drawn(page, "0")
    assert "category=cautionary" in page.url


def test_a_view_can_be_sent_and_a_mark_opened_by_keyboard(
    map_page: Path, open_page: OpenPage
) -> None:
    page = open_page(f"{map_page.as_uri()}#view=14/36.2/118.2&category=industry")
    drawn(page, "3")
    assert page.locator("select[name=category]").input_value() == "industry"
    mark = page.locator(".leaflet-marker-icon[title^='示例园']")
    expect(mark).to_be_visible()
    expect(mark.locator(".cb-mark--industry")).to_have_text("产")
    mark.focus()
    page.keyboard.press("Enter")
    link = page.locator(".leaflet-popup a", has_text="示例园<甲>")
    expect(link).to_be_visible()
    link.click()
    expect(page).to_have_url(re.compile(r"/teaching-points/gps\.html$"))


def test_the_keyboard_moves_and_zooms(map_page: Path, open_page: OpenPage) -> None:
    page = open_page(f"{map_page.as_uri()}#view=10/36.2/118.2")
    drawn(page)
    page.locator(".cb-geo__live").focus()
    page.keyboard.press("+")
    page.wait_for_function("location.hash.startsWith('#view=11/')")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("!location.hash.endsWith('/118.2000')")


def test_without_scripts_the_drawing_is_there(map_page: Path, open_page: OpenPage) -> None:
    page = open_page(map_page, java_script_enabled=False)
    expect(page.locator("svg.cb-geo__drawing")).to_be_visible()
    expect(page.locator("svg .cb-geo__notice")).to_contain_text(NUMBER)
    expect(page.locator(".cb-geo__tools")).to_be_hidden()
    page.locator("svg a[href='../teaching-points/gps.html']").click()
    expect(page).to_have_url(re.compile(r"/teaching-points/gps\.html$"))


def test_in_print_the_drawing_is_there(map_page: Path, open_page: OpenPage) -> None:
    page = open_page(map_page)
    drawn(page)
    page.emulate_media(media="print")
    expect(page.locator("svg.cb-geo__drawing")).to_be_visible()
    expect(page.locator("svg .cb-geo__notice")).to_be_visible()
    expect(page.locator(".cb-geo__live")).to_be_hidden()
    assert len(page.pdf()) < 400_000


def test_on_a_server_it_keeps_to_a_strict_policy(map_page: Path, open_page: OpenPage) -> None:
    """As docs/HOSTING.md has it: nothing inline but the scripts of the theme, by their hashes."""
    inline = re.findall(r"<script>(.*?)</script>", map_page.read_text("utf-8"), re.DOTALL)
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in inline
    )
    policy = (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self';"
        " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
    )
    with served(map_page.parents[1], headers={"Content-Security-Policy": policy}) as home:
        page = open_page(f"{home}map/geographic.html")  # a violation is a complaint
        drawn(page)
        page.locator(".leaflet-control-zoom-in").click()
        expect(page).to_have_url(re.compile("#view="))
        page.select_option("select[name=category]", "industry")
        drawn(page, "3")
        assert not page.locator("#geographic-map").evaluate(
            "figure => figure.outerHTML.match(/ on[a-z]+=/)"
        )


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False])
def test_axe_finds_nothing(
    map_page: Path, open_page: OpenPage, scheme: str, width: int, scripts: bool
) -> None:
    page = open_page(map_page, width, scheme)
    drawn(page)
    if not scripts:
        page.evaluate(
            "() => { document.querySelector('.cb-geo').classList.remove('cb-geo--live');"
            " for (const part of document.querySelectorAll('.cb-geo__tools, .cb-geo__live'))"
            " part.hidden = true; }"
        )
    settle(page)
    page.evaluate(Axe().axe_script)
    answer = page.evaluate(
        "options => axe.run(options)",
        {"resultTypes": ["violations"], "iframes": False, "preload": False},
    )
    found = [
        f"{violation['id']}: {node['html'][:200]}\n    {node['failureSummary']}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]
    assert not found, "\n".join(found)


def test_the_page_weighs_little(map_page: Path) -> None:
    """150 kB compressed with the theme; this is what the map adds to it."""
    page = map_page.read_text("utf-8")
    names = re.findall(r'(?:src|href)="((?:\.\./assets/map/|layer-)[^"]+)"', page)
    files = [map_page, *(map_page.parent / name for name in names)]
    assert len(files) > 6
    weight = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)
    assert weight < 135_000, weight
