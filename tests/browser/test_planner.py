"""The planner of a class in a browser: a day put together from a folder, with the network cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from casebook_site.records.teaching import TrainingClass
from tests.browser.axe import OPTIONS
from tests.browser.conftest import OpenPage
from tests.browser.sites import Sites
from tests.folders import SiteFolder
from tests.webpages import read_page

PAGE = "training-classes/planner-jia.html"


@pytest.fixture
def planner(sites: Sites, open_page: OpenPage) -> Page:
    """The planner of the toy's county, its form filled in."""
    page = open_page(sites.internal / PAGE)
    page.get_by_label("班名").fill("丙镇“冬训”: #1 \\ 班")
    page.get_by_label("日期").fill("2026-11-02")
    page.get_by_label("编号").fill("winter-2026")
    return page


def titles(page: Page) -> list[str]:
    """The items of the day in their order."""
    found: list[str] = page.locator("[data-cb-sessions] tr").evaluate_all(
        "rows => rows.map(r => { const i = r.querySelector('input[type=text]');"
        " return i ? i.value : r.querySelector('td span + span').textContent })"
    )
    return found


def times(page: Page) -> list[str]:
    """When they begin and end."""
    return page.locator("[data-cb-sessions] .cb-plan__time").all_text_contents()


def lacking(page: Page) -> list[str]:
    """What the check says is not met."""
    return page.locator("[data-cb-checks] .cb-check--lacking strong").all_text_contents()


def test_points_of_the_same_township_come_first(planner: Page) -> None:
    planner.get_by_label("主办党校").select_option("bing-school")
    group = planner.locator("fieldset", has_text="特色村").locator(".cb-plan__point")
    expect(group.first).to_contain_text("同镇街")


def test_the_check_answers_while_the_day_changes(planner: Page) -> None:
    assert lacking(planner) == ["到基层教学点上课", "自选动作"]
    planner.get_by_label("子村产业园").check()
    planner.get_by_role("button", name="加自选动作").click()
    assert lacking(planner) == []
    planner.get_by_label("对象").select_option("cadre")
    assert lacking(planner) == ["村“两委”党员干部全年至少2天"]
    planner.get_by_role("button", name="去掉（第3项）").click()
    assert "规定动作：重温入党誓词" in lacking(planner)
    planner.get_by_role("button", name="补齐规定动作").click()
    assert lacking(planner) == ["村“两委”党员干部全年至少2天"]


def test_times_follow_order_minutes_way_and_break(planner: Page) -> None:
    planner.get_by_label("几点开始").fill("09:00")
    planner.get_by_label("去教学点路上").fill("30")
    planner.get_by_label("子村产业园").check()
    assert times(planner)[0] == "09:00—09:10"
    assert times(planner)[-1] == "10:50—11:50"  # 80 minutes of prescribed items, 30 on the way
    planner.get_by_label("分钟（第1项）").fill("20")
    planner.get_by_label("分钟（第1项）").press("Tab")
    assert times(planner)[-1] == "11:00—12:00"
    planner.get_by_role("button", name="加午休").click()
    planner.get_by_role("button", name="上移（第7项）").click()
    assert titles(planner)[-2:] == ["午休", "现场教学：子村产业园"]
    assert times(planner)[-1] == "12:30—13:30"


def test_the_record_that_is_exported_passes_the_check(planner: Page, toy: SiteFolder) -> None:
    planner.get_by_label("子村产业园").check()
    planner.get_by_role("button", name="加自选动作").click()
    planner.get_by_role("button", name="加午休").click()
    planner.get_by_label("环节（第7项）").fill('讨论: {x} "y" # z')
    planner.get_by_label("课程（第5项）").select_option("party-constitution")
    expect(planner.locator("[data-cb-wrong]")).to_have_text("")
    with planner.expect_download() as download:
        planner.get_by_role("link", name="下载 YAML").click()
    assert download.value.suggested_filename == "winter-2026.yml"
    text = Path(download.value.path()).read_text("utf-8")
    assert text == planner.get_by_label("记录", exact=True).input_value()
    toy.write("records/training-classes/winter-2026.yml", text)
    held = toy.catalog().records["training-class"]["winter-2026"]
    assert held.name == "丙镇“冬训”: #1 \\ 班"
    assert isinstance(held, TrainingClass)
    sessions = held.sessions
    assert [s.title for s in sessions][-2:] == ["现场教学：子村产业园", '讨论: {x} "y" # z']
    assert sessions[4].course == "party-constitution"
    assert (sessions[0].at, sessions[0].minutes) == ("08:30", 10)


def test_what_is_missing_for_the_export_is_said(planner: Page) -> None:
    wrong = planner.locator("[data-cb-wrong]")
    expect(wrong).to_contain_text("到基层教学点上课")
    planner.get_by_label("编号").fill("冬训")
    expect(wrong).to_contain_text("编号用小写英文字母")
    planner.get_by_label("日期").fill("")
    expect(wrong).to_have_text("先填日期。")


def test_without_scripts_the_points_are_listed(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.internal / PAGE, java_script_enabled=False)
    expect(page.locator("#planner")).to_be_hidden()
    expect(page.get_by_role("link", name="子村产业园").first).to_be_visible()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_it_is_accessible_and_fits(
    sites: Sites, open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_page(sites.internal / PAGE, width, scheme)
    expect(page.locator("#planner")).to_be_visible()
    assert Axe().run(page, options=OPTIONS).response["violations"] == []
    pushed = page.evaluate("() => { scrollTo(500, 0); return scrollX }")
    assert pushed == 0


def test_it_prints_the_day_without_its_tools(planner: Page) -> None:
    planner.emulate_media(media="print")
    expect(planner.locator("[data-cb-sessions] tr").first).to_be_visible()
    tools = (".cb-plan__choose", ".cb-plan__export", ".cb-plan__tools >> nth=0", "[data-cb-plain]")
    for hidden in tools:
        expect(planner.locator(hidden)).to_be_hidden()


def test_the_public_site_has_no_planner(public_site: Path, internal_site: Path) -> None:
    assert not list(public_site.glob("training-classes/planner*"))
    links = [link for _, link, _ in read_page(internal_site / "training-classes/index.html").links]
    assert "planner-jia.html" in links
