"""Records → a workbook that Excel, WPS and LibreOffice open."""

from __future__ import annotations

import datetime
import errno
import io
import os
import re
import tempfile
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from casebook_site.base.problems import Problem
from casebook_site.editing.base_sheet import BASE_HEADINGS, base_rows
from casebook_site.editing.cell_text import Cell
from casebook_site.editing.cells import Names
from casebook_site.editing.columns import Column, SheetTable, tables
from casebook_site.editing.sheet_parts import GUIDE_SHEET, explain, set_cell, set_up_paper
from casebook_site.editing.sheets import BASE_SHEET
from casebook_site.editing.table_rows import (
    ENTRY_ID,
    ENTRY_KIND,
    ENTRY_NAME,
    EXAMPLE,
    NUMBER,
    OWNER_NUMBER,
    Raw,
    headings,
    identity,
    identity_cells,
    own_cells,
    rows_of,
)
from casebook_site.schema.kinds import Schema

_NUMBERS = {name: number for number, name in errno.errorcode.items()}
"""`ENOSPC` → its number."""

CHOICES_SHEET = "选项"

# --- the workbook ---------------------------------------------------------------------------------

_HEAD = PatternFill("solid", fgColor="F3E9DC")
_REQUIRED = PatternFill("solid", fgColor="E8C9C4")
_EXAMPLE = Font(italic=True, color="808080")
_TOP = Alignment(vertical="top", wrap_text=True)
_OPEN = Protection(locked=False)
_WIDTHS = {"prose": 48, "link": 22, "number": 12, "count": 12, "date": 13, "flag": 10}
_SPARE_ROWS = 500
"""Empty rows below the last that have drop-downs."""


def make_workbook(
    records: Raw,
    names: Names,
    schema: Schema,
    kinds: Sequence[str] = (),
    *,
    template: bool = False,
    faults: Sequence[Problem] = (),
) -> bytes:
    """Return the bytes of an .xlsx; `template`: with an example row instead of the records.

    `faults`: what is wrong in the content, so that something may be missing in the book.
    """
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)
    guide.title = GUIDE_SHEET
    chosen = tables(schema, tuple(kinds))
    records = {key: data for key, data in records.items() if not kinds or key.kind in kinds}
    choices = _Choices(names)
    for table in chosen:
        sheet = book.create_sheet(table.title)
        _head(sheet, table)
        found = [] if template else list(rows_of(table, records))
        lines = [
            [*identity_cells(table, row, names), *own_cells(table, row, names)] for row in found
        ]
        if template:
            _fill(sheet, 2, _example(table, names), example=True)
        for number, cells in enumerate(lines, start=2):
            _fill(sheet, number, cells)
        _validate(sheet, table, choices, rows=len(lines) + _SPARE_ROWS)
        _protect(sheet, table, len(lines))
    choices.write(book.create_sheet(CHOICES_SHEET))
    _keep_base(book.create_sheet(BASE_SHEET), {} if template else records, names, schema)
    explain(guide, chosen, faults)
    return steady_bytes(book)


def _keep_base(sheet: Worksheet, records: Raw, names: Names, schema: Schema) -> None:
    """Write what the workbook holds, so that an import knows which cells were touched."""
    for row in (BASE_HEADINGS, *base_rows(records, names, schema)):
        sheet.append(row)
    sheet.sheet_state = "veryHidden"


def _head(sheet: Worksheet, table: SheetTable) -> None:
    first = len(identity(table))
    for number, heading in enumerate(headings(table), start=1):
        cell = sheet.cell(1, number, heading)
        cell.font, cell.alignment, cell.fill = Font(bold=True), _TOP, _HEAD
        letter = get_column_letter(number)
        if number <= first:
            sheet.column_dimensions[letter].width = 16
            continue
        column = table.columns[number - first - 1]
        if column.required:
            cell.fill = _REQUIRED
        cell.comment = Comment(explain_column(column), "Casebook", width=280, height=140)
        sheet.column_dimensions[letter].width = _WIDTHS.get(column.type, 18)
        if column.type not in ("number", "count"):
            # What is typed stays as typed: no 3-5 that becomes a day of March.
            sheet.column_dimensions[letter].number_format = "@"
    sheet.freeze_panes = "C2"
    sheet.row_dimensions[1].height = 32
    set_up_paper(sheet)


def explain_column(column: Column) -> str:
    """Return what a column holds, how it is written, and who sees it, in Chinese sentences."""
    parts = [column.description]
    if column.vocabulary:
        parts.append(f"可选：{'、'.join(column.vocabulary.values())}。")
    if column.unit:
        parts.append(f"单位：{column.unit}，只写数字。")
    if column.type == "date":
        parts.append("写作 2022、2022-03 或 2022-03-29。")
    if column.type == "link":
        parts.append("写记录的名称；重名的写作 名称（编号）。")
    if column.many:
        parts.append("有几项就写几行，单元格里用 Alt+Enter 换行。")
    if column.type == "prose":
        parts.append("可分段，空一行另起一段。")
    parts.append("必填。" if column.required else "可不填。")
    if column.internal:
        parts.append("仅内部版可见。")
    return "".join(parts)


