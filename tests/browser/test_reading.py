"""What a reader at a site finds on the pages and does with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage, WebServer, settle
from tests.browser.sites import PageKind, Sites, every_kind, every_record_kind

TABS = ["首页", "案例", "联村党建", "教学点", "地图", "党校与课程", "索引", "数据与来源", "关于"]

HIDDEN_TEXT = """() => {
    const content = document.querySelector(".md-content__inner")
        || document.querySelector("main");
    // What only works where scripts run, what opens by a press, the titles of drawings, and paper's.
    const apart = "form, details, script, svg, .cb-map__panel, .cb-sheet__code, .cb-sheet__address";
    for (const part of content.querySelectorAll(apart)) part.remove();
    const tools = [...content.querySelectorAll("[hidden]")].filter(part => part.querySelector("button"));
    for (const part of tools) part.remove();
    const squeezed = text => text.replace(/\\s+/g, "");
    const all = squeezed(content.textContent), shown = squeezed(content.innerText);
    if (all === shown) return "";
    let at = 0;
    while (all[at] === shown[at]) at += 1;
    return all.slice(at, at + 60);
}"""
"""The beginning of what a page holds but does not show."""


def at_top(page: Page, selector: str) -> bool:
    """Whether an element is in sight, below the header that stays in place."""
    return bool(
        page.evaluate(
            """selector => {
                const top = document.querySelector(selector).getBoundingClientRect().top;
                const header = document.querySelector(".md-header").getBoundingClientRect().bottom;
                return top >= header - 1 && top < innerHeight;
            }""",
            selector,
        )
    )


# --- finding one's way ----------------------------------------------------------------------------


def test_the_tabs_lead_to_the_eight_parts_of_the_site(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "index.html")
    tabs = page.locator(".md-tabs__link")
    names = [name.strip() for name in tabs.all_inner_texts()]
    assert [name for name in names if name in TABS] == TABS  # others may stand among them
    for number, name in enumerate(names):
        tabs.nth(number).click()
        expect(page.locator(".md-tabs__item--active")).to_have_text(name)
        expect(page.locator("main h1")).to_be_visible()


def test_nothing_leads_to_what_is_empty(sites: Sites, open_page: OpenPage) -> None:
    """No empty section in menu or home page, no contents list of nothing, and alike gaps together."""
    page = open_page(sites.real / "party-schools/index.html")
    menu = page.locator(".md-sidebar--primary .md-nav__link")
    expect(menu.filter(has_text="传播平台")).to_be_visible()
    expect(menu.filter(has_text="培训班")).to_have_count(0)
    page.goto((sites.real / "training-classes/index.html").as_uri())
    expect(page.locator("main")).to_contain_text("目前没有收录")
    expect(page.locator(".md-sidebar--secondary")).not_to_contain_text("目录")
    page.goto((sites.real / "index.html").as_uri())
    expect(page.locator(".cb-ways")).not_to_contain_text("培训班")
    page.goto((sites.real / "gaps/index.html").as_uri())
    alike = page.locator(".cb-entries > li").filter(
        has_text=re.compile("^\\s*\\d+个镇街\\s*人口和面积")
    )
    number = int(re.findall("[0-9]+", alike.locator(".cb-entries__name").inner_text())[0])
    expect(alike.locator(".cb-links a")).to_have_count(number)
    assert number > 10
    page.goto((sites.internal / "training-classes/index.html").as_uri())
    expect(page.locator(".md-sidebar--secondary")).to_contain_text("目录")


@pytest.mark.parametrize(
    ("folder", "tab"),
    [
        ("case-studies", "案例"),
        ("joint-committees", "联村党建"),
        ("teaching-points", "教学点"),
        ("courses", "党校与课程"),
        ("townships", "索引"),
        ("sources", "数据与来源"),
    ],
)
def test_a_record_page_shows_where_it_stands(
    folder: str, tab: str, sites: Sites, open_page: OpenPage
) -> None:
    record = sites.page(PageKind(folder, f"{folder}/*.html", True))
    page = open_page(record)
    expect(page.locator(".md-tabs__item--active")).to_have_text(tab)
    path = page.get_by_role("navigation", name="所在位置")
    expect(path.get_by_role("link").first).to_have_text("首页")
    expect(path.locator("[aria-current=page]")).to_have_text(page.locator("h1").inner_text())
    path.get_by_role("link").last.click()
    expect(page).to_have_url(re.compile(rf"/{folder}/"))
    expect(page.locator(".md-tabs__item--active")).to_have_text(tab)


def test_every_entry_of_the_contents_list_leads_to_its_heading(
    sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.case_study())
    entries = page.locator(".md-sidebar--secondary .md-nav__link[href^='#']")
    names = [name.strip() for name in entries.all_inner_texts()]
    assert len(names) >= 5
    for number, name in enumerate(names):
        entries.nth(number).click()
        anchor = entries.nth(number).get_attribute("href")
        assert anchor
        expect(page.locator(anchor)).to_have_text(name)
        assert at_top(page, anchor), f"{name} is not in sight after a click on its entry"


def test_previous_and_next_lead_from_record_to_record_and_back(
    sites: Sites, open_page: OpenPage
) -> None:
    first = next(
        page
        for page in sorted((sites.real / "teaching-points").glob("*.html"))
        if 'rel="next"' in page.read_text("utf-8")
    )
    page = open_page(first)
    name = page.locator("h1").inner_text()
    following = page.locator("a[rel=next]")
    label = following.inner_text()
    following.click()
    expect(page.locator("a[rel=prev]")).to_contain_text(name)
    assert page.locator("h1").inner_text() in label
    page.locator("a[rel=prev]").click()
    expect(page.locator("h1")).to_have_text(name)


def test_an_old_address_leads_to_the_record_that_has_moved(
    sites: Sites, open_page: OpenPage
) -> None:
    moved = next(
        page
        for page in sorted(sites.toy.glob("*/*.html"))
        if 'http-equiv="refresh"' in page.read_text("utf-8")
    )
    page = open_page(moved)
    expect(page.locator("main h1")).to_be_visible()
    assert page.url != moved.as_uri()


# --- sources and citation -------------------------------------------------------------------------


def test_a_citation_mark_leads_to_its_numbered_source(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.case_study())
    sources = page.locator(".cb-sources > li")
    assert [source.get_attribute("id") for source in sources.all()] == [
        f"source-{number}" for number in range(1, sources.count() + 1)
    ]
    expect(page.locator("ol.cb-sources")).to_have_css("list-style-type", "decimal")
    for mark in (page.locator(".cb-cite a").first, page.locator(".cb-cite a").last):
        number = mark.inner_text().strip("[]")
        mark.click()
        expect(page).to_have_url(re.compile(rf"#source-{number}$"))
        assert at_top(page, f"#source-{number}")


@every_record_kind
def test_every_mark_on_a_record_page_names_a_source_that_is_listed(
    kind: PageKind, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.page(kind))
    lost = page.evaluate(
        """() => [...document.querySelectorAll("a[href^='#source-']")]
            .filter(mark => !document.querySelector(mark.getAttribute("href")))
            .map(mark => mark.outerHTML)"""
    )
    assert not lost


@pytest.fixture
def copied(sites: Sites, web_server: WebServer, open_page: OpenPage) -> Callable[[str], str]:
    """Presses a button of a record's page, and gives what is in the clipboard then."""
    address = web_server(sites.real) + sites.case_study().relative_to(sites.real).as_posix()
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"])

    def press(label: str) -> str:
        page.get_by_role("button", name=label, exact=True).click()
        expect(page.get_by_role("button", name="已复制").first).to_be_visible()
        return str(page.evaluate("() => navigator.clipboard.readText()"))

    return press


