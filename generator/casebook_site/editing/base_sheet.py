"""What a workbook held when it was exported: the base of a three-way import, in a hidden sheet.

A cell that still holds what was exported was not touched, and the record's file may be newer. For
each record the sheet keeps a short digest of every cell and of every column of its lists.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casebook_site.editing.cell_text import canonical
from casebook_site.editing.cells import Names
from casebook_site.editing.columns import SheetTable, tables
from casebook_site.editing.imported import Digests
from casebook_site.editing.lines import text_in
from casebook_site.editing.sheets import BASE_SHEET, Sheet
from casebook_site.editing.table_rows import ENTRY_ID, ENTRY_KIND, Raw, own_cells, rows_of
from casebook_site.model.catalog import Key
from casebook_site.schema.kinds import Schema

BASE_HEADINGS = (ENTRY_KIND, ENTRY_ID, "各列")


@dataclass(frozen=True)
class Base:
    """The records that a workbook held when it was made."""

    records: Mapping[Key, Digests] = field(default_factory=dict)
    is_there: bool = False
    """Whether the workbook says what it held; an empty template says: nothing."""

    def __contains__(self, key: Key) -> bool:
        return key in self.records

    def has(self, key: Key, name: str, texts: Iterable[str]) -> bool:
        """Whether a cell, or a column of a list, holds what was exported."""
        return key in self.records and self.records[key].get(name, "") == digest(texts)


def read_base(sheets: Sequence[Sheet]) -> Base:
    """Return what the hidden sheet says; an empty base where there is none."""
    sheet = next((sheet for sheet in sheets if sheet.title == BASE_SHEET), None)
    if sheet is None:
        return Base()
    records: dict[Key, Digests] = {}
    for row in sheet.rows:
        kind, id, digests = (*map(text_in, row.cells[:3]), "", "", "")[:3]
        pairs = (pair.partition("=") for pair in digests.split(" "))
        records[Key(kind, id)] = {name: value for name, _, value in pairs if value}
    return Base(records, is_there=True)


def base_rows(records: Raw, names: Names, schema: Schema) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of the hidden sheet: kind, id, digests."""
    for key, data in records.items():
        found = digests_of(key, data, names, schema)
        yield key.kind, key.id, " ".join(f"{name}={value}" for name, value in found.items())


def digests_of(key: Key, data: Mapping[str, Any], names: Names, schema: Schema) -> dict[str, str]:
    """Return the digests of a record as a workbook would show it now."""
    found: dict[str, str] = {}
    for table in tables(schema, (key.kind,)):
        rows = [
            ([*map(str, row.numbers[:-1])], own_cells(table, row, names))
            for row in rows_of(table, {key: data})
        ]
        owners = [" ".join(numbers) for numbers, _ in rows]
        columns = {n: [canonical(cells[n]) for _, cells in rows] for n in range(len(table.columns))}
        for name, texts in named_texts(table, columns, owners):
            if value := digest(texts):
                found[name] = value
    return found


def named_texts(
    table: SheetTable, columns: Mapping[int, Sequence[str]], owners: Sequence[str]
) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield (name, texts from top to bottom) of each column of a record's rows in one table.

    `columns`: position in the table → texts; `owners`: numbers of the entries that the rows are in.
    """
    for position, texts in columns.items():
        yield name_of(table, position), texts
    if table.outer:
        yield f"{'.'.join(table.path)}/", owners


def name_of(table: SheetTable, position: int) -> str:
    """Return the name of a column of a table: `contact.phone`, `events/date`."""
    own = ".".join(table.columns[position].steps)
    return own if table.of_records else f"{'.'.join(table.path)}/{own}"


def digest(texts: Iterable[str]) -> str:
    """Return a short digest of texts; empty where all of them are."""
    found = list(texts)
    if not any(found):
        return ""
    return hashlib.sha256("\0".join(found).encode()).hexdigest()[:10]
