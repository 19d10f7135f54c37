"""The gate: what one audience in one scope may see. Every output is made from an `Edition`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from casebook_site.base.audience import Audience
from casebook_site.model.catalog import Catalog, Key, Link, key_of, links_of
from casebook_site.model.redaction import hidden_keys, redact, without_links
from casebook_site.model.scopes import ALL, Scope, ScopeIndex
from casebook_site.model.urls import record_path
from casebook_site.records import Record
from casebook_site.schema.fields import value_of
from casebook_site.schema.kinds import Schema

RecordType = TypeVar("RecordType", bound=Record)


@dataclass(frozen=True, slots=True)
class Target:
    """What a link becomes in an edition: a name, and a page if the edition has one."""

    name: str
    path: str | None


class Backlink(NamedTuple):
    """A record that links here, and by which field."""

    source: Key
    field: str


@dataclass(frozen=True)
class Edition:
    """The catalog as one audience in one scope may see it."""

    schema: Schema
    """The kinds of the site."""
    audience: Audience
    scope: Scope
    records: Mapping[str, Mapping[str, Record]]
    backlinks: Mapping[Key, tuple[Backlink, ...]]
    outside: Mapping[Key, str]
    """Names of records that the audience may see but that are outside the scope."""
    written: Mapping[Key, tuple[str, int]]
    """The file of each record and its place in it: the order that the editor gave."""
    pageless: frozenset[str]
    """Kinds whose records have no pages here: links to them are names."""

    def get(self, key: Key) -> Record | None:
        """Return the record if this edition holds it."""
        return self.records.get(key.kind, {}).get(key.id)

    def of(self, model: type[RecordType]) -> Mapping[str, RecordType]:
        """All records of a kind, id → record."""
        return self.records[model.kind]  # type: ignore[return-value]

    def resolve(self, kind: str, id: str) -> Target | None:
        """Return what a link becomes; None if this reader may not know of the record."""
        inside = self._targets.get((kind, id))
        if inside is not None:
            return inside
        name = self.outside.get(Key(kind, id))
        return None if name is None else Target(name, None)

    @cached_property
    def _targets(self) -> Mapping[tuple[str, str], Target]:
        """What links to the records of the edition become."""
        return {
            (kind, id): Target(
                record.name, record_path(record.folder, id) if has_page(self, record) else None
            )
            for kind, by_id in self.records.items()
            for id, record in by_id.items()
        }

    def linking(self, record: Record, model: type[RecordType], field: str = "") -> list[RecordType]:
        """Return the records of a kind that link to `record`, by `field` if named, sorted by id."""
        ids = {
            link.source.id
            for link in self.backlinks.get(key_of(record), ())
            if link.source.kind == model.kind and (not field or link.field == field)
        }
        return [self.of(model)[id] for id in sorted(ids)]

    def __iter__(self) -> Iterator[Record]:
        for by_id in self.records.values():
            yield from by_id.values()

    def __len__(self) -> int:
        return sum(map(len, self.records.values()))


def has_page(edition: Edition, record: Record) -> bool:
    """Return whether a record has a page: one that is only a line of a list has none."""
    if record.kind in edition.pageless:
        return False
    bare = edition.schema.of(record).page.bare_fields
    if bare is None:
        return True
    said = any(
        value_of(record, name) != info.default
        for name, info in type(record).model_fields.items()
        if name not in bare
    )
    return said or bool(edition.backlinks.get(key_of(record)))


def select(catalog: Catalog, audience: Audience = "public", scope: Scope = ALL) -> Edition:
    """Return the edition of a catalog for an audience and a scope.

    Raises `SettingsError` when the scope names no record that the audience may see.
    """
    return AudienceView(catalog, audience).edition(scope)


class AudienceView:
    """All that an audience may see of a catalog, from which editions of scopes are cut.

    What takes a walk through all records is done once: cutting costs what the scope holds.
    `before`: the same of an earlier catalog; what it made of records that are still the same
    is kept. `changed`: the keys of those that are not, where both catalogs have the same keys in
    the same files; then nothing else is looked at.
    """

    def __init__(
        self,
        catalog: Catalog,
        audience: Audience = "public",
        before: AudienceView | None = None,
        changed: Collection[Key] | None = None,
    ) -> None:
        self.audience = audience
        self._catalog = catalog
        self._hidden = hidden_keys(catalog, audience)
        if before and (before.audience, before._hidden) != (audience, self._hidden):
            before = None  # links to what is hidden are taken out of other records
        if before and changed is not None:
            self._by_key, self._links = dict(before._by_key), dict(before._links)
            for key in self._by_key.keys() & changed:
                self._look_at(key)
            self._written = before._written
            self._all_backlinks = before._all_backlinks
            if self._all_backlinks is not None:
                self._all_backlinks = self._relinked(self._all_backlinks, before, changed)
            return
        self._by_key = {}
        self._links = {}
        self._all_backlinks = None
        for key in catalog.links:
            if key in self._hidden:
                continue
            record = catalog.get(key)
            if before and before._catalog.get(key) is record:
                self._by_key[key], self._links[key] = before._by_key[key], before._links[key]
            else:
                self._look_at(key)
        self._written = {
            key: (origin.path, origin.index or 0)
            for key, origin in catalog.origins.items()
            if key in self._by_key
        }

    _by_key: dict[Key, Record]
    _links: dict[Key, tuple[Link, ...]]
    """The catalog's own where nothing was taken out of a record."""
    _written: dict[Key, tuple[str, int]]
    _all_backlinks: dict[Key, tuple[Backlink, ...]] | None
    """Of the edition that holds everything, once it has been asked for."""

    def _look_at(self, key: Key) -> None:
        record = self._catalog.records[key.kind][key.id]
        self._by_key[key] = seen = self._as_seen(record)
        self._links[key] = _links(seen, self._catalog)

    def _as_seen(self, record: Record) -> Record:
        """Return the record without what the audience may not see; itself if that is nothing."""
        record = redact(record, self.audience)
        return without_links(record, self._hidden) if self._hidden else record

    @property
    def schema(self) -> Schema:
        """The kinds of the site."""
        return self._catalog.schema

    @cached_property
    def membership(self) -> ScopeIndex:
        """What belongs to which scope."""
        return ScopeIndex(self._by_key.values(), self._links, self.schema)

    def edition(self, scope: Scope = ALL) -> Edition:
        """Return the edition of a scope; raises `SettingsError` for one that is unknown."""
        records: dict[str, dict[str, Record]] = {kind.name: {} for kind in self._catalog.schema}
        if scope == ALL:
            inside: Iterable[Key] = self._by_key
        else:
            inside = sorted(self.membership.of(scope))
        for key in inside:
            records[key.kind][key.id] = self._by_key[key]
        held: Collection[Key] = self._by_key if scope == ALL else Keys(records)
        backlinks = self._all_backlinks if scope == ALL else None
        if backlinks is None:
            backlinks = self._backlinks(held)
        if scope == ALL:
            self._all_backlinks = backlinks
        return Edition(
            self._catalog.schema,
            self.audience,
            scope,
            records,
            backlinks,
            _Outside(self._by_key, held),
            self._written if scope == ALL else {key: self._written[key] for key in held},
            pageless=frozenset(),
        )

    def _backlinks(self, held: Collection[Key]) -> dict[Key, tuple[Backlink, ...]]:
        found: dict[Key, list[Backlink]] = defaultdict(list)
        for source in held:
            made: dict[str, Backlink] = {}  # one for all that a field links to
            for target, field in targets(source, self._links[source]):
                if target in held:
                    if field not in made:
                        made[field] = Backlink(source, field)
                    found[target].append(made[field])
        return {key: tuple(links) for key, links in found.items()}

    def _relinked(
        self,
        known: Mapping[Key, tuple[Backlink, ...]],
        before: AudienceView,
        changed: Collection[Key],
    ) -> dict[Key, tuple[Backlink, ...]]:
        """All backlinks, of which those from `changed` records are made anew."""
        order = {kind.name: number for number, kind in enumerate(self._catalog.schema)}
        found = dict(known)
        for source in self._by_key.keys() & changed:
            old = targets(source, before._links[source])
            new = targets(source, self._links[source])
            for target in {target for target, _ in (*old, *new)} & self._by_key.keys():
                links = [link for link in found.pop(target, ()) if link.source != source]
                links += [Backlink(source, field) for to, field in new if to == target]
                if links:
                    found[target] = tuple(
                        sorted(links, key=lambda link: (order[link.source.kind], link.source.id))
                    )
        return found


