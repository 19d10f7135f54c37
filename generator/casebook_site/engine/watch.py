"""A site that is kept up with its content: `casebook build --watch`.

The content stays in memory and is brought up to date file by file. After a change the files that it
can change are made (`kept_site.py`), and the index of search as soon as nothing more is saved: the
folder is then what a build from nothing would give. Where a change reaches every page (a template,
a setting, the newest date), everything is made again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from casebook_site.base.files import InPlaceWriter
from casebook_site.base.inputs import stamps_of
from casebook_site.base.problems import ContentError, UserError, render_text
from casebook_site.base.settings import Settings
from casebook_site.base.templates import templates_dir
from casebook_site.engine.building import opened_site
from casebook_site.engine.changes import Changes, Watch, watched_paths
from casebook_site.engine.kept_site import KeptSite, Readers
from casebook_site.engine.live_inputs import LiveInputs
from casebook_site.engine.pipeline import (
    make_packs,
    packs_by_record,
    refuse_what_may_not_be,
    write_site,
)
from casebook_site.engine.publish import Publication
from casebook_site.engine.request import BuildRequest
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.reads import RecordedSite

Tell = Callable[[str], None]

QUIET = 0.5
"""Seconds without a change after which search is brought up to date."""


def watch_site(request: BuildRequest, tell: Tell) -> None:
    """Build a site and keep it up with its content, until it is interrupted.

    Raises `ContentError` or `SettingsError` where it cannot be built in the first place.
    """
    watched = WatchedSite(request, tell)
    tell(f"已写好：{watched.settings.site_dir / 'index.html'}")
    try:
        while True:
            with Watch(watched.settings, request.config_file, templates_dir()) as watch:
                tell("正在看着文件，一保存就写好；按 Ctrl+C 结束。")
                _follow(watch, watched)
            # Everything is made without the threads of the watch: other processes can help then.
            watched.finish()
    except KeyboardInterrupt:
        return


def _follow(watch: Watch, watched: WatchedSite) -> None:
    """Take one change after the other, until one needs everything to be made again."""
    changes = watch.missed(watched.stamps)
    while True:
        if changes != Changes():
            watched.take(changes)
        if watched.needs_everything:
            return
        changes = watch.wait(QUIET if watched.search_waits else None)
        if changes == Changes():
            watched.finish()


class WatchedSite:
    """The content of a site in memory, and the folder that shows it."""

    def __init__(self, request: BuildRequest, tell: Tell) -> None:
        """Build the site. Raises `ContentError` or `SettingsError` where that cannot be done."""
        self._request = request
        self._tell = tell
        self.search_waits = False
        """Whether the index of search is behind the pages."""
        self.needs_everything = False
        """Whether the change that was taken last reaches every page, and is not written yet."""
        self._is_whole = True
        """Whether the folder shows one state of the site, but for search: no writing has failed."""
        self._inputs = LiveInputs(partial(opened_site, request), publishes=True)
        self.stamps = self._stamps()
        site = self._inputs.content.link()
        problems = self._inputs.content.check()
        if problems or site is None:
            raise ContentError(problems)
        self._kept = self._write_everything(site)

    @property
    def settings(self) -> Settings:
        """The settings of the site, as they were read last."""
        return self._inputs.settings

    def _stamps(self) -> dict[str, str]:
        paths = watched_paths(self.settings, self._request.config_file, templates_dir())
        return stamps_of(paths)

    def take(self, changes: Changes) -> None:
        """Write the pages that changes have changed; what is wrong is told, and the folder stays.

        Search is left to `finish`, and so is a change that reaches every page.
        """
        begin = time.perf_counter()
        try:
            site = self._sound(changes)
            if site is None:
                return
            if changes.configuration or changes.others or not self._can_follow(site):
                self.needs_everything = True
                return
            self._is_whole = False
            self._kept.follow(site, InPlaceWriter(self.settings.site_dir))
            self._is_whole = self.search_waits = True
            self._tell(f"已更新，用时 {time.perf_counter() - begin:.2f} 秒。")
        except UserError as error:
            self._tell_error(error)

    def finish(self) -> None:
        """Write what `take` has left."""
        begin = time.perf_counter()
        try:
            if self.needs_everything:
                self.needs_everything = self.search_waits = False
                self.stamps = self._stamps()
                site = self._sound(Changes())
                if site is not None:
                    self._kept = self._write_everything(site)
                    self._tell(f"已全部更新，用时 {time.perf_counter() - begin:.2f} 秒。")
            elif self.search_waits:
                self.search_waits = False
                self._kept.follow_search(InPlaceWriter(self.settings.site_dir))
                self._tell(f"搜索已更新，用时 {time.perf_counter() - begin:.2f} 秒。")
        except UserError as error:
            self._tell_error(error)

    def _sound(self, changes: Changes) -> SiteModel | None:
        """Return the site after changes; tell what is wrong with it, and return None, if anything is."""
        site = self._inputs.take(changes)
        problems = self._inputs.content.check()
        if problems or site is None:
            self._tell(render_text(problems))
            self._tell(f"内容有 {len(problems)} 处问题，网站没有改动。")
            return None
        return site

    def _can_follow(self, site: SiteModel) -> bool:
        if not self._is_whole or self.settings.options.packs.build:
            return False
        return self._kept.can_follow(site, self._inputs.capture)

    def _write_everything(self, site: SiteModel) -> KeptSite:
        """Write the whole site beside the old one and swap it in."""
        settings, capture = self.settings, self._inputs.capture
        publication = Publication(settings.site_dir)
        refuse_what_may_not_be(settings, publication)
        assert self._inputs.content.loaded is not None
        try:
            publication.begin()
            packs = make_packs(self._inputs.content.loaded, settings)
            whole = replace(site, packs=packs_by_record(packs)) if packs else site
            readers = Readers()
            written = write_site(
                RecordedSite.over(whole),
                capture,
                publication.writer(),
                packs,
                told=readers.enter,
            )
            publication.publish()
            self._is_whole = True
        finally:
            publication.abandon()
        return KeptSite(whole, capture, written, readers)

    def _tell_error(self, error: UserError) -> None:
        problems = error.problems if isinstance(error, ContentError) else ()
        self._tell(render_text(problems) if problems else f"错误：{error}")
