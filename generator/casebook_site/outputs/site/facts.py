"""Which facts about a site have other values after a change: what was made from them is made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import Any, ClassVar

from casebook_site.model.catalog import Key
from casebook_site.model.edition_index import EditionIndex
from casebook_site.model.editions import Edition
from casebook_site.outputs.site.mapping import is_split
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.reads import ANY, Fact
from casebook_site.records.evidence import Figure
from casebook_site.records.places import County

_SAME_DEPTH = "a/b.html"
"""A page as deep as all pages of records, to which small maps are linked from."""

_EVERYBODY = 1 << 30


def changed_keys(old: Edition, new: Edition) -> set[Key]:
    """Return the keys of records that are new, gone, or other objects."""
    found: set[Key] = set()
    for kind in old.schema:
        before, after = old.records[kind.name], new.records[kind.name]
        found |= {
            Key(kind.name, id) for id, record in after.items() if before.get(id) is not record
        }
        if len(before) != len(after) or found:
            found |= {Key(kind.name, id) for id in before.keys() - after.keys()}
    return found


def changed_names(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> set[Any]:
    """Return the names under which two mappings hold different values."""
    if old is new:
        return set()
    absent = object()
    found = {name for name, value in new.items() if old.get(name, absent) != value}
    return found | (old.keys() - new.keys())


Finder = Callable[["ChangedFacts", Set[Fact]], Iterable[Fact]]
"""Finds among known facts of one name those with another value."""


class ChangedFacts:
    """The difference of two states of a site, fact by fact."""

    def __init__(self, old: SiteModel, new: SiteModel) -> None:
        self.old = old
        self.new = new
        self.keys = changed_keys(old.edition, new.edition)
        """Records that are new, gone, or other objects."""
        self.linked: set[Key] = changed_names(old.edition.backlinks, new.edition.backlinks)
        """Records to which others link than before."""

    @property
    def touched(self) -> set[Key]:
        """Records whose files may be others, or be there or not."""
        return self.keys | self.linked

    def among(self, name: str, known: Set[Fact]) -> Iterable[Fact]:
        """Return those of the known facts of a name that have another value now."""
        return known if name == ANY[0] else self._finders[name](self, known)

    # --- records, links, places ---------------------------------------------------------------------

    def _records(self, known: Set[Fact]) -> Iterable[Fact]:
        return _facts("record", self.keys) & known

    def _kinds(self, known: Set[Fact]) -> Iterable[Fact]:
        return {("kind", key.kind) for key in self.keys} & known

    def _backlinks(self, known: Set[Fact]) -> Iterable[Fact]:
        return _facts("backlinks", self.linked) & known

    def _written(self, known: Set[Fact]) -> Iterable[Fact]:
        changed = changed_names(self.old.edition.written, self.new.edition.written)
        return _facts("written", changed) & known

    def _links(self, known: Set[Fact]) -> Iterable[Fact]:
        changed = {key for key in self.touched if _named(self.old, key) != _named(self.new, key)}
        return _facts("link", changed) & known

    def _above(self, known: Set[Fact]) -> Iterator[Fact]:
        for fact in known if self._moved else _facts("above", self.keys) & known:
            key = Key(*fact[1:])
            if _above(self.old, key) != _above(self.new, key):
                yield fact

    @cached_property
    def _moved(self) -> bool:
        """Whether a place came or went, or lies in another place than before."""
        levels = self.new.places.levels.names
        return any(
            key.kind in levels and _lies_in(self.old, key) != _lies_in(self.new, key)
            for key in self.keys
        )

    @cached_property
    def _contents(self) -> set[tuple[str, Key]]:
        return changed_names(self.old.by_place, self.new.by_place)

    def _followers(self, known: Set[Fact]) -> Iterable[Fact]:
        for fact in known:
            _, kind, place, id, limit = fact
            if (kind, place) in self._contents and self.old.followers(
                kind, place, id, limit
            ) != self.new.followers(kind, place, id, limit):
                yield fact

    def _locators(self, known: Set[Fact]) -> Iterable[Fact]:
        counties = {
            site.places.at(record, County.kind)
            for site in (self.old, self.new)
            for key in self.keys
            if (record := site.edition.get(key))
        }
        every = is_split(self.old) != is_split(self.new)
        for fact in known:
            _, county, town = fact
            if (every or county in counties) and self.old.locator_in(
                county, town, _SAME_DEPTH
            ) != self.new.locator_in(county, town, _SAME_DEPTH):
                yield fact

    def _near(self, known: Set[Fact]) -> Iterable[Fact]:
        old, new = self.old.neighbourhood, self.new.neighbourhood
        moved = changed_names(old.places, new.places)
        asked = moved.union(
            other for id in moved for where in (old, new) for other, _ in where.near(id, _EVERYBODY)
        )
        for fact in known:
            _, id, limit = fact
            if id in asked and old.near(id, limit) != new.near(id, limit):
                yield fact

    # --- orders -------------------------------------------------------------------------------------

    def _positions(self, known: Set[Fact]) -> Iterator[Fact]:
        """Find the places that stand elsewhere among their like, or lie in others that do."""
        if self._places_changed:
            for fact in known:
                key = Key(*fact[1:])
                if _position(self.old, key) != _position(self.new, key):
                    yield fact

    def _mentions(self, known: Set[Fact]) -> Iterable[Fact]:
        return known if self._mentions_changed else ()

    def _ranks(self, known: Set[Fact]) -> Iterator[Fact]:
        everything = self._places_changed or self._mentions_changed
        for fact in known if everything else _facts("rank", self.keys) & known:
            key = Key(*fact[1:])
            if _rank(self.old, key) != _rank(self.new, key):
                yield fact

    @cached_property
    def _places_changed(self) -> bool:
        levels = self.new.places.levels.names
        return any(key.kind in levels for key in self.keys)

    @cached_property
    def _mentions_changed(self) -> bool:
        return self.old.mentions != self.new.mentions

    def _around(self, known: Set[Fact]) -> Iterable[Fact]:
        kinds = {key.kind for key in self.touched}
        if self._places_changed or self._mentions_changed:
            kinds = {kind.name for kind in self.new.schema}
        lines: dict[tuple[str, tuple[str, ...]], set[str]] = {}
        for fact in known:
            _, kind, by, id = fact
            if kind not in kinds:
                continue
            if (kind, by) not in lines:
                lines[kind, by] = changed_names(
                    self.old.line_up(kind, by), self.new.line_up(kind, by)
                )
            if id in lines[kind, by]:
                yield fact

    def _same(self, known: Set[Fact]) -> Iterable[Fact]:
        changed = changed_names(self.old.indicator_order, self.new.indicator_order)
        for fact in known:
            _, id, limit = fact
            old, new = self.old.edition.of(Figure).get(id), self.new.edition.of(Figure).get(id)
            if (
                not old
                or not new
                or (
                    {old.indicator, new.indicator} & changed
                    and self.old.same_indicator(old, limit) != self.new.same_indicator(new, limit)
                )
            ):
                yield fact

    def _newest(self, known: Set[Fact]) -> Iterable[Fact]:
        return known if self.old.newest != self.new.newest else ()

    _finders: ClassVar[dict[str, Finder]] = {
        "record": _records,
        "kind": _kinds,
        "backlinks": _backlinks,
        "written": _written,
        "link": _links,
        "above": _above,
        "followers": _followers,
        "locator": _locators,
        "near": _near,
        "around": _around,
        "position": _positions,
        "mentions": _mentions,
        "rank": _ranks,
        "same": _same,
        "newest": _newest,
    }


def _facts(name: str, keys: Iterable[Key]) -> set[Fact]:
    return {(name, *key) for key in keys}


def _by_name(
    name: str,
    held: Callable[[SiteModel], Mapping[Any, Any]],
) -> tuple[
    Finder,
    Finder,
]:
    """Return the finders for the values of a mapping, and for all of it."""

    def some(changes: ChangedFacts, known: Set[Fact]) -> Iterable[Fact]:
        changed = changed_names(held(changes.old), held(changes.new))
        return {(name, found) for found in changed} & known

    def whole(changes: ChangedFacts, known: Set[Fact]) -> Iterable[Fact]:
        return known if changed_names(held(changes.old), held(changes.new)) else ()

    return some, whole


_MAPPINGS: dict[str, Callable[[SiteModel], Mapping[Any, Any]]] = {
    "in place": lambda site: site.by_place,
    "citation": lambda site: site.citations,
    "indicator": lambda site: site.indicator_order,
    "figures of": lambda site: site.figures_by_about,
    "category": lambda site: site.category_order,
    "tag": lambda site: site.tag_slugs,
}
for _name, _held in _MAPPINGS.items():
    ChangedFacts._finders[_name], ChangedFacts._finders[f"all {_name}"] = _by_name(_name, _held)


def _named(site: SiteModel, key: Key) -> tuple[object, object]:
    """Return what a link to a record becomes, with its mark."""
    return site.edition.resolve(*key), site.mark(key)


def _above(site: EditionIndex, key: Key) -> dict[str, str] | None:
    record = site.edition.get(key)
    return site.places.above(record) if record else None


def _lies_in(site: EditionIndex, key: Key) -> list[Key] | None:
    record = site.edition.get(key)
    return list(site.places.levels.named_by(record)) if record else None


def _position(site: EditionIndex, key: Key) -> object:
    """Return where a place stands, with the places that it lies in."""
    record = site.edition.get(key)
    return site.order.place_rank(record) if record else None


def _rank(site: EditionIndex, key: Key) -> object:
    record = site.edition.get(key)
    return site.order.rank(record) if record else None
