"""Checks over the catalog. One file, one rule; registered here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from casebook_site.base.faults import guarded
from casebook_site.base.problems import Location, Problem
from casebook_site.model.catalog import key_of
from casebook_site.records import Record
from casebook_site.rules import (
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
from casebook_site.rules.rule import CheckInput, Rule

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


def check_catalog(given: CheckInput) -> Iterator[Problem]:
    """Yield every problem that the rules find, in no particular order."""
    for rule in RULES:
        for kind in given.catalog.schema:
            if rule.applies_to(kind.model):
                for record in given.catalog.records[kind.name].values():
                    found = rule.check(record, given)
                    yield from guarded(found, partial(_file_of, record, given))


def _file_of(record: Record, given: CheckInput) -> Location:
    """Return the file of a record; its lines may be what cannot be read."""
    return Location(given.catalog.origins[key_of(record)].path)


__all__ = ["RULES", "CheckInput", "Rule", "check_catalog"]
