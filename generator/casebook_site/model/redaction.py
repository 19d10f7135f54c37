"""What is taken out of records for the public: internal records, fields, parts, and links to them."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from casebook_site.base.audience import AUDIENCES, Audience, may_see, sees_everything
from casebook_site.model.catalog import RECORD_LINK, Catalog, Key, key_of, links_of
from casebook_site.records import Record
from casebook_site.schema.fields import PROSE, LinkTo, Part, audience_of, value_of
from casebook_site.schema.walking import field_paths


def hidden_keys(catalog: Catalog, audience: Audience) -> set[Key]:
    """Return the keys of records that an audience may not see, or that cannot stand without one."""
    if sees_everything(audience):
        return set()
    hidden = {key_of(record) for record in catalog if not may_see(audience, record.audience)}
    hidden |= catalog.withheld
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
def _hidden_fields(model: type[BaseModel], audience: Audience) -> tuple[tuple[str, Any], ...]:
    """Return the fields that an audience may not see, each with its default."""
    return tuple(
        (name, info.default)
        for name, info in model.model_fields.items()
        if not may_see(audience, audience_of(info))
    )


def _audience_of_part(part: Part) -> Audience:
    """Return the audience that a record or a part of one names; everybody where it names none."""
    return value_of(part, "audience") or AUDIENCES[0]


PartType = TypeVar("PartType", bound=Part)


def redact(part: PartType, audience: Audience) -> PartType:
    """Return a copy without what an audience may not see; the same object if it may see all."""
    if sees_everything(audience):
        return part
    model = type(part)
    changed: dict[str, Any] = {
        name: default
        for name, default in _hidden_fields(model, audience)
        if value_of(part, name) != default
    }
    for name in _holds_parts(model):
        value = value_of(part, name)
        if name not in changed and value is not None and value != ():
            kept = _redact_value(value, audience)
            if kept is not value:
                changed[name] = kept
    return part.model_copy(update=changed) if changed else part


def _redact_value(value: Any, audience: Audience) -> Any:
    """Return a part, or a list of parts, without what an audience may not see."""
    if isinstance(value, tuple):
        kept = tuple(
            redact(part, audience)
            for part in value
            if not isinstance(part, Part) or may_see(audience, _audience_of_part(part))
        )
        same = len(kept) == len(value) and all(a is b for a, b in zip(kept, value, strict=True))
        return value if same else kept
    return redact(value, audience) if isinstance(value, Part) else value


_DROP = object()


def without_links(record: Record, hidden: set[Key]) -> Record:
    """Return a copy without links to hidden records; the same object when it has none."""
    if not any(link.target in hidden for link in links_of(record)):
        return record
    cleaned = _clean_part(record, hidden)
    return cleaned if isinstance(cleaned, Record) else record


def _clean_part(part: Part, hidden: set[Key]) -> Any:
    """Return the part without hidden links, or `_DROP` if it cannot stand without one."""
    changed: dict[str, Any] = {}
    for name, info in type(part).model_fields.items():
        value = value_of(part, name)
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
