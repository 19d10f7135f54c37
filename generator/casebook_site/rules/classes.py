"""A class keeps to 5+1+N and, where it says so, to the yearly minimum.

The procedure and the minimum are the article's (source `seed`): five prescribed items, at least one
class at a teaching point, own items; ordinary members 1 day a year, village cadres 2.

Right: sessions with each of the five `prescribed` items and one with `teaching_point`.
Wrong: no oath; no teaching point; a session that is two things at once, or none.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.records.teaching import (
    PRESCRIBED_ITEMS,
    TRAINEES,
    YEARLY_MINIMUM_DAYS,
    Session,
    TrainingClass,
)
from casebook_site.rules.rule import CheckInput, Rule


def missing_items(record: TrainingClass) -> list[str]:
    """Chinese names of the prescribed items that a class lacks, and of the teaching-point class."""
    held = {session.prescribed for session in record.sessions}
    lacking = [title for item, title in PRESCRIBED_ITEMS.items() if item not in held]
    if not any(session.teaching_point for session in record.sessions):
        lacking.append("基层教学点现场教学")
    return lacking


def check(record: TrainingClass, given: CheckInput) -> Iterator[Problem]:
    """Problems of the procedure, of single sessions, and of the yearly minimum."""
    lacking = missing_items(record)
    if lacking:
        yield Problem(
            given.locate(record, "sessions", key=True),
            "CB404",
            f"不合“5+1+N”：缺少{'、'.join(lacking)}。",
            "补上这些环节（sessions）。",
        )
    for index, session in enumerate(record.sessions):
        if _roles(session) == 0:
            yield Problem(
                given.locate(record, "sessions", index),
                "CB404",
                f"环节“{session.title}”没有写明属于“5”“1”“N”中的哪一样。",
                "写上 prescribed、teaching_point 或 own: true。",
            )
        if _roles(session) > 1:
            yield Problem(
                given.locate(record, "sessions", index),
                "CB404",
                f"环节“{session.title}”同时属于规定动作、教学点、自选动作中的几样。",
                "一个环节只属一样。",
            )
    minimum = YEARLY_MINIMUM_DAYS[record.trainees]
    if record.counts_whole_minimum and record.days < minimum:
        yield Problem(
            given.locate(record, "days"),
            "CB405",
            f"{TRAINEES[record.trainees]}每年至少 {minimum} 天，本班只有 {record.days} 天。",
            "改正天数，或删去 counts_whole_minimum。",
        )


def _roles(session: Session) -> int:
    return bool(session.prescribed) + bool(session.teaching_point) + session.own


RULE = Rule("record", ("training-class",), ("CB404", "CB405"), check)