def _fill(sheet: Worksheet, row: int, cells: Sequence[Cell], *, example: bool = False) -> None:
    for number, value in enumerate(cells, start=1):
        cell = sheet.cell(row, number)
        set_cell(cell, value)
        cell.alignment = _TOP
        if example:
            cell.font = _EXAMPLE


def _example(table: SheetTable, names: Names) -> list[Cell]:
    own = [_example_cell(column, names) for column in table.columns]
    if table.of_records:
        return [EXAMPLE, *own[1:]]
    known: dict[str, Cell] = {
        ENTRY_KIND: table.models[0].kind_title, ENTRY_ID: EXAMPLE, ENTRY_NAME: "（不必填）",
        OWNER_NUMBER: 1, NUMBER: 1,
    }  # fmt: skip
    return [*(known[heading] for heading in identity(table)), *own]


def _example_cell(column: Column, names: Names) -> Cell:
    if column.type == "link":
        kind = next(iter(names.titles)) if column.links_to == "*" else column.links_to or ""
        label = next(iter(names.labels.get(kind, {}).values()), "（从下拉列表里选）")
        return f"{names.titles[kind]}/{label}" if column.links_to == "*" else label
    if column.type == "choice" and column.vocabulary:
        return next(iter(column.vocabulary.values()))
    plain: dict[str, Cell] = {
        "date": datetime.date(2022, 3, 29), "number": 1.5, "count": 12, "flag": "是", "code": "（见批注）",
    }  # fmt: skip
    return plain.get(column.type, f"（{column.title}）")


class _Choices:
    """The hidden sheet that drop-downs take their entries from."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._lists: list[tuple[str, ...]] = []

    def range_of(self, column: Column) -> str | None:
        """Return the range of a column's entries; None if anything may be written."""
        if column.many or column.links_to == "*":
            return None
        entries: tuple[str, ...] = ()
        if column.type == "link":
            entries = tuple(self._names.labels.get(column.links_to or "", {}).values())
        elif column.type == "choice" and column.vocabulary:
            entries = tuple(column.vocabulary.values())
        elif column.type == "flag":
            entries = ("是", "否")
        if not entries:
            return None
        if entries not in self._lists:
            self._lists.append(entries)
        letter = get_column_letter(self._lists.index(entries) + 1)
        return f"{CHOICES_SHEET}!${letter}$1:${letter}${len(entries)}"

    def write(self, sheet: Worksheet) -> None:
        """Every list, one a column."""
        for number, entries in enumerate(self._lists, start=1):
            for row, entry in enumerate(entries, start=1):
                set_cell(sheet.cell(row, number), entry)
        sheet.sheet_state = "hidden"


def _validate(sheet: Worksheet, table: SheetTable, choices: _Choices, *, rows: int) -> None:
    for number, column in enumerate(table.columns, start=len(identity(table)) + 1):
        if source := choices.range_of(column):
            rule = DataValidation(type="list", formula1=source, allow_blank=True)
            # A name that is new in this workbook is not in the list yet, so this only warns.
            rule.errorStyle = "warning"
            rule.showErrorMessage = True
            rule.errorTitle, rule.error = "不在列表里", f"“{column.title}”请从下拉列表里选。"
            letter = get_column_letter(number)
            rule.add(f"{letter}2:{letter}{rows + 1}")
            sheet.add_data_validation(rule)


def _protect(sheet: Worksheet, table: SheetTable, filled: int) -> None:
    """Ids of records that exist are locked, without a password; all else is open."""
    if not table.of_records:
        return
    width = len(table.columns)
    for number in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(number)].protection = _OPEN
    for row in sheet.iter_rows(min_row=2, max_row=max(filled + 1, 2), max_col=width):
        for cell in row:
            if cell.column != 1 or not filled:
                cell.protection = _OPEN
    protection = sheet.protection
    protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):  # fmt: skip
        setattr(protection, allowed, False)


def steady_bytes(book: Workbook) -> bytes:
    """Return the workbook's bytes without the time of writing, so that they depend on the records alone."""
    whole, steady = io.BytesIO(), io.BytesIO()
    _save(book, whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(steady, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", content
                )
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return steady.getvalue()


def _save(book: Workbook, target: io.BytesIO) -> None:
    """Write the book; raise `OSError` if there is no room for the sheets, which are written aside first."""
    try:
        book.save(target)
    except OSError:
        raise
    except Exception as error:  # lxml says `IO_ENOSPC` in an error of its own
        number = _NUMBERS.get(str(error).removeprefix("IO_"))
        if number is None:
            raise
        raise OSError(number, os.strerror(number), tempfile.gettempdir()) from None
