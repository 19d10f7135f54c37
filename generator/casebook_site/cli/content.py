"""The content that a command works on."""

from __future__ import annotations

from pathlib import Path

from casebook_site.base.settings import Settings
from casebook_site.engine import loading
from casebook_site.mkdocs_adapter.config import open_site


def settings_from(config_file: Path) -> Settings:
    """Return what a configuration file says."""
    return open_site(config_file).settings


def sound(settings: Settings) -> loading.Loaded:
    """Return all content; raise `ContentError` if it has problems, which must be mended first."""
    return loading.load(settings).sound()
