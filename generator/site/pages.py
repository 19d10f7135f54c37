"""Builds the parts that all pages share, for one edition."""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from generator.catalog import RECORD_LINK, Key, key_of
from generator.editions import Edition, has_page
from generator.maps.layouts import Layouts
from generator.maps.nearby import Neighbourhood
from generator.maps.points import points
from generator.records import Record
from generator.records.evidence import ROLES, Figure, Source
from generator.records.fields import PartialDate, prose_paths, values_at
from generator.records.teaching import CATEGORIES, TeachingPoint
from generator.rendering import Prose, ProseLink, plain_text
from generator.settings import Settings
from generator.site import wording
from generator.site.citation import cite_source
from generator.site.sections import SECTIONS
from generator.site.views import Entry, FigureView, Head, LinkView, Locator, SourceView
from generator.urls import HOME, absolute, index_path, record_path, relative


@dataclass(frozen=True)
class Desk:
    """An edition with what is looked up again and again while pages are made."""

    edition: Edition
    settings: Settings
    layouts: Layouts = field(default_factory=Layouts)

    # --- links --------------------------------------------------------------------------------

    def link(self, key: Key, page: str, *, note: str = "") -> LinkView | None:
        """A link to a record as it may be shown on `page`; None where it must not be known."""
        if note:
            link = self.link(key, page)
            return replace(link, note=note) if link else None
        place = (key, page.rpartition("/")[0])
        if place not in self._links:
            target = self.edition.resolve(*key)
            href = relative(target.path, page) if target and target.path else None
            link = LinkView(target.name, href, "", self.mark(key)) if target else None
            self._links[place] = link
        return self._links[place]

    @cached_property
    def _links(self) -> dict[tuple[Key, str], LinkView | None]:
        """Links made already: all pages of a folder have the same ones."""
        return {}

    def links(self, kind: str, ids: Iterable[str], page: str) -> tuple[LinkView, ...]:
        """Links to records of one kind, those that may be known."""
        found = (self.link(Key(kind, id), page) for id in ids)
        return tuple(link for link in found if link)

    def mark(self, key: Key) -> str:
        """The category whose mark a record carries, or empty."""
        if key.kind == "category":
            return key.id
        if key.kind == "teaching-point" and (record := self.edition.get(key)):
            return str(getattr(record, "category", ""))
        return ""

    def entry(
        self,
        record: Record,
        page: str,
        *,
        group: str = "",
        meta: Sequence[str] = (),
        limit: int = 90,
    ) -> Entry:
        """A record as a line of a list on `page`."""
        link = self.link(key_of(record), page) or LinkView(record.name)
        return Entry(link, self.plain(record.summary, limit), tuple(filter(None, meta)), group)

    def place_of(self, record: Record) -> str:
        """`禹城市 莒镇`: where a record lies, as far as the edition knows."""
        township = getattr(record, "township", None)
        county = getattr(record, "county", None)
        if township and (found := self.edition.get(Key("township", township))):
            county = getattr(found, "county", county)
        names = [
            target.name
            for kind, id in (("county", county), ("township", township))
            if id and (target := self.edition.resolve(kind, id))
        ]
        return " ".join(names)

    def path_to(self, section: str, page: str) -> tuple[LinkView, ...]:
        """The breadcrumb above a page of a section."""
        return (
            LinkView("首页", relative(HOME, page)),
            LinkView(SECTIONS[section].title, relative(index_path(section), page)),
        )

    # --- prose --------------------------------------------------------------------------------

    def prose(self, text: str | None, page: str, numbers: dict[str, int]) -> Prose | None:
        """Markdown with its record links resolved for `page`; `numbers` counts the sources."""
        if not text:
            return None
        if "record:" not in text:
            return Prose(text)
        links: dict[str, ProseLink] = {}
        for match in RECORD_LINK.finditer(text):
            key = Key(match["kind"], match["id"])
            target = self.edition.resolve(*key)
            if target is None:
                continue
            href = relative(target.path, page) if target.path else None
            cite = numbers.get(key.id, 0) if key.kind == "source" else 0
            links[str(key)] = ProseLink(target.name, href, cite)
        return Prose(text, links)

    def plain(self, text: str | None, limit: int = 120) -> str:
        """Prose as plain text, for descriptions."""
        if text and "record:" in text:
            text = RECORD_LINK.sub(self._plain_link, text)
        return plain_text(text, limit)

    def _plain_link(self, match: Any) -> str:
        if match["text"] or match["kind"] == "source":
            return str(match["text"])
        target = self.edition.resolve(match["kind"], match["id"])
        return target.name if target else ""

    # --- figures and sources --------------------------------------------------------------------

    def figures_about(self, record: Record) -> list[Figure]:
        """The figures of a record by role, then by date, then as written."""
        figures = self.figures_of(str(key_of(record)))
        order = list(ROLES)
        return sorted(
            figures,
            key=lambda f: (order.index(f.role), f.as_of, self.edition.written[key_of(f)]),
        )

    def figure_view(self, figure: Figure, page: str, numbers: dict[str, int]) -> FigureView:
        """A figure as it is shown on `page`."""
        source = self.link(Key("source", figure.source), page) or LinkView(figure.source)
        return FigureView(
            name=figure.name,
            value=wording.amount(figure),
            unit=figure.unit,
            as_of=figure.as_of.chinese,
            href=relative(record_path("figure", figure.id), page),
            source=source,
            cite=numbers.get(figure.source, 0),
            place=figure.place or "",
            role=ROLES[figure.role],
            recorded=self.recorded(figure),
            note=figure.note or "",
            conflicts=self.links("figure", figure.conflicts_with, page),
        )

    def recorded(self, figure: Figure) -> str:
        """`本站收录 5 个`, where a figure is set beside the number of records; else empty."""
        if not figure.recorded:
            return ""
        about = Key(*figure.about.partition("/")[::2])
        county = getattr(self.edition.get(about), "county", "")
        in_county = county and about.kind not in ("township", "village")
        place = Key("county", county) if in_county else about
        return (
            f"本站收录 {self._count(figure.recorded, figure.recorded_filter, place)} {figure.unit}"
        )

    def _count(self, kind: str, only: tuple[str, ...], place: Key) -> int:
        """Records of a kind in a place; `only` names forms, levels, types or categories."""
        names = ("form", "level", "type", "category")
        return sum(
            not only or any(getattr(record, name, None) in only for name in names)
            for record in self._by_place.get((kind, place), ())
        )

    @cached_property
    def _by_place(self) -> dict[tuple[str, Key], list[Record]]:
        found: dict[tuple[str, Key], list[Record]] = {}
        for kind in ("township", "village", "joint-committee", "party-school", "teaching-point"):
            for record in self.edition.records[kind].values():
                for place in self.places_of(record):
                    found.setdefault((kind, place), []).append(record)
        return found

    def places_of(self, record: Record) -> set[Key]:
        """The township and county that a record lies in."""
        found: set[Key] = set()
        if township := getattr(record, "township", None):
            found.add(Key("township", township))
            if town := self.edition.get(Key("township", township)):
                found.add(Key("county", str(getattr(town, "county", ""))))
        if county := getattr(record, "county", None):
            found.add(Key("county", county))
        return found

    def in_place(self, kind: str, place: Key) -> list[Record]:
        """Records of a kind in a township or county, in the edition's order."""
        return self._by_place.get((kind, place), [])

    def followers(self, kind: str, place: Key, id: str, limit: int) -> list[Record]:
        """At most `limit` other records of a kind in a place, beginning after `id`, round."""
        records = self.in_place(kind, place)
        start = bisect(records, id, key=lambda record: record.id)
        line = (*records[start : start + limit], *records[: min(start, limit)])
        return [record for record in line if record.id != id][:limit]

    def source_numbers(self, record: Record, figures: Iterable[Figure]) -> dict[str, int]:
        """Source id → number on the record's page: cited in prose first, in reading order."""
        ids: dict[str, None] = {}
        for path in prose_paths(type(record)):
            for _, text in values_at(record, path.steps):
                if "record:source/" in text:
                    for match in RECORD_LINK.finditer(text):
                        if match["kind"] == "source":
                            ids[match["id"]] = None
        figure_sources = [figure.source for figure in figures]
        event_sources = [id for event in record.events for id in event.sources]
        doubt_sources = [id for doubt in record.doubts for id in doubt.sources]
        own = getattr(record, "source", None)
        for id in (
            *record.sources,
            *([own] if own else []),
            *figure_sources,
            *event_sources,
            *doubt_sources,
        ):
            ids[id] = None
        known = self.edition.of(Source)
        return {id: n for n, id in enumerate((id for id in ids if id in known), start=1)}

    @cached_property
    def _citations(self) -> dict[str, str]:
        return {id: cite_source(source) for id, source in self.edition.of(Source).items()}

    def source_views(self, numbers: dict[str, int], page: str) -> tuple[SourceView, ...]:
        """The numbered list of sources at the end of a page."""
        sources = self.edition.of(Source)
        return tuple(
            SourceView(
                number=number,
                citation=self._citations[id],
                href=relative(record_path("source", id), page),
                url=sources[id].url,
                grade=sources[id].grade,
            )
            for id, number in numbers.items()
        )

    # --- head -----------------------------------------------------------------------------------

    def head(
        self,
        title: str,
        description: str,
        page: str,
        *,
        type: str = "website",
        json_ld: Sequence[dict[str, Any]] = (),
        alternate: str = "",
    ) -> Head:
        """What stands in the head of a page."""
        url = absolute(self.settings.site_url, page) if self.settings.site_url else ""
        return Head(
            title=title,
            description=description or title,
            canonical=url,
            type=type,
            site_name=self.settings.site_name,
            json_ld=script_json(list(json_ld)) if json_ld else "",
            alternate=alternate,
        )

    # --- orders ---------------------------------------------------------------------------------

    @cached_property
    def _order(
        self,
    ) -> dict[tuple[str, tuple[str, ...]], dict[str, tuple[Record | None, Record | None]]]:
        return {}

    def around(self, record: Record, by: tuple[str, ...]) -> tuple[Record | None, Record | None]:
        """The records before and after by pinyin, among those with a page that agree in `by`."""
        known = self._order.get((record.kind, by))
        if known is None:
            known = self._order[record.kind, by] = self._line_up(record.kind, by)
        return known.get(record.id, (None, None))

    def _line_up(
        self, kind: str, by: tuple[str, ...]
    ) -> dict[str, tuple[Record | None, Record | None]]:
        groups: dict[tuple[object, ...], list[Record]] = {}
        for record in wording.by_pinyin(self.edition.records[kind].values(), lambda r: r.name):
            if has_page(self.edition, record):
                groups.setdefault(tuple(getattr(record, name) for name in by), []).append(record)
        return {
            record.id: (before, after)
            for line in groups.values()
            for before, record, after in zip([None, *line], line, [*line[1:], None])  # noqa: B905
        }

    @cached_property
    def category_order(self) -> dict[str, tuple[TeachingPoint, ...]]:
        """Category id → its teaching points by pinyin."""
        points = wording.by_pinyin(self.edition.of(TeachingPoint).values(), lambda p: p.name)
        return {id: tuple(p for p in points if p.category == id) for id in CATEGORIES}

    @cached_property
    def indicator_order(self) -> dict[str, list[Figure]]:
        """Indicator → its figures, newest first."""
        found: dict[str, list[Figure]] = {}
        for figure in self.edition.of(Figure).values():
            found.setdefault(figure.indicator, []).append(figure)
        for figures in found.values():
            figures.sort(key=lambda f: (tuple(-part for part in _parts(f.as_of)), f.id))
        return found

    @cached_property
    def _figures_by_about(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = {}
        for figure in self.edition.of(Figure).values():
            found.setdefault(figure.about, []).append(figure)
        return found

    def figures_of(self, about: str) -> list[Figure]:
        """The figures of one record, named `kind/id`."""
        return self._figures_by_about.get(about, [])

    # --- places on the map ----------------------------------------------------------------------

    @cached_property
    def locators(self) -> dict[tuple[str, str], Locator | None]:
        """(county, township) → the small map of the place: many records lie in few places."""
        return {}

    @cached_property
    def neighbourhood(self) -> Neighbourhood:
        """The teaching points with coordinates, ready to be asked which lie near."""
        return Neighbourhood.of(
            (point.key.id, (point.longitude, point.latitude))
            for point in points(self.edition)
            if point.key.kind == TeachingPoint.kind
        )

    # --- dates and tags -------------------------------------------------------------------------

    @cached_property
    def newest(self) -> PartialDate | None:
        """The newest date that any record says it was changed: the site's "today"."""
        dates = [record.updated for record in self.edition if record.updated]
        return max(dates) if dates else None

    @cached_property
    def tag_slugs(self) -> dict[str, str]:
        """Tag → ASCII name of its page; tags with one reading are told apart by a number."""
        tags = sorted({tag for record in self.edition for tag in record.tags})
        slugs: dict[str, str] = {}
        taken: set[str] = set()
        for tag in tags:
            base = (
                "".join(
                    c
                    for c in wording.pinyin(tag).replace(" ", "-")
                    if c.isascii() and (c.isalnum() or c == "-")
                ).strip("-")[:48]
                or "tag"
            )
            if re.search(r"-\d+$", base):
                base += "-t"  # "-2" is how the second page of a list is named
            slug, n = f"tag-{base}", 2
            while slug in taken:
                slug, n = f"tag-{base}-x{n}", n + 1
            taken.add(slug)
            slugs[tag] = slug
        return slugs

    def tag_links(self, tags: Iterable[str], page: str) -> tuple[LinkView, ...]:
        """Links to the pages of tags."""
        return tuple(
            LinkView(tag, relative(index_path("tags", part=self.tag_slugs[tag]), page))
            for tag in tags
        )

    def paged_records(self) -> list[Record]:
        """Every record that has a page, by kind and id."""
        return [record for record in self.edition if has_page(self.edition, record)]


def _parts(date: PartialDate) -> tuple[int, int, int]:
    return date.year, date.month, date.day


def script_json(value: Any) -> str:
    """JSON that is safe inside a script element."""
    text = json.dumps(value[0] if len(value) == 1 else value, ensure_ascii=False, sort_keys=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
