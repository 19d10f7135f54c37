"""The socket and the threads: what serves the application to a browser of this machine."""

from __future__ import annotations

import socket
import socketserver
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from casebook_site.base.audience import Audience
from casebook_site.base.problems import SettingsError
from casebook_site.base.system_errors import reason_of
from casebook_site.base.templates import templates_dir
from casebook_site.engine.changes import Changes, Watch
from casebook_site.webapp.access import FormAccess, local_names
from casebook_site.webapp.app import WebApp
from casebook_site.webapp.form_routes import FormRoutes
from casebook_site.webapp.live_site import LiveSite
from casebook_site.webapp.record_editor import RecordEditor
from casebook_site.webapp.site_routes import SiteRoutes

HOST = "127.0.0.1"

MAX_PORT = 65535

PATIENCE = 20.0
"""Seconds after which a page that waits for changes is told that there are none."""

COURTESY = 0.2
"""Seconds between showing a change and checking everything: the browser asks for its page now."""

TIMEOUT = 30.0
"""Seconds that a browser may take between two parts of a request."""

Tell = Callable[[str], None]


def serve_site(
    config_file: Path, *, audience: Audience | None, address: str | None, tell: Tell
) -> None:
    """Serve the preview of a site until it is interrupted.

    `address`: `host:port`, else what `mkdocs.yml` says; `tell` gets lines for the terminal.
    Raises `SettingsError` for bad settings, and for an address that cannot be had.
    """
    wanted = parse_address(address) if address else None
    site = LiveSite(config_file, audience, tell)
    host, port = wanted or parse_address(site.address)
    server = site_server(site, host, port)
    tell(f"打开 {server.origin}{site.base} 看预览；按 Ctrl+C 结束。")
    server.serve_until_interrupted()


def serve_forms(
    config_file: Path,
    *,
    audience: Audience | None,
    port: int,
    tell: Tell,
    show: Callable[[str], Any],
) -> None:
    """Serve the form until it is interrupted.

    `port`: 0 for a free one; `tell` gets lines for the terminal, `show` the address once it answers.
    Raises `SettingsError` for bad settings, and for a port that cannot be had.
    """
    site = LiveSite(config_file, audience, tell)
    editor = RecordEditor(site)
    try:
        server, access = form_server(editor, port)
        tell(
            f"打开 {access.address} 填写记录；按 Ctrl+C 结束。这个网址只在这台电脑上有用，不要发给别人。"
        )
        server.serve_until_interrupted(lambda: show(access.address))
    finally:
        editor.close()


def parse_address(text: str) -> tuple[str, int]:
    """Return host and port of `host:port`; raise `SettingsError` for anything else."""
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()):
        raise SettingsError(f"地址“{text}”写法不对，写作 127.0.0.1:8000。")
    if len(port) > 5 or int(port) > MAX_PORT:
        raise SettingsError(f"地址“{text}”的端口太大：最大 {MAX_PORT}，写作 127.0.0.1:8000。")
    return host, int(port)


def site_server(site: LiveSite, host: str, port: int) -> LocalServer:
    """Return the server of a preview; raise `SettingsError` if the address cannot be had."""
    follower = Follower(site)
    try:
        server = LocalServer(host, port, follower)
    except (OSError, UnicodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "找不到这个地址"
        raise SettingsError(
            f"预览开不起来（{reason}）：换一个端口，如 -a 127.0.0.1:8001。"
        ) from None
    routes = SiteRoutes(site, names=local_names(host), after=follower.after)
    server.set_app(WebApp(site=routes))
    return server


def form_server(editor: RecordEditor, port: int) -> tuple[LocalServer, FormAccess]:
    """Return the server of a form, and who may ask it; raise `SettingsError` if the port is taken."""
    try:
        server = LocalServer(HOST, port, Follower(editor.site))
    except OSError as error:
        raise SettingsError(
            f"开不起来（{reason_of(error)}）：换一个端口，如 --port 8010。"
        ) from None
    access = FormAccess.of(server.origin)
    server.set_app(WebApp(forms=FormRoutes(editor, access)))
    return server, access


class Follower:
    """Keeps a live site up with its files, and lets requests wait for a change."""

    def __init__(self, site: LiveSite) -> None:
        self._site = site
        self._changed = threading.Condition()
        site.when_shown = self._notify

    def _notify(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def after(self, number: str) -> int:
        """Wait until something else is shown than `number`, but not for long; return its number."""
        with self._changed:
            self._changed.wait_for(lambda: str(self._site.shown.number) != number, PATIENCE)
            return self._site.shown.number

    def follow(self) -> None:
        """Watch the files and show every change, for ever."""
        while True:
            watch = Watch(self._site.settings, self._site.config_file, templates_dir())
            try:
                changes = Changes()
                while not changes.configuration:
                    changes = watch.wait()
                    self._site.take(changes, pause=lambda: time.sleep(COURTESY))
            finally:
                watch.stop()


class LocalServer(socketserver.ThreadingMixIn, WSGIServer):
    """Serves an application, each request in a thread of its own, while files are followed."""

    daemon_threads = True

    def __init__(self, host: str, port: int, follower: Follower) -> None:
        """Take an address; raise `OSError` if it cannot be had."""
        self._host = host
        self._follower = follower
        bare = host.removeprefix("[").removesuffix("]")
        self.address_family = socket.AF_INET6 if ":" in bare else socket.AF_INET
        super().__init__((bare, port), _RequestHandler)

    def server_bind(self) -> None:
        """Take the address, without asking the network what this machine is called."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self._host, self.server_address[1]
        self.setup_environ()

    @property
    def origin(self) -> str:
        """`http://host:port`."""
        return f"http://{self._host}:{self.server_port}"

    def serve_until_interrupted(self, when_ready: Callable[[], Any] = lambda: None) -> None:
        """Answer and follow the files until Ctrl+C; `when_ready` is called once it answers."""
        threading.Thread(target=self.serve_forever, daemon=True).start()
        try:
            when_ready()
            self._follower.follow()
        except KeyboardInterrupt:
            pass
        finally:
            self.shutdown()
            self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that went away; print anything else."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            traceback.print_exc()


class _RequestHandler(WSGIRequestHandler):
    """Reads one request of a connection, and closes it."""

    timeout = TIMEOUT
    error_message_format = "%(code)d 请求读不懂。\n"
    error_content_type = "text/plain; charset=utf-8"

    def parse_request(self) -> bool:
        """Return whether the request can be read; otherwise it has been refused."""
        if not super().parse_request():
            return False
        try:
            address = urlsplit(self.path)
        except ValueError:
            self.send_error(400)
            return False
        if address.scheme and address.netloc:  # as to a proxy
            self.path = urlunsplit(("", "", address.path or "/", address.query, ""))
        return True

    def log_message(self, *_: Any) -> None:
        """Say nothing: the terminal is for changes and problems."""
