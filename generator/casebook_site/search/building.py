"""An index is made: documents get numbers, processes take them apart, and write the posting lists.

First batches of documents are taken apart, each into stretches of pieces; then each stretch is
joined over all batches and written. Both are spread over processes, and neither depends on how many
there are.
"""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable, Iterator, Sequence

from casebook_site.base.parallel import batches, map_batches
from casebook_site.search import layout
from casebook_site.search.batches import Batch, read_whole, take_apart
from casebook_site.search.documents import SearchDocument
from casebook_site.search.entries import Stretch
from casebook_site.search.index import Index
from casebook_site.search.layout import bits_for, numbers_of, slice_of, space_of
from casebook_site.search.spilling import Spill
from casebook_site.search.text import normal

SMALLEST_BATCH, LARGEST_BATCH = 200, 1_600
"""Documents that are worth a process of their own; each takes 40 kB while it is taken apart."""
LIFETIME = 4
"""Batches after which processes are made anew."""

DocumentMaker = Callable[[str], SearchDocument]
"""Makes the document with an id."""


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
    stretch_bits = bits_for(len(ids), layout.STRETCH)
    words = [[normal(word) for word in group] for group in synonyms]
    index = Index(slices, bits, words, whole, stretch_bits)
    if not whole:
        _load()
    taken = Spill()
    for batch in map_batches(
        _take_apart,
        _plan(ids, slices, workers),
        size=1,
        workers=workers,
        initializer=_prepare,
        initargs=(document, whole, stretch_bits),
        lifetime=LIFETIME,
    ):
        index.add(batch)
        for stretch in batch.stretches:
            taken.add(stretch)
    if not whole:
        for written in map_batches(
            _write,
            ((slices, stretch) for stretch in _stretches(taken, stretch_bits)),
            size=1,
            workers=workers,
        ):
            index.entries.add(written)
    return index


def _plan(ids: Sequence[str], slices: int, workers: int) -> list[list[tuple[int, str]]]:
    """Return the documents of each batch with their numbers."""
    by_slice: list[list[tuple[int, str]]] = [[] for _ in range(slices)]
    for number, id in sorted((number, id) for id, number in numbers_of(ids).items()):
        by_slice[slice_of(number)].append((number, id))
    size = max(SMALLEST_BATCH, min(LARGEST_BATCH, math.ceil(len(ids) / workers / 2)))
    return [part for members in by_slice for part in batches(members, size)]


def _load() -> None:
    """Load numpy before there are other processes: each would load it."""
    from casebook_site.search import stretches  # noqa: F401 - loaded for those that are forked


def _stretches(taken: Spill, bits: int) -> Iterator[list[bytes]]:
    """Yield what all batches hold of each stretch."""
    for stretch in range(1 << bits):
        yield [taken[number] for number in range(stretch, len(taken), 1 << bits)]


_document: DocumentMaker
_whole: bool
_stretch_bits: int


def _prepare(document: DocumentMaker, whole: bool, stretch_bits: int) -> None:
    """Set up a process; what is passed is inherited, not sent."""
    global _document, _whole, _stretch_bits
    _document, _whole, _stretch_bits = document, whole, stretch_bits


def _take_apart(parts: list[list[tuple[int, str]]]) -> Batch:
    [part] = parts
    members = [(number, _document(id)) for number, id in part]
    return read_whole(members) if _whole else take_apart(members, _stretch_bits)


def _write(parts: list[tuple[int, list[bytes]]]) -> Stretch:
    from casebook_site.search.stretches import stretch_of

    [(slices, batches)] = parts
    return stretch_of(list(map(pickle.loads, batches)), slices)
