"""Texts of cells → plain values, for people who write 2022.3.29, １２０人次 and 3.5万."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from casebook_site.base.characters import with_names
from casebook_site.editing.cell_text import MAX_DIGITS, Cell, CellError, exact
from casebook_site.editing.columns import Column
from casebook_site.schema.dates import PartialDate

_NUMBER = re.compile(r"([-+]?\d+(?:\.\d+)?)(.*)")
_POWER = re.compile(r"[-+]?\d(?:\.\d+)?[Ee]\+\d{2,3}")
_TIMES = {"万": 10_000, "亿": 100_000_000}
_FLAGS = {"是": True, "否": False, "true": True, "false": False, "√": True, "1": True, "0": False}


def is_date(value: Any) -> bool:
    """Whether a plain value is a year, a month or a day."""
    try:
        PartialDate.parse(value)
    except PydanticCustomError:
        return False
    return True


def refuse_lost_digits(column: Column, cell: Cell, text: str) -> None:
    """Raise `CellError` for a long number of which a spreadsheet kept 15 digits, or 1.38E+10."""
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if _POWER.fullmatch(text) or (
        is_number and len(text.strip("-")) > MAX_DIGITS and "." not in text
    ):
        raise CellError(
            "CB203",
            f"{column.title}的“{text}”被电子表格改过：长数字只留 {MAX_DIGITS} 位。",
            "把单元格的格式设为“文本”，再把号码写一遍。",
        )


def date_value(text: str) -> Any:
    """2022.3.29, 2022年3月, 2022/03/29, ２０２２ → what the file says: a date, text or a year."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    match = re.fullmatch(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?)?)?[年月]?", plain)
    if not match:
        raise CellError(
            "CB205", f"日期“{with_names(text)}”看不懂。", "写作 2022、2022-03 或 2022-03-29。"
        )
    try:
        date = PartialDate.parse("-".join(part.zfill(2) for part in match.groups() if part))
    except PydanticCustomError as error:
        raise CellError("CB205", f"日期“{with_names(text)}”：{error.message()}。") from None
    if date.day:
        return datetime.date(date.year, date.month, date.day)
    return date.iso if date.month else date.year


def number_value(text: str, units: Sequence[str], column: Column) -> int | float:
    """１,２００人次 → 1200, where 人次 is the unit; 3万人次 → 30000; 57.699999999999996 → 57.7.

    Raises `CellError` for another unit, for 3.5万 beside the unit 万元, and for more than 15 digits.
    """
    match = _NUMBER.fullmatch(re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", text)))
    if not match:
        raise CellError(
            "CB203", f"{column.title}要写数字，这里是“{with_names(text)}”。", "只写数字。"
        )
    number, unit = match[1], match[2]
    if len(number.strip("+-").partition(".")[0]) > MAX_DIGITS:
        raise CellError(
            "CB203", f"{column.title}的数字太长。", f"只写数字，不超过 {MAX_DIGITS} 位。"
        )
    known = [unicodedata.normalize("NFKC", one) for one in units]
    value = Decimal(exact(Decimal(number))) * _times(text, unit, known, column)
    if column.type == "count" and value % 1:
        raise CellError("CB203", f"{column.title}要写整数，这里是“{with_names(text)}”。")
    is_whole = "." not in number or (value % 1 == 0 and unit not in ("", *known))
    return int(value) if is_whole or column.type == "count" else float(value)


def _times(text: str, unit: str, units: Sequence[str], column: Column) -> int:
    """Return what the number before a unit is multiplied by; raise `CellError` for an unknown unit."""
    if not unit or unit in units:
        return 1
    if times := _TIMES.get(unit[0]):
        if scaled := next((one for one in units if one[:1] in _TIMES), ""):
            raise CellError(
                "CB203",
                f"{column.title}写着“{text}”，单位却是“{scaled}”，分不清是哪个数。",
                f"按单位“{scaled}”只写数字。",
            )
        if unit[1:] in ("", *units):
            return times
    raise CellError(
        "CB203",
        f"{column.title}“{with_names(text)}”里的单位“{unit}”与规定的不同。",
        "换算后只写数字。",
    )


def flag_value(text: str) -> bool:
    """Return whether a cell says yes; raise `CellError` for what is neither yes nor no."""
    try:
        return _FLAGS[text.lower()]
    except KeyError:
        raise CellError("CB203", f"这里写“是”或“否”，不能写“{with_names(text)}”。") from None
