"""An edition with what is looked up in it again and again, whatever output is made of it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

from casebook_site.base.rendering import plain_text
from casebook_site.base.settings import Settings
from casebook_site.domain import evidence
from casebook_site.domain.citation import cite_source
from casebook_site.domain.ordering import ReadersOrder
from casebook_site.domain.places import Levels, Places
from casebook_site.maps.layouts import Layouts
from casebook_site.model.catalog import RECORD_LINK, Key, key_of
from casebook_site.model.editions import Edition
from casebook_site.model.ordering import mentions_in
from casebook_site.model.scopes import ALL
from casebook_site.records import Record
from casebook_site.records.evidence import Figure, Source
from casebook_site.records.teaching import TeachingPoint
from casebook_site.records.texts import CaseStudy
from casebook_site.records.vocabularies import CATEGORIES, DATASET
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import value_of
from casebook_site.schema.walking import prose_paths, values_at

RecordType = TypeVar("RecordType", bound=Record)


@dataclass(frozen=True)
class EditionIndex:
    """An edition with places, figures, sources and dates in the order of readers."""

    edition: Edition
    settings: Settings
    layouts: Layouts = field(default_factory=Layouts)

    # --- text ---------------------------------------------------------------------------------

    def plain(self, text: str | None, limit: int = 120) -> str:
        """Prose as plain text, for descriptions."""
        if text and "record:" in text:
            text = RECORD_LINK.sub(self._plain_link, text)
        return plain_text(text, limit)

    def _plain_link(self, match: Any) -> str:
        if match["text"] or match["kind"] == Source.kind:
            return str(match["text"])
        target = self.edition.resolve(match["kind"], match["id"])
        return target.name if target else ""

    # --- places -------------------------------------------------------------------------------

    @cached_property
    def places(self) -> Places:
        """Where the records of the edition lie."""
        return Places(Levels.of(self.edition.schema), self.edition.get, known={})

    def place_of(self, record: Record) -> str:
        """Return where a record lies, as far as the edition knows: `禹城市 莒镇`, or empty."""
        targets = (self.edition.resolve(*key) for key in self.places.label_keys(record))
        return " ".join(target.name for target in targets if target)

    def group_of(self, record: Record) -> str:
        """Return the name of the place under which lists put a record, or empty."""
        key = self.places.group_of(record)
        target = self.edition.resolve(*key) if key else None
        return target.name if target else ""

    @cached_property
    def by_place(self) -> dict[tuple[str, Key], list[Record]]:
        """(kind, place) → the records that lie there, in the edition's order."""
        return self.places.contents(self.edition)

    def in_place(self, kind: str, place: Key) -> list[Record]:
        """Return the records of a kind that lie in a place, in the edition's order."""
        return self.by_place.get((kind, place), [])

    def followers(self, kind: str, place: Key, id: str, limit: int) -> list[Record]:
        """At most `limit` other records of a kind in a place, beginning after `id`, round."""
        records = self.in_place(kind, place)
        start = bisect(records, id, key=lambda record: record.id)
        line = (*records[start : start + limit], *records[: min(start, limit)])
        return [record for record in line if record.id != id][:limit]

    # --- figures and sources ------------------------------------------------------------------

    def figures_about(self, record: Record) -> list[Figure]:
        """Return the figures of a record, those that lead first."""
        figures = self.figures_of(str(key_of(record)))
        written = {figure.id: self.edition.written[key_of(figure)] for figure in figures}
        return evidence.leading_first(figures, written)

    def leads(self, figure: Figure) -> bool:
        """Return whether a figure may stand for its record: newest of its series, of no other place."""
        return not figure.place and not self.is_earlier(figure)

    def is_earlier(self, figure: Figure) -> bool:
        """Return whether a newer figure of the same series is there."""
        return evidence.is_earlier(figure, self.figures_of(figure.about))

    def recorded(self, figure: Figure) -> str:
        """`本站收录5个`, where a figure is set beside the number of records; else empty."""
        counted = self.recorded_count(figure)
        return "" if counted is None else evidence.recorded_beside(figure, counted)

    def told_by(self, figure: Figure) -> str:
        """Return what a figure was taken from: `名单` for a table of data, else `报道`."""
        source = self.edition.of(Source).get(figure.source)
        return "名单" if source and source.type == DATASET else "报道"

    def recorded_count(self, figure: Figure) -> int | None:
        """Return how many records stand beside a figure; None where it is not compared with any."""
        if not figure.recorded:
            return None
        subject = evidence.subject_of(figure)
        record = self.edition.get(subject)
        place = self.places.group_of(record) if record else None
        if place is None or subject.kind in self.places.levels.names:
            place = subject
        if not self._holds_all_of(place):
            return None
        return self._count(figure.recorded, figure.recorded_filter, place)

    def _holds_all_of(self, place: Key) -> bool:
        """Return whether the scope leaves out nothing of a place: a township's has not all of its county."""
        scope = self.edition.scope
        if scope == ALL or place == scope.key:
            return True
        record = self.edition.get(place)
        return record is not None and scope.key in self.places.keys_above(record)

    def _count(self, kind: str, only: tuple[str, ...], place: Key) -> int:
        """Return the number of records of a kind in a place, whose choice `only` names, if any."""
        records = self.in_place(kind, place)
        field = self.edition.schema[kind].classified_by
        if not only:
            return len(records)
        return sum(value_of(record, field) in only for record in records) if field else 0

    def source_numbers(self, record: Record, figures: Iterable[Figure]) -> dict[str, int]:
        """Source id → number on the record's page: cited in prose first, in reading order."""
        ids: dict[str, None] = {}
        for path in prose_paths(type(record)):
            for _, text in values_at(record, path.steps):
                if f"record:{Source.kind}/" in text:
                    for match in RECORD_LINK.finditer(text):
                        if match["kind"] == Source.kind:
                            ids[match["id"]] = None
        figure_sources = [figure.source for figure in figures]
        event_sources = [id for event in record.events for id in event.sources]
        doubt_sources = [id for doubt in record.doubts for id in doubt.sources]
        for id in (
            *record.sources,
            *([record.source] if isinstance(record, Figure) else []),
            *figure_sources,
            *event_sources,
            *doubt_sources,
        ):
            ids[id] = None
        known = self.edition.of(Source)
        return {id: n for n, id in enumerate((id for id in ids if id in known), start=1)}

    @cached_property
    def citations(self) -> dict[str, str]:
        """Source id → its reference after GB/T 7714."""
        return {id: cite_source(source) for id, source in self.edition.of(Source).items()}

    @cached_property
    def indicator_order(self) -> dict[str, list[Figure]]:
        """Indicator → its figures, newest first."""
        found: dict[str, list[Figure]] = {}
        for figure in self.edition.of(Figure).values():
            found.setdefault(figure.indicator, []).append(figure)
        return {indicator: evidence.newest_first(figures) for indicator, figures in found.items()}

    def same_indicator(self, figure: Figure, limit: int) -> list[Figure]:
        """Return other figures of the same indicator, newest first."""
        newest = islice(self.indicator_order[figure.indicator], limit + 1)
        return [other for other in newest if other.id != figure.id][:limit]

    @cached_property
    def figures_by_about(self) -> dict[str, list[Figure]]:
        """Record, named `kind/id`, → its figures."""
        found: dict[str, list[Figure]] = {}
        for figure in self.edition.of(Figure).values():
            found.setdefault(figure.about, []).append(figure)
        return found

    def figures_of(self, about: str) -> list[Figure]:
        """Return the figures of one record, named `kind/id`."""
        return self.figures_by_about.get(about, [])

    # --- orders -------------------------------------------------------------------------------

    def in_order(self, records: Iterable[RecordType]) -> list[RecordType]:
        """Return records of one kind as readers expect them."""
        return sorted(records, key=self.order.rank)

    def by_places(self, records: Iterable[RecordType]) -> list[RecordType]:
        """Return records of one kind place by place, those of each place as readers expect them."""
        return sorted(self.in_order(records), key=self.order.place_rank)

    def ids_in_order(self, kind: str, ids: Iterable[str]) -> list[str]:
        """Return ids of records of a kind as readers expect them."""
        held = self.edition.records[kind]
        return [record.id for record in self.in_order(held[id] for id in ids)]

    @cached_property
    def order(self) -> ReadersOrder:
        """Says where a record stands among its kind."""
        return ReadersOrder(self.edition.schema, self.places, self.mentions)

    @cached_property
    def mentions(self) -> Mapping[Key, int]:
        """Record → position of its first mention in the cases."""
        order = ReadersOrder(self.edition.schema, self.places)
        return mentions_in(self.edition.of(CaseStudy).values(), order)

    @cached_property
    def category_order(self) -> dict[str, tuple[TeachingPoint, ...]]:
        """Category id → its teaching points, as readers expect them."""
        points = self.in_order(self.edition.of(TeachingPoint).values())
        return {
            id: tuple(p for p in points if p.category == id)
            for id in self.edition.schema.vocabulary(CATEGORIES)
        }

    @cached_property
    def newest(self) -> PartialDate | None:
        """The newest date that any record says it was changed: the site's "today"."""
        dates = [record.updated for record in self.edition if record.updated]
        return max(dates) if dates else None
