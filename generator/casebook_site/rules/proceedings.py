"""The steps of a matter stand in their order, and no more vote than are there.

Right: 31 attended, 30 agreed, 1 abstained; each step on or after the one before.
Wrong: 31 attended, 40 agreed; a result disclosed before the matter was raised.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.domain.proceedings import votes_of
from casebook_site.records.proceedings import Proceeding
from casebook_site.rules.rule import CheckInput, Rule


def check(record: Proceeding, given: CheckInput) -> Iterator[Problem]:
    """Yield a problem for each step that is too early, and for each with too many votes."""
    before = record.began
    for index, step in enumerate(record.steps):
        if step.date and step.date.is_before(before):
            yield Problem(
                given.locate(record, "steps", index, "date"),
                "CB408",
                f"“{step.title}”在{step.date.chinese}，早于前面的{before.chinese}。",
                "改正日期，或按先后排好步骤。",
            )
        before = step.date or before
        if step.attended is not None and (votes := votes_of(step)) > step.attended:
            yield Problem(
                given.locate(record, "steps", index),
                "CB203",
                f"“{step.title}”共 {votes} 票，多于到会的 {step.attended} 人。",
                "改正票数或人数。",
            )


RULE = Rule("record", (Proceeding,), ("CB203", "CB408"), check)
