"""Style sheets, put together from their parts in `templates/styles/`."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from casebook_site.base.palette import for_page
from casebook_site.base.templates import templates_dir

SITE_SHEETS = {
    "casebook.css": (
        "tokens",
        "base",
        "header",
        "footer",
        "lists",
        "text",
        "marks",
        "figures",
        "charts",
        "parts",
        "tables",
        "phone-tables",
        "sections",
        "indexes",
        "home",
        "phone",
        "reading",
        "print",
        "sheet",
    ),
    "map.css": ("map-drawing", "map-page", "map-print"),
    "search.css": ("search",),
    "planner.css": ("planner",),
    "offline.css": ("offline",),
}
"""A sheet of the site → its parts. A page loads the first, and at most two others."""


def joined(parts: tuple[str, ...]) -> str:
    """Return the parts of a sheet, one after the other."""
    return "\n".join(_part(name) for name in parts)


@cache
def page_style(*parts: str) -> Markup:
    """Return the whole style of a page that stands alone: colours, tokens, and its own parts."""
    return Markup(f"{for_page()}\n{joined(('tokens', *parts))}")


def _part(name: str) -> str:
    return (templates_dir() / "styles" / f"{name}.css").read_text("utf-8")
