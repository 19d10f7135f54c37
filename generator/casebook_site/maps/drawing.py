"""The schematic map as SVG: plain values in, markup out.

Shapes are drawn once (`shapes`) and used many times, which keeps a province of 136 counties near
15 kB. Colours come from classes, so that dark mode, print and a strict Content-Security-Policy
work; nothing is told by colour alone: a mark has a shape, a character and a number. Whatever has
records is a link with a title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

NOTICE = "示意图，不表示行政区域界线"
"""Stands on every drawing. A drawing without boundary lines needs no review number."""

HEX_WIDTH, HEX_HEIGHT = 60, 53
"""Steps from hexagon to hexagon; a hexagon is a little smaller, so that none touch."""
TILE_WIDTH, TILE_HEIGHT = 156, 108
"""Steps from tile to tile."""
MARKS_IN_ROW, MARK_WIDTH, MARK_HEIGHT = 3, 45, 26
MARGIN = 4
APART = 20
"""What separates a tile that is no place from the others."""
LONG_NAME = 7
"""Characters above which a name is set smaller; with ten it would leave the tile, and is cut."""

TINTS = 5
"""Quiet colours for groups; five are enough for any map on which four would be."""

JOINT = "joint"
"""The mark of joint committees, beside those of the categories."""

_OUTLINES = {
    JOINT: '<rect x="-11" y="-10" width="22" height="20" rx="10"/>',
    "party_spirit": '<circle r="10.5"/>',
    "village": '<rect x="-9.5" y="-9.5" width="19" height="19" rx="3"/>',
    "industry": '<path d="M-5.5-10h11L11 0 5.5 10h-11L-11 0z"/>',
    "skills": '<path d="M-4-10h8l6 6v8l-6 6h-8l-6-6v-8z"/>',
    "cautionary": '<path d="M-9.5-10h19V4L0 11-9.5 4z"/>',
}
"""The shapes of the marks, as the style sheet cuts them elsewhere on the site."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A number with the shape that says of what."""

    kind: str
    count: int


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


def shapes(characters: Mapping[str, str]) -> Markup:
    """Return the shapes that the drawings of a page use; they stand once on the page.

    `characters`: the character of each mark.
    """
    marks = "".join(
        f'<g id="cb-s-{kind}" class="cb-s cb-s--{kind}">{_OUTLINES[kind]}'
        f'<text y="4.5">{escape(character)}</text></g>'
        for kind, character in characters.items()
    )
    return Markup(
        '<svg class="cb-shapes" width="0" height="0" aria-hidden="true"><defs>'
        '<path id="cb-s-hex" d="M0-34 29-17V17L0 34-29 17V-17z"/>'
        f'<rect id="cb-s-tile" width="{TILE_WIDTH - 8}" height="{TILE_HEIGHT - 8}" rx="4"/>'
        f"{marks}</defs></svg>"
    )


def standalone(drawing: Markup, style: str, defs: Markup = Markup()) -> str:  # noqa: B008
    """Return a drawing as an SVG file for print, with its colours and shapes.

    `style`: rules for the drawing's classes; `defs`: what `shapes` gave.
    """
    start, inner = str(drawing).split(">", 1)
    used = defs.partition("<defs>")[2].partition("</defs>")[0]
    head = start.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f"{head}><style>{style}</style><defs>{used}</defs>{inner}"


# --- a province -----------------------------------------------------------------------------------


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

    parts = [_open("cb-hexmap", width, height, title)]
    tint = tints(cells)
    for group in tint:
        members = [cell for cell in cells if cell.group == group]
        parts.append(f'<g class="cb-hex cb-hex--{tint[group]}"><title>{escape(group)}</title>')
        named = _middle([cell for cell in members if not cell.place], centre)
        for cell in members:
            if not cell.place:
                parts.append(_quiet_hexagon(cell, *centre(cell), named=cell is named))
        parts.append("</g>")
    parts += (_told_hexagon(cell, *centre(cell)) for cell in cells if cell.place)
    parts.append(f'<text class="cb-svg-notice" x="{MARGIN}" y="{height - 8}">{NOTICE}</text></svg>')
    return Markup("".join(parts))


