"""A form and its file that were both changed: what each side wrote, and both together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casebook_site.editing.cells import Names, text_of
from casebook_site.editing.round_trip import same
from casebook_site.schema.kinds import RecordModel
from casebook_site.webapp.fields import asked

Data = Mapping[str, Any]


def conflicts(
    model: type[RecordModel], base: Data, mine: Data, disk: Data, names: Names
) -> Iterator[tuple[str, str]]:
    """Yield the fields that were changed here and in the file, with what stands there now.

    `base`: the record as both found it.
    """
    for name, text in differences(model, mine, disk, names):
        was = base.get(name)
        if not same(mine.get(name), was) and not same(disk.get(name), was):
            yield name, text


def differences(
    model: type[RecordModel], mine: Data, disk: Data, names: Names
) -> Iterator[tuple[str, str]]:
    """Yield the fields that are not the same here and in the file, with what stands there."""
    for name, one in asked(model).items():
        there = disk.get(name)
        if not same(mine.get(name), there):
            if one.column is None or one.many:
                yield name, _outline(there)
            else:
                yield name, text_of(one.column, there, names)


def merged(base: Data, mine: Data, disk: Data) -> dict[str, Any]:
    """Return what was changed here, over what stands in the file now."""
    names = dict.fromkeys([*disk, *mine])
    chosen = {name: disk if same(mine.get(name), base.get(name)) else mine for name in names}
    return {name: data[name] for name, data in chosen.items() if name in data}


def _outline(value: Any) -> str:
    """Return lists and parts on one line each."""
    if isinstance(value, Mapping):
        return "，".join(_outline(inner) for inner in value.values())
    if isinstance(value, list):
        return "；".join(map(_outline, value))
    return "" if value is None else str(value)
