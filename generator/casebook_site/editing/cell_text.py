"""What a cell of a spreadsheet holds, and the text by which cells are compared."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal

from casebook_site.base.characters import visible

Cell = str | int | float | datetime.date | None

MAX_CELL = 32_767
"""Characters that a cell of Excel can hold."""
MAX_DIGITS = 15
"""Of a number, that spreadsheets and computers keep exactly."""
TOO_LONG = "（内容过长，放不进单元格，请在文件里改）"
INVISIBLE = "（只有看不见的字符）"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")


@dataclass(frozen=True)
class Fault:
    """A cell whose content is not what it shows: a formula, an error value, a guess of the program."""

    text: str
    message: str = ""
    """What is the matter; empty for formulas and error values."""
    remedy: str = ""


class CellError(Exception):
    """What is wrong with a cell, and what would be right."""

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.remedy = code, message, remedy


def plain_text(text: str) -> str:
    """Text as a cell gives it back: without control characters, line ends as LF, no space around."""
    text = re.sub(r"\r\n?|_x000[dD]_\n?", "\n", text)
    text = visible(_CONTROL.sub("", text))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def exact(number: float | Decimal) -> str:
    """Return a number with the 15 digits that spreadsheets show: 57.699999999999996 → `57.7`."""
    text = format(Decimal(f"{number:.{MAX_DIGITS}g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def canonical(cell: Cell) -> str:
    """Return the text by which cells are compared: equal for cells that mean the same."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        cell = cell.date() if cell.time() == datetime.time() else cell.isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        cell = exact(cell)
    return plain_text(str(cell))
