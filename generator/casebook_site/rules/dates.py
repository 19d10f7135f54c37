"""Dates are in order: a class ends after it begins, a source is read after it is published.

Right: `begins: 2022-05-06`, `ends: 2022-05-07`. Wrong: the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.records import Record
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.dates import PartialDate

PAIRS = {"training-class": ("begins", "ends"), "source": ("published", "accessed")}


def check(record: Record, given: CheckInput) -> Iterator[Problem]:
    """A problem where the second date of a pair lies before the first."""
    first_name, second_name = PAIRS[record.kind]
    first: PartialDate | None = getattr(record, first_name)
    second: PartialDate | None = getattr(record, second_name)
    if first and second and second.iso < first.iso[: len(second.iso)]:
        info = type(record).model_fields
        yield Problem(
            given.locate(record, second_name),
            "CB408",
            f"{info[second_name].title}（{second.chinese}）早于{info[first_name].title}（{first.chinese}）。",
            "核对两个日期。",
        )


RULE = Rule("record", tuple(PAIRS), ("CB408",), check)
