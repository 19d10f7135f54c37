"""The form in which texts and queries are compared. `search-text.js` does the same in the browser.

The steps, each of which both sides take alike (`tests/golden/search-text.json` holds them to it):

1. Unicode NFKD: full-width forms, circled numbers, compatibility ideographs become ordinary
   characters, accents become marks of their own.
2. Lower case.
3. Marks and invisible characters fall away; traditional characters become simplified ones, one by
   one (OpenCC's table); ς becomes σ.
4. Whatever is neither letter nor digit is a gap. A run of gaps is one space, at the ends none.

So two texts are the same for search when their normal forms are: punctuation is told from no
punctuation, but not one mark from another. The ranges of letters are written out, because
browsers and Python know different versions of Unicode.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect
from functools import cache

import opencc

from casebook_site.base.characters import RADICALS

LETTERS = (
    (0x30, 0x39),
    (0x61, 0x7A),
    (0xAA, 0xAA),
    (0xB5, 0xB5),
    (0xBA, 0xBA),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x1FFF),
    (0x2C00, 0x2DFF),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x302F),
    (0x3031, 0x3035),
    (0x3038, 0x303C),
    (0x3041, 0x309F),
    (0x30A1, 0x30FA),
    (0x30FC, 0x318F),
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0xA48F),
    (0xA4D0, 0xFDFF),
    (0xFE70, 0xFEFC),
    (0x10000, 0x1CFFF),
    (0x20000, 0x3FFFF),
    (0xF0000, 0x10FFFF),
)
"""Code points of letters, digits, ideographs and private characters, first and last."""

UNSEEN = (
    (0xAD, 0xAD),
    (0x300, 0x36F),
    (0x483, 0x489),
    (0x180B, 0x180F),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2064),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
    (0xFEFF, 0xFEFF),
    (0xE0100, 0xE01EF),
)
"""Code points that fall away: marks above and below letters, variants, invisible characters."""

_FIRST_LETTERS = [first for first, _ in LETTERS]
_FIRST_UNSEEN = [first for first, _ in UNSEEN]


@cache
def simplified() -> dict[str, str]:
    """Traditional character or radical → simplified one, for every character that differs."""
    blocks = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))
    signs = [chr(point) for first, last in blocks for point in range(first, last + 1)]
    folded = opencc.OpenCC("t2s").convert("\n".join(signs)).split("\n")
    # A simplified form may itself be in the table; what it becomes must stay as it is.
    once = {a: b for a, b in zip(signs, folded, strict=True) if a != b and len(b) == 1}
    once |= {radical: once.get(b, b) for radical, b in RADICALS.items()}
    return {a: once.get(b, b) for a, b in once.items()}


class _Table(dict[int, str | None]):
    """What each code point becomes, filled in as characters occur."""

    def __missing__(self, point: int) -> str | None:
        found: str | None = " "
        if _within(point, UNSEEN, _FIRST_UNSEEN):
            found = None
        elif _within(point, LETTERS, _FIRST_LETTERS):
            found = "σ" if point == 0x3C2 else simplified().get(chr(point), chr(point))
        self[point] = found
        return found


def _within(point: int, ranges: tuple[tuple[int, int], ...], firsts: list[int]) -> bool:
    place = bisect(firsts, point) - 1
    return place >= 0 and point <= ranges[place][1]


_TABLE = _Table()


def normal(text: str) -> str:
    """Return the normal form of a text: letters, with single spaces in place of all else."""
    folded = unicodedata.normalize("NFKD", text).lower().translate(_TABLE)
    return " ".join(filter(None, folded.split(" ")))


def pairs(used: set[str]) -> str:
    """`黨党國国…`: the traditional characters whose simplified form is among those used."""
    return "".join(a + b for a, b in simplified().items() if b in used or a in used)
