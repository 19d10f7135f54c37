"""The order in which readers expect records: not the alphabet's, wherever anything better is known.

Records stand by the county that they lie in, then by their own `order`, then by the official codes
of their places, then by the choice of their kind, then as the cases mention them, and last by pinyin.
Kinds whose choice says how high they stand, such as schools, go by it before the places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from casebook_site.domain.formatting import spelling
from casebook_site.domain.places import Places
from casebook_site.records import Record
from casebook_site.records.places import Place
from casebook_site.records.vocabularies import CODE_SYSTEMS
from casebook_site.schema.fields import value_of
from casebook_site.schema.keys import Key
from casebook_site.schema.kinds import Schema
from casebook_site.schema.parts import Belongs

Position = tuple[object, ...]
"""Where a place stands among its like; also where a record does among its kind. Both are only compared."""

_NO_CODE = "~"
"""Stands behind every code."""


@dataclass(frozen=True)
class ReadersOrder:
    """Says where a record stands among the records of its kind."""

    schema: Schema
    places: Places
    mentions: Mapping[Key, int] = field(default_factory=dict)
    """Record → position of its first mention in the cases, which tells apart what lies nowhere."""
    _known: dict[Key, Position] = field(default_factory=dict, init=False, repr=False)

    def rank(self, record: Record) -> Position:
        """Return the sort key of a record among its kind."""
        levels = self.places.levels
        position = self.places.position(record)
        is_place = record.kind in levels.names
        kind = self.schema.of(record)
        choice = self._choice(record)
        grouping = levels.names.index(levels.grouping) if levels.grouping in levels.names else -1
        group = self._of(levels.grouping, position)
        below = self._below(levels.names[grouping + 1 :], position)
        own = _NOT_ORDERED if is_place else _own(record)
        first = choice if kind.choice_first else 0
        mention = self._mention(record)
        return (group, own, first, below, choice, mention, spelling(record), record.name, record.id)

    def place_rank(self, record: Record) -> Position:
        """Return the sort key of the places that a record is or lies in; the largest count first."""
        levels = self.places.levels
        return self._below(levels.names, self.places.position(record))

    def _below(self, levels: tuple[str, ...], position: Mapping[str, str]) -> Position:
        """Return the positions of the places of some levels; a record without a tile stands last."""
        return tuple(
            (0, self._of(level, position)) if level in position else (1,)
            for level in levels
            if level in position or level == self.places.levels.tiled
        )

    def _of(self, level: str, position: Mapping[str, str]) -> Position:
        """Return the position of the place of a level among its like; empty where there is none."""
        if level not in position:
            return ()
        key = Key(level, position[level])
        if key not in self._known:
            self._known[key] = self._position(key)
        return self._known[key]

    def _position(self, key: Key) -> Position:
        record = self.places.find(key)
        if record is None:
            return (*_NOT_ORDERED, _NO_CODE, "", "", key.id)
        code = self._code(record)
        return (*_own(record), code, spelling(record), record.name, record.id)

    def _code(self, record: Record) -> str:
        """Return the official code of a place in the first system in which it has one."""
        codes = record.codes if isinstance(record, Place) else ()
        systems = self._systems
        found = min(codes, key=lambda code: systems.index(code.system), default=None)
        return found.value if found else _NO_CODE

    @cached_property
    def _systems(self) -> list[str]:
        return [*self.schema.vocabulary(CODE_SYSTEMS)]

    def goes_by_mention(self, record: Record) -> bool:
        """Return whether the cases say where a record stands: one that serves counties and lies nowhere."""
        return self.schema.of(record).scope.belongs is Belongs.SERVES

    def _mention(self, record: Record) -> int:
        if not self.goes_by_mention(record):
            return 0
        return self.mentions.get(Key(record.kind, record.id), len(self.mentions))

    def _choice(self, record: Record) -> int:
        """Return the position of a record's choice in the vocabulary of its kind."""
        kind = self.schema.of(record)
        if kind.choices is None or kind.classified_by is None:
            return 0
        value = value_of(record, kind.classified_by)
        return [*kind.choices].index(value) if value in kind.choices else len(kind.choices)


_NOT_ORDERED = (1, 0)


def _own(record: Record) -> tuple[int, int]:
    """Return the sort key of the order that an editor gave; who has none stands behind all others."""
    return _NOT_ORDERED if record.order is None else (0, record.order)
