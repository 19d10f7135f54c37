"""Answers queries from the files of an index, as `search-index.js` does, to test what stands in them.

It knows the format from docs/SEARCH.md alone, and shares nothing with the code that writes it but
the normal form and the hash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casebook_site.search.text import normal

DIGITS = {
    sign: i for i, sign in enumerate(s for s in map(chr, range(33, 127)) if s not in '"\\,.:<')
}
NAMES, HEADINGS, TEXTS, READINGS, GAPS = range(5)

Places = dict[int, list[tuple[int, int]]]
"""Document → (place, what stands beside it)."""


def numbers(text: str) -> Iterator[int]:
    """The numbers that stand in a text."""
    value, weight = 0, 1
    for sign in text:
        digit = DIGITS[sign]
        if digit < 44:
            yield value + digit * weight
            value, weight = 0, 1
        else:
            value += (digit - 44) * weight
            weight *= 44
            value += weight


def decode(text: str, field: int, before: int = 0) -> Places:
    """A posting list."""
    found: Places = {}
    values = numbers(text)
    document = before
    for head in values:
        document += head // 2
        count = next(values) + 2 if head % 2 else 1
        place = 0
        for _ in range(count):
            place += next(values)
            beside = next(values) if field in (NAMES, READINGS) else 0
            found.setdefault(document, []).append((place, beside))
    return found


def shard_of(piece: str, bits: int) -> str:
    """The number of a piece's shard, as it stands in the file's name."""
    spread = (ord(piece[0]) * 31 + ord(piece[1])) * 0x9E3779B1 & 0xFFFFFFFF
    return f"{spread >> 32 - bits if bits else 0:x}"


@dataclass
class Reader:
    """The files of an index: name → bytes."""

    files: Mapping[str, bytes]

    def content(self, name: str) -> Any:
        """What a file holds."""
        match = re.fullmatch(r'casebook\.receive\("([^"]+)",(.*)\)\n', self.files[name].decode())
        assert match, name
        assert match[1] == name
        return json.loads(match[2])

    @cached_property
    def corpus(self) -> dict[str, Any]:
        """What is known before the first query."""
        return dict(self.content("corpus"))

    @cached_property
    def paths(self) -> dict[int, str]:
        """Document → the address of its page."""
        return {number: card[0] for number, card in self.cards.items()}

    @cached_property
    def cards(self) -> dict[int, list[Any]]:
        """Document → what a result shows."""
        names = [name for name in self.files if name.startswith("cards-")]
        return {int(k): card for name in names for k, card in self.content(name).items()}

    def entry(self, piece: str) -> list[str]:
        """The lists of a piece, field by field."""
        shard = self.shard(f"pieces-{shard_of(piece, self.corpus['pieces'])}")
        return shard.get(piece, [])

    def shard(self, name: str) -> dict[str, list[str]]:
        """The entries of a shard."""
        if name not in self._shards:
            content = self.content(name)
            self._shards[name] = {
                entry[:2]: entry[2:].split(".") for entry in content.split(",") if entry
            }
        return self._shards[name]

    @cached_property
    def _shards(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def places(self, piece: str, field: int) -> Places:
        """Where a piece stands in one field, in all slices."""
        parts = self.entry(piece)
        text = parts[field] if field < len(parts) else ""
        if not text.startswith(":"):
            return decode(text, field)
        found: Places = {}
        for part in range(self.corpus["slices"]):
            bucket = shard_of(piece, self.corpus["common"])
            apart = self.shard(f"common-{part:x}-{bucket}").get(piece, [])
            if field < len(apart):
                found |= decode(apart[field], field, part << 16)
        assert len(found) == next(numbers(text[1:])), "the shard counts what the slices hold"
        return found

    def word(self, word: str, field: int) -> set[int]:
        """The documents in whose field a word stands."""
        if len(word) == 1:
            return set(self.places(word + ".", field)) if field == NAMES else set()
        starts = [min(i, len(word) - 2) for i in range(0, len(word), 2)]
        found: dict[int, set[int]] | None = None
        for start in starts:
            here = {
                document: {place - start for place, _ in at}
                for document, at in self.places(word[start : start + 2], field).items()
            }
            if found is not None:
                here = {d: found[d] & at for d, at in here.items() if found.get(d, set()) & at}
            found = here
        if field == READINGS:
            begins = self.places(word[:2], field)
            return {
                document
                for document, at in (found or {}).items()
                if any(place in at and beside % 2 for place, beside in begins[document])
            }
        return set(found or {})

    def find(
        self, phrase: str, fields: tuple[int, ...] = (NAMES, HEADINGS, TEXTS, GAPS)
    ) -> set[int]:
        """The documents in which a phrase stands."""
        word = normal(phrase)
        return {document for field in fields for document in self.word(word, field)}
