"""A course in one of the modules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebook_site.kinds.teaching_parts import syllabus_items, syllabus_section, web_section
from casebook_site.model.catalog import Key
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import ItemList
from casebook_site.outputs.packs.facts import labelled, labelled_choice, measured
from casebook_site.outputs.packs.kind_parts import (
    PackOf,
    RecordPack,
    by_name,
)
from casebook_site.outputs.site.kind_parts import (
    ByChoice,
    SiteIndex,
    SiteListing,
    SitePage,
    no_lead,
    no_note,
    no_pages,
    no_tabs,
    no_text,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
    choice_fact,
    fact,
    measure,
    questions_section,
)
from casebook_site.outputs.site.pages import LIST
from casebook_site.records.places import County
from casebook_site.records.teaching import Course, PartySchool
from casebook_site.schema.kinds import Kind
from casebook_site.schema.parts import (
    Belongs,
    HomePart,
    LinkedDataPart,
    PlacePart,
    ScopePart,
    SearchPart,
    SectionPart,
)
from casebook_site.schema.walking import title_of


def course(record: Course, page: PageScope) -> KindView:
    """Return module, audience, content and questions."""
    return KindView(
        note=f"{title_of(record, 'module')}模块",
        facts=(
            choice_fact(record, "module"),
            fact(record, "counties", *page.links("county", record.counties)),
            choice_fact(record, "trainees"),
            measure(record, "hours"),
            fact(record, "faculty", *page.links("faculty", record.faculty)),
        ),
        sections=(
            page.prose_section(record, "outline"),
            syllabus_section(record),
            web_section(record),
            page.prose_section(record, "lesson_notes"),
            questions_section(record, "questions", page),
        ),
        neighbours="课程",
    )


# --- packs ---


def tell_course(composer: Composer, record: Course, level: int) -> None:
    """For whom, how long, what; the questions stand at the end of the pack."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.lead(record)
    composer.facts(
        record,
        labelled_choice(record, "module"),
        labelled_choice(record, "trainees"),
        measured(record, "hours"),
        labelled(record, "faculty", composer.names("faculty", record.faculty)),
    )
    composer.prose(record.outline)
    items = syllabus_items(record)
    composer.add(ItemList(items) if items else None)
    composer.internal_notes(record)
    composer.further(record)
    composer.doubts(record)
    composer.ask(record, record.questions)


def _properties(site: SiteModel, record: Course) -> Mapping[str, Any]:
    """Return what search engines ask of a course: what it is about, and who gives it.

    That is the first school of its counties, which stand by level; else who publishes the site.
    """
    given = (
        school.name
        for county in record.counties
        for school in site.in_order(site.in_place(PartySchool.kind, Key(County.kind, county)))
    )
    publisher = site.settings.options.publisher.name or site.settings.site_name
    return {
        "description": site.plain(record.summary, 0) or record.name,
        "provider": {"@type": "Organization", "name": next(given, publisher)},
    }


# --- the kind ---


COURSE = Kind(
    model=Course,
    classified_by="module",
    choice_first=False,
    place=PlacePart(
        level=None,
        within=(),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.SERVES, fields=("counties",), is_scope=False),
    count=None,
    section=SectionPart(
        title=Course.kind_title, lead="{titles}{number}大模块。", counts="module", is_wide=False
    ),
    page=SitePage(view=course, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=ByChoice("module"),
            meta=no_note,
            text=no_text,
            template=LIST,
            tabs=no_tabs,
        ),
        pages=no_pages,
        in_alphabet=True,
        needs_source=True,
    ),
    search=SearchPart(lead=no_lead, is_shared=False),
    home=HomePart(rank=6, cover_rank=7, way="", in_county=""),
    linked_data=LinkedDataPart(
        type="Course",
        location="spatialCoverage",
        is_dated=True,
        properties=_properties,
    ),
    pack=RecordPack(
        tell=tell_course,
        scope=PackOf(
            word="course",
            label="课程讲义",
            title=by_name,
            compose=None,
            is_sheet=True,
            gathers=False,
        ),
    ),
)
