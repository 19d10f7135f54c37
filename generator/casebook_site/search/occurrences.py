"""Where every two neighbouring characters of texts occur, as arrays.

A piece is two characters, as one number (`code`). All texts of some documents are joined and taken
apart at once: loops over characters took eight times as long. numpy is loaded with this module, so
it is imported only where an index is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from casebook_site.search.documents import FIELDS, STEP, SearchDocument
from casebook_site.search.layout import HASH_BITS, SPREAD
from casebook_site.search.text import normal

Numbers = npt.NDArray[Any]
"""Whole numbers of any width."""

CHARACTER_BITS = 21
"""Bits of a code point."""
CHARACTER = (1 << CHARACTER_BITS) - 1
SPACE, DOT = 0x20, 0x2E


def code(first: Numbers, second: Numbers) -> Numbers:
    """Return pieces as numbers: two code points in one."""
    return first.astype(np.int64) << CHARACTER_BITS | second


def hashes(pieces: Numbers) -> Numbers:
    """Return the hash of each piece, whose upper bits are its shard (`layout.shard_of`)."""
    both = (pieces >> CHARACTER_BITS) * 31 + (pieces & CHARACTER)
    return (both.astype(np.uint64) * SPREAD).astype(np.uint32)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where pieces occur in one field of some documents."""

    pieces: Numbers
    """Each piece once, ascending."""
    counts: Numbers
    """How often each occurs."""
    documents: Numbers
    """The document of every occurrence; those of one piece together, by document and place."""
    places: Numbers
    beside: Numbers
    """What stands beside each place in names and readings; empty for other fields."""

    def arranged(self, order: Numbers) -> Occurrences:
        """Return the same with the pieces in another order."""
        starts = (np.cumsum(self.counts) - self.counts)[order]
        counts = self.counts[order]
        before = np.cumsum(counts) - counts
        each = np.repeat(starts - before, counts) + np.arange(counts.sum())
        return Occurrences(
            self.pieces[order],
            counts,
            self.documents[each],
            self.places[each],
            self.beside[each] if len(self.beside) else self.beside,
        )

    def cut(self, bits: int) -> list[Occurrences]:
        """Return the occurrences of each stretch of pieces: those whose hashes begin alike."""
        stretches = hashes(self.pieces) >> np.uint32(HASH_BITS - bits) if bits else None
        if stretches is None:
            return [self]
        sorted_ = self.arranged(np.argsort(stretches, kind="stable"))
        pieces = np.cumsum(np.bincount(stretches, minlength=1 << bits))
        ends = np.append(0, np.cumsum(sorted_.counts))[pieces]
        found = []
        for a, b, x, y in zip(
            np.append(0, pieces[:-1]), pieces, np.append(0, ends[:-1]), ends, strict=True
        ):
            found.append(
                Occurrences(
                    sorted_.pieces[a:b],
                    sorted_.counts[a:b],
                    sorted_.documents[x:y],
                    sorted_.places[x:y],
                    sorted_.beside[x:y],
                )
            )
        return found


def joined(parts: Sequence[Occurrences]) -> Occurrences:
    """Return the occurrences of documents that follow each other by number."""
    together = Occurrences(
        np.concatenate([part.pieces for part in parts]),
        np.concatenate([part.counts for part in parts]),
        np.concatenate([part.documents for part in parts]),
        np.concatenate([part.places for part in parts]),
        np.concatenate([part.beside for part in parts]),
    )
    if len(parts) == 1 or not len(together.pieces):
        return together
    found = together.arranged(np.argsort(together.pieces, kind="stable"))
    firsts = starts_of(found.pieces)
    counts = np.add.reduceat(found.counts, firsts)
    return Occurrences(found.pieces[firsts], counts, found.documents, found.places, found.beside)


