"""Small flat drawings of the categories, where there is no photo: `templates/drawings/`.

Drawn for this program in the category's own colour, which the style sheet sets, in three strengths;
`cb-drawing__paper` is what is cut out of it.
"""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from casebook_site.base.templates import templates_dir

OTHER = "open-book"
"""The drawing of a category that has none of its own, as those that a site adds."""


@lru_cache
def drawing_of(category: str) -> Markup:
    """Return the drawing of a category, as an SVG element that says nothing to a screen reader."""
    folder = templates_dir() / "drawings"
    own = folder / f"{category}.svg"
    lines = (own if own.is_file() else folder / f"{OTHER}.svg").read_text("utf-8").split("\n")
    return Markup("".join(line.strip() for line in lines))
