"""The home page of a bundle for a branch: the village, the classes, and the ways in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebook_site.base.templates import Template
from casebook_site.domain.quizzes import questions_of
from casebook_site.model.catalog import key_of
from casebook_site.model.editions import has_page
from casebook_site.model.scopes import Scope
from casebook_site.model.urls import HOME, index_path, relative
from casebook_site.outputs.bundles.branch_pages import village_facts
from casebook_site.outputs.bundles.forms import MINE, PRINTING, STUDY
from casebook_site.outputs.site.home import changed_last
from casebook_site.outputs.site.model import SiteModel, script_json
from casebook_site.outputs.site.pages import SectionList
from casebook_site.outputs.site.sections import SEARCH, SELF_TESTS
from casebook_site.outputs.site.views import Fact, LinkView, Section
from casebook_site.records import Record
from casebook_site.records.teaching import PartySchool, TrainingClass
from casebook_site.schema.dates import PartialDate


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class with its days, from which a script takes those of this month."""

    link: LinkView
    begins: str
    """`2026-05`, or as exact as it is known."""
    ends: str
    when: str
    school: LinkView | None


@dataclass(frozen=True, slots=True)
class BranchHome:
    """What the home page shows."""

    title: str
    scope: str
    """Of the bundle, by which a machine knows it again."""
    village: LinkView | None
    """The village whose bundle it is; None for a larger place."""
    facts: tuple[Fact, ...]
    """What a clerk asks of the village."""
    classes: tuple[ClassView, ...]
    """The newest first."""
    ways: tuple[LinkView, ...]
    search: str
    news: tuple[LinkView, ...]
    changes: str
    """JSON: the days of changes, the newest first, each with the number of its pages."""
    date: str
    """The day of the newest change, in Chinese; empty where none is dated."""
    iso: str


DAYS, NAMED = 6, 60
"""Days of changes that are told, and records that are named of one."""

BRANCH_HOME = Template("bundle/branch.html", BranchHome)


def branch_home(
    site: SiteModel, scope: Scope, title: str, last: tuple[LinkView, ...] = ()
) -> BranchHome:
    """Return the home page of the bundle of a scope, whose pages are those of `site`.

    `last`: further ways, behind those to the sections.
    """
    own = site.edition.get(scope.key) if scope != site.edition.scope else None
    newest = site.newest
    return BranchHome(
        title=title,
        scope=str(scope),
        village=(site.link(scope.key, HOME) or LinkView(own.name)) if own else None,
        facts=village_facts(site, own, HOME) if own else (),
        classes=tuple(_classes(site)),
        ways=(*branch_ways(site, HOME), *last),
        search=relative(index_path(SEARCH), HOME),
        news=tuple(_news(site)),
        changes=script_json([[[day.iso, len(records)] for day, records in changes_by_day(site)]]),
        date=newest.chinese if newest else "",
        iso=newest.iso if newest else "",
    )


def branch_ways(site: SiteModel, page: str) -> tuple[LinkView, ...]:
    """Return the sections of the menu, in its order, each with the number of its records."""
    folders = [folder for entry in site.form.menu for folder in entry.folders]
    ways = (
        LinkView(
            site.sections[folder].title, relative(index_path(folder), page), _count(site, folder)
        )
        for folder in (*folders, SELF_TESTS)
        if folder not in site.left_out
    )
    return tuple(ways)


_NOTES = {STUDY.folder: "十分钟", PRINTING.folder: "贴出去、发下去"}
"""What is said of sections that hold no records."""


def _count(site: SiteModel, folder: str) -> str:
    """Return how much a section holds, in words."""
    if folder in _NOTES:
        return _NOTES[folder]
    if folder == SELF_TESTS:
        return _number(sum(len(questions_of(record)) for record in site.edition), "题")
    if folder == MINE.folder:
        return _number(len(site.edition.records[site.places.levels.names[-1]]), "个村")
    held = site.edition.records[site.schema.by_folder[folder].name].values()
    return _number(sum(has_page(site.edition, record) for record in held), "条")


def _number(count: int, unit: str) -> str:
    return f"{count}{unit}" if count else "暂无"


def _classes(site: SiteModel) -> Iterator[ClassView]:
    """Yield the classes, the newest first."""
    held = site.edition.of(TrainingClass).values()
    for record in sorted(held, key=lambda record: record.begins, reverse=True):
        ends = record.ends or record.begins
        when = record.begins.chinese + (f"至{record.ends.chinese}" if record.ends else "")
        link = site.link(key_of(record), HOME) or LinkView(record.name)
        school = site.links(PartySchool.kind, (record.school,), HOME)
        yield ClassView(link, record.begins.iso, ends.iso, when, school[0] if school else None)


def _news(site: SiteModel) -> Iterator[LinkView]:
    """Yield what was changed last, each with its kind."""
    for record in changed_last(site):
        link = site.link(key_of(record), HOME)
        if link and link.href:
            yield link._replace(note=record.kind_title)


def changes_by_day(site: SiteModel) -> list[tuple[PartialDate, list[Record]]]:
    """Return the records that have a page by the day of their last change, the newest day first."""
    days: dict[PartialDate, list[Record]] = {}
    for record in site.paged_records():
        if record.updated:
            days.setdefault(record.updated, []).append(record)
    return sorted(days.items(), reverse=True)[:DAYS]


def news_page(site: SiteModel, page: str) -> SectionList:
    """Return what was changed last, day by day."""
    return SectionList(
        tuple(
            Section(
                f"day-{day.iso}",
                f"{day.chinese}　{len(records)}条",
                links=tuple(
                    link._replace(note=record.kind_title)
                    for record in records[:NAMED]
                    if (link := site.link(key_of(record), page))
                ),
                note=f"这里列出前{NAMED}条。" if len(records) > NAMED else "",
            )
            for day, records in changes_by_day(site)
        )
    )
