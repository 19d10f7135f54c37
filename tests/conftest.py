"""Fixtures: site folders to edit, and the toy built once for each audience."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from casebook_site.base.rendering import Renderer
from casebook_site.model.catalog import Catalog
from casebook_site.outputs.site.files import site_renderer
from tests.browser.sites import Sites
from tests.folders import REPOSITORY, TESTS, TOY, SiteFolder, toy_copy, written

TIERS = ("unit", "build", "browser", "slow")
"""Folders of tests, and the markers that their tests get."""

settings.register_profile("casebook", deadline=None, derandomize=True, database=None)
settings.load_profile("casebook")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark a test with its tier, the name of its folder below tests/."""
    folder = item.path.relative_to(TESTS).parts[0]
    item.add_marker(folder if folder in TIERS else "build")


@pytest.fixture
def toy(tmp_path: Path) -> SiteFolder:
    """A copy of the toy site that may be edited."""
    return toy_copy(tmp_path / "toy")


@pytest.fixture
def site_folder(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], SiteFolder]:
    """Makes a site folder from files, by path below content/."""
    return lambda files: written(tmp_path / "folder", files)


@pytest.fixture(scope="session")
def toy_catalog() -> Catalog:
    """The catalog of the toy, which has no problem."""
    return SiteFolder(TOY).catalog()


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    """Templates compiled once."""
    return site_renderer()


@pytest.fixture(scope="session")
def public_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy's public website."""
    return toy_copy(tmp_path_factory.mktemp("public") / "toy").build("--strict")


@pytest.fixture(scope="session")
def internal_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy's internal website."""
    return toy_copy(tmp_path_factory.mktemp("internal") / "toy").build(
        "--strict", "--audience", "internal"
    )


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The website of the repository's own content."""
    site = tmp_path_factory.mktemp("real") / "site"
    done = SiteFolder(REPOSITORY).run("casebook_site", "build", "--site-dir", str(site))
    assert done.returncode == 0, done.stdout + done.stderr
    return site


@pytest.fixture(scope="session")
def sites(real_site: Path, public_site: Path, internal_site: Path) -> Sites:
    """Every site that is looked at."""
    return Sites(real_site, public_site, internal_site)
