"""Checks over the catalog. One file, one rule; registered here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import partial
from itertools import chain

from casebook_site.base.faults import guarded
from casebook_site.base.problems import Location, Problem
from casebook_site.model.catalog import Catalog, Key, key_of
from casebook_site.records import Record
from casebook_site.records.places import Place
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
    personal_data,
    places,
    proceedings,
    prose,
    questions,
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
    personal_data.RULE,
    codes.RULE,
    places.RULE,
    coordinates.RULE,
    committees.RULE,
    classes.RULE,
    year_plans.RULE,
    questions.RULE,
    proceedings.RULE,
    figures.RULE,
    sources.RULE,
    dates.RULE,
)


def check_catalog(given: CheckInput) -> Iterator[Problem]:
    """Yield every problem that the rules find, in no particular order."""
    return find(given).problems()


@dataclass(frozen=True)
class Findings:
    """What the rules have found in a catalog, so that after a change few records are looked at."""

    given: CheckInput
    by_record: Mapping[Key, tuple[Problem, ...]]
    """What rules that look no further than a record's links have found, where it is anything."""
    elsewhere: tuple[Problem, ...]
    """What the others have found: those that look at everything, or at other files."""

    def problems(self) -> Iterator[Problem]:
        """Yield all of it."""
        yield from self.elsewhere
        yield from chain.from_iterable(self.by_record.values())


def find(given: CheckInput, before: Findings | None = None) -> Findings:
    """Return what the rules find; `before`: what they found in an earlier catalog of the site."""
    near = [rule for rule in RULES if rule.reach != "catalog"]
    far = [rule for rule in RULES if rule.reach == "catalog"]
    keys = _to_check(given, before) if before else given.catalog.links.keys()
    kept = {} if before is None else {k: v for k, v in before.by_record.items() if k not in keys}
    elsewhere = [problem for key in given.catalog.links for problem in _found(key, far, given)]
    for key in keys & given.catalog.links.keys():
        if found := tuple(_found(key, near, given)):
            kept[key] = found
    return Findings(given, kept, tuple(elsewhere))


def _to_check(given: CheckInput, before: Findings) -> Set[Key]:
    """Return the keys of the records in which rules may find something else than before.

    Those are the records that changed and what links to them; those in which something was found,
    for it may have moved, or name other ids; and all if places changed, which rules follow upwards.
    """
    old, new = before.given.catalog, given.catalog
    changed = {
        key for key in old.links.keys() | new.links.keys() if old.get(key) is not new.get(key)
    }
    has_moved = any(_as_place(old, key) != _as_place(new, key) for key in changed)
    if (
        has_moved
        or before.given.unread != given.unread
        or before.given.media_dir != given.media_dir
        or before.given.allowed != given.allowed
    ):
        return old.links.keys() | new.links.keys()
    linking = {
        key for key, links in new.links.items() if any(link.target in changed for link in links)
    }
    return changed | linking | before.by_record.keys()


def _as_place(catalog: Catalog, key: Key) -> object:
    """Return what rules look at in a place above the one that a record names; None for no place."""
    record = catalog.get(key)
    return (catalog.links[key], record.codes) if isinstance(record, Place) else None


def _found(key: Key, rules: Iterable[Rule], given: CheckInput) -> Iterator[Problem]:
    """Yield what rules find in a record, and what goes wrong while they look."""
    record = given.catalog.records[key.kind][key.id]
    for rule in rules:
        if rule.applies_to(type(record)):
            yield from guarded(rule.check(record, given), partial(_file_of, record, given))


def _file_of(record: Record, given: CheckInput) -> Location:
    """Return the file of a record; its lines may be what cannot be read."""
    return Location(given.catalog.origins[key_of(record)].path)


__all__ = ["RULES", "CheckInput", "Findings", "Rule", "check_catalog", "find"]
