"""A province as hexagons, a county each: plain values in, SVG out.

A shape is drawn once (`marks.shapes`) and used many times, which keeps a province of 136 counties
near 15 kB.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from casebook_site.maps.svg import MARGIN, drawn, joined
from casebook_site.maps.tints import tints

HEX_WIDTH, HEX_HEIGHT = 60, 53
"""Steps from hexagon to hexagon; a hexagon is a little smaller, so that none touch."""


@dataclass(frozen=True, slots=True)
class HexagonCell:
    """A county on the drawing of its province."""

    name: str
    group: str
    column: int
    row: int
    place: str = ""
    """Name of the place for the script; empty for a county without records."""
    href: str = ""
    title: str = ""
    lines: tuple[tuple[str, str, int], ...] = ()
    """(kind, word, number) of what is written below the name."""


_Centre = Callable[[HexagonCell], tuple[int, int]]

_GROUP = Markup('<g class="cb-hex cb-hex--{tint}"><title>{group}</title>{cells}</g>')
_SHAPE = Markup('<use href="#cb-s-hex" x="{x}" y="{y}"/>')
_NAME = Markup('<text x="{x}" y="{y}">{name}</text>')
_GROUP_NAME = Markup('<text class="cb-hex__group" x="{x}" y="{y}">{name}</text>')
_COUNT = Markup(
    '<text class="cb-hex__count" x="{x}" y="{y}" data-k="{kind}">{word} <tspan>{count}</tspan></text>'
)
_TOLD = Markup(
    '<a class="cb-told" href="{href}" data-place="{place}"><title>{title}</title>{shape}'
    '<text class="cb-hex__name" x="{x}" y="{y}">{name}</text>{lines}</a>'
)


def hexagon_map(cells: Sequence[HexagonCell], title: str) -> Markup:
    """Return a province: counties by group, those with records in front, as links."""
    if not cells:
        return Markup()
    left = min(cell.column for cell in cells)
    top = min(cell.row for cell in cells)
    across = max(cell.column for cell in cells) - left + 1
    down = max(cell.row for cell in cells) - top + 1
    width = across * HEX_WIDTH + HEX_WIDTH // 2 + 2 * MARGIN
    height = down * HEX_HEIGHT + 18 + 2 * MARGIN

    def centre(cell: HexagonCell) -> tuple[int, int]:
        shift = HEX_WIDTH // 2 if cell.row % 2 else 0
        x = (cell.column - left) * HEX_WIDTH + shift + HEX_WIDTH // 2 + MARGIN
        return x, (cell.row - top) * HEX_HEIGHT + 34 + MARGIN

    groups = tints({(cell.column, cell.row): cell.group for cell in cells})
    parts = [_group(cells, group, tint, centre) for group, tint in groups.items()]
    parts += [_told_hexagon(cell, *centre(cell)) for cell in cells if cell.place]
    return drawn("cb-hexmap", (width, height), title, joined(parts))


def _group(cells: Sequence[HexagonCell], group: str, tint: int, centre: _Centre) -> Markup:
    """Return the counties of a group that have no records."""
    members = [cell for cell in cells if cell.group == group and not cell.place]
    named = _middle(members, centre)
    drawn_cells = [_quiet_hexagon(cell, *centre(cell), named=cell is named) for cell in members]
    return _GROUP.format(tint=tint, group=group, cells=joined(drawn_cells))


def _quiet_hexagon(cell: HexagonCell, x: int, y: int, *, named: bool) -> Markup:
    """Return a county without records; one of a group carries the group's name too."""
    shape = _SHAPE.format(x=x, y=y)
    name = short_name(cell.name)
    if not named:
        return shape + _NAME.format(x=x, y=y + 5, name=name)
    group = _GROUP_NAME.format(x=x, y=y - 4, name=cell.group.removesuffix("市"))
    return shape + group + _NAME.format(x=x, y=y + 15, name=name)


def _told_hexagon(cell: HexagonCell, x: int, y: int) -> Markup:
    first = y + 5 - 9 * len(cell.lines)
    lines = [
        _COUNT.format(x=x, y=first + 18 * number, kind=kind, word=word, count=count)
        for number, (kind, word, count) in enumerate(cell.lines, start=1)
    ]
    return _TOLD.format(
        href=cell.href,
        place=cell.place,
        title=cell.title,
        shape=_SHAPE.format(x=x, y=y),
        x=x,
        y=first,
        name=cell.name[:4],
        lines=joined(lines),
    )


def _middle(cells: Sequence[HexagonCell], centre: _Centre) -> HexagonCell | None:
    """Return the cell that is nearest to the middle of all; ties go to the first."""
    if not cells:
        return None
    places = [centre(cell) for cell in cells]
    x = sum(place[0] for place in places) / len(places)
    y = sum(place[1] for place in places) / len(places)
    best = min(range(len(cells)), key=lambda n: (places[n][0] - x) ** 2 + (places[n][1] - y) ** 2)
    return cells[best]


def short_name(name: str) -> str:
    """Return a county's name without 县, 市 or 区 where two characters or more are left."""
    return name[:-1] if len(name) > 2 and name[-1] in "县市区" else name
