"""A bundle as one HTML file, which chat programs pass on and phones open without unpacking."""

from __future__ import annotations

import base64
import mimetypes
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from markupsafe import Markup

from casebook_site.base.problems import SettingsError
from casebook_site.base.templates import Template
from casebook_site.model.scopes import Scope
from casebook_site.model.urls import HOME
from casebook_site.outputs.bundles.contents import BundleContent
from casebook_site.outputs.bundles.layout import ABOUT, CHECK, FOLDER, inner
from casebook_site.outputs.bundles.making import BundleBuilder
from casebook_site.outputs.bundles.manifest import Manifest
from casebook_site.outputs.bundles.sharing import Shared
from casebook_site.outputs.bundles.zips import write_beside
from casebook_site.outputs.page_template import PageTemplate, ThemeCapture

LARGEST = 3_000_000
"""Bytes. Chat programs pass on more, but old phones take long to lay it out."""

_BARE = PageTemplate((b"", b"\0", b""), ("title", "body"))
"""What is left of a page: title and body."""

_ATTRIBUTE = re.compile(r'(?<=\s)(id|for|aria-labelledby|href|src)="([^"]*)"')
_LOADING = re.compile(r"<(script|form)\b[^>]*>.*?</\1>|<link\b[^>]*>", re.DOTALL)
"""What loads something, and forms: there is no script to answer them."""
_STYLES = ("casebook.css", "offline.css", "map.css")


@dataclass(frozen=True, slots=True)
class SinglePage:
    """One page within the file."""

    anchor: str
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class SingleView:
    """The whole file."""

    manifest: Manifest
    pages: tuple[SinglePage, ...]
    styles: Markup
    home: str
    about: str


SINGLE = Template("bundle/single.html", SingleView)


def write_single(builder: BundleBuilder, scope: Scope, target: Path) -> Manifest:
    """Write the bundle of a scope as one file; raise where it would be too large."""
    capture = builder.capture
    bare = ThemeCapture(
        dict.fromkeys(capture.templates, _BARE),
        [replace(page, template=PageTemplate((b"\0", b""), ("body",))) for page in capture.pages],
        capture.files,
    )
    bundle = replace(builder, capture=bare, shared=Shared(), websites={}, alone=True).bundle(scope)
    text = builder.renderer.render(SINGLE, _view(bundle.manifest, bundle.files))
    raw = text.encode()
    if len(raw) > LARGEST:
        raise SettingsError(
            f"“{scope}”做成单个文件有 {len(raw) / 1e6:.1f} MB，超过 {LARGEST / 1e6:.0f} MB 的上限。"
            "换小一些的范围，或者做成 zip。"
        )
    write_beside(target, lambda beside: _write(beside, raw))
    return bundle.manifest


def _write(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)


def _view(manifest: Manifest, files: Mapping[str, BundleContent]) -> SingleView:
    texts = {
        path.removeprefix(f"{FOLDER}/"): content.raw.decode()
        for path, content in files.items()
        if path.startswith(f"{FOLDER}/") and path.endswith(".html") and path != inner(CHECK)
    }
    whole = {path: text for path, text in texts.items() if "\0" in text}
    order = [HOME, ABOUT, *(path for path in whole if path not in (HOME, ABOUT))]
    anchors = {path: f"p{number}" for number, path in enumerate(order)}
    pages = []
    for path in order:
        title, _, body = whole[path].partition("\0")
        body = _LOADING.sub("", body)
        body = _Linker(path, anchors, files).rewritten(body)
        pages.append(SinglePage(anchors[path], title, Markup(body)))
    styles = "".join(
        files[inner(f"assets/casebook/{name}")].raw.decode()
        for name in _STYLES
        if inner(f"assets/casebook/{name}") in files
    )
    return SingleView(manifest, tuple(pages), Markup(styles), anchors[HOME], anchors[ABOUT])


@dataclass(frozen=True)
class _Linker:
    """Turns the addresses on one page into places within the file."""

    page: str
    anchors: Mapping[str, str]
    files: Mapping[str, BundleContent]

    def rewritten(self, body: str) -> str:
        """Return the page's body with its addresses rewritten for a single file.

        Attributes are found by their double quotes, which our templates and Markdown
        write.
        """
        return _ATTRIBUTE.sub(self._attribute, body)

    def _attribute(self, match: re.Match[str]) -> str:
        name, value = match[1], match[2]
        if name in ("href", "src"):
            return f'{name}="{self._address(value)}"'
        own = self.anchors[self.page]
        return f'{name}="{" ".join(f"{own}-{word}" for word in value.split())}"'

    def _address(self, address: str) -> str:
        if re.match(r"[a-z]+:", address):
            return address
        path, _, fragment = address.partition("#")
        target = self.page
        if path:
            folder = posixpath.dirname(self.page)
            target = posixpath.normpath(posixpath.join(folder, unquote(path)))
        if target in self.anchors:
            anchor = self.anchors[target]
            return f"#{anchor}-{fragment}" if fragment else f"#{anchor}"
        held = self.files.get(inner(target))
        if held is None or target.endswith(".html"):
            return f"#{self.anchors[HOME]}"
        kind = mimetypes.guess_type(target)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(held.raw).decode()}"
