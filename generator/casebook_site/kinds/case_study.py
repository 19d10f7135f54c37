"""A case in three parts: overview, measures, outcomes."""

from __future__ import annotations

from casebook_site.base.rendering import Prose
from casebook_site.domain import evidence
from casebook_site.kinds.lessons import discussion_sections, tell_discussion
from casebook_site.model.catalog import key_of
from casebook_site.model.editions import Edition
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import (
    Number,
    Numbers,
    Paragraph,
    Run,
)
from casebook_site.outputs.packs.kind_parts import (
    PackOf,
    RecordPack,
)
from casebook_site.outputs.site.kind_parts import (
    SiteIndex,
    SiteListing,
    SitePage,
    in_one_list,
    no_lead,
    no_note,
    no_pages,
    no_properties,
    no_tabs,
    no_text,
)
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
    contact_section,
    questions_section,
)
from casebook_site.outputs.site.pages import CARDS
from casebook_site.outputs.site.views import Point, Section
from casebook_site.records.texts import CaseStudy, Measure
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


def case_study(record: CaseStudy, page: PageScope) -> KindView:
    """Three parts: overview, measures, outcomes; then what can be learnt."""
    return KindView(
        subtitle=record.subtitle or "",
        facts=(page.place_fact(record),),
        sections=(
            Section("overview", "一、总体思路", prose=page.prose(record.overview)),
            Section("measures", "二、主要做法", links=()),
            *(
                _measure(number, measure, page)
                for number, measure in enumerate(record.measures, start=1)
            ),
            Section("outcomes", "三、取得成效", prose=page.prose(record.outcomes)),
            Section("lessons", "启示（编者归纳）", lines=record.lessons),
            *discussion_sections(record, page),
            page.prose_section(record, "lesson_notes"),
            contact_section(record.contact),
            questions_section(record, "questions", page),
        ),
        neighbours="案例",
    )


def _measure(number: int, measure: Measure, page: PageScope) -> Section:
    return Section(
        f"measure-{number}",
        f"{number}. {measure.title}",
        prose=page.prose(measure.lead),
        points=tuple(
            Point(point.title, page.prose(point.text) or Prose("")) for point in measure.points
        ),
        links=page.links("mechanism", measure.mechanisms),
        level=3,
    )


# --- packs ---


def tell_case_study(composer: Composer, record: CaseStudy, level: int) -> None:
    """Overview, measures, outcomes, lessons."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.paragraph(record.subtitle, "subtitle")
    composer.lead(record)
    composer.show_numbers(leading_numbers(composer, record))
    composer.photos(record)
    composer.heading(level + 1, "总体思路")
    composer.prose(record.overview)
    composer.heading(level + 1, "主要做法")
    for measure in record.measures:
        composer.heading(level + 2, measure.title)
        composer.add(Paragraph(composer.line(measure.lead), "lead") if measure.lead else None)
        for point in measure.points:
            composer.title(level + 3, point.title)
            composer.prose(point.text)
        names = composer.names("mechanism", measure.mechanisms)
        composer.add(Paragraph((Run("相关机制："), *names), "note") if names else None)
    composer.heading(level + 1, "取得成效")
    composer.prose(record.outcomes)
    if record.lessons:
        composer.heading(level + 1, "启示（编者归纳）")
        composer.lines(record.lessons)
    tell_discussion(composer, record, level + 1)
    composer.internal_notes(record)
    composer.further(record)
    composer.doubts(record)
    composer.ask(record, record.questions)


LEADING_FIGURES = 6
"""Figures that stand out below the title; the part of figures has them all."""


def leading_numbers(composer: Composer, record: CaseStudy) -> Numbers:
    """Return the outcomes of a case as figures that stand out."""
    figures = [
        figure
        for figure in composer.lookups.figures_about(record)
        if figure.role in ("outcome", "scale") and composer.lookups.leads(figure)
    ]
    return Numbers(
        tuple(
            Number(
                evidence.amount(figure),
                evidence.unit_beside(figure),
                figure.name,
                f"截至{figure.as_of.chinese}",
            )
            for figure in figures[:LEADING_FIGURES]
        )
    )


def _title(edition: Edition, record: CaseStudy) -> tuple[str, str]:
    """Return title and subtitle of the pack of a case study."""
    return record.name, record.subtitle or ""


# --- the kind ---


CASE_STUDY = Kind(
    model=CaseStudy,
    classified_by=None,
    choice_first=False,
    place=PlacePart(
        level=None,
        within=("county",),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.WHOLE_COUNTY, fields=(), is_scope=False),
    count=None,
    section=SectionPart(
        title=CaseStudy.kind_title,
        lead="一个案例讲清三件事：总体思路、主要做法、取得成效。",
        counts=None,
        is_wide=False,
    ),
    page=SitePage(view=case_study, bare_fields=None, mark=None, is_for_branches=True),
    index=SiteIndex(
        listing=SiteListing(
            group=in_one_list,
            meta=no_note,
            text=no_text,
            template=CARDS,
            tabs=no_tabs,
        ),
        pages=no_pages,
        in_alphabet=True,
        needs_source=True,
    ),
    search=SearchPart(lead=no_lead, is_shared=False),
    home=HomePart(rank=1, cover_rank=1, way="", in_county=""),
    linked_data=LinkedDataPart(
        type="Article",
        location="spatialCoverage",
        is_dated=True,
        properties=no_properties,
    ),
    pack=RecordPack(
        tell=tell_case_study,
        scope=PackOf(
            word="case", label="案例资料", title=_title, compose=None, is_sheet=False, gathers=False
        ),
    ),
)
