"""Everything can be done with the keyboard alone, and one sees where one is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.conftest import OpenPage, settle
from tests.browser.sites import MENU_BUTTON, OTHER_PART, PageKind, Sites, record_kind

TARGETS = """() => {
    // Radio buttons are one stop; the arrow keys change among them.
    const asked = "a[href], button, input, select, textarea, summary, label[for], [tabindex]";
    const stop = element => element.type === "radio" ? element.name
        : element.matches("label") ? stop(element.control) : element;
    window.stops = new Set();
    const names = new Map();
    for (const element of document.querySelectorAll(asked)) {
        if (element.matches("label") && !element.control) continue;
        if (element.getAttribute("tabindex") === "-1" || element.disabled) continue;
        if (!element.checkVisibility({visibilityProperty: true})) continue;
        if (getComputedStyle(element).pointerEvents === "none") continue;
        const box = element.getBoundingClientRect();
        if (element.matches("label, a, button") && (!box.width || !box.height)) continue;
        names.set(stop(element), element.outerHTML.slice(0, 160));
    }
    document.addEventListener("focusin", event => names.delete(stop(event.target)));
    window.unreached = () => [...names.values()];
}"""
"""Notes what a pointer can act on; `unreached()` tells which of it has had no focus since."""

FOCUS_IS_SEEN = """() => {
    const focus = document.activeElement;
    const label = focus.nextElementSibling;
    const parts = [focus, ...(focus.labels || [])];
    if (label && label.matches("label")) parts.push(label);
    return parts.some(part => {
        const style = getComputedStyle(part);
        if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1
            || !part.checkVisibility({visibilityProperty: true, opacityProperty: true}))
            return false;
        return [...part.getClientRects()].some(box => {
            if (box.width < 5 || box.height < 5) return false;
            const top = document.elementFromPoint(
                (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2,
                (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
            return top && (part.contains(top) || top.contains(part) && top !== document.body);
        });
    });
}"""
"""Whether an outline shows where the focus is, in sight, and nothing lies over it."""


def tab_to(page: Page, selector: str) -> bool:
    """Presses Tab until the focus is on an element, or on the box that it is the label of."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(
            """selector => {
                const focus = document.activeElement;
                return [focus, ...(focus.labels || [])].some(part => part.matches(selector));
            }""",
            selector,
        ):
            return True
    return False


def walk(page: Page) -> list[str]:
    """Presses Tab through the whole page; tells the stops at which nothing shows the focus."""
    unseen: list[str] = []
    for _ in range(1000):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            return unseen
        try:
            page.wait_for_function(FOCUS_IS_SEEN, timeout=1500)
        except TimeoutError:
            unseen.append(page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)"))
    raise AssertionError("Tab never reaches the end of the page.")


def test_the_first_stop_leads_past_the_menus_to_the_text(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.case_study())
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    expect(skip).to_be_focused()
    settle(page)
    expect(skip).to_be_in_viewport()
    expect(skip).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#content$"))
    expect(page.locator("h1")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate(
        """() => {
            const heading = document.querySelector("h1");
            const order = heading.compareDocumentPosition(document.activeElement);
            return order & Node.DOCUMENT_POSITION_FOLLOWING
                && document.activeElement.closest(".md-content") !== null;
        }"""
    )


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.slow), 390])
@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(PageKind("home", "index.html"), marks=pytest.mark.slow),
        pytest.param(record_kind("joint-committees"), marks=pytest.mark.slow),
        record_kind("training-classes"),
        PageKind("matrix", "matrix/index.html"),
        pytest.param(PageKind("gaps-unsourced", "gaps/unsourced.html"), marks=pytest.mark.slow),
        PageKind("not-found", "404.html"),
    ],
    ids=lambda kind: kind.name,
)
def test_tab_reaches_everything_and_the_focus_is_seen(
    kind: PageKind, width: int, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.page(kind), width=width)
    page.evaluate(TARGETS)
    unseen = walk(page)
    assert not unseen, "no focus is seen on:\n" + "\n".join(unseen)
    unreached = page.evaluate("() => unreached()")
    assert not unreached, "Tab does not reach:\n" + "\n".join(unreached)


def test_the_filter_works_by_keyboard(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "figures/index.html")
    page.get_by_role("combobox", name="县市").focus()
    page.keyboard.press("ArrowDown")
    status = page.get_by_role("status")
    expect(status).not_to_contain_text(f"显示{page.locator('#figures tbody tr').count()}条")


def test_light_and_dark_are_switched_by_keyboard(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "index.html")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.name") == "__palette":
            break
    body = page.locator("body")
    for _ in range(3):
        if body.get_attribute("data-md-color-scheme") == "slate":
            break
        page.keyboard.press("ArrowRight")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


def test_the_menu_of_a_phone_opens_and_leads_on_by_keyboard(
    sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.case_study(), width=390)
    expect(page.locator(OTHER_PART)).not_to_be_in_viewport()
    assert tab_to(page, MENU_BUTTON), "Tab does not reach the button of the menu."
    page.keyboard.press("Space")
    expect(page.locator(OTHER_PART)).to_be_in_viewport()
    assert tab_to(page, OTHER_PART), "Tab does not reach the other parts in the menu."
    page.wait_for_function(FOCUS_IS_SEEN)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/teaching-points/index.html$"))