def _links(record: Record, catalog: Catalog) -> tuple[Link, ...]:
    """Return the links of a record of which something may have been taken out."""
    source = key_of(record)
    known = catalog.links[source]
    if record is catalog.get(source):
        return known
    left = tuple(links_of(record))
    return known if left == known else left


def targets(source: Key, links: Iterable[Link]) -> list[tuple[Key, str]]:
    """Return what a record links to, but for itself, with the field of each link."""
    found = {
        (link.target, "prose" if link.in_prose else str(link.path[0])): None
        for link in links
        if link.target != source
    }
    return list(found)


class Keys(Collection[Key]):
    """The keys of records that stand by kind and id, in their order."""

    def __init__(self, records: Mapping[str, Mapping[str, Record]]) -> None:
        self._records = records

    def __contains__(self, key: object) -> bool:
        return isinstance(key, tuple) and key[1] in self._records.get(key[0], ())

    def __iter__(self) -> Iterator[Key]:
        return (Key(kind, id) for kind, by_id in self._records.items() for id in by_id)

    def __len__(self) -> int:
        return sum(map(len, self._records.values()))


class _Outside(Mapping[Key, str]):
    """Names of what the audience may see and a scope does not hold; nothing is copied."""

    def __init__(self, visible: Mapping[Key, Record], held: Collection[Key]) -> None:
        self._visible = visible
        self._held = held

    def __getitem__(self, key: Key) -> str:
        if key in self._held:
            raise KeyError(key)
        return self._visible[key].name

    def __iter__(self) -> Iterator[Key]:
        return (key for key in self._visible if key not in self._held)

    def __len__(self) -> int:
        return len(self._visible) - len(self._held)
