"""Spreadsheets as people send them → plain rows. Nothing in them is run."""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from casebook_site.base.problems import UserError
from casebook_site.editing.cells import Cell, canonical

MAX_BYTES, MAX_UNPACKED, MAX_ROWS = 50_000_000, 500_000_000, 100_000


class SheetError(UserError):
    """The file cannot be read as a spreadsheet (CB901)."""


@dataclass(frozen=True)
class Fault:
    """A cell that holds a formula or an error value."""

    text: str


@dataclass(frozen=True)
class SheetRow:
    """A row that is not empty, with its number in the sheet."""

    number: int
    cells: tuple[Cell | Fault, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet: headings, and the rows below them."""

    title: str
    headings: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = field(default=())

    def place(self, row: int, column: int) -> str:
        """`基层教学点!C5`; `column` counts from 0."""
        return f"{self.title}!{get_column_letter(column + 1)}{row}"


def read_sheets(path: Path, known: frozenset[str]) -> list[Sheet]:
    """Every visible sheet of an .xlsx, or the one of a .csv, whose title is that of the file.

    `known`: headings that tables have; the row that holds most of them is the head.
    Raises `SheetError`.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SheetError(f"{path.name} 超过 {MAX_BYTES // 10**6} MB，不像是填好的表。")
        content = path.read_bytes()
    except OSError as error:
        raise SheetError(f"{path.name} 读不出来（{error.strerror}）。") from None
    if path.suffix.lower() == ".csv":
        return [_sheet(path.stem, _csv_rows(content, path.name), known)]
    if path.suffix.lower() in (".xls", ".et", ".ods"):
        raise SheetError(f"{path.name} 是 {path.suffix} 格式，请另存为 .xlsx 再导入。")
    return [_sheet(title, rows, known) for title, rows in _xlsx_rows(content, path.name)]


def clean_heading(cell: Any) -> str:
    """Return a heading in half width, without spaces and without the star of required columns."""
    text = unicodedata.normalize("NFKC", canonical(cell) if not isinstance(cell, Fault) else "")
    return re.sub(r"\s|\*|\(必填\)", "", text)


def _sheet(title: str, rows: list[SheetRow], known: frozenset[str]) -> Sheet:
    def score(row: SheetRow) -> int:
        return sum(clean_heading(cell) in known for cell in row.cells)

    head = max(rows[:10], key=score, default=None)
    if head is None or score(head) == 0:
        return Sheet(title)
    headings = tuple(clean_heading(cell) for cell in head.cells)
    return Sheet(title, headings, tuple(row for row in rows if row.number > head.number))


def _csv_rows(content: bytes, name: str) -> list[SheetRow]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SheetError(f"{name} 既不是 UTF-8 也不是 GBK 编码，请另存为 .xlsx。")
    dialect = "excel-tab" if "\t" in text.partition("\n")[0] else "excel"
    rows = csv.reader(io.StringIO(text, newline=""), dialect)
    try:
        return list(_filled(tuple(_csv_cell(cell) for cell in row) for row in rows))
    except csv.Error:
        raise SheetError(f"{name} 的引号没有成对，请另存为 .xlsx。") from None


def _csv_cell(text: str) -> str | None:
    """Return the text without the quote that an export puts before what begins like a formula."""
    return re.sub(r"^'(?=[=+@-])", "", text) or None


def _xlsx_rows(content: bytes, name: str) -> Iterator[tuple[str, list[SheetRow]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise SheetError(f"{name} 解开后过大，不像是填好的表。")
        book = load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
    except SheetError:
        raise
    except Exception:
        # openpyxl raises whatever its parsers do; a broken file is the user's to mend.
        raise SheetError(f"{name} 打不开，不是完整的 .xlsx 文件。请另存一份再试。") from None
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            if sheet.max_row > MAX_ROWS:
                raise SheetError(f"“{sheet.title}”有 {sheet.max_row} 行，请删去表末的空行。")
            yield sheet.title, list(_filled(_cells(sheet)))


def _cells(sheet: Worksheet) -> Iterator[tuple[Cell | Fault, ...]]:
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        top, column = area.min_row, area.min_col
        # One value for several rows is repeated; across columns it is only wide.
        merged |= {(row, column): (top, column) for row in range(top + 1, area.max_row + 1)}
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield tuple(
            _cell(sheet.cell(*merged.get((number, column), (number, column))))
            for column, _ in enumerate(row, start=1)
        )


def _cell(cell: Any) -> Cell | Fault:
    value = cell.value
    if cell.data_type in ("f", "e"):
        return Fault(str(getattr(value, "text", value)))
    if isinstance(value, datetime.time | datetime.timedelta):
        return str(value)
    return value  # type: ignore[no-any-return]


def _filled(rows: Iterator[tuple[Cell | Fault, ...]]) -> Iterator[SheetRow]:
    for number, cells in enumerate(rows, start=1):
        if any(isinstance(cell, Fault) or canonical(cell) for cell in cells):
            yield SheetRow(number, cells)
