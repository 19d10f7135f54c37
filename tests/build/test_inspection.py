"""What an inspection of a government site finds: tags on every page, and a list of what is to be done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.folders import SiteFolder, toy_copy


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The toy, whose footer states all there is, at a real address."""
    toy = toy_copy(tmp_path_factory.mktemp("office") / "toy")
    toy.edit("mkdocs.yml", "https://example.org/sub/path/", "https://www.jiaxian.gov.cn/al/")
    return toy


def tags(page: Path) -> dict[str, str]:
    return dict(re.findall(r'<meta name="([A-Z]\w+)" content="([^"]*)">', page.read_text("utf-8")))


def test_every_page_says_which_site_and_column_it_is_of(configured: SiteFolder) -> None:
    site = configured.build()
    pages = [page for page in site.rglob("*.html") if page.name != "404.html"]
    every = {
        "SiteName": "示例案例库",
        "SiteDomain": "www.jiaxian.gov.cn",
        "SiteIDCode": "0000000000",
    }
    moved = [page for page in pages if "http-equiv" in page.read_text("utf-8")]
    for page in set(pages) - set(moved):
        found = tags(page)
        assert every.items() <= found.items(), page
        assert found.keys() & {"ColumnName", "ArticleTitle"}, page
    county = tags(site / "counties/jia.html")
    assert county["ColumnName"] == "县市"
    assert county["ArticleTitle"] == "甲县"
    assert county["PubDate"] == "2024-03-02 00:00"
    assert county["ContentSource"] == "示例主办单位"
    assert county["Url"] == "https://www.jiaxian.gov.cn/al/counties/jia.html"
    assert tags(site / "counties/index.html")["ColumnType"] == "县市"


def test_a_site_without_a_code_has_no_such_tags(toy: SiteFolder) -> None:
    lines = (toy.root / "mkdocs.yml").read_text("utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if "site_code" not in line)
    (toy.root / "mkdocs.yml").write_text(kept, "utf-8")
    assert tags(toy.build() / "counties/jia.html") == {}


def test_what_is_to_be_done_is_told_and_written(
    configured: SiteFolder, toy: SiteFolder, tmp_path: Path
) -> None:
    done = configured.casebook("check", "--government", "--stale-days", "10000")
    assert "符合　页脚·主办单位：示例主办单位" in done.stdout
    assert "符合　网址·正式网址" in done.stdout
    done = toy.casebook("check", "--government", "--out", str(tmp_path / "a.xlsx"))
    assert done.returncode == 1
    for what in ("网址·正式网址", "页面·无障碍说明", "栏目·县市"):
        assert f"待办　{what}" in done.stdout
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    rows = [*sheet.values][1:]
    assert len(rows) == len(done.stdout.splitlines())
    results = [str(row[2]) for row in rows]
    assert results == sorted(results)  # 待办 before 符合
