"""The vocabulary of fields: how a model says what a field is called, means, measures and who may see it.

A field is declared with `field(title, description, …)`. Everything that needs to know about
fields (the gate, the JSON Schema, forms and guides) asks the models, never a second list.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self, TypeVar, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    create_model,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, core_schema

from casebook_site.base.audience import AUDIENCES, Audience
from casebook_site.base.characters import forbidden_in, visible
from casebook_site.schema.choices import Choice, OneOf, Vocabulary

AUDIENCE_TITLES = Vocabulary(
    "audiences", "可见范围", (Choice("public", "公开"), Choice("internal", "内部"))
)

SeenBy = Annotated[Audience, OneOf(AUDIENCE_TITLES)]
"""A field that says who may see the record or part it stands in."""

ID_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?")
WINDOWS_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))]
)
"""Device names that Windows refuses as a file name, whatever the extension."""

RESERVED_ID = re.compile(r"index(-\d+)?|_.*")
"""Names that generated index pages take in the same folder."""


NOT_SEARCHED = "x-not-searched"
"""Key of fields that the search leaves out; no published schema has it."""


def field(
    title: str,
    description: str,
    *,
    unit: str | None = None,
    audience: Audience = "public",
    searched: bool = True,
    default: Any = ...,
    **constraints: Any,
) -> Any:
    """Declare a field of a record: the only place where something is said about it.

    `title` and `description` are Chinese; the description does not repeat the choices of a vocabulary.
    `unit` is what a number measures. `searched`: whether the search finds what the field says.
    """
    extra: dict[str, Any] = {"x-audience": audience}
    extra |= {"x-unit": unit} if unit else {}
    extra |= {} if searched else {NOT_SEARCHED: True}
    return Field(
        default, title=title, description=description, json_schema_extra=extra, **constraints
    )


def audience_of(info: FieldInfo) -> Audience:
    """Return the audience that a field was declared with."""
    extra = info.json_schema_extra
    declared = extra.get("x-audience") if isinstance(extra, dict) else None
    return cast(Audience, declared or AUDIENCES[0])


def unit_of(info: FieldInfo) -> str | None:
    """Return the unit that a field was declared with, or None."""
    extra = info.json_schema_extra
    unit = extra.get("x-unit") if isinstance(extra, dict) else None
    return None if unit is None else str(unit)


def value_of(part: BaseModel, name: str) -> Any:
    """Return the value of a field whose name is data; None where the model has no such field."""
    return vars(part).get(name)


def is_searched(info: FieldInfo) -> bool:
    """Return whether the search finds what a field says."""
    extra = info.json_schema_extra
    return not (isinstance(extra, dict) and extra.get(NOT_SEARCHED))


class Part(BaseModel):
    """A frozen model that refuses unknown fields: a record, or a piece of one."""

    # Built at first use: a start that validates nothing does without 40 ms of building.
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False, defer_build=True)

    def model_post_init(self, context: Any, /) -> None:
        """Lets parts share what is the same in many: a third of the memory of all records."""
        given = self.__pydantic_fields_set__
        shared = _GIVEN.setdefault(frozenset(given), given)
        object.__setattr__(self, "__pydantic_fields_set__", shared)
        values = self.__dict__
        for name in shared:
            value = values[name]
            if type(value) is str:
                if len(value) <= _OFTEN_REPEATED:
                    values[name] = sys.intern(value)
            elif type(value) is tuple and type(value[:1] and value[0]) is str:
                values[name] = tuple(
                    sys.intern(text) if len(text) <= _OFTEN_REPEATED else text for text in value
                )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As pydantic's; the copy shares as much."""
        copied = super().model_copy(update=update, deep=deep)
        copied.model_post_init(None)
        return copied


PartType = TypeVar("PartType", bound=Part)


