"""Rows of the facts of a record, labelled with the titles of its fields."""

from __future__ import annotations

from casebook_site.domain import formatting
from casebook_site.outputs.packs.document import Runs, plain
from casebook_site.schema.fields import Part, unit_of, value_of
from casebook_site.schema.walking import title_of


def labelled(record: Part, name: str, value: Runs | str | None) -> tuple[str, Runs] | None:
    """Return a row of facts with the field's title; None when there is nothing to say."""
    runs = plain(value) if isinstance(value, str) else value
    if not runs or not any(run.text or run.cite for run in runs):
        return None
    return type(record).model_fields[name].title or name, tuple(runs)


def measured(record: Part, name: str) -> tuple[str, Runs] | None:
    """Return a numeric field with its unit."""
    value = value_of(record, name)
    if value is None:
        return None
    unit = unit_of(type(record).model_fields[name]) or ""
    return labelled(record, name, formatting.measure(formatting.number(value), unit))


def labelled_choice(record: Part, name: str) -> tuple[str, Runs] | None:
    """Return a field of choices with the title of what it holds."""
    return labelled(record, name, title_of(record, name))
