"""Fixtures: what bundles of the toy and of the real content are made with, and bundles of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook_site.base.audience import Audience
from casebook_site.engine.builders import bundle_builder
from casebook_site.engine.loading import load
from casebook_site.mkdocs_adapter.config import open_site
from casebook_site.model.scopes import Scope
from casebook_site.outputs.bundles.forms import ARCHIVE, BundleForm
from casebook_site.outputs.bundles.making import BundleBuilder
from casebook_site.outputs.bundles.zips import write_zip
from tests.folders import REPOSITORY, TOY

MakeZip = Callable[..., Path]


def builder_for(
    root: Path, audience: Audience = "public", form: BundleForm = ARCHIVE
) -> BundleBuilder:
    """What `casebook bundle` makes bundles of a site folder with."""
    site = open_site(root / "mkdocs.yml", audience=audience)
    return bundle_builder(load(site.settings).sound(), site, form)


@pytest.fixture(scope="session")
def toy_builder() -> BundleBuilder:
    """For public bundles of the toy."""
    return builder_for(TOY)


@pytest.fixture(scope="session")
def internal_builder() -> BundleBuilder:
    """For internal bundles of the toy."""
    return builder_for(TOY, "internal")


@pytest.fixture(scope="session")
def real_builder() -> BundleBuilder:
    """For public bundles of the repository's own content."""
    return builder_for(REPOSITORY)


def zipped(builder: BundleBuilder, scope: str, target: Path) -> Path:
    """A bundle's zip."""
    bundle = builder.bundle(Scope.parse(scope))
    write_zip(target, bundle.files.items(), bundle.manifest.day)
    return target


@pytest.fixture
def toy_zip(toy_builder: BundleBuilder, tmp_path: Path) -> Path:
    """The bundle of a township of the toy."""
    return zipped(toy_builder, "township:bing", tmp_path / "township-bing.zip")
