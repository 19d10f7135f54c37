"""An office's own list → a sheet as ours, by a mapping; what is unsure is asked or left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casebook_site.editing.cell_text import Cell, Fault
from casebook_site.editing.columns import Column, SheetTable
from casebook_site.editing.lines import text_in
from casebook_site.editing.near_names import inside, near
from casebook_site.editing.office_headings import LEFT, phone_and_rest, proposed
from casebook_site.editing.office_maps import OfficeMap
from casebook_site.editing.office_rows import OfficeRow, OfficeSheet
from casebook_site.editing.sheets import Sheet, SheetRow, clean_heading
from casebook_site.model.catalog import Catalog
from casebook_site.schema.fields import value_of

_PERSON, _PHONE, _REMARKS = "contact.name", "contact.phone", "remarks"

Values = dict[str, Cell | Fault]
"""Field → cell of a row."""


@dataclass(frozen=True)
class PlacedList:
    """A list as sheets of ours, the mapping with all that was found, and what was not placed."""

    sheets: tuple[Sheet, ...]
    office_map: OfficeMap
    left: tuple[str, ...]


def proposed_map(
    table: SheetTable, sheets: Sequence[OfficeSheet], known: OfficeMap | None
) -> OfficeMap:
    """Return a mapping for a list; what `known` says stays, headings that are new are proposed."""
    texts: dict[str, list[str]] = {}
    for sheet in sheets:
        for heading in sheet.positions:
            texts.setdefault(heading, []).extend(sheet.texts(heading))
    columns = proposed(table.columns, texts)
    if known is None:
        return OfficeMap(kind=table.models[0].kind, columns=columns)
    old = {target for target in known.columns.values() if isinstance(target, str)}
    new = {h: LEFT if to in old else to for h, to in columns.items() if h not in known.columns}
    return known.model_copy(update={"columns": {**known.columns, **new}})


def placed_list(
    table: SheetTable, sheets: Sequence[OfficeSheet], office_map: OfficeMap, catalog: Catalog
) -> PlacedList:
    """Return the entries of a list as rows of our sheet."""
    return _Placer(table, office_map, catalog).place(sheets)


class _Placer:
    def __init__(self, table: SheetTable, office_map: OfficeMap, catalog: Catalog) -> None:
        self.table, self.map, self.catalog = table, office_map, catalog
        self.columns = {".".join(column.steps): column for column in table.columns}
        self.places = [*reversed(catalog.schema[table.models[0].kind].place_links)]
        """(field, level), the largest first."""
        self.values = {field: dict(texts) for field, texts in office_map.values.items()}
        self.constants = dict(office_map.constants)
        self.left: list[str] = []
        self.options = lru_cache(maxsize=None)(self._options)

    def place(self, sheets: Sequence[OfficeSheet]) -> PlacedList:
        made = tuple(self._sheet(sheet) for sheet in sheets)
        update = {"values": self.values, "constants": self.constants}
        return PlacedList(made, self.map.model_copy(update=update), tuple(self.left))

    def _sheet(self, sheet: OfficeSheet) -> Sheet:
        unused = [heading for heading in sheet.positions if self.map.columns.get(heading) == LEFT]
        if unused:
            self.left.append(f"“{sheet.title}”的列：{'、'.join(unused)}")
        for number, text in sheet.left:
            self.left.append(f"“{sheet.title}”第 {number} 行：{text}")
        fields = [*self.columns]
        rows = [
            SheetRow(row.row.number, tuple(values.get(field) for field in fields))
            for row, values in self._rows(sheet)
        ]
        headings = tuple(clean_heading(self.columns[field].title) for field in fields)
        positions = tuple(self._position(sheet, field) for field in fields)
        return Sheet(
            self.table.title, headings, tuple(rows), shown=sheet.title, positions=positions
        )

    def _position(self, sheet: OfficeSheet, field: str) -> int:
        for heading, target in self.map.columns.items():
            if heading in sheet.positions and field in _fields_of(target):
                return sheet.positions[heading]
        return 0

    def _rows(self, sheet: OfficeSheet) -> Iterator[tuple[OfficeRow, Values]]:
        for row in sheet.rows:
            values = self._values(sheet, row)
            if not text_in(values.get("name")):
                texts = "　".join(filter(None, map(text_in, row.row.cells)))
                self.left.append(f"“{sheet.title}”第 {row.row.number} 行没有名称：{texts}")
                continue
            if id := self._stated("id", text_in(values["name"])):
                values["id"] = id
            where = f"“{sheet.title}”第 {row.row.number} 行"
            self._find_places(values, row.band, sheet.above, where)
            for field, column in self.columns.items():
                if field not in dict(self.places) and (column.vocabulary or column.links_to):
                    self._find_value(field, column, values, row.band, where)
            yield row, values

    def _values(self, sheet: OfficeSheet, row: OfficeRow) -> Values:
        """Return the cells of a row by their fields."""
        values: Values = {}
        for heading, target in self.map.columns.items():
            if heading not in sheet.positions or target in (None, LEFT):
                continue
            cell = row.cell(sheet.positions[heading])
            fields = _fields_of(target)
            if len(fields) == 1:
                self._add(values, fields[0], cell)
            elif not isinstance(cell, Fault):
                phones, rest = phone_and_rest(text_in(cell))
                self._add(values, fields[0], rest)
                self._add(values, fields[-1], phones)
        phone = text_in(values.get(_PHONE))
        if phone and not text_in(values.get(_PERSON)) and _REMARKS in self.columns:
            # A contact is somebody; a number of nobody stays internal too.
            del values[_PHONE]
            self._add(values, _REMARKS, f"{self.columns[_PHONE].title.rpartition('·')[2]}：{phone}")
        return values

    def _add(self, values: Values, field: str, cell: Cell | Fault) -> None:
        """Put a cell under a field, behind what is there already."""
        if not text_in(cell):
            return
        there = text_in(values.get(field))
        values[field] = f"{there}\n{text_in(cell)}" if there else cell

    # --- places and choices -----------------------------------------------------------------------

    def _find_places(self, values: Values, band: str, above: str, where: str) -> None:
        """Set the places of a row: by near names, its address, the band above it, or the title."""
        said = {field: text_in(values.pop(field, None)) for field, _ in self.places}
        address, within = text_in(values.get("address")), ""
        for field, level in self.places:
            text, options = said[field], self.options(level, within)
            id = self._stated(field, text) or (near(text, options) if text else None)
            id = (
                id
                or self._stated_constant(field)
                or _agreed(inside(address, options), text, options)
            )
            if id is None and not text:
                id = near(band, options) if band else None
            if id is None and not within:
                id = inside(above, options)
            if id is not None and id != LEFT:
                values[field] = within = id
            elif id is None and text:
                self._ask(field, self.columns[field], text, where)
        self._find_larger(values)
        for field, _ in self.places:
            if field not in values and self.columns[field].required and not said[field]:
                self.constants.setdefault(field, None)

    def _find_larger(self, values: Values) -> None:
        """Set the places in which the places of a row lie themselves."""
        for field, level in reversed(self.places):
            record = self.catalog.records[level].get(text_in(values.get(field)))
            if record is None:
                continue
            for link, larger in self.catalog.schema[level].place_links:
                own = next((name for name, of_level in self.places if of_level == larger), "")
                if own and own not in values and (id := value_of(record, link)):
                    values[own] = str(id)

    def _find_value(
        self, field: str, column: Column, values: Values, band: str, where: str
    ) -> None:
        """Set a link or a choice of a row by its near name, else by the band above the row."""
        if column.many or column.links_to == "*":
            return
        text = text_in(values.get(field))
        options = self.options(column.links_to or "", field if column.vocabulary else "")
        id = self._stated(field, text) or (near(text, options) if text else None)
        if id is None and not text:
            id = self._stated_constant(field) or (near(band, options) if band else None)
        values.pop(field, None)
        if id is not None and id != LEFT:
            values[field] = id
        elif id is None and text:
            self._ask(field, column, text, where)
        elif id is None and column.required:
            self.constants.setdefault(field, None)

    def _stated(self, field: str, text: str) -> str | None:
        return self.values.get(field, {}).get(text)

    def _stated_constant(self, field: str) -> str | None:
        return self.constants.get(field)

    def _ask(self, field: str, column: Column, text: str, where: str) -> None:
        """Ask for what a required field means; leave out what another does not say clearly."""
        if column.required:
            self.values.setdefault(field, {}).setdefault(text, None)
        else:
            self.left.append(f"{where}，{column.title}认不出来：{text}")

    def _options(self, kind: str, within: str) -> Mapping[str, str]:
        """Return name → id of the choices of a field, or of records, those in a place if one is known."""
        if within in self.columns and (words := self.columns[within].vocabulary):
            return {name: one.id for one in words.choices for name in (one.title, *one.other_names)}
        links = dict(self.catalog.schema[kind].place_links) if kind else {}
        return {
            name: record.id
            for record in self.catalog.records.get(kind, {}).values()
            if not within or not links or within in [value_of(record, link) for link in links]
            for name in (record.name, *record.aliases)
        }


def _agreed(id: str | None, text: str, options: Mapping[str, str]) -> str | None:
    """Return a place of an address, unless what stands in the place's own column speaks against it."""
    names = [name for name, known in options.items() if known == id]
    return id if not text or any(text in name for name in names) else None


def _fields_of(target: str | list[str] | None) -> list[str]:
    return target if isinstance(target, list) else [target] if target else []
