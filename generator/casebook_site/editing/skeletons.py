"""What a new record starts from: every required field, and what it means, as comments."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from casebook_site.base.audience import is_internal
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import audience_of, unit_of
from casebook_site.schema.kinds import RecordModel
from casebook_site.schema.walking import help_text, is_list, part_of, unwrap, vocabulary_of


def skeleton(model: type[RecordModel]) -> str:
    """Return the text of a new record: required fields to fill in, the others commented out."""
    lines = [f"# 新的{model.kind_title}。填好“待填”，删去不用的行；casebook check 会说还缺什么。"]
    fields = {name: info for name, info in model.model_fields.items() if name != "id"}
    for name, info in fields.items():
        if info.is_required():
            lines += _field(model, name, "")
    lines.append("# 以下可不写；要写就去掉行首的“# ”。")
    for name, info in fields.items():
        if not info.is_required():
            lines += [f"# {line}" for line in _field(model, name, "")]
    return "\n".join(lines) + "\n"


def _field(model: type[BaseModel], name: str, indent: str) -> Iterator[str]:
    info = model.model_fields[name]
    inner = "，内部" if is_internal(audience_of(info)) else ""
    unit = f"，单位 {unit_of(info)}" if unit_of(info) else ""
    comment = f"   # {info.title}{inner}{unit}：{help_text(info)}"
    part, many = part_of(info), is_list(info)
    if part is None:
        value = _example(model, name)
        yield f"{indent}{name}: {f'[{value}]' if many else value}{comment}"
        return
    yield f"{indent}{name}:{comment}"
    required = [inner for inner, i in part.model_fields.items() if i.is_required()]
    for number, inner_name in enumerate(required or [*part.model_fields]):
        dash = ("- " if number == 0 else "  ") if many else ""
        first, *rest = _field(part, inner_name, indent + ("    " if many else "  "))
        yield indent + "  " + dash + first.lstrip(" ") if many else first
        yield from rest


def _example(model: type[BaseModel], name: str) -> str:
    """Return the value to be replaced by the editor, of the right type if that is simple."""
    info = model.model_fields[name]
    plains = [plain for plain, _, _ in unwrap(info.annotation)]
    if vocabulary := vocabulary_of(info):
        return next(iter(vocabulary))
    if PartialDate in plains:
        return "2022-03"
    if bool in plains:
        return "true"
    if int in plains or float in plains:
        return "1"
    if any(getattr(mark, "pattern", None) for mark in info.metadata):
        return "to-fill-in"
    return "待填"
