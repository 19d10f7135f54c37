"""The edition and the site of the last build, read from its ledger as far as a page asks for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, overload

from markupsafe import Markup

from casebook_site.base.settings import Settings
from casebook_site.domain.citation import cite_source
from casebook_site.engine.incremental.ledger import Ledger, StoredRecord, restored
from casebook_site.kinds import program_schema
from casebook_site.maps.nearby import Neighbourhood
from casebook_site.model.catalog import Catalog, Key, Link, key_of, links_of
from casebook_site.model.editions import Backlink, Edition, Target, has_page
from casebook_site.model.redaction import redact, without_links
from casebook_site.model.scopes import ALL
from casebook_site.model.urls import record_path
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.views import Locator
from casebook_site.reading.records import Origin
from casebook_site.records import Record
from casebook_site.records.evidence import Figure, Source
from casebook_site.schema.dates import PartialDate

Name = TypeVar("Name")
Value = TypeVar("Value")


class _Asked(Mapping[Name, Value]):
    """A mapping whose values are fetched when they are asked for, and kept."""

    def __init__(
        self,
        fetch: Callable[[Name], Value | None],
        names: Callable[[], Sequence[Name]] = lambda: (),
    ) -> None:
        self._fetch = fetch
        self._names = names
        self._known: dict[Name, Value | None] = {}

    def __getitem__(self, name: Name) -> Value:
        if name not in self._known:
            self._known[name] = self._fetch(name)
        value = self._known[name]
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[Name]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())


class _Members(Sequence[Record]):
    """Records in a given order, each fetched when it is looked at."""

    def __init__(self, ids: Sequence[str], by_id: Mapping[str, Record]) -> None:
        self._ids = ids
        self._by_id = by_id

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        if isinstance(index, slice):
            return [self._by_id[id] for id in self._ids[index]]
        return self._by_id[self._ids[index]]

    def __len__(self) -> int:
        return len(self._ids)


@dataclass(frozen=True)
class Stored:
    """The records of a ledger, with some of them replaced."""

    ledger: Ledger
    settings: Settings
    edits: Mapping[Key, Record] = field(default_factory=dict)
    """Records as they are now, in the place of those in the ledger."""

    # --- rows -----------------------------------------------------------------------------------

    @cached_property
    def _rows(self) -> Mapping[Key, StoredRecord]:
        return _Asked(lambda key: self.ledger.record(*key))

    def row(self, key: Key) -> StoredRecord | None:
        """What was noted of a record."""
        return self._rows.get(key)

    # --- records --------------------------------------------------------------------------------

    @cached_property
    def catalog(self) -> Catalog:
        """All records, whoever may see them."""
        records = {kind: self._by_id(kind, self._written_record, set()) for kind in _KINDS}
        origins: Mapping[Key, Origin] = _Asked(self._origin)
        links: Mapping[Key, tuple[Link, ...]] = _Asked(self._links)
        return Catalog(program_schema(), records, origins, links)

    def _by_id(
        self, kind: str, fetch: Callable[[Key], Record | None], hidden: set[Key]
    ) -> Mapping[str, Record]:
        return _Asked(
            lambda id: fetch(Key(kind, id)),
            lambda: [id for id in self.ledger.ids(kind) if Key(kind, id) not in hidden],
        )

    def _written_record(self, key: Key) -> Record | None:
        row = self._rows.get(key)
        return self.edits.get(key) or (restored(row) if row else None)

    def _origin(self, key: Key) -> Origin | None:
        row = self._rows.get(key)
        root = self.settings.root
        return Origin(row.file, f"{root}/{row.file}", row.place) if row else None

    def _links(self, key: Key) -> tuple[Link, ...] | None:
        record = self.catalog.get(key)
        return tuple(links_of(record)) if record else None

    # --- edition --------------------------------------------------------------------------------

    @cached_property
    def _hidden(self) -> set[Key]:
        return {Key(kind, id) for kind, id in self.ledger.facts["hidden"]}

    def _seen(self, key: Key) -> Record | None:
        """A record as the audience may see it."""
        record = None if key in self._hidden else self.catalog.get(key)
        if record is None:
            return None
        record = redact(record, self.settings.options.audience)
        return without_links(record, self._hidden) if self._hidden else record

    @cached_property
    def edition(self) -> Edition:
        """What the audience may see."""
        return _StoredEdition(
            program_schema(),
            self.settings.options.audience,
            ALL,
            {kind: self._by_id(kind, self._seen, self._hidden) for kind in _KINDS},
            _Asked(self._backlinks),
            {},
            _Asked(self._written),
        )

    def _backlinks(self, key: Key) -> tuple[Backlink, ...] | None:
        row = self._rows.get(key)
        links = (line.split("\t") for line in row.links.splitlines()) if row else ()
        return tuple(Backlink(named(source), name) for source, name in links) or None

    def _written(self, key: Key) -> tuple[str, int] | None:
        row = self._rows.get(key)
        return (row.file, row.place or 0) if row else None

    @cached_property
    def site(self) -> SiteModel:
        """What pages of records are made with."""
        return _StoredDesk(self.edition, self.settings, stored=self)


_KINDS = tuple(kind.name for kind in program_schema())


class _StoredEdition(Edition):
    """An edition whose links are followed one by one."""

    @cached_property
    def _targets(self) -> Mapping[tuple[str, str], Target]:
        return _Asked(self._target)

    def _target(self, place: tuple[str, str]) -> Target | None:
        record = self.get(Key(*place))
        if record is None:
            return None
        return Target(
            record.name, record_path(record.folder, record.id) if has_page(self, record) else None
        )


@dataclass(frozen=True)
class _StoredDesk(SiteModel):
    """A site on which the orders of all records are those that the ledger has noted.

    What is not noted would be made from all records: slowly, but the same.
    """

    stored: Stored = field(kw_only=True)

    @cached_property
    def by_place(self) -> Any:
        """As `Lookups.by_place`."""
        return _Asked(self._listed)

    def _listed(self, asked: tuple[str, Key]) -> Sequence[Record] | None:
        line = self.stored.ledger.line(place_list(*asked))
        return _Members(line.split(), self.edition.records[asked[0]]) if line else None

    @cached_property
    def _figures_by_about(self) -> Any:
        figures, backlinks = self.edition.of(Figure), self.edition.backlinks
        return _Asked(
            lambda about: [
                figures[link.source.id]
                for link in backlinks.get(named(about), ())
                if link.source.kind == "figure" and link.field == "about"
            ]
        )

    @cached_property
    def citations(self) -> Any:
        """As `Lookups.citations`."""
        sources = self.edition.of(Source)
        return _Asked(lambda id: cite_source(sources[id]) if id in sources else None)

    @cached_property
    def newest(self) -> Any:
        """As `Lookups.newest`."""
        iso = self.stored.ledger.facts["newest"]
        return PartialDate.parse(iso) if iso else None

    def around(self, record: Record, by: tuple[str, ...]) -> tuple[Record | None, Record | None]:
        """As `SiteModel.around`."""
        row, by_id = self.stored.row(key_of(record)), self.edition.records[record.kind]
        assert row is not None
        return by_id.get(row.before), by_id.get(row.after)

    @cached_property
    def locators(self) -> Any:
        """As `SiteModel.locators`."""
        return _Locators(self.stored.ledger)

    @cached_property
    def neighbourhood(self) -> Neighbourhood:
        """As `SiteModel.neighbourhood`."""
        places = self.stored.ledger.facts["places"]
        return Neighbourhood.of((id, (longitude, latitude)) for id, longitude, latitude in places)

    @cached_property
    def tag_slugs(self) -> dict[str, str]:
        """As `SiteModel.tag_slugs`."""
        return dict(self.stored.ledger.facts["tags"])


class _Locators(dict[tuple[str, str], Locator | None]):
    """Small maps of places, as they were drawn."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self._ledger = ledger

    def __contains__(self, place: object) -> bool:
        if super().__contains__(place):
            return True
        assert isinstance(place, tuple)
        county, town = place
        line = self._ledger.line(locator_list(county, town))
        if line:
            self[county, town] = located(line)
        return bool(line)


def named(record: str) -> Key:
    """The key that is written `kind/id`."""
    kind, _, id = record.partition("/")
    return Key(kind, id)


def place_list(kind: str, place: Key) -> str:
    """Under which name the records of a kind in a place are listed."""
    return f"{kind} in {place}"


def locator_list(county: str, town: str) -> str:
    """Under which name the small map of a place is kept."""
    return f"locator {county} {town}"


def noted(locator: Locator | None) -> str:
    """A small map as one line."""
    return json.dumps(locator and [locator.drawing, locator.caption, locator.href])


def located(line: str) -> Locator | None:
    """The small map of a line."""
    values = json.loads(line)
    return Locator(Markup(values[0]), values[1], values[2]) if values else None
