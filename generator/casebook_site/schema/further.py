"""Fields that a site adds to a kind, beside those that the program declares.

A model with such a field is like any other: what walks the models (gate, messages, sheets, forms, JSON
Schema, search, guide) needs to know nothing of it. Pages and packs show them behind what a kind shows
by itself (`further_fields`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casebook_site.base.audience import Audience
from casebook_site.schema.choices import Choice, OneOf, Vocabulary
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import Count, Flag, LinkTo, Number, Prose, Text, field

FURTHER = "x-further"
"""In a field's declaration: that a site has added it."""

TYPES = Vocabulary(
    "field-types",
    "字段的类型",
    (
        Choice("text", "文字", "一行文字"),
        Choice("prose", "段落", "可以分段、加粗、写链接"),
        Choice("number", "数", "可以有小数，单位写在 unit"),
        Choice("count", "个数", "零或正整数，单位写在 unit"),
        Choice("date", "日期", "年、年月或年月日"),
        Choice("flag", "是否", "true 或 false"),
        Choice("choice", "选项", "choices 里的一个"),
        Choice("link", "链接", "links_to 那一类记录的编号"),
    ),
)
_PLAIN: dict[str, Any] = {
    "text": Text,
    "prose": Prose,
    "number": Number,
    "count": Count,
    "date": PartialDate,
    "flag": Flag,
}


@dataclass(frozen=True)
class FurtherField:
    """A field that a site adds to a kind."""

    kind: str
    name: str
    type: str
    """One of `TYPES`."""
    title: str
    description: str
    unit: str = ""
    audience: Audience = "public"
    is_many: bool = False
    choices: Vocabulary | None = None
    links_to: str = ""

    def declared(self) -> tuple[Any, FieldInfo]:
        """Return the field's type and its declaration, as a model states them; never required."""
        annotation = self._annotation()
        default: Any = () if self.is_many else None
        info: FieldInfo = field(
            self.title,
            self.description,
            unit=self.unit or None,
            audience=self.audience,
            default=default,
        )
        assert isinstance(info.json_schema_extra, dict)
        info.json_schema_extra[FURTHER] = True
        if self.is_many:
            return tuple.__class_getitem__((annotation, ...)), info
        return annotation | None, info

    def _annotation(self) -> Any:
        if self.choices is not None:
            return Annotated[str, OneOf(self.choices)]
        if self.links_to:
            return Annotated[str, LinkTo(self.links_to)]
        return _PLAIN[self.type]


@cache
def further_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the names of the fields that the site has added to a model, in the site's order."""
    return tuple(
        name
        for name, info in model.model_fields.items()
        if isinstance(info.json_schema_extra, dict) and info.json_schema_extra.get(FURTHER)
    )
