"""Search as a reader meets it: from a folder and over the web, by keyboard, on a phone, without scripts."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from casebook_site.model.catalog import key_of
from casebook_site.outputs.site.search import record_document
from casebook_site.search import layout
from casebook_site.search.building import build_index
from casebook_site.search.text import normal
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage, WebServer, settle
from tests.browser.sites import Sites
from tests.folders import REPOSITORY, SiteFolder
from tests.unit.search.reader import GAPS, HEADINGS, NAMES, READINGS, TEXTS, Reader
from tests.unit.search.test_index import document, indexed

BOX = ".md-search__input"
RESULTS = ".md-search .md-search-result__item"
STATUS = ".md-search .md-search-result__meta"

FOUND = """async query => {
  const answer = await casebook.index.search(query, 99);
  return {numbers: answer.results.map(result => result.number), missing: [...answer.missing],
          more: answer.more, cut: answer.isCut, part: answer.isPart};
}"""


def started(page: Page) -> Page:
    """The page with the search box open."""
    page.focus(BOX)
    page.wait_for_function("() => window.casebook.box")
    return page


def asked(page: Page, query: str) -> None:
    """Types a query into the open box, and waits for its answer."""
    page.fill(BOX, "")
    expect(page.locator(STATUS)).to_have_text("")
    page.fill(BOX, query)
    expect(page.locator(STATUS)).not_to_have_text("")


def reader_of(site: Path) -> Reader:
    """The index of a built site."""
    return Reader({file.stem: file.read_bytes() for file in (site / "search").glob("*.js")})


def with_index(site: Path, folder: Path, files: dict[str, bytes]) -> Path:
    """A copy of a site's theme with another index; gives a page to search from."""
    for name in ("assets", "about"):
        shutil.copytree(site / name, folder / name)
    (folder / "search").mkdir()
    for name, content in files.items():
        (folder / f"search/{name}.js").write_bytes(content)
    return folder / "about/use.html"


QUERIES = [
    *(
        "党委",
        "联村",
        "联村党委",
        "联席会议",
        "的村",
        "禹城市",
        "教学点",
        "2022",
        "02",
        "5+1+N",
        "四议两公开",
    ),
    *(
        "聯村黨委",
        "２０２２年",
        "沂源 党委",
        "“三级党校”",
        "yiyuan",
        "ycs",
        "lian",
        "市",
        "5",
        "xyzzy",
    ),
    *("党建引领乡村振兴", "，村", "书记。党", "区域化", "山歌", "A-"),
]


def expected(reader: Reader, query: str) -> set[int]:
    """What a query must find, by the rules of docs/SEARCH.md."""
    quoted = "“" in query
    words = [query] if quoted else query.replace("，", " ").replace("。", " ").split()
    found: set[int] | None = None
    for word in map(normal, words):
        ways = {word}
        for group in reader.corpus["synonyms"]:
            ways |= {word.replace(a, b) for a in group for b in group}
        fields = (
            NAMES,
            HEADINGS,
            TEXTS,
            GAPS,
            *([READINGS] if word.isascii() and word.isalpha() else []),
        )
        here = {n for way in ways for n in reader.find(way, fields)}
        found = here if found is None else found & here
    return found or set()


def test_the_browser_finds_what_stands_in_the_index(sites: Sites, open_page: OpenPage) -> None:
    page = started(open_page(sites.real / "about/use.html"))
    reader = reader_of(sites.real)
    for query in QUERIES:
        found = page.evaluate(FOUND, query)
        whole = expected(reader, query)
        assert set(found["numbers"]) == whole or (not whole and found["part"]), query
        assert not found["missing"]
    assert all(expected(reader, query) for query in QUERIES[:6])


def test_lists_that_are_cut_into_slices_are_read_too(
    sites: Sites, open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "SLICE", 50)
    monkeypatch.setattr(layout, "INLINE", 60)
    monkeypatch.setattr(layout, "SHARD", 500)
    documents = [
        document(f"d{n}", f"第{n}村", "党委会" * (n % 3 + 1), "联村党委" if n % 40 == 0 else "党建")
        for n in range(300)
    ]
    reader = indexed(documents)
    assert reader.corpus["slices"] == 8
    page = started(open_page(with_index(sites.real, tmp_path / "site", dict(reader.files))))
    for query in ("党委", "联村党委", "委会", "第7村", "村", "第", "党建 党委"):
        found = page.evaluate(FOUND, query)
        words = query.split()
        assert set(found["numbers"]) == set.intersection(*map(reader.find, words)), query
    assert page.evaluate("async () => (await casebook.index.search('党委', 1)).slices") < 8
    asked(page, "党委")
    expect(page.locator(STATUS)).to_contain_text("条以上")


