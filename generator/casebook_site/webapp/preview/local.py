"""Answers over HTTP to the browser of this machine, and to nobody else."""

from __future__ import annotations

import mimetypes
import traceback
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer
from typing import Any

from casebook_site.engine.on_demand import Snapshot
from casebook_site.engine.publish import MARK
from casebook_site.model.urls import HOME

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class LocalHandler(BaseHTTPRequestHandler):
    """What every server for one's own browser needs."""

    server: TCPServer

    def is_for_us(self) -> bool:
        """Whether a page of another site has not led a browser here under that site's name."""
        name = self.headers.get("Host", "").rpartition(":")[0]
        return name in _LOOPBACK or str(self.server.server_address[0]) not in _LOOPBACK

    def answer(
        self,
        content: bytes,
        kind: str,
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Sends a whole answer of the media type `kind`; nothing is kept by the browser."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Says nothing: the terminal is for changes and problems."""


def served_file(snapshot: Snapshot, name: str) -> tuple[bytes, str, HTTPStatus]:
    """A file of a site by its path (a folder means its home page): content, media type, status."""
    if name.endswith("/") or not name:
        name += HOME
    status = HTTPStatus.OK
    try:
        content = snapshot.file(name)
        if content is None:
            status, name = HTTPStatus.NOT_FOUND, MARK
            content = snapshot.file(MARK) or b"404"
    except Exception:  # shown to the one who is writing the template or the record
        status, name = HTTPStatus.INTERNAL_SERVER_ERROR, "error.html"
        content = _failure()
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))
    return content, f"{kind}; charset=utf-8" if text else kind, status


def _failure() -> bytes:
    text = traceback.format_exc().replace("&", "&amp;").replace("<", "&lt;")
    return f"<!doctype html><title>出错</title><body><h1>这一页做不出来</h1><pre>{text}</pre></body>".encode()
