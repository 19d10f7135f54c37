"""A server of pages for one's own browser, which loads them again when content changes."""

from __future__ import annotations

import re
import threading
import time
import traceback
from collections.abc import Callable
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from casebook_site.base.audience import Audience
from casebook_site.base.problems import Problem, SettingsError, UserError, render_text
from casebook_site.base.rendering import Renderer, templates_dir
from casebook_site.base.settings import Settings
from casebook_site.engine.changes import Changes, Watch
from casebook_site.engine.content import LiveContent
from casebook_site.engine.on_demand import Snapshot
from casebook_site.kinds import program_schema
from casebook_site.mkdocs_adapter.config import open_site
from casebook_site.model.catalog import Catalog
from casebook_site.model.editions import select
from casebook_site.outputs.site.files import site_renderer
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.sections import sections_of
from casebook_site.webapp.preview.local import LocalHandler, served_file

OURS = "_casebook/"
"""Folder of the server's own addresses, which no site has."""

PATIENCE = 20.0
"""Seconds after which a page that waits for changes is told that there are none."""

COURTESY = 0.2
"""Seconds between showing a change and checking everything: the browser asks for its page now."""

_BODY = re.compile(rb"<body[^>]*>")


def serve_site(
    config_file: Path,
    *,
    audience: Audience | None,
    address: str | None,
    tell: Callable[[str], None],
) -> None:
    """Serves the preview of a site until it is interrupted.

    `address`: `host:port`, else what `mkdocs.yml` says; `tell` gets lines for the terminal.
    Raises `OSError` where the address is taken, `SettingsError` for bad settings.
    """
    preview = Preview(config_file, audience, tell)
    host, _, port = (address or preview.address).rpartition(":")
    if not host or not port.isdecimal():
        raise SettingsError(f"地址“{address}”写法不对，写作 127.0.0.1:8000。")
    server = Server((host, int(port)), preview)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    tell(f"打开 http://{host}:{port}{preview.base} 看预览；按 Ctrl+C 结束。")
    try:
        preview.follow()
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


class Shown(NamedTuple):
    """What the server shows now."""

    number: int
    """Counts the changes, so that an open page knows whether it is behind."""
    snapshot: Snapshot


class Banner(NamedTuple):
    """What is wrong, above a page."""

    problems: tuple[Problem, ...]
    stale: bool
    """Whether the page below is of content that was still sound."""


class Preview:
    """The state of the site, mended after every change of its files."""

    def __init__(
        self, config_file: Path, audience: Audience | None, tell: Callable[[str], None]
    ) -> None:
        self._config_file = config_file
        self._audience = audience
        self._tell = tell
        self._changed = threading.Condition()
        self._open()
        self._shown = Shown(0, self.snapshot(self.content.link()))
        self._check()

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        return self._shown

    def after(self, number: str) -> int:
        """Waits until something else is shown than `number`, but not for long."""
        with self._changed:
            self._changed.wait_for(lambda: str(self._shown.number) != number, PATIENCE)
            return self._shown.number

    def follow(self) -> None:
        """Watches the files and shows every change, for ever."""
        while True:
            watch = Watch(self.settings, self._config_file, templates_dir())
            try:
                changes = Changes()
                while not changes.configuration:
                    changes = watch.wait()
                    self.take(changes)
            finally:
                watch.stop()

    def take(self, changes: Changes) -> None:
        """Reads again what changed, and shows it; what is wrong is told and shown, not raised."""
        begin = time.perf_counter()
        try:
            if changes.configuration:
                self._open()
            elif changes.pages:
                self._run_mkdocs()
            if changes.all_records:
                self.content.read_all()
            self.content.read_again(changes.records)
            if site := self.content.link():
                self._show(self.snapshot(site))
                self._tell(f"已更新，用时 {time.perf_counter() - begin:.2f} 秒。")
                time.sleep(COURTESY)
            self._check()
        except UserError as error:
            self._tell(f"错误：{error}")
        except Exception:  # a template that is half-written must not end the preview
            self._tell(traceback.format_exc())

    def _open(self) -> None:
        """Read the configuration, and with it everything."""
        opened = open_site(self._config_file, audience=self._audience)
        self.settings: Settings = opened.settings
        self.address = opened.address
        self.base = urlsplit(self.settings.site_url).path or "/"
        self.content = LiveContent(self.settings)
        self._run_mkdocs()

    def _run_mkdocs(self) -> None:
        self._renderer = site_renderer()
        opened = open_site(self._config_file, audience=self._audience)
        self._capture = opened.capture(sections_of(program_schema()))

    def _check(self) -> None:
        """Shows what is wrong, over what was good last."""
        problems = self.content.check()
        if problems:
            self._tell(render_text(problems))
            self._tell(f"内容有 {len(problems)} 处问题。")
            self._show(self.snapshot(self.content.good, problems))

    def snapshot(self, site: SiteModel | None, problems: tuple[Problem, ...] = ()) -> Snapshot:
        """The site made of a site, in the capture that MkDocs gave last."""
        nothing = select(Catalog.empty(program_schema()), self.settings.options.audience)
        return Snapshot(
            site or SiteModel(nothing, self.settings), self._capture, self._renderer, problems
        )

    def _show(self, snapshot: Snapshot) -> None:
        with self._changed:
            self._shown = Shown(self._shown.number + 1, snapshot)
            self._changed.notify_all()


class Server(ThreadingHTTPServer):
    """Answers a browser on this machine."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], preview: Preview) -> None:
        self.preview = preview
        self.renderer = Renderer()
        super().__init__(address, _Handler)


class _Handler(LocalHandler):
    server: Server

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        base = self.server.preview.base
        if not self.is_for_us():
            self.answer(b"", "text/plain", HTTPStatus.FORBIDDEN)
        elif not path.startswith(base):
            self.answer(b"", "text/plain", HTTPStatus.FOUND, {"Location": base})
        else:
            self._dispatch(unquote(path.removeprefix(base)), query)

    do_HEAD = do_GET

    def _dispatch(self, name: str, query: str) -> None:
        if name == f"{OURS}changes":
            number = self.server.preview.after(parse_qs(query).get("shown", [""])[0])
            self.answer(str(number).encode(), "text/plain")
        elif name == f"{OURS}reload.js":
            script = (templates_dir() / "preview" / "reload.js").read_bytes()
            self.answer(script, "text/javascript; charset=utf-8")
        else:
            shown = self.server.preview.shown
            content, kind, status = served_file(shown.snapshot, name)
            if kind.startswith("text/html"):
                content = self._dressed(content, shown)
            self.answer(content, kind, status)

    def _dressed(self, page: bytes, shown: Shown) -> bytes:
        """A page with what is wrong at its top, and the script that loads it again."""
        snapshot = shown.snapshot
        if snapshot.problems:
            view = Banner(snapshot.problems, bool(len(snapshot.site.edition)))
            banner = self.server.renderer.render("preview/problems.html", view).encode()
            page = _BODY.sub(lambda match: match[0] + banner, page, count=1)
        source = f"{self.server.preview.base}{OURS}reload.js"
        script = f'<script src="{source}" data-number="{shown.number}"></script>'.encode()
        head, end, tail = page.rpartition(b"</body>")
        return head + script + end + tail if end else page + script
