"""Fixed files: of what the theme brings, a bundle holds what its pages load."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from casebook_site.outputs.page_template import ThemeCapture

OURS = "assets/casebook/"
"""Files that our own pages load; which page loads which is known when it is made."""

_ADDRESS = re.compile(r"""(?:href|src)=["']?([^"'\s>#?]+)""")
_CSS_ADDRESS = re.compile(r"""url\(["']?([^"')#?]+)""")


def used_files(capture: ThemeCapture) -> dict[str, bytes]:
    """Files that a page of the capture or a style sheet names, and ours; no sitemap, no source map."""
    found: dict[str, bytes] = {}
    waiting = [path for path in capture.files if path.startswith(OURS)]
    waiting += [path for page, html in _pages(capture) for path in _named(page, html, _ADDRESS)]
    while waiting:
        path = waiting.pop()
        if path in capture.files and path not in found:
            found[path] = capture.files[path]
            if path.endswith(".css"):
                waiting += _named(path, found[path].decode(), _CSS_ADDRESS)
    return dict(sorted(found.items()))


def _pages(capture: ThemeCapture) -> Iterator[tuple[str, str]]:
    """(path of a page, HTML) of templates and of hand-written pages."""
    for key, template in capture.templates.items():
        yield f"{key}.html", b"".join(template.pieces).decode()
    for page in capture.pages:
        yield page.path, b"".join(page.template.pieces).decode() + page.html


def _named(page: str, text: str, address: re.Pattern[str]) -> list[str]:
    folder = posixpath.dirname(page)
    return [posixpath.normpath(posixpath.join(folder, link)) for link in address.findall(text)]


def without_source_maps(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Scripts and styles without the line that names a source map, which is not there."""
    return {path: _SOURCE_MAP.sub(b"", content) for path, content in files.items()}


_SOURCE_MAP = re.compile(rb"(?m)^(?:/\*|//)# sourceMappingURL=[^\n]*\n?")
