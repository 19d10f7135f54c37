"""The vocabulary of fields: how a model says what a field is called, means, measures and who may see it.

A field is declared with `field(title, description, …)`. Everything that needs to know about
fields (the gate, the JSON Schema, forms and guides) asks the models, never a second list.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Self, Union, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, core_schema

from casebook_site.base.audience import AUDIENCES, Audience

AUDIENCE_TITLES = {"public": "公开", "internal": "内部"}

ID_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?")
WINDOWS_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))]
)
"""Device names that Windows refuses as a file name, whatever the extension."""

RESERVED_ID = re.compile(r"index(-\d+)?|_.*")
"""Names that generated index pages take in the same folder."""


def field(
    title: str,
    description: str,
    *,
    unit: str | None = None,
    audience: Audience = "public",
    default: Any = ...,
    **constraints: Any,
) -> Any:
    """A record field: Chinese title, description, unit (if it measures something), audience."""
    extra: dict[str, Any] = {"x-audience": audience} | ({"x-unit": unit} if unit else {})
    return Field(
        default, title=title, description=description, json_schema_extra=extra, **constraints
    )


def audience_of(info: FieldInfo) -> Audience:
    """Return the audience that a field was declared with."""
    extra = info.json_schema_extra
    declared = extra.get("x-audience") if isinstance(extra, dict) else None
    return cast(Audience, declared or AUDIENCES[0])


def unit_of(info: FieldInfo) -> str | None:
    """The unit that a field was declared with, or None."""
    extra = info.json_schema_extra
    unit = extra.get("x-unit") if isinstance(extra, dict) else None
    return None if unit is None else str(unit)


def value_of(part: BaseModel, name: str) -> Any:
    """Return the value of a field whose name is data; None where the model has no such field."""
    return getattr(part, name) if name in type(part).model_fields else None


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


_GIVEN: dict[frozenset[str], set[str]] = {}
"""Names of fields that a part was given: one set for all parts that were given the same."""

_OFTEN_REPEATED = 40
"""Characters of a value that may stand in many records, such as an id or a kind."""


# --- text -----------------------------------------------------------------------------------


class _Marker:
    """Marks `Prose` among the strings, for whatever walks the models."""

    def __repr__(self) -> str:
        return "Prose"


PROSE = _Marker()


def _check_text(value: str) -> str:
    value = value.strip()
    if not value:
        raise PydanticCustomError("empty_text", "内容为空")
    return value


class _TextRule:
    """Strings are stripped and must not be empty."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(
            _check_text, core_schema.str_schema(strict=True)
        )


Text = Annotated[str, _TextRule()]
"""One line of plain text, never empty."""

Prose = Annotated[str, _TextRule(), PROSE]
"""Markdown: no raw HTML; links http, https, relative or `record:kind/id`."""

Number = (
    Annotated[int, Field(strict=True)] | Annotated[float, Field(strict=True, allow_inf_nan=False)]
)
Count = Annotated[int, Field(strict=True, ge=0)]
Flag = Annotated[bool, Field(strict=True)]


def check_id(value: str) -> str:
    """An id that is safe as a file name on every system, or `PydanticCustomError`."""
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


Id = Annotated[str, _TextRule()]
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


# --- dates ----------------------------------------------------------------------------------

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A year, a month or a day, as exact as the source states it (ISO 8601 reduced precision)."""

    year: int
    month: int = 0
    """1 to 12; 0 when only the year is known."""
    day: int = 0
    """1 to 31; 0 when only the month is known."""

    @classmethod
    def parse(cls, value: object) -> PartialDate:
        """From `2022`, `"2022-03"`, `2022-03-29` (text, whole number or date)."""
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, datetime.datetime):
            raise PydanticCustomError("bad_date", "写到日即可，不要写时刻")
        if isinstance(value, datetime.date):
            return cls._checked(value.year, value.month, value.day)
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        match = _DATE.fullmatch(text.strip()) if isinstance(text, str) else None
        if not match:
            raise PydanticCustomError(
                "bad_date", "日期写作 2022、2022-03 或 2022-03-29（年、年月或年月日）"
            )
        if "00" in match.groups()[1:]:
            raise PydanticCustomError("bad_date", "历法中没有零月或零日，不清楚就不写")
        return cls._checked(*(int(part) if part else 0 for part in match.groups()))

    @classmethod
    def _checked(cls, year: int, month: int, day: int) -> PartialDate:
        try:
            datetime.date(year, month or 1, day or 1)
        except ValueError:
            raise PydanticCustomError("bad_date", "历法中没有这一天") from None
        if not 1800 <= year <= 2200:
            raise PydanticCustomError("bad_date", "年份须在 1800 至 2200 之间")
        return cls(year, month, day)

    @property
    def iso(self) -> str:
        """`2022`, `2022-03` or `2022-03-29`."""
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
        if self.day:
            parts.append(f"{self.day:02}")
        return "-".join(parts)

    @property
    def chinese(self) -> str:
        """`2022年`, `2022年3月` or `2022年3月29日`."""
        month = f"{self.month}月" if self.month else ""
        day = f"{self.day}日" if self.day else ""
        return f"{self.year}年{month}{day}"

    def __str__(self) -> str:
        return self.iso

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse,
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


# --- walking the models -----------------------------------------------------------------------

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
    """(plain type, metadata, is a list element) for each alternative of an annotation."""
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
    """Every field of a model and of the parts inside it, outer fields first."""
    found: list[FieldPath] = []
    for name, info in model.model_fields.items():
        required = info.is_required()
        for plain, metadata, many in unwrap(info.annotation):
            steps = (name, "*") if many else (name,)
            marks = [*info.metadata, *metadata]
            marker = next((m for m in marks if isinstance(m, LinkTo) or m is PROSE), None)
            is_text = any(isinstance(m, _TextRule) for m in marks)
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
    """The fields of a model that hold links."""
    return tuple(path for path in field_paths(model) if isinstance(path.marker, LinkTo))


@cache
def text_paths(model: type[BaseModel]) -> tuple[FieldPath, ...]:
    """The fields of a model that are written in words, Markdown or not."""
    return tuple(path for path in field_paths(model) if path.is_text)


@cache
def prose_paths(model: type[BaseModel]) -> tuple[FieldPath, ...]:
    """The fields of a model that hold Markdown."""
    return tuple(path for path in field_paths(model) if path.marker is PROSE)


def values_at(
    part: Any, steps: tuple[Step, ...], above: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """(path in data, value) for all values at `steps`; what is None is left out."""
    step, rest = steps[0], steps[1:]
    if step == "*":
        for index, element in enumerate(part):
            if rest:
                yield from values_at(element, rest, (*above, index))
            else:
                yield (*above, index), element
    elif (value := getattr(part, step)) is not None:
        if rest:
            yield from values_at(value, rest, (*above, step))
        else:
            yield (*above, step), value
