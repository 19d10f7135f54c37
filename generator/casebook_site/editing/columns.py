"""The tables of a workbook, made from the models: sheets, their columns, what a cell may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casebook_site.base.audience import is_internal
from casebook_site.records import Record
from casebook_site.schema.choices import Vocabulary
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import PROSE, LinkTo, audience_of, unit_of
from casebook_site.schema.kinds import RecordModel, Schema
from casebook_site.schema.walking import is_list, marks_of, part_of, unwrap, vocabulary_of

Type = Literal["text", "prose", "number", "count", "flag", "date", "choice", "link", "code"]


@dataclass(frozen=True)
class Column:
    """One column: a field whose value fits into a cell."""

    steps: tuple[str, ...]
    """Where the value stands in the row's data: `("contact", "phone")`."""
    title: str
    description: str
    type: Type
    required: bool = False
    many: bool = False
    """Several values, one below the other in the cell."""
    unit: str | None = None
    internal: bool = False
    vocabulary: Vocabulary | None = None
    """The choices, for an enumeration."""
    links_to: str | None = None
    """Kind of the record that a link names; `*` for any kind."""


@dataclass(frozen=True)
class SheetTable:
    """One sheet: the records of a kind, or the entries of a list field."""

    title: str
    models: tuple[type[RecordModel], ...]
    """The kinds whose records have these entries; more than one where all kinds share a field."""
    path: tuple[str, ...]
    """The list field, from the record; empty for the records themselves."""
    outer: tuple[str, ...]
    """The list in whose entries this list is; empty where it is in no other."""
    part: type[BaseModel]
    columns: tuple[Column, ...]

    @property
    def of_records(self) -> bool:
        """Whether a row is a record."""
        return not self.path

    @property
    def numbered(self) -> bool:
        """Whether rows have numbers, because rows of another table belong to them."""
        return any(is_part_list(info) for info in self.part.model_fields.values()) and bool(
            self.path
        )


@cache
def tables(schema: Schema, kinds: tuple[str, ...] = ()) -> tuple[SheetTable, ...]:
    """Every sheet for some kinds (none named: for all): the records of each, then entries of lists.

    A sheet has the same title and headings whatever kinds are asked for, so that it can be read alone.
    """
    return tuple(
        table
        for table in _all_tables(schema)
        if not kinds or any(model.kind in kinds for model in table.models)
    )


@cache
def _all_tables(schema: Schema) -> tuple[SheetTable, ...]:
    models = [kind.model for kind in schema]
    records = [SheetTable(m.kind_title, (m,), (), (), m, tuple(columns(m))) for m in models]
    lists: dict[PartList, list[type[RecordModel]]] = {}
    for model in models:
        for found in part_lists(model):
            lists.setdefault(found, []).append(model)
    entries = [
        SheetTable(
            _title(owners, found.path),
            tuple(owners),
            found.path,
            found.outer,
            found.part,
            tuple(columns(found.part)),
        )
        for found, owners in lists.items()
    ]
    return (*records, *entries)


def _title(owners: Sequence[type[RecordModel]], path: tuple[str, ...]) -> str:
    titles: list[str] = []
    model: type[BaseModel] = owners[0]
    for step in path:
        info = model.model_fields[step]
        titles.append(str(info.title))
        model = part_of(info) or model
    shared = path[0] in Record.model_fields or len(owners) > 1
    return "·".join(titles if shared else [owners[0].kind_title, *titles])[:31]


def is_part_list(info: FieldInfo) -> bool:
    """Whether a field holds a list of parts, which is a table of its own."""
    return is_list(info) and part_of(info) is not None


class PartList(NamedTuple):
    """A list of parts in a model."""

    path: tuple[str, ...]
    outer: tuple[str, ...]
    """Path of the list in whose entries it is, or empty."""
    part: type[BaseModel]
    """The model of the parts."""


def part_lists(
    model: type[BaseModel], above: tuple[str, ...] = (), outer: tuple[str, ...] = ()
) -> Iterator[PartList]:
    """Yield every list of parts, in single parts too, outer lists first."""
    for name, info in model.model_fields.items():
        path, part = (*above, name), part_of(info)
        if part and is_list(info):
            yield PartList(path, outer, part)
            yield from part_lists(part, path, path)
        elif part:
            yield from part_lists(part, path, outer)


def columns(
    model: type[BaseModel], above: tuple[str, ...] = (), title: str = ""
) -> Iterator[Column]:
    """Yield the columns of a model; the fields of a single part are columns too (联系方式·电话)."""
    for name, info in model.model_fields.items():
        label = f"{title}·{info.title}" if title else str(info.title)
        part = part_of(info)
        if (*above, name) == ("id",):
            yield Column(("id",), label, info.description or "", "text")
        elif part is None:
            yield column_of(info, (*above, name), label, inside=bool(above))
        elif not is_list(info):
            yield from columns(part, (*above, name), label)


def column_of(
    info: FieldInfo, steps: tuple[str, ...], title: str, *, inside: bool = False
) -> Column:
    """Return the column of a field without parts; `inside`: of a part that may be left out."""
    plains = [plain for plain, _, _ in unwrap(info.annotation)]
    metadata = marks_of(info)
    vocabulary = vocabulary_of(info)
    link = next((mark for mark in metadata if isinstance(mark, LinkTo)), None)
    return Column(
        steps=steps,
        title=title,
        description=info.description or "",
        type="choice" if vocabulary and not link else _type(plains, metadata, link),
        required=info.is_required() and not inside,
        many=is_list(info),
        unit=unit_of(info),
        internal=is_internal(audience_of(info)),
        vocabulary=vocabulary,
        links_to=(link.kind or "*") if link else None,
    )


def _type(plains: Sequence[Any], metadata: Sequence[Any], link: LinkTo | None) -> Type:
    if link:
        return "link"
    if PartialDate in plains:
        return "date"
    if bool in plains:
        return "flag"
    if float in plains:
        return "number"
    if int in plains:
        return "count"
    if any(mark is PROSE for mark in metadata):
        return "prose"
    return "code" if any(getattr(mark, "pattern", None) for mark in metadata) else "text"
