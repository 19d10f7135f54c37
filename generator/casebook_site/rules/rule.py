"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

from casebook_site.base.problems import Location, Problem
from casebook_site.domain.places import Levels, Places
from casebook_site.model.catalog import Catalog, Key, key_of
from casebook_site.reading.parsing import DataPath
from casebook_site.records import Record
from casebook_site.schema.kinds import RecordModel

RecordType = TypeVar("RecordType", bound=Record)

Reach = Literal["record", "links", "catalog"]
"""How far a rule looks from a record: at itself, at what it links to, at everything."""


@dataclass(frozen=True)
class CheckInput:
    """What rules look at."""

    catalog: Catalog
    media_dir: Path
    unread: frozenset[tuple[str, str]] = frozenset()
    """(kind, id) of records that could not be read; their own problems are told already."""
    pages_dir: Path | None = None
    """The folder of hand-written pages, to which relative links may lead."""
    allowed: frozenset[str] = frozenset()
    """What the settings allow of numbers and addresses of persons."""

    def lacks(self, key: Key) -> bool:
        """Return whether a link to `key` leads nowhere."""
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
        """Return the location of a value of a record in its file."""
        place: DataPath = path
        return self.catalog.origins[key_of(record)].locate(place, key=key)

    def linked(self, model: type[RecordType], id: str | None) -> RecordType | None:
        """Return the record that a link names, or None where it is missing, as another rule says."""
        return self.catalog.of(model).get(id) if id else None

    @cached_property
    def places(self) -> Places:
        """Where records lie."""
        return Places(Levels.of(self.catalog.schema), self.catalog.get)


@dataclass(frozen=True)
class Rule:
    """One check of records."""

    reach: Reach
    models: tuple[type[Record], ...]
    """The rule looks at records of these models and of those derived from them; empty for all."""
    codes: tuple[str, ...]
    check: Callable[[Any, CheckInput], Iterator[Problem]]

    def applies_to(self, model: type[RecordModel]) -> bool:
        """Return whether the rule looks at records of a model."""
        return not self.models or issubclass(model, self.models)
