"""What a reader finds on the home page."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.sites import Sites


@pytest.mark.parametrize(
    ("width", "height"), [(1280, 800), (390, 844), pytest.param(360, 740, marks=pytest.mark.slow)]
)
def test_search_and_the_three_doors_stand_on_the_first_screen(
    width: int, height: int, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.real / "index.html", width=width, height=height)
    doors = page.locator(".cb-doors a")
    assert [name.inner_text() for name in doors.locator("strong").all()] == [
        "找教学点",
        "看两地经验",
        "查数字",
    ]
    for target in (*doors.all(), page.locator(".cb-hero .cb-find button")):
        box = target.bounding_box()
        assert box
        assert box["y"] + box["height"] <= height
        assert box["height"] >= 44


@pytest.mark.parametrize("door", ["找教学点", "看两地经验", "查数字"])
def test_a_door_leads_to_what_it_names(door: str, sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "index.html", width=390)
    folder = {"找教学点": "teaching-points", "看两地经验": "case-studies", "查数字": "figures"}[
        door
    ]
    page.locator(".cb-doors").get_by_role("link", name=door).click()
    page.wait_for_url(f"**/{folder}/index.html")


def test_the_search_box_of_the_page_searches(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "index.html", width=390)
    page.get_by_role("textbox", name="要找的字词").fill("联村党委")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("#search-page .cb-search__list > li").first).to_be_visible()


def test_a_number_stands_once(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "index.html")
    links = page.locator("a[href^='figures/']:not([href$='index.html'])").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert len(links) >= 6
    assert [href for href, count in Counter(links).items() if count > 1] == []


def test_the_counties_of_the_site_are_lit_and_named(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "index.html")
    names = page.locator(".cb-hero__map svg text").all_text_contents()
    assert set(names) == {"沂源县", "禹城市"}


def test_every_category_has_a_picture(sites: Sites, open_page: OpenPage) -> None:
    for site in (sites.real, sites.toy):
        page = open_page(site / "index.html")
        cards = page.locator(".cb-cards--categories > li")
        assert cards.count() >= 4
        for card in cards.all():
            expect(card.locator(":scope > .cb-drawing, :scope > .cb-card__photo")).to_have_count(1)
    expect(page.locator(".cb-card__photo")).to_have_count(1)  # of the toy's park
