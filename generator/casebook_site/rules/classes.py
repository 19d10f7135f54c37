"""A class keeps to 5+1+N and, where it says so, to the yearly minimum.

The procedure and the minimum are the article's (source `seed`): five prescribed items, at least one
class at a teaching point, own items; ordinary members 1 day a year, village cadres 2.

Right: sessions with each of the five `prescribed` items and one with `teaching_point`.
Wrong: no oath; no teaching point; a session that is two things at once, or none.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.domain.training import Procedure, days_of_class, procedure_of
from casebook_site.records.teaching import TeachingPoint, TrainingClass
from casebook_site.rules.rule import CheckInput, Rule


def missing_items(record: TrainingClass, procedure: Procedure) -> list[str]:
    """Return Chinese names of the prescribed items and other components that a class lacks."""
    return [
        held_count.item or f"{TeachingPoint.kind_title}现场教学"
        for held_count in procedure.counts(record.sessions)
        if held_count.is_lacking
    ]


def check(record: TrainingClass, given: CheckInput) -> Iterator[Problem]:
    """Yield problems of the procedure, of single sessions, and of the yearly minimum."""
    procedure = procedure_of(given.catalog.schema)
    if procedure.components:
        yield from _check_procedure(record, procedure, given)
    yearly = days_of_class(record)
    if record.counts_whole_minimum and yearly.missing:
        yield Problem(
            given.locate(record, "days"),
            "CB405",
            f"{yearly.title}每年至少 {yearly.least} 天，本班只有 {record.days} 天。",
            "改正天数，或删去 counts_whole_minimum。",
        )


def _check_procedure(
    record: TrainingClass, procedure: Procedure, given: CheckInput
) -> Iterator[Problem]:
    """Yield problems of the whole class, then of sessions that are none or several things."""
    marks = "".join(f"“{component.mark}”" for component in procedure.components)
    lacking = missing_items(record, procedure)
    if lacking:
        yield Problem(
            given.locate(record, "sessions", key=True),
            "CB404",
            f"不合“{procedure.title}”：缺少{'、'.join(lacking)}。",
            "补上这些环节（sessions）。",
        )
    for index, session in enumerate(record.sessions):
        components = procedure.components_of(session)
        if not components:
            yield Problem(
                given.locate(record, "sessions", index),
                "CB404",
                f"环节“{session.title}”没有写明属于{marks}中的哪一样。",
                "写上 prescribed、teaching_point 或 own: true。",
            )
        if len(components) > 1:
            titles = "、".join(component.title for component in procedure.components)
            yield Problem(
                given.locate(record, "sessions", index),
                "CB404",
                f"环节“{session.title}”同时属于{titles}中的几样。",
                "一个环节只属一样。",
            )


RULE = Rule("record", (TrainingClass,), ("CB404", "CB405"), check)
