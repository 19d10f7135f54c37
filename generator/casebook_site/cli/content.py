"""The content that a command works on."""

from __future__ import annotations

from pathlib import Path

from casebook_site.base.problems import ContentError
from casebook_site.base.settings import Settings
from casebook_site.engine import pipeline
from casebook_site.mkdocs_adapter.capture import load_config, settings_of


def settings_from(config_file: Path) -> Settings:
    """What a configuration file says."""
    config = load_config(config_file)
    return settings_of(config, config.plugins["casebook"].options)


def sound(settings: Settings) -> pipeline.Loaded:
    """All content; raises `ContentError` where it has problems, which must be mended first."""
    loaded = pipeline.load(settings)
    if loaded.problems:
        raise ContentError(loaded.problems)
    return loaded
