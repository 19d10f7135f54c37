"""What a site is made from while it is edited: configuration, content, and the pages of MkDocs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from casebook_site.engine.content import LiveContent
from casebook_site.mkdocs_adapter.config import MkDocsSite
from casebook_site.outputs.site.model import SiteModel

if TYPE_CHECKING:
    from casebook_site.engine.changes import Changes


class LiveInputs:
    """The inputs of a site as they were read last; `casebook serve` and `build --watch` follow them."""

    def __init__(self, open_site: Callable[[], MkDocsSite], *, publishes: bool = False) -> None:
        """Read everything. Raises `SettingsError` for bad settings. `publishes`: as in `LiveContent`."""
        self._open_site = open_site
        self._publishes = publishes
        self.open()

    def open(self) -> None:
        """Read the configuration, and with it everything."""
        opened = self._open_site()
        self.settings = opened.settings
        self.address = opened.address
        self.content = LiveContent(self.settings, publishes=self._publishes)
        self.run_mkdocs()

    def run_mkdocs(self) -> None:
        """Let MkDocs make its pages and the templates of ours."""
        self.capture = self._open_site().capture(self.content.schema)

    def take(self, changes: Changes) -> SiteModel | None:
        """Read again what changed; return the site, or None where a record cannot be read.

        What is wrong beyond single records, `content.check` says.
        """
        if changes.configuration:
            self.open()
            return self.content.link()
        if changes.pages:
            self.run_mkdocs()
        if changes.all_records:
            self.content.read_all()
        self.content.read_again(changes.records)
        return self.content.link()
