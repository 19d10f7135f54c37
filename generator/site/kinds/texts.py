"""Case study, term."""

from __future__ import annotations

from generator.records.texts import CaseStudy, Measure, Term
from generator.rendering import Prose
from generator.site.kinds.parts import KindView, PageDesk, contact_section, fact
from generator.site.views import Point, Section


def case_study(record: CaseStudy, here: PageDesk) -> KindView:
    """Three parts: overview, measures, outcomes; then what can be learnt."""
    return KindView(
        subtitle=record.subtitle or "",
        facts=(fact(record, "county", here.link("county", record.county)),),
        sections=(
            Section("overview", "一、总体思路", prose=here.prose(record.overview)),
            Section("measures", "二、主要做法", links=()),
            *(
                _measure(number, measure, here)
                for number, measure in enumerate(record.measures, start=1)
            ),
            Section("outcomes", "三、取得成效", prose=here.prose(record.outcomes)),
            Section("lessons", "启示", lines=record.lessons),
            here.prose_section(record, "lesson_notes"),
            contact_section(record.contact),
        ),
        neighbours="案例",
    )


def _measure(number: int, measure: Measure, here: PageDesk) -> Section:
    return Section(
        f"measure-{number}",
        f"{number}. {measure.title}",
        prose=here.prose(measure.lead),
        points=tuple(
            Point(point.title, here.prose(point.text) or Prose("")) for point in measure.points
        ),
        links=here.links("mechanism", measure.mechanisms),
        level=3,
    )


def term(record: Term, here: PageDesk) -> KindView:
    """The definition comes first."""
    return KindView(
        sections=(
            Section("definition", "释义", prose=here.prose(record.definition)),
            Section("see-also", "参见", links=here.links("term", record.see_also)),
        ),
        neighbours="术语",
    )
