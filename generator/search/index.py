"""The index: documents get numbers, many processes take them apart, and shards are written.

How a query is answered from the files stands in docs/SEARCH.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from zlib import crc32

from generator.parallel import batches, map_batches
from generator.search import coding
from generator.search.documents import FIELDS, Facets
from generator.search.postings import (
    CHAMPIONS,
    Batch,
    DocumentMaker,
    Postings,
    Row,
    read_whole,
    take_apart,
)
from generator.search.text import normal, pairs

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
SMALLEST_BATCH = 200
"""Documents that are worth a process of their own."""


@dataclass
class Index:
    """Everything that the files are written from."""

    slices: int
    space_bits: int
    """Bits of the numbers of a slice."""
    synonyms: Sequence[Sequence[str]]
    whole: bool = False
    """Whether there are no posting lists, but one file of texts, from which a browser makes them."""
    postings: tuple[dict[str, list[Postings]], ...] = ()
    """For each field, piece → one list for each slice in which it occurs."""
    cards: list[tuple[int, str]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)

    def add(self, batch: Batch) -> None:
        """Takes in the documents that come next by number, all of one slice."""
        for by_piece, found in zip(self.postings, batch.postings, strict=True):
            for piece, more in found.items():
                lists = by_piece.setdefault(piece, [])
                if lists and slice_of(lists[-1].first) == slice_of(more.first):
                    lists[-1] = lists[-1].then(more)
                else:
                    lists.append(more)
        self.rows += batch.rows
        self.cards += batch.cards
        self.signs |= batch.signs

    # --- files ------------------------------------------------------------------------------------

    def files(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """(name, maker of its bytes) of every file."""
        inline, common = self._weights()
        bits = _bits(sum(inline.values()), SHARD)
        common_bits = _bits(sum(common.values()) // self.slices, SHARD)
        card_bits = _bits(sum(len(card) for _, card in self.cards), CARDS)
        card_bits = 0 if self.whole else min(card_bits, self._number_bits)
        table_bits = min(_bits(len(self.rows) * ROW, TABLE), self._number_bits)
        yield "corpus", partial(self._corpus, bits, common_bits, card_bits, table_bits)
        for part in range(1 << table_bits):
            yield f"table-{part:x}", partial(self._table, part, table_bits)
        shards = [] if self.whole else _sorted_into(inline, bits)
        for shard, members in enumerate(shards):
            yield f"pieces-{shard:x}", partial(self._pieces, shard, members)
        for shard, members in enumerate(_sorted_into(common, common_bits)):
            for part in range(self.slices if members else 0):
                yield f"common-{part:x}-{shard:x}", partial(self._common, part, shard, members)
        yield from self._card_files(card_bits)

    def _weights(self) -> tuple[dict[str, int], dict[str, int]]:
        """Piece → characters that it has in its shard, and those kept out of it."""
        inline: dict[str, int] = {}
        common: dict[str, int] = {}
        for by_piece in self.postings:
            for piece, lists in by_piece.items():
                size = sum(len(postings.text) for postings in lists)
                if size > INLINE:
                    common[piece] = common.get(piece, 0) + size
                    size = 8
                inline[piece] = inline.get(piece, 3) + size + 3
        return inline, common

    def _pieces(self, shard: int, members: Sequence[str]) -> bytes:
        return _script(f"pieces-{shard:x}", ",".join(map(self._entry, members)))

    def _entry(self, piece: str) -> str:
        parts = []
        for by_piece in self.postings:
            lists = by_piece.get(piece, [])
            coded = _kept_out(lists) if _is_long(lists) else _joined(lists)
            parts.append(coded)
        return piece + ".".join(parts).rstrip(".")

    def _common(self, part: int, shard: int, members: Sequence[str]) -> bytes:
        entries = []
        for piece in members:
            parts = []
            for by_piece in self.postings:
                lists = by_piece.get(piece, [])
                own = [postings for postings in lists if slice_of(postings.first) == part]
                parts.append(_joined(own, part * SPACE) if _is_long(lists) else "")
            entries.append(piece + ".".join(parts).rstrip("."))
        return _script(f"common-{part:x}-{shard:x}", ",".join(entries))

    def _table(self, part: int, bits: int) -> bytes:
        """Number, facets and lengths of the documents in one part of all numbers."""
        groups = {facets: number for number, facets in enumerate(self._groups())}
        shift = self._number_bits - bits
        signs: list[str] = []
        before = part << shift
        for row in self.rows:
            if row.number >> shift == part:
                values = (row.number - before, groups[row.facets], row.length // LENGTH_UNIT)
                signs += map(coding.number, (*values, row.title))
                before = row.number
        return _script(f"table-{part:x}", "".join(signs))

    def _groups(self) -> list[Facets]:
        return sorted({row.facets for row in self.rows})

    def _card_files(self, bits: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
        files: dict[int, list[str]] = {}
        for number, card in self.cards:
            files.setdefault(number >> self._number_bits - bits, []).append(f'"{number}":{card}')
        for file, cards in files.items():
            name = f"cards-{file:x}"
            yield name, partial(_registered, name, "{" + ",".join(cards) + "}")

    @property
    def _number_bits(self) -> int:
        return self.space_bits + self.slices.bit_length() - 1

    def _corpus(self, bits: int, common_bits: int, card_bits: int, table_bits: int) -> bytes:
        """What must be known before the first query."""
        lengths = sum(row.length for row in self.rows)
        groups = self._groups()
        names = sorted({name for facets in groups for name in facets})
        places = {name: place for place, name in enumerate(names)}
        corpus = {
            "documents": len(self.rows),
            "length": round(lengths / LENGTH_UNIT / max(1, len(self.rows)), 1),
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
        return _script("corpus", corpus)


def _is_long(lists: Sequence[Postings]) -> bool:
    return sum(len(postings.text) for postings in lists) > INLINE


def _joined(lists: Sequence[Postings], before: int = 0) -> str:
    """The lists of several slices as one."""
    parts = []
    for postings in lists:
        parts.append(postings.coded(before))
        before = postings.last
    return "".join(parts)


def _kept_out(lists: Sequence[Postings]) -> str:
    """What stands in a shard for a list that is cut into slices: its length, and champions."""
    text = ":" + coding.number(sum(postings.documents for postings in lists))
    champions = sorted(short for postings in lists for short in postings.shortest)
    before = 0
    for short in sorted(champions[:CHAMPIONS], key=lambda short: short.number):
        text += coding.head(short.number - before, short.several) + short.places
        before = short.number
    return text


def slice_of(number: int) -> int:
    """The slice in which a document lies."""
    return number >> SPACE_BITS


def shard_of(piece: str, bits: int) -> int:
    """The shard of a piece: a number of so many bits."""
    first, second = map(ord, piece)
    spread = (first * 31 + second) * 0x9E3779B1 & 0xFFFFFFFF
    return spread >> (32 - bits) if bits else 0


def _sorted_into(pieces: Iterable[str], bits: int) -> list[list[str]]:
    """The pieces of each shard, in order. A shard without any is a file too: it is not missing."""
    shards: list[list[str]] = [[] for _ in range(1 << bits)]
    for piece in sorted(pieces):
        shards[shard_of(piece, bits)].append(piece)
    return shards


def _bits(amount: int, share: int) -> int:
    """Bits for a number of parts of at most `share` each, on average."""
    return math.ceil(math.log2(amount / share)) if amount > share else 0


def _script(name: str, value: object) -> bytes:
    return _registered(name, json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _registered(name: str, value: str) -> bytes:
    return f'casebookSearch("{name}",{value})\n'.encode()


# --- building -------------------------------------------------------------------------------------


def space_of(count: int) -> tuple[int, int]:
    """How many slices so many documents have, and the bits of the numbers of one."""
    slices = 1 << _bits(count, SLICE)
    return slices, SPACE_BITS if slices > 1 else max(1, _bits(2 * count, 1))


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
    """The index of the documents with these ids, which are made in many processes.

    `whole`: for few documents, a third of the size, and a moment's work before the first answer.
    """
    slices, bits = space_of(len(ids))
    numbers = numbers_of(ids)
    by_slice: list[list[tuple[int, str]]] = [[] for _ in range(slices)]
    for number, id in sorted((number, id) for id, number in numbers.items()):
        by_slice[slice_of(number)].append((number, id))
    size = max(SMALLEST_BATCH, min(SLICE, math.ceil(len(ids) / workers / 2)))
    plan = [part for members in by_slice for part in batches(members, size)]
    words = [[normal(word) for word in group] for group in synonyms]
    index = Index(slices, bits, words, whole, tuple({} for _ in FIELDS))
    for done in map_batches(
        _take_apart,
        plan,
        size=1,
        workers=workers,
        initializer=_prepare,
        initargs=(document, whole, slices > 1),
    ):
        index.add(done)
    return index


_document: DocumentMaker
_whole: bool
_champions: bool


def _prepare(document: DocumentMaker, whole: bool, champions: bool) -> None:
    """Sets up a process; what is passed is inherited, not sent."""
    global _document, _whole, _champions
    _document, _whole, _champions = document, whole, champions


def _take_apart(parts: list[list[tuple[int, str]]]) -> Batch:
    [part] = parts
    members = ((number, _document(id)) for number, id in part)
    return read_whole(members) if _whole else take_apart(members, champions=_champions)
