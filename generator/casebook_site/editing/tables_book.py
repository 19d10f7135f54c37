"""Plain tables as a workbook: the same tables make the same bytes, and no text becomes a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from casebook_site.editing.cell_text import plain_text
from casebook_site.editing.workbook import steady_bytes

Row = Sequence[str | float | None]
Table = tuple[str, Sequence[str], Iterable[Row]]
"""(title of the sheet, head, rows)."""

_WIDTHS = {
    "名称": 34,
    "培训班": 34,
    "项目": 34,
    "文件": 40,
    "说明": 70,
    "意见": 70,
    "页面": 40,
    "党校": 34,
    "对象": 26,
}
"""Title of a column → its width in characters."""


def make_tables(tables: Iterable[Table]) -> bytes:
    """Return the bytes of a workbook with a sheet for each table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, head, rows in tables:
        _fill(book.create_sheet(title), head, rows)
    return steady_bytes(book)


def _fill(sheet: Worksheet, head: Sequence[str], rows: Iterable[Row]) -> None:
    sheet.append([*head])
    for number, title in enumerate(head, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(title, 12)
        sheet.cell(1, number).font = Font(bold=True)
    for at, row in enumerate(rows, start=2):
        for number, value in enumerate(row, start=1):
            cell = sheet.cell(at, number)
            cell.value = plain_text(value)[:32_000] if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # else a remark that begins with = is a formula
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A2"
