"""A site's own vocabularies: `content/vocabularies/<name>.yml`, one file each.

`mode: extend` keeps the program's choices, changes those that are named and adds others behind
them; `mode: replace` takes the file's choices alone, in their order. What only the whole list shows
(colours, marks) is checked in `rules/vocabularies.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from casebook_site.base.characters import with_names
from casebook_site.base.file_names import is_leftover
from casebook_site.base.problems import Location, Problem, did_you_mean
from casebook_site.reading.files import Origin, read_file, relative_name
from casebook_site.reading.further_fields import FILE as FIELDS_FILE
from casebook_site.records.procedures import (
    COMPONENT_ROLES,
    NO_PROCEDURE,
    PROCEDURES,
    ProcedureChoice,
    Role,
    StatedComponent,
    YearlyMinimum,
)
from casebook_site.records.vocabularies import BUILT_IN
from casebook_site.schema.choices import MARK_SHAPES, Choice, OneOf, Vocabulary
from casebook_site.schema.fields import Number, Part, Text, check_id, field
from casebook_site.schema.messages import explain

EXTEND, REPLACE = "extend", "replace"

MODES = Vocabulary(
    "vocabulary-modes",
    "与自带词表的关系",
    (
        Choice(EXTEND, "沿用", "自带的选项都在；写了编号的照写的改，新编号排在后面"),
        Choice(REPLACE, "另写", "只有这里写的选项，按这里的先后"),
    ),
)


class ChoiceEntry(Part):
    """A choice, as a file states it. Under `extend`, what is not stated of a known one stays."""

    id: Text = field("编号", "记录里写的值，如 heritage。")
    title: Text | None = field("名称", "网页上显示的中文名；新编号必须写。", default=None)
    description: Text | None = field("说明", "告诉编辑的话，可不写。", default=None)
    mark: Text | None = field("记号", "一个字，用在地图和表格里。", default=None)
    shape: Annotated[str, OneOf(MARK_SHAPES)] | None = field(
        "形状", "记号的外形；不写就用还没用过的。", default=None
    )
    colour: Text | None = field(
        "颜色", "白纸上的颜色：# 和六位小写十六进制，加引号。", default=None
    )
    dark_colour: Text | None = field("深色网页上的颜色", "深底上的颜色，写法相同。", default=None)
    other_names: tuple[Text, ...] = field("别的叫法", "表格和表单里也认的名称。", default=())


class VocabularyFile(Part):
    """A file."""

    mode: Annotated[str, OneOf(MODES)] = field("用法", "与程序自带选项的关系。")
    choices: tuple[ChoiceEntry, ...] = field("选项", "按读者看到的先后，至少一项。")


class ComponentEntry(Part):
    """A part of a procedure, as a file states it."""

    role: Annotated[str, OneOf(COMPONENT_ROLES)] = field("性质", "环节按哪个字段认：规定动作等。")
    least: int = field(
        "至少", "至少几个环节；有项目的，每项至少几个。", default=1, ge=0, strict=True
    )
    mark: Text | None = field("记号", "日程里环节前面的字；不写就用数目。", default=None)
    title: Text | None = field("名称", "这样的环节叫什么。", default=None)
    request: Text | None = field("要求", "核对时怎样说，如 到两处教学点上课。", default=None)
    items: tuple[Text, ...] = field("项目", "规定动作的编号；不写就是全部。", default=())

    def stated(self) -> StatedComponent:
        """Return the component."""
        more = (self.mark or "", self.title or "", self.request or "", self.items)
        return StatedComponent(Role(self.role), self.least, *more)


class YearlyEntry(Part):
    """A yearly minimum, as a file states it."""

    trainees: Text = field("对象", "培训对象的编号。")
    days: Number = field("天数", "每年至少几天。", unit="天", default=0, ge=0)
    hours: Number = field("学时", "每年至少几学时。", unit="学时", default=0, ge=0)


class ProcedureEntry(ChoiceEntry):
    """A procedure, as a file states it."""

    components: tuple[ComponentEntry, ...] = field("组成", "由哪几样环节组成。", default=())
    yearly: tuple[YearlyEntry, ...] = field("全年最低", "各类对象每年至少多少。", default=())


class ProcedureFile(Part):
    """The file of procedures."""

    mode: Annotated[str, OneOf(MODES)] = field("用法", "与程序自带选项的关系。")
    choices: tuple[ProcedureEntry, ...] = field("选项", "第一种是没有写明时所按的，至少一项。")


AnyFile = VocabularyFile | ProcedureFile


def _model_of(own: Vocabulary) -> type[AnyFile]:
    """Return the model of the file that states a vocabulary."""
    return ProcedureFile if own.id == PROCEDURES.id else VocabularyFile


@dataclass(frozen=True)
class SiteVocabulary:
    """A vocabulary that a site states, with its file."""

    vocabulary: Vocabulary
    origin: Origin
    entries: tuple[str, ...]
    """The ids of the file's choices, in its order; empty where the file could not be read."""

    def locate(self, id: str, name: str = "id") -> Location:
        """Where a choice says something; the choice itself where it does not."""
        return self.origin.locate(("choices", self.entries.index(id), name))


