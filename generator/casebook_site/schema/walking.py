"""Walking the models: where their fields stand, and what each may hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casebook_site.schema.choices import OneOf, Vocabulary
from casebook_site.schema.fields import PROSE, LinkTo, TextRule, value_of

Step = str
"""A field name, or `*` for every element of a list."""


@dataclass(frozen=True)
class FieldPath:
    """Where something stands in every record of a model: `("sessions", "*", "course")`."""

    steps: tuple[Step, ...]
    info: FieldInfo
    """The innermost field on the way."""
    marker: object = None
    required: bool = False
    """Whether the record cannot stand without it (no optional field or list on the way)."""
    is_text: bool = False
    """Whether it is written in words: `Text` or `Prose`."""


def unwrap(annotation: Any) -> Iterator[tuple[Any, tuple[Any, ...], bool]]:
    """Yield (plain type, metadata, is a list element) for each alternative of an annotation."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = get_args(annotation)
        for plain, below, many in unwrap(inner):
            yield plain, (*metadata, *below), many
    elif origin in (tuple, list, frozenset):
        for argument in get_args(annotation):
            if argument is not Ellipsis:
                for plain, below, _ in unwrap(argument):
                    yield plain, below, True
    elif origin in (Union, UnionType):
        for argument in get_args(annotation):
            yield from unwrap(argument)
    else:
        yield annotation, (), False


@cache
def field_paths(model: type[BaseModel]) -> tuple[FieldPath, ...]:
    """Return every field of a model and of the parts inside it, outer fields first."""
    found: list[FieldPath] = []
    for name, info in model.model_fields.items():
        required = info.is_required()
        for plain, metadata, many in unwrap(info.annotation):
            steps = (name, "*") if many else (name,)
            marks = [*info.metadata, *metadata]
            marker = next((m for m in marks if isinstance(m, LinkTo) or m is PROSE), None)
            is_text = any(isinstance(m, TextRule) for m in marks)
            found.append(FieldPath(steps, info, marker, required and not many, is_text))
            if isinstance(plain, type) and issubclass(plain, BaseModel):
                found += [
                    FieldPath(
                        steps + inner.steps,
                        inner.info,
                        inner.marker,
                        required and not many and inner.required,
                        inner.is_text,
                    )
                    for inner in field_paths(plain)
                ]
    return tuple(found)


@cache
def link_paths(model: type[BaseModel]) -> tuple[FieldPath, ...]:
    """Return the fields of a model that hold links."""
    return tuple(path for path in field_paths(model) if isinstance(path.marker, LinkTo))


@cache
def text_paths(model: type[BaseModel]) -> tuple[FieldPath, ...]:
    """Return the fields of a model that hold text, Markdown or not."""
    return tuple(path for path in field_paths(model) if path.is_text)


@cache
def prose_paths(model: type[BaseModel]) -> tuple[FieldPath, ...]:
    """Return the fields of a model that hold Markdown."""
    return tuple(path for path in field_paths(model) if path.marker is PROSE)


def values_at(
    part: Any, steps: tuple[Step, ...], above: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield (path in data, value) for all values at `steps`; what is None is left out."""
    step, rest = steps[0], steps[1:]
    if step == "*":
        for index, element in enumerate(part):
            if rest:
                yield from values_at(element, rest, (*above, index))
            else:
                yield (*above, index), element
    elif (value := value_of(part, step)) is not None:
        if rest:
            yield from values_at(value, rest, (*above, step))
        else:
            yield (*above, step), value


# --- what a field may hold ------------------------------------------------------------------------


def marks_of(info: FieldInfo) -> tuple[Any, ...]:
    """Return everything that a field's annotation is marked with, at any depth."""
    inner = (mark for _, metadata, _ in unwrap(info.annotation) for mark in metadata)
    return (*info.metadata, *inner)


def part_of(info: FieldInfo) -> type[BaseModel] | None:
    """Return the model of the parts that a field holds; None if it holds no parts."""
    for plain, _, _ in unwrap(info.annotation):
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            return plain
    return None


def is_list(info: FieldInfo) -> bool:
    """Return whether a field holds a list."""
    return any(many for _, _, many in unwrap(info.annotation))


def vocabulary_of(info: FieldInfo) -> Vocabulary | None:
    """Return the vocabulary whose choices a field holds; None if it holds none."""
    return next((mark.vocabulary for mark in marks_of(info) if isinstance(mark, OneOf)), None)


@cache
def choices_of(model: type[BaseModel], name: str) -> Vocabulary:
    """Return the vocabulary of a field of choices; raise `TypeError` for any other field."""
    vocabulary = vocabulary_of(model.model_fields[name])
    if vocabulary is None:
        raise TypeError(f"{model.__name__}.{name} holds no choice")
    return vocabulary


def title_of(part: BaseModel, name: str) -> str:
    """Return the title of the choice that a field holds, those of a list joined; empty for none."""
    value, vocabulary = value_of(part, name), choices_of(type(part), name)
    if isinstance(value, tuple):
        return "、".join(vocabulary[one] for one in value)
    return "" if value is None else vocabulary[value]


def help_text(info: FieldInfo) -> str:
    """Return the description of a field, followed by its choices: `…。可选：town 镇，township 乡。`."""
    return explained(info.description or "", vocabulary_of(info))


def explained(description: str, vocabulary: Vocabulary | None) -> str:
    """Return a description, followed by the choices of a vocabulary."""
    return f"{description}可选：{vocabulary.explanation()}" if vocabulary else description
