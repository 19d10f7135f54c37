"""Figures that contradict each other name each other; a range has its ends in order.

Right: a `conflicts_with: [b]` and b `conflicts_with: [a]`. Wrong: only one of the two says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.records.evidence import Figure
from casebook_site.rules.rule import CheckInput, Rule


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


RULE = Rule("links", (Figure,), ("CB409", "CB203"), check)
