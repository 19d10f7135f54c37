"""The models as WTForms: one form class a model, one input a value.

An input holds text, as a cell of a spreadsheet does, and `editing.cells` says what it means; so a
form understands 2022.3.29 and names in place of ids. A single part is a form inside the form, a list
of parts a list of such forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import parse_qs

from markupsafe import Markup
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from wtforms import Field, FieldList, Form, FormField, HiddenField, SelectField, StringField
from wtforms import TextAreaField as LongField
from wtforms.widgets import TextArea

from casebook_site.base.audience import is_internal
from casebook_site.editing.cells import Names, text_of
from casebook_site.editing.columns import Column, column_of
from casebook_site.records import Record
from casebook_site.schema.fields import audience_of
from casebook_site.schema.kinds import RecordModel
from casebook_site.schema.walking import is_list, part_of

WAS = "was"
"""Hidden input of an entry of a list: the position at which the entry stood when the form was opened."""

NEW = "__new__"
"""Stands for the position of an entry that a button will add."""

RECORD_KIND, RECORD_ID = "record.kind", "record.id"
"""Hidden inputs of a form, for a window that has been forgotten. No field has a name like these."""

MAX_ENTRIES = 200
"""Entries of a list that a form shows; further ones stay as they are. A record has a few."""

MAX_INPUTS = 5_000
"""Inputs that a browser may send; a record has some dozens."""


@dataclass(frozen=True)
class Asked:
    """What a form says about a field."""

    title: str
    description: str
    required: bool
    internal: bool
    many: bool
    part: type[BaseModel] | None
    """The model of the parts that it holds, if it holds parts."""
    column: Column | None
    """What a single value of it may be, if it holds none."""


@cache
def asked(model: type[BaseModel]) -> Mapping[str, Asked]:
    """Return every field of a model but a record's id, which is no field to fill in."""
    return {
        name: _asked(name, info)
        for name, info in model.model_fields.items()
        if not (name == "id" and hasattr(model, "kind"))
    }


def _asked(name: str, info: FieldInfo) -> Asked:
    part = part_of(info)
    title = str(info.title)
    column = None if part else replace(column_of(info, (name,), title), many=False)
    return Asked(
        title=title,
        description=_for_forms(info.description or "", column),
        required=info.is_required(),
        internal=is_internal(audience_of(info)),
        many=is_list(info),
        part=part,
        column=column,
    )


def _for_forms(description: str, column: Column | None) -> str:
    """Return what a field means, without advice on how to write it in YAML."""
    text = re.sub(r"[，,]?加引号写", "", description).replace("写 true", "选“是”")
    return f"{text}填名称就行。" if column and column.links_to else text


class LineField(StringField):
    """A text on one line. One that has several lines in the file gets room for them."""

    def __call__(self, **attributes: Any) -> Markup:
        """Return the input as HTML."""
        if "\n" in (self.data or ""):
            self.widget = TextArea()
        return Markup(super().__call__(**attributes))


class ChoiceField(SelectField):
    """A drop-down that also offers what stands in the file, if it is none of the choices."""

    def iter_choices(self) -> Iterator[tuple[str, str, bool, dict[str, Any]]]:
        """Yield (value, label, whether it is chosen, attributes) of each."""
        yield from super().iter_choices()
        if self.data and not any(self.data in choice for choice in self.choices or ()):
            yield self.data, self.data, True, {}


@cache
def form_class(model: type[BaseModel]) -> type[Form]:
    """Return the form class of a model; that of a part also knows where the part stood."""
    fields: dict[str, Any] = {name: _field(one) for name, one in asked(model).items()}
    if not hasattr(model, "kind"):
        fields[WAS] = HiddenField()
    return type(f"{model.__name__}Form", (Form,), fields)


def _field(one: Asked) -> Any:
    if one.part is not None:
        single: Any = FormField(form_class(one.part), one.title)
    else:
        assert one.column is not None
        single = _input(one.column)
    return FieldList(single, one.title) if one.many else single


def _input(column: Column) -> Any:
    if column.type in ("choice", "flag"):
        titles = [*column.vocabulary.values()] if column.vocabulary else ["是", "否"]
        return ChoiceField(column.title, choices=[(text, text) for text in ("", *titles)])
    return LongField(column.title) if column.type == "prose" else LineField(column.title)


