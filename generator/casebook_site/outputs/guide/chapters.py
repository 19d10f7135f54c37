"""The guide as plain values: a chapter for what all kinds have, one a kind, one a group of codes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from casebook_site.base.audience import is_internal
from casebook_site.base.problems import CODES
from casebook_site.outputs.guide.examples import EXAMPLES, Example
from casebook_site.records import Record
from casebook_site.rules import RULES
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import PROSE, LinkTo, audience_of, unit_of
from casebook_site.schema.kinds import RecordModel, Schema
from casebook_site.schema.walking import is_list, part_of, unwrap, vocabulary_of


@dataclass(frozen=True)
class FieldEntry:
    """One field as editors are told about it."""

    name: str
    title: str
    description: str
    how: str
    """How it is written: `整数，单位：人`, `从下列值中选一个`."""
    required: bool
    internal: bool
    choices: tuple[tuple[str, str], ...]
    """(value, Chinese title with what is said besides)."""
    example: str
    """One line of YAML."""


@dataclass(frozen=True)
class FieldTable:
    """The fields of a record, or of a part of it."""

    id: str
    title: str
    fields: tuple[FieldEntry, ...]


@dataclass(frozen=True)
class KindChapter:
    """What a kind has; the one without a kind has what all of them share."""

    id: str
    title: str
    folder: str
    tables: tuple[FieldTable, ...]
    example: str
    """The least that a record must have, as YAML."""


@dataclass(frozen=True)
class CodeEntry:
    """One problem code."""

    code: str
    title: str
    kinds: tuple[str, ...]
    """Chinese names of the kinds whose records a rule looks at; empty where it is not of records."""
    example: Example


@dataclass(frozen=True)
class CodeChapter:
    """The codes of one subject."""

    id: str
    title: str
    codes: tuple[CodeEntry, ...]


GROUPS = {
    "CB1": "文件与 YAML 写法",
    "CB2": "字段",
    "CB3": "链接与附件",
    "CB4": "内容规则",
    "CB5": "手写页面",
    "CB6": "地图、坐标与同义词",
    "CB7": "离线包",
    "CB8": "印刷",
    "CB9": "电子表格",
}
"""First characters of codes → what they are about."""


@cache
def kind_chapters(schema: Schema) -> tuple[KindChapter, ...]:
    """Return the chapter on the fields of all kinds, then one for each kind."""
    shared = tuple(_tables(Record, "shared", "共有字段", frozenset(), schema))
    known = frozenset(part for _, part in _parts(Record))
    common = KindChapter("shared", "每类记录都有的字段", "", shared, "")
    return (common, *(_kind_chapter(kind.model, known, schema) for kind in schema))


def _kind_chapter(
    model: type[RecordModel], known: frozenset[type[BaseModel]], schema: Schema
) -> KindChapter:
    tables = tuple(_tables(model, model.kind, f"{model.kind_title}的字段", known, schema))
    least = yaml.safe_dump(example_of(model), allow_unicode=True, sort_keys=False)
    return KindChapter(model.kind, model.kind_title, model.folder, tables, least)


def _tables(
    model: type[RecordModel],
    id: str,
    title: str,
    known: frozenset[type[BaseModel]],
    schema: Schema,
) -> Iterator[FieldTable]:
    """Yield the table of the model's own fields, then those of its parts that are not in `known`."""
    own = [name for name in model.model_fields if model is Record or not _is_shared(model, name)]
    yield FieldTable(id, title, tuple(field_entry(model, name, schema) for name in own))
    for path, part in _parts(model):
        if part not in known:
            entries = tuple(field_entry(part, name, schema) for name in part.model_fields)
            yield FieldTable(f"{id}-{'-'.join(path)}", _path_title(model, path), entries)


def _is_shared(model: type[RecordModel], name: str) -> bool:
    """Whether a field is as every record has it, and not declared anew."""
    base = Record.model_fields.get(name)
    info = model.model_fields[name]
    return base is not None and (
        (base.title, base.description, base.is_required(), base.metadata)
        == (info.title, info.description, info.is_required(), info.metadata)
    )


def _parts(
    model: type[BaseModel], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], type[BaseModel]]]:
    for name, info in model.model_fields.items():
        if part := part_of(info):
            yield (*above, name), part
            yield from _parts(part, (*above, name))


