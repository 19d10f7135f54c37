"""A public record does not hang on an internal one.

Right: a figure about an internal school is itself `audience: internal`.
Wrong: a public figure whose source is internal: it would vanish from the public site unseen.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.audience import may_see
from casebook_site.base.problems import Problem
from casebook_site.model.catalog import key_of
from casebook_site.records import Record
from casebook_site.rules.rule import CheckInput, Rule


def check(record: Record, given: CheckInput) -> Iterator[Problem]:
    """One problem for each required link of a public record to an internal one."""
    for link in given.catalog.links[key_of(record)]:
        target = given.catalog.get(link.target) if link.required else None
        if target is not None and not may_see(record.audience, target.audience):
            yield Problem(
                given.locate(record, *link.path),
                "CB302",
                f"本条公开，却离不开内部记录“{target.name}”。",
                "给本条也写 audience: internal，或改指公开的记录。",
            )


RULE = Rule("links", (), ("CB302",), check)
