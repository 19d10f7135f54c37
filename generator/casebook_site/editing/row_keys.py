"""Which record a row is: by its id, or a new one, or one that an earlier import of it made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from casebook_site.editing.base_sheet import digest
from casebook_site.editing.cell_text import CellError, canonical
from casebook_site.editing.cells import Names, cell_of
from casebook_site.editing.columns import SheetTable
from casebook_site.editing.comparing import SheetComparison
from casebook_site.editing.import_plan import ImportPlan
from casebook_site.editing.imported import Imported
from casebook_site.editing.lines import Line, text_in
from casebook_site.editing.new_ids import id_fault, new_id
from casebook_site.editing.record_files import Written
from casebook_site.editing.table_rows import EXAMPLE, value_at
from casebook_site.model.catalog import Catalog, Key
from casebook_site.schema.kinds import Schema


@dataclass(frozen=True)
class RowKeys:
    """Finds the records of rows; what is unclear is a problem of the plan."""

    names: Names
    written: Mapping[Key, Written]
    schema: Schema
    comparison: SheetComparison
    imported: Imported
    plan: ImportPlan
    unread: Collection[tuple[str, str]] = ()
    """(kind, id) of records whose files cannot be read; id `*` where nobody knows which."""

    def keyed(self, table: SheetTable, lines: Sequence[Line]) -> Iterator[tuple[Key, Line]]:
        """Yield (record, row) of each row of a table of records; note which records have no row."""
        kind = table.models[0].kind
        seen: dict[str, Line] = {}
        new: dict[str, Line] = {}
        for line in lines:
            id = text_in(line.cells.get(0))
            if id.startswith(EXAMPLE):
                continue
            id = id or self._id_of_unnamed(table, line, seen, new)
            if not id:
                continue
            if id in seen:
                at = seen[id].place(0)
                self.plan.report(
                    line.place(), "CB905", f"编号“{id}”已用在 {at}。", "一条记录只写一行。"
                )
                continue
            if fault := id_fault(id):
                self.plan.report(line.place(), "CB206", f"编号“{id}”{fault}。", "换一个编号。")
                continue
            seen[id] = line
            if not self.is_out_of_reach(Key(kind, id), table, [line]):
                yield Key(kind, id), line
        here = {key.id for key in self.written if key.kind == kind}
        base = self.comparison.base
        if base.is_there:
            # What came into the files after the export was never in this workbook.
            here &= {key.id for key in base.records if key.kind == kind}
        self.plan.absent += [Key(kind, id) for id in sorted(here - seen.keys())]

    def is_out_of_reach(self, key: Key, table: SheetTable, lines: Sequence[Line]) -> bool:
        """Return whether rows are about a record that is broken or gone, so that they are not read.

        That is told where the rows were touched; a record that nobody has touched stays as it is.
        """
        if key in self.written:
            return False
        base = self.comparison.base
        is_known = self.comparison.knows(key)
        # Where nobody knows which records are broken, the workbook says which it once held.
        is_unclear = (key.kind, "*") in self.unread and (is_known or not base.is_there)
        is_broken = tuple(key) in self.unread or is_unclear
        if is_known and self._is_untouched(key, table, lines):
            return True
        title = self.schema[key.kind].title
        if is_broken:
            message = f"{title}“{key.id}”的文件有错，读不出来，这一行没有读。"
            remedy = "先把文件改好；与它无关就删去这一行。"
            self.plan.report(lines[0].place(), "CB905", message, remedy)
            return True
        if not is_known or self.comparison.prefer == "sheets":
            return False
        if not self.comparison.prefer:
            message = f"表里改过{title}“{key.id}”，导出以后文件里却删去了它。"
            remedy = "仍要它就加 --theirs，随它删去就加 --ours。"
            self.plan.report(lines[0].place(), "CB906", message, remedy)
        return True

    def _is_untouched(self, key: Key, table: SheetTable, lines: Sequence[Line]) -> bool:
        if table.of_records:
            return self.comparison.is_row_untouched(key, table, lines[0])
        return self.comparison.is_list_untouched(key, {table: lines})

    def _id_of_unnamed(
        self,
        table: SheetTable,
        line: Line,
        seen: Mapping[str, Line],
        new: dict[str, Line],
    ) -> str:
        """Return the id of a row that has none, from the pinyin of its name; empty after a problem."""
        kind = table.models[0].kind
        name = self.text(table, line, ("name",))
        if not name:
            self._ask(line, "这一行没有编号和名称")
            return ""
        mark = digest([kind, name, *self._places(table, line)])
        if mark in new:
            at = new[mark].place()
            message = f"与 {at} 同名、同在一处，不知道是不是同一条"
            self._ask(line, message, "同一条就删去一行；不是同一条就各写一个编号。")
            return ""
        new[mark] = line
        if before := self.imported.keys.get(mark):
            self._note(mark, before, line)
            return before.id
        there = [
            id
            for id in self.names.ids[kind].get(name, ())
            if self._lies_there(table, line, Key(kind, id))
        ]
        if there:
            self._ask(line, f"已有叫“{name}”的{self.schema[kind].title}（{'、'.join(there)}）")
            return ""
        files = (file.file.stem for key, file in self.written.items() if key.kind == kind)
        known = [*self.unread, *self.comparison.base.records]
        elsewhere = (id for of_kind, id in known if of_kind == kind)
        id = new_id(name, {*seen, *self.names.labels[kind], *files, *elsewhere})
        self._note(mark, Key(kind, id), line)
        return id

    def _note(self, mark: str, key: Key, line: Line) -> None:
        self.plan.added[mark] = key
        if 0 in line.columns:
            self.plan.unnamed[key] = line.place(0)

    def _ask(
        self, line: Line, message: str, remedy: str = "改旧记录就写上它的编号；新记录写一个新编号。"
    ) -> None:
        self.plan.report(line.place(), "CB905", f"{message}。", remedy)

    def _lies_there(self, table: SheetTable, line: Line, key: Key) -> bool:
        """Return whether a record lies where a row says, as far as both say it."""
        if key not in self.written:
            return True
        data = self.written[key].data
        return all(
            not place or value is None or place == canonical(value)
            for place, value in zip(
                self._places(table, line), self._own_places(table, data), strict=True
            )
        )

    def _places(self, table: SheetTable, line: Line) -> list[str]:
        """Return what a row says of the places in which its record lies, by their names in cells."""
        kind = self.schema[table.models[0].kind]
        found: list[str] = []
        for field, level in kind.place_links:
            text = self.text(table, line, (field,))
            # An unknown place is told at its cell when the row is read.
            with suppress(CellError):
                text = self.names.label(level, self.names.find(level, text)) if text else ""
            found.append(text)
        return found

    def _own_places(self, table: SheetTable, data: Mapping[str, Any]) -> list[Any]:
        kind = self.schema[table.models[0].kind]
        columns = {column.steps: column for column in table.columns}
        return [
            cell_of(columns[field,], value_at(data, (field,)), self.names)
            for field, _ in kind.place_links
        ]

    @staticmethod
    def text(table: SheetTable, line: Line, steps: tuple[str, ...]) -> str:
        """Return the text of a cell of a row, by the steps of its column."""
        position = next(n for n, column in enumerate(table.columns) if column.steps == steps)
        return text_in(line.cells.get(position))


def names_with_new(catalog: Catalog, rows: Sequence[tuple[Key, SheetTable, Line]]) -> Names:
    """Return the names of all records, with those of rows that are new."""
    records = {kind: dict(by_id) for kind, by_id in catalog.records.items()}
    for key, table, line in rows:
        if key.id in records[key.kind]:
            continue
        name = RowKeys.text(table, line, ("name",)) or key.id
        model: Any = catalog.schema[key.kind].model
        records[key.kind][key.id] = model.model_construct(id=key.id, name=name)
    return Names.of(records, catalog.schema)
