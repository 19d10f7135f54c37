"""Places: in which ones a record lies, what lies in one, and how a record's place is named.

Levels are the kinds that the schema declares as such, the largest first; a record names the
places that it lies in by links, and they name the places that they lie in themselves. Any level may
be missing, and a site may have others: nothing here knows one by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casebook_site.records import Record
from casebook_site.schema.fields import value_of
from casebook_site.schema.keys import Key
from casebook_site.schema.kinds import Schema

Find = Callable[[Key], Record | None]
"""Key → the record, or None where it is not known."""


@dataclass(frozen=True)
class Levels:
    """The levels of places, and the links by which each kind says where its records lie."""

    names: tuple[str, ...]
    """Kinds of places, the largest first."""
    labelled: tuple[str, ...]
    """Those that labels name."""
    grouping: str
    """The one under whose places lists put records; empty for none."""
    links: Mapping[str, tuple[tuple[str, str], ...]]
    """Kind → (field, level) of each link to a place, the smallest first."""

    @classmethod
    def of(cls, schema: Schema) -> Levels:
        """Return the levels of a schema."""
        parts = {kind.name: kind.place.level for kind in schema}
        names = tuple(name for name, level in parts.items() if level)
        return cls(
            names,
            tuple(name for name, level in parts.items() if level and level.in_labels),
            next((name for name, level in parts.items() if level and level.groups_lists), ""),
            {kind.name: kind.place_links for kind in schema if kind.place_links},
        )

    @property
    def tiled(self) -> str:
        """The level below the one that groups: its places are the tiles of maps; empty for none."""
        if self.grouping not in self.names:
            return ""
        below = self.names[self.names.index(self.grouping) + 1 :]
        return below[0] if below else ""

    def named_by(self, record: Record) -> Iterator[Key]:
        """Yield the places that a record itself names, the smallest first."""
        for name, level in self.links.get(record.kind, ()):
            if id := value_of(record, name):
                yield Key(level, id)


@dataclass(frozen=True)
class Places:
    """Answers where records lie, among those that `find` knows."""

    levels: Levels
    find: Find
    known: dict[Key, dict[str, str]] | None = field(default=None, kw_only=True)
    """What has been answered, where the records that `find` knows stay as they are."""

    def above(self, record: Record) -> dict[str, str]:
        """Return level → id of each place that a record lies in; what is not known is left out."""
        if self.known is None:
            return self._above(record)
        key = Key(record.kind, record.id)
        if key not in self.known:
            self.known[key] = self._above(record)
        return self.known[key]

    def _above(self, record: Record) -> dict[str, str]:
        found: dict[str, str] = {}
        for place in self.levels.named_by(record):
            found.setdefault(place.kind, place.id)
            if place_record := self.find(place):
                for level, id in self.above(place_record).items():
                    found.setdefault(level, id)
        return found

    def position(self, record: Record) -> dict[str, str]:
        """Return the same, with the record itself where it is a place."""
        own = {record.kind: record.id} if record.kind in self.levels.names else {}
        return self.above(record) | own

    def keys_above(self, record: Record) -> frozenset[Key]:
        """Return the keys of the places that a record lies in."""
        return frozenset(Key(level, id) for level, id in self.above(record).items())

    def at(self, record: Record, level: str) -> str:
        """Return the id of the place of a level that a record is or lies in, or empty."""
        return self.position(record).get(level, "")

    def smallest_above(self, record: Record) -> Key | None:
        """Return the smallest place that a record lies in, or None."""
        above = self.above(record)
        return next((Key(level, above[level]) for level in self._upwards if level in above), None)

    @property
    def _upwards(self) -> tuple[str, ...]:
        return self.levels.names[::-1]

    def label_keys(self, record: Record) -> Iterator[Key]:
        """Yield the places that the label of a record names, the largest first."""
        above = self.above(record)
        return (Key(level, above[level]) for level in self.levels.labelled if level in above)

    def group_of(self, record: Record) -> Key | None:
        """Return the place under which lists put a record, or None."""
        level = self.levels.grouping
        id = self.at(record, level)
        return Key(level, id) if id else None

    def contents(self, records: Iterable[Record]) -> dict[tuple[str, Key], list[Record]]:
        """Return (kind, place) → the records that lie there, in their order."""
        found: dict[tuple[str, Key], list[Record]] = {}
        for record in records:
            for level, id in self.above(record).items():
                found.setdefault((record.kind, Key(level, id)), []).append(record)
        return found
