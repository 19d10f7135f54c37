"""The places of one record agree: the smaller lies in the larger.

Right: a teaching point in 莒镇 of 禹城市. Wrong: county yiyuan with a township of yucheng.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from casebook_site.base.problems import Problem
from casebook_site.model.catalog import Key
from casebook_site.records import Record
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.fields import value_of


def check(record: Record, given: CheckInput) -> Iterator[Problem]:
    """Yield a problem for each place that does not lie in the next larger one of the record."""
    schema = given.catalog.schema
    links = [
        (field, Key(level, id))
        for field, level in schema.of(record).place_links
        if (id := value_of(record, field))
    ]
    for (field, smaller), (larger_field, larger) in pairwise(links):
        place = given.catalog.get(smaller)
        lies_in = given.places.at(place, larger.kind) if place else ""
        if place and lies_in and lies_in != larger.id:
            known = given.catalog.get(Key(larger.kind, lies_in))
            yield Problem(
                given.locate(record, field),
                "CB401",
                f"“{place.name}”属于{known.name if known else lies_in}，"
                f"与本条的{schema[larger.kind].title}不符。",
                f"改正 {larger_field} 或 {field}。",
            )


RULE = Rule("links", (), ("CB401",), check)