def starts_of(values: Numbers) -> Numbers:
    """Return where each run of equal values begins."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1]))


def characters_of(found: Occurrences) -> Iterator[str]:
    """Yield every character that occurs."""
    pieces = found.pieces
    both = np.concatenate([pieces >> CHARACTER_BITS, pieces & CHARACTER])
    return map(chr, np.unique(both).tolist())


# --- taking apart ---------------------------------------------------------------------------------


@dataclass
class _Lines:
    """Texts of one field that are taken apart together."""

    texts: list[str] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """The place of each text's first character."""
    beside: list[int] = field(default_factory=list)
    """For each character what stands beside its place; none for fields without."""

    def add(self, document: int, text: str, start: int) -> None:
        self.texts.append(text)
        self.documents.append(document)
        self.starts.append(start)

    def occurrences(self, *, single: bool = False) -> Occurrences:
        """Take the texts apart; `single`: into single characters too, each as `村.`."""
        characters = np.frombuffer("".join(self.texts).encode("utf-32-le"), np.uint32)
        lengths = np.array(list(map(len, self.texts)), np.int64)
        ends = np.cumsum(lengths)
        inner = np.ones(len(characters), bool)
        inner[ends - 1] = False
        at = np.flatnonzero(inner)
        firsts, seconds = characters[at], characters[at + 1]
        if single:
            alone = np.flatnonzero(characters != SPACE)
            at = np.concatenate([at, alone])
            firsts = np.concatenate([firsts, characters[alone]])
            seconds = np.concatenate([seconds, np.full(len(alone), DOT, np.uint32)])
        pieces, at = _sorted(firsts, seconds, at, len(characters))
        each = np.repeat(np.arange(len(lengths)), lengths)[at]
        starts = starts_of(pieces) if len(pieces) else pieces
        return Occurrences(
            pieces[starts],
            np.diff(np.append(starts, len(pieces))),
            np.array(self.documents, np.uint32)[each],
            (at - (ends - lengths - np.array(self.starts, np.int64))[each]).astype(np.uint32),
            np.array(self.beside, np.uint32)[at if self.beside else at[:0]],
        )


def _sorted(firsts: Numbers, seconds: Numbers, at: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """Return pieces and positions, by piece and then by position.

    Piece and position are sorted as one number, for which the characters are numbered: sorting
    numbers is many times as fast as finding their order.
    """
    known = np.zeros(CHARACTER + 1, bool)
    known[firsts] = known[seconds] = True
    alphabet = np.flatnonzero(known)
    index = np.zeros(CHARACTER + 1, np.uint64)
    index[alphabet] = np.arange(len(alphabet))
    bits, width = np.uint64(size.bit_length()), np.uint64(len(alphabet))
    keys = (index[firsts] * width + index[seconds]) << bits | at.astype(np.uint64)
    keys.sort()
    pairs = keys >> bits
    pieces = code(
        alphabet[pairs // max(width, np.uint64(1))], alphabet[pairs % max(width, np.uint64(1))]
    )
    return pieces, (keys & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)


def occurrences_of(members: Sequence[tuple[int, SearchDocument]]) -> tuple[Occurrences, ...]:
    """Take documents apart, which come in the order of their numbers; one result for each field.

    Places count characters of the normal forms; one space stands before and behind each value. Each
    heading, text and gap begins at a multiple of `STEP`.
    """
    names, headings, texts, readings, gaps = (_Lines() for _ in FIELDS)
    for number, document in members:
        _add_names(names, number, document.names)
        _add_texts(headings, number, document.headings)
        _add_texts(texts, number, document.texts)
        _add_readings(readings, number, document.readings)
        _add_texts(gaps, number, document.gaps)
    return (
        names.occurrences(single=True),
        headings.occurrences(),
        texts.occurrences(),
        readings.occurrences(),
        gaps.occurrences(),
    )


def _add_texts(lines: _Lines, number: int, values: Iterable[str]) -> None:
    start = 0
    for text in filter(None, map(normal, values)):
        lines.add(number, f" {text} ", start)
        start += ((len(text) + 2) // STEP + 1) * STEP


def _add_names(lines: _Lines, number: int, names: Iterable[str]) -> None:
    """Add names; beside each place stands the length of the name."""
    start = 0
    for text in map(normal, names):
        lines.add(number, f" {text} ", start)
        lines.beside += [len(text)] * (len(text) + 2)
        start += len(text) + 3


def _add_readings(lines: _Lines, number: int, readings: Iterable[Sequence[str]]) -> None:
    """Add `yuchengshi` and `ycs`.

    Beside each place stands the doubled length, and one more where a syllable begins.
    """
    start = 0
    for syllables in readings:
        for parts in (syllables, [syllable[:1] for syllable in syllables]):
            if line := "".join(parts):
                lines.add(number, line, start)
                length = 2 * len(line)
                for part in parts:
                    lines.beside += [length + 1, *[length] * (len(part) - 1)]
            start += len(line) + 1