@pytest.mark.slow
def test_an_index_without_lists_answers_as_one_with_them(
    sites: Sites, open_page: OpenPage, tmp_path: Path
) -> None:
    site = SiteFolder(REPOSITORY).site()
    documents = {str(key_of(r)): record_document(site, r) for r in site.edition}
    answers = []
    for whole in (False, True):
        index = build_index(list(documents), documents.__getitem__, workers=1, whole=whole)
        files = {name: content() for name, content in index.files()}
        assert any(name.startswith("pieces-") for name in files) is not whole
        page = started(open_page(with_index(sites.real, tmp_path / f"site-{whole}", files)))
        answers.append([page.evaluate(FOUND, query) for query in QUERIES])
    assert answers[0] == answers[1]
    assert sum(len(answer["numbers"]) for answer in answers[0]) > 500


def test_what_is_not_known_is_told_as_such_and_comes_last(
    sites: Sites, open_page: OpenPage
) -> None:
    page = started(open_page(sites.real / "about/use.html"))
    asked(page, "开放时间")
    found = page.locator(RESULTS).all_text_contents()
    gaps = ["待补充：" in text or "存疑：" in text for text in found]
    assert any(gaps), found
    assert gaps == sorted(gaps), found


def test_titles_come_first_exact_before_partial_before_text(
    sites: Sites, open_page: OpenPage
) -> None:
    page = started(open_page(sites.real / "about/use.html"))
    asked(page, "联村党委")
    names = page.locator(f"{RESULTS} .cb-search__name").all_text_contents()
    assert names[0] == "联村党委"
    assert all("联村党委" in name for name in names[:4]), names
    asked(page, "禹城市")
    assert page.locator(f"{RESULTS} .cb-search__name").first.text_content() == "禹城市"
    asked(page, "ycs")
    assert page.locator(f"{RESULTS} .cb-search__name").first.text_content() == "禹城市"


def test_nothing_of_search_is_loaded_before_somebody_searches(
    sites: Sites, open_page: OpenPage, requests: list[str]
) -> None:
    page = open_page(sites.case_study())
    page.wait_for_timeout(300)
    assert not [address for address in requests if "search" in address.rpartition("/")[2]]
    started(page)
    page.evaluate("() => casebook.files.ready(new Set())")
    before = weight(requests)
    assert before <= 64_000
    asked(page, "党员教育")
    page.wait_for_selector(RESULTS)
    assert weight(requests) - before <= 300_000
    assert all(address.startswith("file://") for address in requests)


def weight(requests: Iterable[str]) -> int:
    """Bytes of the files of search that were asked for."""
    paths = {urlsplit(address).path for address in requests}
    return sum(
        Path(path).stat().st_size for path in paths if "search" in "/".join(path.split("/")[-2:])
    )


# --- the box --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_opens_the_box_and_is_no_part_of_the_query(
    key: str, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.case_study())
    page.keyboard.press(key)
    expect(page.locator(BOX)).to_be_focused()
    expect(page.locator(BOX)).to_have_value("")
    page.wait_for_function("() => window.casebook.box")
    page.keyboard.type("党/s")
    expect(page.locator(BOX)).to_have_value("党/s")
    page.keyboard.press("Escape")
    expect(page.locator(BOX)).not_to_be_focused()
    expect(page.locator("#__search")).not_to_be_checked()


def test_arrows_go_through_the_results_and_enter_opens_one_with_its_hits_marked(
    sites: Sites, open_page: OpenPage
) -> None:
    page = started(open_page(sites.case_study()))
    asked(page, "联席会议")
    links = page.locator(f"{RESULTS} a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**h=*")
    first = page.locator("article mark").first
    expect(first).to_have_text("联席会议")
    expect(first).to_be_in_viewport()
    assert not violations(page)


def test_a_hit_far_down_is_scrolled_to(sites: Sites, open_page: OpenPage) -> None:
    study = sites.case_study()
    page = open_page(f"{study.as_uri()}?h=引用本页")
    expect(page.locator("article mark").first).to_be_in_viewport()
    assert page.evaluate("scrollY") > 500


def test_enter_does_not_submit_while_a_word_is_composed(sites: Sites, open_page: OpenPage) -> None:
    page = started(open_page(sites.case_study()))
    address = page.url
    page.dispatch_event(BOX, "compositionstart")
    page.fill(BOX, "lian")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.url == address
    expect(page.locator(RESULTS)).to_have_count(0)
    page.dispatch_event(BOX, "compositionend")
    page.wait_for_selector(RESULTS)


