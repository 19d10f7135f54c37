"""Small drawings of where a record lies: one quiet path, with one place of it marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

_DRAWING = Markup(
    '<svg class="{kind}" viewBox="-1 -1 {width} {height}" width="{width}" height="{height}"'
    ' aria-hidden="true"><path d="{path}"/>{mark}</svg>'
)
_TILE = Markup('<rect x="{x}" y="{y}" width="30" height="20"/>')
_NAME = Markup('<text x="{x}" y="{y}">{name}</text>')
_DOT = Markup('<circle cx="{x}" cy="{y}" r="7"/>')


def tile_locator(cells: Iterable[tuple[int, int]], here: tuple[int, int] | None) -> Markup:
    """Return the tiles of a county as one quiet path, with one of them marked."""
    places = sorted(set(cells), key=lambda place: (place[1], place[0]))
    left, top = min(c for c, _ in places), min(r for _, r in places)
    mark = Markup()
    if here in places and here is not None:
        mark = _TILE.format(x=(here[0] - left) * 32, y=(here[1] - top) * 22)
    return _DRAWING.format(
        kind="cb-locator__map",
        width=(max(c for c, _ in places) - left + 1) * 32,
        height=(max(r for _, r in places) - top + 1) * 22,
        path="".join(f"M{(c - left) * 32} {(r - top) * 22}h30v20h-30z" for c, r in places),
        mark=mark,
    )


def hexagon_locator(cells: Iterable[tuple[int, int]], here: tuple[int, int]) -> Markup:
    """Return the counties of a province as one path of dots, with one of them marked."""
    grid = _Grid.of(cells)
    x, y = grid.centre(*here)
    return _DRAWING.format(
        kind="cb-locator__map cb-locator__map--dots",
        width=grid.width,
        height=grid.height,
        path=grid.path,
        mark=_DOT.format(x=x, y=y),
    )


def hexagon_overview(
    cells: Iterable[tuple[int, int]], named: Mapping[tuple[int, int], str]
) -> Markup:
    """Return the counties of a province as dots, with some of them lit and named."""
    grid = _Grid.of(cells)
    marks = Markup()
    for place, name in named.items():
        x, y = grid.centre(*place)
        marks += _DOT.format(x=x, y=y)
        marks += _NAME.format(x=x + 10, y=y + 3.5, name=name)
    return _DRAWING.format(
        kind="cb-locator__map cb-locator__map--dots cb-locator__map--named",
        width=grid.width,
        height=grid.height,
        path=grid.path,
        mark=marks,
    )


class _Grid:
    """Hexagons as dots; a dot is a line of no length with round ends: eight bytes, not thirty."""

    def __init__(self, places: list[tuple[int, int]]) -> None:
        self._left = min(c for c, _ in places)
        self._top = min(r for _, r in places)
        centres = [self.centre(*place) for place in places]
        self.width = max(x for x, _ in centres) + 7
        self.height = max(y for _, y in centres) + 7
        dots, before = ["M0 0"], (0, 0)
        for x, y in centres:
            dots.append(f"m{x - before[0]} {y - before[1]}h0".replace(" -", "-"))
            before = (x, y)
        self.path = "".join(dots)

    @classmethod
    def of(cls, cells: Iterable[tuple[int, int]]) -> _Grid:
        """Return the grid of some cells, each (column, row)."""
        return cls(sorted(set(cells), key=lambda place: (place[1], place[0])))

    def centre(self, column: int, row: int) -> tuple[int, int]:
        """Return where the dot of a cell is drawn."""
        return (column - self._left) * 10 + (5 if row % 2 else 0) + 5, (row - self._top) * 9 + 5
