"""The shapes of marks: drawn once on a page, used many times.

Colours come from classes, so that dark mode, print and a strict Content-Security-Policy work;
nothing is told by colour alone: a mark has a shape, a character and a number.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from casebook_site.maps.svg import joined

TILE_WIDTH, TILE_HEIGHT = 156, 108
"""Steps from tile to tile."""

JOINT = "joint"
"""The mark of joint committees, beside those of the categories."""

_OUTLINES = {
    JOINT: Markup('<rect x="-11" y="-10" width="22" height="20" rx="10"/>'),
    "party_spirit": Markup('<circle r="10.5"/>'),
    "village": Markup('<rect x="-9.5" y="-9.5" width="19" height="19" rx="3"/>'),
    "industry": Markup('<path d="M-5.5-10h11L11 0 5.5 10h-11L-11 0z"/>'),
    "skills": Markup('<path d="M-4-10h8l6 6v8l-6 6h-8l-6-6v-8z"/>'),
    "cautionary": Markup('<path d="M-9.5-10h19V4L0 11-9.5 4z"/>'),
}
"""The shapes of the marks, as the style sheet cuts them elsewhere on the site."""

_PLAIN = Markup('<circle r="10.5"/>')
"""The shape of a mark that has none of its own: its character tells it apart."""

_MARK = Markup(
    '<g id="cb-s-{kind}" class="cb-s cb-s--{kind}">{outline}<text y="4.5">{character}</text></g>'
)
_SHAPES = Markup(
    '<svg class="cb-shapes" width="0" height="0" aria-hidden="true"><defs>'
    '<path id="cb-s-hex" d="M0-34 29-17V17L0 34-29 17V-17z"/>'
    '<rect id="cb-s-tile" width="{width}" height="{height}" rx="4"/>{marks}</defs></svg>'
)


def shapes(characters: Mapping[str, str]) -> Markup:
    """Return the shapes that the drawings of a page use; they stand once on the page.

    `characters`: the character of each mark.
    """
    marks = [
        _MARK.format(kind=kind, outline=_OUTLINES.get(kind, _PLAIN), character=character)
        for kind, character in characters.items()
    ]
    return _SHAPES.format(width=TILE_WIDTH - 8, height=TILE_HEIGHT - 8, marks=joined(marks))