TODAY = "() => new Date().toLocaleDateString('sv')"
"""The day of the browser's own calendar, as `2026-12-01`."""


@pytest.mark.parametrize(
    ("label", "holds"),
    [
        ("复制引文", "[EB/OL]."),
        ("BibTeX", "@online{case-studies-"),
        ("RIS", "TY  - ELEC"),
    ],
)
def test_a_copied_reference_holds_the_day_on_which_it_is_copied(
    label: str, holds: str, copied: Callable[[str], str], browser: Browser
) -> None:
    text = copied(label)
    day = browser.contexts[-1].pages[-1].evaluate(TODAY)
    assert holds in text
    assert (day.replace("-", "/") if "RIS" in label else day) in text
    assert "__" not in text
    assert "引用日期" not in text


def test_a_page_is_passed_on_with_its_address_and_what_it_says(
    copied: Callable[[str], str], sites: Sites
) -> None:
    address = "https://casebook.example/" + sites.case_study().relative_to(sites.real).as_posix()
    assert copied("复制链接") == address
    told, last = copied("复制转发文字").split("\n")
    assert re.fullmatch(".+：.{20,}", told)
    assert last == address


# --- figures --------------------------------------------------------------------------------------


@pytest.fixture
def figures(sites: Sites, open_page: OpenPage) -> Page:
    """The table of all figures."""
    return open_page(sites.real / "figures/index.html")


