"""What is broken in one record is in nobody else's way, and nothing gets worse."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.folders import SiteFolder
from tests.unit.editing.workbooks import cell, row_of

TERMS, LIST = "术语", "content/records/terms/list.yml"
BROKEN = ("name: 联村", "name: 联村\n  typo: 1")
GONE = (
    '- {id: long-tou, name: 龙头村, definition: 牵头的村。, tags: ["100%", A & B <x>]}\n',
    "",
)


def exported(toy: SiteFolder, *kinds: str) -> Path:
    """A workbook of the terms, or of some kinds."""
    asked = [part for kind in kinds or ("term",) for part in ("--kind", kind)]
    done = toy.casebook("export", *asked, "--out", "b.xlsx")
    assert done.returncode == 0, done.stdout + done.stderr
    return toy.root / "b.xlsx"


def set_cell(path: Path, heading: str, id: str, text: str | None) -> None:
    book = load_workbook(path)
    row = row_of(book, TERMS, id) if id else book[TERMS].max_row + 1
    cell(book, TERMS, heading, row).value = text
    book.save(path)


def add_term(path: Path) -> None:
    book = load_workbook(path)
    row = book[TERMS].max_row + 1
    for heading, text in (("名称", "新词"), ("释义", "新的释义")):
        cell(book, TERMS, heading, row).value = text
    book.save(path)


def test_a_broken_record_is_told_and_all_others_are_exported(toy: SiteFolder) -> None:
    toy.edit(LIST, *BROKEN)
    done = toy.casebook("export", "--out", "b.xlsx")
    assert done.returncode == 0
    assert f"{LIST}:3:3: CB202" in done.stdout
    assert "网站没有改动" not in done.stderr
    book = load_workbook(toy.root / "b.xlsx")
    ids = [row[0].value for row in book[TERMS].iter_rows(min_row=2)]
    assert "long-tou" in ids
    assert "lian-cun" not in ids
    told = [row[0].value for row in book["填写说明"].iter_rows()]
    assert f"{LIST}:3:3" in told
    again = toy.casebook("import", "b.xlsx", "--delete", "--dry-run")
    assert (again.returncode, again.stdout) == (0, "")


@pytest.mark.parametrize("broken", [BROKEN, ("- {id: long-tou,", "- {id: long-tou, [")])
def test_rows_of_others_come_in_while_a_record_is_broken(
    toy: SiteFolder, broken: tuple[str, str]
) -> None:
    path = exported(toy)
    add_term(path)
    toy.edit(LIST, *broken)
    before = toy.problems()
    done = toy.casebook("import", "b.xlsx")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (toy.root / "content/records/terms/xin-ci.yml").is_file()
    assert toy.problems() == before


def test_what_was_typed_about_a_broken_record_is_asked_back(toy: SiteFolder) -> None:
    path = exported(toy)
    set_cell(path, "释义", "lian-cun", "改过")
    toy.edit(LIST, *BROKEN)
    done = toy.casebook("import", "b.xlsx")
    assert done.returncode == 1
    assert "术语!A3: CB905 术语“lian-cun”的文件有错" in done.stdout


def test_a_record_that_was_deleted_meanwhile_stays_deleted(toy: SiteFolder) -> None:
    exported(toy)
    toy.edit(LIST, *GONE)
    done = toy.casebook("import", "b.xlsx")
    assert (done.returncode, done.stdout) == (0, "")
    assert "long-tou, name" not in (toy.root / LIST).read_text("utf-8")


@pytest.mark.parametrize(("option", "code"), [("", 1), ("--ours", 0), ("--theirs", 0)])
def test_of_a_record_that_was_deleted_and_edited_the_editor_decides(
    toy: SiteFolder, option: str, code: int
) -> None:
    path = exported(toy)
    set_cell(path, "释义", "long-tou", "改过")
    toy.edit(LIST, *GONE)
    done = toy.casebook("import", "b.xlsx", *filter(None, [option]))
    assert done.returncode == code
    assert ("CB906" in done.stdout) == (not option)
    back = toy.root / "content/records/terms/long-tou.yml"
    assert back.is_file() == (option == "--theirs")
    if back.is_file():
        assert "name: 龙头村" in back.read_text("utf-8")


def test_all_that_is_wrong_in_a_book_is_told_in_one_round(toy: SiteFolder) -> None:
    path = exported(toy, "term", "village", "teaching-point")
    set_cell(path, "释义", "long-tou", None)
    book = load_workbook(path)
    villages = row_of(book, "村", "zi")
    cell(book, "村", "坐标·经度", villages).value = 36.01
    cell(book, "村", "坐标·纬度", villages).value = 118.21
    cell(book, "基层教学点", "类别", row_of(book, "基层教学点", "zi-park")).value = "没有的"
    book.save(path)
    done = toy.casebook("import", "b.xlsx")
    assert done.returncode == 1
    assert {line.split(" ")[1] for line in done.stdout.splitlines()} == {"CB201", "CB301", "CB651"}
    assert "没有写入" in done.stderr
