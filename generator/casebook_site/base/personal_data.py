"""What in a text says who a person is and how to reach them: numbers that no public page may show.

Identity numbers: GB 11643-1999 (18 digits, the last a check) and its forerunner of 15. Bank cards:
ISO/IEC 7812-1 (the Luhn check). Mobile numbers: the national numbering plan, 11 digits from 13 on.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class PersonalData:
    """One find in a text."""

    title: str
    """What it is: 身份证号、手机号 …"""
    text: str
    """As it stands in the text."""
    start: int
    """Where in the text."""

    @property
    def masked(self) -> str:
        """What may be shown of it: `370***********1234`."""
        head, tail = (3, 4) if len(self.text) > 9 else (2, 0)
        hidden = "*" * (len(self.text) - head - tail)
        return f"{self.text[:head]}{hidden}{self.text[len(self.text) - tail :]}"


def personal_data_in(text: str) -> Iterator[PersonalData]:
    """Yield what names or reaches a person, in the order of the text; what overlaps only once."""
    if not _WORTH_A_LOOK.search(text):
        return
    plain = text.translate(_HALF_WIDTH)
    plain = _ADDRESS.sub(lambda match: " " * len(match[0]), plain)
    end = 0
    for start, title, length in sorted(_finds(plain)):
        if start >= end:
            end = start + length
            yield PersonalData(title, text[start:end], start)


def _finds(plain: str) -> Iterator[tuple[int, str, int]]:
    """Yield (start, title, length), of one kind after the other."""
    for match in _LONG_NUMBER.finditer(plain):
        if title := _title_of(_SEPARATORS.sub("", match[0]).upper()):
            yield match.start(), title, len(match[0])
    for pattern, title in _PATTERNS:
        for match in pattern.finditer(plain):
            yield match.start(), title, len(match[0])


def _title_of(number: str) -> str:
    if is_identity_number(number):
        return "身份证号"
    if 16 <= len(number) <= 19 and number[0] in "3456" and number.isdigit() and _luhn(number):
        return "银行卡号"
    return ""


def is_identity_number(number: str) -> bool:
    """Return whether a number of 18 digits (the last may be X) or 15 is one of a person."""
    if number[:2] not in _PROVINCES:
        return False
    if len(number) == 15 and number.isdigit():
        return _is_day(f"19{number[6:12]}", first=1930)
    if len(number) != 18 or not number[:17].isdigit():
        return False
    return _is_day(number[6:14], first=1890) and check_character(number[:17]) == number[17]


def check_character(digits: str) -> str:
    """Return the last character of an identity number, given the 17 before it (ISO 7064, mod 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def _is_day(digits: str, *, first: int) -> bool:
    try:
        day = datetime.datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        return False
    return day.year >= first


def _luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)

_HALF_WIDTH = str.maketrans(
    {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | {chr(0xFF21 + n): chr(0x41 + n) for n in range(26)}
    | {chr(0xFF41 + n): chr(0x61 + n) for n in range(26)}
    | dict.fromkeys("－–—‑", "-")
    | dict.fromkeys("\u3000\u00a0\u2009\u202f", " ")
    | {"＠": "@", "＋": "+", "．": "."}
)
_SEPARATORS = re.compile(r"[ -]")
_WORTH_A_LOOK = re.compile(r"[0-9０-９][^\n]{0,3}[0-9０-９]|[@＠]")
_ADDRESS = re.compile(r"https?://[!-~]+")
_LONG_NUMBER = re.compile(
    r"(?<![0-9A-Za-z.])[0-9](?:[ -]?[0-9]){13,18}(?:[ -]?[Xx])?(?![0-9A-Za-z])"
)
_PATTERNS = (
    (
        re.compile(
            r"(?<![\d.A-Za-z-])(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\dA-Za-z]|\.\d)"
        ),
        "手机号",
    ),
    (
        re.compile(
            r"[\w.+-]+@(?:(?:vip\.)?(?:qq|163|126|139|189|wo|sina|sohu|tom|21cn|yeah|foxmail|aliyun)"
            r"|gmail|outlook|hotmail|live|icloud|yahoo)\.(?:com|cn|net)(?:\.cn)?(?![\w.-]*\w)",
            re.ASCII | re.IGNORECASE,
        ),
        "个人邮箱",
    ),
    (
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][· •.]?"
            r"(?=[A-Z]{0,2}[0-9])[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
        ),
        "车牌号",
    ),
    (
        re.compile(
            r"(?:出生日期|出生年月日?|生日|生于|出生于)[：: 是为]*"
            r"(?:19[3-9]\d|20\d\d)[年./-] ?\d{1,2}[月./-] ?\d{1,2}日?"
            r"|(?:19[3-9]\d|20\d\d)[年./-]\d{1,2}[月./-]\d{1,2}日?(?:出)?生(?![产活态效])"
        ),
        "出生日期",
    ),
)
