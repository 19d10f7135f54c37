"""Numbers written in Chinese."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese_number(value: int) -> str:
    """1 to 99 in Chinese, as headings of official documents count; digits beyond."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones else "")


def counting(value: int) -> str:
    """Return a number as it stands before what it counts: 两 for 2."""
    return "两" if value == 2 else chinese_number(value)
