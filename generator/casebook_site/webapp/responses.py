"""Answers, and the headers that bind what a browser may do with them."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from http import HTTPStatus
from typing import Any, NamedTuple

from werkzeug.wrappers import Response

from casebook_site.base.templates import Renderer, Template
from casebook_site.model.urls import media_path
from casebook_site.outputs.page_template import ThemeCapture

FORM_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

MEDIA_POLICY = (
    "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""For files that others have made: one that is opened by itself runs nothing and belongs to no origin."""

PDF_POLICY = "script-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""Browsers show no PDF in a sandbox."""

_INLINE = re.compile(rb"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_NO_SCRIPT = re.compile(
    rb"""\ssrc\s*=|\stype\s*=\s*["']?(?!text/javascript|module)""", re.IGNORECASE
)


class Message(NamedTuple):
    """A page that says why there is no other."""

    text: str
    base: str
    """Where all records are; empty where whoever asks must not know."""


MESSAGE = Template("edit/message.html", Message)


def respond(
    content: bytes | str, media_type: str, status: int = HTTPStatus.OK, *, policy: str = FORM_POLICY
) -> Response:
    """Return an answer that no browser keeps, guesses the type of, or tells others the address of."""
    response = Response(content, status, content_type=media_type)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = policy
    # With `no-referrer` a browser would send `Origin: null` for our own forms.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def html(content: bytes | str, status: int = HTTPStatus.OK) -> Response:
    """Return a page of the form."""
    return respond(content, "text/html; charset=utf-8", status)


def as_json(value: Any) -> Response:
    """Return a value for a script of the form."""
    return respond(json.dumps(value, ensure_ascii=False), "application/json; charset=utf-8")


def see_other(path: str, status: int = HTTPStatus.SEE_OTHER) -> Response:
    """Return an answer that leads to another path."""
    response = respond(b"", "text/plain; charset=utf-8", status)
    response.headers["Location"] = path
    response.autocorrect_location_header = False
    return response


def message(renderer: Renderer, status: int, text: str, base: str = "") -> Response:
    """Return the page that says why there is no other. `base`: see `Message`."""
    return html(renderer.render(MESSAGE, Message(text, base)), status)


def policy_of_file(path: str, media_type: str, site_policy: str) -> str:
    """Return the policy of a file of a site."""
    if media_type == "application/pdf":
        return PDF_POLICY
    return MEDIA_POLICY if path.startswith(media_path("")) else site_policy


def site_policy(capture: ThemeCapture) -> str:
    """Return the policy of a site's pages, as docs/HOSTING.md has it for servers.

    The theme's own inline scripts and styles are allowed by their hashes, those of records are not.
    """
    templates = [*capture.templates.values(), *(page.template for page in capture.pages)]
    pieces = [piece for template in templates for piece in template.pieces]
    files = (content for path, content in capture.files.items() if path.endswith(".html"))
    hashes = _inline_hashes((*dict.fromkeys(pieces), *files))
    scripts, styles = (" ".join(("'self'", *hashes[tag])) for tag in ("script", "style"))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data:; "
        "font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )


def _inline_hashes(pages: Iterable[bytes]) -> dict[str, list[str]]:
    """Return tag → the hashes of what pages bring inside it, as a policy names them."""
    found: dict[str, dict[str, None]] = {"script": {}, "style": {}}
    for page in pages:
        for tag, attributes, content in _INLINE.findall(page):
            if tag.lower() == b"style" or not _NO_SCRIPT.search(attributes):
                digest = b64encode(sha256(content).digest()).decode()
                found[tag.decode().lower()][f"'sha256-{digest}'"] = None
    return {tag: sorted(hashes) for tag, hashes in found.items()}
