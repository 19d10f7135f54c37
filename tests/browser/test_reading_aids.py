"""Large type, strong contrast, plain words, and reading aloud."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, WebServer
from tests.browser.sites import PageKind, Sites, over, record_kind
from tests.browser.test_phone import WIDE

VOICE = """
window.spoken = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
const voices = [{ lang: "zh-CN", localService: %s, name: "voice" }];
Object.defineProperty(window, "speechSynthesis", { value: {
    paused: false,
    getVoices: () => voices,
    addEventListener() {},
    speak(told) { spoken.push(told.text); told.onstart(); window.told = told; },
    pause() { this.paused = true; },
    resume() { this.paused = false; },
    cancel() {},
} });
"""
"""A device with a voice, which the browser of the tests has not."""


def press(page: Page, *labels: str) -> None:
    """Opens the bar, and presses buttons of it."""
    if page.locator(".cb-toolbar:visible").count() == 0:
        page.get_by_role("button", name="阅读辅助").click()
    for label in labels:
        page.locator(".cb-toolbar").get_by_role("button", name=label, exact=True).click()


def text_size(page: Page) -> float:
    """The height of the text, in pixels."""
    size = page.locator(".cb-prose p").first.evaluate("p => getComputedStyle(p).fontSize")
    return float(size.removesuffix("px"))


def test_type_grows_in_two_steps_to_18_points_and_back(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.case_study())
    before = text_size(page)
    press(page, "大字")
    assert 1.15 * before <= text_size(page) < 24
    press(page, "更大的字")
    assert text_size(page) >= 24  # 18 pt
    press(page, "原来的字")
    assert text_size(page) == before


@pytest.mark.parametrize("by", ["file", "http"])
def test_what_is_set_is_kept_on_other_pages(
    by: str, sites: Sites, web_server: WebServer, open_page: OpenPage
) -> None:
    page = open_page(sites.real / "index.html" if by == "file" else web_server(sites.real))
    press(page, "大字", "高对比")
    page.locator(".md-tabs__link").nth(1).click()
    page.wait_for_url("**/case-studies/index.html")
    expect(page.locator("html")).to_have_class(re.compile("cb-large"))
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    expect(page.get_by_role("button", name="高对比")).to_have_attribute("aria-pressed", "true")
    press(page, "高对比")
    page.reload()
    expect(page.locator("body")).not_to_have_css("background-color", "rgb(0, 0, 0)")


@over(
    [
        PageKind("home", "index.html"),
        PageKind("index-figures", "figures/index.html"),
        PageKind("index-compare", "compare/index.html"),
        record_kind("figures"),
        record_kind("teaching-points"),
        record_kind("case-studies"),
    ],
    {"home", "index-compare", "record-figures"},
)
def test_large_type_fits_a_phone_and_is_easy_to_touch(
    kind: PageKind, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.page(kind), width=390, height=844)
    press(page, "大字", "更大的字")
    assert page.evaluate(WIDE) == []
    for target in page.locator(".cb-toolbar button, .cb-doors a, .cb-copy").all():
        box = target.bounding_box()
        # What has no height is folded away: the answer of a question.
        assert box is None or box["height"] == 0 or box["height"] >= 60


def test_plain_words_leave_out_what_only_scholars_ask_for(
    sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.toy / "case-studies/jia-case.html")
    expect(page.locator(".cb-citation")).to_be_visible()
    press(page, "简明")
    expect(page.locator(".cb-citation")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    page.goto(
        next(
            told.as_uri()
            for told in sites.toy.glob("*/*.html")
            if "cb-lead--told" in told.read_text("utf-8")
        )
    )
    expect(page.locator(".cb-plain")).to_be_visible()
    expect(page.locator(".cb-lead")).to_be_hidden()


def test_without_a_voice_of_the_device_nothing_is_read(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.case_study())
    press(page)
    expect(page.get_by_role("button", name="朗读")).to_have_count(0)
    page.add_init_script(VOICE % "false")  # a voice of a service in the net
    page.reload()
    expect(page.get_by_role("button", name="朗读")).to_have_count(0)


def test_a_page_is_read_aloud_sentence_by_sentence_and_each_is_marked(
    sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.case_study())
    page.add_init_script(VOICE % "true")
    page.reload()
    title = page.locator("h1").inner_text()
    press(page, "朗读")
    page.wait_for_function("() => window.spoken.length === 1")
    assert page.evaluate("() => spoken[0]") == title
    assert page.evaluate("() => getSelection().toString()") == title
    for _ in range(6):
        page.evaluate("() => told.onend()")
        spoken = page.evaluate("() => spoken[spoken.length - 1]").strip()
        assert page.evaluate("() => getSelection().toString()").strip() == spoken
    press(page, "暂停")
    assert page.evaluate("() => speechSynthesis.paused")
    press(page, "继续")
    press(page, "停止")
    expect(page.get_by_role("button", name="朗读", exact=True)).to_be_visible()
    assert all(re.search(r"\S", one) for one in page.evaluate("() => spoken"))


def test_without_scripts_there_is_no_button_that_does_nothing(
    sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.case_study(), java_script_enabled=False)
    expect(page.locator(".cb-tools__open")).to_have_count(0)
