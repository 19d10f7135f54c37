"""Numbers and postings as text that stands in a JavaScript string without escapes.

A number is written in digits of base 44, lowest first: a character of the first half of the
alphabet ends the number, one of the second half says that more follows. Numbers below 44 take one
character, below 1,980 two, below 87,164 three.

A posting list is, for each document in the order of their numbers: the distance from the document
before it, doubled, and one more where there are several places; if so, how many beyond two; then
the places. A place is the distance from the place before it. In names each place is followed by
the length of the name; in readings by that length doubled, and one more where a syllable begins.
"""

from __future__ import annotations

ALPHABET = "".join(chr(point) for point in range(0x21, 0x7F) if chr(point) not in '"\\,.:<')
"""88 printable characters. What the shards use to part entries, and quotes, are not among them."""

BASE = 44
assert len(ALPHABET) == 2 * BASE


def _written(value: int) -> str:
    text = ""
    while value >= BASE:
        text += ALPHABET[BASE + value % BASE]
        value = value // BASE - 1
    return text + ALPHABET[value]


SHORT = [_written(value) for value in range(4096)]
"""The numbers that nearly all are, written."""


def number(value: int) -> str:
    """Return a whole number from 0 as digits of the posting alphabet."""
    return SHORT[value] if value < 4096 else _written(value)


def head(distance: int, several: bool) -> str:
    """Return the code that begins a document in a posting list."""
    value = distance * 2 + several
    return SHORT[value] if value < 4096 else _written(value)
