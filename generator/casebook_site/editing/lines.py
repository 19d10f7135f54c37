"""Rows of sheets as lines of tables: which cell stands under which column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from casebook_site.base.problems import Problem, did_you_mean
from casebook_site.editing.cell_text import Cell, Fault, canonical, plain_text
from casebook_site.editing.columns import SheetTable
from casebook_site.editing.import_plan import cell_location
from casebook_site.editing.sheets import Sheet, SheetRow, clean_heading
from casebook_site.editing.table_rows import OWNER_NUMBER, identity


@dataclass(frozen=True)
class Line:
    """A row of a table, with what stands under each column that the sheet has."""

    sheet: Sheet
    row: SheetRow
    cells: Mapping[int, Cell | Fault]
    """Position of the column in the table → cell."""
    columns: Mapping[int, int]
    """Position in the table → position in the sheet."""
    known: Mapping[str, str]
    """Text under the headings of `identity`."""

    @property
    def owner(self) -> str:
        """The number of the entry that a row is in; empty for rows that are in none."""
        return self.known.get(OWNER_NUMBER, "")

    def place(self, column: int | None = None) -> str:
        """`基层教学点!C5`."""
        return self.sheet.place(self.row.number, 0 if column is None else self.columns[column])


def lines_of(table: SheetTable, sheet: Sheet, tell: Callable[[Problem], None]) -> Iterator[Line]:
    """Yield the rows of a sheet that are not empty; `tell` gets a problem for each unknown column."""
    titles = {clean_heading(column.title): n for n, column in enumerate(table.columns)}
    known = identity(table)
    columns: dict[int, int] = {}
    places: dict[str, int] = {}
    for position, heading in enumerate(sheet.headings):
        if heading in known:
            places[heading] = position
        elif heading in titles:
            columns.setdefault(titles[heading], position)
        elif heading and any(_is_filled(row, position) for row in sheet.rows):
            head = sheet.place(sheet.rows[0].number - 1, position)
            remedy = did_you_mean(heading, titles) or "列标题要与导出的一样；不用的列删去。"
            message = f"“{table.title}”没有“{heading}”这一列。"
            tell(Problem(cell_location(head), "CB902", message, remedy))
    for row in sheet.rows:
        cells = {n: _cell_at(row, position) for n, position in columns.items()}
        texts = {h: text_in(_cell_at(row, position)) for h, position in places.items()}
        line = Line(sheet, row, cells, columns, texts)
        if any(isinstance(cell, Fault) or canonical(cell) for cell in cells.values()):
            yield line


def units_in(table: SheetTable, line: Line) -> list[str]:
    """Return the units that the row itself gives for its number (the column 单位 of figures)."""
    return [
        text_in(line.cells.get(position))
        for position, column in enumerate(table.columns)
        if column.steps == ("unit",)
    ]


def _cell_at(row: SheetRow, position: int) -> Cell | Fault:
    return row.cells[position] if position < len(row.cells) else None


def _is_filled(row: SheetRow, position: int) -> bool:
    cell = _cell_at(row, position)
    return isinstance(cell, Fault) or bool(canonical(cell))


def text_in(cell: Cell | Fault) -> str:
    """Return the text of a cell, also of a formula or an error value."""
    return plain_text(cell.text) if isinstance(cell, Fault) else canonical(cell)
