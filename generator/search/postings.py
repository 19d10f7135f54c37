"""Posting lists: in which documents a piece stands, and where. Made batch by batch, then joined."""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.search import coding
from generator.search.documents import (
    FIELDS,
    Document,
    Facets,
    Named,
    name_pieces,
    pieces,
    reading_pieces,
)
from generator.search.text import normal

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
        """The posting list, the first document counted from `before`."""
        return coding.head(self.first - before, self.several) + self.text

    def then(self, other: Postings) -> Postings:
        """This list and one of documents that come after."""
        return Postings(
            self.first,
            self.several,
            other.last,
            self.documents + other.documents,
            self.text + other.coded(self.last),
            tuple(heapq.nsmallest(CHAMPIONS, (*self.shortest, *other.shortest))),
        )


@dataclass(slots=True)
class _Open:
    """A posting list that grows, document by document in the order of numbers."""

    first: int
    several: bool
    last: int
    parts: list[str]
    count: int = 1
    shortest: list[Short] = field(default_factory=list)

    def add(self, number: int, several: bool, places: str) -> None:
        self.parts.append(coding.head(number - self.last, several) + places)
        self.last = number
        self.count += 1

    def closed(self) -> Postings:
        shortest = tuple(heapq.nsmallest(CHAMPIONS, self.shortest))
        return Postings(
            self.first, self.several, self.last, self.count, "".join(self.parts), shortest
        )


@dataclass(frozen=True, slots=True)
class Row:
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
    rows: list[Row]
    cards: list[tuple[int, str]]
    """Number → what a result shows, as JSON."""
    signs: set[str]
    """Every character that occurs."""


def take_apart(members: Iterable[tuple[int, Document]], *, champions: bool) -> Batch:
    """The postings of documents, which come in the order of their numbers."""
    open: tuple[dict[str, _Open], ...] = tuple({} for _ in FIELDS)
    names, headings, texts, readings = open
    rows: list[Row] = []
    cards: list[tuple[int, str]] = []
    signs: set[str] = set()
    for number, document in members:
        in_headings, in_texts = pieces(document.headings), pieces(document.texts)
        in_names = name_pieces(document.names)
        _add(headings, number, in_headings)
        _add(texts, number, in_texts)
        _add_names(names, number, in_names, champions, 1)
        _add_names(readings, number, reading_pieces(document.readings), champions, 2)
        length = sum(map(len, document.texts))
        rows.append(Row(number, document.facets, length, len(normal(document.names[0]))))
        cards.append((number, _card(document)))
        for found in (in_headings, in_texts, in_names):
            signs.update(*found)
    closed = tuple(
        {piece: entry.closed() for piece, entry in by_piece.items()} for by_piece in open
    )
    return Batch(closed, rows, cards, signs)


def _add(by_piece: dict[str, _Open], number: int, found: dict[str, list[int]]) -> None:
    places = coding.places
    for piece, at in found.items():
        entry = by_piece.get(piece)
        if entry is None:
            by_piece[piece] = _Open(number, len(at) > 1, number, [places(at)])
        else:
            entry.add(number, len(at) > 1, places(at))


def _add_names(
    by_piece: dict[str, _Open],
    number: int,
    found: dict[str, list[Named]],
    champions: bool,
    unit: int,
) -> None:
    for piece, at in found.items():
        several, places = len(at) > 1, coding.named_places(at)
        entry = by_piece.get(piece)
        if entry is None:
            entry = by_piece[piece] = _Open(number, several, number, [places])
        else:
            entry.add(number, several, places)
        if champions:
            length = min(beside for _, beside in at) // unit
            entry.shortest.append(Short(length, number, several, places))


def _card(document: Document) -> str:
    """What a result shows: address, names, place, headings, texts."""
    facets = document.facets
    values: Sequence[object] = (
        document.path,
        document.names,
        [facets.kind, document.place],
        document.headings,
        document.texts,
    )
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


DocumentMaker = Callable[[str], Document]
"""Makes the document with an id."""
