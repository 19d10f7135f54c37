"""Pydantic's validation errors in Chinese, each at its place."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from casebook_site.base.characters import with_names
from casebook_site.base.problems import Location, Problem, did_you_mean
from casebook_site.schema.fields import EVIDENCE
from casebook_site.schema.walking import unwrap, vocabulary_of

Locate = Callable[..., Location]
Loc = tuple[str | int, ...]
Written = Callable[[Loc, object], str]

_BOUNDS = {
    "greater_than_equal": ("ge", "不小于"),
    "greater_than": ("gt", "大于"),
    "less_than_equal": ("le", "不大于"),
    "less_than": ("lt", "小于"),
}
_NUMBER_TYPES = {
    "int_type",
    "float_type",
    "int_parsing",
    "float_parsing",
    "int_from_float",
    "finite_number",
}
_PART_TYPES = {"model_type", "model_attributes_type", "dict_type"}


def explain(
    model: type[BaseModel],
    error: ValidationError,
    locate: Locate,
    data: Mapping[str, Any],
    written: Written | None = None,
) -> Iterator[Problem]:
    """Yield one problem for each error, with what would be right.

    `written`: says how a value stands in the file.
    """
    for fault in error.errors(include_url=False):
        kind, value = fault["type"], fault.get("input")
        said = with_names(str(value).lower() if isinstance(value, bool) else str(value))
        context = fault.get("ctx", {})
        loc = _clean(fault["loc"], data)
        owner, info = _field(model, loc)
        name = _label(loc, info)
        if kind == "missing":
            yield _missing(loc, info, locate)
        elif kind == "extra_forbidden":
            yield _unknown(owner, loc, locate)
        elif kind == "null_list":
            at = locate((*loc, context["field"]), key=True)
            yield Problem(
                at, "CB203", f"“{context['field']}”下面没有内容。", "写上内容，或删去这一行。"
            )
        elif kind == "literal_error":
            yield Problem(locate(loc), "CB204", f"{name}不能写“{said}”。", _options(info, value))
        elif kind == "bad_date":
            yield Problem(locate(loc), "CB205", f"{name}“{said}”：{fault['msg']}。")
        elif kind == "string_type":
            yield _not_text(name, value, locate(loc), written(loc, value) if written else said)
        elif kind in _NUMBER_TYPES:
            yield Problem(
                locate(loc),
                "CB203",
                f"{name}要写数字，这里是“{said}”。",
                "只写数字，不带单位、逗号和引号。",
            )
        elif kind == "string_pattern_mismatch":
            code = "CB208" if loc[-1:] == ("value",) and "codes" in loc else "CB203"
            yield Problem(
                locate(loc),
                code,
                f"{name}“{said}”写法不对。",
                info.description or "" if info else "",
            )
        elif kind in _BOUNDS:
            key, word = _BOUNDS[kind]
            yield Problem(
                locate(loc), "CB203", f"{name}“{value}”超出范围。", f"应{word} {context[key]}。"
            )
        else:
            yield Problem(locate(loc), "CB203", f"{name}{_other(kind, fault['msg'], context)}")


def _other(kind: str, message: str, context: Mapping[str, Any]) -> str:
    if kind == "tuple_type":
        return "要写成列表，每项另起一行以“- ”开头。"
    if kind in _PART_TYPES:
        return "要写成下一级的“字段: 值”。"
    if kind == "too_short":
        return f"至少要有 {context['min_length']} 项。"
    if kind == "bool_type":
        return "只能写 true 或 false。"
    return f"：{message}。"


def _clean(loc: Loc, data: Any) -> Loc:
    """`loc` without the names of union members, which are not steps of the data."""
    steps: list[str | int] = []
    here: Any = data
    for index, step in enumerate(loc):
        there = isinstance(step, int) and isinstance(here, list) and step < len(here)
        if there or (isinstance(here, Mapping) and step in here):
            here = here[step]
        elif not isinstance(here, Mapping) or index < len(loc) - 1:
            continue  # not a step of the data; a missing field is the last step
        steps.append(step)
    return tuple(steps)


def _field(model: type[BaseModel], loc: Loc) -> tuple[type[BaseModel], FieldInfo | None]:
    """Return the model that has the last step of `loc`, and the field if there is one."""
    info: FieldInfo | None = None
    for index, step in enumerate(loc):
        if isinstance(step, int):
            continue
        info = model.model_fields.get(step)
        below = loc[index + 1 :]
        if info is None or not any(isinstance(s, str) for s in below):
            break
        for plain, _, _ in unwrap(info.annotation):
            if isinstance(plain, type) and issubclass(plain, BaseModel):
                model = plain
    return model, info


def _label(loc: Loc, info: FieldInfo | None) -> str:
    name = next((str(step) for step in reversed(loc) if isinstance(step, str)), "")
    return f"{info.title}（{name}）" if info else f"“{name}”" if name else "记录"


def _missing(loc: Loc, info: FieldInfo | None, locate: Locate) -> Problem:
    from_evidence = info is not None and EVIDENCE in info.metadata
    return Problem(
        locate(loc),
        "CB403" if from_evidence else "CB201",
        f"缺少{'' if from_evidence else '必填的'}{_label(loc, info)}。",
        info.description or "" if info else "",
    )


def _unknown(owner: type[BaseModel], loc: Loc, locate: Locate) -> Problem:
    name = str(loc[-1])
    titles = {info.title: key for key, info in owner.model_fields.items()}
    if name in titles:
        remedy = f"字段名用英文，写作 {titles[name]}。"
    else:
        remedy = (
            did_you_mean(name, owner.model_fields) or f"可用的有：{'、'.join(owner.model_fields)}。"
        )
    return Problem(locate(loc, key=True), "CB202", f"没有“{with_names(name)}”这个字段。", remedy)


def _not_text(name: str, value: Any, at: Location, written: str) -> Problem:
    remedy = f'加引号写作 "{written}"。'
    if isinstance(value, datetime.date):
        return Problem(at, "CB110", f"{name}要写文字，“{written}”会被读成日期。", remedy)
    if isinstance(value, bool | int | float):
        return Problem(at, "CB110", f"{name}要写文字，这里会被读成数字或是否。", remedy)
    if value is None:
        return Problem(at, "CB203", f"{name}没有内容。", "写上内容，或删去这一行。")
    return Problem(at, "CB203", f"{name}要写一段文字，不是列表或下一级字段。")


def _options(info: FieldInfo | None, value: Any) -> str:
    if info is None:
        return ""
    if vocabulary := vocabulary_of(info):
        choice = vocabulary.find(str(value).strip())
        hint = f"写作 {choice.id}。" if choice else did_you_mean(str(value), [*vocabulary])
        return f"{hint}可选：{vocabulary.explanation()}"
    return ""