def _quiet_hexagon(cell: HexagonCell, x: int, y: int, *, named: bool) -> str:
    """Return a county without records; one of a group carries the group's name too."""
    shape = f'<use href="#cb-s-hex" x="{x}" y="{y}"/>'
    name = escape(short_name(cell.name))
    if not named:
        return f'{shape}<text x="{x}" y="{y + 5}">{name}</text>'
    group = escape(cell.group.removesuffix("市"))
    return (
        f'{shape}<text class="cb-hex__group" x="{x}" y="{y - 4}">{group}</text>'
        f'<text x="{x}" y="{y + 15}">{name}</text>'
    )


def _told_hexagon(cell: HexagonCell, x: int, y: int) -> str:
    first = y + 5 - 9 * len(cell.lines)
    lines = "".join(
        f'<text class="cb-hex__count" x="{x}" y="{first + 18 * number}" data-k="{kind}">'
        f"{escape(word)} <tspan>{count}</tspan></text>"
        for number, (kind, word, count) in enumerate(cell.lines, start=1)
    )
    return (
        f'<a class="cb-told" href="{escape(cell.href)}" data-place="{escape(cell.place)}">'
        f'<title>{escape(cell.title)}</title><use href="#cb-s-hex" x="{x}" y="{y}"/>'
        f'<text class="cb-hex__name" x="{x}" y="{first}">{escape(cell.name[:4])}</text>{lines}</a>'
    )


def _middle(cells: Sequence[HexagonCell], centre: object) -> HexagonCell | None:
    """Return the cell that is nearest to the middle of all; ties go to the first."""
    if not cells:
        return None
    assert callable(centre)
    places = [centre(cell) for cell in cells]
    x = sum(place[0] for place in places) / len(places)
    y = sum(place[1] for place in places) / len(places)
    best = min(range(len(cells)), key=lambda n: (places[n][0] - x) ** 2 + (places[n][1] - y) ** 2)
    return cells[best]


def short_name(name: str) -> str:
    """Return a county's name without 县, 市 or 区 where two characters or more are left."""
    return name[:-1] if len(name) > 2 and name[-1] in "县市区" else name


def neighbours(column: int, row: int) -> tuple[tuple[int, int], ...]:
    """Return the six places around a hexagon; odd rows are shifted half a hexagon to the right."""
    side = column + 1 if row % 2 else column - 1
    beside = ((column - 1, row), (column + 1, row))
    return (*beside, *((c, r) for r in (row - 1, row + 1) for c in (column, side)))


def tints(cells: Iterable[HexagonCell]) -> dict[str, int]:
    """Group → one of `TINTS` colours, none the same as a neighbour's.

    Greedy, groups with most neighbours first. Among the free colours the least used one is taken,
    so that no colour rules the map.
    """
    groups: dict[str, set[str]] = {}
    at = {(cell.column, cell.row): cell.group for cell in cells}
    for (column, row), group in at.items():
        around = (at.get(place, group) for place in neighbours(column, row))
        groups.setdefault(group, set()).update(other for other in around if other != group)
    given: dict[str, int] = {}
    used: Counter[int] = Counter()
    for group in sorted(groups, key=lambda g: (-len(groups[g]), g)):
        taken = {given[other] for other in groups[group] if other in given}
        free = [tint for tint in range(TINTS) if tint not in taken] or [*range(TINTS)]
        given[group] = min(free, key=lambda tint: (used[tint], tint))
        used[given[group]] += 1
    return {group: given[group] for group in groups}


# --- a county -------------------------------------------------------------------------------------


def tile_map(cells: Sequence[TileCell], title: str) -> Markup:
    """Return a county: a tile for each township, with its marks."""
    if not cells:
        return Markup()
    left = min(cell.column for cell in cells)
    top = min(cell.row for cell in cells)
    across = max(cell.column for cell in cells) - left + 1
    down = max(cell.row for cell in cells) - top + 1
    width = across * TILE_WIDTH - 8 + 2 * MARGIN + (APART if any(c.apart for c in cells) else 0)
    height = down * TILE_HEIGHT + 16 + 2 * MARGIN
    parts = [_open("cb-tilemap", width, height, title)]
    for cell in cells:
        x = (cell.column - left) * TILE_WIDTH + MARGIN + (APART if cell.apart else 0)
        y = (cell.row - top) * TILE_HEIGHT + MARGIN
        parts.append(_tile(cell, x, y))
    parts.append(f'<text class="cb-svg-notice" x="{MARGIN}" y="{height - 8}">{NOTICE}</text></svg>')
    return Markup("".join(parts))


