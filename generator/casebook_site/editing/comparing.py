"""Sheets, files, and what the sheets held when they were exported: what was touched on which side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from casebook_site.editing.base_sheet import Base, digest, digests_of, name_of, named_texts
from casebook_site.editing.cell_text import Cell, Fault, canonical
from casebook_site.editing.cells import Names, cell_of
from casebook_site.editing.columns import SheetTable
from casebook_site.editing.import_plan import ImportPlan
from casebook_site.editing.imported import Digests, Imported, ImportedRecord
from casebook_site.editing.lines import Line, text_in
from casebook_site.editing.record_files import Written
from casebook_site.model.catalog import Key
from casebook_site.schema.kinds import Schema

Prefer = Literal["", "files", "sheets"]
"""Whose value is taken where both were touched; empty: ask."""

_REMEDY = "保留文件里的加 --ours，用表里的加 --theirs，或者在表里照文件的写法改。"
_SHOWN = 40


class SheetComparison:
    """Compares a workbook with its base and with the files; what both touched is told in the plan."""

    def __init__(
        self,
        base: Base,
        written: Mapping[Key, Written],
        names: Names,
        schema: Schema,
        prefer: Prefer,
        plan: ImportPlan,
        imported: Imported = Imported(),  # noqa: B008 - a frozen value
    ) -> None:
        self.base = base
        self._imported = {
            key: record for key, record in imported.records.items() if key not in base
        }
        self.prefer = prefer
        self._written, self._names, self._schema = written, names, schema
        self._plan = plan
        self._files: dict[Key, Digests] = {}

    def knows(self, key: Key) -> bool:
        """Whether it is known what a record was when the sheets and the files last agreed."""
        return key in self.base or key in self._imported

    def _has(self, key: Key, name: str, texts: Iterable[str]) -> bool:
        """Whether a cell, or a column of a list, is as it was then."""
        if key not in self._imported:
            return self.base.has(key, name, texts)
        record, now = self._imported[key], digest(texts)
        return now == record.files.get(name, "") or now == record.cells.get(name)

    def is_newer(self, key: Key, name: str | None = None) -> bool:
        """Whether a value of a record, or anything in it, changed in the files after the export."""
        if not self.knows(key) or key not in self._written:
            return False
        if key not in self._files:
            data = self._written[key].data
            self._files[key] = digests_of(key, data, self._names, self._schema)
        before = self._imported[key].files if key in self._imported else self.base.records[key]
        now = self._files[key]
        return before != now if name is None else before.get(name) != now.get(name)

    def keeps_cell(
        self, key: Key, table: SheetTable, position: int, cell: Cell | Fault, old: Any, place: str
    ) -> bool:
        """Whether the file's value stays although the cell says something else.

        True for a cell that was not touched since the export, and where both sides were touched.
        """
        if key not in self._written:
            return False
        name = name_of(table, position)
        if self._has(key, name, [text_in(cell)]):
            return True
        if not self.is_newer(key, name):
            return False
        if not self.prefer:
            there = canonical(cell_of(table.columns[position], old, self._names))
            self._tell(place, f"表里“{_short(text_in(cell))}”，文件里“{_short(there)}”")
        return self.prefer != "sheets"

    def is_list_untouched(self, key: Key, lists: Mapping[SheetTable, Sequence[Line]]) -> bool:
        """Whether the rows of a list, and of the lists in it, say what was exported."""
        return self.knows(key) and all(self._has(key, name, texts) for name, texts in _texts(lists))

    def is_row_untouched(self, key: Key, table: SheetTable, line: Line) -> bool:
        """Whether all cells of a record's row say what was exported."""
        return self.knows(key) and all(
            self._has(key, name_of(table, position), [text_in(cell)])
            for position, cell in line.cells.items()
            if table.columns[position].steps != ("id",)
        )

    def keeps_list(self, key: Key, lists: Mapping[SheetTable, Sequence[Line]]) -> bool:
        """Whether the file's list stays because it was touched as well as the rows."""
        if not any(self.is_newer(key, name) for name, _ in _texts(lists)):
            return False
        if not self.prefer:
            table, lines = next(iter(lists.items()))
            place = lines[0].place() if lines else f"{table.title}!A1"
            self._tell(place, f"“{table.title}”中 {key.id} 的各行")
        return self.prefer != "sheets"

    def imported_row(
        self, key: Key, data: Mapping[str, Any], names: Names, table: SheetTable, line: Line
    ) -> ImportedRecord:
        """Return what is to be remembered of a row without an id that becomes a record."""
        files = digests_of(key, data, names, self._schema)
        cells = {
            name: now
            for position, cell in line.cells.items()
            for name in [name_of(table, position)]
            if (now := digest([text_in(cell)])) != files.get(name, "")
        }
        return ImportedRecord(files, cells)

    def _tell(self, place: str, what: str) -> None:
        message = f"导出以后，表和文件都改了这一处：{what}。"
        self._plan.report(place, "CB906", message, _REMEDY)


def _texts(lists: Mapping[SheetTable, Sequence[Line]]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield (name, texts) of each column that the sheets of a record's lists have."""
    for table, lines in lists.items():
        there = lines[0].columns if lines else range(len(table.columns))
        columns = {n: [text_in(line.cells.get(n)) for line in lines] for n in there}
        yield from named_texts(table, columns, [line.owner for line in lines])


def _short(text: str) -> str:
    text = " ".join(text.split()) or "（空）"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