@dataclass(frozen=True)
class SiteVocabularies:
    """All vocabularies that a site states, and what is wrong with their files."""

    stated: tuple[SiteVocabulary, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def vocabularies(self) -> tuple[Vocabulary, ...]:
        """Those that the site has in place of the program's."""
        return tuple(stated.vocabulary for stated in self.stated)


def read_vocabularies(folder: Path, root: Path) -> SiteVocabularies:
    """Return the vocabularies of a folder, which need not exist.

    A file with problems still gives the ids that it names, so that no record is told to be wrong
    for a choice that is only badly described.
    """
    stated: list[SiteVocabulary] = []
    problems: list[Problem] = []
    names = sorted(os.listdir(folder)) if folder.is_dir() else []  # noqa: PTH208
    for name in names:
        if is_leftover(name) or name.startswith("README") or name == FIELDS_FILE:
            continue
        origin = Origin(relative_name(folder / name, root), str(folder / name))
        own = BUILT_IN.get(name.removesuffix(".yml"))
        if own is None or not name.endswith(".yml"):
            problems.append(_unknown_file(name, origin))
            continue
        vocabulary, found = _read(own, origin)
        stated.append(vocabulary)
        problems += found
    return SiteVocabularies(tuple(stated), tuple(problems))


def _unknown_file(name: str, origin: Origin) -> Problem:
    files = [FIELDS_FILE, *(f"{id}.yml" for id in BUILT_IN)]
    remedy = did_you_mean(name, files) or f"可用的有：{'、'.join(files)}。"
    return Problem(Location(origin.path), "CB681", f"“{with_names(name)}”不是词表文件。", remedy)


def _read(own: Vocabulary, origin: Origin) -> tuple[SiteVocabulary, list[Problem]]:
    content = read_file(Path(origin.file), origin.path)
    problems = list(content.problems)
    if not problems:
        file, problems = _validated(_model_of(own), content.data, origin)
        if file:
            problems = [*_faults(own, file, origin)]
            if not problems:
                entries = tuple(entry.id for entry in file.choices)
                return SiteVocabulary(_merged(own, file), origin, entries), []
    return SiteVocabulary(_salvaged(own, content.data), origin, ()), problems


def _validated(
    model: type[AnyFile], data: Any, origin: Origin
) -> tuple[AnyFile | None, list[Problem]]:
    if not isinstance(data, Mapping):
        remedy = "第一行写 mode: extend 或 mode: replace，下面写 choices:。"
        return None, [Problem(origin.locate(), "CB203", "词表文件要写成“字段: 值”。", remedy)]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        found = explain(model, error, origin.locate, data, origin.written)
        return None, list(dict.fromkeys(found))


def _faults(own: Vocabulary, file: AnyFile, origin: Origin) -> Iterator[Problem]:
    """Yield what is wrong with a file whose form is right."""
    known = {*own} if file.mode == EXTEND else set()
    if not file.choices:
        at = origin.locate(("choices",), key=True)
        yield Problem(at, "CB203", "选项（choices）至少要有 1 项。", "写上选项，或删去这个文件。")
        return
    for index, entry in enumerate(file.choices):
        at = origin.locate(("choices", index, "id"))
        if entry.title is None and entry.id not in known:
            remedy = did_you_mean(entry.id, known) or "写上 title。"
            yield Problem(at, "CB201", f"缺少必填的名称（title）：“{entry.id}”是新编号。", remedy)
        if fault := "" if entry.id in own else _id_fault(entry.id):
            yield Problem(at, "CB206", f"编号“{entry.id}”{fault}。", "换一个编号。")
        if own.is_fixed and entry.id not in own:
            remedy = did_you_mean(entry.id, own) or f"可改名称的有：{'、'.join(own)}。"
            yield Problem(at, "CB685", f"{own.title}不能增加“{entry.id}”。", remedy)
    missing = [id for id in own if id not in {entry.id for entry in file.choices}]
    if own.is_fixed and file.mode == REPLACE and missing:
        remedy = f"补上 {'、'.join(missing)}，或写 mode: extend。"
        yield Problem(
            origin.locate(("choices",), key=True), "CB685", f"{own.title}的选项不能减少。", remedy
        )
    yield from _written_twice(own, file, origin)


def _id_fault(id: str) -> str:
    try:
        check_id(id)
    except PydanticCustomError as error:
        return error.message()
    return ""


def _written_twice(own: Vocabulary, file: AnyFile, origin: Origin) -> Iterator[Problem]:
    """Yield ids that stand twice in a file, and names that two choices would have."""
    kept = {choice.id: choice for choice in own.choices} if file.mode == EXTEND else {}
    ids: set[str] = set()
    names: dict[str, str] = {}
    for entry in file.choices:
        kept.pop(entry.id, None)
    for choice in kept.values():
        names |= dict.fromkeys((choice.id, choice.title, *choice.other_names), choice.id)
    for index, entry in enumerate(file.choices):
        if entry.id in ids:
            at = origin.locate(("choices", index, "id"))
            yield Problem(at, "CB682", f"编号“{entry.id}”写了两次。", "一个编号只留一处。")
            continue
        ids.add(entry.id)
        for name, at in _names(entry, origin.locate, index):
            first = names.setdefault(name, entry.id)
            if first != entry.id:
                message = f"“{name}”已是选项 {first} 的编号或名称。"
                yield Problem(at, "CB682", message, "各选项的编号、名称和别的叫法都要不同。")


def _names(entry: ChoiceEntry, locate: Any, index: int) -> Iterable[tuple[str, Location]]:
    yield entry.id, locate(("choices", index, "id"))
    if entry.title is not None:
        yield entry.title, locate(("choices", index, "title"))
    for number, name in enumerate(entry.other_names):
        yield name, locate(("choices", index, "other_names", number))


def _merged(own: Vocabulary, file: AnyFile) -> Vocabulary:
    """Return the vocabulary that a file states."""
    base = {choice.id: choice for choice in own.choices} if file.mode == EXTEND else {}
    for entry in file.choices:
        base[entry.id] = _stated(base.get(entry.id), entry)
    if isinstance(file, ProcedureFile):
        base[NO_PROCEDURE.id] = base.pop(NO_PROCEDURE.id, NO_PROCEDURE)
    choices = tuple(base.values())
    if any(choice.colour for choice in own.choices):
        choices = tuple(_with_shapes(choices))
    return replace(own, choices=choices)


def _stated(known: Choice | None, entry: ChoiceEntry) -> Choice:
    """Return the choice that an entry states; what it does not state of a known one stays."""
    stated = {name: value for name in entry.model_fields_set if (value := vars(entry)[name])}
    if not isinstance(entry, ProcedureEntry):
        return replace(known or Choice(entry.id, entry.id), **stated)
    if entry.components:
        stated["components"] = tuple(part.stated() for part in entry.components)
    if entry.yearly:
        stated["yearly"] = tuple(
            YearlyMinimum(one.trainees, one.days, one.hours) for one in entry.yearly
        )
    return replace(known or ProcedureChoice(entry.id, entry.id), **stated)


def _with_shapes(choices: tuple[Choice, ...]) -> Iterator[Choice]:
    """Yield choices, those without a shape in one that none has yet."""
    taken = {choice.shape for choice in choices}
    free = iter([shape for shape in MARK_SHAPES if shape not in taken])
    for choice in choices:
        yield choice if choice.shape else replace(choice, shape=next(free, ""))


def _salvaged(own: Vocabulary, data: Any) -> Vocabulary:
    """Return the program's vocabulary with every id that a faulty file names."""
    listed = data.get("choices") if isinstance(data, Mapping) else None
    found = {choice.id: choice for choice in own.choices}
    for entry in listed if isinstance(listed, list) else ():
        id = entry.get("id") if isinstance(entry, Mapping) else None
        if isinstance(id, str) and id:
            found.setdefault(id, Choice(id, id))
    titles = {choice.title for choice in own.choices}
    choices = [c for c in found.values() if c.id in own or c.title not in titles]
    return replace(own, choices=tuple(choices))
