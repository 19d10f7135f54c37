"""Scopes: all, a place or a category, and which records belong to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casebook_site.base.problems import SettingsError, did_you_mean
from casebook_site.domain.places import Levels, Places
from casebook_site.model.catalog import Key, Link, key_of
from casebook_site.records import Record
from casebook_site.schema.kinds import Schema
from casebook_site.schema.parts import (
    Belongs,
)


@dataclass(frozen=True)
class Scope:
    """All, or one place or category."""

    kind: str = "all"
    id: str = ""

    @classmethod
    def parse(cls, text: str) -> Scope:
        """Return the scope that `all` or `kind:id` names; whether there is one is not looked at."""
        kind, _, id = text.partition(":")
        return cls(kind, id)

    @property
    def key(self) -> Key:
        """The record that names the scope; there is none for `all`."""
        return Key(self.kind, self.id)

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


ALL = Scope()


class ScopeIndex:
    """What belongs to which scope, looked up once for all records that an audience may see.

    To a place or category belong: the place, all in it, the places that it lies in; and of all
    other records those that their kind's `ScopePart` says.
    """

    def __init__(
        self, visible: Iterable[Record], links: Mapping[Key, tuple[Link, ...]], schema: Schema
    ) -> None:
        """Enter every record; `links` are those of each record."""
        self._by_key = {key_of(record): record for record in visible}
        self._links = links
        self._schema = schema
        self._belongs = {kind.name: kind.scope.belongs for kind in schema}
        self._levels = Levels.of(schema)
        self._places = Places(self._levels, self._by_key.get)
        self._above: dict[Key, frozenset[Key]] = {}
        self._in: dict[Key, list[Key]] = defaultdict(list)
        """Place or category → what lies in it or serves it."""
        self._followers: dict[Key, list[Key]] = defaultdict(list)
        """Record → what belongs to the scopes of the record."""
        self._everywhere: list[Key] = []
        for key in self._by_key:
            self._enter(key)

    def _enter(self, key: Key) -> None:
        belongs = self._belongs[key.kind]
        if belongs is Belongs.EVERYWHERE:
            self._everywhere.append(key)
        elif belongs is Belongs.SERVES:
            served = self._linked(key)
            for place in served:
                self._in[place].append(key)
            if not served:
                self._everywhere.append(key)
        elif belongs is Belongs.FOLLOWS:
            for target in self._linked(key):
                self._followers[target].append(key)
        elif belongs is not Belongs.CITED:
            for place in self.above(key) | self._entered_by_links(key):
                self._in[place].append(key)

    def _linked(self, key: Key) -> list[Key]:
        """Return what the fields name by which records of the kind belong to scopes."""
        fields = self._schema[key.kind].scope.fields
        return [
            link.target for link in self._links[key] if link.path[0] in fields and not link.in_prose
        ]

    def _entered_by_links(self, key: Key) -> set[Key]:
        """Return what a record's links name, with the places above.

        The places by which lists are grouped are left out, and those above them: a committee names
        its own county and does not enter another by its villages.
        """
        small = self._levels.names[self._levels.names.index(self._levels.grouping) + 1 :]
        targets = self._linked(key)
        above = (place for target in targets for place in self.above(target))
        return {*targets, *(place for place in above if place.kind in small)}

    def above(self, key: Key) -> frozenset[Key]:
        """Return the places that a record lies in."""
        if key not in self._above:
            record = self._by_key.get(key)
            self._above[key] = self._places.keys_above(record) if record else frozenset()
        return self._above[key]

    def own(self, scope: Scope) -> set[Key]:
        """Return what lies in the place or category itself, without what frames it.

        A scope that has nothing of its own is not worth a bundle; but the branch of one of the
        smallest places reads of what serves it, wherever that lies.
        """
        if scope == ALL:
            return set(self._by_key)
        if scope.kind == self._levels.names[-1]:
            near = {*self._within(scope), *self._serving(self._places_of(scope))}
            return self._with_followers(near) - {scope.key}
        inside = {
            key for key in self._in[scope.key] if self._belongs[key.kind] is not Belongs.SERVES
        }
        return self._with_followers(inside | {scope.key}) - {scope.key}

    def _with_followers(self, keys: set[Key]) -> set[Key]:
        """Return the keys with all that belongs to the scopes of their records."""
        found, waiting = set(keys), list(keys)
        while waiting:
            for follower in self._followers.get(waiting.pop(), ()):
                if follower not in found:
                    found.add(follower)
                    waiting.append(follower)
        return found

    def of(self, scope: Scope) -> set[Key]:
        """Return the keys of all that belongs to a scope.

        Raises `SettingsError` when the scope names no record that the audience may see.
        """
        if scope == ALL:
            return set(self._by_key)
        self.check(scope)
        places = self._places_of(scope)
        inside = {*self._everywhere, *places, *self._serving(places), *self._within(scope)}
        inside = self._with_followers(inside)
        cited = {
            link.target
            for key in inside
            for link in self._links.get(key, ())
            if self._belongs.get(link.target.kind) is Belongs.CITED
        }
        return inside | (cited & self._by_key.keys())

    def check(self, scope: Scope) -> None:
        """Raise `SettingsError` for a scope that is written wrongly or names nothing."""
        if scope == ALL:
            return
        kinds = [kind.name for kind in self._schema.scopes]
        if scope.kind not in kinds or not scope.id:
            raise SettingsError(
                f"范围“{scope}”写法不对。{did_you_mean(scope.kind, ('all', *kinds))}"
                "可写 all、county:编号、township:编号等。"
            )
        if scope.key not in self._by_key:
            ids = [key.id for key in self._by_key if key.kind == scope.kind]
            raise SettingsError(f"没有“{scope}”这个范围。{did_you_mean(scope.id, ids)}")

    def _places_of(self, scope: Scope) -> set[Key]:
        """Return the scope, the places in it, and those that it or its records lie in."""
        inside = self._in[scope.key]
        if scope.kind not in self._levels.names:
            return {scope.key}.union(*map(self.above, inside))
        down = {key for key in inside if key.kind in self._levels.names}
        return {scope.key} | self.above(scope.key) | down

    def _serving(self, places: set[Key]) -> Iterator[Key]:
        """Yield what serves the places, or belongs to a county as a whole."""
        for place in places:
            for key in self._in[place]:
                belongs = self._belongs[key.kind]
                if belongs is Belongs.SERVES or (
                    belongs is Belongs.WHOLE_COUNTY and place.kind == self._levels.grouping
                ):
                    yield key
                elif belongs is Belongs.SERVES_PLACE:
                    own_place = next(self._levels.named_by(self._by_key[key]), None)
                    if own_place in places:
                        yield key

    def _within(self, scope: Scope) -> Iterator[Key]:
        """Yield what lies in the scope and is no place.

        To the smallest places belongs also what lies in the place above.
        """
        starts = {scope.key}
        if scope.kind == self._levels.names[-1]:
            above = self._places.smallest_above(self._by_key[scope.key])
            starts |= {above} if above else set()
        for start in starts:
            for key in self._in[start]:
                if self._belongs[key.kind] is not Belongs.LIES or key.kind in self._levels.names:
                    continue
                if start == scope.key or start in self.above(key):
                    yield key

    def scopes(self, kind: str) -> list[Scope]:
        """Return every scope of a kind; those of one place follow each other."""
        keys = [key for key in self._by_key if key.kind == kind]
        keys.sort(key=lambda key: (sorted(self.above(key)), key.id))
        return [Scope(kind, key.id) for key in keys]
