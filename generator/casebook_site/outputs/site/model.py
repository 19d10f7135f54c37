"""Builds the parts that all pages share, for one edition."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from casebook_site.base.audience import sees_everything
from casebook_site.base.rendering import Prose, ProseLink
from casebook_site.domain import evidence
from casebook_site.maps.nearby import Neighbourhood
from casebook_site.media.pictures import OFFLINE, ONLINE, Photo
from casebook_site.model.catalog import RECORD_LINK, Key, key_of
from casebook_site.model.edition_index import EditionIndex
from casebook_site.model.editions import has_page
from casebook_site.model.points import points
from casebook_site.model.release_book import ReleaseBook
from casebook_site.model.review_book import ReviewBook
from casebook_site.model.scopes import ALL
from casebook_site.model.urls import HOME, absolute, index_path, relative
from casebook_site.outputs.site import mapping
from casebook_site.outputs.site.emptiness import empty_sections
from casebook_site.outputs.site.form import WHOLE, SiteForm
from casebook_site.outputs.site.page_tags import Tag, column_tags, site_tags
from casebook_site.outputs.site.sections import DATA, MAP, TAGS, SiteSection, sections_of
from casebook_site.outputs.site.slugs import slugs_of
from casebook_site.outputs.site.views import (
    FigureView,
    Head,
    LinkView,
    Locator,
    MarkView,
    RecordEntry,
    SourceView,
)
from casebook_site.records import Record
from casebook_site.records.evidence import Figure, Source
from casebook_site.records.places import County
from casebook_site.records.teaching import TeachingPoint
from casebook_site.schema.fields import value_of
from casebook_site.schema.kinds import Schema
from casebook_site.schema.walking import choices_of, title_of
from casebook_site.search.documents import SearchDocument

Neighbours = tuple[Key | None, Key | None]
"""The records before and after one."""


@dataclass(frozen=True)
class SiteModel(EditionIndex):
    """An edition with what is looked up, and what is kept, while pages are made."""

    offline: bool = False
    """Whether the pages go into a bundle: there, nothing is made that only programs read."""
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Words that search takes for one another."""
    packs: Mapping[Key, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Record → (paper, format) of each study pack beside its page, as in `urls.pack_path`."""
    documents: dict[Key, SearchDocument] | None = None
    """What search knows of records that lie in no place; kept by who makes many editions."""
    form: SiteForm = WHOLE
    """Which pages there are, and what they leave out."""
    reviews: ReviewBook | None = None
    """How far the review of each record is, where its page shows that."""
    releases: ReleaseBook | None = None
    """In which release each record stands as it is; None where there is no release."""

    @property
    def schema(self) -> Schema:
        """The kinds of the site."""
        return self.edition.schema

    @cached_property
    def sections(self) -> Mapping[str, SiteSection]:
        """Folder → section, for every folder with an index."""
        own = {section.folder: section for section in self.form.sections}
        return {**sections_of(self.schema), **own}

    @cached_property
    def left_out(self) -> frozenset[str]:
        """The folders of sections that the website has not."""
        return self.form.left_out(self.schema)

    @cached_property
    def hidden_sections(self) -> frozenset[str]:
        """The folders of sections that nothing leads to: those with nothing in them, but for editors."""
        if sees_everything(self.edition.audience):
            return frozenset()
        return empty_sections(self.unrecorded.edition)

    @property
    def has_tables(self) -> bool:
        """Whether there are files for spreadsheets: not in bundles of less than a county."""
        if DATA in self.left_out:
            return False
        return not self.offline or self.edition.scope.kind in (ALL.kind, County.kind)

    # --- photos -------------------------------------------------------------------------------

    @property
    def largest_photo(self) -> int:
        """Return the pixels of a photo's longer edge, at most."""
        return OFFLINE if self.offline else ONLINE

    def photo_widths(self, picture: Photo | None) -> tuple[int, ...]:
        """Return the widths in which a photo is given beside itself; on a stick none."""
        return picture.widths() if picture and not self.offline else ()

    # --- links --------------------------------------------------------------------------------

    def link(self, key: Key, page: str, *, note: str = "") -> LinkView | None:
        """Return a link to a record as `page` may show it; None if it must not be known."""
        if note:
            link = self.link(key, page)
            return link._replace(note=note) if link else None
        known = self._links[page.rpartition("/")[0]]
        if key not in known:
            target = self.edition.resolve(*key)
            href = relative(target.path, page) if target and target.path else None
            known[key] = LinkView(target.name, href, "", self.mark(key)) if target else None
        return known[key]

    @cached_property
    def _links(self) -> defaultdict[str, dict[Key, LinkView | None]]:
        """Folder → links made already: all its pages have the same ones."""
        return defaultdict(dict)

    def links(self, kind: str, ids: Iterable[str], page: str) -> tuple[LinkView, ...]:
        """Links to records of one kind, those that may be known."""
        found = (self.link(Key(kind, id), page) for id in ids)
        return tuple(link for link in found if link)

    def mark(self, key: Key) -> MarkView | None:
        """Return the mark that a record carries, that of its category; None for none."""
        field = self.schema[key.kind].page.mark
        record = self.edition.get(key) if field else None
        if record is None or field is None:
            return None
        choice = choices_of(type(record), field).choice(value_of(record, field))
        return MarkView(choice.id, choice.mark)

    def entry(
        self,
        record: Record,
        page: str,
        *,
        group: str = "",
        meta: Sequence[str] = (),
        limit: int = 90,
    ) -> RecordEntry:
        """Return a record as a line of a list on `page`."""
        link = self.link(key_of(record), page) or LinkView(record.name)
        text = self.plain(record.summary, limit)
        return RecordEntry(link, text, tuple(filter(None, meta)), group)

    def path_to(self, section: str, page: str) -> tuple[LinkView, ...]:
        """Return the breadcrumb above a page of a section."""
        return (
            LinkView("首页", relative(HOME, page)),
            LinkView(self.sections[section].title, relative(index_path(section), page)),
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
            if link := self.link(key, page):
                cite = numbers.get(key.id, 0) if key.kind == Source.kind else 0
                links[str(key)] = ProseLink(link.name, link.href, cite)
        return Prose(text, links)

    # --- figures and sources --------------------------------------------------------------------

    def _address(self, key: Key, page: str) -> str:
        """Return the address of a record's page as `page` names it; empty where it has none."""
        target = self.edition.resolve(*key)
        return relative(target.path, page) if target and target.path else ""

    def figure_view(self, figure: Figure, page: str, numbers: dict[str, int]) -> FigureView:
        """Return a figure as it is shown on `page`."""
        source = self.link(Key(Source.kind, figure.source), page) or LinkView(figure.source)
        return FigureView(
            name=figure.name,
            value=evidence.amount(figure),
            unit=evidence.unit_beside(figure),
            as_of=figure.as_of.chinese,
            href=self._address(Key(Figure.kind, figure.id), page),
            source=source,
            cite=numbers.get(figure.source, 0),
            place=figure.place or "",
            role=title_of(figure, "role"),
            told_by=self.told_by(figure),
            recorded=self.recorded(figure),
            note="；".join(filter(None, (evidence.details(figure), figure.note))),
            earlier="较早" if self.is_earlier(figure) else "",
            conflicts=self.links(Figure.kind, figure.conflicts_with, page),
        )

    def source_views(self, numbers: dict[str, int], page: str) -> tuple[SourceView, ...]:
        """Return the numbered list of sources at the end of a page."""
        sources = self.edition.of(Source)
        return tuple(
            SourceView(
                number=number,
                citation=self.citations[id],
                href=self._address(Key(Source.kind, id), page),
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
        photo: str = "",
        tags: Iterable[Tag] | None = None,
    ) -> Head:
        """Return what stands in the head of a page.

        `photo`: path of its first photo in the site. `tags`: of a text, else those of a list.
        """
        every = () if self.offline else site_tags(self.settings)
        url = absolute(self.settings.site_url, page) if self.settings.site_url else ""
        return Head(
            title=title,
            description=description or title,
            canonical=url,
            type="" if self.offline else type,
            site_name=self.settings.site_name,
            json_ld=script_json(list(json_ld)) if json_ld and not self.offline else "",
            alternate="" if self.offline else alternate,
            image=absolute(self.settings.site_url, photo) if photo and url else "",
            tags=(*every, *(column_tags(title, description or title) if tags is None else tags))
            if every
            else (),
        )

    # --- orders ---------------------------------------------------------------------------------

    def around(self, record: Record, by: tuple[str, ...]) -> Neighbours:
        """Return the records before and after one, as readers expect them, among those that agree in `by`."""
        return self.line_up(record.kind, by).get(record.id, (None, None))

    def line_up(self, kind: str, by: tuple[str, ...]) -> Mapping[str, Neighbours]:
        """Return id → neighbours of every record of a kind that has a page."""
        if (kind, by) not in self._lines:
            self._lines[kind, by] = self._line_up(kind, by)
        return self._lines[kind, by]

    @cached_property
    def _lines(self) -> dict[tuple[str, tuple[str, ...]], Mapping[str, Neighbours]]:
        """Lines that pages have asked for already."""
        return {}

    def _line_up(self, kind: str, by: tuple[str, ...]) -> dict[str, Neighbours]:
        groups: dict[tuple[object, ...], list[Key]] = {}
        for record in self.in_order(self.edition.records[kind].values()):
            if has_page(self.edition, record):
                group = tuple(value_of(record, name) for name in by)
                groups.setdefault(group, []).append(key_of(record))
        return {
            key.id: (before, after)
            for line in groups.values()
            for before, key, after in zip([None, *line], line, [*line[1:], None])  # noqa: B905
        }

    # --- places on the map ----------------------------------------------------------------------

    def locator(self, record: Record, page: str) -> Locator | None:
        """Return the small map of where a record is, or None."""
        if not self.schema.of(record).place.is_drawn:
            return None
        position, levels = self.places.position(record), self.places.levels
        county, township = position.get(levels.grouping, ""), position.get(levels.tiled, "")
        return self.locator_in(county, township, page)

    def locator_in(self, county: str, township: str, page: str) -> Locator | None:
        """Return the small map of a place; pages share one, all being equally deep."""
        if MAP in self.left_out:
            return None
        place = (county, township)
        if place not in self._locators:
            made = mapping.locator(self, county, township, page, offline=self.offline)
            self._locators[place] = made
        return self._locators[place]

    @cached_property
    def _locators(self) -> dict[tuple[str, str], Locator | None]:
        """(county, township) → the small map of the place: many records lie in few places."""
        return {}

    def near(self, id: str, limit: int) -> list[tuple[str, float]]:
        """Return the teaching points near one, nearest first, with the distance in kilometres."""
        return self.neighbourhood.near(id, limit)

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
    def tag_slugs(self) -> dict[str, str]:
        """Tag → ASCII name of its page; tags with one reading are told apart by a number."""
        return slugs_of({tag for record in self.edition for tag in record.tags})

    def tag_links(self, tags: Iterable[str], page: str) -> tuple[LinkView, ...]:
        """Links to the pages of tags; none where there are no such pages."""
        if TAGS in self.left_out:
            return ()
        return tuple(
            LinkView(tag, relative(index_path(TAGS, part=self.tag_slugs[tag]), page))
            for tag in tags
        )

    @property
    def unrecorded(self) -> SiteModel:
        """The same site, without notes of what is read in it (`reads.py`)."""
        return self

    def look_up(self) -> None:
        """Look up now what many pages ask for; else each process would, and copy all records."""
        _ = self.by_place, self.figures_by_about, self.citations, self.category_order
        _ = self.neighbourhood, self.tag_slugs, self.newest, self.order

    def paged_records(self) -> list[Record]:
        """Every record that has a page, by kind and id."""
        return [record for record in self.edition if has_page(self.edition, record)]


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def script_json(value: Any) -> str:
    """JSON that is safe inside a script element."""
    text = _ENCODER.encode(value[0] if len(value) == 1 else value)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
