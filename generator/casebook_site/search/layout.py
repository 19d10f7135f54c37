"""How an index is cut into files: numbers of documents, slices, shards, and how large each may be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from zlib import crc32

SPACE_BITS = 16
SPACE = 1 << SPACE_BITS
"""Numbers of a slice: four times as many as documents, so that most get the one they hash to. An
index of one slice has fewer: small numbers are short."""
SLICE = 16_384
"""Documents of a slice, at most on average."""
INLINE = 4_000
"""Characters of a posting list; a longer one is kept out of its shard, slice by slice."""
CHAMPIONS = 48
"""Documents with the shortest names that stand in for a list of names that is cut into slices."""
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
STRETCH = 512
"""Documents for each stretch of pieces: all lists of a stretch are written at once."""

SPREAD = 0x9E3779B1
"""Multiplied with this, pieces that resemble each other come into different shards."""
HASH_BITS = 32


def bits_for(amount: int, share: int) -> int:
    """Return the bits for a number of parts of at most `share` each, on average."""
    return math.ceil(math.log2(amount / share)) if amount > share else 0


def shard_of(piece: str, bits: int) -> int:
    """Return the shard of a piece: a number of so many bits."""
    first, second = map(ord, piece)
    return ((first * 31 + second) * SPREAD & 0xFFFFFFFF) >> HASH_BITS - bits


def slice_of(number: int) -> int:
    """Return the slice in which a document lies."""
    return number >> SPACE_BITS


def mean_length(length: int, documents: int) -> float:
    """Return the mean length of texts that `corpus` names."""
    return round(length / LENGTH_UNIT / max(1, documents), 1)


def space_of(count: int) -> tuple[int, int]:
    """Return how many slices so many documents have, and the bits of the numbers of one."""
    slices = 1 << bits_for(count, SLICE)
    return slices, SPACE_BITS if slices > 1 else max(1, bits_for(2 * count, 1))


def numbers_of(ids: Sequence[str]) -> dict[str, int]:
    """Return each document's number: a hash of its id, or the next one free."""
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
