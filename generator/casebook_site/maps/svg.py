"""What all drawings of the maps share: how a drawing opens, its notice, and how it becomes a file.

Markup is put together with `Markup.format`, which escapes every value that is no markup itself.
"""

from __future__ import annotations

from markupsafe import Markup

NOTICE = "示意图，不表示行政区域界线"
"""Stands on every schematic drawing. A drawing without boundary lines needs no review number."""

MARGIN = 4

_OPEN = Markup(
    '<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    ' role="group" aria-label="{title}">'
)
_NOTICE = Markup('<text class="cb-svg-notice" x="{x}" y="{y}">{text}</text>')
_FILE = Markup("{head}><style>{style}</style><defs>{used}</defs>{inner}")


def drawn(kind: str, size: tuple[int, int], title: str, parts: Markup) -> Markup:
    """Return a schematic drawing as an SVG element, with the notice below it.

    `kind`: its class; `size`: width and height; `title`: what a screen reader says of it.
    """
    width, height = size
    start = _OPEN.format(kind=kind, width=width, height=height, title=title)
    notice = _NOTICE.format(x=MARGIN, y=height - 8, text=NOTICE)
    return start + parts + notice + Markup("</svg>")


def joined(parts: list[Markup]) -> Markup:
    """Return pieces of markup as one."""
    return Markup("").join(parts)


def standalone(drawing: Markup, style: str, defs: Markup = Markup()) -> str:  # noqa: B008
    """Return a drawing as an SVG file for print, with its colours and shapes.

    `style`: rules for the drawing's classes; `defs`: what `marks.shapes` gave.
    """
    start, inner = str(drawing).split(">", 1)
    used = defs.partition("<defs>")[2].partition("</defs>")[0]
    head = start.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return _FILE.format(
        head=Markup(head), style=Markup(style), used=Markup(used), inner=Markup(inner)
    )
