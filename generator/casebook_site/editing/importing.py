"""Sheets → what would change in the records, field by field, or every problem at its cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from casebook_site.base.problems import Location, Problem, did_you_mean
from casebook_site.editing.base_sheet import Base, read_base
from casebook_site.editing.cell_text import CellError
from casebook_site.editing.cells import Names
from casebook_site.editing.columns import SheetTable, tables
from casebook_site.editing.comparing import Prefer, SheetComparison
from casebook_site.editing.import_plan import CellPath, ImportPlan, cell_location
from casebook_site.editing.import_rows import RowReader, set_value
from casebook_site.editing.imported import Imported
from casebook_site.editing.lines import Line, lines_of
from casebook_site.editing.record_files import Written, in_model_order
from casebook_site.editing.round_trip import same
from casebook_site.editing.row_keys import RowKeys, names_with_new
from casebook_site.editing.sheet_parts import GUIDE_SHEET
from casebook_site.editing.sheets import BASE_SHEET, Sheet, clean_heading
from casebook_site.editing.table_rows import (
    ENTRY_ID,
    ENTRY_KIND,
    EXAMPLE,
    NUMBER,
    OWNER_NUMBER,
    value_at,
)
from casebook_site.editing.workbook import CHOICES_SHEET
from casebook_site.model.catalog import Catalog, Key
from casebook_site.schema.kinds import Schema
from casebook_site.schema.messages import explain


def known_headings(schema: Schema, kinds: Sequence[str] = ()) -> frozenset[str]:
    """Return all headings that tables have, as `clean_heading` gives them."""
    chosen = tables(schema, tuple(kinds))
    own = {clean_heading(column.title) for table in chosen for column in table.columns}
    return frozenset(own | {ENTRY_KIND, ENTRY_ID, NUMBER, OWNER_NUMBER})


def read_import(
    sheets: Sequence[Sheet],
    catalog: Catalog,
    written: Mapping[Key, Written],
    kind: str | None = None,
    *,
    imported: Imported = Imported(),  # noqa: B008 - a frozen value
    prefer: Prefer = "",
    unread: Collection[tuple[str, str]] = (),
) -> ImportPlan:
    """Return what sheets change in the records; what is wrong in a cell is a problem of the plan.

    Where the sheets say what they held when they were exported, the import is a comparison of three:
    what was touched in the sheets alone is taken, what was touched in the files alone is kept, and
    what was touched in both is a problem, unless `prefer` says whose it shall be.

    `kind`: what the rows of a single sheet are, whatever its title (CSV).
    `imported`: what earlier imports made of rows without an id.
    `unread`: (kind, id) of records whose files cannot be read; their rows are left alone.
    """
    reader = _ImportReader(catalog, written, read_base(sheets), imported, prefer, unread)
    return reader.read(sheets, kind)


class _ImportReader:
    def __init__(
        self,
        catalog: Catalog,
        written: Mapping[Key, Written],
        base: Base,
        imported: Imported,
        prefer: Prefer,
        unread: Collection[tuple[str, str]],
    ) -> None:
        self.written = written
        self.unread = unread
        self.catalog = catalog
        self.schema = catalog.schema
        self.names = Names.of(catalog.records, catalog.schema)
        self.imported = imported
        self.plan = ImportPlan()
        self.comparison = SheetComparison(
            base, written, self.names, self.schema, prefer, self.plan, imported
        )
        self.rows = RowReader(self.names, self.plan, self.comparison)
        self.data: dict[Key, dict[str, Any]] = {}
        self.lines: dict[SheetTable, list[Line]] = {}
        self.own_rows: dict[Key, tuple[SheetTable, Line]] = {}
        self.keys = self._row_keys()

    def _row_keys(self) -> RowKeys:
        return RowKeys(
            self.names,
            self.written,
            self.schema,
            self.comparison,
            self.imported,
            self.plan,
            self.unread,
        )

    def read(self, sheets: Sequence[Sheet], kind: str | None) -> ImportPlan:
        by_title = {table.title: table for table in tables(self.schema)}
        if kind and len(sheets) == 1:
            sheets = [replace(sheets[0], title=self.schema[kind].title)]
        for sheet in sheets:
            if sheet.title != BASE_SHEET:
                self._sheet(sheet, by_title)
        if not self.lines and not self.plan.problems:
            self.plan.report(
                f"{sheets[0].title if sheets else ''}!A1",
                "CB902",
                "没有一张工作表是认识的，什么都没有读。",
                "工作表的名称和列标题要与导出的一样；先导出一份空表（--template），再把内容贴进去。",
            )
        records = [(table, lines) for table, lines in self.lines.items() if table.of_records]
        rows = [
            (key, table, line)
            for table, lines in records
            for key, line in self.keys.keyed(table, lines)
        ]
        self.plan.newer = {key for key in self.plan.absent if self.comparison.is_newer(key)}
        self.names = names_with_new(self.catalog, rows)
        self.rows = RowReader(self.names, self.plan, self.comparison)
        for key, table, line in rows:
            self._record(key, table, line)
        for table, lines in self.lines.items():
            if table.path and not table.outer:
                self._entries(table, lines)
        self._finish()
        return self.plan

    # --- sheets -----------------------------------------------------------------------------------

    def _sheet(self, sheet: Sheet, by_title: Mapping[str, SheetTable]) -> None:
        """Keep the lines of a sheet, or say why nothing of it is read."""
        title, place = sheet.title.strip(), f"{sheet.title}!A1"
        table = by_title.get(title) or self._of_kind(title, by_title)
        if table and sheet.unread:
            message = f"“{sheet.title}”里没有一个列标题是认识的，{sheet.unread} 行都没有读。"
            self.plan.report(place, "CB902", message, "列标题要与导出的一样，并且在前十行里。")
        elif table:
            lines = lines_of(table, sheet, self.plan.problems.append)
            self.lines.setdefault(table, []).extend(lines)
        elif title not in (GUIDE_SHEET, CHOICES_SHEET) and sheet.rows:
            known = "表名要与导出的一样；CSV 用 --kind 说明类别。"
            remedy = did_you_mean(title, by_title) or known
            self.plan.report(place, "CB902", f"不认识工作表“{sheet.title}”。", remedy)

    def _of_kind(self, title: str, by_title: Mapping[str, SheetTable]) -> SheetTable | None:
        """Return the table of records whose kind a sheet or a file is named after in English."""
        name = title.lower()
        kind = self.schema.by_name.get(name) or self.schema.by_folder.get(name)
        return by_title[kind.title] if kind else None

    # --- records ----------------------------------------------------------------------------------

    def _record(self, key: Key, table: SheetTable, line: Line) -> None:
        old = self.written[key].data if key in self.written else {"id": key.id}
        self.own_rows[key] = table, line
        self.data[key] = self.rows.part(key, table, line, old, ())
        self.data[key]["id"] = key.id

    # --- entries of lists -------------------------------------------------------------------------

    def _entries(self, table: SheetTable, lines: Sequence[Line]) -> None:
        """Set a list field of every record of the table's kinds."""
        below = [t for t in self.lines if t.outer == table.path and t.models == table.models]
        by_record = self._by_record(table, lines)
        inner = {t: self._by_record(t, self.lines[t]) for t in below}
        # Of kinds that the workbook says nothing about, no entries are missing in it.
        with_rows = {t.models[0].kind for t in self.lines if t.of_records}
        kinds = {model.kind for model in table.models} & (with_rows | {k.kind for k in by_record})
        base = self.comparison.base
        for key in {**self.written, **self.data}:
            if key.kind not in kinds or (key.kind in with_rows and key not in self.data):
                continue
            # Of lists of records that came after the export the sheets say nothing either.
            if base.is_there and not self.comparison.knows(key) and key not in by_record:
                continue
            lists = {table: by_record.get(key, [])}
            lists |= {part_table: found.get(key, []) for part_table, found in inner.items()}
            if self.comparison.is_list_untouched(key, lists):
                continue
            data = self.data.get(key) or deepcopy(dict(self.written[key].data))
            old = value_at(data, table.path) or []
            new = self.rows.entries(key, table, lists[table], old, table.path)
            for part_table in inner:
                self._inner(key, part_table, lists[part_table], lists[table], new)
            if not same(new, old) and self.comparison.keeps_list(key, lists):
                continue
            if new or old:
                set_value(data, table.path, new)
            self.data[key] = data

    def _by_record(self, table: SheetTable, lines: Sequence[Line]) -> dict[Key, list[Line]]:
        found: dict[Key, list[Line]] = {}
        titles = {model.kind_title: model.kind for model in table.models}
        titles |= {model.kind: model.kind for model in table.models}
        for line in lines:
            id = line.known.get(ENTRY_ID, "")
            if id.startswith(EXAMPLE):
                continue
            kind = titles.get(line.known.get(ENTRY_KIND, ""), "")
            if len(table.models) == 1:
                kind = table.models[0].kind
            try:
                if not kind or not id:
                    raise CellError("CB905", "没有写明是哪条记录的。", "写上记录类别和记录编号。")
                key = Key(kind, id)
                if not self._is_missing(key):
                    key = Key(kind, self.names.find(kind, id))
            except CellError as error:
                self.plan.report(line.place(), "CB905", error.message, error.remedy)
                continue
            found.setdefault(key, []).append(line)
        return {
            key: lines
            for key, lines in found.items()
            if not self._is_missing(key) or not self.keys.is_out_of_reach(key, table, lines)
        }

    def _is_missing(self, key: Key) -> bool:
        """Return whether a record is broken or gone, and no row brings it back."""
        is_known = self.comparison.knows(key) or tuple(key) in self.unread
        return is_known and key not in self.written and key not in self.data

    def _inner(
        self,
        key: Key,
        table: SheetTable,
        lines: Sequence[Line],
        owners: Sequence[Line],
        new: list[Any],
    ) -> None:
        """Set the lists inside the entries of a list, by the number of the entry."""
        inside = table.path[len(table.outer) :]
        positions = {
            line.known.get(NUMBER, "") or str(n): n - 1 for n, line in enumerate(owners, 1)
        }
        if not owners:
            positions = {str(n): n - 1 for n in range(1, len(new) + 1)}
        grouped: dict[int, list[Line]] = {}
        for line in lines:
            number = line.known.get(OWNER_NUMBER, "")
            if number not in positions:
                self.plan.report(
                    line.place(),
                    "CB905",
                    f"没有序号为“{number}”的一项。",
                    f"写“{'.'.join(table.outer)}”表里的序号。",
                )
                continue
            grouped.setdefault(positions[number], []).append(line)
        for position, entry in enumerate(new):
            old = value_at(entry, inside) or []
            above: CellPath = (*table.outer, position, *inside)
            inner = self.rows.entries(key, table, grouped.get(position, []), old, above)
            if inner or old:
                set_value(entry, inside, inner)

    # --- the end ----------------------------------------------------------------------------------

    def _finish(self) -> None:
        for key, data in self.data.items():
            before = self.written.get(key)
            if before and data == before.data and repr(data) == repr(dict(before.data)):
                continue
            whole = in_model_order(self.schema[key.kind].model, data)
            self.plan.records[key] = whole
            self._validate(key, whole)
        for key in self.plan.added.values():
            if key in self.plan.records and key in self.own_rows:
                data, row = self.plan.records[key], self.own_rows[key]
                self.plan.imported[key] = self.comparison.imported_row(key, data, self.names, *row)
        self.plan.problems = sorted(set(self.plan.problems), key=_by_row)

    def _validate(self, key: Key, data: dict[str, Any]) -> None:
        model = self.schema[key.kind].model
        told = {problem.location.path for problem in self.plan.problems}

        def locate(path: CellPath = (), *, key_: bool = False, **_: Any) -> Location:
            return cell_location(self.plan.place(key, tuple(path)) or str(key))

        try:
            model.model_validate(data)
        except ValidationError as error:
            found = explain(model, error, locate, data)
            self.plan.problems += [p for p in found if p.location.path not in told]


def _by_row(problem: Problem) -> tuple[str, int, Problem]:
    place = problem.location
    return place.path.partition("!")[0], place.column, problem
