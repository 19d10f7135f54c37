"""What is searched, and how one document comes apart into pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import add
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


FIELDS = ("names", "headings", "texts", "readings")
"""The parts of an entry in a shard, in their order."""

STEP = 128
"""Each value begins at a multiple of this, so that a text that gets longer seldom moves the pieces of
those behind it. It takes a fiftieth more of the index."""


Named = tuple[int, int]
"""A place in the names of a document, and the length of the name that it lies in."""


def bigrams(values: Iterable[str]) -> dict[str, list[int]]:
    """Every two neighbouring characters of some texts, with their places.

    Places count characters of the normal forms; one space stands before and behind each value,
    and each begins at a multiple of `STEP`.
    """
    found: dict[str, list[int]] = {}
    start = 0
    for text in filter(None, map(normal, values)):
        line = f" {text} "
        for place, piece in enumerate(map(add, line, line[1:]), start):
            if piece in found:
                found[piece].append(place)
            else:
                found[piece] = [place]
        start += (len(line) // STEP + 1) * STEP
    return found


def name_pieces(names: Sequence[str]) -> dict[str, list[Named]]:
    """Return the bigrams and single characters of names (`村.`), with the length of each name."""
    found: dict[str, list[Named]] = {}
    start = 0
    for name in names:
        text = normal(name)
        line = f" {text} "
        for place, piece in enumerate(map(add, line, line[1:]), start):
            found.setdefault(piece, []).append((place, len(text)))
        for place, sign in enumerate(text, start + 1):
            if sign != " ":
                found.setdefault(sign + ".", []).append((place, len(text)))
        start += len(line) + 1
    return found


def reading_pieces(readings: Sequence[Sequence[str]]) -> dict[str, list[Named]]:
    """Return the bigrams of readings: `yuchengshi` and `ycs`.

    Beside a place stands the doubled length, and one more where a syllable begins there.
    """
    found: dict[str, list[Named]] = {}
    start = 0
    for syllables in readings:
        for parts in (syllables, [syllable[:1] for syllable in syllables]):
            line = "".join(parts)
            begins = set()
            length = 0
            for part in parts:
                begins.add(start + length)
                length += len(part)
            for place, piece in enumerate(map(add, line, line[1:]), start):
                found.setdefault(piece, []).append((place, 2 * length + (place in begins)))
            start += length + 1
    return found
