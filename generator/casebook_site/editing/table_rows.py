"""The rows of a table and their headings, as plain cells; the records of a kind as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casebook_site.base.characters import no_formula
from casebook_site.editing.cell_text import Cell
from casebook_site.editing.cells import Names, cell_of
from casebook_site.editing.columns import SheetTable, tables
from casebook_site.model.catalog import Key
from casebook_site.schema.kinds import Schema

EXAMPLE = "示例"
"""What the id of an example row begins with; an import leaves the row out."""

RECORD_ID, ENTRY_KIND, ENTRY_ID, ENTRY_NAME = "编号", "记录类别", "记录编号", "记录名称"
NUMBER, OWNER_NUMBER = "序号", "所属序号"

Raw = Mapping[Key, Mapping[str, Any]]
"""Plain data of each record, as it stands in its file, id included."""


@dataclass(frozen=True)
class RecordRow:
    """A row of a table: which record it belongs to, its numbers, and its plain data."""

    key: Key
    numbers: tuple[int, ...]
    """Position (from 1) in each list on the way, the last one its own; empty for a record."""
    part: Mapping[str, Any]


def rows_of(table: SheetTable, records: Raw) -> Iterator[RecordRow]:
    """Yield the rows of a table, records in their order."""
    kinds = {model.kind for model in table.models}
    for key, record in records.items():
        if key.kind in kinds:
            yield from _rows(key, record, table.path, ())


def _rows(
    key: Key, part: Mapping[str, Any], path: tuple[str, ...], numbers: tuple[int, ...]
) -> Iterator[RecordRow]:
    if not path:
        yield RecordRow(key, numbers, part)
        return
    found = part.get(path[0]) or ()
    if isinstance(found, Mapping):
        yield from _rows(key, found, path[1:], numbers)
        return
    for number, inner in enumerate(found, start=1):
        yield from _rows(key, inner, path[1:], (*numbers, number))


def value_at(part: Mapping[str, Any], steps: Sequence[str]) -> Any:
    """Return the plain value at a column's steps, or None."""
    value: Any = part
    for step in steps:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def identity(table: SheetTable) -> tuple[str, ...]:
    """Return the headings by which a row of entries is known to belong to a record."""
    if table.of_records:
        return ()
    kind = (ENTRY_KIND,) if len(table.models) > 1 else ()
    owner = (OWNER_NUMBER,) if table.outer else ()
    number = (NUMBER,) if table.numbered else ()
    return (*kind, ENTRY_ID, ENTRY_NAME, *owner, *number)


def identity_cells(table: SheetTable, row: RecordRow, names: Names) -> list[Cell]:
    """Return the cells under the headings of `identity`."""
    known: dict[str, Cell] = {
        ENTRY_KIND: names.titles[row.key.kind],
        ENTRY_ID: row.key.id,
        ENTRY_NAME: names.label(*row.key),
        OWNER_NUMBER: row.numbers[0] if len(row.numbers) > 1 else None,
        NUMBER: row.numbers[-1] if row.numbers else None,
    }
    return [known[heading] for heading in identity(table)]


def own_cells(table: SheetTable, row: RecordRow, names: Names) -> list[Cell]:
    """Return the cells under a table's own columns."""
    return [cell_of(column, value_at(row.part, column.steps), names) for column in table.columns]


def headings(table: SheetTable) -> list[str]:
    """Return the headings of a sheet; a star marks what must be filled in."""
    own = [f"{column.title} *" if column.required else column.title for column in table.columns]
    return [*identity(table), *own]


def make_csv(records: Raw, names: Names, schema: Schema, kind: str, encoding: str) -> bytes:
    """Return the records of a kind as CSV: the columns of its sheet, with the marks that Excel wants."""
    table = tables(schema, (kind,))[0]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings(table))
    for row in rows_of(table, records):
        writer.writerow([_csv_cell(cell) for cell in own_cells(table, row, names)])
    if encoding == "gbk":
        return text.getvalue().encode("gb18030")
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> Cell:
    """Return a cell, with a quote before one that a spreadsheet would run as a formula."""
    return no_formula(cell) if isinstance(cell, str) else cell
