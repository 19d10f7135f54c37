"""Case study, term."""

from __future__ import annotations

from casebook_site.base.rendering import Prose
from casebook_site.outputs.site.kinds.parts import KindView, PageScope, contact_section, fact
from casebook_site.outputs.site.views import Point, Section
from casebook_site.records.texts import CaseStudy, Measure, Term


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


def term(record: Term, page: PageScope) -> KindView:
    """The definition comes first."""
    return KindView(
        sections=(
            Section("definition", "释义", prose=page.prose(record.definition)),
            Section("see-also", "参见", links=page.links("term", record.see_also)),
        ),
        neighbours="术语",
    )