def _path_title(model: type[BaseModel], path: tuple[str, ...]) -> str:
    titles = []
    for step in path:
        info = model.model_fields[step]
        titles.append(f"{info.title}（{step}）")
        model = part_of(info) or model
    return " · ".join(titles)


def field_entry(model: type[BaseModel], name: str, schema: Schema) -> FieldEntry:
    """Return what the guide says of one field of a model."""
    info = model.model_fields[name]
    return FieldEntry(
        name,
        str(info.title),
        info.description or "",
        _how(info, schema),
        info.is_required(),
        is_internal(audience_of(info)),
        tuple((choice.id, choice.explained) for choice in vocabulary.choices)
        if (vocabulary := vocabulary_of(info))
        else (),
        f"{name}: {json.dumps(_value(info), ensure_ascii=False)}",
    )


def _how(info: FieldInfo, schema: Schema) -> str:
    kinds = "、".join(dict.fromkeys(_written(info, schema)))
    unit = f"，单位：{unit_of(info)}" if unit_of(info) else ""
    return f"{'列表，每项为' if is_list(info) else ''}{kinds}{unit}"


def _written(info: FieldInfo, schema: Schema) -> Iterator[str]:
    """How each alternative of a field is written."""
    for plain, metadata, _ in unwrap(info.annotation):
        marks = [*info.metadata, *metadata]
        link = next((mark for mark in marks if isinstance(mark, LinkTo)), None)
        if plain is NoneType:
            continue
        if link:
            yield f"{schema[link.kind].title}的编号" if link.kind else "类别/编号"
        elif isinstance(plain, type) and issubclass(plain, BaseModel):
            yield "下一级字段"
        elif vocabulary_of(info):
            yield "可选值之一"
        elif plain is PartialDate:
            yield "日期（年、年月或年月日）"
        elif PROSE in marks:
            yield "正文（Markdown）"
        elif plain in _PLAIN:
            yield _PLAIN[plain]
        else:
            raise TypeError(f"The guide has no word for {plain!r}.")


_PLAIN: dict[Any, str] = {str: "文字", int: "整数", float: "小数", bool: "true 或 false"}

_NAMED = re.compile(r"如 ([\w./ -]+\w)")
"""An example that a field's description gives."""


def example_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the required fields of a record or a part, with values that they accept."""
    return {name: _value(info) for name, info in model.model_fields.items() if info.is_required()}


def _value(info: FieldInfo) -> Any:
    """Return the first likely value that the field accepts."""
    declared: Any = Annotated[info.annotation, info]
    accepted = TypeAdapter[Any](declared)
    for candidate in _candidates(info):
        value = [candidate] if is_list(info) else candidate
        try:
            accepted.validate_python(value)
        except ValidationError:
            continue
        return value
    raise ValueError(f"The guide finds no example for {info.title}.")


def _candidates(info: FieldInfo) -> Iterator[Any]:
    if part := part_of(info):
        yield example_of(part) or {name: _value(i) for name, i in part.model_fields.items()}
    for _, metadata, _ in unwrap(info.annotation):
        for mark in (*info.metadata, *metadata):
            if isinstance(mark, LinkTo):
                yield f"a-{mark.kind}" if mark.kind else "county/a-county"
    yield from vocabulary_of(info) or ()
    if "编号" in str(info.title):
        yield "to-fill-in"
    if named := _NAMED.search(info.description or ""):
        yield from (yaml.safe_load(named[1]), named[1])
    plains = [plain for plain, _, _ in unwrap(info.annotation)]
    if bool in plains:
        yield True
    yield from ("2022-03", 1) if PartialDate in plains else (1, 118.2, 2022)
    yield from ("待填", "370323", "https://example.org/", "08:30")


# --- codes ------------------------------------------------------------------------------------


@cache
def code_chapters(schema: Schema) -> tuple[CodeChapter, ...]:
    """Every code, by subject."""
    return tuple(
        CodeChapter(
            start.lower(),
            title,
            tuple(
                CodeEntry(code, CODES[code], _kinds(code, schema), EXAMPLES[code])
                for code in CODES
                if code.startswith(start)
            ),
        )
        for start, title in GROUPS.items()
    )


def _kinds(code: str, schema: Schema) -> tuple[str, ...]:
    """Return the titles of the kinds that the rules of a code look at."""
    rules = [rule for rule in RULES if code in rule.codes]
    if any(not rule.models for rule in rules):
        return ("各类记录",)
    return tuple(
        kind.title for kind in schema if any(rule.applies_to(kind.model) for rule in rules)
    )
