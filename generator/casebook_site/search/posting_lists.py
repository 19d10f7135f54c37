"""Posting lists written from occurrences: in which documents a piece stands, and where.

The form is that of `coding`; here all lists of a field are written at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from casebook_site.search import coding, layout
from casebook_site.search.occurrences import Numbers, Occurrences

TABLE = 44 + 44**2 + 44**3
"""Numbers of up to three digits are looked up."""


@cache
def _alphabet() -> Numbers:
    return np.frombuffer(coding.ALPHABET.encode(), np.uint8)


@cache
def _short() -> Numbers:
    """Return the numbers below `TABLE`, written."""
    rows = np.zeros((TABLE, 4), np.uint8)
    values = np.arange(TABLE)
    at = values
    for digit in range(3):
        more = values >= coding.BASE
        rows[at, digit] = _alphabet()[values % coding.BASE + coding.BASE * more]
        at, values = at[more], values[more] // coding.BASE - 1
    return rows.view("S4").ravel()


def written(values: Numbers) -> Numbers:
    """Return numbers as digits (`coding.number`): fixed width, with zeros behind."""
    if not len(values) or values.max() < TABLE:
        return _short()[values]
    found = _short()[np.minimum(values, TABLE - 1)].astype("S8")
    large = np.flatnonzero(values >= TABLE)
    digits = _alphabet()[coding.BASE + values[large] % coding.BASE].view("S1")
    found[large] = np.char.add(digits, written(values[large] // coding.BASE - 1))
    return found


def lengths(values: Numbers) -> Numbers:
    """Return how many digits each number has."""
    found, limit, base = np.ones(len(values), np.int64), coding.BASE, coding.BASE
    largest = values.max(initial=0)
    while limit <= largest:
        found += values >= limit
        base *= coding.BASE
        limit += base
    return found


@dataclass(frozen=True, slots=True)
class PostingLists:
    """The posting lists of all pieces of a field."""

    pieces: list[int]
    text: str
    """All lists, one after the other."""
    ends: list[int]
    """Where the list of each piece ends in `text`."""
    sizes: list[int]
    """Characters of each list but for the first document of each slice, as the plan counts them."""
    groups: list[int]
    """The first posting of each piece; a posting is one document in a list."""
    documents: Numbers
    """The document of each posting."""
    several: Numbers
    """Whether the piece has several places in it."""
    bodies: Numbers
    """Where the places of each posting begin in `text`, after its head."""
    body_ends: Numbers
    shortest: Numbers
    """For each posting the smallest number beside a place; none for fields without."""

    def lists(self) -> dict[int, str]:
        """Return piece → posting list."""
        starts = [0, *self.ends]
        return {
            piece: self.text[start:end]
            for piece, start, end in zip(self.pieces, starts, self.ends, strict=False)
        }

    def long(self) -> list[int]:
        """Return the places in `pieces` of those whose lists are kept out of the shards."""
        return [place for place, size in enumerate(self.sizes) if size > layout.INLINE]

    def slice(self, place: int, part: int) -> str:
        """Return the part of a list that lies in one slice, counted from its beginning."""
        first, last = self.groups[place], self.groups[place + 1]
        inside = self.documents[first:last] >> layout.SPACE_BITS == part
        own = first + np.flatnonzero(inside)
        if not len(own):
            return ""
        start, end = own[0], own[-1]
        head = self._head(start, part * layout.SPACE)
        return head + self.text[self.bodies[start] : self.body_ends[end]]

    def kept_out(self, place: int, unit: int) -> str:
        """Return what stands in the shard in place of a long list: its length, and champions.

        `unit`: by what the number beside a place is divided for the length of a name; 0 for none.
        """
        first, last = self.groups[place], self.groups[place + 1]
        text = ":" + coding.number(last - first)
        if not unit:
            return text
        short = np.argsort(self.shortest[first:last] // unit, kind="stable")[: layout.CHAMPIONS]
        before = 0
        for posting in first + np.sort(short):
            text += self._head(posting, before)
            text += self.text[self.bodies[posting] : self.body_ends[posting]]
            before = int(self.documents[posting])
        return text

    def _head(self, posting: int, before: int) -> str:
        return coding.head(int(self.documents[posting]) - before, bool(self.several[posting]))


def posting_lists(found: Occurrences) -> PostingLists:
    """Write the lists of all pieces of a field."""
    size = len(found.documents)
    firsts = np.cumsum(found.counts) - found.counts
    opens = np.zeros(size, bool)
    opens[firsts] = True
    new = opens.copy()
    new[1:] |= found.documents[1:] != found.documents[:-1]
    postings = np.flatnonzero(new)
    documents = found.documents[postings].astype(np.int64)
    counts = np.diff(np.append(postings, size))
    heads = 2 * _distances(documents, opens[postings]) + (counts > 1)
    text, widths = _written_rows(found, postings, heads, counts)

    ends = np.cumsum(widths)
    groups = np.flatnonzero(opens[postings])
    head_lengths = lengths(heads)
    first_of_slice = opens[postings]
    first_of_slice[1:] |= np.diff(documents >> layout.SPACE_BITS) != 0
    return PostingLists(
        found.pieces.tolist(),
        text,
        ends[firsts + found.counts - 1].tolist(),
        (_sums(widths, firsts) - _sums(head_lengths * first_of_slice, groups)).tolist(),
        [*groups.tolist(), len(postings)],
        documents,
        counts > 1,
        ends[postings] - widths[postings] + head_lengths,
        ends[postings + counts - 1],
        np.minimum.reduceat(found.beside, postings) if len(found.beside) else found.beside,
    )


def _distances(numbers: Numbers, begins: Numbers) -> Numbers:
    """Return the distance of each number from the one before it, or from 0 where a list begins."""
    found = numbers.copy()
    found[1:] -= np.where(begins[1:], 0, numbers[:-1])
    return found


def _sums(values: Numbers, starts: Numbers) -> Numbers:
    return np.add.reduceat(values, starts) if len(starts) else starts


def _written_rows(
    found: Occurrences, postings: Numbers, heads: Numbers, counts: Numbers
) -> tuple[str, Numbers]:
    """Return all lists as one text, and the length of what is written for each occurrence.

    A row is what is written for an occurrence, in columns of fixed width: where a posting begins,
    its head and the number of its places if there are several; then the place.
    """
    opens = np.zeros(len(found.places), bool)
    opens[postings] = True
    several = counts > 1
    columns: list[tuple[Any, Numbers]] = [
        (postings, heads),
        (postings[several], counts[several] - 2),
        (slice(None), _distances(found.places.astype(np.int64), opens)),
    ]
    if len(found.beside):
        columns.append((slice(None), found.beside))
    digits = [written(values) for _, values in columns]
    rows = np.zeros(len(opens), [(str(n), column.dtype) for n, column in enumerate(digits)])
    widths = np.zeros(len(opens), np.int64)
    for number, (where, values) in enumerate(columns):
        rows[str(number)][where] = digits[number]
        widths[where] += lengths(values)
    return rows.tobytes().translate(None, b"\0").decode("ascii"), widths
