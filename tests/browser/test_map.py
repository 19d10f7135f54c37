"""The schematic map in a browser, from a folder, with the network cut."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.axe import OPTIONS
from tests.browser.conftest import OpenPage, settle
from tests.browser.sites import Sites


@pytest.fixture
def map_page(sites: Sites, open_page: OpenPage) -> Page:
    """The map of the real content."""
    return open_page(sites.real / "map/index.html")


def at(sites: Sites, place: str) -> str:
    """The address of the map with a state."""
    return (sites.real / "map/index.html").as_uri() + place


def number(page: Page, place: str, kind: str) -> str:
    """What a tile says of one kind; empty where it says nothing."""
    mark = page.locator(f"svg [data-place={place}] [data-k={kind}]")
    return mark.locator(".cb-tile__n, tspan").text_content() or "" if mark.is_visible() else ""


# --- without script -------------------------------------------------------------------------------


def test_without_scripts_everything_is_shown(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "map/index.html", java_script_enabled=False)
    expect(page.locator(".cb-hexmap")).to_be_visible()
    expect(page.locator(".cb-tilemap")).to_have_count(2)
    expect(page.locator(".cb-map table:visible")).to_have_count(3)
    expect(page.locator(".cb-map__tools")).to_be_hidden()
    assert number(page, "town-zhangjiapo", "joint") == "4"
    page.locator("svg [data-place=county-yucheng]").click()
    expect(page.locator("#county-yucheng")).to_be_in_viewport()
    page.locator("#town-juzhen").click()
    expect(page.locator("h1")).to_have_text("莒镇")


# --- filter ---------------------------------------------------------------------------------------


def test_a_category_counts_on_tiles_hexagons_and_in_the_table(map_page: Page) -> None:
    map_page.locator("select[name=category]").select_option("industry")
    assert number(map_page, "county-yucheng", "points") == "4"
    assert number(map_page, "town-juzhen", "industry") == "1"
    assert number(map_page, "town-juzhen", "party_spirit") == ""
    assert number(map_page, "town-zhangjiapo", "joint") == ""
    expect(map_page.locator("tfoot tr[data-place=county-yucheng] strong")).to_have_text("4")
    expect(map_page.locator("th[data-k=village]:visible")).to_have_count(0)
    expect(map_page.locator(".cb-map__tools output")).to_have_text("显示：教学点4处")
    map_page.get_by_role("button", name="清除筛选").click()
    assert number(map_page, "town-zhangjiapo", "joint") == "4"
    expect(map_page.get_by_role("button", name="清除筛选")).to_be_hidden()


def test_a_form_counts_committees_only_and_both_filters_show_both(map_page: Page) -> None:
    map_page.locator("select[name=form]").select_option("committee")
    assert number(map_page, "town-nanlushan", "joint") == "1"
    assert number(map_page, "town-juzhen", "skills") == ""
    map_page.locator("select[name=category]").select_option("skills")
    assert number(map_page, "town-nanlushan", "joint") == "1"
    assert number(map_page, "town-juzhen", "skills") == "1"
    assert map_page.url.endswith("#map&form=committee&category=skills")


# --- zoom and address -----------------------------------------------------------------------------


def test_from_province_to_county_to_township_and_back(map_page: Page) -> None:
    map_page.locator("svg [data-place=county-yiyuan]").click()
    expect(map_page.locator(".cb-hexmap")).to_be_hidden()
    expect(map_page.locator("#county-yucheng")).to_be_hidden()
    expect(map_page.locator("#county-yiyuan")).to_be_in_viewport()
    assert map_page.url.endswith("#county-yiyuan")
    map_page.locator("#town-nanlushan").click()
    panel = map_page.locator(".cb-map__panel:visible")
    expect(panel.get_by_role("heading")).to_have_text("南鲁山镇")
    expect(panel.get_by_role("link")).to_have_count(4)
    expect(map_page.locator("#town-nanlushan")).to_have_attribute("aria-current", "true")
    map_page.keyboard.press("Escape")
    expect(panel).to_contain_text("点按一个镇街")
    expect(map_page.locator("#town-nanlushan")).to_be_focused()
    assert map_page.url.endswith("#county-yiyuan")
    map_page.get_by_role("button", name="返回各县市").click()
    expect(map_page.locator(".cb-hexmap")).to_be_visible()
    expect(map_page.locator("#county-yucheng")).to_be_visible()
    expect(map_page.locator("svg [data-place=county-yiyuan]")).to_be_focused()


def test_a_view_can_be_sent(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(at(sites, "#town-juzhen&category=cautionary"))
    expect(page.locator(".cb-hexmap")).to_be_hidden()
    panel = page.locator(".cb-map__panel:visible")
    expect(panel.get_by_role("heading")).to_have_text("莒镇")
    expect(panel.locator("li:visible")).to_have_count(1)
    assert page.locator("select[name=category]").input_value() == "cautionary"
    assert page.locator("select[name=county]").input_value() == "yucheng"
    panel.locator("li:visible a").click()
    expect(page.locator("h1")).to_contain_text("法治")
    page.go_back()
    expect(page.locator(".cb-map__panel:visible").get_by_role("heading")).to_have_text("莒镇")


def test_an_address_that_names_nothing_shows_everything(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(at(sites, "#town-nowhere&category=<b>&form=x&y"))
    expect(page.locator(".cb-hexmap")).to_be_visible()
    assert page.locator("select[name=category]").input_value() == ""


def test_an_address_that_is_broken_shows_everything(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(at(sites, "#%E0%A4%A"))
    expect(page.locator(".cb-hexmap")).to_be_visible()
    expect(page.locator(".cb-map__tools")).to_be_visible()


def test_back_and_forward_follow_the_zoom(map_page: Page) -> None:
    map_page.locator("select[name=county]").select_option("yucheng")
    expect(map_page.locator(".cb-hexmap")).to_be_hidden()
    map_page.go_back()
    expect(map_page.locator(".cb-hexmap")).to_be_visible()
    map_page.go_forward()
    expect(map_page.locator(".cb-hexmap")).to_be_hidden()


# --- keyboard and pointer -------------------------------------------------------------------------


def test_the_keyboard_reaches_everything(map_page: Page) -> None:
    map_page.locator("svg [data-place=county-yiyuan]").focus()
    map_page.keyboard.press("ArrowUp")
    expect(map_page.locator("svg [data-place=county-yucheng]")).to_be_focused()
    map_page.keyboard.press("ArrowDown")
    map_page.keyboard.press("Enter")
    expect(map_page.locator("#county-yiyuan")).to_be_focused()
    map_page.locator("#town-nanma").focus()
    for key, there in (
        ("ArrowRight", "lishan"), ("ArrowDown", "yanya"), ("ArrowRight", "shiqiao"),
        ("ArrowUp", "yuezhuang"), ("ArrowLeft", "lishan"),
    ):  # fmt: skip
        map_page.keyboard.press(key)
        expect(map_page.locator(f"#town-{there}")).to_be_focused()
    panel = map_page.locator(".cb-map__panel:visible")
    expect(panel.get_by_role("heading")).to_have_text("历山街道")
    map_page.keyboard.press("ArrowDown")
    map_page.keyboard.press("Enter")
    expect(panel.get_by_role("link")).to_have_count(2)
    map_page.keyboard.press("Escape")
    map_page.keyboard.press("Escape")
    expect(map_page.locator(".cb-hexmap")).to_be_visible()


def test_records_without_township_can_be_chosen_too(map_page: Page) -> None:
    map_page.locator("[id='town--yucheng']").focus()
    map_page.keyboard.press("Enter")
    panel = map_page.locator(".cb-map__panel:visible")
    expect(panel.get_by_role("heading")).to_have_text("镇街未载明")
    expect(panel.get_by_role("link")).to_have_count(7)


def test_pointing_tells_and_leaving_forgets(map_page: Page) -> None:
    panel = map_page.locator(".cb-map__county").first.locator(".cb-map__panel")
    map_page.locator("#town-yanya").hover()
    expect(panel).to_contain_text("燕崖镇")
    map_page.locator("h1").hover()
    expect(panel).to_contain_text("点按一个镇街")


def test_a_table_is_sorted_by_its_heads(map_page: Page) -> None:
    table = map_page.locator(".cb-map__county table").last
    button = table.get_by_role("button", name="合计")
    button.click()
    expect(table.locator("thead th").last).to_have_attribute("aria-sort", "descending")
    totals = [int(t) for t in table.locator("tbody strong").all_inner_texts() if t.isdigit()]
    assert totals == sorted(totals, reverse=True)
    assert table.locator("tbody strong").first.inner_text() == "7"
    button.click()
    assert table.locator("tbody strong").last.inner_text() == "7"
    table.get_by_role("button", name="镇街").click()  # as readers expect them: by their codes
    assert table.locator("tbody th").first.inner_text() == "市中街道"


# --- every reader ---------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("place", ["#county-yiyuan", "#town-juzhen&category=industry"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_any_state(
    place: str, scheme: str, width: int, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(at(sites, place), width=width, scheme=scheme)
    page.evaluate(Axe().axe_script)
    settle(page)
    answer = page.evaluate("options => axe.run(options)", OPTIONS)
    assert not [
        f"{violation['id']}: {node['html']}\n{node['failureSummary']}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]


def test_text_in_the_drawing_is_legible(map_page: Page) -> None:
    sizes = map_page.locator(".cb-hexmap text:visible").evaluate_all(
        """texts => texts.map(text => parseFloat(getComputedStyle(text).fontSize)
            * text.ownerSVGElement.getBoundingClientRect().width
            / text.ownerSVGElement.viewBox.baseVal.width)"""
    )
    assert min(sizes) >= 12


def test_on_a_phone_a_drawing_scrolls_by_itself(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "map/index.html", width=390)
    for box in page.locator(".cb-map__scroll").all():
        assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_printed_it_is_one_page(scheme: str, sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "map/index.html", scheme=scheme)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_a_locator_leads_to_its_place_on_the_map(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "teaching-points/juzhen-park.html")
    page.locator(".cb-locator a").click()
    expect(page.locator(".cb-map__panel:visible").get_by_role("heading")).to_have_text("莒镇")
