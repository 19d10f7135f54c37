"""What changed between two signed texts, as numbered pieces of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Mark = Literal["same", "removed", "added"]


class Piece(NamedTuple):
    """A piece of a line."""

    text: str
    mark: Mark


@dataclass(frozen=True)
class TextChange:
    """A line that changed, went or came."""

    number: int
    """Counts the changes of a record, from 1."""
    field: str
    """Title of the field that the line is of."""
    pieces: tuple[Piece, ...]

    @property
    def before(self) -> str:
        """The line as it was; empty for a new one."""
        return "".join(piece.text for piece in self.pieces if piece.mark != "added")

    @property
    def after(self) -> str:
        """The line as it is; empty for one that is gone."""
        return "".join(piece.text for piece in self.pieces if piece.mark != "removed")


def fields_of(text: str) -> Mapping[str, list[str]]:
    """Return title of a field → its lines, from a signed text."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.split("\n") if text else ():
        if line.startswith("【") and line.endswith("】"):
            lines = found.setdefault(line[1:-1], [])
        else:
            lines.append(line)
    return found


def changed_fields(before: str, after: str) -> tuple[str, ...]:
    """Return the titles of the fields that differ between two signed texts, in their order."""
    old, new = fields_of(before), fields_of(after)
    return tuple(title for title in {**new, **old} if old.get(title) != new.get(title))


def text_changes(before: str, after: str) -> tuple[TextChange, ...]:
    """Return the changes that make one signed text the other, in the order of the newer."""
    old, new = fields_of(before), fields_of(after)
    found = (
        (title, pieces)
        for title in changed_fields(before, after)
        for pieces in _lines(old.get(title, []), new.get(title, []))
    )
    return tuple(
        TextChange(number, title, pieces) for number, (title, pieces) in enumerate(found, start=1)
    )


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        shared = min(i2 - i1, j2 - j1)
        for number in range(shared):
            yield _within(old[i1 + number], new[j1 + number])
        for line in old[i1 + shared : i2]:
            yield (Piece(line, "removed"),)
        for line in new[j1 + shared : j2]:
            yield (Piece(line, "added"),)


_TOKEN = re.compile(r"[A-Za-z0-9.,%-]+|.", re.DOTALL)
"""A number or a word of letters is one thing; of Chinese each character is."""

_LIKE = 0.3
"""Lines less alike than this are shown whole, the old one and the new one."""


def _within(old: str, new: str) -> tuple[Piece, ...]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _LIKE:
        return (Piece(old, "removed"), Piece(new, "added"))
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(before[i1:i2]), "same"))
            continue
        if i1 < i2:
            pieces.append(Piece("".join(before[i1:i2]), "removed"))
        if j1 < j2:
            pieces.append(Piece("".join(after[j1:j2]), "added"))
    return tuple(pieces)
