"""The index: documents get numbers, many processes take them apart, and shards are written.

How a query is answered from the files stands in docs/SEARCH.md.
"""

from __future__ import annotations

import json
import math
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from zlib import crc32

from casebook_site.base.parallel import batches, map_batches
from casebook_site.search import coding
from casebook_site.search.documents import FIELDS, Facets
from casebook_site.search.postings import (
    CHAMPIONS,
    DocumentMaker,
    PostingRow,
    Postings,
    Sent,
    read_whole,
    sent,
    take_apart,
)
from casebook_site.search.spilling import Spill
from casebook_site.search.text import normal, pairs

SPACE_BITS = 16
SPACE = 1 << SPACE_BITS
"""Numbers of a slice: four times as many as documents, so that most get the one they hash to. An
index of one slice has fewer: small numbers are short."""
SLICE = 16_384
"""Documents of a slice, at most on average."""
INLINE = 4_000
"""Characters of a posting list; a longer one is kept out of its shard, slice by slice."""
SHARD = 12_000
"""Characters of a shard, at most on average."""
CARDS = 4_000
"""Characters of a file of texts, at most on average; ten results may need ten of them."""
TABLE = 28_000
"""Characters of a part of the table of documents, at most on average."""
ROW = 5
"""Characters of a row of the table of documents, about."""
LENGTH_UNIT = 16
"""Lengths of texts are counted in this many characters."""
SMALLEST_BATCH, LARGEST_BATCH = 200, 1_600
"""Documents that are worth a process of their own; each takes 40 kB while it is taken apart."""
LIFETIME = 4
"""Batches after which processes are made anew."""
STRETCH = 512
"""Documents for each stretch of pieces: all lists of a stretch are joined at once."""


@dataclass
class Entered:
    """Where the entries of all pieces are, and how long they are together."""

    inline: dict[str, int]
    """Piece → number of its entry."""
    common: dict[str, int]
    """Piece → number of its first entry, one for each slice, where a list is kept out of its shard."""
    long: dict[str, int]
    """Field and piece → characters of a list that is kept out of the shards."""
    size: int = 0
    """Characters of all shards."""


