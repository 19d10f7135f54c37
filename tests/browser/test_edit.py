"""The local form as an editor uses it: `casebook edit`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.folders import SiteFolder, stop, toy_copy

PARK = "content/records/teaching-points/zi-park.yml"
PATIENCE = 60.0
"""Seconds for a start on a machine that is busy."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """A copy of the toy that all tests of this module edit."""
    return toy_copy(tmp_path_factory.mktemp("edit").resolve() / "toy")


@pytest.fixture(scope="module")
def address(folder: SiteFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the form, as the command tells it."""
    log = tmp_path_factory.mktemp("log") / "edit.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "casebook_site", "edit", "--no-browser"],
            cwd=folder.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            end = time.monotonic() + PATIENCE
            while not (found := re.search(r"http://127\.0\.0\.1:\d+/\S+/", log.read_text("utf-8"))):
                assert process.poll() is None, log.read_text("utf-8")
                assert time.monotonic() < end, log.read_text("utf-8")
                time.sleep(0.1)
            yield found[0]
        finally:
            stop(process)


def frame_text(page: Page, text: str) -> None:
    """Waits until the page beside the form says something."""
    expect(page.frame_locator("#preview").locator("body")).to_contain_text(text)


def test_a_record_is_filled_in_looked_at_and_saved(
    folder: SiteFolder, address: str, open_page: OpenPage
) -> None:
    page = open_page(address, width=1400)
    page.get_by_label("名称").fill("子村")
    page.get_by_label("类别").first.select_option(label="基层教学点")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="子村产业园").click()
    frame_text(page, "子村产业园")
    assert violations(page) == []
    page.fill("#opened", "去年")
    expect(page.locator("#opened-said")).to_contain_text("写作 2022")
    expect(page.locator("#state")).to_have_text("还有1处要改")
    page.fill("#opened", "2022年3月")
    expect(page.locator("#state")).to_have_text("没有问题，还没有保存")
    expect(page.locator("#opened-said")).to_be_empty()
    frame_text(page, "2022年3月")
    assert "2022-03" not in (folder.root / PARK).read_text("utf-8")
    page.locator("header button.save").click()
    expect(page.locator("#state")).to_have_text("已保存")
    assert "opened: 2022-03\n" in (folder.root / PARK).read_text("utf-8")
    assert not folder.problems()


def test_lists_grow_shrink_and_change_places(
    folder: SiteFolder, address: str, open_page: OpenPage
) -> None:
    page = open_page(f"{address}edit/teaching-point/zi-park", width=1400)
    points = page.locator("[data-list=talking_points]")
    before = points.locator("[data-entry]").count()
    for text in ("先讲这个", "后讲这个"):
        points.get_by_role("button", name="加一项可讲的点").click()
        page.keyboard.type(text)
    points.locator("[data-entry]").last.get_by_role("button", name="上移").click()
    points.get_by_role("button", name="加一项可讲的点").click()
    points.locator("[data-entry]").last.get_by_role("button", name="去掉").click()
    questions = page.locator("[data-list=questions]")
    questions.locator("> [data-add]").click()
    page.keyboard.type("新的题目？")
    added = questions.locator("> ol > [data-entry]").last
    for text in ("甲", "乙"):
        added.get_by_role("button", name="加一项选项").click()
        page.keyboard.type(text)
    added.get_by_label("答案").fill("乙")
    added.locator("> .entry-tools").get_by_role("button", name="上移").click()
    expect(page.locator("#state")).to_have_text("没有问题，还没有保存")
    page.keyboard.press("Control+s")
    expect(page.locator("#state")).to_have_text("已保存")
    record = folder.catalog().records["teaching-point"]["zi-park"]
    assert record.talking_points[before:] == ("后讲这个", "先讲这个")  # type: ignore[attr-defined]
    question = record.questions[-2]  # type: ignore[attr-defined]
    assert (question.question, question.choices, question.answer) == (
        "新的题目？",
        ("甲", "乙"),
        "乙",
    )


def test_a_link_is_picked_by_name(folder: SiteFolder, address: str, open_page: OpenPage) -> None:
    page = open_page(f"{address}edit/teaching-point/zi-park")
    page.fill("#village", "丑")
    expect(page.locator("#names option[value='丑村']")).to_have_count(1)
    expect(page.locator("#village-said")).to_contain_text("没有叫“丑”的村")
    page.fill("#village", "丑村")
    expect(page.locator("#village-said")).to_be_empty()


