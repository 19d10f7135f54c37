"""The server of `casebook edit`: for the browser of this machine, and for who knows the token.

Every address begins with a random token, so that no other page can guess one. A request must name
this machine as its host, which a name that was led here (DNS rebinding) does not; and one that changes
or asks on behalf of a page must come from a page of this server, as its `Origin` says.
"""

from __future__ import annotations

import json
import secrets
import threading
import traceback
from collections.abc import Callable
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

from casebook_site.base.audience import Audience
from casebook_site.base.problems import ContentError, UserError, render_text
from casebook_site.base.rendering import Renderer, templates_dir
from casebook_site.webapp.forms.fields import BadFormError, Posted
from casebook_site.webapp.forms.pages import form_page, list_page, problem_rows, suggestions
from casebook_site.webapp.forms.workbench import GoneError, Outcome, Workbench
from casebook_site.webapp.preview.local import LocalHandler, served_file
from casebook_site.webapp.preview.serving import Preview

HOST = "127.0.0.1"

MAX_BODY = 2_000_000
"""Bytes that a form may send."""

_ASSETS = {"edit.css": "text/css; charset=utf-8", "edit.js": "text/javascript; charset=utf-8"}

_FORM_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    # With `no-referrer` a browser would send `Origin: null` for our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_PREVIEW_HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
}


def serve_forms(
    config_file: Path,
    *,
    audience: Audience | None,
    port: int,
    tell: Callable[[str], None],
    show: Callable[[str], Any],
) -> None:
    """Serves the form until it is interrupted.

    `port`: 0 for a free one; `tell` gets lines for the terminal, `show` the address once it answers.
    Raises `OSError` where the port is taken, `SettingsError` for bad settings.
    """
    preview = Preview(config_file, audience, tell)
    server = FormServer(port, Workbench(preview))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    tell(
        f"打开 {server.address} 填写记录；按 Ctrl+C 结束。这个网址只在这台电脑上有用，不要发给别人。"
    )
    show(server.address)
    try:
        preview.follow()
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
        server.bench.close()


