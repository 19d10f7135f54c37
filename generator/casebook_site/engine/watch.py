"""A site that is kept up with its content: `casebook build --watch`.

The content stays in memory and is brought up to date file by file. After every change the files of
the changed records are written first, then every other file whose bytes differ, and files that the
site no longer has are removed: the folder is then what a build from nothing would give.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from itertools import chain

from casebook_site.base.files import InPlaceWriter
from casebook_site.base.problems import UserError, render_text
from casebook_site.base.templates import Renderer, templates_dir
from casebook_site.engine.building import build_request, opened_site
from casebook_site.engine.changes import Changes, Watch
from casebook_site.engine.content import LiveContent
from casebook_site.engine.pipeline import make_packs, packs_by_record, write_site
from casebook_site.engine.publish import Publication
from casebook_site.engine.request import BuildRequest
from casebook_site.model.catalog import Key
from casebook_site.outputs.site.files import Rendering, plan_record, rendered
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.planning import site_templates

Tell = Callable[[str], None]


def watch_site(request: BuildRequest, tell: Tell) -> None:
    """Keep a site that has just been built up with its content, until it is interrupted."""
    watched = WatchedSite(request, tell)
    try:
        while True:
            watch = Watch(watched.settings, request.config_file, templates_dir())
            try:
                tell("正在看着文件，一保存就写好；按 Ctrl+C 结束。")
                changes = Changes()
                while not changes.configuration:
                    changes = watch.wait()
                    watched.take(changes)
            finally:
                watch.stop()
    except KeyboardInterrupt:
        return


class WatchedSite:
    """The content of a site in memory, and the folder that shows it."""

    def __init__(self, request: BuildRequest, tell: Tell) -> None:
        self._request = request
        self._tell = tell
        self._open()

    def _open(self) -> None:
        """Read the configuration, and with it everything."""
        self._opened = opened_site(self._request)
        self.settings = self._opened.settings
        self.content = LiveContent(self.settings)
        site = self.content.link()
        self.content.check()
        self._site = site
        if site:
            self._capture = self._opened.capture(site.sections)

    def take(self, changes: Changes) -> None:
        """Write what changes have changed; what is wrong is told, and the folder stays."""
        begin = time.perf_counter()
        try:
            if changes.configuration or self._site is None:
                build_request(self._request)
                self._open()
            elif not self._update(changes):
                return
            self._tell(f"已更新，用时 {time.perf_counter() - begin:.2f} 秒。")
        except UserError as error:
            problems = getattr(error, "problems", ())
            self._tell(render_text(problems) if problems else f"错误：{error}")

    def _update(self, changes: Changes) -> bool:
        """Write what has changed; return whether the content was sound."""
        if changes.pages:
            self._opened = opened_site(self._request)
        if changes.all_records:
            self.content.read_all()
        self.content.read_again(changes.records)
        site = self.content.link()
        problems = self.content.check()
        if problems or site is None:
            self._tell(render_text(problems))
            self._tell(f"内容有 {len(problems)} 处问题，网站没有改动。")
            return False
        if changes.pages:
            self._capture = self._opened.capture(site.sections)
        self._write(site)
        return True

    def _write(self, site: SiteModel) -> None:
        """Bring the folder up to date, the changed records first."""
        publication = Publication(self.settings.site_dir)
        publication.lock()
        try:
            writer = InPlaceWriter(self.settings.site_dir)
            self._write_first(site, writer)
            assert self.content.loaded is not None
            packs = make_packs(self.content.loaded, self.settings)
            whole = replace(site, packs=packs_by_record(packs))
            written = write_site(whole, self._capture, writer, packs)
            self._remove_others(written.paths)
            self._site = site
        finally:
            publication.abandon()

    def _write_first(self, site: SiteModel, writer: InPlaceWriter) -> None:
        """Write the pages of changed records at once: an editor looks at them now."""
        before = self._site
        rendering = Rendering(Renderer(), site_templates(site, self._capture))
        files = chain.from_iterable(
            plan_record(site, record)
            for record in site.paged_records()
            if before is None or before.edition.get(Key(record.kind, record.id)) is not record
        )
        for artifact in rendered(files, rendering):
            writer.write(artifact)

    def _remove_others(self, paths: Collection[str]) -> None:
        """Remove the files that the site no longer has, and the folders that this empties."""
        root = self.settings.site_dir
        for file in sorted(root.rglob("*"), reverse=True):
            if file.is_dir():
                with suppress(OSError):  # it is not empty
                    file.rmdir()
            elif file.relative_to(root).as_posix() not in paths:
                file.unlink()
