"""Small drawings of where a record lies: one quiet path, with one place of it marked."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

_DRAWING = Markup(
    '<svg class="{kind}" viewBox="-1 -1 {width} {height}" width="{width}" height="{height}"'
    ' aria-hidden="true"><path d="{path}"/>{mark}</svg>'
)
_TILE = Markup('<rect x="{x}" y="{y}" width="30" height="20"/>')
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
    """Return the counties of a province as one path of dots, with one of them marked.

    A dot is a line of no length with round ends: eight bytes instead of thirty for a hexagon.
    """
    places = sorted(set(cells), key=lambda place: (place[1], place[0]))
    left, top = min(c for c, _ in places), min(r for _, r in places)

    def centre(column: int, row: int) -> tuple[int, int]:
        return (column - left) * 10 + (5 if row % 2 else 0) + 5, (row - top) * 9 + 5

    dots, before = ["M0 0"], (0, 0)
    for place in places:
        x, y = centre(*place)
        dots.append(f"m{x - before[0]} {y - before[1]}h0".replace(" -", "-"))
        before = (x, y)
    x, y = centre(*here)
    return _DRAWING.format(
        kind="cb-locator__map cb-locator__map--dots",
        width=max(centre(*place)[0] for place in places) + 7,
        height=max(centre(*place)[1] for place in places) + 7,
        path="".join(dots),
        mark=_DOT.format(x=x, y=y),
    )
