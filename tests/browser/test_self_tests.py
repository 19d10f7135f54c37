"""Self-tests as a page: answers are folded, with scripts and without, on the screen and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.sites import Sites

ANSWERS = ".cb-questions details > p:first-of-type"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_answer_shows_when_it_is_asked_for(
    scripts: bool, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.real / "self-tests/index.html", java_script_enabled=scripts)
    expect(page.locator(f"{ANSWERS}:visible")).to_have_count(0)
    page.locator(".cb-questions summary").nth(1).click()
    expect(page.locator(f"{ANSWERS}:visible")).to_have_count(1)
    expect(page.locator(".cb-unfold")).to_have_count(1 if scripts else 0)


def test_what_is_of_all_questions_stands_above_the_first_record(
    sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.real / "self-tests/index.html")
    expect(page.get_by_text("答完一题看一题")).to_be_visible()
    order = page.locator("main :is(.cb-unfold, h2, .cb-note[role=status])").evaluate_all(
        "parts => parts.slice(0, 3).map(part => part.tagName)"
    )
    assert order == ["BUTTON", "P", "H2"]


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


@pytest.mark.parametrize("storage", [True, False], ids=["kept", "cannot be kept"])
def test_a_choice_is_marked_explained_and_counted(
    storage: bool, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.real / "self-tests/index.html")
    if not storage:
        page.add_init_script("Storage.prototype.setItem = () => { throw new Error(); }")
        page.reload()
    asked = page.locator("[data-cb-question]").count()
    first = page.locator("[data-cb-right='1']").first
    first.get_by_role("button", name="看对不对").click()
    expect(first.get_by_role("status")).to_have_text("先选一项。")
    first.get_by_role("radio").first.check()
    first.get_by_role("button", name="看对不对").click()
    expect(first.get_by_role("status")).to_have_text("不对，应选B。")
    expect(first.locator("details > p").first).to_be_visible()
    expect(first.locator(".cb-why")).to_be_visible()
    first.get_by_role("radio").nth(1).check()
    first.get_by_role("button", name="看对不对").click()
    expect(first.get_by_role("status")).to_have_text("答对了。")
    several = page.locator("[data-cb-right='0,1,2']").first
    for choice in several.get_by_role("checkbox").all()[:3]:
        choice.check()
    several.get_by_role("button", name="看对不对").click()
    expect(several.get_by_role("status")).to_have_text("答对了。")
    own = page.locator("[data-cb-question]:not([data-cb-right])").first
    own.locator("summary").click()
    own.get_by_role("button", name="没答对").click()
    board = page.locator("[role=status]", has_text="题答了")
    told = f"{asked}题答了3题，对2题。"
    expect(board).to_contain_text(told)
    page.reload()
    expect(page.locator("[role=status]", has_text=f"{asked}题").first).to_contain_text(
        told if storage else f"共{asked}题"
    )
    if storage:
        board.get_by_role("button", name="重做").click()
        expect(page.locator("[role=status]", has_text=f"{asked}题").first).to_contain_text(
            f"共{asked}题"
        )