@pytest.mark.slow
def test_a_second_window_and_a_change_on_disk_are_noticed(
    folder: SiteFolder, address: str, open_page: OpenPage, browser: Browser, complaints: list[str]
) -> None:
    one = open_page(f"{address}edit/term/lian-cun")
    other = open_page(f"{address}edit/term/lian-cun")
    expect(one.locator("#others")).to_be_visible()
    expect(other.locator("#others")).to_be_visible()
    one.fill("#definition", "第一个窗口写的。")
    one.locator("header button.save").click()
    expect(one.locator("#state")).to_have_text("已保存")
    expect(other.locator("#changed")).to_be_visible()
    other.fill("#definition", "第二个窗口写的。")
    other.locator("header button.save").click()
    expect(other.get_by_role("alert").first).to_contain_text("没有保存")
    expect(other.locator(".theirs")).to_have_text("文件里现在是：第一个窗口写的。")
    assert folder.catalog().records["term"]["lian-cun"].definition == "第一个窗口写的。"  # type: ignore[attr-defined]
    assert violations(other) == []
    other.locator("header button.save").click()
    expect(other.locator("#state")).to_have_text("已保存")
    assert folder.catalog().records["term"]["lian-cun"].definition == "第二个窗口写的。"  # type: ignore[attr-defined]
    complaints[:] = [text for text in complaints if "409" not in text]


def test_a_page_of_another_origin_can_save_nothing(
    folder: SiteFolder, address: str, browser: Browser, tmp_path: Path
) -> None:
    with urllib.request.urlopen(f"{address}edit/teaching-point/zi-park", timeout=30) as answer:
        tab = re.search(r'data-tab="([^"]+)"', answer.read().decode())
    assert tab
    before = (folder.root / PARK).read_bytes()
    evil = tmp_path / "evil.html"
    evil.write_text(
        f'<form method="post" action="{address}save/{tab[1]}"><input name="name" value="改了"></form>'
        "<script>document.forms[0].submit()</script>",
        "utf-8",
    )
    page = browser.new_page()
    with page.expect_navigation(url=re.compile("/save/")) as navigation:
        page.goto(evil.as_uri())
    assert navigation.value.status == 403
    expect(page.locator("body")).to_contain_text("别的网页不能读写")
    page.close()
    assert (folder.root / PARK).read_bytes() == before


def test_a_new_record_on_a_phone(folder: SiteFolder, address: str, open_page: OpenPage) -> None:
    page = open_page(address, width=360, height=740)
    page.get_by_label("新建一条").select_option(label="术语")
    page.get_by_role("button", name="新建").click()
    page.fill("#name", "学习强国")
    expect(page.locator("#definition-said")).to_contain_text("缺少必填的释义")
    page.fill("#definition", "一个**词**。")
    expect(page.locator("#id")).to_have_attribute("placeholder", "xue-xi-qiang-guo")
    frame_text(page, "学习强国")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(page) == []
    page.get_by_role("link", name="看页面").click()
    expect(page.locator("#preview")).to_be_in_viewport()
    page.locator("header button.save").click()
    expect(page.locator("#state")).to_have_text("已保存")
    assert (folder.root / "content/records/terms/xue-xi-qiang-guo.yml").exists()


def test_what_is_typed_before_the_script_is_there_counts(address: str, open_page: OpenPage) -> None:
    page = open_page(address)
    waiting: list[Route] = []
    page.route("**/edit.js", lambda route: waiting.append(route))
    page.get_by_label("新建一条").select_option(label="术语")
    page.get_by_role("button", name="新建").click(no_wait_after=True)
    page.locator("#name").fill("学习强国")
    # The form is there as soon as its HTML is: the browser may ask for the script only after that.
    end = time.monotonic() + PATIENCE
    while not waiting:
        assert time.monotonic() < end, "the form asks for no script"
        page.wait_for_timeout(20)
    waiting[0].continue_()
    expect(page.locator("#definition-said")).to_contain_text("缺少必填的释义")


def test_it_reads_in_the_dark(address: str, open_page: OpenPage) -> None:
    page = open_page(address, scheme="dark")
    assert violations(page) == []
