"""The site as its folder is now: content in memory, pages made when they are asked for.

Nothing here starts a thread or waits: whoever holds a `LiveSite` says when to look again. It may be
asked by many threads, while one keeps it up with the files.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from casebook_site.base.audience import Audience
from casebook_site.base.problems import Problem, SettingsError, UserError, render_text
from casebook_site.base.settings import Settings
from casebook_site.base.templates import Renderer
from casebook_site.engine.content import LiveContent
from casebook_site.engine.live_inputs import LiveInputs
from casebook_site.engine.on_demand import Snapshot
from casebook_site.engine.pipeline import beside_page, make_packs, packs_by_record
from casebook_site.mkdocs_adapter.config import open_site
from casebook_site.model.catalog import Catalog
from casebook_site.model.editions import select
from casebook_site.outputs.site.model import SiteModel
from casebook_site.webapp.responses import site_policy

if TYPE_CHECKING:
    from casebook_site.engine.changes import Changes
    from casebook_site.outputs.packs.making import MadePack


class Shown(NamedTuple):
    """What is shown now."""

    number: int
    """Counts the changes, so that an open page knows whether it is behind."""
    snapshot: Snapshot


class LiveSite:
    """The state of a site, brought up to date after every change of its files."""

    def __init__(
        self, config_file: Path, audience: Audience | None, tell: Callable[[str], None]
    ) -> None:
        """`tell` gets lines for the terminal. Raises `SettingsError` for bad settings."""
        self.config_file = config_file
        self._tell = tell
        self._packs: Sequence[MadePack] = ()
        self.when_shown: Callable[[], None] = lambda: None
        """Called when something else is shown."""
        self._inputs = LiveInputs(partial(open_site, config_file, audience=audience))
        self._look_like_the_site()
        linked = self.content.link()
        self._shown = Shown(0, self.snapshot(linked))
        self._check(linked)

    @property
    def settings(self) -> Settings:
        """The settings of the site, as they were read last."""
        return self._inputs.settings

    @property
    def content(self) -> LiveContent:
        """The content of the site's folder."""
        return self._inputs.content

    @property
    def address(self) -> str:
        """`host:port` of the preview, as the configuration says."""
        return self._inputs.address

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        return self._shown

    def take(self, changes: Changes, pause: Callable[[], None] = lambda: None) -> None:
        """Read again what changed and show it, then check everything.

        What is wrong is told and shown, not raised. `pause` is called between the two: checking
        takes longer, and a browser asks for its page now.
        """
        begin = time.perf_counter()
        try:
            site = self._inputs.take(changes)
            if changes.configuration or changes.pages:
                self._look_like_the_site()
            if site:
                self._show(self.snapshot(site))
                self._tell(f"已更新，用时 {time.perf_counter() - begin:.2f} 秒。")
                pause()
            self._check(site)
        except UserError as error:
            self._tell(f"错误：{error}")
        except Exception:  # a template that is half-written must not end the preview
            self._tell(traceback.format_exc())

    def snapshot(self, site: SiteModel | None, problems: tuple[Problem, ...] = ()) -> Snapshot:
        """Return a site in the pages that MkDocs gave last, with the packs that were made last."""
        nothing = select(Catalog.empty(self.content.schema), self.settings.options.audience)
        whole = site or SiteModel(nothing, self.settings)
        return Snapshot(
            replace(whole, packs=packs_by_record(self._packs)) if self._packs else whole,
            self._inputs.capture,
            self._renderer,
            problems,
            tuple(map(beside_page, self._packs)),
        )

    def _look_like_the_site(self) -> None:
        """Take what pages look like from the configuration and from MkDocs, as they are now."""
        self._renderer = Renderer()
        self.base = _path_of(self.settings.site_url)
        self.policy = site_policy(self._inputs.capture)

    def _check(self, site: SiteModel | None) -> None:
        """Show what is wrong, over what was good last; if nothing is, make the packs of the site."""
        problems = self.content.check()
        if problems:
            self._tell(render_text(problems))
            self._tell(f"内容有 {len(problems)} 处问题。")
            self._show(self.snapshot(self.content.good, problems))
        elif site and self.settings.options.packs.build:
            self._make_packs(site)

    def _make_packs(self, site: SiteModel) -> None:
        """Show a site with its packs, if they are others than those that are shown."""
        assert self.content.loaded is not None
        try:
            packs = make_packs(self.content.loaded, self.settings)
        except UserError as error:  # pages can be looked at without packs
            problems = getattr(error, "problems", ())
            self._tell(render_text(problems) if problems else f"错误：{error}")
            return
        if packs != self._packs:
            self._packs = packs
            self._show(self.snapshot(site))

    def _show(self, snapshot: Snapshot) -> None:
        self._shown = Shown(self._shown.number + 1, snapshot)
        self.when_shown()


def _path_of(site_url: str) -> str:
    """Return the path at which a site will lie, with slashes at both ends."""
    try:
        return urlsplit(site_url).path or "/"
    except ValueError:
        raise SettingsError(f"site_url“{site_url}”不是网址，写作 https://example.org/。") from None
