"""The shapes of marks: drawn once on a page, used many times.

Colours come from classes, so that dark mode, print and a strict Content-Security-Policy work;
nothing is told by colour alone: a mark has a shape, a character and a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from casebook_site.maps.svg import joined

TILE_WIDTH, TILE_HEIGHT = 156, 108
"""Steps from tile to tile."""

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
    drawn = [
        _MARK.format(
            kind=mark.kind, outline=SHAPES[mark.shape or PLAIN].outline, character=mark.character
        )
        for mark in marks
    ]
    return _SHAPES.format(width=TILE_WIDTH - 8, height=TILE_HEIGHT - 8, marks=joined(drawn))
