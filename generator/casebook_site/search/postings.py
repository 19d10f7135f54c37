"""Posting lists: in which documents a piece stands, and where. Made batch by batch, then joined."""

from __future__ import annotations

import heapq
import json
import pickle
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from casebook_site.search import coding
from casebook_site.search.documents import (
    FIELDS,
    Facets,
    Named,
    SearchDocument,
    bigrams,
    name_pieces,
    reading_pieces,
)
from casebook_site.search.text import normal

NAMES, HEADINGS, TEXTS, READINGS = range(len(FIELDS))

CHAMPIONS = 48
"""Documents with the shortest names that stand in for a list of names that is cut into slices."""


class Short(NamedTuple):
    """A document with a short name."""

    length: int
    number: int
    several: bool
    places: str


class Postings(NamedTuple):
    """The postings of a piece in some documents, but for the distance to the first of them."""

    first: int
    """Number of the first document."""
    several: bool
    """Whether the piece has several places in it."""
    last: int
    documents: int
    """How many there are."""
    text: str
    shortest: tuple[Short, ...] = ()
    """For names, where there are slices: champions."""

    def coded(self, before: int = 0) -> str:
        """Return the posting list, the first document counted from `before`."""
        return coding.head(self.first - before, self.several) + self.text

    def then(self, other: Postings) -> Postings:
        """Return this list followed by a list of later documents."""
        return Postings(
            self.first,
            self.several,
            other.last,
            self.documents + other.documents,
            self.text + other.coded(self.last),
            _champions(self.shortest + other.shortest),
        )


@dataclass(frozen=True, slots=True)
class PostingRow:
    """What is known of every document."""

    number: int
    facets: Facets
    length: int
    """Characters of its texts."""
    title: int
    """Characters of its title."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents, taken apart."""

    postings: tuple[dict[str, Postings], ...]
    """For each of `FIELDS`, piece → postings."""
    rows: list[PostingRow]
    cards: list[tuple[int, str]]
    """Number → what a result shows, as JSON."""
    signs: set[str]
    """Every character that occurs."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A `Batch` as it is sent between processes: what need not stay in memory is bytes."""

    rows: list[PostingRow]
    signs: set[str]
    cards: list[bytes]
    """What a result shows, for each of `rows`."""
    card_size: int
    """Characters of all cards."""
    postings: list[bytes]
    """Stretch → for each field, piece → postings; pickled."""


def sent(batch: Batch, stretches: int, stretch_of: Callable[[str], int]) -> Sent:
    """Return the batch with its postings cut into stretches of bigrams."""
    cut: list[tuple[dict[str, Postings], ...]] = [
        tuple({} for _ in FIELDS) for _ in range(stretches)
    ]
    for field, by_piece in enumerate(batch.postings):
        for piece, found in by_piece.items():
            cut[stretch_of(piece)][field][piece] = found
    cards = [card for _, card in batch.cards]
    return Sent(
        batch.rows,
        batch.signs,
        [card.encode() for card in cards],
        sum(map(len, cards)),
        [pickle.dumps(stretch, protocol=5) for stretch in cut],
    )


_Open = list[Any]
"""A list that grows: first number, whether it has several places, last number; then the places in
the first document, and the head and the places of each other. A plain list: millions of them are
added to, and a class took half as long again. Nothing is joined yet: most parts are strings that
`coding.SHORT` holds already, so that they take no memory."""


def read_whole(members: Iterable[tuple[int, SearchDocument]]) -> Batch:
    """Documents of an index without posting lists: the browser makes them from the texts."""
    batch = Batch(tuple({} for _ in FIELDS), [], [], set())
    for number, document in members:
        batch.rows.append(_row(number, document))
        batch.cards.append((number, card(document, document.readings)))
        for values in (document.names, document.headings, document.texts):
            batch.signs.update(*map(normal, values))
    return batch


def take_apart(members: Iterable[tuple[int, SearchDocument]], *, champions: bool) -> Batch:
    """Return the postings of documents, which come in the order of their numbers.

    `champions`: whether to keep those with the shortest names, which only a large index needs.
    """
    open: tuple[dict[str, _Open], ...] = tuple({} for _ in FIELDS)
    shortest: tuple[dict[str, list[Short]], ...] = tuple({} for _ in FIELDS)
    rows: list[PostingRow] = []
    cards: list[tuple[int, str]] = []
    for number, document in members:
        _add_named(open[NAMES], number, name_pieces(document.names))
        _add(open[HEADINGS], number, bigrams(document.headings))
        _add(open[TEXTS], number, bigrams(document.texts))
        _add_named(open[READINGS], number, reading_pieces(document.readings))
        if champions:
            _keep(shortest[NAMES], number, name_pieces(document.names), 1)
            _keep(shortest[READINGS], number, reading_pieces(document.readings), 2)
        rows.append(_row(number, document))
        cards.append((number, card(document)))
    closed = tuple(
        {piece: _closed(entry, short.get(piece, ())) for piece, entry in by_piece.items()}
        for by_piece, short in zip(open, shortest, strict=True)
    )
    return Batch(closed, rows, cards, set("".join(chain.from_iterable(closed))))


def _row(number: int, document: SearchDocument) -> PostingRow:
    length = sum(map(len, document.texts))
    return PostingRow(number, document.facets, length, len(normal(document.names[0])))


def _add(by_piece: dict[str, _Open], number: int, found: dict[str, list[int]]) -> None:
    """Add the places of bigrams in a document.

    The innermost loop of the index, taken 3 million times for 10,000 records: calls are kept out.
    """
    short, known = coding.SHORT, len(coding.SHORT)
    for piece, at in found.items():
        if len(at) == 1:
            several, place = False, at[0]
            places = short[place] if place < known else coding.number(place)
        else:
            several, places = True, coding.places(at)
        if piece in by_piece:
            entry = by_piece[piece]
            distance = (number - entry[2]) * 2 + several
            entry.append(short[distance] if distance < known else coding.number(distance))
            entry.append(places)
            entry[2] = number
        else:
            by_piece[piece] = [number, several, number, places]


def _add_named(by_piece: dict[str, _Open], number: int, found: dict[str, list[Named]]) -> None:
    for piece, at in found.items():
        several, places = len(at) > 1, coding.named_places(at)
        if piece in by_piece:
            entry = by_piece[piece]
            entry.append(coding.head(number - entry[2], several))
            entry.append(places)
            entry[2] = number
        else:
            by_piece[piece] = [number, several, number, places]


def _closed(entry: _Open, shortest: Sequence[Short]) -> Postings:
    first, several, last, *parts = entry
    documents = (len(parts) + 1) // 2
    return Postings(first, several, last, documents, "".join(parts), _champions(shortest))


def _champions(shortest: Sequence[Short]) -> tuple[Short, ...]:
    return tuple(heapq.nsmallest(CHAMPIONS, shortest)) if shortest else ()


def _keep(
    shortest: dict[str, list[Short]], number: int, found: dict[str, list[Named]], unit: int
) -> None:
    for piece, at in found.items():
        length = min(beside for _, beside in at) // unit
        short = Short(length, number, len(at) > 1, coding.named_places(at))
        shortest.setdefault(piece, []).append(short)


def card(document: SearchDocument, *more: object) -> str:
    """Return the snippet a result shows: address, names, place, headings, texts, and extras."""
    facets = document.facets
    values: Sequence[object] = (
        document.path,
        document.names,
        [facets.kind, document.place],
        document.headings,
        document.texts,
        *more,
    )
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


DocumentMaker = Callable[[str], SearchDocument]
"""Makes the document with an id."""
