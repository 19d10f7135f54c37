"""What of an edition can be searched: its records, its hand-written pages, and the index of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from html.parser import HTMLParser
from itertools import chain

from casebook_site.base.faults import boundary
from casebook_site.base.pinyin import readings
from casebook_site.base.problems import Location
from casebook_site.domain import formatting
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.editions import Edition, has_page
from casebook_site.model.urls import index_path, record_path, search_path
from casebook_site.outputs.page_template import WrittenPage
from casebook_site.outputs.site.downloads import File
from casebook_site.outputs.site.hand_written import link_records
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.sections import SEARCH, SiteSection
from casebook_site.records import Record
from casebook_site.records.evidence import Source
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import LinkTo, is_searched, unit_of, value_of
from casebook_site.schema.walking import (
    FieldPath,
    link_paths,
    marks_of,
    text_paths,
    title_of,
    unwrap,
    values_at,
    vocabulary_of,
)
from casebook_site.search.building import build_index
from casebook_site.search.documents import Facets, SearchDocument

PAGE_KIND = "网页"
"""The facet of hand-written pages."""

SECTION_KIND = "栏目"
"""The facet of the indexes of sections."""

WHOLE = 1000
"""Documents of a bundle up to which its index is without posting lists: a county has 700."""

NAMES = ("name", "aliases")
"""Fields that a document holds apart from its texts."""

GAPS = ("missing", "doubts")
"""Fields that say what is not known: no fact, so what is found there comes last."""


@dataclass(frozen=True, slots=True)
class SearchedPage:
    """A hand-written page as the reader gets it."""

    title: str
    html: str
    """The body; links are resolved, and what is internal is gone."""


Written = Mapping[str, SearchedPage | None]
"""Path → hand-written page; None for one that is not searched, such as the home page."""


def searched_pages(pages: Iterable[WrittenPage], edition: Edition) -> Written:
    """Return the hand-written pages of a capture, with the links of an edition."""
    return {
        page.path: SearchedPage(page.searched_as, link_records(page.html, page.path, edition))
        if page.searched_as
        else None
        for page in pages
    }


def plan_search(site: SiteModel, written: Written) -> Iterator[File]:
    """Every file of the index. Takes the documents apart at once: they say which files there are."""
    ids = [str(key_of(record)) for record in site.edition if _address(site, record)]
    ids += [f"page/{path}" for path, page in written.items() if page]
    hidden = {SEARCH, *site.left_out, *site.hidden_sections}
    ids += [f"section/{folder}" for folder in site.sections if folder not in hidden]
    _spell(site, written)
    index = build_index(
        ids,
        partial(_document, site, written),
        workers=site.settings.workers,
        synonyms=site.synonyms,
        whole=site.offline and len(ids) <= WHOLE,
    )
    for name, content in index.files():
        yield File(search_path(name), content, "搜索索引")


def _spell(site: SiteModel, written: Written) -> None:
    """Asks for all readings before there are other processes: each would load the dictionaries."""
    for record in site.edition:
        _readings(record)
    for page in (*written.values(), *site.sections.values()):
        if page:
            readings(page.title)


def _readings(record: Record) -> tuple[str, ...]:
    """Return every way in which a record's names are read, the name's own first."""
    own = (formatting.spelling(record), *readings(record.name))
    return tuple(dict.fromkeys((*own, *chain.from_iterable(map(readings, record.aliases)))))


def _document(site: SiteModel, written: Written, id: str) -> SearchDocument:
    kind, _, name = id.partition("/")
    if kind == "page":
        page = written[name]
        assert page is not None
        return page_document(id, name, page)
    if kind == "section":
        return section_document(id, site.sections[name])
    key = Key(kind, name)
    if site.documents is not None and key in site.documents:
        return site.documents[key]
    record = site.edition.get(key)
    assert record is not None
    with boundary(lambda: Location(site.edition.written[key][0])):
        document = record_document(site, record)
    if site.documents is not None and site.schema[kind].search.is_shared:
        site.documents[key] = document
    return document


# --- records --------------------------------------------------------------------------------------


def record_document(site: SiteModel, record: Record) -> SearchDocument:
    """Return a record as text: what its page says of it, but not what other records say."""
    address = _address(site, record)
    headings: list[str] = []
    texts: list[str] = []
    for path in _searched(type(record)):
        for _, text in values_at(record, path.steps):
            (headings if _is_heading(path) else texts).append(site.plain(text, 0))
    return SearchDocument(
        id=str(key_of(record)),
        path=address,
        names=(record.name, *record.aliases),
        readings=tuple(map(_syllables, _readings(record))),
        headings=tuple(headings),
        texts=(
            *filter(None, [site.schema.of(record).search.lead(record)]),
            *texts,
            *_facts(site, record),
        ),
        gaps=tuple(_gaps(site, record)),
        facets=Facets(
            record.kind_title,
            site.group_of(record),
            title_of(record, mark) if (mark := site.schema.of(record).page.mark) else "",
        ),
        place=site.place_of(record),
    )


def _address(site: SiteModel, record: Record) -> str:
    """Return the page on which a record can be read: its own, else that of the place above."""
    if has_page(site.edition, record):
        return record_path(record.folder, record.id)
    above = site.places.smallest_above(record)
    target = site.edition.resolve(*above) if above else None
    return (target.path if target else None) or ""


@cache
def _searched(model: type[Record]) -> tuple[FieldPath, ...]:
    """Return the texts of a model that say something by themselves."""
    return tuple(
        path
        for path in text_paths(model)
        if path.steps[0] not in (*NAMES, *GAPS) and is_searched(path.info)
    )


def _gaps(site: SiteModel, record: Record) -> Iterator[str]:
    """Yield what a record lacks, and what is in doubt, each behind its title."""
    for path in text_paths(type(record)):
        if path.steps[0] in GAPS and is_searched(path.info):
            title = type(record).model_fields[path.steps[0]].title
            for _, text in values_at(record, path.steps):
                yield f"{title}：{site.plain(text, 0)}"


def _is_heading(path: FieldPath) -> bool:
    """Titles inside a text; what dates and pictures are called is text."""
    return path.steps[-1] == "subtitle" or (
        path.steps[-1] == "title" and path.steps[0] not in ("events", "media")
    )


def _facts(site: SiteModel, record: Record) -> Iterator[str]:
    """Yield what is not written in words: choices, dates, numbers, names behind links."""
    for name, title, unit, choices in _told(type(record)):
        value = value_of(record, name)
        if value is None:
            continue
        if choices:
            chosen = value if isinstance(value, tuple) else (value,)
            said = "、".join(choices[each] for each in chosen if each)
        else:
            said = (
                value.chinese
                if isinstance(value, PartialDate)
                else formatting.measure(formatting.number(value), unit or "")
            )
        if said:
            yield f"{title}：{said}"
    if record.tags:
        yield f"标签：{'、'.join(record.tags)}"
    for path in link_paths(type(record)):
        if names := "、".join(dict.fromkeys(_linked(site, record, path))):
            yield f"{path.info.title}：{names}"


@cache
def _told(
    model: type[Record],
) -> tuple[tuple[str, str | None, str | None, Mapping[str, str] | None], ...]:
    """(name, title, unit, choices) of the fields of a model that are told besides its texts."""
    found = []
    for name, info in model.model_fields.items():
        is_link = any(isinstance(mark, LinkTo) for mark in marks_of(info))
        choices = vocabulary_of(info) if is_searched(info) and not is_link else None
        unit = unit_of(info)
        is_date = any(
            plain is PartialDate for plain, _, many in unwrap(info.annotation) if not many
        )
        if choices or unit or is_date:
            found.append((name, info.title, unit, choices))
    return tuple(found)


def _linked(site: SiteModel, record: Record, path: FieldPath) -> Iterator[str]:
    assert isinstance(path.marker, LinkTo)
    for _, value in values_at(record, path.steps):
        kind, _, id = value.rpartition("/")
        target = site.edition.resolve(path.marker.kind or kind, id)
        if target and path.marker.kind != Source.kind:
            yield target.name


def _syllables(spelling: str) -> tuple[str, ...]:
    return tuple(part for part in spelling.split() if part.isascii() and part.isalpha())


# --- sections ---------------------------------------------------------------------------------------


def section_document(id: str, section: SiteSection) -> SearchDocument:
    """Return the index of a section, by what stands above its list."""
    reading = tuple(map(_syllables, readings(section.title)))
    path, facets = index_path(section.folder), Facets(SECTION_KIND)
    return SearchDocument(id, path, (section.title,), reading, (), (section.lead,), facets)


# --- hand-written pages -----------------------------------------------------------------------------


def page_document(id: str, path: str, page: SearchedPage) -> SearchDocument:
    """Return a hand-written page as text, headings apart."""
    parts = _PageText()
    parts.feed(page.html)
    parts.close()
    headings = [text for text, heading in parts.texts() if heading and text != page.title]
    texts = [text for text, heading in parts.texts() if not heading]
    reading = tuple(map(_syllables, readings(page.title)))
    return SearchDocument(
        id, path, (page.title,), reading, tuple(headings), tuple(texts), Facets(PAGE_KIND)
    )


_INLINE = frozenset(
    {"a", "abbr", "b", "br", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small"}
    | {"span", "strong", "sub", "sup", "u"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass
class _PageText(HTMLParser):
    """The texts of a page, block by block."""

    blocks: list[tuple[list[str], bool]] = field(default_factory=lambda: [([], False)])

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block."""
        if tag not in _INLINE:
            self.blocks.append(([], tag in _HEADINGS))

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag not in _INLINE:
            self.blocks.append(([], False))

    def handle_data(self, data: str) -> None:
        """Text of the block."""
        self.blocks[-1][0].append(data)

    def texts(self) -> Iterator[tuple[str, bool]]:
        """(text, whether it is a heading) of every block that has text."""
        for parts, heading in self.blocks:
            if text := " ".join("".join(parts).split()):
                yield text, heading
