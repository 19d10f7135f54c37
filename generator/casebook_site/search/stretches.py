"""Entries made from occurrences: the lists of all fields, piece by piece."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from casebook_site.search.documents import FIELDS, NAMES, READINGS
from casebook_site.search.entries import Stretch
from casebook_site.search.occurrences import CHARACTER, CHARACTER_BITS, Occurrences, hashes, joined
from casebook_site.search.posting_lists import PostingLists, posting_lists

UNITS = {NAMES: 1, READINGS: 2}
"""By what the number beside a place is divided for the length of a name, field by field."""


def stretch_of(batches: Sequence[tuple[Occurrences, ...]], slices: int) -> Stretch:
    """Write the entries of a stretch; `batches`: batch by batch, the occurrences of each field."""
    fields = [posting_lists(joined(parts)) for parts in zip(*batches, strict=True)]
    lists = [found.lists() for found in fields]
    size = sum(3 + size for found in fields for size in found.sizes)
    long_size = 0
    for number, found in enumerate(fields):
        unit = UNITS.get(number, 0) if slices > 1 else 0
        for place in found.long():
            lists[number][found.pieces[place]] = found.kept_out(place, unit)
            long_size += found.sizes[place]
            size += 8 - found.sizes[place]
    pieces = np.unique(np.array([piece for by_piece in lists for piece in by_piece], np.int64))
    hashed = hashes(pieces)
    order = np.argsort(hashed, kind="stable")
    entries = [_entry(piece, lists) for piece in pieces[order].tolist()]
    return Stretch(
        array("I", hashed[order].tolist()),
        array("I", np.cumsum([len(entry) for entry in entries], dtype=np.int64).tolist()),
        b"".join(entries),
        size + 3 * len(entries),
        long_size,
        _common(fields, slices),
    )


def _entry(piece: int, lists: Sequence[dict[int, str]]) -> bytes:
    parts = ".".join([by_piece.get(piece, "") for by_piece in lists])
    return (_text(piece) + parts.rstrip(".")).encode()


def _text(piece: int) -> str:
    return chr(piece >> CHARACTER_BITS) + chr(piece & CHARACTER)


def _common(fields: Sequence[PostingLists], slices: int) -> list[tuple[str, list[bytes]]]:
    """Return the pieces with long lists, each with an entry for every slice."""
    long: dict[int, dict[int, int]] = {}
    for number, found in enumerate(fields):
        for place in found.long():
            long.setdefault(found.pieces[place], {})[number] = place
    common = []
    for piece, places in sorted(long.items()):
        entries = []
        for part in range(slices):
            parts = [
                fields[number].slice(places[number], part) if number in places else ""
                for number in range(len(FIELDS))
            ]
            entries.append((_text(piece) + ".".join(parts).rstrip(".")).encode())
        common.append((_text(piece), entries))
    return common
