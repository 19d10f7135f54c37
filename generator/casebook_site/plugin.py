"""The MkDocs plugin: hooks in, calls with plain values out."""

from __future__ import annotations

import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from casebook_site.base.inputs import content_paths, program_paths
from casebook_site.base.problems import ContentError, SettingsError, UserError, render_text
from casebook_site.base.settings import parse_options
from casebook_site.engine.loading import site_schema
from casebook_site.engine.pipeline import build_site
from casebook_site.mkdocs_adapter.capture import PageCapture
from casebook_site.mkdocs_adapter.config import settings_of, strict_warnings


class CasebookPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """`plugins: [casebook]` in mkdocs.yml.

    Under `mkdocs build` and `mkdocs serve` it builds the site when MkDocs has shown all pages.
    The `casebook` command hands it a capture of its own, and builds the site itself.
    """

    capture: PageCapture | None = None
    """Set by who wants the pages and no site."""

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Check the options with the program's own model; MkDocs reports the error."""
        self.config = options
        try:
            self.options = parse_options(dict(options))
        except SettingsError as error:
            return [("casebook", error)], []
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note the command. That the hook is there keeps one plugin over all builds of `serve`."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Begin a build: MkDocs writes into a folder of its own, whose files the site takes over."""
        self._pages = self.capture or self._own_capture(config)
        self._pages.configure(config)
        return config

    def _own_capture(self, config: MkDocsConfig) -> PageCapture:
        self._settings = settings_of(config, self.options, own_folder=not self._serving)
        self._folder = TemporaryDirectory(prefix="casebook-")
        config.site_dir = self._folder.name
        return PageCapture(self._settings, site_schema(self._settings))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add placeholders, and take out what the audience may not see."""
        try:
            return self._pages.choose_files(files, config)
        except UserError as error:
            raise self._shown(error) from error

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the placeholders where they belong in the navigation."""
        self._pages.arrange(nav, files, config)
        return nav

    @event_priority(-100)  # other plugins see the pages' own text
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Put slots into a page, and what our templates need into its context."""
        view: Any = {"casebook": self._pages.describe(page)}
        context.update(view)
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give 404.html and its like the same."""
        view: Any = {"casebook": self._pages.describe(None)}
        context.update(view)
        return context

    @event_priority(-100)  # after other plugins have changed the page
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Keep the page; MkDocs writes nothing for an empty answer."""
        self._pages.take(output, page)
        return ""

    @event_priority(-100)  # after other plugins have written their files
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the site, unless the pages were wanted alone or strict mode has counted a warning."""
        if self.capture is not None:
            return
        config.site_dir = str(self._settings.site_dir)
        captured = self._pages.finished(Path(self._folder.name))
        self._folder.cleanup()
        if strict_warnings(logging.getLogger("mkdocs").handlers):
            return  # MkDocs says so, and ends
        try:
            build_site(self._settings, lambda schema: captured, publish=not self._serving)
        except UserError as error:
            raise self._shown(error) from error

    def _shown(self, error: UserError) -> Exception:
        """Return a user's mistake as MkDocs shows it; the `casebook` command shows it itself."""
        if self.capture is not None:
            return error
        detail = f"\n{render_text(error.problems)}" if isinstance(error, ContentError) else ""
        return PluginError(f"{error}{detail}")

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Watch all that a site is made from."""
        for path in (*content_paths(self._settings), *program_paths()[1:]):
            if path.exists():
                server.watch(str(path))
        return server