def with_field(
    name: str, annotation: Any, declared: Any, *, before: str
) -> Callable[[type[PartType]], type[PartType]]:
    """Return a decorator that puts a field in front of another one.

    For files in which a field is called `from`, which no class can write. `value_of` reads it.
    """

    def add(model: type[PartType]) -> type[PartType]:
        fields: dict[str, Any] = {}
        for old, info in model.model_fields.items():
            if old == before:
                fields[name] = (annotation, declared)
            fields[old] = (info.annotation, info)
        added: Any = create_model(
            model.__name__,
            __base__=Part,
            __doc__=model.__doc__,
            __module__=model.__module__,
            **fields,
        )
        return cast(type[PartType], added)

    return add


_GIVEN: dict[frozenset[str], set[str]] = {}
"""Names of fields that a part was given: one set for all parts that were given the same."""

_OFTEN_REPEATED = 40
"""Characters of a value that may stand in many records, such as an id or a kind."""


# --- text -----------------------------------------------------------------------------------


class _Marker:
    """Marks fields of a sort, for whatever walks the models."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


PROSE = _Marker("Prose")
"""Marks Markdown among the strings."""

PUBLIC_CONTACT = _Marker("PublicContact")
"""Marks how the public reaches an office: the one field where a telephone may be a mobile one."""

EVIDENCE = _Marker("Evidence")
"""Marks what a statement rests on: a record without it is refused with a code of its own."""


def _check_text(value: str) -> str:
    """Return a text without space around it; refuse what is empty, or no text in XML."""
    value = value.strip()
    if not value.isprintable():
        value = visible(value).strip()
    if not value:
        raise PydanticCustomError("empty_text", "内容为空")
    if not value.isprintable() and (found := forbidden_in(value)):
        raise PydanticCustomError(
            "forbidden_character",
            "第 {index} 个字是不能用的字符 {character}，删去它重新输入",
            {"index": found[0] + 1, "character": found[1]},
        )
    return value


class TextRule:
    """Strings are stripped and must not be empty."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(
            _check_text, core_schema.str_schema(strict=True)
        )


Text = Annotated[str, TextRule()]
"""One line of plain text, never empty."""

Prose = Annotated[str, TextRule(), PROSE]
"""Markdown: no raw HTML; links http, https, relative or `record:kind/id`."""

Number = (
    Annotated[int, Field(strict=True)] | Annotated[float, Field(strict=True, allow_inf_nan=False)]
)
Count = Annotated[int, Field(strict=True, ge=0)]
Flag = Annotated[bool, Field(strict=True)]
ClockTime = Annotated[str, Field(strict=True, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""A time of day, `08:30`."""


def check_id(value: str) -> str:
    """Return an id that is a safe file name on every system; raise `PydanticCustomError` for others."""
    if not ID_PATTERN.fullmatch(value):
        raise PydanticCustomError(
            "unsafe_id",
            "只能用小写英文字母、数字、短横线和下划线，以字母或数字开头和结尾，至多 64 个",
        )
    if value in WINDOWS_NAMES:
        raise PydanticCustomError("unsafe_id", "是 Windows 保留的设备名，不能作文件名")
    if RESERVED_ID.fullmatch(value):
        raise PydanticCustomError("unsafe_id", "留给索引页使用")
    return value


Id = Annotated[str, TextRule()]
"""A record's id. Its form is checked while reading, where the place is known best."""


# --- links ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class LinkTo:
    """Marks a string as the id of another record; `kind` None means `kind/id` of any kind."""

    kind: str | None

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(
            _check_text, core_schema.str_schema(strict=True)
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        pattern = ID_PATTERN.pattern
        if self.kind is None:
            return {"type": "string", "pattern": f"^[a-z-]+/{pattern}$", "x-links-to": "*"}
        return {"type": "string", "pattern": f"^{pattern}$", "x-links-to": self.kind}


AnyLink = Annotated[str, LinkTo(None)]
"""A link to a record of any kind, written `kind/id`."""
