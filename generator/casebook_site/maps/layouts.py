"""Where places stand on the schematic map: layouts that editors write down, and an automatic one.

A layout is content, not a result: it stays as it is from build to build, and an editor who knows
better moves a cell. It says which place stands beside which, and nothing about boundaries; a cell
is no coordinate.

`kind: hexagons` is a province, one hexagon a county; odd rows are shifted half a hexagon to the
right. `kind: tiles` is a county, one tile a township.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from casebook_site.base.faults import guarded
from casebook_site.base.file_names import is_leftover
from casebook_site.base.problems import Location, Problem
from casebook_site.reading.files import Origin, read_file, relative_name
from casebook_site.records.base import SourceLink
from casebook_site.records.places import CountyLink, TownshipLink
from casebook_site.schema.choices import Choice, OneOf, Vocabulary
from casebook_site.schema.fields import Count, Part, Text, field
from casebook_site.schema.messages import explain

Step = Annotated[Count, Field(le=99)]
"""A column or a row. The bound keeps a slip of the finger from making a drawing of a mile."""


class Hexagon(Part):
    """A county-level place on the map of its province."""

    code: Annotated[str, Field(strict=True, pattern=r"^\d{6}$")] = field(
        "代码", "县级行政代码，6 位数字，加引号写。"
    )
    name: Text = field("名称", "县市区的名称。")
    group: Text = field("地级市", "所属地级市；同组的涂同一底色。")
    column: Step = field("列", "从左数起，从 0 开始；奇数行向右错半格。")
    row: Step = field("行", "从上数起，从 0 开始。")


LAYOUT_KINDS = Vocabulary(
    "layout-kinds",
    "布局种类",
    (Choice("hexagons", "六边形", "省"), Choice("tiles", "方格", "县市")),
)


class HexagonLayout(Part):
    """A province, one hexagon a county."""

    kind: Literal["hexagons"] = field("种类", "画的是省，一格一个县市区。")
    name: Text = field("名称", "省的名称。")
    source: SourceLink | None = field("来源", "方位取自何处。", default=None)
    cells: tuple[Hexagon, ...] = field("格子", "每个县市区一格。")


class Tile(Part):
    """A township on the map of its county."""

    township: TownshipLink = field("镇街", "镇街的编号。")
    column: Step = field("列", "从左数起，从 0 开始。")
    row: Step = field("行", "从上数起，从 0 开始。")


class TileLayout(Part):
    """A county, one tile a township."""

    kind: Literal["tiles"] = field("种类", "画的是县市，一格一个镇街。")
    county: CountyLink = field("县市", "县市的编号。")
    cells: tuple[Tile, ...] = field("格子", "每个镇街一格。")


class _Kind(Part):
    """What decides how the rest of a file is read."""

    model_config = Part.model_config | {"extra": "ignore"}

    kind: Annotated[str, OneOf(LAYOUT_KINDS)] = field("种类", "画的是省还是县市。")


Layout = HexagonLayout | TileLayout
_MODELS: Mapping[str, type[HexagonLayout] | type[TileLayout]] = {
    "hexagons": HexagonLayout,
    "tiles": TileLayout,
}


@dataclass(frozen=True)
class WrittenLayout:
    """A layout with the file that it stands in."""

    layout: Layout
    origin: Origin

    def locate(self, *path: str | int, key: bool = False) -> Location:
        """Where a value of the layout stands."""
        return self.origin.locate(path, key=key)


@dataclass(frozen=True)
class Layouts:
    """Every layout of a site, in the order of their files."""

    written: tuple[WrittenLayout, ...] = ()

    @property
    def provinces(self) -> tuple[HexagonLayout, ...]:
        """The maps of provinces."""
        return tuple(w.layout for w in self.written if isinstance(w.layout, HexagonLayout))

    def tiles(self, county: str, townships: Sequence[str]) -> tuple[Tile, ...]:
        """Return the tiles of a county: as written, or else placed automatically.

        `townships`: ids in the order of the automatic layout. Tiles of other townships are left
        out: an edition need not hold all that an editor has written down.
        """
        for entry in self.written:
            if isinstance(entry.layout, TileLayout) and entry.layout.county == county:
                return tuple(t for t in entry.layout.cells if t.township in set(townships))
        return automatic(townships)


def automatic(townships: Sequence[str]) -> tuple[Tile, ...]:
    """Return a grid as near to a square as can be, filled row by row in the order that is given.

    It claims nothing about where a township lies, only that none is left out.
    """
    columns = max(1, math.ceil(math.sqrt(len(townships))))
    return tuple(
        Tile(township=id, column=number % columns, row=number // columns)
        for number, id in enumerate(townships)
    )


# --- reading --------------------------------------------------------------------------------------


def read_layouts(maps_dir: Path, root: Path) -> tuple[Layouts, tuple[Problem, ...]]:
    """Every layout of a folder, which need not exist, and every problem of those unread."""
    found: list[WrittenLayout] = []
    problems: list[Problem] = []
    files = sorted(maps_dir.iterdir()) if maps_dir.is_dir() else []
    for file in files:
        if is_leftover(file.name) or file.name.startswith("README"):
            continue
        name = relative_name(file, root)
        for result in guarded(_read(file, name), partial(Location, name)):
            if isinstance(result, Problem):
                problems.append(result)
            else:
                found.append(result)
    return Layouts(tuple(found)), tuple(problems)


def _read(file: Path, name: str) -> Iterator[WrittenLayout | Problem]:
    if file.suffix != ".yml":
        message = f"示意图文件的扩展名是“{file.suffix}”。"
        yield Problem(Location(name), "CB113", message, "改成 .yml，或移出此文件夹。")
        return
    content = read_file(file, name)
    if content.problems:
        yield from content.problems
        return
    origin = Origin(name, str(file))
    if not isinstance(content.data, Mapping):
        remedy = "第一行写 kind: tiles 或 kind: hexagons。"
        yield Problem(origin.locate(), "CB203", "一份示意图要写成“字段: 值”。", remedy)
        return
    yield from _checked(content.data, origin)


def _checked(data: Mapping[str, Any], origin: Origin) -> Iterator[WrittenLayout | Problem]:
    model: type[_Kind] | type[HexagonLayout] | type[TileLayout] = _Kind
    try:
        model = _MODELS[_Kind.model_validate(data).kind]
        yield WrittenLayout(model.model_validate(data), origin)
    except ValidationError as error:
        yield from dict.fromkeys(explain(model, error, origin.locate, data))
