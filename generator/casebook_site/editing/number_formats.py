"""What a cell of a workbook shows: its value read through its number format, as Excel draws it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from openpyxl.styles import numbers
from openpyxl.utils.datetime import WINDOWS_EPOCH

from casebook_site.editing.cell_text import Cell, Fault, exact

YEARS = range(1900, 2101)
"""A date cell that holds one of these numbers was given a year: 2022 would be a day of 1905."""

# Excel keeps these by number alone, and their meaning is that of the Chinese edition
# (ECMA-376 part 1, 18.8.30, zh-cn); openpyxl would take the days for numbers.
_MONTH, _DAY, _TIME = 'yyyy"年"m"月"', 'm"月"d"日"', 'h"时"mm"分"'
numbers.BUILTIN_FORMATS.update(
    dict.fromkeys((27, 36, 50, 52, 57), _MONTH)
    | dict.fromkeys((28, 29, 51, 53, 54, 58), _DAY)
    | {30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: _TIME, 33: f'{_TIME}ss"秒"'}
    | {34: _TIME, 35: f'{_TIME}ss"秒"', 55: _TIME, 56: f'{_TIME}ss"秒"'}
)

_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|[_*].')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_GENERAL = re.compile(r"General|G/通用格式", re.IGNORECASE)
_MINUTES = re.compile(r"(?<=h)([^a-z]*)m{1,2}|m{1,2}(?=[^a-z]*s)")


@dataclass(frozen=True)
class NumberFormat:
    """What a format shows of a day or a number."""

    date: str
    """The parts of a day that are shown, out of `ymd`, in this order."""
    time: str
    """The parts of a time that are shown, out of `hs`, in this order; `h` is hours and minutes."""
    percents: int
    """How often a number is shown a hundred times as large."""
    suffix: str
    """Text behind the number: `万元`."""
    is_scaled: bool
    """Whether the number is shown divided by thousands."""


@lru_cache(maxsize=1000)
def parse_format(code: str) -> NumberFormat:
    """Return what a number format shows; of several sections, the one for positive numbers."""
    section = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code or "General")[0]
    section = _ELAPSED.sub(r"\1", section)
    pattern = _BRACKETS.sub("", _GENERAL.sub("0", section))
    bare = _LITERAL.sub("", pattern)
    words = re.sub(r"am/pm|a/p|上午/下午", "", bare.lower())
    if re.search(r"[ymdhse]", re.sub(r"e[+-]", "", words)) and not re.search(r"[0#?]", words):
        return _date_format(words)
    number = re.sub(r"e[+-]0+", "", bare, flags=re.IGNORECASE)
    behind = re.split(r"[0#?]", pattern)[-1] if re.search(r"[0#?]", bare) else ""
    suffix = "".join(a or b for a, b in _LITERAL.findall(behind))
    suffix += re.sub(r"[\s.,%@]|[Ee][+-]", "", _LITERAL.sub("", behind))
    is_scaled = bool(re.search(r"[0#?],+(?![0#?,])", number))
    return NumberFormat("", "", bare.count("%"), suffix, is_scaled)


def _date_format(words: str) -> NumberFormat:
    """Return what a format shows of a day; ddd and aaaa are days of the week."""
    without_minutes = _MINUTES.sub(r"\1", words)
    date = "".join(
        part
        for part, found in (
            ("y", re.search("[ye]", without_minutes)),
            ("m", "m" in without_minutes),
            ("d", re.search(r"(?<!d)d{1,2}(?!d)", without_minutes)),
        )
        if found
    )
    time = ("h" if "h" in words else "") + ("s" if "s" in words else "")
    return NumberFormat(date, time, 0, "", False)


def shown(value: Any, code: str, epoch: datetime.datetime = WINDOWS_EPOCH) -> Cell | Fault:
    """Return a cell as its reader sees it.

    A day is as exact as its format shows it: a date, `2022-03`, or the year. Percents and units come
    with the number: `95%`, `3.5万元`. What shows other than it is, is a `Fault`.
    """
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return _clock(minutes // 60, minutes % 60, seconds)
    if isinstance(value, datetime.time):
        return _clock(value.hour, value.minute, value.second)
    if isinstance(value, datetime.datetime | datetime.date):
        return _shown_day(value, parse_format(code), epoch)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _shown_number(value, parse_format(code))
    return value  # type: ignore[no-any-return]


def _shown_day(
    value: datetime.datetime | datetime.date, form: NumberFormat, epoch: datetime.datetime
) -> Cell | Fault:
    day = value.date() if isinstance(value, datetime.datetime) else value
    serial = (day - epoch.date()).days
    if serial in YEARS:
        return serial
    clock = ""
    if isinstance(value, datetime.datetime) and form.time and value.time() != datetime.time():
        clock = _clock(value.hour, value.minute, value.second if "s" in form.time else 0)
    match form.date:
        case "ymd":
            return f"{day.isoformat()} {clock}" if clock else day
        case "ym":
            return day.isoformat()[:7]
        case "y":
            return day.year
        case "":
            return clock or day
    seen = f"{day.month}月{day.day}日" if form.date == "md" else f"{day.month}月"
    return Fault(
        seen,
        f"这一格被电子表格当成了日期“{seen}”，看不出是哪一年；原来写的可能是 {day.month}-{day.day}。",
        "把单元格的格式设为“文本”再写一遍；是日期就写全年月日。",
    )


def _clock(hours: int, minutes: int, seconds: int) -> str:
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _shown_number(value: int | float, form: NumberFormat) -> Cell | Fault:
    if form.is_scaled:
        return Fault(
            exact(value),
            f"这一格存的是 {exact(value)}，显示时按千缩小了，看见的不是存的数。",
            "把单元格的格式设为“常规”，看清数值再导入。",
        )
    if form.percents:
        return f"{exact(Decimal(exact(value)) * 100**form.percents)}{'%' * form.percents}"
    return f"{exact(value)}{form.suffix}" if form.suffix else value
