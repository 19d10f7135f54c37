"""What the fields that a site has added to a kind say, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casebook_site.base.audience import is_internal
from casebook_site.domain import formatting
from casebook_site.records import Record
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import PROSE, LinkTo, audience_of, unit_of, value_of
from casebook_site.schema.further import further_fields
from casebook_site.schema.walking import marks_of, vocabulary_of


@dataclass(frozen=True)
class Told:
    """What one such field says."""

    name: str
    title: str
    is_internal: bool
    values: tuple[str, ...] = ()
    """In words; ids where it links."""
    links_to: str = ""
    prose: str = ""
    """Markdown, for a field of prose."""


def told(record: Record) -> Iterator[Told]:
    """Yield what the further fields of a record say, those that say something, in the site's order."""
    for name in further_fields(type(record)):
        value: Any = value_of(record, name)
        if value in (None, ()):
            continue
        info = type(record).model_fields[name]
        marks = marks_of(info)
        title, internal = str(info.title), is_internal(audience_of(info))
        values = value if isinstance(value, tuple) else (value,)
        link = next((mark.kind for mark in marks if isinstance(mark, LinkTo)), None)
        if PROSE in marks:
            yield Told(name, title, internal, prose="\n\n".join(values))
        elif link:
            yield Told(name, title, internal, values, links_to=link)
        else:
            choices, unit = vocabulary_of(info), unit_of(info) or ""
            said = tuple(choices[one] if choices else _said(one, unit) for one in values)
            yield Told(name, title, internal, said)


def _said(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, PartialDate):
        return value.chinese
    if isinstance(value, int | float):
        return formatting.measure(formatting.number(value), unit)
    return str(value)