def test_the_filter_leaves_the_rows_of_one_county_and_says_how_many(figures: Page) -> None:
    rows = figures.locator("#figures tbody tr")
    every = rows.count()
    status = figures.get_by_role("status")
    figures.get_by_role("combobox", name="县市").select_option("禹城市")
    shown = figures.locator("#figures tbody tr:visible")
    assert 0 < shown.count() < every
    assert {row.get_attribute("data-county") for row in shown.all()} == {"禹城市"}
    expect(status).to_have_text(f"显示{shown.count()}条，本页共{every}条")
    figures.get_by_role("combobox", name="县市").select_option("全部")
    expect(shown).to_have_count(every)


def test_the_filter_finds_a_word_in_a_row(figures: Page) -> None:
    name = figures.locator("#figures tbody th").first.inner_text()
    figures.get_by_role("searchbox", name="名称含").fill(name)
    shown = figures.locator("#figures tbody tr:visible")
    assert shown.count() >= 1
    assert all(name in text for text in shown.all_inner_texts())


def test_a_filter_that_fits_nothing_says_so(figures: Page) -> None:
    figures.get_by_role("searchbox", name="名称含").fill("没有这个词")
    expect(figures.locator("#figures tbody tr:visible")).to_have_count(0)
    expect(figures.get_by_role("status")).to_contain_text("没有符合的数据")


def test_enter_in_the_filter_stays_on_the_page(figures: Page) -> None:
    address = figures.url
    figures.get_by_role("searchbox", name="名称含").fill("党校")
    figures.keyboard.press("Enter")
    expect(figures.get_by_role("searchbox", name="名称含")).to_have_value("党校")
    assert figures.url == address


# --- without scripts ------------------------------------------------------------------------------


@every_kind
def test_without_scripts_the_whole_text_is_shown(
    kind: PageKind, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.page(kind), java_script_enabled=False)
    assert page.evaluate(HIDDEN_TEXT) == ""


def test_without_scripts_the_whole_table_of_figures_is_shown_and_no_filter(
    sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.real / "figures/index.html", java_script_enabled=False)
    rows = page.locator("#figures tbody tr")
    assert rows.count() > 10
    expect(page.locator("#figures tbody tr:visible")).to_have_count(rows.count())
    expect(page.locator(".cb-filter")).to_be_hidden()


def test_without_scripts_a_reference_has_a_blank_to_fill_and_no_button(
    sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.case_study(), java_script_enabled=False)
    expect(page.locator(".cb-citation__text")).to_contain_text("[____-__-__]")
    expect(page.locator(".cb-copy")).to_have_count(0)


# --- light and dark -------------------------------------------------------------------------------


def shown_scheme(page: Page) -> str:
    """`default` (light) or `slate` (dark)."""
    return page.locator("body").get_attribute("data-md-color-scheme") or ""


def to_dark(page: Page) -> None:
    """Presses the switch in the header until the page is dark."""
    for _ in range(3):
        if shown_scheme(page) == "slate":
            return
        page.locator("[data-md-component=palette] label:visible").click()
    raise AssertionError("The switch does not lead to the dark page.")


@pytest.mark.parametrize("edition", ["real", "toy"])
def test_the_switch_to_dark_lasts_over_a_reload_and_on_other_pages(
    edition: str, sites: Sites, open_page: OpenPage
) -> None:
    site: Path = getattr(sites, edition)
    page = open_page(site / "index.html")
    to_dark(page)
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator(".md-tabs__link").nth(1).click()
    page.wait_for_url("**/case-studies/index.html")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_a_reader_whose_system_is_dark_gets_the_dark_page(
    sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.case_study(), scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    settle(page)
    background = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", background)[:3]) < 50, background


# --- a wrong address ------------------------------------------------------------------------------


def test_a_wrong_address_shows_a_styled_page_that_leads_home(
    sites: Sites, web_server: WebServer, open_page: OpenPage, complaints: list[str]
) -> None:
    home = web_server(sites.toy, prefix="/sub/path/")
    page = open_page(home + "no/such/page.html")
    expect(page.locator("h1")).to_have_text("找不到这一页")
    expect(page.locator(".md-tabs__link").first).to_be_visible()
    page.get_by_role("textbox", name="要找的字词").fill("子村")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("#search-page .cb-search__list > li").first).to_be_visible()
    page.go_back()
    page.locator("main").get_by_role("link", name="首页").click()
    expect(page).to_have_url(re.compile(r"/sub/path/(index\.html)?$"))
    expect(page.locator(".md-tabs")).to_be_visible()
    complaints[:] = [line for line in complaints if "no/such/page.html" not in line]
