"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from casebook_site.base.problems import Location, Problem
from casebook_site.model.catalog import Catalog, Key, key_of
from casebook_site.reading.parsing import DataPath
from casebook_site.records import Record

Reach = Literal["record", "links", "catalog"]
"""How far a rule looks from a record: at itself, at what it links to, at everything."""


@dataclass(frozen=True)
class CheckInput:
    """What rules look at."""

    catalog: Catalog
    media_dir: Path
    unread: frozenset[tuple[str, str]] = frozenset()
    """(kind, id) of records that could not be read; their own problems are told already."""

    def lacks(self, key: Key) -> bool:
        """Whether a link to `key` leads nowhere."""
        if self.catalog.get(key) is not None:
            return False
        return self.unread.isdisjoint({(key.kind, key.id), (key.kind, "*")})

    @cached_property
    def former(self) -> dict[Key, Record]:
        """Every former id with the first record, by id, that names it."""
        found: dict[Key, Record] = {}
        for record in self.catalog:
            for id in record.former_ids:
                found.setdefault(Key(record.kind, id), record)
        return found

    def locate(self, record: Record, *path: str | int, key: bool = False) -> Location:
        """Where a value of a record stands."""
        place: DataPath = path
        return self.catalog.origins[key_of(record)].locate(place, key=key)

    def linked(self, kind: str, id: str | None) -> Any:
        """The record that a link names, or None where it is missing (another rule says so)."""
        return self.catalog.records[kind].get(id) if id else None


@dataclass(frozen=True)
class Rule:
    """One check. `kinds` empty means every kind."""

    reach: Reach
    kinds: tuple[str, ...]
    codes: tuple[str, ...]
    check: Callable[[Any, CheckInput], Iterator[Problem]]
