"""An unpacked bundle as a village opens it: from a folder, in a deep path, without network."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from casebook_site.editing.return_files import read_return
from tests.browser.conftest import OpenPage
from tests.folders import REPOSITORY, SiteFolder, toy_copy

LINKS = """() => [...document.querySelectorAll("a[href]")].map(link => [
    link.getAttribute("href"), new URL(link.getAttribute("href"), document.baseURI).href,
    getComputedStyle(link, "::after").content])"""


def unpacked(zip: Path, folder: Path) -> Path:
    """Unpacks a zip over what is in a folder."""
    with zipfile.ZipFile(zip) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole bundle of a real township, unpacked in a folder with spaces and Chinese in its path."""
    out = tmp_path_factory.mktemp("bundles")
    done = SiteFolder(REPOSITORY).casebook(
        "bundle", "township:lunzhen", "--for", "archive", "--packs", "--out", str(out / "out")
    )
    assert done.returncode == 0, done.stderr
    return unpacked(
        out / "out/township-lunzhen-archive.zip", out / "村里的 电脑 (1)" / "伦镇 离线包"
    )


def outside(page: Page, bundle: Path) -> list[str]:
    """Links of a page, menus and footer too, that lead nowhere or leave the bundle unmarked."""
    faults = []
    for written, address, mark in page.evaluate(LINKS):
        parts = urlsplit(address)
        if parts.scheme in ("http", "https"):
            if "↗" not in mark:
                faults.append(f"{written} is not marked")
        elif not Path(unquote(parts.path)).is_file():
            faults.append(f"{written} leads nowhere")
        elif not Path(unquote(parts.path)).is_relative_to(bundle):
            faults.append(f"{written} leaves the bundle")
    return faults


def test_from_the_cover_to_a_record_and_back(open_page: OpenPage, bundle: Path) -> None:
    page = open_page(bundle / "打开.html")
    expect(page.locator("#alone")).to_be_hidden()
    page.get_by_role("link", name="开始阅读").click()
    expect(page.locator("h1")).to_have_text("禹城市伦镇")
    page.get_by_role("link", name="伦镇", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("伦镇")
    page.locator(".md-tabs").get_by_role("link", name="地图").click()
    expect(page.locator("svg").first).to_be_visible()


def test_a_pack_of_a_bundle_comes_out_of_its_folder(
    open_page: OpenPage, bundle: Path, tmp_path: Path
) -> None:
    point = bundle / "files/teaching-points/qiyu-memorial.html"
    page = open_page(point)
    with page.expect_download() as word:
        page.get_by_role("link", name="下载 伦镇齐禹抗战纪念馆的自测题 Word").click()
    word.value.save_as(tmp_path / "test.docx")
    assert (tmp_path / "test.docx").read_bytes() == point.with_suffix(".test.docx").read_bytes()


@pytest.mark.slow
def test_links_lead_inside_or_are_marked(open_page: OpenPage, bundle: Path) -> None:
    page = open_page(bundle / "index.html")
    assert outside(page, bundle) == []
    for folder in sorted({file.parent for file in bundle.rglob("*.html")}):
        page.goto(max(folder.glob("*.html"), key=lambda file: file.stat().st_size).as_uri())
        assert outside(page, bundle) == [], page.url


@pytest.mark.slow
def test_every_link_of_many_pages_leads_inside_or_is_marked(
    open_page: OpenPage, bundle: Path
) -> None:
    page = open_page(bundle / "index.html")
    faults = {}
    for file in sorted(bundle.rglob("*.html"))[::4]:
        page.goto(file.as_uri())
        if found := outside(page, bundle):
            faults[file.relative_to(bundle).as_posix()] = found
    assert not faults


def test_the_theme_is_there_though_the_page_has_it_not(open_page: OpenPage, bundle: Path) -> None:
    file = next((bundle / "files/teaching-points").glob("[!i]*.html"))
    assert "md-header__inner" not in file.read_text("utf-8")
    page = open_page(file)
    expect(page.locator(".md-header")).to_be_visible()
    expect(page.locator("footer")).to_contain_text("关于这个离线包")
    expect(page.locator(".md-nav--secondary li").first).to_be_attached()
    phone = open_page(file, 390)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("抗战纪念", "伦镇齐禹抗战纪念馆"),
        ("lz", "伦镇"),
        ("联合党委", "联村党委"),
        ("怎样使用", "使用"),
    ],
    ids=["text", "initials", "synonym", "hand-written"],
)
def test_search_finds_what_the_bundle_holds(
    query: str, title: str, open_page: OpenPage, bundle: Path
) -> None:
    page = open_page(bundle / "files/townships/lunzhen.html")
    page.keyboard.press("/")
    page.keyboard.type(query)
    result = page.locator(".md-search-result__item a", has_text=title).first
    expect(result).to_be_visible()
    address = result.evaluate("link => link.href")
    page.goto(address)
    expect(page.locator("h1")).to_contain_text(title)


