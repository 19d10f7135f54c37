"""What sheets of a workbook have in common: text that stays text, paper, and the sheet that explains."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from casebook_site.base.characters import FORMULA_SIGNS
from casebook_site.base.problems import Problem
from casebook_site.editing.cell_text import Cell, plain_text
from casebook_site.editing.columns import SheetTable

GUIDE_SHEET = "填写说明"

_A4 = 9
_GUIDE_WIDTHS = 30, 80
_LINE = 16
"""Height of a line of text, in points."""


def set_up_paper(sheet: Worksheet, *, landscape: bool = True, heads: bool = True) -> None:
    """Let a sheet be printed on A4: as wide as the paper, heads on each page, with page numbers."""
    setup = sheet.page_setup
    setup.paperSize, setup.orientation = _A4, "landscape" if landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.6
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("第 &P 页，共 &N 页")
    )
    if heads:
        sheet.print_title_rows = "1:1"


def set_cell(cell: Any, value: Cell) -> None:
    """Text stays text: what begins with `=` must never become a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_SIGNS)
        cell.number_format = "@"
    elif isinstance(value, datetime.date):
        cell.number_format = "yyyy-mm-dd"


def _unclip(sheet: Worksheet, row: Sequence[Any]) -> None:
    """Let a line of the guide be read whole: over both columns, or wrapped in the second."""
    first, second = row
    wide = sum(_GUIDE_WIDTHS) if second.value is None else _GUIDE_WIDTHS[1]
    text = str((second if second.value is not None else first).value or "")
    if second.value is None and first.value:
        sheet.merge_cells(start_row=first.row, end_row=first.row, start_column=1, end_column=2)
    lines = max(1, -(-2 * len(text) // wide))
    sheet.row_dimensions[first.row].height = _LINE * lines
    for cell in (first, second):
        cell.alignment = Alignment(vertical="top", wrap_text=True)


def explain(sheet: Worksheet, chosen: Sequence[SheetTable], faults: Sequence[Problem]) -> None:
    """Fill the first sheet: how the others are filled in, and what is wrong in the content."""
    lines = [
        "填写说明",
        "1. 一行是一条记录。带 * 的列必填；鼠标停在列标题上看说明。",
        "2. “编号”是记录的身份，已有的不要改（已锁定）；新记录可以留空，程序按名称的拼音起。",
        "3. 所属县市、来源等一律写名称，能选的从下拉列表里选；重名的写作 名称（编号）。",
        "4. 日期写 2022、2022-03、2022-03-29 或 2022年3月都可以，只知道年就只写年。",
        "5. 一格里有几项的，一项一行（Alt+Enter 换行）。",
        "6. 大事、存疑、图片等各有工作表，一行一件；用“记录编号”说明是哪条记录的。",
        "7. 不要写公式；以“=”开头的文字会当作文字。",
        "8. 存好后运行 casebook import 文件名.xlsx --dry-run 看会改什么，再去掉 --dry-run 写入。",
        "9. 表里没有的记录不会被删除，除非加上 --delete。",
        "",
        "各工作表：",
    ]
    for line in lines:
        sheet.append([line])
    for table in chosen:
        kinds = "、".join(model.kind_title for model in table.models)
        what = "每行一条记录" if table.of_records else f"每行一项，属于：{kinds}"
        sheet.append([table.title, what])
    if faults:
        sheet.append([])
        sheet.append(["导出时内容里的问题（读不出来的记录不在表里）："])
        for problem in faults:
            row = sheet.max_row + 1
            for column, text in enumerate((str(problem.location), problem.text), start=1):
                set_cell(sheet.cell(row, column), plain_text(text))
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _GUIDE_WIDTHS
    for cells in sheet.iter_rows(min_row=2, max_col=2):
        _unclip(sheet, cells)
    set_up_paper(sheet, landscape=False, heads=False)
