"""How an office's own list becomes records: a small file in `content/imports/`, kept for next year."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casebook_site.base.problems import ContentError, Location, Problem
from casebook_site.editing.yaml_text import new_text
from casebook_site.reading.files import Origin, forget_positions, read_file, relative_name

_HEAD = """\
# {book} 的各列放到哪里。写字段名；不要的写“不要”；空着的要定下来，再导入一次。
# 与已有记录同名的，在 values 里写 id: {{名称: 编号}}。明年的名册照这份对应办法导入。
"""

Target = str | list[str] | None
"""A field, several that a cell is split into, `不要`, or None where it is undecided."""


class OfficeMap(BaseModel):
    """Which column is which field, and what words of the list stand for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    columns: Mapping[str, Target] = Field(default_factory=dict)
    """Heading → field."""
    constants: Mapping[str, str | None] = Field(default_factory=dict)
    """Field → what it is in every row that does not say."""
    values: Mapping[str, Mapping[str, str | None]] = Field(default_factory=dict)
    """Field → text of the list → record or choice, or `不要`."""

    @property
    def undecided(self) -> list[tuple[str, ...]]:
        """What is to be decided before anything is imported, as paths: `("columns", "类型")`."""
        found: list[tuple[str, ...]] = [
            *(("columns", heading) for heading, to in self.columns.items() if to is None),
            *(("constants", field) for field, to in self.constants.items() if to is None),
        ]
        return found + [
            ("values", field, text)
            for field, texts in self.values.items()
            for text, to in texts.items()
            if to is None
        ]


def map_file(imports_dir: Path, book: Path) -> Path:
    """Return where the mapping of a book is kept."""
    return imports_dir / f"{book.stem}.yml"


def read_map(file: Path, root: Path) -> OfficeMap | None:
    """Return the mapping of a file, None if there is none; raise `ContentError` for a wrong one."""
    if not file.exists():
        return None
    name = relative_name(file, root)
    content = read_file(file, name)
    if content.problems:
        raise ContentError(content.problems)
    try:
        return OfficeMap.model_validate(content.data)
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors()[0]["loc"])
        message = f"这份对应办法读不懂：{where or '整个文件'}。"
        remedy = "只写 kind、columns、constants、values；删去它，程序会重新提出一份。"
        raise ContentError([Problem(Location(name), "CB203", message, remedy)]) from None


def map_text(office_map: OfficeMap, book: Path) -> str:
    """Return the text of the file of a mapping."""
    fields = {name: value for name, value in office_map.model_dump().items() if value}
    return _HEAD.format(book=book.name) + new_text(fields)


def questions(file: Path, office_map: OfficeMap, root: Path) -> list[Problem]:
    """Return what is undecided in the file of a mapping, each at its place."""
    forget_positions()
    origin = Origin(relative_name(file, root), str(file))
    told = {
        "columns": ("“{}”这一列放到哪里，没有定。", "写字段名，如 address；不要的写“不要”。"),
        "constants": ("表里没有写的“{}”，没有定。", "写各行共同的编号，如 yiyuan。"),
        "values": ("“{}”指的是什么，没有定。", "写编号；不要的写“不要”。"),
    }
    return [
        Problem(
            origin.locate(path, key=True),
            "CB907",
            told[str(path[0])][0].format(path[-1]),
            told[str(path[0])][1],
        )
        for path in office_map.undecided
    ]
