"""The shapes of marks: drawn once on a page, used many times.

Colours come from classes, so that dark mode, print and a strict Content-Security-Policy work;
nothing is told by colour alone: a mark has a shape, a character and a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from casebook_site.maps.svg import joined

TILE_WIDTH = 156
"""Step from tile to tile in a row."""
MARKS_IN_ROW, MARK_WIDTH, MARK_HEIGHT = 3, 45, 26
"""How marks stand on a tile."""


def tile_height(marks: int) -> int:
    """Return the step from row to row, with room for so many marks on a tile: two rows at least."""
    return 56 + max(2, -(-marks // MARKS_IN_ROW)) * MARK_HEIGHT


TAKEN = ("hex", "tile")
"""Names of shapes of the drawings themselves, `cb-s-hex`."""

JOINT = "joint"
"""The mark of joint committees, beside those of the categories."""


class Shape(NamedTuple):
    """The outline of a mark, as a drawing and as a style sheet cuts it."""

    outline: Markup
    """SVG around the middle of the mark."""
    style: tuple[str, ...]
    """Declarations for a box of 1.6 em."""


class DrawnMark(NamedTuple):
    """A mark of the maps."""

    kind: str
    character: str
    shape: str


SHAPES = {
    "pill": Shape(
        Markup('<rect x="-11" y="-10" width="22" height="20" rx="10"/>'),
        ("border-radius: 0.8em",),
    ),
    "circle": Shape(Markup('<circle r="10.5"/>'), ("border-radius: 50%",)),
    "square": Shape(
        Markup('<rect x="-9.5" y="-9.5" width="19" height="19" rx="3"/>'),
        ("border-radius: 0.25em",),
    ),
    "hexagon": Shape(
        Markup('<path d="M-5.5-10h11L11 0 5.5 10h-11L-11 0z"/>'),
        (
            "clip-path: polygon(25% 0, 75% 0, 100% 50%, 75% 100%, 25% 100%, 0 50%)",
            "width: 1.8em",
        ),
    ),
    "octagon": Shape(
        Markup('<path d="M-4-10h8l6 6v8l-6 6h-8l-6-6v-8z"/>'),
        ("clip-path: polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%)",),
    ),
    "shield": Shape(
        Markup('<path d="M-9.5-10h19V4L0 11-9.5 4z"/>'),
        (
            "clip-path: polygon(0 0, 100% 0, 100% 68%, 50% 100%, 0 68%)",
            "height: 1.75em",
            "padding-bottom: 0.2em",
        ),
    ),
    "arch": Shape(
        Markup('<path d="M-9.5 10V-.5a9.5 9.5 0 0 1 19 0V10z"/>'),
        ("border-radius: 50% 50% 0 0",),
    ),
    "leaf": Shape(
        Markup('<path d="M-10-10H2a8 8 0 0 1 8 8v12H-2a8 8 0 0 1-8-8z"/>'),
        ("border-radius: 0 45% 0 45%",),
    ),
    "drop": Shape(
        Markup('<path d="M-10.5 10.5V0A10.5 10.5 0 1 1 0 10.5z"/>'),
        ("border-radius: 50% 50% 50% 0",),
    ),
    "house": Shape(
        Markup('<path d="M-10-4 0-11 10-4v14h-20z"/>'),
        (
            "clip-path: polygon(0 28%, 50% 0, 100% 28%, 100% 100%, 0 100%)",
            "height: 1.75em",
            "padding-top: 0.2em",
        ),
    ),
    "bowl": Shape(
        Markup('<path d="M-9.5-10V.5a9.5 9.5 0 0 0 19 0V-10z"/>'),
        ("border-radius: 0 0 50% 50%",),
    ),
    "flag": Shape(
        Markup('<path d="M-11-10H12L8 0l4 10h-23z"/>'),
        (
            "clip-path: polygon(0 0, 100% 0, 84% 50%, 100% 100%, 0 100%)",
            "width: 1.85em",
        ),
    ),
    "ticket": Shape(
        Markup('<path d="M-12-10h24L9-5v10l3 5h-24l3-5V-5z"/>'),
        (
            "clip-path: polygon(0 0, 100% 0, 88% 25%, 88% 75%, 100% 100%, 0 100%, 12% 75%, 12% 25%)",
            "width: 1.9em",
        ),
    ),
}
"""Nothing is told by colour alone, so each mark of a vocabulary has a shape of its own."""

WHOLE_KIND = "pill"
"""The shape around a kind that is counted as one."""

PLAIN = "circle"
"""The shape of a mark that has none of its own: its character tells it apart."""

_MARK = Markup(
    '<g id="cb-s-{kind}" class="cb-s cb-s--{kind}">{outline}<text y="4.5">{character}</text></g>'
)
_SHAPES = Markup(
    '<svg class="cb-shapes" width="0" height="0" aria-hidden="true"><defs>'
    '<path id="cb-s-hex" d="M0-34 29-17V17L0 34-29 17V-17z"/>'
    '<rect id="cb-s-tile" width="{width}" height="{height}" rx="4"/>{marks}</defs></svg>'
)


def shapes(marks: Iterable[DrawnMark]) -> Markup:
    """Return the shapes that the drawings of a page use; they stand once on the page."""
    all_marks = list(marks)
    drawn = [
        _MARK.format(
            kind=mark.kind, outline=SHAPES[mark.shape or PLAIN].outline, character=mark.character
        )
        for mark in all_marks
    ]
    height = tile_height(len(all_marks)) - 8
    return _SHAPES.format(width=TILE_WIDTH - 8, height=height, marks=joined(drawn))
