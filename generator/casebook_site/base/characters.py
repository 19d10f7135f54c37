"""Characters that no text may hold, and invisible ones that mean nothing in a name or a number."""

from __future__ import annotations

import re
import unicodedata

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
"""What XML 1.0 (section 2.2) forbids, without which no feed and no Word file is well-formed; and
bidirectional overrides, with which a text shows other than it is (Unicode TR 36, 2.6)."""

_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
"""Characters without a width: they come along when somebody copies from a page or a chat."""

_NAMES = {
    0x00A0: "不换行空格",
    0x200B: "零宽空格",
    0x200C: "零宽不连字",
    0x200D: "零宽连字",
    0x200E: "方向标记",
    0x200F: "方向标记",
    0x2060: "零宽连接",
    0x3000: "全角空格",
    0xFEFF: "字节序标记",
}


def forbidden_in(text: str) -> tuple[int, str] | None:
    """Return index and name (`U+000B`) of the first character that no text may hold, or None."""
    match = FORBIDDEN.search(text)
    return (match.start(), code_point(match[0])) if match else None


def code_point(character: str) -> str:
    """Return a character as `U+200B`, with its Chinese name where it has one here."""
    number = ord(character)
    name = _NAMES.get(number, "")
    return f"U+{number:04X}{f'（{name}）' if name else ''}"


def without_invisible(text: str) -> str:
    """Return a name, number or id without characters that nobody sees, on one kind of space."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u3000", " ").strip()


def invisible_in(text: str) -> str:
    """Return the names of the invisible characters of a text, joined by 、; empty if none."""
    found = dict.fromkeys(re.findall(f"{_INVISIBLE.pattern}|[\u00a0\u3000]", text))
    return "、".join(map(code_point, found))


def unradicalled(text: str) -> str:
    """Return a text with Kangxi and CJK radicals (⼤⾢) as the characters that they look like."""
    return _RADICAL.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


_RADICAL = re.compile("[\u2e80-\u2fd5]")
