"""A book is imported again: its new rows are known, and each row is told what became of it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.folders import SiteFolder
from tests.unit.editing.workbooks import cell, row_of

TERMS, NEW = "术语", "content/records/terms/xin-ci.yml"


@pytest.fixture
def book(toy: SiteFolder) -> Path:
    """A workbook of the toy with a new term in its last row, without an id."""
    assert toy.casebook("export", "--kind", "term", "--out", "b.xlsx").returncode == 0
    path = toy.root / "b.xlsx"
    sheet = load_workbook(path)
    put(sheet, "名称", "新词")
    put(sheet, "释义", "第一稿")
    put(sheet, "最后修改", "2022.3.29")
    sheet.save(path)
    return path


def put(sheet: Workbook, heading: str, text: Any, id: str = "") -> None:
    """Set a cell of the row of a record, or of the last one."""
    last = max(n for n, row in enumerate(sheet[TERMS].values, 1) if any(row))
    new = last if sheet[TERMS].cell(last, 1).value is None else last + 1
    cell(sheet, TERMS, heading, row_of(sheet, TERMS, id) if id else new).value = text


def imports(toy: SiteFolder, *options: str) -> tuple[int, str]:
    done = toy.casebook("import", "b.xlsx", *options)
    return done.returncode, done.stdout + done.stderr


def report(toy: SiteFolder) -> list[tuple[Any, ...]]:
    """The rows of the report below its headings."""
    page = load_workbook(toy.root / "b-导入结果.xlsx").active
    assert page is not None
    return [*page.values][1:]


def test_newer_work_on_a_new_record_is_kept(toy: SiteFolder, book: Path) -> None:
    assert imports(toy)[0] == 0
    event = "events: [{date: 2020, title: 大事, sources: [daily]}]\n"
    text = (toy.root / NEW).read_text("utf-8").replace("第一稿", "在文件里改过") + event
    (toy.root / NEW).write_text(text, "utf-8")
    assert "没有改动" in imports(toy)[1]
    assert (toy.root / NEW).read_text("utf-8") == text
    sheet = load_workbook(book)
    put(sheet, "释义", "在表里又改过")
    put(sheet, "简介", "只在表里")
    sheet.save(book)
    code, said = imports(toy)
    assert (code, said.count("CB906")) == (1, 1)
    assert imports(toy, "--ours")[0] == 0
    assert "只在表里" in (toy.root / NEW).read_text("utf-8")
    assert "在文件里改过" in (toy.root / NEW).read_text("utf-8")


def test_a_new_record_that_was_deleted_meanwhile_stays_deleted(toy: SiteFolder, book: Path) -> None:
    assert imports(toy)[0] == 0
    (toy.root / NEW).unlink()
    assert "没有改动" in imports(toy)[1]
    assert not (toy.root / NEW).exists()


def test_what_was_taken_back_comes_in_again(toy: SiteFolder, book: Path) -> None:
    assert imports(toy)[0] == 0
    assert toy.casebook("undo").returncode == 0
    assert not (toy.root / NEW).exists()
    assert imports(toy)[0] == 0
    assert (toy.root / NEW).exists()


def test_the_report_says_what_became_of_each_row(toy: SiteFolder, book: Path) -> None:
    sheet = load_workbook(book)
    put(sheet, "释义", "改过", "long-tou")
    sheet.save(book)
    assert imports(toy, "--dry-run")[0] == 0
    assert not (toy.root / "b-导入结果.xlsx").exists()
    assert imports(toy)[0] == 0
    rows = {row[3]: row for row in report(toy) if row[0] == TERMS}
    assert rows["xin-ci"][1:5] == (5, "新增", "xin-ci", "新词")
    assert rows["long-tou"][2] == "修改"
    assert "释义：牵头的村。 → 改过" in rows["long-tou"][5]
    assert rows["lian-cun"][2] == "没有变化"


def test_the_report_of_a_refused_book_names_the_rows(toy: SiteFolder, book: Path) -> None:
    sheet = load_workbook(book)
    put(sheet, "参见", "没有的词", "long-tou")
    sheet.save(book)
    assert imports(toy)[0] == 1
    told = {(row[0], row[1]): row for row in report(toy)}
    wrong = told[TERMS, row_of(load_workbook(book), TERMS, "long-tou")]
    assert wrong[2] == "有问题"
    assert "没有叫“没有的词”的术语" in wrong[5]
    assert told[TERMS, 5][2] == "没有写入"


def test_ids_go_back_into_the_book_and_nothing_else_changes(toy: SiteFolder, book: Path) -> None:
    before = contents(book)
    code, said = imports(toy, "--write-back")
    assert code == 0
    assert "已把 1 个编号写回 b.xlsx" in said
    assert cell(load_workbook(book), TERMS, "编号", 5).value == "xin-ci"
    after = contents(book)
    (changed,) = [name for name in after if after[name] != before[name]]
    assert changed.startswith("xl/worksheets/")
    (toy.root / ".casebook/imported.json").unlink()
    assert "没有改动" in imports(toy, "--write-back")[1]


@pytest.mark.parametrize("name", ["term.csv"])
def test_only_workbooks_take_ids_back(toy: SiteFolder, name: str) -> None:
    text = "编号,名称,释义\n,新词,新的\n"
    (toy.root / name).write_text(text, "utf-8")
    done = toy.casebook("import", name, "--write-back")
    assert done.returncode == 0
    assert "编号只能写回 .xlsx" in done.stderr
    assert (toy.root / name).read_text("utf-8") == text


def contents(book: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(book) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}
