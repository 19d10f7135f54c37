"""Fixtures: what bundles of the toy and of the real content are made with, and bundles of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.bundles.making import Workshop
from generator.bundles.zips import write_zip
from generator.pipeline import load
from generator.scopes import Scope
from generator.shell import frame_of, load_config, settings_of
from generator.workshops import workshop_of
from tests.folders import REPOSITORY, TOY

MakeZip = Callable[..., Path]


def workshop_for(root: Path, audience: str = "public") -> Workshop:
    """What `casebook bundle` makes bundles of a site folder with."""
    config = load_config(root / "mkdocs.yml", audience=audience)
    plugin = config.plugins["casebook"]
    plugin.raise_user_errors = True
    settings = settings_of(config, plugin.options)
    return workshop_of(load(settings), settings, frame_of(config))


@pytest.fixture(scope="session")
def toy_workshop() -> Workshop:
    """For public bundles of the toy."""
    return workshop_for(TOY)


@pytest.fixture(scope="session")
def internal_workshop() -> Workshop:
    """For internal bundles of the toy."""
    return workshop_for(TOY, "internal")


@pytest.fixture(scope="session")
def real_workshop() -> Workshop:
    """For public bundles of the repository's own content."""
    return workshop_for(REPOSITORY)


def zipped(workshop: Workshop, scope: str, target: Path) -> Path:
    """A bundle's zip."""
    bundle = workshop.make(Scope.parse(scope))
    write_zip(target, bundle.files.items(), bundle.manifest.day)
    return target


@pytest.fixture
def toy_zip(toy_workshop: Workshop, tmp_path: Path) -> Path:
    """The bundle of a township of the toy."""
    return zipped(toy_workshop, "township:bing", tmp_path / "township-bing.zip")
