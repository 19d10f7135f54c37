"""Some documents, taken apart in a process of their own, as they are sent to the one that publishes."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from casebook_site.search.documents import PostingRow, SearchDocument, card, row_of
from casebook_site.search.text import normal


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents in the order of their numbers; what need not stay in memory is bytes."""

    rows: list[PostingRow]
    signs: set[str]
    """Every character that occurs."""
    cards: list[bytes]
    """What a result shows, for each of `rows`, as JSON."""
    card_size: int
    """Characters of all cards."""
    stretches: list[bytes]
    """Stretch → for each field, the occurrences of pieces; pickled."""


def read_whole(members: Sequence[tuple[int, SearchDocument]]) -> Batch:
    """Read documents of an index without posting lists: the browser makes them from the texts."""
    signs: set[str] = set()
    for _, document in members:
        for values in (document.names, document.headings, document.texts, document.gaps):
            signs.update(*map(normal, values))
    cards = [card(document, document.readings) for _, document in members]
    return _batch(members, signs, cards, [])


def take_apart(members: Sequence[tuple[int, SearchDocument]], stretch_bits: int) -> Batch:
    """Return where every piece occurs in some documents."""
    # Only here: numpy takes a tenth of a second, and an index without posting lists needs none.
    from casebook_site.search.occurrences import characters_of, occurrences_of

    fields = occurrences_of(members)
    cut = zip(*(found.cut(stretch_bits) for found in fields), strict=True)
    stretches = [pickle.dumps(stretch, protocol=5) for stretch in cut]
    signs = set(chain.from_iterable(map(characters_of, fields)))
    return _batch(members, signs, [card(document) for _, document in members], stretches)


def _batch(
    members: Sequence[tuple[int, SearchDocument]],
    signs: set[str],
    cards: list[str],
    stretches: list[bytes],
) -> Batch:
    return Batch(
        [row_of(number, document) for number, document in members],
        signs,
        [text.encode() for text in cards],
        sum(map(len, cards)),
        stretches,
    )
