"""Filled-in forms → plain data as a file of records has it, and what could not be understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from wtforms import Field, Form

from casebook_site.editing.cell_text import CellError, canonical
from casebook_site.editing.cells import Names, text_of, value_of
from casebook_site.editing.columns import Column
from casebook_site.editing.round_trip import same
from casebook_site.reading.parsing import DataPath
from casebook_site.schema.kinds import RecordModel
from casebook_site.webapp.fields import MAX_ENTRIES, WAS, Asked, as_list, asked


@dataclass
class Answers:
    """What a form says."""

    data: dict[str, Any] = field(default_factory=dict)
    """The record: `before`, with what its inputs say otherwise."""
    faults: dict[str, CellError] = field(default_factory=dict)
    """Name of an input → why its text means nothing. The value before stays in `data`."""
    inputs: dict[DataPath, str] = field(default_factory=dict)
    """Path in `data` → name of the input, or of the group of inputs, that it comes from."""
    listed: dict[str, int] = field(default_factory=dict)
    """Name of a list of the record → how many of its entries the form has; the rest were not shown."""


def read_form(
    model: type[RecordModel], form: Form, before: Mapping[str, Any], names: Names
) -> Answers:
    """Return what a form says of a record that was `before` when the form was opened.

    A value whose text is unchanged stays as it was written: `2022-03-29` a date, `1.0` a fraction.
    """
    answers = Answers()
    answers.data = _FormReader(answers, names).part(model, form, before, ())
    return answers


@dataclass(frozen=True)
class _FormReader:
    answers: Answers
    names: Names

    def part(
        self, model: type[BaseModel], form: Form, before: Any, above: DataPath
    ) -> dict[str, Any]:
        """Return the fields of a record or of a part; what no form knows stays."""
        old = before if isinstance(before, Mapping) else {}
        data = dict(old)
        units = [str(form["unit"].data)] if "unit" in asked(model) else []
        for name, about in asked(model).items():
            path = (*above, name)
            self.answers.inputs[path] = form[name].name
            was = old.get(name)
            value = (
                self.many(about, form[name], was, path)
                if about.many
                else self.single(about, form[name], was, path, units)
            )
            if value is None or (value in ([], {}) and value != was):
                data.pop(name, None)
            else:
                data[name] = value
        return data

    def single(
        self, about: Asked, control: Any, was: Any, path: DataPath, units: Sequence[str] = ()
    ) -> Any:
        """Return a single value; None for none."""
        if about.part is not None:
            part = self.part(about.part, control.form, was, path)
            return part or (was if not isinstance(was, Mapping) else None)
        assert about.column is not None
        return self.value(about.column, control, was, units)

    def value(self, column: Column, control: Field, was: Any, units: Sequence[str]) -> Any:
        text = canonical(control.data)
        if text == canonical(text_of(column, was, self.names)):
            return was
        if not text:
            return None
        try:
            return value_of(column, text, self.names, units=units)
        except CellError as error:
            self.answers.faults[control.name] = error
            return was

    def many(self, about: Asked, control: Any, was: Any, path: DataPath) -> list[Any]:
        """Return the entries of a list, in the order of the form; empty ones fall away."""
        old = as_list(was)
        new: list[Any] = []
        for entry, before in self._entries(about, control, old):
            at = (*path, len(new))
            value = self.single(about, entry, before, at)
            if value is not None:
                self.answers.inputs[at] = entry.name
                new.append(value)
        if len(path) == 1:
            self.answers.listed[str(path[0])] = len(new)
        new += old[MAX_ENTRIES:]
        return was if same(new, old) and isinstance(was, list) else new

    def _entries(self, about: Asked, control: Any, old: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Yield every entry with what it was before: by its own number, or by its text."""
        if about.part is not None:
            by_position = {str(position): value for position, value in enumerate(old)}
            for entry in control:
                yield entry, by_position.get(entry.form[WAS].data)
            return
        assert about.column is not None
        known = {canonical(text_of(about.column, value, self.names)): value for value in old}
        for entry in control:
            yield entry, known.get(canonical(entry.data))
