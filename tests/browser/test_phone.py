"""What a reader with a phone finds."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenPage, settle
from tests.browser.sites import MENU_BUTTON, OTHER_PART, PageKind, Sites, every_layout, record_kind

WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > width + 1)
        .filter(element => !element.closest(".cb-scroll, .md-sidebar"))
        .map(element => element.outerHTML.slice(0, 120));
}"""
"""What is wider than the page, where the page as a whole can be pushed sideways."""

NAVIGATION = [
    ("tabs of an index", PageKind("gaps", "gaps/index.html"), ".cb-tabs a"),
    ("pages of an index", PageKind("further", "*/*-[0-9].html", False), ".cb-pager a"),
    ("links of a record", record_kind("townships"), ".cb-links a"),
    ("names of a letter", PageKind("letter", "names/letter-*.html"), ".cb-names a"),
    ("path of a record", record_kind("case-studies"), ".cb-path a"),
    ("neighbours of a record", record_kind("teaching-points"), ".cb-neighbours a"),
    ("points on the home page", PageKind("home", "index.html"), ".cb-card__names a"),
    ("ways in", PageKind("home", "index.html"), ".cb-ways a"),
    ("tags", PageKind("tags", "tags/index.html"), ".cb-cloud a"),
    ("footer", PageKind("home", "index.html"), ".cb-footer a"),
]


def low(page: Page, selector: str) -> list[str]:
    """Visible targets that are lower than 24 px (WCAG 2.2, 2.5.8)."""
    targets = page.locator(f"{selector}:visible")
    assert targets.count(), f"{page.url} has no {selector}"
    found: list[str] = targets.evaluate_all(
        """targets => targets
            .map(target => [target.getBoundingClientRect().height, target.textContent.trim()])
            .filter(([height]) => height < 24)
            .map(([height, text]) => `${height.toFixed(1)} px: ${text}`)"""
    )
    return found


@every_layout
def test_no_page_can_be_pushed_sideways(kind: PageKind, sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.page(kind), width=390)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        overflow = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{page.url} at {width} px: {overflow} px\n" + "\n".join(
            page.evaluate(WIDE)
        )


NAME_OF_SITE = """() => {
    const topic = document.querySelector(".md-header__topic");
    const shown = [...topic.querySelectorAll("span")].filter(({ offsetParent }) => offsetParent);
    const texts = document.createRange();
    texts.selectNodeContents(shown[0].firstChild);
    const lines = new Set([...texts.getClientRects()].map(({ top }) => Math.round(top)));
    const { left, right } = topic.parentElement.getBoundingClientRect();
    const name = texts.getBoundingClientRect();
    return { text: topic.innerText, lines: lines.size, isCut: name.left < left - 1 || name.right > right + 1 };
}"""


@pytest.mark.parametrize("site", ["real", "toy"])
def test_the_name_of_the_site_stands_in_one_line_of_the_header(
    site: str, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page((sites.real if site == "real" else sites.toy) / "index.html", width=390)
    for width in (390, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        name = page.evaluate(NAME_OF_SITE)
        assert name == {
            "text": "联村党建案例库" if site == "real" else "示例案例库",
            "lines": 1,
            "isCut": False,
        }, width


@pytest.mark.parametrize(
    ("kind", "selector"), [pytest.param(*row[1:], id=row[0]) for row in NAVIGATION]
)
def test_links_that_lead_on_can_be_hit_with_a_finger(
    kind: PageKind, selector: str, sites: Sites, open_page: OpenPage
) -> None:
    assert not low(open_page(sites.page(kind), width=390, has_touch=True), selector)


@pytest.fixture
def drawer(sites: Sites, open_page: OpenPage) -> Page:
    """A record page on a phone, its menu opened by a tap."""
    page = open_page(sites.case_study(), width=390, has_touch=True)
    expect(page.locator(".md-tabs")).to_be_hidden()
    page.locator(MENU_BUTTON).tap()
    expect(page.locator(OTHER_PART)).to_be_in_viewport()
    settle(page)
    return page


def test_at_a_desk_there_is_no_button_for_the_menu(sites: Sites, open_page: OpenPage) -> None:
    expect(open_page(sites.case_study()).locator(MENU_BUTTON)).to_be_hidden()


def test_the_menu_leads_to_another_part_of_the_site(drawer: Page) -> None:
    back = drawer.locator(".md-nav__title[for^=__nav_]:visible")
    if back.count():  # the pages of this part lie over the list of all parts
        back.tap()
    drawer.locator(OTHER_PART).tap()
    expect(drawer).to_have_url(re.compile("/teaching-points/index.html$"))
    expect(drawer.locator("h1")).to_be_in_viewport()


def test_links_of_the_menu_can_be_hit_with_a_finger(drawer: Page) -> None:
    assert not low(drawer, ".md-sidebar--primary .md-nav__link")


@pytest.mark.slow
def test_axe_finds_nothing_in_the_open_menu(drawer: Page) -> None:
    assert not violations(drawer)


def test_the_menu_closes_by_a_tap_beside_it(drawer: Page) -> None:
    drawer.touchscreen.tap(380, 500)
    expect(drawer.locator(OTHER_PART)).not_to_be_in_viewport()


def test_text_is_as_large_as_at_a_desk(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.case_study(), width=390)
    size = page.locator(".cb-prose p").first.evaluate(
        "p => parseFloat(getComputedStyle(p).fontSize)"
    )
    assert 17 <= size <= 18


def test_a_number_of_the_index_is_a_card_that_fits(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "figures/index.html", width=390)
    for box in page.locator(".cb-scroll").all():
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    row = page.locator("#figures tbody tr").first
    assert row.locator("th").evaluate("name => name.clientWidth") > 300
