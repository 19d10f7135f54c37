"""A case in three parts: overview, measures, outcomes."""

from __future__ import annotations

from casebook_site.base.rendering import Prose
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
    fact,
)
from casebook_site.outputs.site.views import Point, Section
from casebook_site.records.texts import CaseStudy, Measure
from casebook_site.schema.kinds import (
    Belongs,
    HomePart,
    Kind,
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
        facts=(fact(record, "county", page.link("county", record.county)),),
        sections=(
            Section("overview", "一、总体思路", prose=page.prose(record.overview)),
            Section("measures", "二、主要做法", links=()),
            *(
                _measure(number, measure, page)
                for number, measure in enumerate(record.measures, start=1)
            ),
            Section("outcomes", "三、取得成效", prose=page.prose(record.outcomes)),
            Section("lessons", "启示", lines=record.lessons),
            page.prose_section(record, "lesson_notes"),
            contact_section(record.contact),
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


CASE_STUDY = Kind(
    model=CaseStudy,
    classified_by=None,
    place=PlacePart(
        is_level=False,
        within=("county",),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.WHOLE_COUNTY, fields=(), is_scope=False),
    count=None,
    section=SectionPart(
        title=CaseStudy.kind_title,
        lead="一个案例讲清三件事：总体思路、主要做法、取得成效。",
        is_wide=False,
    ),
    page=SitePage(view=case_study, bare_fields=None, mark=None),
    index=SiteIndex(
        listing=SiteListing(
            group=in_one_list,
            meta=no_note,
            text=no_text,
            template="indexes/case-study.html",
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
)
