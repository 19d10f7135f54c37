"""Self-tests as a page: answers are folded, with scripts and without, on the screen and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.sites import Sites

ANSWERS = ".cb-questions details > p"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_answer_shows_when_it_is_asked_for(
    scripts: bool, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.real / "self-tests/index.html", java_script_enabled=scripts)
    expect(page.locator(f"{ANSWERS}:visible")).to_have_count(0)
    page.locator(".cb-questions summary").nth(1).click()
    expect(page.locator(f"{ANSWERS}:visible")).to_have_count(1)
    expect(page.locator(".cb-unfold")).to_have_count(1 if scripts else 0)


def printed(page: Page) -> int:
    """How many answers a print has; the theme opens everything that is folded before it."""
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    shown = page.locator(f"{ANSWERS}:visible").count()
    page.emulate_media(media="screen")
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    return shown


def test_paper_has_the_answers_that_were_opened(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "self-tests/index.html")
    count = page.locator(ANSWERS).count()
    assert (count > 1, printed(page)) == (True, 0)
    page.locator(".cb-questions summary").first.click()
    assert printed(page) == 1
    page.get_by_role("button", name="看全部答案").click()
    assert printed(page) == count
    page.get_by_role("button", name="收起全部答案").click()
    expect(page.locator(f"{ANSWERS}:visible")).to_have_count(0)
    assert printed(page) == 0
