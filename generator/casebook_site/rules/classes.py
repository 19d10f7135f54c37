"""A class keeps to its procedure and, where it says so, to the yearly minimum.

Both are the site's (`domain/training.py`). A class that says `procedure: none` keeps to nothing.

Right: under 5+1+N, sessions with each of the five `prescribed` items and one with `teaching_point`.
Wrong: no oath; no teaching point; a session that is two things at once, or none.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.domain.training import Procedure, answers_of, procedure_of_class, time_of_class
from casebook_site.records.teaching import PartySchool, TeachingPoint, TrainingClass
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
    schema = given.catalog.schema
    school = given.linked(PartySchool, record.school)
    procedure = procedure_of_class(schema, record, school)
    if procedure.components:
        yield from _check_procedure(record, procedure, given)
    yield from _check_evaluation(record, given)
    yearly = time_of_class(schema, record, school)
    if record.counts_whole_minimum and (lacking := yearly.lacks()):
        held, least = lacking
        yield Problem(
            given.locate(record, "days"),
            "CB405",
            f"{yearly.title}每年至少 {least}，本班只有 {held}。",
            "改正天数或学时，或删去 counts_whole_minimum。",
        )


def _check_evaluation(record: TrainingClass, given: CheckInput) -> Iterator[Problem]:
    """Yield counts of questionnaires that cannot be."""
    told = record.evaluation
    if told is None:
        return
    if told.returned > told.sent:
        yield Problem(
            given.locate(record, "evaluation", "returned"),
            "CB203",
            f"收回 {told.returned} 份，多于发出的 {told.sent} 份。",
            "改正份数。",
        )
    for index, item in enumerate(told.items):
        if (answers := answers_of(item)) > told.returned:
            yield Problem(
                given.locate(record, "evaluation", "items", index),
                "CB203",
                f"“{item.name}”各格共 {answers} 份，多于收回的 {told.returned} 份。",
                "改正份数。",
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


RULE = Rule("links", (TrainingClass,), ("CB203", "CB404", "CB405"), check)