@dataclass
class Index:
    """Everything that the files are written from.

    Texts and posting lists lie in files (`Spill`): those of 100,000 documents take 600 MB. Lists
    come in batch by batch, cut into stretches: pieces that neighbour each other by their hash. One
    stretch after the other is then joined, and its entries wait to be put into shards.
    """

    slices: int
    space_bits: int
    """Bits of the numbers of a slice."""
    synonyms: Sequence[Sequence[str]]
    whole: bool = False
    """Whether there are no posting lists, but one file of texts, from which a browser makes them."""
    stretch_bits: int = 0
    rows: list[PostingRow] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)
    _cards: Spill = field(default_factory=Spill)
    """What a result shows, for each of `rows`."""
    _card_size: int = 0
    _batches: Spill = field(default_factory=Spill)
    """Batch by batch, the postings of each stretch."""
    _entries: Spill = field(default_factory=Spill)

    def add(self, batch: Sent) -> None:
        """Take in the documents that come next by number, all of one slice."""
        self.rows += batch.rows
        self.signs |= batch.signs
        self._card_size += batch.card_size
        for card in batch.cards:
            self._cards.add(card)
        for postings in batch.postings:
            self._batches.add(postings)

    # --- files ------------------------------------------------------------------------------------

    def files(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """(name, maker of its bytes) of every file."""
        inline, common = self._entered.inline, self._entered.common
        bits = bits_for(self._entered.size, SHARD)
        common_bits = bits_for(sum(self._entered.long.values()) // self.slices, SHARD)
        card_bits = bits_for(self._card_size, CARDS)
        card_bits = 0 if self.whole else min(card_bits, self._number_bits)
        table_bits = min(bits_for(len(self.rows) * ROW, TABLE), self._number_bits)
        yield "corpus", partial(self._corpus, bits, common_bits, card_bits, table_bits)
        for part in range(1 << table_bits):
            yield f"table-{part:x}", partial(self._table, part, table_bits)
        shards = [] if self.whole else _sorted_into(inline, bits)
        for shard, members in enumerate(shards):
            entries = [inline[piece] for piece in members]
            yield (name := f"pieces-{shard:x}"), partial(self._shard, name, entries)
        for shard, members in enumerate(_sorted_into(common, common_bits)):
            for part in range(self.slices if members else 0):
                entries = [common[piece] + part for piece in members]
                yield (name := f"common-{part:x}-{shard:x}"), partial(self._shard, name, entries)
        yield from self._card_files(card_bits)

    @cached_property
    def _entered(self) -> Entered:
        """All lists, joined into entries."""
        found = Entered({}, {}, {})
        for stretch in range(1 << self.stretch_bits):
            joined = self._joined(stretch)
            for piece in dict.fromkeys(chain.from_iterable(joined)):
                self._enter(piece, [by_piece.get(piece, []) for by_piece in joined], found)
        return found

    def _enter(self, piece: str, fields: Sequence[Sequence[Postings]], found: Entered) -> None:
        found.inline[piece] = self._entries.add(_entry(piece, fields))
        found.size += 3
        is_long = False
        for place, lists in enumerate(fields):
            size = _size(lists)
            if size > INLINE:
                found.long[f"{place}{piece}"] = size
                size, is_long = 8, True
            found.size += 3 + size if lists else 0
        if is_long:
            found.common[piece] = len(self._entries)
            for part in range(self.slices):
                self._entries.add(_common_entry(piece, fields, part))

    def _joined(self, stretch: int) -> tuple[dict[str, list[Postings]], ...]:
        """For each field, piece → one list for each slice in which it occurs."""
        joined: tuple[dict[str, list[Postings]], ...] = tuple({} for _ in FIELDS)
        for number in range(stretch, len(self._batches), 1 << self.stretch_bits):
            for by_piece, found in zip(joined, pickle.loads(self._batches[number]), strict=True):
                for piece, more in found.items():
                    lists = by_piece.setdefault(piece, [])
                    if lists and slice_of(lists[-1].first) == slice_of(more.first):
                        lists[-1] = lists[-1].then(more)
                    else:
                        lists.append(more)
        return joined

    def _shard(self, name: str, entries: Sequence[int]) -> bytes:
        return script(name, b",".join(self._entries[entry] for entry in entries).decode())

    def _table(self, part: int, bits: int) -> bytes:
        """Return number, facets and lengths of the documents in one part of all numbers."""
        groups = {facets: number for number, facets in enumerate(self._groups())}
        shift = self._number_bits - bits
        signs: list[str] = []
        before = part << shift
        for row in self.rows:
            if row.number >> shift == part:
                values = (row.number - before, groups[row.facets], row.length // LENGTH_UNIT)
                signs += map(coding.number, (*values, row.title))
                before = row.number
        return script(f"table-{part:x}", "".join(signs))

    def _groups(self) -> list[Facets]:
        return sorted({row.facets for row in self.rows})

    def _card_files(self, bits: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
        files: dict[int, list[int]] = {}
        for place, row in enumerate(self.rows):
            files.setdefault(row.number >> self._number_bits - bits, []).append(place)
        for file, places in files.items():
            name = f"cards-{file:x}"
            yield name, partial(self._card_file, name, places)

    def _card_file(self, name: str, places: Sequence[int]) -> bytes:
        cards = (f'"{self.rows[place].number}":{self._cards[place].decode()}' for place in places)
        return registered(name, "{" + ",".join(cards) + "}")

    @property
    def _number_bits(self) -> int:
        return self.space_bits + self.slices.bit_length() - 1

    def _corpus(self, bits: int, common_bits: int, card_bits: int, table_bits: int) -> bytes:
        """Return the file that is needed before the first query."""
        lengths = sum(row.length for row in self.rows)
        groups = self._groups()
        names = sorted({name for facets in groups for name in facets})
        places = {name: place for place, name in enumerate(names)}
        corpus = {
            "documents": len(self.rows),
            "length": mean_length(lengths, len(self.rows)),
            "slices": self.slices,
            "pieces": -1 if self.whole else bits,
            "common": common_bits,
            "cards": self._number_bits - card_bits,
            "table": self._number_bits - table_bits,
            "tables": 1 << table_bits,
            "names": names,
            "groups": [places[name] for facets in groups for name in facets],
            "synonyms": self.synonyms,
            "pairs": pairs(self.signs),
        }
        return script("corpus", corpus)


def _entry(piece: str, fields: Iterable[Sequence[Postings]]) -> bytes:
    """Return a piece in its shard, with the lists of all fields."""
    parts = [_kept_out(lists) if _size(lists) > INLINE else _joined(lists) for lists in fields]
    return (piece + ".".join(parts).rstrip(".")).encode()


def _common_entry(piece: str, fields: Iterable[Sequence[Postings]], part: int) -> bytes:
    """Return a piece among those of a slice that are kept out of their shards."""
    parts = []
    for lists in fields:
        own = [postings for postings in lists if slice_of(postings.first) == part]
        parts.append(_joined(own, part * SPACE) if _size(lists) > INLINE else "")
    return (piece + ".".join(parts).rstrip(".")).encode()


def _size(lists: Sequence[Postings]) -> int:
    """Characters of the lists of a piece in one field."""
    return sum(len(postings.text) for postings in lists)


def _joined(lists: Sequence[Postings], before: int = 0) -> str:
    """Return the lists of several slices as one."""
    parts = []
    for postings in lists:
        parts.append(postings.coded(before))
        before = postings.last
    return "".join(parts)


def _kept_out(lists: Sequence[Postings]) -> str:
    """Return the entry of a list that is cut into slices: its length, and champions."""
    text = ":" + coding.number(sum(postings.documents for postings in lists))
    champions = sorted(short for postings in lists for short in postings.shortest)
    before = 0
    for short in sorted(champions[:CHAMPIONS], key=lambda short: short.number):
        text += coding.head(short.number - before, short.several) + short.places
        before = short.number
    return text


def mean_length(length: int, documents: int) -> float:
    """Return the mean length of texts that `corpus` names."""
    return round(length / LENGTH_UNIT / max(1, documents), 1)


def slice_of(number: int) -> int:
    """Return the slice in which a document lies."""
    return number >> SPACE_BITS


def shard_of(piece: str, bits: int) -> int:
    """Return the shard of a piece: a number of so many bits."""
    first, second = map(ord, piece)
    spread = (first * 31 + second) * 0x9E3779B1 & 0xFFFFFFFF
    return spread >> (32 - bits) if bits else 0


def _sorted_into(pieces: Iterable[str], bits: int) -> list[list[str]]:
    """Return the bigrams of each shard, in order; a shard without any is a file too."""
    shards: list[list[str]] = [[] for _ in range(1 << bits)]
    for piece in sorted(pieces):
        shards[shard_of(piece, bits)].append(piece)
    return shards


def bits_for(amount: int, share: int) -> int:
    """Bits for a number of parts of at most `share` each, on average."""
    return math.ceil(math.log2(amount / share)) if amount > share else 0


def script(name: str, value: object) -> bytes:
    return registered(name, json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def registered(name: str, value: str) -> bytes:
    return f'casebookSearch("{name}",{value})\n'.encode()


# --- building -------------------------------------------------------------------------------------


def space_of(count: int) -> tuple[int, int]:
    """How many slices so many documents have, and the bits of the numbers of one."""
    slices = 1 << bits_for(count, SLICE)
    return slices, SPACE_BITS if slices > 1 else max(1, bits_for(2 * count, 1))


def numbers_of(ids: Sequence[str]) -> dict[str, int]:
    """Each document's number: a hash of its id, or the next one free."""
    slices, bits = space_of(len(ids))
    taken: set[int] = set()
    numbers: dict[str, int] = {}
    for id in sorted(ids):
        hashed = crc32(id.encode())
        start, place = (hashed % slices) * SPACE, hashed >> 32 - bits
        while start + place in taken:
            place = (place + 1) % (1 << bits)
        taken.add(start + place)
        numbers[id] = start + place
    return numbers


def build_index(
    ids: Sequence[str],
    document: DocumentMaker,
    *,
    workers: int,
    synonyms: Sequence[Sequence[str]] = (),
    whole: bool = False,
) -> Index:
    """Return the index of the documents with these ids, which are made in many processes.

    `whole`: for few documents, a third of the size, and a moment's work before the first answer.
    """
    slices, bits = space_of(len(ids))
    numbers = numbers_of(ids)
    by_slice: list[list[tuple[int, str]]] = [[] for _ in range(slices)]
    for number, id in sorted((number, id) for id, number in numbers.items()):
        by_slice[slice_of(number)].append((number, id))
    size = max(SMALLEST_BATCH, min(LARGEST_BATCH, math.ceil(len(ids) / workers / 2)))
    plan = [part for members in by_slice for part in batches(members, size)]
    words = [[normal(word) for word in group] for group in synonyms]
    stretch_bits = bits_for(len(ids), STRETCH)
    index = Index(slices, bits, words, whole, stretch_bits)
    for done in map_batches(
        _take_apart,
        plan,
        size=1,
        workers=workers,
        initializer=_prepare,
        initargs=(document, whole, slices > 1, stretch_bits),
        lifetime=LIFETIME,
    ):
        index.add(done)
    return index


_document: DocumentMaker
_whole: bool
_champions: bool
_stretch_bits: int


def _prepare(document: DocumentMaker, whole: bool, champions: bool, stretch_bits: int) -> None:
    """Set up a process; what is passed is inherited, not sent."""
    global _document, _whole, _champions, _stretch_bits
    _document, _whole, _champions, _stretch_bits = document, whole, champions, stretch_bits


def _take_apart(parts: list[list[tuple[int, str]]]) -> Sent:
    [part] = parts
    members = ((number, _document(id)) for number, id in part)
    batch = read_whole(members) if _whole else take_apart(members, champions=_champions)
    return sent(batch, 1 << _stretch_bits, partial(shard_of, bits=_stretch_bits))
