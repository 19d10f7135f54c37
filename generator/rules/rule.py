"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from generator.catalog import Catalog, key_of
from generator.problems import Location, Problem
from generator.reading import DataPath
from generator.records import Record

Reach = Literal["record", "links", "catalog"]
"""How far a rule looks from a record: at itself, at what it links to, at everything."""


@dataclass(frozen=True)
class World:
    """What rules look at."""

    catalog: Catalog
    media_dir: Path

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
    check: Callable[[Any, World], Iterator[Problem]]