def _tile(cell: TileCell, x: int, y: int) -> str:
    told = (" cb-told" if cell.marks else "") + (" cb-tile--apart" if cell.apart else "")
    small = " cb-tile__name--long" if len(cell.name) > LONG_NAME else ""
    name = cell.name if len(cell.name) <= 10 else f"{cell.name[:9]}…"
    inner = (
        f'<title>{escape(cell.title)}</title><use href="#cb-s-tile"/>'
        f'<text class="cb-tile__name{small}" x="12" y="29">{escape(name)}</text>'
        + "".join(_mark(mark, number) for number, mark in enumerate(cell.marks))
    )
    given = (
        f'class="cb-tile{told}" id="{escape(cell.place)}" data-place="{escape(cell.place)}"'
        f' transform="translate({x} {y})"'
    )
    if cell.href:
        return f'<a {given} href="{escape(cell.href)}">{inner}</a>'
    return f"<g {given}>{inner}</g>"


def _mark(mark: Mark, number: int) -> str:
    x = 23 + number % MARKS_IN_ROW * MARK_WIDTH
    y = 53 + number // MARKS_IN_ROW * MARK_HEIGHT
    return (
        f'<g data-k="{mark.kind}" transform="translate({x} {y})"><use href="#cb-s-{mark.kind}"/>'
        f'<text class="cb-tile__n" x="15" y="6">{mark.count}</text></g>'
    )


# --- locators -------------------------------------------------------------------------------------


def tile_locator(cells: Iterable[tuple[int, int]], here: tuple[int, int] | None) -> Markup:
    """Return the tiles of a county as one quiet path, with one of them marked."""
    places = sorted(set(cells), key=lambda place: (place[1], place[0]))
    left, top = min(c for c, _ in places), min(r for _, r in places)
    width = (max(c for c, _ in places) - left + 1) * 32 - 2
    height = (max(r for _, r in places) - top + 1) * 22 - 2
    path = "".join(f"M{(c - left) * 32} {(r - top) * 22}h30v20h-30z" for c, r in places)
    mark = ""
    if here in places and here is not None:
        x, y = (here[0] - left) * 32, (here[1] - top) * 22
        mark = f'<rect x="{x}" y="{y}" width="30" height="20"/>'
    return Markup(
        f'<svg class="cb-locator__map" viewBox="-1 -1 {width + 2} {height + 2}"'
        f' width="{width + 2}" height="{height + 2}" aria-hidden="true">'
        f'<path d="{path}"/>{mark}</svg>'
    )


def hexagon_locator(cells: Iterable[tuple[int, int]], here: tuple[int, int]) -> Markup:
    """Return the counties of a province as one path of dots, with one of them marked.

    A dot is a line of no length with round ends: eight bytes instead of thirty for a hexagon.
    """
    places = sorted(set(cells), key=lambda place: (place[1], place[0]))
    left, top = min(c for c, _ in places), min(r for _, r in places)

    def centre(column: int, row: int) -> tuple[int, int]:
        return (column - left) * 10 + (5 if row % 2 else 0) + 5, (row - top) * 9 + 5

    dots, before = [], (0, 0)
    for place in places:
        x, y = centre(*place)
        dots.append(f"m{x - before[0]} {y - before[1]}h0".replace(" -", "-"))
        before = (x, y)
    width = max(centre(*place)[0] for place in places) + 5
    height = max(centre(*place)[1] for place in places) + 5
    x, y = centre(*here)
    return Markup(
        f'<svg class="cb-locator__map cb-locator__map--dots" viewBox="-1 -1 {width + 2} {height + 2}"'
        f' width="{width + 2}" height="{height + 2}" aria-hidden="true">'
        f'<path d="M0 0{"".join(dots)}"/><circle cx="{x}" cy="{y}" r="7"/></svg>'
    )


def _open(kind: str, width: int, height: int, title: str) -> str:
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="group" aria-label="{escape(title)}">'
    )
