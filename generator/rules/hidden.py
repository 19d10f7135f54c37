"""A public record does not hang on an internal one.

Right: a figure about an internal school is itself `audience: internal`.
Wrong: a public figure whose source is internal: it would vanish from the public site unseen.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog import key_of
from generator.problems import Problem
from generator.records import Record
from generator.rules.rule import Rule, World


def check(record: Record, world: World) -> Iterator[Problem]:
    """One problem for each required link of a public record to an internal one."""
    if record.audience != "public":
        return
    for link in world.catalog.links[key_of(record)]:
        target = world.catalog.get(link.target) if link.required else None
        if target is not None and target.audience == "internal":
            yield Problem(
                world.locate(record, *link.path),
                "CB302",
                f"本条公开，却离不开内部记录“{target.name}”。",
                "给本条也写 audience: internal，或改指公开的记录。",
            )


RULE = Rule("links", (), ("CB302",), check)