# --- from a record to a form ----------------------------------------------------------------------


def filled_form(
    model: type[RecordModel],
    record: Mapping[str, Any],
    names: Names,
    listed: Mapping[str, int] | None = None,
) -> Form:
    """Return the form of a record as it stands in its file.

    `listed`: name of a list → how many entries are shown, where that is not `MAX_ENTRIES`.
    """
    return form_class(model)(data=_texts(model, record, names, listed or {}))


def _texts(
    model: type[BaseModel], part: Any, names: Names, listed: Mapping[str, int]
) -> dict[str, Any]:
    """Return the text of every input; what is of a wrong shape in the file is shown as far as it can be."""
    known = part if isinstance(part, Mapping) else {}
    texts: dict[str, Any] = {}
    for name, one in asked(model).items():
        value = known.get(name)
        if one.many:
            entries = enumerate(as_list(value)[: listed.get(name, MAX_ENTRIES)])
            texts[name] = [_text(one, inner, names, position) for position, inner in entries]
        else:
            texts[name] = _text(one, value, names)
    return texts


def _text(one: Asked, value: Any, names: Names, position: int | None = None) -> Any:
    if one.part is not None:
        was = {} if position is None else {WAS: str(position)}
        return _texts(one.part, value, names, {}) | was
    assert one.column is not None
    return text_of(one.column, value, names)


def as_list(value: Any) -> Sequence[Any]:
    """Return the entries of a list field; a single value that stands in the place of a list is its entry."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


# --- from a browser to a form ---------------------------------------------------------------------


MAX_DIGITS = 4
"""Digits of a position in a list."""


class BadFormError(Exception):
    """A body that is no form."""


class Posted(dict[str, list[str]]):
    """What a browser sent: name of an input → texts."""

    @classmethod
    def parse(cls, body: bytes) -> Posted:
        """Return the inputs of a body; raise `BadFormError` for what no form sends."""
        try:
            posted = cls(
                parse_qs(
                    body.decode("ascii"),
                    keep_blank_values=True,
                    max_num_fields=MAX_INPUTS,
                    errors="strict",
                )
            )
        except ValueError as error:
            raise BadFormError(str(error)) from None
        steps = (step for name in posted for step in name.split("-") if step.isdigit())
        if any(not step.isascii() or len(step) > MAX_DIGITS for step in steps):
            raise BadFormError("no position in a list")
        return posted

    @property
    def record(self) -> tuple[str, str]:
        """(kind, id) of the record that the form was opened for, as the form itself says."""
        return self.text(RECORD_KIND), self.text(RECORD_ID)

    def getlist(self, name: str) -> list[str]:
        """Return all texts of an input, as WTForms asks."""
        return self[name]

    def text(self, name: str) -> str:
        """Return a single text, empty if there is none."""
        return self.get(name, [""])[0]


def posted_form(model: type[RecordModel], posted: Posted) -> Form:
    """Return the form as a browser sent it."""
    return form_class(model)(formdata=posted)


def keep_texts(fields: Iterable[Any], texts: Mapping[str, str]) -> None:
    """Put texts back that mean nothing yet, by name of the input, so that nobody types them again."""
    for field in fields:
        if isinstance(field, FormField | FieldList):
            keep_texts(field, texts)
        elif field.name in texts:
            field.data = texts[field.name]


def blank_entry(field: Any) -> Field:
    """Return an empty entry of a `FieldList`, for a button that adds one."""
    entry: Field = field.unbound_field.bind(
        form=None, name=f"{field.name}-{NEW}", prefix="", _meta=field.meta
    )
    entry.process(None)
    return entry


def own_first(model: type[RecordModel]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (heading, fields) of the groups of a form: what the kind asks, then what all kinds ask."""
    shared = [name for name in asked(model) if name in Record.model_fields]
    own = [name for name in asked(model) if name not in Record.model_fields]
    first = [name for name in ("name", "summary") if name in shared]
    yield model.kind_title, (*first, *own)
    yield "各类记录都有的", tuple(name for name in shared if name not in first)
