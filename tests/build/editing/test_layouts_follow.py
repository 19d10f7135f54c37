"""The map's layout follows what editors do to townships and counties, in sheets and in forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.folders import SiteFolder
from tests.unit.editing.workbooks import cell, row_of

TOWNS = "镇街"
LAYOUT = """\
# 甲县的方格
kind: tiles
county: jia
cells:
  # 北面
  - {township: bing, column: 0, row: 0}   # 丙镇
  - {township: ding, column: 1, row: 0}
  - {township: canary-township, column: 1, row: 1}
# 文件完
"""
NEW = "  - {township: xin-zhen, column: 2, row: 0}  # 自动放在旁边的空格里，方位不详\n"
XIN = "name: 新镇\ncounty: jia\ntype: town\n"


def exported(toy: SiteFolder, layout: str) -> Path:
    """A workbook of a toy whose county 甲县 has a layout."""
    toy.write("maps/jia.yml", layout)
    assert toy.casebook("export", "--kind", "township", "--out", "b.xlsx").returncode == 0
    return toy.root / "b.xlsx"


def add_township(path: Path, name: str, county: str = "甲县") -> None:
    book = load_workbook(path)
    row = book[TOWNS].max_row + 1
    for heading, text in (("名称", name), ("县市", county), ("类型", "镇")):
        cell(book, TOWNS, heading, row).value = text
    book.save(path)


def layout_of(toy: SiteFolder) -> str:
    return (toy.root / "content/maps/jia.yml").read_text("utf-8")


def test_a_new_township_of_a_sheet_gets_a_free_tile(toy: SiteFolder) -> None:
    add_township(exported(toy, LAYOUT), "新镇")
    done = toy.casebook("import", "b.xlsx")
    assert done.returncode == 0, done.stdout + done.stderr
    assert layout_of(toy) == LAYOUT.replace("# 文件完", f"{NEW}# 文件完")
    assert toy.problems() == []


@pytest.mark.parametrize(
    "cells",
    [
        "cells: [{township: bing, column: 0, row: 0}, {township: ding, column: 99, row: 0},"
        " {township: canary-township, column: 1, row: 1}]",
        "cells:\n- township: bing\n  column: 0\n  row: 0\n- township: ding\n  column: 1\n  row: 0\n"
        "- township: canary-township\n  column: 1\n  row: 1",
    ],
)
def test_it_gets_one_however_the_layout_is_written(toy: SiteFolder, cells: str) -> None:
    path = exported(toy, f"kind: tiles\ncounty: jia\n{cells}\n")
    add_township(path, "新镇")
    add_township(path, "又一镇")
    done = toy.casebook("import", "b.xlsx")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "xin-zhen" in layout_of(toy)
    assert toy.problems() == []


def test_a_county_without_a_layout_needs_none(toy: SiteFolder) -> None:
    add_township(exported(toy, LAYOUT), "新镇", "乙市")
    done = toy.casebook("import", "b.xlsx")
    assert done.returncode == 0, done.stdout + done.stderr
    assert layout_of(toy) == LAYOUT


def test_a_township_takes_its_tile_with_it(toy: SiteFolder) -> None:
    toy.write("records/townships/xin-zhen.yml", XIN)
    whole = LAYOUT.replace("# 文件完", f"{NEW}# 文件完")
    path = exported(toy, whole)
    book = load_workbook(path)
    cell(book, TOWNS, "县市", row_of(book, TOWNS, "xin-zhen")).value = "乙市"
    book.save(path)
    done = toy.casebook("import", "b.xlsx")
    assert done.returncode == 0, done.stdout + done.stderr
    assert layout_of(toy) == LAYOUT
    assert toy.problems() == []


def test_a_township_that_is_deleted_loses_its_tile(toy: SiteFolder) -> None:
    toy.write("records/townships/xin-zhen.yml", XIN)
    path = exported(toy, LAYOUT.replace("# 文件完", f"{NEW}# 文件完"))
    book = load_workbook(path)
    book[TOWNS].delete_rows(row_of(book, TOWNS, "xin-zhen"))
    book.save(path)
    assert toy.casebook("import", "b.xlsx", "--delete").returncode == 0
    assert layout_of(toy) == LAYOUT
    assert toy.problems() == []
