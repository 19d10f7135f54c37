"""Pages of a bundle without the theme around them: a script writes it while the page is read.

Header, menus and footer are two thirds of a packed page, and the same on every page of a section.
On the web a server compresses them away; in a zip each page would carry them. A page opened from a
folder may load a script, and what a script writes while the page is being read stands there as if
it had been in the page. Without scripts the text is all there, and a line with the way back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from casebook_site.model.urls import HOME, asset_path, relative
from casebook_site.outputs.page_template import PageTemplate, ThemeCapture

FRAME = asset_path("casebook/frame.js")
"""The script with all that was taken out."""

SHORTEST = 100
"""Bytes of a piece that is worth taking out."""

_FOR_MACHINES = re.compile(
    rb'<meta name="(?:generator|description|robots)"[^>]*>|<link rel="(?:prev|next)"[^>]*>'
)
_UNSLOTTED = re.compile(rb'<meta name="description" content="$')
_MARKUP = re.compile(rb"</title>")
"""Only from here on a piece stands between tags, where a script can stand too."""
_ICON = re.compile(rb'<link rel="icon"[^>]*>')
_OWN_COLOURS = re.compile(rb' data-md-color-(?:primary|accent)="custom"')
"""Tells the theme that the site has colours of its own; no rule of a style sheet asks for it."""
_BODY = re.compile(rb"(<body[^>]*>)")
_SEAMS = re.compile(
    rb'(?<=</header>)|(?=<footer|<nav class="md-|<li class="md-|<label class="md-nav__title|<div class="md-sidebar md-)'
)
"""Where a piece is cut into parts that many pieces share."""


@dataclass
class Slimmer:
    """Takes the theme out of templates, and makes the script that brings it back."""

    _parts: dict[str, int] = field(default_factory=dict)
    """Part → its number."""
    _pieces: dict[tuple[int, ...], int] = field(default_factory=dict)
    """Numbers of the parts of a piece → the piece's number."""

    def capture(self, capture: ThemeCapture) -> ThemeCapture:
        """Return the capture with slim templates; its files are as before."""
        templates = {
            key: self._slim(f"{key}.html", template) for key, template in capture.templates.items()
        }
        pages = [
            replace(page, template=self._slim(page.path, page.template)) for page in capture.pages
        ]
        return ThemeCapture(templates, pages, capture.files)

    def script(self) -> bytes:
        """Return the script that pages load first; `casebook.frame(n)` writes piece n."""
        parts = json.dumps([*self._parts], ensure_ascii=False, separators=(",", ":"))
        pieces = json.dumps([*self._pieces], separators=(",", ":"))
        return (
            "var casebook=casebook||{};"
            f"casebook.frame=(function(){{var parts={parts},pieces={pieces};"
            "return function(number){document.write(pieces[number].map("
            'function(part){return parts[part];}).join(""));};})();\n'
        ).encode()

    def _slim(self, page: str, template: PageTemplate) -> PageTemplate:
        pieces, slots = _without_description(template)
        pieces = _icon_behind_title(pieces)
        slim: list[bytes] = []
        between_tags = False
        for piece in pieces:
            start = b""
            if not between_tags and (found := _MARKUP.search(piece)):
                between_tags = True
                start = piece[: found.end()]
                start += f'<script src="{relative(FRAME, page)}"></script>'.encode()
                piece = piece[found.end() :]
            slim.append(start + b"".join(self._calls(page, piece)) if between_tags else piece)
        return replace(template, pieces=tuple(slim), slots=slots)

    def _calls(self, page: str, piece: bytes) -> Iterator[bytes]:
        """Yield the piece as calls of the script; the body's own tag stays."""
        for stretch in _BODY.split(piece):
            if stretch.startswith(b"<body"):
                yield _OWN_COLOURS.sub(b"", stretch) + _without_scripts(page)
            elif len(stretch) < SHORTEST:
                yield stretch
            else:
                parts = tuple(
                    self._parts.setdefault(part, len(self._parts))
                    for part in (found.decode() for found in _SEAMS.split(stretch))
                )
                number = self._pieces.setdefault(parts, len(self._pieces))
                yield f"<script>casebook.frame({number})</script>".encode()


def _without_description(template: PageTemplate) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """Pieces and slots without what only machines on the web read."""
    pieces = [_FOR_MACHINES.sub(b"", piece) for piece in template.pieces]
    if "description" not in template.slots:
        return tuple(pieces), template.slots
    at = template.slots.index("description")
    before, after = _UNSLOTTED.sub(b"", pieces[at]), pieces[at + 1].removeprefix(b'">')
    return (*pieces[:at], before + after, *pieces[at + 2 :]), (
        *template.slots[:at],
        *template.slots[at + 1 :],
    )


def _icon_behind_title(pieces: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Return the pieces with the icon's link where a script can write it."""
    icon = next((found[0] for piece in pieces if (found := _ICON.search(piece))), b"")
    moved = (_ICON.sub(b"", piece) for piece in pieces)
    return tuple(piece.replace(b"</title>", b"</title>" + icon, 1) for piece in moved)


def _without_scripts(page: str) -> bytes:
    home = relative(HOME, page)
    return (
        f'<noscript><p><a href="{home}">首页</a>　浏览器没有打开脚本，只显示正文。</p></noscript>'
    ).encode()
