"""Characters that no text may hold, and those beside which Chinese text has no space."""

from __future__ import annotations

import re
import unicodedata

CHINESE = (
    "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2014\u2026"
    "\U00020000-\U0003347f"
)
"""Han characters, rare ones of names too, and the punctuation of Chinese text, as the inside of a character class."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
"""What XML 1.0 (section 2.2) forbids, without which no feed and no Word file is well-formed; controls and
code points that HTML calls errors (13.2.3.5), which is what a misread encoding leaves; and
bidirectional overrides, with which a text shows other than it is (Unicode TR 36, 2.6)."""

_NAMES = {
    0x00A0: "不换行空格",
    0x00AD: "软连字符",
    0x200B: "零宽空格",
    0x200C: "零宽不连字",
    0x200D: "零宽连字",
    0x200E: "方向标记",
    0x200F: "方向标记",
    0x202A: "方向控制",
    0x202B: "方向控制",
    0x202C: "方向控制",
    0x202D: "方向控制",
    0x202E: "方向控制",
    0x2060: "零宽连接",
    0x2066: "方向控制",
    0x2067: "方向控制",
    0x2068: "方向控制",
    0x2069: "方向控制",
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


_UNSHOWN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def shown(text: str) -> str:
    """Return a text as one line for a terminal: what would move, colour or end it as `\\x1b`."""
    return _UNSHOWN.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


# --- what nobody sees -----------------------------------------------------------------------------

_MEANINGLESS = "\u00ad\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff"
_SIMPLE = f"\x00-\u024f{CHINESE}"
_JOINER = rf"(?:^|(?<=[{_SIMPLE}]))[\u200c\u200d]+|[\u200c\u200d]+(?=[{_SIMPLE}]|$)"
"""Joiners have a meaning in emoji and some scripts, none beside Chinese and Latin letters."""
_BLANK = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
_UNSEEN = re.compile(rf"[{_MEANINGLESS}]|{_JOINER}")
_ANY_UNSEEN = re.compile(rf"[{_MEANINGLESS}\u200c\u200d\u202a-\u202e\u2066-\u2069]")
_NAMED = re.compile(rf"{_ANY_UNSEEN.pattern}|[\x00-\x08\x0b-\x1f\x7f\u3000]|{_BLANK.pattern}")

UNSEEN = re.compile(rf"[{_MEANINGLESS}\u200c\u200d]|{_BLANK.pattern}")
"""What `visible` may change in a text."""


def visible(text: str) -> str:
    """Return a text without characters that show nothing and mean nothing; rare blanks as spaces."""
    if text.isascii() or not UNSEEN.search(text):
        return text
    return _BLANK.sub(" ", _UNSEEN.sub("", text))


def bare(text: str) -> str:
    """Return what is no prose (a number, a date, an id, a link) without anything unseen, or space around."""
    return _ANY_UNSEEN.sub("", text).strip()


def with_names(text: str) -> str:
    """Return a text for a message, in which every unseen character stands with its name."""
    return _NAMED.sub(lambda match: f"〔{code_point(match[0])}〕", text)


# --- ideographs in other shapes -------------------------------------------------------------------

_SHAPES = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""Radicals, and ideographs for compatibility: what copying from a PDF leaves in place of characters."""

RADICALS = dict(
    zip(
        "⺁⺇⺈⺊⺌⺎⺒⺓⺛⺜⺝⺠⺧⺩⺪⺫⺬⺮⺶⺼⺽⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻳",
        "厂几刀卜小兀巳幺旡日月民牛王疋目示竹羊肉臼虎西见角贝足车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龜龟",
        strict=True,
    )
)
"""Radicals of the supplement, which Unicode's own normal forms leave as they are, and their characters
(EquivalentUnifiedIdeograph.txt); those that are parts of characters only are left out."""


def folded(text: str) -> str:
    """Return a text with ordinary characters for radicals and compatibility ideographs."""
    return text if text.isascii() else _SHAPES.sub(_ordinary, text)


def _ordinary(match: re.Match[str]) -> str:
    return RADICALS.get(match[0]) or unicodedata.normalize("NFKC", match[0])


FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a formula begins with; a Chinese spreadsheet takes the full-width signs for the others."""


def no_formula(cell: str) -> str:
    """Return a cell of a CSV, with a quote before one that a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
