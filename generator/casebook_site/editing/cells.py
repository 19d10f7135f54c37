"""Values of fields ↔ cells of a spreadsheet, for people who write 2022.3.29 and １２０人次."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casebook_site.base.characters import bare, folded, with_names
from casebook_site.base.problems import did_you_mean
from casebook_site.editing.cell_text import (
    INVISIBLE,
    MAX_CELL,
    TOO_LONG,
    Cell,
    CellError,
    canonical,
    plain_text,
)
from casebook_site.editing.cell_values import (
    date_value,
    flag_value,
    is_date,
    number_value,
    refuse_lost_digits,
)
from casebook_site.editing.columns import Column
from casebook_site.model.catalog import Catalog
from casebook_site.records import Record
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.kinds import Schema

_MAX_JOINED = 21
"""Pieces between commas that are tried as one name."""


@dataclass(frozen=True)
class Names:
    """What records are called in cells: the name, with the id where two have one name."""

    labels: Mapping[str, Mapping[str, str]]
    """Kind → id → label."""
    ids: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Kind → name, alias or label → ids."""
    titles: Mapping[str, str]
    """Kind → its Chinese name."""

    @classmethod
    def of(cls, records: Mapping[str, Mapping[str, Record]], schema: Schema) -> Names:
        """From the records of a catalog, and of rows that become records."""
        labels: dict[str, dict[str, str]] = {}
        ids: dict[str, dict[str, tuple[str, ...]]] = {}
        for kind, by_id in records.items():
            found: dict[str, list[str]] = {}
            for id, record in by_id.items():
                for name in dict.fromkeys((record.name, *record.aliases)):
                    found.setdefault(plain_text(name), []).append(id)
            labels[kind] = {}
            for id, record in by_id.items():
                name = plain_text(record.name)
                single = len(found[name]) == 1 and name not in by_id and "\n" not in name
                labels[kind][id] = name if single else f"{name.replace(chr(10), ' ')}（{id}）"
            ids[kind] = {name: tuple(known) for name, known in found.items()}
        return cls(labels, ids, {kind.name: kind.title for kind in schema})

    def label(self, kind: str, id: str) -> str:
        """Return the text of a cell for a record; the id itself if there is no such record."""
        return self.labels.get(kind, {}).get(id, id)

    def find(self, kind: str, text: str) -> str:
        """Return the id that a cell means; raise `CellError` for a name of several records or of none."""
        by_id = self.labels[kind]
        if text in by_id:
            return text
        if (match := re.fullmatch(r".*[（(]([a-z0-9_-]+)[)）]", text)) and match[1] in by_id:
            return match[1]
        found = self.ids[kind].get(text) or self._alike(kind, text)
        title = self.titles[kind]
        if len(found) > 1:
            shown = "、".join(f"{text}（{id}）" for id in found)
            raise CellError(
                "CB904", f"叫“{text}”的{title}有 {len(found)} 条。", f"写明是哪一条：{shown}。"
            )
        if not found:
            remedy = (
                did_you_mean(text, [*self.ids[kind], *by_id])
                or "从下拉列表里选，或先在表里加上这条记录。"
            )
            raise CellError("CB301", f"没有叫“{with_names(text)}”的{title}。", remedy)
        return found[0]

    def knows(self, kind: str, text: str) -> bool:
        """Whether a text is the label, a name or the id of a record, to the letter."""
        return text in self.ids[kind] or text in self.labels[kind]

    def _alike(self, kind: str, text: str) -> tuple[str, ...]:
        """Return the ids of a name that differs in blanks and shapes of characters alone."""
        form = _shape(text)
        alike = (ids for name, ids in self.ids[kind].items() if _shape(name) == form)
        return tuple(sorted({id for ids in alike for id in ids}))


def _shape(name: str) -> str:
    """Return a name without blanks, its characters in their ordinary shapes."""
    return re.sub(r"\s", "", folded(name))


def names_of(catalog: Catalog) -> Names:
    """Return the names of all records."""
    return Names.of(catalog.records, catalog.schema)


# --- values → cells -----------------------------------------------------------------------------


def cell_of(column: Column, value: Any, names: Names) -> Cell:
    """Return the cell for a plain value as the file has it."""
    if value is None:
        return None
    if column.many:
        lines = [" ".join(canonical(_one(column, inner, names)).split("\n")) for inner in value]
        return _fitting("\n".join(lines))
    cell = _one(column, value, names)
    return _fitting(cell) if isinstance(cell, str) else cell


def text_of(column: Column, value: Any, names: Names) -> str:
    """Return a single plain value as text for a form, of any length; empty for None."""
    if value is None or (column.type == "date" and not is_date(value)):
        return "" if value is None else str(value)
    return canonical(_one(column, value, names))


