"""The cells of an .ods that hold something, as LibreOffice and WPS save them (ODF 1.3, part 3).

They come as those of an .xlsx do (`xlsx.py`), so that a value means the same in both: a style of
numbers or dates is written as the number format of Excel that shows the same.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.utils.cell import get_column_letter

from casebook_site.editing.cell_text import Fault
from casebook_site.editing.number_formats import shown
from casebook_site.editing.office_parts import (
    LAST_COLUMN,
    LONGEST,
    Oversized,
    SheetCells,
    Value,
    opened,
)

_MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MOST_REPEATED = 100_000
"""Cells that a file says only once, by repeating a row or a cell with content."""


def sheets_in(content: bytes, besides: str = "") -> Iterator[SheetCells]:
    """Yield every visible sheet of a workbook, and a hidden one whose title is `besides`.

    Raise `Oversized` for what no table of records needs, and for a damaged file whatever zip, XML and
    numbers raise.
    """
    with opened(content) as parts:
        styles = _Styles()
        if parts.holds("styles.xml"):
            parts.read("styles.xml", styles.begin, styles.end)
        parts.read("content.xml", styles.begin, styles.end)
        reader = _BookReader(styles, besides)
        parts.read("content.xml", reader.begin, reader.end, reader.say)
        yield from reader.sheets


def is_ods(content: bytes) -> bool:
    """Return whether a file says that it is a workbook of OpenDocument."""
    return _MIME_TYPE.encode() in content[:200]


def _plain(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return attributes without prefixes; those of LibreOffice alone (`calcext:`) do not count."""
    return {
        name.rpartition(":")[2]: value
        for name, value in attributes.items()
        if not name.startswith("calcext:")
    }


# --- styles ---------------------------------------------------------------------------------------

_DATE_PARTS = {"year": "yyyy", "month": "m", "day": "d", "hours": "h", "minutes": "mm"}
_DATE_PARTS |= {"seconds": "ss", "era": "e", "day-of-week": "aaaa", "am-pm": "AM/PM"}
_DATA_STYLES = {"number", "date", "time", "percentage", "currency", "boolean", "text"}
_DATA_STYLES = {f"{name}-style" for name in _DATA_STYLES}