class FormServer(ThreadingHTTPServer):
    """Answers the pages of one workbench."""

    daemon_threads = True

    def __init__(self, port: int, bench: Workbench) -> None:
        self.bench = bench
        self.renderer = Renderer()
        self.token = secrets.token_urlsafe(18)
        super().__init__((HOST, port), _Handler)

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:port`."""
        return f"http://{HOST}:{self.server_port}"

    @property
    def base(self) -> str:
        """Path of the first page."""
        return f"/{self.token}/"

    @property
    def address(self) -> str:
        """Address of the first page."""
        return self.origin + self.base


class Message(NamedTuple):
    """A page that says why there is no other."""

    text: str
    base: str
    """Where all records are; empty where whoever asks must not know."""


class _Refusal(Exception):
    """A request that gets no page: status and what to say."""

    def __init__(self, status: HTTPStatus, text: str) -> None:
        super().__init__(text)
        self.status = status


class _Handler(LocalHandler):
    server: FormServer

    def do_GET(self) -> None:
        self._guarded(self._get)

    do_HEAD = do_GET

    def do_POST(self) -> None:
        self._guarded(self._post)

    # --- who may ask ------------------------------------------------------------------------------

    def _guarded(self, dispatch: Callable[[list[str], str], None]) -> None:
        try:
            steps, query = self._asked()
            dispatch(steps, query)
        except _Refusal as refusal:
            self._message(refusal.status, str(refusal))
        except GoneError as error:
            self._message(HTTPStatus.NOT_FOUND, str(error))
        except ContentError as error:
            self._message(HTTPStatus.CONFLICT, render_text(error.problems))
        except UserError as error:
            self._message(HTTPStatus.CONFLICT, str(error))
        except Exception:  # a fault of the program: the form must stay open
            traceback.print_exc()
            self._message(HTTPStatus.INTERNAL_SERVER_ERROR, "程序出错了，没有保存。终端里有说明。")

    def _asked(self) -> tuple[list[str], str]:
        """The steps of the path behind the token, and the query; raises `_Refusal` for strangers."""
        if self.headers.get("Host") != f"{HOST}:{self.server.server_port}":
            raise _Refusal(HTTPStatus.FORBIDDEN, "地址不对：请用终端里显示的网址。")
        origin = self.headers.get("Origin") or self._origin_of_referer()
        if origin != self.server.origin and (origin or self.command == "POST"):
            raise _Refusal(HTTPStatus.FORBIDDEN, "别的网页不能读写这里的记录。")
        address = urlsplit(self.path)
        token, _, path = address.path.removeprefix("/").partition("/")
        if not secrets.compare_digest(token.encode(), self.server.token.encode()):
            raise _Refusal(HTTPStatus.FORBIDDEN, "网址不全或已过期：请用终端里最新显示的网址。")
        return [unquote(step) for step in path.split("/")], address.query

    def _origin_of_referer(self) -> str:
        """What old browsers tell instead of `Origin` when they send a form."""
        address = urlsplit(self.headers.get("Referer", "") if self.command == "POST" else "")
        return f"{address.scheme}://{address.netloc}" if address.netloc else ""

    # --- pages ------------------------------------------------------------------------------------

    def _get(self, steps: list[str], query: str) -> None:
        bench = self.server.bench
        asked = {name: texts[0] for name, texts in parse_qs(query).items()}
        match steps:
            case [""]:
                self._list(asked)
            case ["edit", kind, id] if kind in bench.schema and id:
                self._opened(kind, id, saved=asked.get("saved") == "1")
            case ["new", kind] if kind in bench.creatable:
                self._opened(kind, "")
            case ["new"] if asked.get("kind") in bench.creatable:
                self._to(f"new/{asked['kind']}")
            case ["names"]:
                self._json(suggestions(bench, asked.get("kind", ""), asked.get("q", "")))
            case ["state", tab]:
                self._json(bench.state(tab))
            case ["preview", tab, *path]:
                self._preview(tab, "/".join(path))
            case ["static", name] if name in _ASSETS:
                content = (templates_dir() / "edit" / name).read_bytes()
                self.answer(content, _ASSETS[name], headers=_FORM_HEADERS)
            case _:
                raise _Refusal(HTTPStatus.NOT_FOUND, "没有这一页。")

    def _list(self, asked: dict[str, str]) -> None:
        page = asked.get("page", "1")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        kind = asked.get("kind", "")
        view = list_page(
            self.server.bench, self.server.base, asked.get("q", ""), kind if kind in self.server.bench.schema else "", number
        )  # fmt: skip
        self._page("edit/list.html", view)

    def _opened(self, kind: str, id: str, *, saved: bool = False) -> None:
        tab, form = self.server.bench.open(kind, id)
        view = form_page(self.server.bench, self.server.base, tab, form, saved=saved)
        self._page("edit/form.html", view)

    def _preview(self, tab: str, path: str) -> None:
        snapshot = self.server.bench.tab(tab).snapshot
        if snapshot is None:
            raise _Refusal(HTTPStatus.NOT_FOUND, "这一页还没有做出来。")
        content, kind, status = served_file(snapshot, path)
        self.answer(content, kind, status, _PREVIEW_HEADERS)

    # --- forms ------------------------------------------------------------------------------------

    def _post(self, steps: list[str], query: str) -> None:
        bench = self.server.bench
        match steps:
            case ["check", tab]:
                outcome = bench.check(tab, self._posted())
                page = bench.tab(tab).page if bench.tab(tab).snapshot else ""
                self._json(
                    {**problem_rows(outcome.key, outcome.verdict), "page": page, **bench.state(tab)}
                )
            case ["save", tab]:
                posted = self._posted()
                self._saved(tab, posted, bench.save(tab, posted))
            case ["leave", tab]:
                bench.leave(tab)
                self.answer(b"", "text/plain")
            case _:
                raise _Refusal(HTTPStatus.NOT_FOUND, "没有这一页。")

    def _saved(self, tab: str, posted: Posted, outcome: Outcome) -> None:
        if outcome.saved:
            self._to(f"edit/{outcome.key.kind}/{quote(outcome.key.id)}?saved=1")
            return
        view = form_page(
            self.server.bench, self.server.base, tab, outcome.form, verdict=outcome.verdict,
            theirs=outcome.theirs, stale=outcome.stale, id_control=posted.text("id"),
        )  # fmt: skip
        status = HTTPStatus.CONFLICT if outcome.stale else HTTPStatus.UNPROCESSABLE_ENTITY
        self._page("edit/form.html", view, status)

    def _posted(self) -> Posted:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or int(length) > MAX_BODY:
            self.close_connection = True
            raise _Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "填得太多，收不下。")
        try:
            return Posted.parse(self.rfile.read(int(length)))
        except BadFormError:
            raise _Refusal(HTTPStatus.BAD_REQUEST, "表单读不懂。") from None

    # --- answers ----------------------------------------------------------------------------------

    def _page(self, template: str, view: Any, status: HTTPStatus = HTTPStatus.OK) -> None:
        page = self.server.renderer.render(template, view).encode()
        self.answer(page, "text/html; charset=utf-8", status, _FORM_HEADERS)

    def _message(self, status: HTTPStatus, text: str) -> None:
        known = status not in (HTTPStatus.FORBIDDEN, HTTPStatus.BAD_REQUEST)
        view = Message(text, self.server.base if known else "")
        self._page("edit/message.html", view, status)

    def _json(self, value: Any) -> None:
        content = json.dumps(value, ensure_ascii=False).encode()
        self.answer(content, "application/json; charset=utf-8", headers=_FORM_HEADERS)

    def _to(self, path: str) -> None:
        self.answer(b"", "text/plain", HTTPStatus.SEE_OTHER, {"Location": self.server.base + path})
