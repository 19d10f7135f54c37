"""Fields that a site adds to kinds: `content/vocabularies/fields.yml`."""

from __future__ import annotations

import keyword
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from casebook_site.base.audience import AUDIENCES
from casebook_site.base.problems import Location, Problem, did_you_mean
from casebook_site.reading.files import Origin, read_file, relative_name
from casebook_site.schema.choices import Choice, OneOf, Vocabulary
from casebook_site.schema.fields import Flag, Part, SeenBy, Text, check_id, field
from casebook_site.schema.further import TYPES, FurtherField
from casebook_site.schema.kinds import Kind, Schema
from casebook_site.schema.messages import explain

FILE = "fields.yml"

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class FieldChoice(Part):
    """A choice of a field."""

    id: Text = field("编号", "记录里写的值，如 national。")
    title: Text = field("名称", "网页上显示的中文名。")


class StatedField(Part):
    """A field, as the file states it."""

    kind: Text = field("哪一类", "如 teaching-point。")
    key: Text = field("字段", "记录里写的名字：小写英文，如 heritage_level。")
    type: Annotated[str, OneOf(TYPES)] = field("类型", "里面写什么。")
    title: Text = field("名称", "网页、表格和表单上的中文名。")
    description: Text = field("说明", "告诉编辑写什么。")
    unit: Text | None = field("单位", "数的单位。", default=None)
    audience: SeenBy = field("给谁看", "不写就是公开。", default=AUDIENCES[0])
    many: Flag = field("可写几项", "写成一行一项的列表。", default=False)
    choices: tuple[FieldChoice, ...] = field("选项", "类型是 choice 时写。", default=())
    links_to: Text | None = field("链接到", "类型是 link 时写哪一类。", default=None)

    def stated(self) -> FurtherField:
        """Return the field."""
        choices = tuple(Choice(each.id, each.title) for each in self.choices)
        own = f"{self.kind}-{self.key}".replace("_", "-")
        return FurtherField(
            self.kind,
            self.key,
            self.type,
            self.title,
            self.description,
            self.unit or "",
            self.audience,
            self.many,
            Vocabulary(own, self.title, choices) if self.type == "choice" else None,
            self.links_to or "" if self.type == "link" else "",
        )


class FieldsFile(Part):
    """The file."""

    fields: tuple[StatedField, ...] = field("字段", "一行一个。")


@dataclass(frozen=True)
class ReadFields:
    """The fields that a site adds, and what is wrong with the file."""

    fields: tuple[FurtherField, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_fields(folder: Path, root: Path, schema: Schema) -> ReadFields:
    """Return the fields of a folder's file, which need not exist; a wrong one is left out."""
    file = folder / FILE
    if not os.path.lexists(file):
        return ReadFields()
    origin = Origin(relative_name(file, root), str(file))
    content = read_file(file, origin.path)
    if content.problems:
        return ReadFields((), content.problems)
    if not isinstance(content.data, Mapping):
        remedy = "第一行写 fields:，下面一行一个字段。"
        wrong = Problem(origin.locate(), "CB203", "字段文件要写成“字段: 值”。", remedy)
        return ReadFields((), (wrong,))
    try:
        read = FieldsFile.model_validate(content.data)
    except ValidationError as error:
        found = explain(FieldsFile, error, origin.locate, content.data, origin.written)
        return ReadFields((), tuple(dict.fromkeys(found)))
    faults = [
        [*_faults(entry, index, read, schema, origin)] for index, entry in enumerate(read.fields)
    ]
    sound = tuple(
        entry.stated() for entry, found in zip(read.fields, faults, strict=True) if not found
    )
    return ReadFields(sound, tuple(problem for found in faults for problem in found))


def _faults(
    entry: StatedField, index: int, file: FieldsFile, schema: Schema, origin: Origin
) -> Iterator[Problem]:
    """Yield what is wrong with a field whose form is right."""

    def at(name: str) -> Location:
        return origin.locate(("fields", index, name))

    if entry.kind not in schema:
        yield _unknown(at("kind"), entry.kind, schema)
        return
    before = file.fields[:index]
    yield from _name_faults(entry, before, schema[entry.kind], at("key"))
    titles = {str(info.title) for info in schema[entry.kind].model.model_fields.values()}
    titles |= {other.title for other in before if other.kind == entry.kind}
    if entry.title in titles:
        yield Problem(at("title"), "CB682", f"{schema[entry.kind].title}已有叫“{entry.title}”的字段。", "换一个名称。")  # fmt: skip
    if entry.type == "link":
        if entry.links_to is None:
            yield Problem(
                at("type"), "CB201", "缺少链接到哪一类（links_to）。", "如 links_to: village。"
            )
        elif entry.links_to not in schema:
            yield _unknown(at("links_to"), entry.links_to, schema)
    if entry.type == "choice":
        yield from _choice_faults(entry, index, origin)


def _unknown(place: Location, kind: str, schema: Schema) -> Problem:
    known = [each.name for each in schema]
    remedy = did_you_mean(kind, known) or f"可用的有：{'、'.join(known)}。"
    return Problem(place, "CB204", f"没有“{kind}”这一类。", remedy)


def _name_faults(
    entry: StatedField, before: Iterable[StatedField], kind: Kind, place: Location
) -> Iterator[Problem]:
    if not _NAME.fullmatch(entry.key) or keyword.iskeyword(entry.key):
        remedy = "用小写英文字母、数字和下划线，以字母开头。"
        yield Problem(place, "CB206", f"字段名“{entry.key}”不能用。", remedy)
    elif entry.key in dir(kind.model) or entry.key in kind.model.model_fields:
        yield Problem(place, "CB682", f"{kind.title}已有字段“{entry.key}”。", "换一个名字。")
    elif any(other.key == entry.key for other in before if other.kind == entry.kind):
        yield Problem(place, "CB682", f"字段“{entry.key}”写了两次。", "一个字段只留一处。")


def _choice_faults(entry: StatedField, index: int, origin: Origin) -> Iterator[Problem]:
    if not entry.choices:
        yield Problem(origin.locate(("fields", index, "type")), "CB201", "缺少选项（choices）。", "写上可选的几项。")  # fmt: skip
    seen: set[str] = set()
    for number, choice in enumerate(entry.choices):
        place = origin.locate(("fields", index, "choices", number, "id"))
        try:
            check_id(choice.id)
        except PydanticCustomError:
            yield Problem(
                place, "CB206", f"编号“{choice.id}”不能用。", "用小写英文字母、数字和短横线。"
            )
        if {choice.id, choice.title} & seen:
            yield Problem(
                place, "CB682", f"选项“{choice.id}”或它的名称写了两次。", "各选项要不同。"
            )
        seen |= {choice.id, choice.title}
