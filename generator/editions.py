"""The gate: what one audience in one scope may see. Every output is made from an `Edition`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar

from pydantic import BaseModel

from generator.catalog import RECORD_LINK, Catalog, Key, Link, key_of, links_of
from generator.problems import SettingsError, did_you_mean
from generator.records import KINDS, Record
from generator.records.fields import PROSE, Audience, LinkTo, Part, audience_of, field_paths
from generator.urls import record_path

RecordType = TypeVar("RecordType", bound=Record)

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

    def __str__(self) -> str:
        return "all" if self.kind == "all" else f"{self.kind}:{self.id}"


ALL = Scope()


@dataclass(frozen=True, slots=True)
class Target:
    """What a link becomes in an edition: a name, and a page if the edition has one."""

    name: str
    path: str | None


@dataclass(frozen=True)
class Backlink:
    """A record that links here, and by which field."""

    source: Key
    field: str


@dataclass(frozen=True)
class Edition:
    """The catalog as one audience in one scope may see it."""

    audience: Audience
    scope: Scope
    records: Mapping[str, Mapping[str, Record]]
    backlinks: Mapping[Key, tuple[Backlink, ...]]
    outside: Mapping[Key, str]
    """Names of records that the audience may see but that are outside the scope."""
    written: Mapping[Key, tuple[str, int]]
    """The file of each record and its place in it: the order that the editor gave."""

    def get(self, key: Key) -> Record | None:
        """The record if this edition holds it."""
        return self.records.get(key.kind, {}).get(key.id)

    def of(self, model: type[RecordType]) -> Mapping[str, RecordType]:
        """All records of a kind, id → record."""
        return self.records[model.kind]  # type: ignore[return-value]

    def resolve(self, kind: str, id: str) -> Target | None:
        """What a link becomes; None where this reader may not know of the record."""
        return self.targets.get((kind, id))

    @cached_property
    def targets(self) -> Mapping[tuple[str, str], Target]:
        """What every link becomes, inside the scope and outside."""
        found = {
            (kind, id): Target(
                record.name, record_path(kind, id) if has_page(self, record) else None
            )
            for kind, by_id in self.records.items()
            for id, record in by_id.items()
        }
        return found | {
            (key.kind, key.id): Target(name, None) for key, name in self.outside.items()
        }

    def linking(self, record: Record, model: type[RecordType], field: str = "") -> list[RecordType]:
        """The records of a kind that link to `record` (by `field` if named), sorted by id."""
        ids = {
            link.source.id
            for link in self.backlinks.get(key_of(record), ())
            if link.source.kind == model.kind and (not field or link.field == field)
        }
        return [self.of(model)[id] for id in sorted(ids)]

    def __iter__(self) -> Iterator[Record]:
        for by_id in self.records.values():
            yield from by_id.values()

    def __len__(self) -> int:
        return sum(map(len, self.records.values()))


_BARE_FIELDS = frozenset(
    [
        "id",
        "name",
        "township",
        "county",
        "type",
        "codes",
        "sources",
        "updated",
        "audience",
        "pinyin",
    ]
)


def has_page(edition: Edition, record: Record) -> bool:
    """Whether a record has something to say: a village that is only a line of a list has not."""
    if record.kind != "village":
        return True
    said = any(
        getattr(record, name) != info.default
        for name, info in type(record).model_fields.items()
        if name not in _BARE_FIELDS
    )
    return said or bool(edition.backlinks.get(key_of(record)))


def select(catalog: Catalog, audience: Audience = "public", scope: Scope = ALL) -> Edition:
    """The edition of a catalog for an audience and a scope.

    Raises `SettingsError` when the scope names no record that the audience may see.
    """
    hidden = _hidden(catalog) if audience == "public" else set()
    visible = [record for record in catalog if key_of(record) not in hidden]
    if audience == "public":
        visible = [redact(record) for record in visible]
    if hidden:
        visible = [_without_links(record, hidden) for record in visible]
    inside = _inside(visible, scope)
    records: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}
    outside: dict[Key, str] = {}
    for record in visible:
        key = key_of(record)
        if inside is None or key in inside:
            records[key.kind][key.id] = record
        else:
            outside[key] = record.name
    written = {
        key: (origin.path, origin.index or 0)
        for key, origin in catalog.origins.items()
        if key.id in records[key.kind]
    }
    backlinks = _backlinks(records, catalog)
    return Edition(audience, scope, records, backlinks, outside, written)


def _backlinks(
    records: Mapping[str, Mapping[str, Record]], catalog: Catalog
) -> dict[Key, tuple[Backlink, ...]]:
    found: dict[Key, dict[Backlink, None]] = defaultdict(dict)
    for kind, by_id in records.items():
        for id, record in by_id.items():
            source = Key(kind, id)
            links: Iterable[Link] = catalog.links[source]
            if record is not catalog.get(source):  # something was taken out of it
                links = links_of(record)
            for link in links:
                if link.target != source:
                    name = "prose" if link.in_prose else str(link.path[0])
                    found[link.target][Backlink(source, name)] = None
    return {key: tuple(links) for key, links in found.items()}


# --- audience ---------------------------------------------------------------------------------


def _hidden(catalog: Catalog) -> set[Key]:
    """Internal records, and those that cannot stand without one."""
    hidden = {key_of(record) for record in catalog if record.audience == "internal"}
    if not hidden:
        return hidden
    while True:
        more = {
            key
            for key, links in catalog.links.items()
            if key not in hidden and any(link.required and link.target in hidden for link in links)
        }
        if not more:
            return hidden
        hidden |= more


@cache
def _holds_parts(model: type[BaseModel]) -> tuple[str, ...]:
    """Fields whose values are parts or lists of parts."""
    return tuple(
        {
            path.steps[0]: None
            for path in field_paths(model)
            if len(path.steps) > 1 and any(step != "*" for step in path.steps[1:])
        }
    )


@cache
def _internal_fields(model: type[BaseModel]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (name, info.default)
        for name, info in model.model_fields.items()
        if audience_of(info) == "internal"
    )


PartType = TypeVar("PartType", bound=Part)


def redact(part: PartType) -> PartType:
    """A copy without internal fields and parts; the same object when there are none."""
    model = type(part)
    changed: dict[str, Any] = {
        name: default for name, default in _internal_fields(model) if getattr(part, name) != default
    }
    for name in _holds_parts(model):
        value = getattr(part, name)
        if name not in changed and value is not None and value != ():
            kept = _redact_value(value)
            if kept is not value:
                changed[name] = kept
    return part.model_copy(update=changed) if changed else part


def _redact_value(value: Any) -> Any:
    if isinstance(value, tuple):
        kept = tuple(
            redact(part)
            for part in value
            if not (isinstance(part, Part) and getattr(part, "audience", "public") == "internal")
        )
        same = len(kept) == len(value) and all(a is b for a, b in zip(kept, value, strict=True))
        return value if same else kept
    return redact(value) if isinstance(value, Part) else value


_DROP = object()


def _without_links(record: Record, hidden: set[Key]) -> Record:
    """A copy without links to hidden records; the same object when it has none."""
    if not any(link.target in hidden for link in links_of(record)):
        return record
    cleaned = _clean_part(record, hidden)
    return cleaned if isinstance(cleaned, Record) else record


def _clean_part(part: Part, hidden: set[Key]) -> Any:
    """The part without hidden links, or `_DROP` if it cannot stand without one."""
    changed: dict[str, Any] = {}
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if value is None or value == ():
            continue
        marks = [p.marker for p in field_paths(type(part)) if p.steps in ((name,), (name, "*"))]
        marker = next((m for m in marks if m is not None), None)
        cleaned = _clean_value(value, marker, hidden)
        if cleaned is _DROP or (cleaned == () and info.is_required()):
            if info.is_required():
                return _DROP
            cleaned = info.default
        if cleaned is not value:
            changed[name] = cleaned
    return part.model_copy(update=changed) if changed else part


def _clean_value(value: Any, marker: object, hidden: set[Key]) -> Any:
    if isinstance(value, tuple):
        kept = [_clean_value(element, marker, hidden) for element in value]
        return tuple(element for element in kept if element is not _DROP)
    if isinstance(value, Part):
        return _clean_part(value, hidden)
    if isinstance(marker, LinkTo):
        kind, _, id = value.rpartition("/") if marker.kind is None else (marker.kind, "", value)
        return _DROP if Key(kind, id) in hidden else value
    if marker is PROSE and "record:" in value:
        return RECORD_LINK.sub(
            lambda m: m["text"] if Key(m["kind"], m["id"]) in hidden else m[0], value
        )
    return value


# --- scope ------------------------------------------------------------------------------------


def _inside(visible: list[Record], scope: Scope) -> set[Key] | None:
    """Keys of what belongs to a scope, or None for all."""
    if scope.kind == "all":
        return None
    by_key = {key_of(record): record for record in visible}
    start = Key(scope.kind, scope.id)
    if start not in by_key:
        ids = [key.id for key in by_key if key.kind == scope.kind]
        raise SettingsError(f"没有“{scope}”这个范围。{did_you_mean(scope.id, ids)}")
    return _Belonging(by_key, start).keys()


class _Belonging:
    """What belongs to a place or category.

    The place, all in it, the county's case study, mechanisms, schools, courses, faculty and
    platforms, the whole glossary, and the sources and figures of all these.
    """

    def __init__(self, by_key: Mapping[Key, Record], start: Key) -> None:
        self.by_key = by_key
        self.start = start

    def keys(self) -> set[Key]:
        places = self.places()
        inside = {key for key in self.by_key if self.belongs(key, places)}
        figures = {key for key in self.by_key if key.kind == "figure" and self.about(key) in inside}
        inside |= figures
        cited = {
            link.target
            for key in inside
            for link in links_of(self.by_key[key])
            if link.target.kind == "source"
        }
        return inside | (cited & self.by_key.keys())

    def about(self, key: Key) -> Key:
        kind, _, id = str(getattr(self.by_key[key], "about", "")).partition("/")
        return Key(kind, id)

    def places(self) -> set[Key]:
        """The places of the scope: those in it, and those that it lies in."""
        up = {self.start} | self.above(self.start)
        down = {key for key in self.by_key if self.start in self.above(key)}
        if self.start.kind == "category":
            points = [k for k in self.by_key if k.kind == "teaching-point" and self.in_category(k)]
            up |= {place for key in points for place in self.above(key)}
        return up | {key for key in down if key.kind in ("township", "village")}

    def above(self, key: Key) -> set[Key]:
        """The village, township and county that a record lies in."""
        record = self.by_key.get(key)
        found: set[Key] = set()
        for kind in ("village", "township", "county"):
            id = getattr(record, kind, None)
            if isinstance(id, str):
                found |= {Key(kind, id)} | self.above(Key(kind, id))
        return found

    def in_category(self, key: Key) -> bool:
        return getattr(self.by_key[key], "category", None) == self.start.id

    def belongs(self, key: Key, places: set[Key]) -> bool:
        record = self.by_key[key]
        counties = {place.id for place in places if place.kind == "county"}
        match key.kind:
            case "county" | "township" | "village":
                return key in places
            case "term" | "category":
                return True
            case "mechanism" | "course":
                named = set(getattr(record, "counties", ()))
                return not named or bool(named & counties)
            case "case-study" | "faculty" | "platform":
                return getattr(record, "county", None) in counties
            case "party-school":
                town = getattr(record, "township", None)
                in_county = getattr(record, "county", None) in counties
                return in_county and (town is None or Key("township", town) in places)
            case "teaching-point":
                if self.start.kind == "category":
                    return self.in_category(key)
                return self.lies_in_scope(key)
            case "joint-committee":
                members = {Key("village", id) for id in getattr(record, "members", ())}
                return self.lies_in_scope(key) or self.start in members
            case "training-class":
                school = self.by_key.get(Key("party-school", getattr(record, "school", "")))
                return school is not None and self.belongs(key_of(school), places)
        return False

    def lies_in_scope(self, key: Key) -> bool:
        """In the place itself; for a village, in its township too."""
        above = self.above(key)
        return self.start in above or (
            self.start.kind == "village"
            and bool(
                above & {place for place in self.above(self.start) if place.kind == "township"}
            )
        )
