"""How values are said in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeVar

from casebook_site.base.numerals import chinese_number
from casebook_site.base.pinyin import pinyin
from casebook_site.records import Record

Item = TypeVar("Item")

PAPERS = {"": "学习资料", "test": "自测题", "answers": "自测题（带答案）"}
"""What is printed of a record → what readers call it."""


def number(value: float) -> str:
    """Return a number's digits, all of them and without separators: `120258`, `1234567.5`."""
    if isinstance(value, float) and not value.is_integer():
        return f"{Decimal(repr(value)):f}"  # the shortest that means the same, never `1e-05`
    return str(int(value))


def measure(amount: str, unit: str) -> str:
    """Return an amount with its unit: Chinese stands without a blank (`80个`, `5 km`, `95%`)."""
    return f"{amount}{spaced(unit)}"


def spaced(unit: str) -> str:
    """Return a unit as it follows a number: with a blank before it if it is a Latin word."""
    return f" {unit}" if unit[:1].isascii() and unit[:1].isalpha() else unit


def spelling(record: Record) -> str:
    """Return the pinyin of a name, for sorting: the editor's own where the dictionary is wrong."""
    return record.pinyin.lower() if record.pinyin else pinyin(record.name)


def initial(record: Record) -> str:
    """Return the letter under which a record stands in the alphabet, `#` for what has none."""
    first = spelling(record).strip(" “”《》（）\"'")[:1]
    return first if "a" <= first <= "z" else "#"


def by_pinyin(items: Iterable[Item], name: Callable[[Item], Any]) -> list[Item]:
    """Sorted by pinyin of a name, then by the name itself; a record may spell its own."""

    def key(item: Item) -> tuple[str, str]:
        text = str(name(item))
        return (spelling(item) if isinstance(item, Record) else pinyin(text), text)

    return sorted(items, key=key)


def heading_number(level: int, count: int) -> str:
    """Return the numbers of official documents (GB/T 9704-2012, 7.3.3): 一、（一）1.（1）"""
    match level:
        case 1:
            return f"{chinese_number(count)}、"
        case 2:
            return f"（{chinese_number(count)}）"
        case 3:
            return f"{count}."
        case _:
            return f"（{count}）"
