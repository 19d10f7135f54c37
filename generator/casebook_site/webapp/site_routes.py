"""The preview's addresses: the files of a site, with a script that loads a page again after a change."""

from __future__ import annotations

import mimetypes
import re
import traceback
from collections.abc import Callable, Collection
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import quote, unquote

from markupsafe import escape
from werkzeug.wrappers import Request, Response

from casebook_site.base.problems import Problem
from casebook_site.base.templates import Renderer, Template, templates_dir
from casebook_site.engine.on_demand import Snapshot
from casebook_site.engine.publish import MARK
from casebook_site.model.urls import HOME
from casebook_site.webapp.access import LOOPBACK, RefusalError, require_name
from casebook_site.webapp.live_site import LiveSite, Shown
from casebook_site.webapp.responses import policy_of_file, respond, see_other

OURS = "_casebook/"
"""Folder of the preview's own addresses, which no site has."""

_BODY = re.compile(rb"<body[^>]*>")


class Banner(NamedTuple):
    """What is wrong, above a page."""

    problems: tuple[Problem, ...]
    stale: bool
    """Whether the page below is of content that was still sound."""


BANNER = Template("preview/problems.html", Banner)


class SiteRoutes:
    """Answers for the pages of a live site."""

    def __init__(
        self,
        site: LiveSite,
        *,
        names: Collection[str] = LOOPBACK,
        after: Callable[[str], int] | None = None,
    ) -> None:
        """Take the site to show.

        `names`: the names of this machine by which it may be asked; empty for any.

        `after`: returns the number of what is shown, once it is another one than is given; without
        it, pages are told at once.
        """
        self._site = site
        self._names = names
        self._after = after or (lambda _: site.shown.number)
        self._renderer = Renderer()

    def respond(self, request: Request) -> Response:
        """Return the answer to a request; raise `RefusalError` for strangers."""
        if self._names:
            require_name(request, self._names)
        if request.method not in ("GET", "HEAD"):
            raise RefusalError(HTTPStatus.METHOD_NOT_ALLOWED, "这里只能看，不能改。")
        base = unquote(self._site.base)
        if not request.path.startswith(base):
            return see_other(self._site.base, HTTPStatus.FOUND)
        return self._file(request.path.removeprefix(base), request.args.get("shown", ""))

    def _file(self, name: str, number: str) -> Response:
        if name == f"{OURS}changes":
            return self._own(str(self._after(number)), "text/plain; charset=utf-8")
        if name == f"{OURS}reload.js":
            script = (templates_dir() / "preview" / "reload.js").read_bytes()
            return self._own(script, "text/javascript; charset=utf-8")
        shown = self._site.shown
        response = file_response(shown.snapshot, name, self._site.policy)
        if response.mimetype == "text/html":
            response.set_data(self._dressed(response.get_data(), shown))
        return response

    def _own(self, content: bytes | str, media_type: str) -> Response:
        """Return an answer of the preview's own."""
        return respond(content, media_type, policy=self._site.policy)

    def _dressed(self, page: bytes, shown: Shown) -> bytes:
        """Return a page with what is wrong at its top, and the script that loads it again."""
        snapshot = shown.snapshot
        if snapshot.problems:
            view = Banner(snapshot.problems, bool(len(snapshot.site.edition)))
            banner = self._renderer.render(BANNER, view).encode()
            page = _BODY.sub(lambda match: match[0] + banner, page, count=1)
        source = escape(f"{quote(self._site.base, safe='/%')}{OURS}reload.js")
        script = f'<script src="{source}" data-number="{shown.number}"></script>'.encode()
        head, end, tail = page.rpartition(b"</body>")
        return head + script + end + tail if end else page + script


def file_response(snapshot: Snapshot, path: str, site_policy: str) -> Response:
    """Return a file of a site by its path; a path that ends with a slash means a home page.

    `site_policy`: what binds its pages; files that others have made have a policy of their own.
    """
    if path.endswith("/") or not path:
        path += HOME
    status = HTTPStatus.OK
    try:
        content = snapshot.file(path)
        if content is None:
            status, path = HTTPStatus.NOT_FOUND, MARK
            content = snapshot.file(MARK) or b"404"
    except Exception:  # shown to the one who is writing the template or the record
        status, path = HTTPStatus.INTERNAL_SERVER_ERROR, "error.html"
        content = _failure()
    media_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    text = media_type.startswith("text/") or media_type.endswith(("json", "xml", "javascript"))
    return respond(
        content,
        f"{media_type}; charset=utf-8" if text else media_type,
        status,
        policy=policy_of_file(path, media_type, site_policy),
    )


def _failure() -> bytes:
    """Return a page with the error that is being handled."""
    return (
        "<!doctype html><title>出错</title><body><h1>这一页做不出来</h1>"
        f"<pre>{escape(traceback.format_exc())}</pre></body>"
    ).encode()
