"""A changed document in the files of an index, which is not made anew.

Only headings and texts may change. The files are taken as they lie there: an entry is found by its
piece, a posting list is walked to the document, and what stands there is replaced, so that the
bytes are those that a whole index of the new documents would have. docs/SEARCH.md has the format.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from zlib import crc32

from casebook_site.search import coding
from casebook_site.search import index as whole
from casebook_site.search.documents import SearchDocument, bigrams
from casebook_site.search.index import Totals
from casebook_site.search.postings import HEADINGS, TEXTS, card
from casebook_site.search.text import pairs

PROBES = 64
"""Numbers that are tried for a document whose own is taken."""


class CannotPatch(Exception):
    """More would change than can be told from the files: the index is to be made anew."""


class Change(NamedTuple):
    """A document before and after."""

    old: SearchDocument
    new: SearchDocument


def patch(
    totals: Totals, read: Callable[[str], bytes], changes: Iterable[Change]
) -> tuple[dict[str, bytes], Totals]:
    """The files that change, by name, and the totals afterwards.

    `read` gives the bytes of a file as it stands. Raises `CannotPatch`; nothing is written.
    """
    patching = _Patching(totals, read)
    for old, new in changes:
        patching.change(old, new)
    return patching.files(), patching.totals


class _Patching:
    """The files that have been looked at, taken apart as far as needed."""

    def __init__(self, totals: Totals, read: Callable[[str], bytes]) -> None:
        self.totals = replace(totals, long=dict(totals.long))
        self._read_file = read
        self._texts: dict[str, str] = {}
        """Name → value of a file, as JSON; of those that are not shards."""
        self._shards: dict[str, dict[str, str]] = {}
        """Name of a shard → piece → the rest of its entry."""
        self._touched: set[str] = set()
        self._corpus: dict[str, Any] = json.loads(self._text("corpus"))
        if self._corpus["pieces"] < 0:
            raise CannotPatch("an index without posting lists")
        self._gained: set[str] = set()
        self._lost: set[str] = set()

    # --- reading --------------------------------------------------------------------------------

    def _text(self, name: str) -> str:
        if name not in self._texts:
            text = self._read_file(name).decode()
            start = f'casebookSearch("{name}",'
            if not (text.startswith(start) and text.endswith(")\n")):
                raise CannotPatch(f"{name} is damaged")
            self._texts[name] = text[len(start) : -2]
        return self._texts[name]

    def _shard(self, name: str) -> dict[str, str]:
        if name not in self._shards:
            entries = filter(None, self._text(name)[1:-1].split(","))
            self._shards[name] = {entry[:2]: entry[2:] for entry in entries}
        return self._shards[name]

    # --- one document ---------------------------------------------------------------------------

    def change(self, old: SearchDocument, new: SearchDocument) -> None:
        """Puts a document in the place of another version of it."""
        if old == new:
            return
        same = ("id", "path", "names", "readings", "facets", "place")
        if any(getattr(old, name) != getattr(new, name) for name in same):
            raise CannotPatch(f"{old.id} has another name, place or category")
        number = self._recarded(old, new)
        for place, before, after in (
            (HEADINGS, bigrams(old.headings), bigrams(new.headings)),
            (TEXTS, bigrams(old.texts), bigrams(new.texts)),
        ):
            for piece in before.keys() | after.keys():
                if before.get(piece) != after.get(piece):
                    self._relist(place, piece, number, after.get(piece))
            self._gained.update(*after.keys() - before.keys())
            self._lost.update(*before.keys() - after.keys())
        self._resize(number, _length(old), _length(new))

    def _recarded(self, old: SearchDocument, new: SearchDocument) -> int:
        """Changes what a result shows; returns the document's number."""
        before, after = card(old), card(new)
        for number in self._numbers(old.id):
            name = f"cards-{number >> self._corpus['cards']:x}"
            known, start = f'"{number}":{before}', f'"{number}":'
            if known in self._text(name):
                self._texts[name] = self._text(name).replace(known, start + after, 1)
                self._touched.add(name)
                grown = self.totals.cards + len(after) - len(before)
                self.totals = replace(self.totals, cards=grown)
                return number
        raise CannotPatch(f"{old.id} is not found")

    def _numbers(self, id: str) -> Iterator[int]:
        """The numbers that a document may have: that of its id, and those after it."""
        slices, bits = whole.space_of(self._corpus["documents"])
        hashed = crc32(id.encode())
        start, place = (hashed % slices) * whole.SPACE, hashed >> 32 - bits
        for step in range(PROBES):
            yield start + (place + step) % (1 << bits)

    def _resize(self, number: int, before: int, after: int) -> None:
        """Changes the length of a document's texts in the table."""
        self.totals = replace(self.totals, length=self.totals.length + after - before)
        unit = whole.LENGTH_UNIT
        if before // unit == after // unit:
            return
        shift = self._corpus["table"]
        name = f"table-{number >> shift:x}"
        numbers = _NUMBER.findall(self._text(name)[1:-1])
        at = number >> shift << shift
        for row in range(0, len(numbers), 4):
            at += _value(numbers[row])
            if at == number:
                numbers[row + 2] = coding.number(after // unit)
                self._texts[name] = '"' + "".join(numbers) + '"'
                self._touched.add(name)
                return
        raise CannotPatch(f"{name} is damaged")

    # --- posting lists --------------------------------------------------------------------------

    def _relist(self, place: int, piece: str, number: int, at: list[int] | None) -> None:
        """Sets the places of a piece in a document; `at` is None for none."""
        name = f"pieces-{whole.shard_of(piece, self._corpus['pieces']):x}"
        shard = self._shard(name)
        fields = _fields(shard.get(piece, ""))
        before = _weight(fields)
        posting = (len(at) > 1, coding.places(at)) if at else None
        if fields[place].startswith(":"):
            fields[place] = self._relist_common(place, piece, number, posting, fields[place])
        else:
            postings = _postings(fields[place])
            size = _size(postings, self._slices)
            _set(postings, 0, number, posting)
            fields[place] = "".join(postings)
            grown = _size(postings, self._slices)
            if grown > whole.INLINE:
                raise CannotPatch(f"the list of {piece} gets long")
            weight = self.totals.inline + _weight(fields) - before + grown - size
            self.totals = replace(self.totals, inline=weight)
        self._touched.add(name)
        shard[piece] = ".".join(fields).rstrip(".")
        if not shard[piece]:
            del shard[piece]

    def _relist_common(
        self, place: int, piece: str, number: int, posting: Posting | None, told: str
    ) -> str:
        """The same in a list that is kept out; returns what its shard tells of it."""
        part = whole.slice_of(number)
        shard = whole.shard_of(piece, self._corpus["common"])
        name = f"common-{part:x}-{shard:x}"
        entries = self._shard(name)
        fields = _fields(entries.get(piece, ""))
        postings = _postings(fields[place])
        size = _size(postings, 1)
        more = _set(postings, part * whole.SPACE, number, posting)
        fields[place] = "".join(postings)
        entries[piece] = ".".join(fields).rstrip(".")
        self._touched.add(name)
        grown = _size(postings, 1) - size
        key = f"{place}{piece}"
        self.totals.long[key] += grown
        self.totals = replace(self.totals, common=self.totals.common + grown)
        if self.totals.long[key] <= whole.INLINE:
            raise CannotPatch(f"the list of {piece} gets short")
        return ":" + coding.number(_value(told[1:]) + more)

    @property
    def _slices(self) -> int:
        return int(self._corpus["slices"])

    # --- the result -----------------------------------------------------------------------------

    def files(self) -> dict[str, bytes]:
        """Every file that is different; raises `CannotPatch` where there would be other ones."""
        corpus, totals = self._corpus, self.totals
        bits = self._slices.bit_length() - 1 + whole.space_of(corpus["documents"])[1]
        there = corpus["pieces"], corpus["common"], bits - corpus["cards"]
        wanted = (
            whole.bits_for(totals.inline, whole.SHARD),
            whole.bits_for(totals.common // self._slices, whole.SHARD),
            min(whole.bits_for(totals.cards, whole.CARDS), bits),
        )
        if there != wanted:
            raise CannotPatch("the number of files changes")
        self._resign()
        corpus["length"] = whole.mean_length(totals.length, corpus["documents"])
        found = {"corpus": whole.script("corpus", corpus)}
        for name in self._touched:
            if name in self._shards:
                entries = sorted(self._shards[name].items())
                text = '"' + ",".join([piece + rest for piece, rest in entries]) + '"'
            else:
                text = self._texts[name]
            found[name] = whole.registered(name, text)
        return {name: new for name, new in found.items() if new != self._read_file(name)}

    def _resign(self) -> None:
        """Characters that came to be used, or are used no more."""
        signs = set(self.totals.signs)
        now = (signs | self._gained) - self._unused(self._lost - self._gained)
        if now != signs:
            self.totals = replace(self.totals, signs="".join(sorted(now)))
            self._corpus["pairs"] = pairs(now)

    def _unused(self, signs: set[str]) -> set[str]:
        """Which of some characters occur in no piece."""
        for number in range(1 << self._corpus["pieces"]):
            if not signs:
                break
            signs = signs.difference(*self._shard(f"pieces-{number:x}"))
        return signs


# --- coded lists ----------------------------------------------------------------------------------

Posting = tuple[bool, str]
"""Whether a piece has several places in a document, and the places."""

_ENDS, _GOES_ON = coding.ALPHABET[: coding.BASE], coding.ALPHABET[coding.BASE :]


def _one_of(signs: str) -> str:
    return f"[{re.escape(signs)}]"


_N = f"{_one_of(_GOES_ON)}*{_one_of(_ENDS)}"
_SEVERAL = f"(?:{_one_of(_ENDS[1::2])}|{_one_of(_GOES_ON[1::2])}{_N})"
"""An odd number: its first digit is odd."""
_FEW = "|".join(f"{re.escape(sign)}(?:{_N}){{{count}}}" for count, sign in enumerate(_ENDS, 2))
"""How many places there are, as far as one digit says it, and the places."""
_NUMBER = re.compile(_N)
_POSTING = re.compile(f"{_SEVERAL}(?:{_FEW})|(?!{_SEVERAL}){_N}{_N}")
_VALUES = {text: value for value, text in enumerate(coding.SHORT)}


def _value(text: str) -> int:
    """The number that is written."""
    if text in _VALUES:
        return _VALUES[text]
    value, unit = 0, 1
    for sign in text[:-1]:
        value += (_GOES_ON.index(sign) + coding.BASE) * unit
        unit *= coding.BASE
    return value + _ENDS.index(text[-1]) * unit


def _fields(entry: str) -> list[str]:
    """The lists of an entry, one for each field."""
    found = entry.split(".")
    return found + [""] * (4 - len(found))


def _weight(fields: Iterable[str]) -> int:
    """Characters that an entry is counted for, but for lists that stand in it."""
    lists = [11 if text.startswith(":") else 3 for text in fields if text]
    return 3 + sum(lists) if lists else 0


def _postings(text: str) -> list[str]:
    """A list cut into documents."""
    found = _POSTING.findall(text)
    if sum(map(len, found)) == len(text):
        return found
    numbers, found, start = _NUMBER.findall(text), [], 0  # a piece has very many places somewhere
    while start < len(numbers):
        several = _value(numbers[start]) & 1
        end = start + 2 + (_value(numbers[start + 1]) + 2 if several else 0)
        found.append("".join(numbers[start:end]))
        start = end
    return found


def _head(posting: str) -> tuple[str, int]:
    """The first number of a posting, written and not."""
    sign = posting[0]
    text = sign if sign in _FIRST else _NUMBER.match(posting)[0]  # type: ignore[index]
    return text, _value(text)


_FIRST = frozenset(_ENDS)


def _size(postings: list[str], slices: int) -> int:
    """Characters of a list, but for the distance to the first document of each slice."""
    size = sum(map(len, postings))
    last, at = -1, 0
    for posting in postings if slices > 1 else postings[:1]:
        text, value = _head(posting)
        at += value >> 1
        if whole.slice_of(at) != last or slices == 1:
            size -= len(text)
            last = whole.slice_of(at)
    return size


def _set(postings: list[str], before: int, number: int, new: Posting | None) -> int:
    """Sets what stands in a list for a document; returns how many documents it has more.

    `before`: the number that the first distance counts from.
    """
    last, at, place = before, -1, len(postings)
    for index, posting in enumerate(postings):
        sign = posting[0]
        at = last + (_SHORT[sign] if sign in _SHORT else _head(posting)[1] >> 1)
        if at >= number:
            place = index
            break
        last = at
    known = at == number
    following = place + known
    if following < len(postings):
        text, value = _head(postings[following])
        to = (number if known else last) + (value >> 1)
        rest = postings[following][len(text) :]
        start = number if new else last
        postings[following] = coding.head(to - start, bool(value & 1)) + rest
    inserted = [coding.head(number - last, new[0]) + new[1]] if new else []
    postings[place:following] = inserted
    return len(inserted) - known


_SHORT = {sign: value >> 1 for value, sign in enumerate(_ENDS)}
"""Distances of one digit."""


def _length(document: SearchDocument) -> int:
    return sum(map(len, document.texts))
