"""Values of fields ↔ cells of a spreadsheet, for people who write 2022.3.29 and １２０人次."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from casebook_site.base.characters import bare, folded, visible, with_names
from casebook_site.base.problems import did_you_mean
from casebook_site.editing.columns import Column
from casebook_site.model.catalog import Catalog
from casebook_site.records import Record
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.kinds import Schema

Cell = str | int | float | datetime.date | None

MAX_CELL = 32_767
"""Characters that a cell of Excel can hold."""
MAX_DIGITS = 15
"""Of a number, that spreadsheets and computers keep exactly."""
TOO_LONG = "（内容过长，放不进单元格，请在文件里改）"
INVISIBLE = "（只有看不见的字符）"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")


class CellError(Exception):
    """What is wrong with a cell, and what would be right."""

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.remedy = code, message, remedy


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


def plain_text(text: str) -> str:
    """Text as a cell gives it back: without control characters, line ends as LF, no space around."""
    text = re.sub(r"\r\n?|_x000[dD]_\n?", "\n", text)
    text = visible(_CONTROL.sub("", text))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def canonical(cell: Cell) -> str:
    """Return the text by which cells are compared: equal for cells that mean the same."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        cell = cell.date() if cell.time() == datetime.time() else cell.isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return plain_text(str(cell))


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


def is_date(value: Any) -> bool:
    """Whether a plain value is a year, a month or a day."""
    try:
        PartialDate.parse(value)
    except PydanticCustomError:
        return False
    return True


def _date_cell(value: Any) -> Cell:
    date = PartialDate.parse(value)
    if not date.day:
        return date.iso
    # A spreadsheet counts days from 1900, and counts one too many until March of that year.
    return datetime.date(date.year, date.month, date.day) if date.year > 1900 else date.iso


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
    separators = r"\n" if column.type == "text" else r"[\n；;、,，]"
    lines = [line.strip() for line in re.split(separators, canonical(cell))]
    known = {
        canonical(cell_of(column, [value], names)): value
        for value in (old if isinstance(old, list) else [])
    }
    return [
        known[line] if line in known else _value(column, line, names, units)
        for line in lines
        if line
    ]


def _value(column: Column, cell: Cell, names: Names, units: Sequence[str]) -> Any:
    text = canonical(cell)
    if column.type not in ("text", "prose"):
        text = bare(text)
    if column.type == "date":
        return date_value(text)
    if column.type in ("number", "count"):
        return number_value(text, [*units, *([column.unit] if column.unit else [])], column)
    if column.type == "flag":
        return _flag(text)
    if column.type == "choice":
        return _choice(column, text)
    if column.type == "link":
        return _link(column, text, names)
    if column.type == "code":
        return unicodedata.normalize("NFKC", text).strip()
    if column.type == "prose":
        return text + "\n" if "\n" in text else text
    return text


def date_value(text: str) -> Any:
    """2022.3.29, 2022年3月, 2022/03/29, ２０２２ → what the file says: a date, text or a year."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    match = re.fullmatch(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?)?)?[年月]?", plain)
    if not match:
        raise CellError(
            "CB205", f"日期“{with_names(text)}”看不懂。", "写作 2022、2022-03 或 2022-03-29。"
        )
    try:
        date = PartialDate.parse("-".join(part.zfill(2) for part in match.groups() if part))
    except PydanticCustomError as error:
        raise CellError("CB205", f"日期“{with_names(text)}”：{error.message()}。") from None
    if date.day:
        return datetime.date(date.year, date.month, date.day)
    return date.iso if date.month else date.year


def number_value(text: str, units: Sequence[str], column: Column) -> int | float:
    """１,２００人次 → 1200, where 人次 is the unit; 3万人次 → 30000."""
    plain = re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", text))
    match = re.fullmatch(r"([-+]?\d+(?:\.\d+)?)(.*)", plain)
    if not match:
        raise CellError(
            "CB203", f"{column.title}要写数字，这里是“{with_names(text)}”。", "只写数字。"
        )
    number, unit = match[1], match[2]
    if len(number) > MAX_DIGITS:
        raise CellError("CB203", f"{column.title}的数字太长。", "只写数字，不超过 15 位。")
    times = 1
    if unit not in units and unit.startswith("万") and unit[1:] in ("", *units):
        times, unit = 10_000, unit[1:]
    if unit and unit not in units:
        raise CellError(
            "CB203",
            f"{column.title}“{with_names(text)}”里的单位“{unit}”与规定的不同。",
            "换算后只写数字。",
        )
    value = float(number) * times
    whole = "." not in number or (times > 1 and value.is_integer())
    if column.type == "count" and not value.is_integer():
        raise CellError("CB203", f"{column.title}要写整数，这里是“{with_names(text)}”。")
    return round(value) if whole or column.type == "count" else float(f"{value:.12g}")


_FLAGS = {"是": True, "否": False, "true": True, "false": False, "√": True, "1": True, "0": False}


def _flag(text: str) -> bool:
    try:
        return _FLAGS[text.lower()]
    except KeyError:
        raise CellError("CB203", f"这里写“是”或“否”，不能写“{with_names(text)}”。") from None


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
