"""Pieces from which the views of the kinds are put together."""

from __future__ import annotations

import mimetypes
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from casebook_site.base.audience import is_internal
from casebook_site.base.rendering import Prose
from casebook_site.domain import formatting
from casebook_site.domain.quizzes import answer_of, choices_of, note_of, right_of
from casebook_site.maps.coordinates import to_wgs84
from casebook_site.media.pictures import picture_of
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.urls import index_path, media_path, photo_path, relative
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.sections import SELF_TESTS
from casebook_site.outputs.site.views import (
    Fact,
    Image,
    LinkView,
    NumberView,
    QuestionView,
    RecordEntry,
    Section,
)
from casebook_site.records import Record
from casebook_site.records.base import Contact, Coordinates, Medium, Question
from casebook_site.records.evidence import Source
from casebook_site.records.places import Place
from casebook_site.schema.fields import Part, audience_of, unit_of, value_of
from casebook_site.schema.walking import title_of

LIST_LIMIT = 60
"""Records listed on a record's page under one heading; the index has the rest."""


@dataclass(frozen=True)
class KindView:
    """The parts of a page that differ from kind to kind."""

    facts: tuple[Fact | None, ...] = ()
    sections: tuple[Section, ...] = ()
    note: str = ""
    """A few words beside the kind: form, category, place."""
    subtitle: str = ""
    """A line below the name."""
    number: NumberView | None = None
    """The number that the page is about, shown large."""
    first: Section | None = None
    """What stands before all else."""
    is_sheet: bool = False
    """Whether the page is printed as one sheet."""
    head_title: str = ""
    """What browsers, search engines and chats call the page; empty for its name."""
    head_text: str = ""
    """What they say of it; empty for the summary or the first sentence."""
    shown: frozenset[str] = frozenset()
    """Kinds that the sections list already, so that "what links here" leaves them out."""
    neighbours: str = ""
    """What the previous and the next record are called together; empty for none."""
    neighbours_by: tuple[str, ...] = ()
    """Fields in which neighbours agree."""


@dataclass(frozen=True)
class PageScope:
    """The site with one page on it."""

    site: SiteModel
    path: str
    """Path of the page."""
    numbers: dict[str, int]
    """Source id → number in the page's list of sources."""

    def link(self, kind: str, id: str | None) -> LinkView | None:
        """Return a link to a record, or None."""
        return self.site.link(Key(kind, id), self.path) if id else None

    def links(self, kind: str, ids: Iterable[str]) -> tuple[LinkView, ...]:
        """Links to records of one kind."""
        return self.site.links(kind, ids, self.path)

    def place_fact(self, record: Record) -> Fact | None:
        """Return the places that a record names, the largest first, under the largest one's title."""
        links = self.site.schema.of(record).place_links[::-1]
        places = (self.link(level, value_of(record, field)) for field, level in links)
        return fact(record, links[0][0], *places)

    def prose(self, text: str | None) -> Prose | None:
        """Markdown for this page."""
        return self.site.prose(text, self.path, self.numbers)

    def entries(self, records: Iterable[Record], *, place: bool = False) -> tuple[RecordEntry, ...]:
        """Return records as lines of a list, as readers expect them."""
        ordered = self.site.in_order(records)
        return tuple(
            self.site.entry(r, self.path, meta=(self.site.place_of(r),) if place else (), limit=40)
            for r in ordered[:LIST_LIMIT]
        )

    def list_section(
        self, id: str, title: str, records: Iterable[Record], *, place: bool = False
    ) -> Section:
        """Return a headed list of records; says so when it had to be cut."""
        everything = list(records)
        note = (
            f"这里列出前{LIST_LIMIT}条，共{len(everything)}条。"
            if len(everything) > LIST_LIMIT
            else ""
        )
        return Section(id, title, entries=self.entries(everything, place=place), note=note)

    def names_section(self, id: str, title: str, records: Iterable[Record]) -> Section:
        """Return records by name alone, where a page lists many kinds."""
        ordered = self.site.in_order(records)
        links = (self.site.link(key_of(record), self.path) for record in ordered[:LIST_LIMIT])
        return Section(id, title, links=tuple(link for link in links if link))

    def others_lying_in(self, place: Record, told: Collection[str]) -> dict[str, Section]:
        """Return kind → a list of its records that lie in a place, for the kinds not in `told`."""
        found: dict[str, Section] = {}
        for kind in self.site.schema:
            records = self.site.in_place(kind.name, key_of(place))
            if records and not kind.place.level and kind.name not in told:
                found[kind.name] = self.list_section(kind.folder, kind.title, records)
        return found

    def prose_section(self, record: Record, name: str, title: str = "") -> Section:
        """Return a field of Markdown under its own title."""
        info = type(record).model_fields[name]
        return Section(
            name.replace("_", "-"),
            title or info.title or name,
            prose=self.prose(value_of(record, name)),
            internal=is_internal(audience_of(info)),
        )


