"""The files of an index. How a query is answered from them stands in docs/SEARCH.md."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from casebook_site.search import coding, layout
from casebook_site.search.batches import Batch
from casebook_site.search.documents import Facets, PostingRow
from casebook_site.search.entries import Entries
from casebook_site.search.layout import bits_for, shard_of
from casebook_site.search.spilling import Spill
from casebook_site.search.text import pairs


class Index:
    """Everything that the files are written from.

    Texts and posting lists lie in files (`Spill`): those of 100,000 documents take 600 MB.
    """

    def __init__(
        self,
        slices: int,
        space_bits: int,
        synonyms: Sequence[Sequence[str]],
        whole: bool,
        stretch_bits: int,
    ) -> None:
        self.slices = slices
        self.synonyms = synonyms
        self.whole = whole
        """Whether there are no posting lists, but one file of texts, from which a browser makes them."""
        self.entries = Entries(stretch_bits)
        self._number_bits = space_bits + slices.bit_length() - 1
        self._rows: list[PostingRow] = []
        self._signs: set[str] = set()
        self._cards = Spill()
        """What a result shows, for each of `_rows`."""
        self._card_size = 0

    def add(self, batch: Batch) -> None:
        """Take in the documents that come next by number."""
        self._rows += batch.rows
        self._signs |= batch.signs
        self._card_size += batch.card_size
        for card in batch.cards:
            self._cards.add(card)

    def files(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """(name, maker of its bytes) of every file."""
        bits = bits_for(self.entries.size, layout.SHARD)
        common_bits = bits_for(self.entries.long_size // self.slices, layout.SHARD)
        card_bits = bits_for(self._card_size, layout.CARDS)
        card_bits = 0 if self.whole else min(card_bits, self._number_bits)
        table_bits = min(bits_for(len(self._rows) * layout.ROW, layout.TABLE), self._number_bits)
        yield "corpus", partial(self._corpus, bits, common_bits, card_bits, table_bits)
        for part in range(1 << table_bits):
            yield f"table-{part:x}", partial(self._table, part, table_bits)
        for shard in range(0 if self.whole else 1 << bits):
            yield (name := f"pieces-{shard:x}"), partial(self._shard, name, shard, bits)
        for shard, members in enumerate(_sorted_into(self.entries.common, common_bits)):
            for part in range(self.slices if members else 0):
                name = f"common-{part:x}-{shard:x}"
                yield name, partial(self._common, name, members, part)
        yield from self._card_files(card_bits)

    def _shard(self, name: str, shard: int, bits: int) -> bytes:
        return script(name, self.entries.shard(shard, bits))

    def _common(self, name: str, pieces: Sequence[str], part: int) -> bytes:
        return script(name, self.entries.common_shard(pieces, part))

    def _table(self, part: int, bits: int) -> bytes:
        """Return number, facets and lengths of the documents in one part of all numbers."""
        groups = {facets: number for number, facets in enumerate(self._groups())}
        shift = self._number_bits - bits
        signs: list[str] = []
        before = part << shift
        for row in self._rows:
            if row.number >> shift == part:
                values = (row.number - before, groups[row.facets], row.length // layout.LENGTH_UNIT)
                signs += map(coding.number, (*values, row.title))
                before = row.number
        return script(f"table-{part:x}", "".join(signs))

    def _groups(self) -> list[Facets]:
        return sorted({row.facets for row in self._rows})

    def _card_files(self, bits: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
        files: dict[int, list[int]] = {}
        for place, row in enumerate(self._rows):
            files.setdefault(row.number >> self._number_bits - bits, []).append(place)
        for file, places in files.items():
            name = f"cards-{file:x}"
            yield name, partial(self._card_file, name, places)

    def _card_file(self, name: str, places: Sequence[int]) -> bytes:
        cards = (f'"{self._rows[place].number}":{self._cards[place].decode()}' for place in places)
        return registered(name, "{" + ",".join(cards) + "}")

    def _corpus(self, bits: int, common_bits: int, card_bits: int, table_bits: int) -> bytes:
        """Return the file that is needed before the first query."""
        lengths = sum(row.length for row in self._rows)
        groups = self._groups()
        names = sorted({name for facets in groups for name in facets})
        places = {name: place for place, name in enumerate(names)}
        corpus = {
            "documents": len(self._rows),
            "length": layout.mean_length(lengths, len(self._rows)),
            "slices": self.slices,
            "pieces": -1 if self.whole else bits,
            "common": common_bits,
            "cards": self._number_bits - card_bits,
            "table": self._number_bits - table_bits,
            "tables": 1 << table_bits,
            "names": names,
            "groups": [places[name] for facets in groups for name in facets],
            "synonyms": self.synonyms,
            "pairs": pairs(self._signs),
        }
        return script("corpus", corpus)


def _sorted_into(pieces: Iterable[str], bits: int) -> list[list[str]]:
    """Return the bigrams of each shard, in order; a shard without any is a file too."""
    shards: list[list[str]] = [[] for _ in range(1 << bits)]
    for piece in sorted(pieces):
        shards[shard_of(piece, bits)].append(piece)
    return shards


def script(name: str, value: object) -> bytes:
    return registered(name, json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def registered(name: str, value: str) -> bytes:
    return f'casebook.receive("{name}",{value})\n'.encode()
