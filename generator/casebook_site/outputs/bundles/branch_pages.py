"""The pages that only a bundle for a branch has: 我的村, 学习, 打印."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import zip_longest

from casebook_site.domain.places import Levels
from casebook_site.domain.quizzes import questions_of
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.urls import HOME, index_path, relative
from casebook_site.outputs.bundles.forms import MINE, PRINTING, STUDY
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import asked
from casebook_site.outputs.site.pages import LIST, IndexView, Page, SectionList, index_page
from casebook_site.outputs.site.paging import IndexFile, Listing
from casebook_site.outputs.site.sections import SELF_TESTS, SiteSection
from casebook_site.outputs.site.views import (
    Fact,
    LinkView,
    QuestionView,
    RecordEntry,
    Section,
    TableRow,
)
from casebook_site.records import Record
from casebook_site.records.base import Contact
from casebook_site.records.committees import JointCommittee
from casebook_site.records.teaching import PartySchool, TeachingPoint, TrainingClass
from casebook_site.records.texts import CaseStudy, Term

Build = Callable[[SiteModel, str], Iterator[Section]]
"""(site, path) → the sections of a page."""

WORDS = 6
"""Words that the ten-minute route explains."""
QUESTIONS = 5
"""Questions that it asks."""
NAMED = 3
"""Teaching points that are named beside a village."""


def plan_own_pages(site: SiteModel) -> Iterator[IndexFile]:
    """Yield the pages of the sections that the form of the site alone has, yet to be built."""
    for section in site.form.sections:
        yield from _PLANS[section.folder](site)


# --- what is near a village ---------------------------------------------------------------------


def committees_of(site: SiteModel, village: Record) -> list[JointCommittee]:
    """Return the joint committees that a village belongs to."""
    return site.in_order(site.edition.linking(village, JointCommittee))


def schools_of(site: SiteModel, place: Key | None) -> list[PartySchool]:
    """Return the party schools in the place above a village."""
    schools = site.edition.of(PartySchool)
    found = [] if place is None else site.in_place(PartySchool.kind, place)
    return site.in_order(schools[record.id] for record in found)


def points_near(site: SiteModel, village: Record) -> list[Record]:
    """Return the teaching points in a village, else those in the place above it."""
    above = site.places.smallest_above(village)
    own = site.in_place(TeachingPoint.kind, key_of(village))
    near = own or (site.in_place(TeachingPoint.kind, above) if above else [])
    return site.in_order(near)[:NAMED]


def village_facts(site: SiteModel, village: Record, page: str) -> tuple[Fact, ...]:
    """Return what a clerk asks of a village: its committee, school, teaching points, contact."""
    above = site.places.smallest_above(village)
    committees, schools = committees_of(site, village), schools_of(site, above)
    points = points_near(site, village)
    facts = (
        Fact(JointCommittee.kind_title, _links(site, committees, page)),
        Fact(PartySchool.kind_title, _links(site, schools, page)),
        Fact(TeachingPoint.kind_title, _links(site, points, page)),
        Fact("有事找谁", _contacts([*committees, *schools])),
    )
    return tuple(fact for fact in facts if fact.values)


def _links(site: SiteModel, records: Iterable[Record], page: str) -> tuple[LinkView, ...]:
    links = (site.link(key_of(record), page) for record in records)
    return tuple(link for link in links if link)


def _contacts(records: Iterable[JointCommittee | PartySchool]) -> tuple[LinkView, ...]:
    """Return whom to call, as posts: a public edition knows the office alone."""
    return tuple(LinkView(_called(record.name, record.contact)) for record in records)


def _called(office: str, contact: Contact | None) -> str:
    said = (contact.name, contact.phone) if contact else ()
    return "　".join(filter(None, (office, *said)))


# --- 我的村 -------------------------------------------------------------------------------------


def _villages(site: SiteModel) -> Iterator[IndexFile]:
    """Yield the list of all villages of the scope, those of one township below each other."""
    level = Levels.of(site.schema).names[-1]
    villages = site.by_places(site.edition.records[level].values())

    def show(path: str, shown: Sequence[Record]) -> SectionList:
        return SectionList(tuple(_township(site, place, held, path) for place, held in _by(shown)))

    def _by(shown: Sequence[Record]) -> Iterator[tuple[Key | None, list[Record]]]:
        groups: dict[Key | None, list[Record]] = {}
        for village in shown:
            groups.setdefault(site.places.smallest_above(village), []).append(village)
        yield from groups.items()

    yield from Listing(site, MINE.folder, villages, show, LIST).pages()


def _township(site: SiteModel, place: Key | None, villages: list[Record], path: str) -> Section:
    """Return a township: what all its villages share, those with something of their own, the rest."""
    schools = schools_of(site, place)
    target = site.edition.resolve(*place) if place else None
    shared = (
        Fact(PartySchool.kind_title, _links(site, schools, path)),
        Fact("最近的教学点", _links(site, _points_in(site, place), path)),
        Fact("有事找谁", _contacts(schools)),
    )
    rows = {village.id: row for village in villages if (row := _row(site, village, path))}
    others = [village.name for village in villages if village.id not in rows]
    return Section(
        f"place-{place.id}" if place else "places",
        f"{target.name if target else '其他'}　{len(villages)}个村",
        facts=tuple(fact for fact in shared if fact.values),
        columns=("村", JointCommittee.kind_title, "村里的教学点") if rows else (),
        rows=tuple(rows.values()),
        links=tuple(LinkView(name) for name in others),
    )


def _points_in(site: SiteModel, place: Key | None) -> list[Record]:
    return site.in_order(site.in_place(TeachingPoint.kind, place))[:NAMED] if place else []


def _row(site: SiteModel, village: Record, path: str) -> TableRow | None:
    """Return a village with what is its own; None where that is its name alone."""
    link = site.link(key_of(village), path) or LinkView(village.name)
    points = site.in_order(site.in_place(TeachingPoint.kind, key_of(village)))
    committees = committees_of(site, village)
    if not (link.href or points or committees):
        return None
    return TableRow((link, _cell(site, committees, path), _cell(site, points, path)))


def _cell(site: SiteModel, records: Sequence[Record], path: str) -> LinkView:
    """Return records as one cell: the first leads to its page, the others are named behind it."""
    links = _links(site, records, path)
    if not links:
        return LinkView("—")
    return links[0]._replace(note="、".join(link.name for link in links[1:]))


# --- 学习 ---------------------------------------------------------------------------------------


def _study(site: SiteModel, path: str) -> Iterator[Section]:
    """Yield the route of ten minutes: words, one case, questions."""
    if words := _words(site):
        entries = tuple(_entry(site, record, path, text) for record, text in words)
        terms = LinkView("全部术语", relative(index_path(Term.folder), path))
        yield Section("words", "一　认几个词（两分钟）", entries=entries, links=(terms,))
    case = next(iter(site.in_order(site.edition.of(CaseStudy).values())), None)
    if case:
        told = case.plain or site.plain(case.summary or case.overview, 300)
        entry = _entry(site, case, path, told)
        yield Section("case", "二　读一个案例（五分钟）", entries=(entry,))
    if questions := _questions(site, path):
        others = LinkView("全部自测题", relative(index_path(SELF_TESTS), path))
        yield Section("quiz", "三　答几道题（三分钟）", questions=questions, links=(others,))


def _entry(site: SiteModel, record: Record, path: str, text: str) -> RecordEntry:
    return RecordEntry(site.link(key_of(record), path) or LinkView(record.name), text)


def _words(site: SiteModel) -> list[tuple[Record, str]]:
    """Return what is told in plain words; where that is little, the terms that most records name."""
    plain = [(record, record.plain) for record in site.edition if record.plain]
    terms = site.in_order(site.edition.of(Term).values())
    terms.sort(key=lambda term: -len(site.edition.backlinks.get(key_of(term), ())))
    defined = [(term, site.plain(term.definition, 160)) for term in terms if not term.plain]
    return [*plain, *defined][:WORDS]


def _questions(site: SiteModel, path: str) -> tuple[QuestionView, ...]:
    """Return the first question of each record that asks some, then their second ones."""
    held = [asked(site, path, record, questions_of(record)) for record in site.edition]
    turns = zip_longest(*filter(None, held))
    return tuple(question for turn in turns for question in turn if question)[:QUESTIONS]


# --- 打印 ---------------------------------------------------------------------------------------


def _printing(site: SiteModel, path: str) -> Iterator[Section]:
    """Yield what there is to print, each with the way to its page."""
    pages = (
        (MINE.folder, MINE.title, "贴在村部，谁都看得到"),
        (TrainingClass.folder, TrainingClass.kind_title, "开班前贴出去"),
        (SELF_TESTS, "自测题", "不点“看答案”，印出来就是空白卷"),
        (Term.folder, Term.kind_title, "讲课前发给大家"),
    )
    entries = tuple(
        RecordEntry(LinkView(title, relative(index_path(folder), path)), note)
        for folder, title, note in pages
        if folder in site.sections and _holds(site, folder)
    )
    yield Section("pages", "常印的几页", entries=entries)
    for model, title in ((TrainingClass, "培训班日程"), (TeachingPoint, "教学点一页纸")):
        records = site.in_order(site.edition.of(model).values())
        if records:
            yield Section(model.folder, title, links=_links(site, records, path))


def _holds(site: SiteModel, folder: str) -> bool:
    """Return whether a list has something to print."""
    if folder == SELF_TESTS:
        return any(questions_of(record) for record in site.edition)
    kind = site.schema.by_folder.get(folder)
    return kind is None or bool(site.edition.records[kind.name])


def _page(site: SiteModel, section: SiteSection, build: Build) -> Page[IndexView[SectionList]]:
    """Return a page of one of the sections."""
    path = index_path(section.folder)
    view = IndexView(
        path=(LinkView("首页", relative(HOME, path)), LinkView(section.title)),
        title=section.title,
        lead=section.lead,
        body=SectionList(tuple(build(site, path))),
    )
    return index_page(LIST, view, site.head(section.title, section.lead, path))


def _one_page(section: SiteSection, build: Build, site: SiteModel) -> Iterator[IndexFile]:
    path = index_path(section.folder)
    yield IndexFile(path, section.folder, partial(_page, site, section, build))


_PLANS: Mapping[str, Callable[[SiteModel], Iterator[IndexFile]]] = {
    MINE.folder: _villages,
    STUDY.folder: partial(_one_page, STUDY, _study),
    PRINTING.folder: partial(_one_page, PRINTING, _printing),
}
"""Folder of a section → what plans its pages."""