def fact(record: Part, name: str, *values: LinkView | str | None, note: str = "") -> Fact | None:
    """Return a fact labelled with the field's title; None when there is nothing to say."""
    links = tuple(LinkView(v) if isinstance(v, str) else v for v in values if v)
    if not links:
        return None
    return Fact(type(record).model_fields[name].title or name, links, note)


def choice_fact(record: Part, name: str) -> Fact | None:
    """Return a field of choices with the title of what it holds."""
    return fact(record, name, title_of(record, name))


def measure(record: Part, name: str) -> Fact | None:
    """Return a numeric field with its unit."""
    value: Any = value_of(record, name)
    if value is None:
        return None
    unit = unit_of(type(record).model_fields[name]) or ""
    return fact(record, name, formatting.measure(formatting.number(value), unit))


def place_facts(record: Place) -> tuple[Fact | None, ...]:
    """Codes with their systems, and the point."""
    codes = tuple(LinkView(code.value, note=title_of(code, "system")) for code in record.codes)
    return (
        Fact("行政代码", codes) if codes else None,
        coordinates_fact(record.coordinates),
    )


def coordinates_fact(point: Coordinates | None) -> Fact | None:
    """Return a point in WGS-84 with its precision, and where it was converted from."""
    if point is None:
        return None
    shown = to_wgs84(point)
    text = f"北纬 {shown.latitude:.4f}°，东经 {shown.longitude:.4f}°"
    note = f"WGS-84，误差约{point.precision}米"
    if point.system != shown.system:
        note += f"，由 {title_of(point, 'system')}坐标换算"
    return Fact("坐标", (LinkView(text),), note)


def contact_section(contact: Contact | None) -> Section:
    """Whom to call; only ever in an internal edition."""
    lines = (
        () if contact is None else tuple(filter(None, (contact.name, contact.phone, contact.note)))
    )
    return Section("contact", "联系方式", lines=lines, internal=True)


def remarks_section(record: Record, name: str) -> Section:
    """Return a line that only insiders may see."""
    text = value_of(record, name)
    title = type(record).model_fields[name].title or name
    return Section(name.replace("_", "-"), title, lines=(text,) if text else (), internal=True)


def questions_section(record: Record, name: str, page: PageScope) -> Section:
    """Return the self-test questions of a field with folded answers, and where the others are."""
    questions = asked(page.site, page.path, record, value_of(record, name))
    others = LinkView("全部自测题", relative(index_path(SELF_TESTS), page.path))
    return Section("questions", "自测题", questions=questions, links=(others,) if questions else ())


def asked(
    site: SiteModel, path: str, record: Record, questions: Iterable[Question]
) -> tuple[QuestionView, ...]:
    """Return the questions of a record as the page at `path` shows them."""
    return tuple(
        QuestionView(
            f"{key_of(record)}/{number}",
            each.question,
            note_of(each),
            choices_of(each),
            ",".join(map(str, right_of(each))),
            answer_of(each),
            each.why or "",
            site.links(Source.kind, each.sources, path),
        )
        for number, each in enumerate(questions, start=1)
    )


def below(section: Section) -> Section:
    """Return the same section one level down."""
    return section._replace(level=3)


def is_image(medium: Medium) -> bool:
    """Return whether a medium is a picture."""
    return _sort_of(medium) == "image"


def _sort_of(medium: Medium) -> str:
    return (mimetypes.guess_type(medium.file)[0] or "").partition("/")[0]


def images_of(site: SiteModel, record: Record, page: str) -> tuple[Image, ...]:
    """Return the photos and files of a record."""
    return tuple(_image(site, medium, page) for medium in record.media)


def _image(site: SiteModel, medium: Medium, page: str) -> Image:
    path = site.settings.media_dir / medium.file
    picture = picture_of(path) if is_image(medium) else None
    width, height = picture.within(site.largest_photo) if picture else (0, 0)
    return Image(
        relative(media_path(medium.file), page),
        medium.title,
        medium.credit,
        _sort_of(medium),
        medium.date.chinese if medium.date else "",
        width,
        height,
        ", ".join(
            f"{relative(photo_path(medium.file, width), page)} {width}w"
            for width in site.photo_widths(picture)
        ),
    )