def test_what_is_found_is_announced(sites: Sites, open_page: OpenPage) -> None:
    page = started(open_page(sites.case_study()))
    expect(page.locator(STATUS)).to_have_attribute("role", "status")
    assert page.locator(".md-search a:not([href])").count() == 0
    asked(page, "党委")
    expect(page.locator(STATUS)).to_contain_text("找到")
    asked(page, "查无此词")
    expect(page.locator(STATUS)).to_contain_text("没有找到“查无此词”")


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_the_open_box(width: int, sites: Sites, open_page: OpenPage) -> None:
    for scheme in ("light", "dark"):
        page = open_page(sites.real / "about/use.html", width=width, scheme=scheme)
        page.keyboard.press("/")
        page.wait_for_function("() => window.casebook.box")
        asked(page, "党校")
        page.wait_for_selector(RESULTS)
        settle(page)
        assert not violations(page)


def test_the_page_for_a_wrong_address_searches_at_the_root_of_a_host(
    sites: Sites, open_page: OpenPage
) -> None:
    page = started(open_page(sites.real / "404.html"))
    asked(page, "党校")
    expect(page.locator(STATUS)).to_contain_text("找到")


def test_on_a_phone_the_box_fills_the_screen_and_can_be_left(
    sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.case_study(), width=390)
    page.click(".cb-search__open")
    page.wait_for_function("() => window.casebook.box")
    expect(page.locator(BOX)).to_be_focused()
    asked(page, "党校")
    page.wait_for_selector(RESULTS)
    settle(page)
    box = page.locator(".md-search__inner").bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"]) == (0, 0, 390)
    assert box["height"] >= 890
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click(".cb-search__back")
    expect(page.locator("#__search")).not_to_be_checked()
    settle(page)
    expect(page.locator(RESULTS).first).not_to_be_visible()


# --- hostile and broken -----------------------------------------------------------------------------


HOSTILE = [
    *("   ", "a", "村", "党委" * 5_000, ".*+?^${}()|[]\\", "<img src=x onerror=alert(1)>"),
    *(
        "</script><script>alert(1)</script>",
        '"',
        "“”",
        '"党委',
        "__proto__",
        "constructor toString",
    ),
    *("\u202e党委\u0000", "𠮷𪚥", "%E5%85%9A %", "😀", "，。、", "\ud842"),
]


def test_any_query_is_answered(sites: Sites, open_page: OpenPage) -> None:
    page = started(open_page(sites.real / "about/use.html"))
    page.on("dialog", lambda dialog: pytest.fail("a script from the query ran"))
    for query in HOSTILE:
        page.fill(BOX, query)
        if query.strip():
            expect(page.locator(STATUS)).not_to_have_text("")
        else:
            expect(page.locator(STATUS)).to_have_text("")
        assert page.locator(".md-search__output :is(img, script)").count() == 0
        asked(page, "党委")
        expect(page.locator(STATUS)).to_contain_text("找到")


def test_a_missing_file_is_named_and_search_goes_on(
    sites: Sites, open_page: OpenPage, complaints: list[str], tmp_path: Path
) -> None:
    files = dict(reader_of(sites.real).files)
    reader = Reader(files)
    page_of = {path: number for number, path in reader.paths.items()}
    gone = layout.shard_of("联席", reader.corpus["pieces"])
    card = page_of["terms/joint-meeting.html"] >> reader.corpus["cards"]
    left = {k: v for k, v in files.items() if k not in (f"pieces-{gone:x}", f"cards-{card:x}")}
    page = started(open_page(with_index(sites.real, tmp_path / "site", left)))
    asked(page, "联席会议")
    notes = page.locator(".md-search .cb-search__notes")
    expect(notes).to_contain_text(f"search/pieces-{gone:x}.js")
    expect(notes).to_contain_text(f"search/cards-{card:x}.js")
    assert page.locator(RESULTS).count() > 1
    asked(page, "禹城市")
    expect(page.locator(RESULTS).first).to_contain_text("禹城市")
    assert complaints
    complaints.clear()


def test_without_an_index_the_box_says_what_is_missing(
    sites: Sites, open_page: OpenPage, complaints: list[str], tmp_path: Path
) -> None:
    page = started(open_page(with_index(sites.real, tmp_path / "site", {})))
    page.fill(BOX, "党委")
    expect(page.locator(".md-search .cb-search__notes")).to_contain_text("search/corpus.js")
    complaints.clear()


# --- the search page ----------------------------------------------------------------------------------