def test_without_scripts_the_text_is_all_there(open_page: OpenPage, bundle: Path) -> None:
    file = bundle / "files/townships/lunzhen.html"
    page = open_page(file, java_script_enabled=False)
    expect(page.locator("h1")).to_have_text("伦镇")
    page.get_by_role("link", name="首页").first.click()
    expect(page.locator("h1")).to_have_text("禹城市伦镇")


def test_a_record_prints(open_page: OpenPage, bundle: Path) -> None:
    page = open_page(bundle / "files/townships/lunzhen.html")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".md-header")).to_be_hidden()
    assert len(page.pdf()) > 10_000


# --- the self-check ---------------------------------------------------------------------------------


def verdict(open_page: OpenPage, folder: Path) -> Any:
    """What the self-check says when it is done."""
    page = open_page(folder / "files/bundle/check.html")
    expect(page.locator("html")).to_have_attribute("data-checked", "done", timeout=60_000)
    return page


def test_a_whole_bundle_checks_itself(open_page: OpenPage, bundle: Path) -> None:
    page = verdict(open_page, bundle)
    expect(page.locator("#verdict")).to_contain_text("完好")
    expect(page.locator("#missing li")).to_have_count(0)
    assert "不行" not in page.locator("#features").inner_text()


def test_missing_files_are_named(
    open_page: OpenPage, bundle: Path, tmp_path: Path, complaints: list[str]
) -> None:
    folder = tmp_path / "缺 页"
    shutil.copytree(bundle, folder)
    gone = ["files/townships/lunzhen.html", "files/assets/casebook/map.js",
            "files/assets/casebook/favicon.svg", "files/assets/casebook/map.css"]  # fmt: skip
    for name in gone:
        (folder / name).unlink()
    page = verdict(open_page, folder)
    expect(page.locator("#verdict")).to_contain_text("缺 4 个文件")
    assert sorted(page.locator("#missing li").all_inner_texts()) == sorted(gone)
    complaints.clear()


def test_a_cover_without_its_folder_says_that_it_must_be_unpacked(
    open_page: OpenPage, bundle: Path, tmp_path: Path, complaints: list[str]
) -> None:
    shutil.copy(bundle / "index.html", tmp_path)
    page = open_page(tmp_path / "index.html")
    expect(page.locator("#alone")).to_contain_text("全部解压")
    complaints.clear()


