"""What is searched, and what a result shows of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casebook_site.search.text import normal


class Facets(NamedTuple):
    """By what results can be narrowed; empty where a document has none."""

    kind: str
    county: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A page, or what stands on one: plain texts, as a reader may see them."""

    id: str
    """`kind/id`; the document's number comes from it."""
    path: str
    names: tuple[str, ...]
    """The title, then other names."""
    readings: tuple[tuple[str, ...], ...]
    """The syllables of each name in pinyin without tones; what is no syllable is left out."""
    headings: tuple[str, ...]
    texts: tuple[str, ...]
    facets: Facets
    place: str = ""
    """Shown beside the name."""
    gaps: tuple[str, ...] = ()
    """What is not known or in doubt: found last, and shown as such."""


FIELDS = ("names", "headings", "texts", "readings", "gaps")
"""The parts of an entry in a shard, in their order."""
NAMES, HEADINGS, TEXTS, READINGS, GAPS = range(len(FIELDS))

STEP = 128
"""Each value begins at a multiple of this, so that a text that gets longer seldom moves the pieces of
those behind it. It takes a fiftieth more of the index."""


@dataclass(frozen=True, slots=True)
class PostingRow:
    """What is known of every document."""

    number: int
    facets: Facets
    length: int
    """Characters of its texts."""
    title: int
    """Characters of its title."""


def row_of(number: int, document: SearchDocument) -> PostingRow:
    """Return the row of a document in the table."""
    length = sum(map(len, document.texts))
    return PostingRow(number, document.facets, length, len(normal(document.names[0])))


def card(document: SearchDocument, *more: object) -> str:
    """Return the snippet a result shows: address, names, place, headings, texts, gaps, and extras."""
    facets = document.facets
    values: Sequence[object] = (
        document.path,
        document.names,
        [facets.kind, document.place],
        document.headings,
        document.texts,
        document.gaps,
        *more,
    )
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