def _fitting(text: str) -> str:
    return text if len(text) <= MAX_CELL else TOO_LONG


def _one(column: Column, value: Any, names: Names) -> Cell:
    if column.type == "date":
        return _date_cell(value)
    if column.type == "link":
        if column.links_to != "*":
            return names.label(column.links_to or "", str(value))
        kind, _, id = str(value).partition("/")
        return (
            f"{names.titles[kind]}/{names.label(kind, id)}" if kind in names.titles else str(value)
        )
    if column.type == "choice":
        return column.vocabulary.get(value, str(value)) if column.vocabulary else str(value)
    if column.type == "flag":
        return "是" if value else "否"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return plain_text(str(value)) or INVISIBLE


def _date_cell(value: Any) -> Cell:
    date = PartialDate.parse(value)
    if not date.day:
        return date.iso
    # A spreadsheet counts days from 1900, and counts one too many until March of that year; the days
    # of 1905 look like years that somebody wrote into a date cell.
    is_safe = date.year > 1900 and date.year != 1905
    return datetime.date(date.year, date.month, date.day) if is_safe else date.iso


# --- cells → values -----------------------------------------------------------------------------


def value_of(
    column: Column, cell: Cell, names: Names, *, old: Any = None, units: Sequence[str] = ()
) -> Any:
    """Return the plain value of a cell that is not empty; raise `CellError` if it means nothing.

    `old`: the value before; in a list, entries whose text is unchanged stay as they were written.
    `units`: what may stand behind a number, besides the field's own unit.
    """
    if not column.many:
        return _value(column, cell, names, units)
    known = {
        canonical(cell_of(column, [value], names)): value
        for value in (old if isinstance(old, list) else [])
    }
    return [
        known[entry] if entry in known else _value(column, entry, names, units)
        for entry in _entries(column, canonical(cell), names, known)
    ]


def _entries(column: Column, text: str, names: Names, known: Container[str]) -> Iterator[str]:
    """Yield the entries of a cell: one a line, or several between commas that belong to no name."""
    for line in text.split("\n"):
        pieces = [line] if column.type == "text" else re.split(r"([；;、,，])", line)
        while pieces:
            length = next(
                (
                    length
                    for length in range(min(len(pieces), _MAX_JOINED) | 1, 1, -2)
                    if _is_known(column, "".join(pieces[:length]).strip(), names, known)
                ),
                1,
            )
            if entry := "".join(pieces[:length]).strip():
                yield entry
            pieces = pieces[length + 1 :]


def _is_known(column: Column, text: str, names: Names, known: Container[str]) -> bool:
    """Return whether a text is an entry as it stands, whatever marks it holds."""
    if text in known:
        return True
    if column.vocabulary:
        return column.vocabulary.find(text) is not None
    if column.type != "link":
        return False
    kinds = names.ids if column.links_to == "*" else (column.links_to or "",)
    _, _, rest = text.partition("/")
    return any(names.knows(kind, rest if column.links_to == "*" else text) for kind in kinds)


def _value(column: Column, cell: Cell, names: Names, units: Sequence[str]) -> Any:
    text = canonical(cell)
    if column.type not in ("text", "prose"):
        text = bare(text)
    refuse_lost_digits(column, cell, text)
    if column.type == "date":
        return date_value(text)
    if column.type in ("number", "count"):
        return number_value(text, [*units, *([column.unit] if column.unit else [])], column)
    if column.type == "flag":
        return flag_value(text)
    if column.type == "choice":
        return _choice(column, text)
    if column.type == "link":
        return _link(column, text, names)
    if column.type == "code":
        return unicodedata.normalize("NFKC", text).strip()
    if column.type == "prose":
        return text + "\n" if "\n" in text else text
    return text


def _choice(column: Column, text: str) -> str:
    assert column.vocabulary
    if choice := column.vocabulary.find(text):
        return choice.id
    titles = list(column.vocabulary.values())
    remedy = did_you_mean(text, titles) + f"可选：{'、'.join(titles)}。"
    raise CellError("CB204", f"{column.title}不能写“{with_names(text)}”。", remedy)


def _link(column: Column, text: str, names: Names) -> str:
    if column.links_to != "*":
        return names.find(column.links_to or "", text)
    kind, slash, rest = text.partition("/")
    kinds = {title: kind for kind, title in names.titles.items()}
    kinds |= {kind: kind for kind in names.titles}
    if not slash or kind.strip() not in kinds:
        raise CellError(
            "CB301",
            f"“{with_names(text)}”没有写明是哪一类记录。",
            "写作 类别/名称，如 县市/沂源县。",
        )
    return f"{kinds[kind.strip()]}/{names.find(kinds[kind.strip()], rest.strip())}"
