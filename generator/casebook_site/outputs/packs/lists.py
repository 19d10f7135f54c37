"""Packs that an editor puts together: `content/packs/*.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from casebook_site.base.audience import Audience, may_see
from casebook_site.base.faults import guarded
from casebook_site.base.file_names import is_leftover
from casebook_site.base.problems import Location, Problem, did_you_mean
from casebook_site.model.catalog import Key
from casebook_site.reading.files import Origin, read_file, relative_name
from casebook_site.rules import CheckInput
from casebook_site.schema.fields import Part, Prose, Text, check_id, field
from casebook_site.schema.messages import explain


class ListedPack(Part):
    """A pack with its own title, foreword and order of parts."""

    title: Text = field("标题", "封面上的标题。")
    subtitle: Text | None = field("副题", "封面上标题下面的一行。", default=None)
    audience: Audience = field(
        "可见范围", "public 公开的也能做，internal 只做内部资料。", default="public"
    )
    foreword: Prose | None = field("前言", "放在最前面；可用 Markdown。", default=None)
    parts: tuple[Text, ...] = field(
        "内容",
        "按先后写 类别/编号（如 case-study/yucheng、teaching-point/juzhen-park），"
        "或 figures 数据、terms 术语、questions 自测题、sources 来源。",
        min_length=1,
    )


@dataclass(frozen=True)
class WrittenPack:
    """A list with the file that it stands in."""

    id: str
    pack: ListedPack
    origin: Origin

    def locate(self, *path: str | int) -> Location:
        """Where a value of the list stands."""
        return self.origin.locate(path)


def read_lists(folder: Path, root: Path) -> tuple[tuple[WrittenPack, ...], tuple[Problem, ...]]:
    """Every list of a folder, which need not exist, and every problem of those unread."""
    found: list[WrittenPack] = []
    problems: list[Problem] = []
    for file in sorted(folder.iterdir()) if folder.is_dir() else []:
        if is_leftover(file.name) or file.name.startswith("README"):
            continue
        name = relative_name(file, root)
        for result in guarded(_read(file, name), partial(Location, name)):
            if isinstance(result, Problem):
                problems.append(result)
            else:
                found.append(result)
    return tuple(found), tuple(problems)


def _read(file: Path, name: str) -> Iterator[WrittenPack | Problem]:
    if file.suffix != ".yml":
        message = f"资料清单的扩展名是“{file.suffix}”。"
        yield Problem(Location(name), "CB113", message, "改成 .yml，或移出此文件夹。")
        return
    try:
        check_id(file.stem)
    except PydanticCustomError as error:
        yield Problem(
            Location(name), "CB206", f"文件名“{file.stem}”{error.message()}。", "换一个文件名。"
        )
        return
    content = read_file(file, name)
    if content.problems:
        yield from content.problems
        return
    origin = Origin(name, str(file))
    if not isinstance(content.data, Mapping):
        remedy = "第一行写 title: 标题。"
        yield Problem(origin.locate(), "CB203", "一份资料清单要写成“字段: 值”。", remedy)
        return
    try:
        pack = ListedPack.model_validate(content.data)
        yield WrittenPack(file.stem, pack, origin)
    except ValidationError as error:
        yield from dict.fromkeys(explain(ListedPack, error, origin.locate, content.data))


def check_lists(lists: Iterable[WrittenPack], given: CheckInput) -> Iterator[Problem]:
    """Every entry names a record that a pack can tell, and that its readers may see."""
    for written in lists:
        for index, entry in enumerate(written.pack.parts):
            if fault := _fault(entry, written.pack.audience, given):
                yield Problem(written.locate("parts", index), *fault)


def _fault(entry: str, audience: Audience, given: CheckInput) -> tuple[str, str, str] | None:
    # Only here: most sites have no lists, and then a check needs nothing that ends packs.
    from casebook_site.outputs.packs.ends import END_PARTS

    told = [kind.name for kind in given.catalog.schema.told]
    if entry in END_PARTS:
        return None
    kind, slash, id = entry.partition("/")
    if not slash or kind not in told:
        remedy = did_you_mean(kind, (*told, *END_PARTS))
        choices = f"可写 {'、'.join(END_PARTS)}，或 类别/编号，类别有 {'、'.join(told)}。"
        return "CB204", f"“{entry}”不能放进资料。", remedy or choices
    if given.lacks(Key(kind, id)):
        known = given.catalog.records[kind]
        return "CB301", f"没有“{entry}”这条记录。", did_you_mean(id, known) or "核对编号。"
    record = given.catalog.get(Key(kind, id))
    if record is not None and not may_see(audience, record.audience):
        return "CB302", f"公开的资料里有内部记录“{entry}”。", "去掉它，或写 audience: internal。"
    return None
