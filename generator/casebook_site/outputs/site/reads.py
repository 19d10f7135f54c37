"""What each file of a site is made from, found by watching what is read while it is made.

A `RecordedSite` answers as the site it stands for and notes each answer's question, a `Fact`. A
file has to be made again only if one of the facts that it was made from has another value now
(`facts.py`). Only a process that is kept up with its content records; a build does not.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar, cast

from casebook_site.domain.places import Places
from casebook_site.maps.nearby import Neighbourhood
from casebook_site.model.catalog import Key
from casebook_site.model.editions import Edition, Target
from casebook_site.outputs.site.model import Neighbours, SiteModel
from casebook_site.outputs.site.views import LinkView, Locator, MarkView
from casebook_site.records import Record
from casebook_site.records.evidence import Figure
from casebook_site.schema.dates import PartialDate

Fact = tuple[Any, ...]
"""The name of a question to a site, and what it was asked about: `("link", "village", "east")`."""

ANY: Fact = ("any",)
"""What a file reads that depends on every record: it has another value after every change."""

Name = TypeVar("Name")
RecordType = TypeVar("RecordType", bound=Record)
Value = TypeVar("Value")


class Reads:
    """The facts that have been read since they were taken last."""

    def __init__(self) -> None:
        self._found: set[Fact] = set()

    def note(self, *fact: Any) -> None:
        """Note that a fact was read."""
        self._found.add(fact)

    def take(self) -> set[Fact]:
        """Return the facts that were read since the last call."""
        found, self._found = self._found, set()
        return found


class _Recorded(Mapping[Name, Value]):
    """A mapping that notes which of its values were looked at; `whole` once all were."""

    def __init__(
        self, held: Mapping[Name, Value], note: Callable[[Name], None], whole: Fact, reads: Reads
    ) -> None:
        self._held = held
        self._note = note
        self._whole = whole
        self._reads = reads

    def __getitem__(self, name: Name) -> Value:
        self._note(name)
        return self._held[name]

    def __contains__(self, name: object) -> bool:
        self._note(cast(Name, name))
        return name in self._held

    def __iter__(self) -> Iterator[Name]:
        self._reads.note(*self._whole)
        return iter(self._held)

    def __len__(self) -> int:
        self._reads.note(*self._whole)
        return len(self._held)

    def values(self) -> ValuesView[Value]:
        """Return all values, without noting each."""
        self._reads.note(*self._whole)
        return self._held.values()

    def items(self) -> ItemsView[Name, Value]:
        """Return all names and values, without noting each."""
        self._reads.note(*self._whole)
        return self._held.items()


@dataclass(frozen=True)
class RecordedEdition(Edition):
    """An edition of a whole site that notes what is read in it. Made by `over`."""

    inner: Edition
    reads: Reads

    @classmethod
    def over(cls, inner: Edition, reads: Reads) -> RecordedEdition:
        """Return the edition, recorded."""
        records: dict[str, Mapping[str, Record]] = {
            kind: _Recorded(by_id, partial(reads.note, "record", kind), ("kind", kind), reads)
            for kind, by_id in inner.records.items()
        }
        return cls(
            inner.schema,
            inner.audience,
            inner.scope,
            records,
            _Recorded(inner.backlinks, lambda key: reads.note("backlinks", *key), ANY, reads),
            inner.outside,
            _Recorded(inner.written, lambda key: reads.note("written", *key), ANY, reads),
            inner.pageless,
            inner,
            reads,
        )

    def resolve(self, kind: str, id: str) -> Target | None:
        """Return what a link becomes."""
        self.reads.note("link", kind, id)
        return self.inner.resolve(kind, id)


@dataclass(frozen=True)
class _RecordedPlaces(Places):
    """Where records lie; a record's place is one fact, whatever it follows from."""

    inner: Places
    reads: Reads

    def above(self, record: Record) -> dict[str, str]:
        """Return level → id of each place that a record lies in."""
        self.reads.note("above", record.kind, record.id)
        return self.inner.above(record)


