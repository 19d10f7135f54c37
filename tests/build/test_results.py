"""The page of results for insiders, and the command that writes them for Excel and Word."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from casebook_site.base.templates import Renderer
from casebook_site.outputs.site.indexes.results import build
from tests.build.packs.making import docx_parts
from tests.folders import SiteFolder
from tests.webpages import read_page


def test_insiders_have_a_page_and_others_have_none(internal_site: Path, public_site: Path) -> None:
    page = read_page(internal_site / "results/index.html")
    assert "1所党校办了1期培训班，共2天、14学时，参训45人次。" in page.text
    assert "3天，24学时" in page.text
    home = (internal_site / "index.html").read_text("utf-8")
    assert 'href="results/index.html"' in home
    assert not (public_site / "results").exists()
    assert "results/" not in (public_site / "index.html").read_text("utf-8")


def test_schools_of_a_year_stand_side_by_side(toy: SiteFolder, renderer: Renderer) -> None:
    toy.write(
        "records/training-classes/other.yml",
        "name: 甲县班\nschool: jia-school\nbegins: 2022-09\ntrainees: ordinary\ndays: 1\n"
        "procedure: none\nstatus: held\nattended: 90\nsessions: [{title: 讲课, own: true}]\n",
    )
    site = toy.site("internal")
    (file,) = build(site)
    page = file.build()
    html = renderer.render(page.template, page.view)
    assert "2022年各党校参训人次" in html
    assert "<strong>45</strong>人次" in html
    assert 'rect width="97%"' in html
    assert 'rect width="48.5%"' in html


def test_the_command_writes_a_sheet_and_a_paper(toy: SiteFolder) -> None:
    done = toy.casebook("results")
    assert done.stdout.startswith("2023年，")
    assert "还有1期没有写明办了没有" in done.stdout
    done = toy.casebook("results", "--audience", "public", "--out", "a.xlsx")
    assert done.returncode == 0, done.stderr
    assert "没有写明" not in done.stdout
    book = openpyxl.load_workbook(toy.root / "a.xlsx")
    rows = [*book["办班统计"].iter_rows(min_row=2, values_only=True)]
    cadre = "村“两委”党员干部"
    assert (2022, "丙镇党校", cadre, 2, None, 1, 2, 14, 45, None) in rows
    done = toy.casebook("results", "--year", "2022", "--out", "a.docx")
    assert done.returncode == 0, done.stderr
    text = docx_parts((toy.root / "a.docx").read_bytes())["word/document.xml"].decode()
    assert "参训45人次" in text
    assert "2023年" not in text
    assert "CANARY" not in text


def test_what_cannot_be_written_is_told(toy: SiteFolder) -> None:
    for arguments, words in (
        (("--year", "2001"), "没有年度计划"),
        (("--out", "a.pdf"), "用 .xlsx 或 .docx"),
        (("--out", "mkdocs.yml/a.xlsx"), "写不进去"),
    ):
        done = toy.casebook("results", *arguments)
        assert (done.returncode, words in done.stderr) == (2, True), done.stderr
