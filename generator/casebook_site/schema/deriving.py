"""A schema with what one site states: its models hold the site's choices, and further fields."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from functools import lru_cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from weakref import WeakKeyDictionary

from pydantic import BaseModel, create_model

from casebook_site.schema.choices import OneOf, Vocabulary
from casebook_site.schema.further import FurtherField
from casebook_site.schema.kinds import Schema


def with_vocabularies(
    schema: Schema,
    vocabularies: Mapping[str, Vocabulary],
    fields: tuple[FurtherField, ...] = (),
) -> Schema:
    """Return a schema with vocabularies, by id, in place of the program's, and with further fields.

    Models that hold none of them stay as they are; of the others there are subclasses, so that a
    record is still one of its kind.
    """
    deriving = _deriving(tuple(vocabularies.values()), fields)
    kinds = tuple(replace(kind, model=deriving.model(kind.model)) for kind in schema)
    return Schema(kinds, {**schema.vocabularies, **vocabularies})


class _DerivedModel(type(BaseModel)):  # type: ignore[misc]
    """The type of derived models: it is by a type that `pickle` knows how to send a class."""


@lru_cache(maxsize=8)
def _deriving(vocabularies: tuple[Vocabulary, ...], fields: tuple[FurtherField, ...]) -> _Deriving:
    """Return the models with these; the same ones each time, as long as they are used."""
    return _Deriving(vocabularies, fields)


def _derived(
    model: type[BaseModel],
    vocabularies: tuple[Vocabulary, ...],
    fields: tuple[FurtherField, ...],
) -> type[BaseModel]:
    """Return the model that another process has derived."""
    return _deriving(vocabularies, fields).model(model)


def _recipe(model: Any) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """Return how another process derives a model."""
    return _derived, _RECIPES[model]


copyreg.pickle(_DerivedModel, _recipe)

_Recipe = tuple[type[BaseModel], tuple[Vocabulary, ...], tuple[FurtherField, ...]]

_RECIPES: WeakKeyDictionary[type[BaseModel], _Recipe] = WeakKeyDictionary()
"""Derived model → the one that it is derived from, the vocabularies, and the further fields."""


class _Deriving:
    """Models with some vocabularies replaced and some fields added, each derived once."""

    def __init__(
        self, vocabularies: tuple[Vocabulary, ...], fields: tuple[FurtherField, ...]
    ) -> None:
        self._stated, self._fields = vocabularies, fields
        self._vocabularies = {vocabulary.id: vocabulary for vocabulary in vocabularies}
        self._derived: dict[type[BaseModel], type[BaseModel]] = {}

    def model(self, model: type[Any]) -> type[Any]:
        """Return a model, or its subclass where it holds a replaced vocabulary or a further field."""
        if model not in self._derived:
            self._derived[model] = model  # for a model that holds itself
            self._derived[model] = self._subclass(model)
        return self._derived[model]

    def _subclass(self, model: type[BaseModel]) -> type[BaseModel]:
        changed: dict[str, Any] = {}
        for name, info in model.model_fields.items():
            annotation = self._type(info.annotation)
            metadata = [self._mark(mark) for mark in info.metadata]
            if annotation != info.annotation or metadata != info.metadata:
                field = copy(info)
                field.annotation, field.metadata = annotation, metadata
                changed[name] = (annotation, field)
        kind = vars(model).get("kind")
        for added in self._fields:
            if added.kind == kind:
                changed[added.name] = added.declared()
        if not changed:
            return model
        derived = create_model(
            model.__name__,
            __base__=model,
            __doc__=model.__doc__,
            __module__=model.__module__,
            __cls_kwargs__={"metaclass": _DerivedModel},
            **changed,
        )
        _RECIPES[derived] = (model, self._stated, self._fields)
        return derived

    def _mark(self, mark: object) -> object:
        if isinstance(mark, OneOf):
            return OneOf(self._vocabularies.get(mark.vocabulary.id, mark.vocabulary))
        return mark

    def _type(self, annotation: Any) -> Any:
        """Return an annotation with its vocabularies and the models in it replaced."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.model(annotation)
        if origin is Annotated:
            marks = (self._mark(mark) for mark in annotation.__metadata__)
            return Annotated[(self._type(arguments[0]), *marks)]
        if origin in (Union, UnionType):
            return reduce(or_, map(self._type, arguments))
        if origin in (tuple, list, frozenset):
            return origin[tuple(map(self._type, arguments))]
        return annotation
