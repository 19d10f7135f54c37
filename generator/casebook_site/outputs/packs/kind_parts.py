"""What a kind says of itself to packs, in the types of packs, and the usual ways to say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from casebook_site.model.editions import Edition
from casebook_site.outputs.packs.composing import Composer
from casebook_site.records import Record
from casebook_site.schema.fields import value_of
from casebook_site.schema.kinds import Kind
from casebook_site.schema.parts import (
    PackPart,
    PackScopePart,
)

RecordPack = PackPart[Edition, Composer]
PackOf = PackScopePart[Edition, Composer]


def tell(composer: Composer, record: Record, level: int) -> None:
    """Write a record as its kind tells it; nothing where packs do not tell the kind."""
    part = composer.edition.schema.of(record).pack
    if part:
        part.tell(composer, record, level)


def tell_group(composer: Composer, kind: Kind, records: Sequence[Record]) -> None:
    """Write records of a kind under one heading; nothing where there are none."""
    if records:
        composer.heading(1, kind.title)
        for record in records:
            tell(composer, record, 2)


def tell_linking(composer: Composer, record: Record, model: type[Record]) -> None:
    """Write the records of a kind that link to a record, as readers expect them.

    Where each choice of the kind has a mark of its own, choice follows upon choice.
    """
    kind = composer.edition.schema[model.kind]
    records = composer.lookups.in_order(composer.edition.linking(record, model))
    if kind.count and kind.count.is_marked_apart and kind.choices and kind.classified_by:
        order, field = [*kind.choices], kind.classified_by
        records.sort(key=lambda r: order.index(value_of(r, field)))
    tell_group(composer, kind, records)


def tell_others(composer: Composer, place: Record, told: Iterable[type[Record]]) -> None:
    """Write what lies in a place, of all kinds but the places and those in `told`."""
    known = {model.kind for model in told}
    for kind in composer.edition.schema.told:
        if kind.place.within and not kind.place.level and kind.name not in known:
            model: type[Any] = kind.model
            tell_linking(composer, place, model)


def by_name(edition: Edition, record: Record) -> tuple[str, str]:
    """Return the record's name as the title of its pack, without a subtitle."""
    return record.name, ""
