"""Dates are in order: a class ends after it begins, a source is read after it is published.

Right: `begins: 2022-05-06`, `ends: 2022-05-07`. Wrong: the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.records import Record
from casebook_site.records.evidence import Source
from casebook_site.records.teaching import TrainingClass
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import value_of

PAIRS: dict[type[Record], tuple[str, str]] = {
    TrainingClass: ("begins", "ends"),
    Source: ("published", "accessed"),
}
"""Model → the fields of which the first must not be later than the second."""


def check(record: Record, given: CheckInput) -> Iterator[Problem]:
    """Yield a problem where the second date of a pair lies before the first."""
    first_name, second_name = next(PAIRS[model] for model in PAIRS if isinstance(record, model))
    first: PartialDate | None = value_of(record, first_name)
    second: PartialDate | None = value_of(record, second_name)
    if first and second and second.iso < first.iso[: len(second.iso)]:
        info = type(record).model_fields
        yield Problem(
            given.locate(record, second_name),
            "CB408",
            f"{info[second_name].title}（{second.chinese}）早于{info[first_name].title}（{first.chinese}）。",
            "核对两个日期。",
        )


RULE = Rule("record", tuple(PAIRS), ("CB408",), check)
