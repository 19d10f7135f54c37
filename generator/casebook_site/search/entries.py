"""The entries of pieces, stretch by stretch: what stands in the shards."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casebook_site.search import layout
from casebook_site.search.spilling import Spill


@dataclass(frozen=True, slots=True)
class Stretch:
    """The entries of the pieces whose hashes begin alike."""

    hashes: Sequence[int]
    """The hash of each piece, ascending."""
    ends: Sequence[int]
    """Where the entry of each piece ends in `entries`."""
    entries: bytes
    """All entries, one after the other."""
    size: int
    """Characters of the entries, as the plan counts them."""
    long_size: int
    """Characters of the lists that are kept out of the shards."""
    common: Sequence[tuple[str, Sequence[bytes]]]
    """Pieces with lists that are kept out, with an entry for each slice."""


class Entries:
    """The entries of all pieces. They lie in a file; where each begins stays in memory."""

    def __init__(self, bits: int) -> None:
        self.bits = bits
        """Bits of a hash that tell the stretch."""
        self.size = self.long_size = 0
        self.common: dict[str, int] = {}
        """Piece → number of its first entry in `_common`, one for each slice."""
        self._common = Spill()
        self._stretches: list[Stretch] = []
        self._entries = Spill()

    def add(self, stretch: Stretch) -> None:
        """Take in the stretch that comes next."""
        self.size += stretch.size
        self.long_size += stretch.long_size
        for piece, slices in stretch.common:
            self.common[piece] = len(self._common)
            for entry in slices:
                self._common.add(entry)
        self._entries.add(stretch.entries)
        self._stretches.append(
            Stretch(stretch.hashes, stretch.ends, b"", stretch.size, stretch.long_size, ())
        )

    def shard(self, number: int, bits: int) -> str:
        """Return the entries of a shard, by piece."""
        found = [entry for part in self._parts(number, bits) for entry in part]
        return ",".join(sorted(found))

    def _parts(self, number: int, bits: int) -> Iterator[list[str]]:
        low, high = number << layout.HASH_BITS - bits, (number + 1) << layout.HASH_BITS - bits
        rest = layout.HASH_BITS - self.bits
        for place in range(low >> rest, (high - 1 >> rest) + 1):
            stretch = self._stretches[place]
            first, last = bisect_left(stretch.hashes, low), bisect_left(stretch.hashes, high)
            bounds = [stretch.ends[first - 1] if first else 0, *stretch.ends[first:last]]
            content = self._entries.part(place, bounds[0], bounds[-1])
            start = bounds[0]
            yield [content[a - start : b - start].decode() for a, b in pairwise(bounds)]

    def common_shard(self, pieces: Sequence[str], part: int) -> str:
        """Return the entries of some pieces in one slice."""
        return ",".join(self._common[self.common[piece] + part].decode() for piece in pieces)
