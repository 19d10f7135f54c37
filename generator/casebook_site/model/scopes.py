"""Scopes: all, a place or a category, and which records belong to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casebook_site.base.problems import SettingsError, did_you_mean
from casebook_site.model.catalog import Key, Link, key_of
from casebook_site.records import Record

SCOPE_KINDS = ("county", "township", "village", "category")


@dataclass(frozen=True)
class Scope:
    """All, or one place or category."""

    kind: str = "all"
    id: str = ""

    @classmethod
    def parse(cls, text: str) -> Scope:
        """From `all`, `county:yiyuan`, `township:…`, `village:…`, `category:…`."""
        kind, _, id = text.partition(":")
        if text == "all":
            return cls()
        if kind not in SCOPE_KINDS or not id:
            hint = did_you_mean(kind, ("all", *SCOPE_KINDS))
            raise SettingsError(
                f"范围“{text}”写法不对。{hint}可写 all、county:编号、township:编号等。"
            )
        return cls(kind, id)

    @property
    def key(self) -> Key:
        """The record that names the scope; there is none for `all`."""
        return Key(self.kind, self.id)

    def __str__(self) -> str:
        return "all" if self.kind == "all" else f"{self.kind}:{self.id}"


ALL = Scope()

FRAME = ("term", "category")
"""Kinds that belong to every scope."""
_OF_COUNTIES = ("mechanism", "course")
"""Kinds that name the counties they serve, or none and serve all."""
_OF_COUNTY = ("case-study", "faculty", "platform")
"""Kinds that belong to a county as a whole."""
_WITHIN = ("joint-committee", "teaching-point")
"""Kinds that belong to the place they lie in."""


class ScopeIndex:
    """What belongs to which scope, looked up once for all records that an audience may see.

    To a place or category belong: the place, all in it, the places that it lies in; the county's
    case study, mechanisms, schools, courses, faculty and platforms; the whole glossary; and the
    figures and sources of all these.
    """

    def __init__(self, visible: Iterable[Record], links: Mapping[Key, tuple[Link, ...]]) -> None:
        """`links`: those of each record."""
        self._by_key = {key_of(record): record for record in visible}
        self._sources = {
            key: tuple({link.target: None for link in own if link.target.kind == "source"})
            for key, own in links.items()
        }
        self._above: dict[Key, frozenset[Key]] = {}
        self._in: dict[Key, list[Key]] = defaultdict(list)
        """Place, category or school → what names it."""
        self._figures: dict[Key, list[Key]] = defaultdict(list)
        self._everywhere: list[Key] = []
        for key, record in self._by_key.items():
            self._enter(key, record)

    def _enter(self, key: Key, record: Record) -> None:
        if key.kind in FRAME:
            self._everywhere.append(key)
        elif key.kind in _OF_COUNTIES:
            counties = getattr(record, "counties", ())
            for id in counties:
                self._in[Key("county", id)].append(key)
            if not counties:
                self._everywhere.append(key)
        elif key.kind == "figure":
            kind, _, id = str(getattr(record, "about", "")).partition("/")
            self._figures[Key(kind, id)].append(key)
        elif key.kind == "training-class":
            self._in[Key("party-school", getattr(record, "school", ""))].append(key)
        elif key.kind != "source":
            self._enter_places(key, record)

    def _enter_places(self, key: Key, record: Record) -> None:
        places = set(self.above(key))
        if key.kind == "joint-committee":
            for id in getattr(record, "members", ()):
                village = Key("village", id)
                # A county is not entered by its villages: a committee names its own county.
                places |= {village, *(p for p in self.above(village) if p.kind == "township")}
        for place in places:
            self._in[place].append(key)
        if key.kind == "teaching-point":
            self._in[Key("category", getattr(record, "category", ""))].append(key)

    def above(self, key: Key) -> frozenset[Key]:
        """The village, township and county that a record lies in."""
        if key not in self._above:
            record = self._by_key.get(key)
            found: set[Key] = set()
            for kind in ("village", "township", "county"):
                id = getattr(record, kind, None)
                if isinstance(id, str):
                    found |= {Key(kind, id), *self.above(Key(kind, id))}
            self._above[key] = frozenset(found)
        return self._above[key]

    def own(self, scope: Scope) -> set[Key]:
        """What lies in the place or category itself, without what frames it.

        A scope that has nothing of its own is not worth a bundle.
        """
        if scope.kind == "all":
            return set(self._by_key)
        inside = {key for key in self._in[scope.key] if key.kind not in _OF_COUNTIES}
        inside |= {c for key in inside if key.kind == "party-school" for c in self._in[key]}
        return inside | set(self._figures[scope.key])

    def of(self, scope: Scope) -> set[Key]:
        """Keys of all that belongs to a scope.

        Raises `SettingsError` when the scope names no record that the audience may see.
        """
        if scope.kind == "all":
            return set(self._by_key)
        if scope.key not in self._by_key:
            ids = [key.id for key in self._by_key if key.kind == scope.kind]
            raise SettingsError(f"没有“{scope}”这个范围。{did_you_mean(scope.id, ids)}")
        places = self._places(scope)
        inside = {*self._everywhere, *places} | {
            key
            for place in places
            if place.kind == "county"
            for key in self._in[place]
            if key.kind in (*_OF_COUNTY, *_OF_COUNTIES)
        }
        inside |= set(self._schools(places))
        inside |= set(self._within(scope))
        inside |= {figure for key in tuple(inside) for figure in self._figures.get(key, ())}
        cited = {source for key in inside for source in self._sources.get(key, ())}
        return inside | (cited & self._by_key.keys())

    def _places(self, scope: Scope) -> set[Key]:
        """The places of the scope: those in it, and those that it lies in."""
        if scope.kind == "category":
            points = self._in[scope.key]
            return {scope.key}.union(*(self.above(point) for point in points))
        down = {key for key in self._in[scope.key] if key.kind in ("township", "village")}
        return {scope.key} | self.above(scope.key) | down

    def _schools(self, places: set[Key]) -> Iterator[Key]:
        """The county's schools, and those of the townships, with their classes."""
        for place in places:
            for key in self._in[place] if place.kind == "county" else ():
                town = getattr(self._by_key[key], "township", None)
                if key.kind == "party-school" and (town is None or Key("township", town) in places):
                    yield key
                    yield from self._in[key]

    def _within(self, scope: Scope) -> Iterator[Key]:
        """Committees and teaching points; to a village belong those of its township too."""
        starts = {scope.key}
        if scope.kind == "village":
            starts |= {key for key in self.above(scope.key) if key.kind == "township"}
        for start in starts:
            for key in self._in[start]:
                if key.kind in _WITHIN and (start == scope.key or start in self.above(key)):
                    yield key

    def scopes(self, kind: str) -> list[Scope]:
        """Every scope of a kind; those of one place follow each other."""
        keys = [key for key in self._by_key if key.kind == kind]
        keys.sort(key=lambda key: (sorted(self.above(key)), key.id))
        return [Scope(kind, key.id) for key in keys]