@dataclass(frozen=True)
class RecordedSite(SiteModel):
    """A site that notes what is read in it. Made by `over`."""

    inner: SiteModel | None = None
    reads: Reads = field(default_factory=Reads)

    @classmethod
    def over(cls, inner: SiteModel) -> RecordedSite:
        """Return the site, recorded."""
        reads = Reads()
        return cls(
            RecordedEdition.over(inner.edition, reads),
            inner.settings,
            inner.layouts,
            inner.offline,
            inner.synonyms,
            inner.packs,
            inner.documents,
            inner.form,
            inner.reviews,
            inner.releases,
            inner,
            reads,
        )

    @property
    def unrecorded(self) -> SiteModel:
        """The site that this one stands for."""
        return self._inner

    @property
    def _inner(self) -> SiteModel:
        assert self.inner is not None
        return self.inner

    def note(self, *fact: Any) -> None:
        """Note that a fact was read."""
        self.reads.note(*fact)

    def _by_name(self, fact: str, held: Mapping[Name, Value]) -> dict[Name, Value]:
        """Return a mapping each of whose values is a fact; as a whole it is one too."""
        note = partial(self.reads.note, fact)
        return cast(dict[Name, Value], _Recorded(held, note, (f"all {fact}",), self.reads))

    # --- what is kept in the site itself, by the names in `EditionIndex` and `SiteModel` ----------

    @cached_property
    def places(self) -> Places:
        """Where the records of the edition lie."""
        inner = self._inner.places
        return _RecordedPlaces(inner.levels, inner.find, inner, self.reads)

    @cached_property
    def by_place(self) -> dict[tuple[str, Key], list[Record]]:
        """(kind, place) → the records that lie there."""
        return self._by_name("in place", self._inner.by_place)

    @cached_property
    def citations(self) -> dict[str, str]:
        """Source id → its reference."""
        return self._by_name("citation", self._inner.citations)

    @cached_property
    def indicator_order(self) -> dict[str, list[Figure]]:
        """Indicator → its figures."""
        return self._by_name("indicator", self._inner.indicator_order)

    @cached_property
    def figures_by_about(self) -> dict[str, list[Figure]]:
        """Record → its figures."""
        return self._by_name("figures of", self._inner.figures_by_about)

    @cached_property
    def category_order(self) -> dict[str, Any]:
        """Category id → its teaching points."""
        return self._by_name("category", self._inner.category_order)

    @cached_property
    def tag_slugs(self) -> dict[str, str]:
        """Tag → name of its page."""
        return self._by_name("tag", self._inner.tag_slugs)

    @property
    def newest(self) -> PartialDate | None:
        """The newest date that any record says it was changed."""
        self.note("newest")
        return self._inner.newest

    @property
    def neighbourhood(self) -> Neighbourhood:
        """The teaching points with coordinates; who reads all of them depends on everything."""
        self.note(*ANY)
        return self._inner.neighbourhood

    @property
    def _links(self) -> Any:
        raise NotImplementedError("links are kept by the site behind")

    @property
    def _lines(self) -> Any:
        raise NotImplementedError("lines are kept by the site behind")

    @property
    def _locators(self) -> Any:
        raise NotImplementedError("locators are kept by the site behind")

    # --- questions that are facts of their own ------------------------------------------------------

    def link(self, key: Key, page: str, *, note: str = "") -> LinkView | None:
        """Return a link to a record."""
        self.note("link", *key)
        return self._inner.link(key, page, note=note)

    def mark(self, key: Key) -> MarkView | None:
        """Return the category whose mark a record carries."""
        self.note("link", *key)
        return self._inner.mark(key)

    def around(self, record: Record, by: tuple[str, ...]) -> Neighbours:
        """Return the records before and after one."""
        self.note("around", record.kind, by, record.id)
        return self._inner.around(record, by)

    def line_up(self, kind: str, by: tuple[str, ...]) -> Mapping[str, Neighbours]:
        """Return id → neighbours of every record of a kind."""
        self.note(*ANY)
        return self._inner.line_up(kind, by)

    def in_order(self, records: Iterable[RecordType]) -> list[RecordType]:
        """Return records as readers expect them."""
        held = [*records]
        self._note_places(held)
        return self._inner.in_order(held)

    def by_places(self, records: Iterable[RecordType]) -> list[RecordType]:
        """Return records place by place."""
        held = [*records]
        self._note_places(held)
        return self._inner.by_places(held)

    def _note_places(self, records: Sequence[Record]) -> None:
        """Note what an order depends on besides the records, which whoever has them has noted."""
        levels = self._inner.places.levels
        for place in {place for record in records for place in levels.named_by(record)}:
            self.note("position", *place)
        if any(map(self._inner.order.goes_by_mention, records)):
            self.note("mentions")

    def ids_in_order(self, kind: str, ids: Iterable[str]) -> list[str]:
        """Return ids of records as readers expect them."""
        held = [*ids]
        for id in held:
            self.note("rank", kind, id)
        return self._inner.ids_in_order(kind, held)

    @property
    def order(self) -> Any:
        """Refuse: what is sorted by it would not be noted."""
        raise NotImplementedError("the order is asked of the site behind")

    @property
    def mentions(self) -> Any:
        """Refuse: what is sorted by it would not be noted."""
        raise NotImplementedError("the order is asked of the site behind")

    def locator_in(self, county: str, township: str, page: str) -> Locator | None:
        """Return the small map of a place."""
        self.note("locator", county, township)
        return self._inner.locator_in(county, township, page)

    def near(self, id: str, limit: int) -> list[tuple[str, float]]:
        """Return the teaching points near one."""
        self.note("near", id, limit)
        return self._inner.near(id, limit)

    def followers(self, kind: str, place: Key, id: str, limit: int) -> list[Record]:
        """Return other records of a kind in a place."""
        self.note("followers", kind, place, id, limit)
        return self._inner.followers(kind, place, id, limit)

    def same_indicator(self, figure: Figure, limit: int) -> list[Figure]:
        """Return other figures of the same indicator."""
        self.note("same", figure.id, limit)
        return self._inner.same_indicator(figure, limit)

    def look_up(self) -> None:
        """Look up now what many pages ask for."""
        self._inner.look_up()

    def paged_records(self) -> list[Record]:
        """Return every record that has a page."""
        self.note(*ANY)
        return self._inner.paged_records()
