"""MkDocs, run once to see its pages."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from mkdocs.commands.build import build

from casebook_site.base.settings import Settings
from casebook_site.mkdocs_adapter.capture import PageCapture
from casebook_site.mkdocs_adapter.theme import OWN_SWITCH
from casebook_site.outputs.page_template import ThemeCapture
from casebook_site.outputs.site.form import SiteForm
from casebook_site.schema.kinds import Schema

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class Capturing(Protocol):
    """A plugin that hands all pages to a capture, and writes no site."""

    capture: PageCapture | None


def captured(
    config: MkDocsConfig,
    settings: Settings,
    schema: Schema,
    *,
    offline: bool,
    form: SiteForm,
) -> ThemeCapture:
    """Return what a run of MkDocs gives; its own output is thrown away."""
    plugin: Capturing = config.plugins["casebook"]  # type: ignore[assignment]
    capture = plugin.capture = PageCapture(settings, schema, offline=offline, form=form)
    before, menu = config.site_dir, config.nav
    with TemporaryDirectory(prefix="casebook-") as folder:
        config.site_dir = folder
        try:
            _run(config)
            return capture.finished(Path(folder))
        finally:
            config.site_dir, config.nav = before, menu
            plugin.capture = None  # MkDocs keeps the plugin for its next configuration


def _run(config: MkDocsConfig) -> None:
    os.environ.setdefault(OWN_SWITCH, "1")  # the theme's documented switch
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
