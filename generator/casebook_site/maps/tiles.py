"""A county as tiles, a township each, with marks that count what lies there: values in, SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from casebook_site.maps.marks import MARK_HEIGHT, MARK_WIDTH, MARKS_IN_ROW, TILE_WIDTH, tile_height
from casebook_site.maps.svg import MARGIN, drawn, joined

APART = 20
"""What separates a tile that is no place from the others."""
LONG_NAME = 7
"""Characters above which a name is set smaller; with ten it would leave the tile, and is cut."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A number with the shape that says of what."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class TileCell:
    """A township on the drawing of its county."""

    name: str
    column: int
    row: int
    place: str
    """Its anchor on the page, and its name for the script."""
    title: str
    href: str = ""
    marks: tuple[Mark, ...] = ()
    apart: bool = False
    """Stands beside the others without saying where it is."""


_GIVEN = Markup(
    'class="cb-tile{told}" id="{place}" data-place="{place}" transform="translate({x} {y})"'
)
_INNER = Markup(
    '<title>{title}</title><use href="#cb-s-tile"/>'
    '<text class="cb-tile__name{small}" x="12" y="29">{name}</text>{marks}'
)
_LINK = Markup('<a {given} href="{href}">{inner}</a>')
_NO_LINK = Markup("<g {given}>{inner}</g>")
_MARK = Markup(
    '<g data-k="{kind}" transform="translate({x} {y})"><use href="#cb-s-{kind}"/>'
    '<text class="cb-tile__n" x="15" y="6">{count}</text></g>'
)


def tile_map(cells: Sequence[TileCell], title: str, kinds: int = 0) -> Markup:
    """Return a county: a tile for each township, with its marks.

    `kinds`: how many a tile may have, which is how many `shapes` has drawn.
    """
    if not cells:
        return Markup()
    left = min(cell.column for cell in cells)
    top = min(cell.row for cell in cells)
    across = max(cell.column for cell in cells) - left + 1
    down = max(cell.row for cell in cells) - top + 1
    width = across * TILE_WIDTH - 8 + 2 * MARGIN + (APART if any(c.apart for c in cells) else 0)
    step = tile_height(kinds)
    height = down * step + 16 + 2 * MARGIN
    parts = []
    for cell in cells:
        x = (cell.column - left) * TILE_WIDTH + MARGIN + (APART if cell.apart else 0)
        y = (cell.row - top) * step + MARGIN
        parts.append(_tile(cell, x, y))
    return drawn("cb-tilemap", (width, height), title, joined(parts))


def _tile(cell: TileCell, x: int, y: int) -> Markup:
    told = (" cb-told" if cell.marks else "") + (" cb-tile--apart" if cell.apart else "")
    inner = _INNER.format(
        title=cell.title,
        small=" cb-tile__name--long" if len(cell.name) > LONG_NAME else "",
        name=cell.name if len(cell.name) <= 10 else f"{cell.name[:9]}…",
        marks=joined([_mark(mark, number) for number, mark in enumerate(cell.marks)]),
    )
    given = _GIVEN.format(told=told, place=cell.place, x=x, y=y)
    if cell.href:
        return _LINK.format(given=given, href=cell.href, inner=inner)
    return _NO_LINK.format(given=given, inner=inner)


def _mark(mark: Mark, number: int) -> Markup:
    x = 23 + number % MARKS_IN_ROW * MARK_WIDTH
    y = 53 + number // MARKS_IN_ROW * MARK_HEIGHT
    return _MARK.format(kind=mark.kind, x=x, y=y, count=mark.count)
