"""Checks over the catalog. One file, one rule; registered here."""

from __future__ import annotations

from collections.abc import Iterator

from generator.problems import Problem
from generator.rules import (
    classes,
    codes,
    committees,
    coordinates,
    dates,
    figures,
    former_ids,
    hidden,
    media,
    places,
    prose,
    references,
    sources,
    year_plans,
)
from generator.rules.rule import Rule, World

RULES: tuple[Rule, ...] = (
    references.RULE,
    prose.RULE,
    hidden.RULE,
    former_ids.RULE,
    media.RULE,
    codes.RULE,
    places.RULE,
    coordinates.RULE,
    committees.RULE,
    classes.RULE,
    year_plans.RULE,
    figures.RULE,
    sources.RULE,
    dates.RULE,
)


def check_catalog(world: World) -> Iterator[Problem]:
    """Every problem that the rules find, in no particular order."""
    for rule in RULES:
        for kind in rule.kinds or world.catalog.records:
            for record in world.catalog.records[kind].values():
                yield from rule.check(record, world)


__all__ = ["RULES", "Rule", "World", "check_catalog"]
