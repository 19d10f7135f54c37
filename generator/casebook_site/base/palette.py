"""The colours of all that is made: paper white, one deep red, gold for rules only.

Style sheets, pages that stand alone, drawings, PDF and Word read them here. The colours of choices
stand in their vocabularies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Colour(NamedTuple):
    """A colour by its name in style sheets, `var(--cb-name)`."""

    name: str
    light: str
    """On white paper: `#rrggbb`, or another colour as `var(--cb-name)`."""
    dark: str = ""
    """On a dark screen; empty where it is the same."""


PALETTE = (
    Colour("paper", "#fbf9f4", "#1b1917"),
    Colour("sheet", "#fffefb", "#23201d"),
    Colour("tint", "#f4eee2", "#2a2622"),
    Colour("ink", "#23201c", "#e9e3d9"),
    Colour("soft", "#5d564d", "#b6aea2"),
    Colour("line", "#ddd5c6", "#46403a"),
    Colour("edge", "#8d8474"),  # around what is filled in
    Colour("gold", "#b08d3c", "#b8984f"),
    Colour("red", "#8f1a1d", "#f2a29c"),
    Colour("filled", "var(--cb-red)", "#b5383b"),  # a red area, with white on it
    Colour("white", "#ffffff"),
    Colour("on-mark", "var(--cb-white)", "var(--cb-paper)"),
    Colour("found", "#f3e2b0", "#5c4a1c"),  # behind words that were searched for
    # What a check has found; behind it, where it is said in a box.
    Colour("good", "#3b6b35", "#97cc8f"),
    Colour("doubtful", "#7d5a12", "#dfbb74"),
    Colour("good-tint", "#eef3e8", "#22301f"),
    Colour("bad-tint", "#f8e9e5", "#3a2321"),
    # Groups of counties on the map.
    Colour("tint-0", "#efe8da", "#332d24"),
    Colour("tint-1", "#e6e8de", "#2a2f27"),
    Colour("tint-2", "#eee3dc", "#352a27"),
    Colour("tint-3", "#e2e6e7", "#272e31"),
    Colour("tint-4", "#e9e4ec", "#302a33"),
)

_NAMED = re.compile(r"var\(--cb-([a-z0-9_-]+)\)")


def on_paper(colours: Iterable[Colour] = PALETTE) -> dict[str, str]:
    """Return name → `#rrggbb` on white paper, for what knows no names of colours."""
    known = {colour.name: colour.light for colour in (*PALETTE, *colours)}
    return {
        name: known[found[1]] if (found := _NAMED.fullmatch(value)) else value
        for name, value in known.items()
    }


def painted(text: str, colours: Iterable[Colour] = ()) -> str:
    """Return text with each `var(--cb-name)` replaced by that colour on white paper.

    `colours`: further ones than the palette's. Raises `KeyError` for an unknown name.
    """
    known = on_paper(colours)
    return _NAMED.sub(lambda match: known[match[1]], text)


def for_site(colours: Iterable[Colour] = ()) -> str:
    """Return the rules that name the colours on pages of the site, light and dark.

    `colours`: further ones than the palette's. Paper is white whatever the screen was.
    """
    named = (*PALETTE, *colours)
    light, dark = _declared(named, dark=False), _declared(named, dark=True)
    return (
        f"[data-md-color-scheme] {{\n{light}}}\n\n@media screen {{\n"
        f'[data-md-color-scheme="slate"] {{\n  color-scheme: dark;\n{dark}}}\n}}\n'
    )


def for_page() -> str:
    """Return the rules that name the colours on a page by itself, which follows the system."""
    light, dark = _declared(PALETTE, dark=False), _declared(PALETTE, dark=True)
    return (
        f":root {{\n  color-scheme: light dark;\n{light}}}\n\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n:root {{\n{dark}}}\n}}\n"
    )


def _declared(colours: Iterable[Colour], *, dark: bool) -> str:
    """Return a declaration a line; of the dark ones only those that differ from the light."""
    values = ((colour.name, colour.dark if dark else colour.light) for colour in colours)
    return "".join(f"  --cb-{name}: {value};\n" for name, value in values if value)
