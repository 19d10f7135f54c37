"""更正与更新: what was changed on published pages, in the order of readers."""

from __future__ import annotations

from collections.abc import Iterable

from casebook_site.records import Record
from casebook_site.records.base import Change


def latest_changes(records: Iterable[Record]) -> list[tuple[Record, Change]]:
    """Return the changes of records, newest first; of one day, the one written last comes first."""
    found = [
        (change.date, record.kind, record.id, number, record, change)
        for record in records
        for number, change in enumerate(record.changes)
    ]
    found.sort(key=lambda row: row[:4], reverse=True)
    return [(record, change) for *_, record, change in found]


def kind_of(change: Change) -> str:
    """Return what readers call a change."""
    return "更正" if change.correction else "更新"