class _Styles:
    """Which number format each style of a cell has, and which sheets are hidden."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        """Styles of sheets that are not shown."""
        self._codes: dict[str, str] = {}
        """Number format of each style of data."""
        self._data: dict[str, str] = {}
        """Style of data of each style of a cell."""
        self._parents: dict[str, str] = {}
        self._style = self._data_style = ""
        self._code: list[str] = []

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        told = _plain(attributes)
        if name in _DATA_STYLES:
            self._data_style, self._code = told.get("name", ""), []
        elif name == "style":
            self._style = told.get("name", "")
            self._data[self._style] = told.get("data-style-name", "")
            self._parents[self._style] = told.get("parent-style-name", "")
        elif name == "table-properties" and told.get("display") == "false":
            self.hidden.add(self._style)
        elif self._data_style and name in _DATE_PARTS:
            self._code.append(_DATE_PARTS[name])
        elif self._data_style and name in ("number", "scientific-number", "fraction"):
            self._code.append("0" + "," * self._thousands(told.get("display-factor", "1")))

    @staticmethod
    def _thousands(factor: str) -> int:
        return round(math.log(float(factor), 1000)) if float(factor) >= 1000 else 0

    def end(self, name: str, text: str) -> None:
        """End an element."""
        if name in _DATA_STYLES:
            self._codes[self._data_style] = "".join(self._code)
            self._data_style = ""
        elif self._data_style and name in ("text", "currency-symbol"):
            is_percent = text.strip() in ("%", "％")
            self._code.append("%" if is_percent else '"{}"'.format(text.replace('"', "")))

    def code(self, style: str) -> str:
        """Return the number format of a style of a cell, as Excel writes it."""
        for _ in range(20):
            if data := self._data.get(style, ""):
                return self._codes.get(data) or "General"
            style = self._parents.get(style, "")
        return "General"


# --- sheets ---------------------------------------------------------------------------------------

_CONSTANTS = ("of:=TRUE()", "of:=FALSE()")
"""How LibreOffice writes what Excel has as a value."""
_BLANKS = {"s": " ", "tab": "\t", "line-break": "\n"}
_ASIDE = {"annotation", "shapes", "frame", "custom-shape", "forms", "tracked-changes"}
"""Elements that stand in a sheet or cell and are none of its text."""


@dataclass
class _OpenCell:
    """The cell that is being read."""

    told: dict[str, str]
    lines: list[str] = field(default_factory=list)


class _BookReader:
    """One pass over all sheets."""

    def __init__(self, styles: _Styles, besides: str) -> None:
        self.sheets: list[SheetCells] = []
        self._styles, self._besides = styles, besides
        self._sheet: SheetCells | None = None
        self._columns: list[tuple[int, str]] = []
        """Last column → style of its cells, for those that name none."""
        self._row = self._column = self._rows = 0
        self._row_style = ""
        self._cell: _OpenCell | None = None
        self._is_text = False
        self._aside = self._repeated = 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        self._aside += name in _ASIDE
        if self._aside:
            return
        told = _plain(attributes)
        if name == "table":
            self._begin_sheet(told)
        elif name == "table-column" and self._sheet:
            last = self._columns[-1][0] if self._columns else 0
            count = int(told.get("number-columns-repeated", 1))
            self._columns.append((last + count, told.get("default-cell-style-name", "")))
        elif name == "table-row":
            self._row += self._rows
            self._rows = int(told.get("number-rows-repeated", 1))
            self._row_style = told.get("default-cell-style-name", "")
            self._column = 0
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = _OpenCell(told)
        elif self._cell and name == "p":
            self._cell.lines.append("")
            self._is_text = True
        elif self._is_text and name in _BLANKS:
            self.say(_BLANKS[name] * min(int(told.get("c", 1)), 100))

    def _begin_sheet(self, told: Mapping[str, str]) -> None:
        title = told.get("name", "")
        is_hidden = told.get("style-name", "") in self._styles.hidden
        self._sheet = SheetCells(title) if not is_hidden or title == self._besides else None
        self._columns.clear()
        self._row, self._rows = 1, 0
        if self._sheet:
            self.sheets.append(self._sheet)

    def end(self, name: str, text: str) -> None:
        """End an element."""
        if self._aside:
            self._aside -= name in _ASIDE
        elif name == "p":
            self._is_text = False
        elif self._cell and name in ("table-cell", "covered-table-cell"):
            self._end_cell(self._cell)
            self._cell = None
        elif name == "table":
            self._sheet = None

    def say(self, text: str) -> None:
        """Take in text, where it is that of a cell."""
        if self._cell and self._is_text and not self._aside:
            self._cell.lines[-1] += text
            if sum(map(len, self._cell.lines)) > LONGEST:
                raise Oversized(f"有一格的文字超过 {LONGEST} 字")

    def _end_cell(self, cell: _OpenCell) -> None:
        first = self._column + 1
        count = int(cell.told.get("number-columns-repeated", 1))
        self._column += count
        value = self._value(cell, first)
        if value is None or value == "" or not self._sheet:
            return
        if self._column > LAST_COLUMN:
            place = f"{get_column_letter(first)}{self._row}"
            raise Oversized(f"{self._sheet.title}!{place} 离表太远，请删去那里的内容")
        self._repeated += self._rows * count - 1
        if self._repeated > _MOST_REPEATED:
            raise Oversized("格子太多")
        for row in range(self._row, self._row + self._rows):
            for column in range(first, first + count):
                self._sheet.rows.setdefault(row, {})[column] = value
        down = int(cell.told.get("number-rows-spanned", 1))
        across = int(cell.told.get("number-columns-spanned", 1))
        if down > 1 or across > 1:
            area = (first, self._row, first + across - 1, self._row + down - 1)
            self._sheet.merged.append(area)

    def _value(self, cell: _OpenCell, column: int) -> Value:
        told = cell.told
        if "formula" in told and told["formula"] not in _CONSTANTS:
            return Fault("=" + told["formula"].partition(":=")[2])
        code = self._styles.code(self._style_of(told, column))
        match told.get("value-type", "string" if cell.lines else ""):
            case "float" | "percentage" | "currency":
                number = _number(told["value"])
                is_percent = told["value-type"] == "percentage" and "%" not in code
                return shown(number, "0%" if is_percent else code)
            case "date":
                moment = datetime.datetime.fromisoformat(told["date-value"])
                return shown(moment, code if code != "General" else "yyyy-mm-dd")
            case "time":
                return shown(_duration(told["time-value"]), code)
            case "boolean":
                return told["boolean-value"] == "true"
            case "string":
                return told.get("string-value") or "\n".join(cell.lines)
        return None

    def _style_of(self, told: Mapping[str, str], column: int) -> str:
        if style := told.get("style-name") or self._row_style:
            return style
        return next((style for last, style in self._columns if column <= last), "")


def _number(text: str) -> int | float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


_DURATION = re.compile(r"P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")


def _duration(text: str) -> datetime.timedelta:
    parts = _DURATION.fullmatch(text)
    if not parts:
        raise ValueError(text)
    days, hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    return datetime.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
