"""The content of a site: read, linked and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from casebook_site.base import pinyin
from casebook_site.base.audience import Audience, sees_everything
from casebook_site.base.faults import guarded, write_report
from casebook_site.base.parallel import no_garbage_collection
from casebook_site.base.problems import ContentError, Location, Problem, added_problems
from casebook_site.base.settings import Settings
from casebook_site.base.today import today
from casebook_site.editing import undo
from casebook_site.editing.files import FileChange, commit, finish_interrupted, staged
from casebook_site.engine.wording import wording_faults
from casebook_site.kinds import program_schema
from casebook_site.maps.layouts import Layouts, read_layouts
from casebook_site.model.catalog import Catalog, Key, build_catalog
from casebook_site.model.editions import Edition, select
from casebook_site.model.release_book import ReleaseBook
from casebook_site.model.review_book import ReviewBook
from casebook_site.model.scopes import ALL, Scope
from casebook_site.outputs.packs.lists import WrittenPack, check_lists, read_lists
from casebook_site.reading.files import relative_name
from casebook_site.reading.further_fields import read_fields
from casebook_site.reading.records import Reading, read_records
from casebook_site.reading.releases import Releases, read_releases
from casebook_site.reading.reviews import Reviews, WrittenReview, read_reviews
from casebook_site.reading.vocabularies import read_vocabularies
from casebook_site.rules import CheckInput, Findings, find
from casebook_site.rules.layouts import check_layouts
from casebook_site.rules.pages import check_pages
from casebook_site.rules.reviews import check_reviews, unsigned
from casebook_site.rules.synonyms import check_synonyms
from casebook_site.rules.vocabularies import check_vocabularies
from casebook_site.schema.choices import Vocabulary
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.deriving import with_vocabularies
from casebook_site.schema.further import FurtherField
from casebook_site.schema.kinds import Schema
from casebook_site.search.synonyms import Synonyms, read_synonyms


@dataclass(frozen=True)
class Loaded:
    """The catalog with everything that is wrong with the content."""

    catalog: Catalog
    problems: tuple[Problem, ...]
    layouts: Layouts = field(default_factory=Layouts)
    """Where places stand on the schematic map."""
    synonyms: Synonyms = field(default_factory=Synonyms)
    """What search takes for one another."""
    lists: tuple[WrittenPack, ...] = ()
    """Packs that editors have put together."""
    findings: Findings | None = None
    """What the rules have found in records."""
    unread: frozenset[tuple[str, str]] = frozenset()
    """(kind, id) of records that could not be read, as in `Reading`."""
    reviews: Mapping[Key, WrittenReview] = field(default_factory=dict)
    """What has been signed; empty where nothing is reviewed."""
    unsigned: tuple[Problem, ...] = ()
    """What keeps the content from the public, though nothing is wrong with it."""
    releases: Releases = field(default_factory=dict)
    """Releases that were made, the oldest first."""

    def sound(self) -> Loaded:
        """Return itself; raise `ContentError` with every problem if there is one."""
        if self.problems:
            raise ContentError(self.problems)
        return self

    def released(self, audience: Audience) -> Loaded:
        """Return itself; raise `ContentError` with all that keeps it from an audience."""
        problems = self.problems if sees_everything(audience) else self.problems + self.unsigned
        if problems:
            raise ContentError(problems)
        return self


def site_schema(settings: Settings) -> Schema:
    """Return the kinds of the program, with the vocabularies of a site."""
    stated = read_vocabularies(settings.vocabularies_dir, settings.root).vocabularies
    own = _schema_with(stated) if stated else program_schema()
    fields = read_fields(settings.vocabularies_dir, settings.root, own).fields
    return _schema_with(stated, fields) if fields else own


@lru_cache(maxsize=4)
def _schema_with(
    vocabularies: tuple[Vocabulary, ...], fields: tuple[FurtherField, ...] = ()
) -> Schema:
    """Return the same models each time: records are only compared with those of their own model."""
    return with_vocabularies(program_schema(), {own.id: own for own in vocabularies}, fields)


@no_garbage_collection()
def load(settings: Settings, schema: Schema | None = None) -> Loaded:
    """Read, link and check all content; raise nothing for bad content.

    `schema`: the kinds of the site, where it is known already.
    """
    schema = schema or site_schema(settings)
    finish_interrupted(settings.root)
    pinyin.recall(settings.pinyin_file)
    reading = read_records(
        settings.records_dir,
        settings.root,
        schema,
        workers=settings.workers,
        cache_dir=settings.cache_dir / "parsed",
    )
    catalog, duplicates = build_catalog(reading.entries, schema)
    return withheld(check(settings, reading, catalog, duplicates), settings)


def review_book(settings: Settings, loaded: Loaded) -> ReviewBook | None:
    """Return the reviews of all records; None where the site reviews nothing."""
    options = settings.options.review
    if options is None:
        return None
    return ReviewBook(loaded.catalog, settings.media_dir, loaded.reviews, options)


def release_book(settings: Settings, loaded: Loaded) -> ReleaseBook | None:
    """Return the releases beside the records as they are; None where there is no release."""
    if not loaded.releases:
        return None
    return ReleaseBook(loaded.catalog, settings.media_dir, loaded.releases)


def withheld(loaded: Loaded, settings: Settings) -> Loaded:
    """Return content that keeps from the public what is not signed, or not due on this day."""
    book = review_book(settings, loaded)
    if book is None:
        return loaded
    day = PartialDate.parse(today())
    catalog = replace(loaded.catalog, withheld=book.withheld(day))
    return replace(loaded, catalog=catalog, unsigned=tuple(unsigned(book, catalog, day)))


def check(
    settings: Settings,
    reading: Reading,
    catalog: Catalog,
    duplicates: Iterable[Problem],
    before: Findings | None = None,
    layouts: Layouts | None = None,
) -> Loaded:
    """Return the catalog with every problem of the content: `duplicates` and the rest.

    `before`: what rules have found in an earlier state of the content.
    `layouts`: of the map, where they are others than those of the folder.
    """
    allowed = frozenset(entry.text for entry in settings.options.allowed_personal_data)
    given = CheckInput(catalog, settings.media_dir, reading.unread, settings.docs_dir, allowed)
    there, unread = read_layouts(settings.maps_dir, settings.root)
    layouts = there if layouts is None else layouts
    synonyms, unsaid = read_synonyms(settings.search_dir, settings.root)
    findings = find(given, before)
    lists, unlisted = read_lists(settings.packs_dir, settings.root)
    words = read_vocabularies(settings.vocabularies_dir, settings.root)
    review = settings.options.review
    reviews = (
        read_reviews(settings.reviews_dir, settings.root, catalog.schema) if review else Reviews()
    )
    signed = check_reviews(reviews.by_key.values(), review, given) if review else ()
    problems = [*reading.problems, *duplicates, *unread, *unsaid, *unlisted, *words.problems]
    releases, unreleased = read_releases(settings.releases_dir, settings.root)
    problems += [*reviews.problems, *unreleased]
    own = _schema_with(words.vocabularies) if words.vocabularies else program_schema()
    problems += read_fields(settings.vocabularies_dir, settings.root, own).problems
    problems += findings.problems()
    for folder, found in (
        (settings.maps_dir, check_layouts(layouts, given)),
        (settings.search_dir, check_synonyms(synonyms)),
        (settings.vocabularies_dir, check_vocabularies(words.stated, catalog.schema)),
        (settings.packs_dir, check_lists(lists, given)),
        (settings.reviews_dir, signed),
        (settings.docs_dir, check_pages(settings.docs_dir, settings.root, given)),
        (settings.wording_file, wording_faults(settings, given)),
    ):
        name = relative_name(folder, settings.root)
        problems += guarded(found, partial(Location, name))
    write_report(settings.cache_dir, problems)
    return Loaded(
        catalog,
        tuple(sorted(set(problems))),
        layouts,
        synonyms,
        lists,
        findings,
        reading.unread,
        reviews.by_key,
        releases=releases,
    )


def write_changed(
    settings: Settings, changes: Sequence[FileChange], before: Loaded, title: str = ""
) -> None:
    """Make all changes or none; raise `ContentError` if they would bring problems.

    `before`: the content as it is; what is wrong in it already is in nobody's way.
    `title`: what is done, where it shall be possible to take it back.
    """
    with staged(settings, changes) as copy:
        problems = added_problems(before.problems, load(copy).problems)
    if problems:
        raise ContentError(problems)
    if title:
        undo.keep(settings.root, title, changes)
    commit(settings.root, changes)


def edition_of(settings: Settings, scope: Scope = ALL) -> Edition:
    """Return the edition that the settings ask for; raise `ContentError` with every problem."""
    return select(load(settings).sound().catalog, settings.options.audience, scope)
