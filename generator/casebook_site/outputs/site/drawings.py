"""Small flat drawings of the categories, where there is no photo. Made for this program.

Drawn in the category's own colour, which the sheet of styles sets, in three strengths; `paper` is
what is cut out of it. A category of a site's own has the open book.
"""

from __future__ import annotations

from markupsafe import Markup

_OPEN = '<svg class="cb-drawing" viewBox="0 0 120 64" aria-hidden="true">'
_GROUND = '<path opacity=".3" d="M0 60h120v4H0z"/>'

_INNER = {
    # A memorial on its steps, between trees, under a star.
    "party_spirit": (
        '<path opacity=".22" d="M14 60V38a12 12 0 0 1 24 0v22zM82 60V38a12 12 0 0 1 24 0v22z"/>'
        '<path opacity=".45" d="M36 54h48v6H36z"/><path opacity=".7" d="M43 48h34v6H43z"/>'
        '<path d="M53 48l3-31h8l3 31zM60 1l2 5.6h6L63.2 10l1.9 5.7L60 12.2l-5.1 3.5 1.9-5.7L52 6.6h6z"/>'
    ),
    # Two houses, a hill behind them and furrows before.
    "village": (
        '<path opacity=".22" d="M0 60Q30 10 62 44Q88 16 120 60z"/>'
        '<path opacity=".6" d="M22 60V38h34v22zM66 60V42h30v18z"/>'
        '<path d="M16 39l23-17 23 17zM61 43l20-14 20 14z"/>'
        '<path class="cb-drawing__paper" d="M34 60V47h9v13zM76 60V49h8v11z"/>'
    ),
    # Greenhouses under the sun, and the rows that grow in them.
    "industry": (
        '<circle opacity=".45" cx="98" cy="14" r="8"/>'
        '<path opacity=".22" d="M4 60V44a17 17 0 0 1 34 0v16z"/>'
        '<path opacity=".45" d="M34 60V40a20 20 0 0 1 40 0v20z"/>'
        '<path opacity=".8" d="M68 60V44a20 20 0 0 1 44 0v16z"/>'
        '<path class="cb-drawing__paper" d="M53 20h2v40h-2zM34 40h40v2H34zM89 25h2v35h-2zM68 44h44v2H68z"/>'
    ),
    # A wheel, and a spanner across it.
    "skills": (
        '<circle opacity=".3" cx="50" cy="32" r="21"/>'
        '<path opacity=".55" d="M46 4h8v9h-8zM46 51h8v9h-8zM22 28h9v8h-9zM69 28h9v8h-9zM28 13l6-6 6 7-6 6zM60 50l6-6 7 6-6 7zM60 14l7-7 6 6-7 7zM27 50l7-6 6 6-7 7z"/>'
        '<circle class="cb-drawing__paper" cx="50" cy="32" r="9"/>'
        '<path d="M108 14a11 11 0 0 1-15 11L62 56a5 5 0 0 1-7-7l31-31A11 11 0 0 1 97 3l-6 7 2 6 6 2z"/>'
    ),
    # A pair of scales, even.
    "cautionary": (
        '<path opacity=".45" d="M42 54h36v6H42z"/>'
        '<path d="M58 10h4v44h-4zM24 14h72v4H24z"/><circle cx="60" cy="9" r="5"/>'
        '<path opacity=".5" d="M27 17l11 23H16zM93 17l11 23H82z"/>'
        '<path opacity=".9" d="M12 40h30a15 11 0 0 1-30 0zM78 40h30a15 11 0 0 1-30 0z"/>'
        '<path class="cb-drawing__paper" d="M27 22l8 16H19zM93 22l8 16H85z"/>'
    ),
}
_BOOK = (
    '<path opacity=".5" d="M12 14q24-8 48 2v40q-24-10-48-2z"/>'
    '<path opacity=".8" d="M108 14q-24-8-48 2v40q24-10 48-2z"/>'
)


def drawing_of(category: str) -> Markup:
    """Return the drawing of a category, as an SVG element that says nothing to a screen reader."""
    inner = _INNER.get(category, _BOOK)
    return Markup(_OPEN + inner + _GROUND + "</svg>")
