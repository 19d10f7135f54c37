"""Workbooks to import: made from records, and edited as people edit them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from casebook_site.editing.cells import names_of
from casebook_site.editing.columns import tables
from casebook_site.editing.import_plan import ImportPlan
from casebook_site.editing.importing import known_headings, read_import
from casebook_site.editing.record_files import Written, written_records
from casebook_site.editing.sheets import Sheet, SheetRow, clean_heading, read_sheets
from casebook_site.editing.table_rows import headings, identity_cells, own_cells, rows_of
from casebook_site.editing.workbook import make_workbook
from casebook_site.kinds import program_schema
from casebook_site.model.catalog import Catalog, Key, build_catalog, key_of
from casebook_site.reading.files import Origin
from casebook_site.reading.records import ReadEntry
from casebook_site.records import KINDS


def catalog_of(records: Iterable[tuple[str, dict[str, Any]]]) -> tuple[Catalog, dict[Any, Written]]:
    """A catalog of (kind, plain data) as if each stood in a file of its own."""
    made = [(KINDS[kind].model_validate(data), data) for kind, data in records]
    entries = [
        ReadEntry(record, Origin(f"{record.id}.yml", f"{record.id}.yml")) for record, _ in made
    ]
    catalog, _ = build_catalog(entries, program_schema())
    first: dict[Any, Written] = {}
    for record, data in made:
        first.setdefault(key_of(record), Written(data, Path(f"{record.id}.yml"), None))
    return catalog, first


def exported(catalog: Catalog, written: Any = None, **options: Any) -> Workbook:
    """The workbook of the kinds that a catalog has records of, opened again."""
    written = written or written_records(catalog)
    records = {key: one.data for key, one in written.items()}
    options.setdefault(
        "kinds", [kind for kind in KINDS if any(key.kind == kind for key in records)]
    )
    return load_workbook(
        io.BytesIO(make_workbook(records, names_of(catalog), catalog.schema, **options))
    )


def imported(
    path: Path, book: Workbook, catalog: Catalog, written: Any = None, **options: Any
) -> ImportPlan:
    """What importing the workbook asks for."""
    book.save(path)
    return read_import(
        read_sheets(path, known_headings(program_schema())),
        catalog,
        written or written_records(catalog),
        **options,
    )


def cell(book: Workbook, sheet: str, heading: str, row: int) -> Any:
    """The cell under a heading."""
    page = book[sheet]
    assert isinstance(page, Worksheet)
    for head in page[1]:
        if str(head.value).removesuffix(" *") == heading:
            assert head.column
            return page.cell(row, head.column)
    raise AssertionError(f"{sheet} has no {heading}")


def row_of(book: Workbook, sheet: str, id: str) -> int:
    """The first row of a record."""
    for row in book[sheet].iter_rows(min_row=2):
        if id in (row[0].value, row[1].value):
            assert row[0].row
            return row[0].row
    raise AssertionError(f"{sheet} has no {id}")


def sheets_of(catalog: Catalog, written: Mapping[Key, Written]) -> list[Sheet]:
    """The sheets of a workbook as they would be read, without a file."""
    records = {key: one.data for key, one in written.items()}
    names = names_of(catalog)
    return [
        Sheet(
            table.title,
            tuple(clean_heading(heading) for heading in headings(table)),
            tuple(
                SheetRow(n, (*identity_cells(table, row, names), *own_cells(table, row, names)))
                for n, row in enumerate(rows_of(table, records), start=2)
            ),
        )
        for table in tables(program_schema())
    ]
