"""Figures that contradict each other name each other; a range has its ends in order.

Right: a `conflicts_with: [b]` and b `conflicts_with: [a]`. Wrong: only one of the two says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.records.evidence import Figure
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.fields import value_of


def check(record: Figure, given: CheckInput) -> Iterator[Problem]:
    """Problems of conflicts told once and of ranges."""
    for index, id in enumerate(record.conflicts_with):
        other = given.linked(Figure, id)
        if id == record.id:
            yield Problem(
                given.locate(record, "conflicts_with", index),
                "CB409",
                "本条不能与自己矛盾。",
                "改成另一条数据的编号，或删去。",
            )
        elif other and record.id not in other.conflicts_with:
            yield Problem(
                given.locate(record, "conflicts_with", index),
                "CB409",
                f"“{other.name}”（{id}）没有反过来指明与本条矛盾。",
                f"在 {id} 里也写 conflicts_with: [{record.id}]。",
            )
    if record.value_to is not None and record.value_to <= record.value:
        yield Problem(
            given.locate(record, "value_to"),
            "CB203",
            f"上限 {record.value_to} 不大于数值 {record.value}。",
            "范围从小写到大。",
        )
    yield from _times_and_parts(record, given)


def _times_and_parts(record: Figure, given: CheckInput) -> Iterator[Problem]:
    """Yield problems of a period that ends before it begins, and of a part larger than the whole."""
    if record.period and record.period.to.is_before(value_of(record.period, "from")):
        yield Problem(
            given.locate(record, "period", "to"),
            "CB203",
            "时段的止在起之前。",
            "起写在前，止写在后。",
        )
    if record.denominator is not None and record.denominator < record.value:
        yield Problem(
            given.locate(record, "denominator"),
            "CB203",
            f"总数 {record.denominator} 小于数值 {record.value}。",
            "总数是数值所在的全部，不会比它小。",
        )
    if record.qualifier == "ordinal" and (record.value < 1 or record.value != int(record.value)):
        yield Problem(
            given.locate(record, "value"),
            "CB203",
            f"名次 {record.value} 不是从 1 起的整数。",
            "第369位写 369。",
        )


RULE = Rule("links", (Figure,), ("CB409", "CB203"), check)
