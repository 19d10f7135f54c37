"""All records, linked both ways. It never changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from casebook_site.base.problems import Problem
from casebook_site.reading.files import Origin
from casebook_site.reading.parsing import DataPath
from casebook_site.reading.records import ReadEntry
from casebook_site.records import Record
from casebook_site.schema.fields import LinkTo
from casebook_site.schema.keys import Key
from casebook_site.schema.kinds import NO_KINDS, Schema
from casebook_site.schema.walking import link_paths, prose_paths, values_at

RecordType = TypeVar("RecordType", bound=Record)

RECORD_LINK = re.compile(
    r"\[(?P<text>[^\[\]\n]*)\]\(record:(?P<kind>[^()\[\]/\s]{0,40})/?(?P<id>[^()\[\]\s]{0,80})\)"
)
"""A link to a record in prose: `[text](record:kind/id)`, text may be empty."""


__all__ = ["Catalog", "Key", "Link", "build_catalog", "key_of", "links_of"]


class Link(NamedTuple):
    """A link from a field of one record to another record."""

    path: DataPath
    """Where the link stands in the record's data."""
    target: Key
    required: bool
    """Whether the record cannot stand without it."""
    in_prose: bool = False


def key_of(record: Record) -> Key:
    """Return the key of a record."""
    return Key(record.kind, record.id)


def links_of(record: Record) -> Iterator[Link]:
    """Every link of a record, in fields and in prose, whether or not its target exists."""
    model = type(record)
    for path in link_paths(model):
        marker = path.marker
        assert isinstance(marker, LinkTo)
        for place, value in values_at(record, path.steps):
            target = Key(marker.kind, value) if marker.kind else Key.parse(value)
            yield Link(place, target, path.required)
    for path in prose_paths(model):
        for place, text in values_at(record, path.steps):
            if "record:" in text:
                for match in RECORD_LINK.finditer(text):
                    yield Link(place, Key(match["kind"], match["id"]), False, True)


class SharedLinks:
    """Links of many records, in which what is equal is one object: they took half of the memory."""

    def __init__(self) -> None:
        self._known: dict[Link, Link] = {}
        self._paths: dict[DataPath, DataPath] = {}
        self._keys: dict[Key, Key] = {}

    def of(self, record: Record) -> tuple[Link, ...]:
        """As `links_of`."""
        return tuple(self._known.get(link) or self._keep(link) for link in links_of(record))

    def _keep(self, link: Link) -> Link:
        path = self._paths.setdefault(link.path, link.path)
        kept = Link(path, self.key(link.target), link.required, link.in_prose)
        return self._known.setdefault(kept, kept)

    def key(self, key: Key) -> Key:
        """Return the one object for a key."""
        return self._keys.setdefault(key, key)


@dataclass(frozen=True)
class Catalog:
    """Every valid record by kind and id, with origins and links."""

    schema: Schema
    """The kinds of the site."""
    records: Mapping[str, Mapping[str, Record]]
    """Kind → id → record, kinds in their order, ids sorted."""
    origins: Mapping[Key, Origin]
    links: Mapping[Key, tuple[Link, ...]]
    """Those of every record, in the order of records."""
    withheld: frozenset[Key] = frozenset()
    """Records for everybody that the public may not see yet, or any more."""

    @classmethod
    def empty(cls, schema: Schema = NO_KINDS) -> Catalog:
        """Return a catalog without records."""
        return cls(schema, {kind.name: {} for kind in schema}, {}, {})

    def of(self, model: type[RecordType]) -> Mapping[str, RecordType]:
        """Return all records of a kind, id → record."""
        return self.records.get(model.kind, {})  # type: ignore[return-value]

    def get(self, key: Key) -> Record | None:
        """Return the record, or None."""
        return self.records.get(key.kind, {}).get(key.id)

    def replaced(self, entries: Iterable[ReadEntry]) -> Catalog:
        """Return a catalog with other records in the place of those with the same keys."""
        records, origins, links = dict(self.records), dict(self.origins), dict(self.links)
        changed: dict[str, dict[str, Record]] = {}
        for entry in entries:
            key = key_of(entry.record)
            by_id = changed.setdefault(key.kind, dict(self.records[key.kind]))
            by_id[key.id] = entry.record
            origins[key] = entry.origin
            links[key] = tuple(links_of(entry.record))
        return Catalog(self.schema, records | changed, origins, links, self.withheld)

    def __iter__(self) -> Iterator[Record]:
        for by_id in self.records.values():
            yield from by_id.values()

    def __len__(self) -> int:
        return sum(map(len, self.records.values()))


def build_catalog(
    entries: Iterable[ReadEntry], schema: Schema, before: Catalog | None = None
) -> tuple[Catalog, list[Problem]]:
    """Return the catalog, and a problem for every second record with the same id.

    `before`: an earlier catalog; what it knows of records that are still the same is kept.
    """
    records: dict[str, dict[str, Record]] = {kind.name: {} for kind in schema}
    origins: dict[Key, Origin] = {}
    problems: list[Problem] = []
    shared = SharedLinks()
    for record, origin in ((entry.record, entry.origin) for entry in entries):
        key = shared.key(key_of(record))
        if first := origins.get(key):
            problems.append(_duplicate(record, origin, first))
        else:
            origins[key] = origin
            records[record.kind][record.id] = record
    ordered = {kind: dict(sorted(by_id.items())) for kind, by_id in records.items()}
    links = {
        (key := shared.key(key_of(record))): before.links[key]
        if before and before.get(key) is record
        else shared.of(record)
        for by_id in ordered.values()
        for record in by_id.values()
    }
    return Catalog(schema, ordered, origins, links), problems


def _duplicate(record: Record, origin: Origin, first: Origin) -> Problem:
    return Problem(
        origin.locate(("id",)),
        "CB207",
        f"{record.kind_title}的编号“{record.id}”已用在 {first.locate(('id',))}。",
        "换一个编号。",
    )