@pytest.mark.slow
def test_an_update_on_its_base_is_fine_and_on_another_version_is_told(
    open_page: OpenPage, tmp_path: Path, complaints: list[str]
) -> None:
    toy = toy_copy(tmp_path / "toy")
    record = "content/records/counties/jia.yml"
    zips: list[Path] = []
    for name in ("一版", "二版", "三版"):
        since = ["--since", str(zips[-1])] if zips else []
        text = (toy.root / record).read_text("utf-8")
        (toy.root / record).write_text(f"aliases: [{name}]\n" + "".join(
            line for line in text.splitlines(True) if not line.startswith("aliases:")), "utf-8")  # fmt: skip
        for options in ([], since) if since else ([],):
            done = toy.casebook("bundle", "county:jia", *options, "--out", name)
            assert done.returncode == 0, done.stderr
        zips.append(toy.root / name / "county-jia.zip")
    second, third = (next((toy.root / name).glob("*update*")) for name in ("二版", "三版"))
    right = unpacked(second, unpacked(zips[0], tmp_path / "对"))
    expect(verdict(open_page, right).locator("#verdict")).to_contain_text("完好")
    page = open_page(right / "files/bundle/updates.html")
    expect(page.locator("#changed")).to_contain_text("有改动")
    unpacked(third, right)
    expect(verdict(open_page, right).locator("#verdict")).to_contain_text("完好")
    assert complaints == []
    unpacked(second, right)
    expect(verdict(open_page, right).locator("#verdict")).to_contain_text("又装了旧的")
    wrong = unpacked(third, unpacked(zips[0], tmp_path / "错"))
    expect(verdict(open_page, wrong).locator("#verdict")).to_contain_text("更新包装错了地方")
    complaints.clear()


# --- for a branch -----------------------------------------------------------------------------------


def test_what_a_village_counts_comes_back_as_a_file(open_page: OpenPage, tmp_path: Path) -> None:
    toy = toy_copy(tmp_path / "toy")
    assert toy.casebook("bundle", "village:zi").returncode == 0
    folder = unpacked(toy.root / "bundles/village-zi.zip", tmp_path / "子村 离线包")
    page = open_page(folder / "index.html")
    expect(page.locator("[data-cb-newest]")).to_contain_text("离今天已有")
    page.get_by_role("link", name="自测题").click()
    question = page.locator("[data-cb-question='teaching-point/zi-park/1']")
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="看对不对").click()
    expect(question.get_by_role("status")).to_have_text("答对了。")
    page.goto((folder / "files/index.html").as_uri())
    assert outside(page, folder) == []
    expect(page.locator("[data-cb-newest]")).to_contain_text("离今天已有")
    assert "比上次" not in page.locator("[data-cb-changes]").inner_text()
    page.evaluate("localStorage.setItem('casebook-seen village:zi', '2024-01')")
    page.reload()
    expect(page.locator("[data-cb-changes]")).to_contain_text("（内容至2024-01）新增或改动了")
    expect(page.locator("[data-cb-classes] h2")).to_have_text("本月培训班")
    page.get_by_role("button", name="全部1个培训班").click()
    expect(page.get_by_role("link", name="丙镇春季党员培训班")).to_be_visible()
    page.get_by_role("link", name="带回去").click()
    expect(page.locator("[data-cb-quiz]")).to_have_text("这台电脑上答了1题，对1题。")
    for mark in ("很满意", "满意"):
        item = page.get_by_role("group", name="学习党章")
        item.get_by_role("radio", name=mark, exact=True).check()
        page.get_by_role("button", name="记下这一份").click()
    expect(page.locator("form:not([hidden]) [role=status]").first).to_contain_text("记了2份")
    page.get_by_label("哪里不对").fill("开放时间改了")
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.locator("[data-cb-notes] li")).to_have_count(1)
    page.reload()
    with page.expect_download() as saved:
        page.get_by_role("button", name="存成文件").click()
    (tmp_path / "stick").mkdir()
    file = tmp_path / "stick" / saved.value.suggested_filename
    saved.value.save_as(file)
    handed_in, _ = read_return(file)
    assert handed_in.bundle.scope == "village:zi"
    assert [(total.answered, total.right) for total in handed_in.quiz] == [(1, 1)]
    assert [(i.name, i.very, i.fairly) for i in handed_in.classes[0].items] == [("学习党章", 1, 1)]
    assert handed_in.classes[0].returned == 2
    assert [note.text for note in handed_in.notes] == ["开放时间改了"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
