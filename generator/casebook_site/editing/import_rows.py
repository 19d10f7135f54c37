"""A row of a sheet → the plain data of a record or of an entry of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from casebook_site.editing.cell_text import Cell, CellError, Fault, canonical
from casebook_site.editing.cells import Names, cell_of, value_of
from casebook_site.editing.columns import Column, SheetTable
from casebook_site.editing.comparing import SheetComparison
from casebook_site.editing.import_plan import CellPath, ImportPlan
from casebook_site.editing.lines import Line, units_in
from casebook_site.editing.table_rows import NUMBER, value_at
from casebook_site.model.catalog import Key


class RowReader:
    """Reads rows with the names that records have; notes problems and cells in the plan."""

    def __init__(self, names: Names, plan: ImportPlan, comparison: SheetComparison) -> None:
        """Keep them; `names` holds the records that exist and those that the sheets add."""
        self.names = names
        self.plan = plan
        self.comparison = comparison

    def part(
        self, key: Key, table: SheetTable, line: Line, old: Mapping[str, Any], above: CellPath
    ) -> dict[str, Any]:
        """Return the plain data of a row: `old`, with the values of the cells that differ."""
        data = deepcopy(dict(old))
        units = units_in(table, line)
        self.plan.places[key, above] = line.place()
        for position, column in enumerate(table.columns):
            if position not in line.cells or (column.steps == ("id",) and not above):
                continue
            place = line.place(position)
            self.plan.places[key, (*above, *column.steps)] = place
            cell, before = line.cells[position], value_at(old, column.steps)
            if self._is_same(column, cell, before):
                continue
            if not above and self.comparison.keeps_cell(key, table, position, cell, before, place):
                continue
            try:
                value = self._value(column, cell, before, units)
            except CellError as error:
                self.plan.report(place, error.code, error.message, error.remedy)
                continue
            set_value(data, column.steps, value)
        return data

    def _is_same(self, column: Column, cell: Cell | Fault, value: Any) -> bool:
        """Return whether a cell says what the file says."""
        return not isinstance(cell, Fault) and canonical(cell) == canonical(
            cell_of(column, value, self.names)
        )

    def _value(self, column: Column, cell: Cell | Fault, old: Any, units: Sequence[str]) -> Any:
        """Return the plain value of a cell, None for an empty one; raise `CellError`."""
        if isinstance(cell, Fault):
            raise CellError(
                "CB903",
                cell.message or f"这里是公式或错误值“{cell.text}”。",
                cell.remedy or "改成公式算出的结果。",
            )
        if not canonical(cell):
            return None
        return value_of(column, cell, self.names, old=old, units=units)

    def entries(
        self,
        key: Key,
        table: SheetTable,
        lines: Sequence[Line],
        old: Sequence[Any],
        above: CellPath,
    ) -> list[Any]:
        """Return the entries of one list; the data of a row that has not changed stays as written."""
        waiting = list(enumerate(old))
        aligned = len(lines) == len(old)
        new: list[Any] = []
        for position, line in enumerate(lines):
            before = self._before(table, line, waiting, position if aligned else None)
            new.append(self.part(key, table, line, before, (*above, position)))
        return new

    def _before(
        self,
        table: SheetTable,
        line: Line,
        waiting: list[tuple[int, Any]],
        position: int | None,
    ) -> Mapping[str, Any]:
        """Return the old entry of a row, found by number, else by content, else by position.

        Takes the entry out of `waiting`. Return an empty mapping for a new entry.
        """
        chosen: tuple[int, Any] | None
        if table.numbered and line.known.get(NUMBER, "").isdigit():
            number = int(line.known[NUMBER]) - 1
            chosen = next((pair for pair in waiting if pair[0] == number), None)
        else:
            chosen = next((pair for pair in waiting if self._says(table, line, pair[1])), None)
            if chosen is None:
                chosen = next((pair for pair in waiting if pair[0] == position), None)
        if chosen is None:
            return {}
        waiting.remove(chosen)
        return chosen[1]  # type: ignore[no-any-return]

    def _says(self, table: SheetTable, line: Line, part: Mapping[str, Any]) -> bool:
        """Return whether all cells of a row say what the data of an entry says."""
        return all(
            self._is_same(column, cell, value_at(part, column.steps))
            for position, cell in line.cells.items()
            for column in [table.columns[position]]
        )


def set_value(data: dict[str, Any], steps: tuple[str, ...], value: Any) -> None:
    """Set a value, or remove it for None; a part that is left empty is removed too."""
    name, *below = steps
    if below:
        inner = dict(data.get(name) or {})
        set_value(inner, tuple(below), value)
        value = inner or None
    if value is None or value == []:
        data.pop(name, None)
    else:
        data[name] = value