def test_the_search_page_narrows_by_facets_and_keeps_all_in_the_address(
    sites: Sites, open_page: OpenPage, web_server: WebServer
) -> None:
    page = open_page(f"{web_server(sites.real)}search/index.html?q=党校")
    results = page.locator(".cb-search__list > li")
    expect(results).to_have_count(20)
    status = page.locator(".cb-search__status")
    everything = status.text_content()
    kind = page.locator("[data-facet='kind=党校']")
    number = kind.locator(".cb-count").text_content()
    kind.click()
    expect(status).to_have_text(f"找到{number}条。")
    assert kind.get_attribute("aria-pressed") == "true"
    assert parse_qs(urlsplit(page.url).query) == {"q": ["党校"], "kind": ["党校"]}
    for text in page.locator(".cb-search__list .cb-search__kind").all_text_contents():
        assert text.startswith("党校")
    page.reload()
    expect(status).to_have_text(f"找到{number}条。")
    page.locator("[data-facet='kind=党校']").click()
    expect(status).to_have_text(everything or "")
    page.click(".cb-search__more")
    expect(results).to_have_count(40)
    expect(results.nth(20).locator("a")).to_be_focused()


@pytest.mark.slow
def test_the_search_page_on_a_phone(sites: Sites, open_page: OpenPage) -> None:
    """Part matches, synonyms, sections, tabs above the results, and what was searched for lately."""
    page = open_page(f"{(sites.real / 'search/index.html').as_uri()}?q=党校图书", width=390)
    status, results = page.locator(".cb-search__status"), page.locator(".cb-search__list > li")
    expect(status).to_contain_text("没有找到“党校图书”。下面")
    expect(results.first).to_contain_text("党校")
    field = page.locator("#search-page input")
    for query, first in (("红色教育", "党性教育"), ("教学点", "基层教学点")):
        field.fill(query)
        expect(results.locator(".cb-search__name", has_text=first).first).to_be_visible()
        expect(status).to_contain_text("找到")
    tabs = page.locator(".cb-search__tabs")
    expect(tabs.locator("button").first).to_contain_text("全部")
    tops = [part.bounding_box() for part in (tabs, page.locator(".cb-search__facet").first, results.first)]  # fmt: skip
    assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box)
    tabs.get_by_role("button", name="栏目").click()
    expect(results).to_have_count(int(tabs.locator("[aria-pressed=true] .cb-count").inner_text()))
    field.press("Enter")
    field.fill("")
    recent = page.locator("#search-page .cb-recent")
    expect(recent.get_by_role("button", name="教学点", exact=True)).to_be_visible()
    page.goto(page.url.partition("?")[0])
    recent.get_by_role("button", name="教学点", exact=True).click()
    expect(status).to_contain_text("找到")
    field.fill("")
    recent.get_by_role("button", name="清除").click()
    expect(recent).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_search_page_with_results(
    width: int, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(f"{(sites.real / 'search/index.html').as_uri()}?q=党校", width=width)
    page.wait_for_selector(".cb-search__list > li")
    settle(page)
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_a_folder_the_address_can_be_shared_too(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "search/index.html")
    page.fill("#search-page input", "联村党委")
    page.wait_for_selector(".cb-search__list > li")
    expect(page).to_have_url(re.compile(r"\?q="))  # the address follows what is shown
    assert parse_qs(urlsplit(page.url).query) == {"q": ["联村党委"]}


def test_without_scripts_the_page_leads_to_every_entry(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "counties/yiyuan.html", java_script_enabled=False)
    link = page.locator(".cb-search__open")
    expect(link).to_be_visible()
    link.click()
    expect(page.locator("#search-page")).to_be_hidden()
    expect(page.locator("noscript p")).to_be_visible()
    folders = {
        link.get_attribute("href") for link in page.locator("section a[href*='index.html']").all()
    }
    assert "../teaching-points/index.html" in folders
    assert page.locator("section a[href*='names/letter-']").count() > 10


def test_a_village_without_a_page_is_found_on_its_township_page(
    sites: Sites, open_page: OpenPage
) -> None:
    reader = reader_of(sites.real)
    lines = [
        card for card in reader.cards.values() if card[2][0] == "村" and "townships/" in card[0]
    ]
    assert lines
    name = str(lines[0][1][0])
    page = started(open_page(sites.real / "about/use.html"))
    asked(page, name)
    page.click(f"{RESULTS} a[href*='{lines[0][0]}']")
    expect(page.locator("article mark").first).to_have_text(name)


def test_the_corpus_file_is_small(sites: Sites) -> None:
    reader = reader_of(sites.real)
    assert len(reader.files["corpus"]) < 20_000
    assert json.dumps(reader.corpus["synonyms"], ensure_ascii=False).count("联村党委") == 1
