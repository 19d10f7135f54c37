"""Spreadsheets as people send them → plain rows. Nothing in them is run."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from casebook_site.base.problems import UserError
from casebook_site.base.system_errors import reason_of
from casebook_site.editing import ods, xlsx
from casebook_site.editing.cell_text import Cell, Fault, canonical
from casebook_site.editing.office_parts import LAST_COLUMN, Oversized, SheetCells

MAX_BYTES, MAX_ROWS = 50_000_000, 100_000

BASE_SHEET = "导出时的内容"
"""The hidden sheet that says what a workbook held when it was exported."""


class SheetError(UserError):
    """The file cannot be read as a spreadsheet (CB901)."""


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
    unread: int = 0
    """Rows of a sheet in which no heading is known, so that nothing of it is read."""

    shown: str = ""
    """What the sheet is called in its book, where that is not its title."""
    positions: tuple[int, ...] = ()
    """Where its columns stand in the book, where they were put in another order."""

    def place(self, row: int, column: int) -> str:
        """`基层教学点!C5`; `column` counts from 0."""
        there = self.positions[column] if self.positions else column
        return f"{self.shown or self.title}!{get_column_letter(there + 1)}{row}"


def read_sheets(path: Path, known: frozenset[str]) -> list[Sheet]:
    """Every visible sheet of an .xlsx or .ods, or the one of a .csv, whose title is that of the file.

    `known`: headings that tables have; the row that holds most of them is the head.
    Raises `SheetError`.
    """
    return [_sheet(title, rows, known) for title, rows in raw_sheets(path, known)]


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SheetError(f"{path.name} 超过 {MAX_BYTES // 10**6} MB，不像是填好的表。")
        content = path.read_bytes()
    except OSError as error:
        raise SheetError(f"{path.name} 读不出来（{reason_of(error)}）。") from None
    if path.suffix.lower() in (".xls", ".et"):
        raise SheetError(f"{path.name} 是 {path.suffix} 格式，请另存为 .xlsx 再导入。")
    return content


def raw_sheets(path: Path, known: frozenset[str]) -> list[tuple[str, list[SheetRow]]]:
    """Return (title, rows) of every visible sheet, headings and titles included; raise `SheetError`."""
    content = _content(path)
    if path.suffix.lower() == ".csv":
        return [(path.stem, _csv_rows(content, path.name, known))]
    return list(_book_rows(content, path.name))


def clean_heading(cell: Any) -> str:
    """Return a heading in half width, without spaces and without the star of required columns."""
    text = unicodedata.normalize("NFKC", canonical(cell) if not isinstance(cell, Fault) else "")
    return re.sub(r"\s|\*|\(必填\)", "", text)


def _sheet(title: str, rows: list[SheetRow], known: frozenset[str]) -> Sheet:
    def score(row: SheetRow) -> int:
        return sum(clean_heading(cell) in known for cell in row.cells)

    head = max(rows[:10], key=score, default=None)
    # One known word among others is no head: a record may be called so.
    if head is None or score(head) < min(2, len([*filter(clean_heading, head.cells)]) or 1):
        return Sheet(title, unread=len(rows))
    headings = tuple(clean_heading(cell) for cell in head.cells)
    return Sheet(title, headings, tuple(row for row in rows if row.number > head.number))


def _csv_rows(content: bytes, name: str, known: frozenset[str]) -> list[SheetRow]:
    """Return the rows of a CSV, whatever separates its cells: the mark that finds most headings."""
    text = _csv_text(content, name)

    def score(mark: str) -> int:
        lines = csv.reader(text.splitlines()[:10], delimiter=mark)
        return max(
            (sum(clean_heading(cell) in known for cell in line) for line in lines), default=0
        )

    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t|", key=score))
        return list(_filled(tuple(_csv_cell(cell) for cell in row) for row in rows))
    except csv.Error:
        raise SheetError(f"{name} 的引号没有成对，请另存为 .xlsx。") from None
    except Oversized as error:
        raise SheetError(f"{name} 不像是填好的表：{error}。") from None


def _csv_text(content: bytes, name: str) -> str:
    """Return the text of a CSV as spreadsheets save it: UTF-8, UTF-16 with its mark, or GBK."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError(f"{name} 既不是 UTF-8 也不是 GBK 编码，请另存为 .xlsx。")


def _csv_cell(text: str) -> str | None:
    """Return the text without the quote that an export puts before what begins like a formula."""
    return re.sub(r"^'(?=[=+@-])", "", text) or None


def _book_rows(content: bytes, name: str) -> Iterator[tuple[str, list[SheetRow]]]:
    try:
        reader = ods if ods.is_ods(content) else xlsx
        for sheet in reader.sheets_in(content, besides=BASE_SHEET):
            yield sheet.title, _sheet_rows(sheet)
    except Oversized as error:
        raise SheetError(f"{name} 不像是填好的表：{error}。") from None
    except SheetError:
        raise
    except Exception:
        # Zip, XML and numbers raise whatever they do; a broken file is the user's to mend.
        raise SheetError(
            f"{name} 打不开，不是完整的表格文件（.xlsx 或 .ods）。请另存一份再试。"
        ) from None


def _sheet_rows(sheet: SheetCells) -> list[SheetRow]:
    """Return the rows that hold something; one value merged over several rows is in each of them."""
    rows = sheet.rows
    repeated = 0
    for column, top, _, bottom in sheet.merged:
        value = rows.get(top, {}).get(column)
        if value is None:  # across columns an area is only wide
            continue
        repeated += bottom - top
        if repeated > MAX_ROWS:
            raise Oversized(f"“{sheet.title}”合并的单元格太大")
        for row in range(top + 1, bottom + 1):
            rows.setdefault(row, {})[column] = value
    if len(rows) > MAX_ROWS:
        raise Oversized(f"“{sheet.title}”超过 {MAX_ROWS} 行，请分成几份")
    numbered = (
        SheetRow(number, tuple(cells.get(column) for column in range(1, max(cells) + 1)))
        for number, cells in sorted(rows.items())
    )
    return [row for row in numbered if _is_filled(row.cells)]


def _is_filled(cells: tuple[Cell | Fault, ...]) -> bool:
    return any(isinstance(cell, Fault) or canonical(cell) for cell in cells)


def _filled(rows: Iterator[tuple[Cell | Fault, ...]]) -> Iterator[SheetRow]:
    left = MAX_ROWS
    for number, cells in enumerate(rows, start=1):
        if len(cells) > LAST_COLUMN:
            raise Oversized(f"第 {number} 行有 {len(cells)} 格")
        if _is_filled(cells):
            left -= 1
            if left < 0:
                raise Oversized(f"超过 {MAX_ROWS} 行，请分成几份")
            yield SheetRow(number, cells)
