"""Fixtures: site folders to edit, and the toy built once for each audience."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from filelock import FileLock

from casebook_site.base.templates import Renderer
from casebook_site.model.catalog import Catalog
from tests.browser.sites import Sites
from tests.examples import settle_profiles
from tests.folders import REPOSITORY, TOY, SiteFolder, toy_copy, written
from tests.tiers import tier_of

os.environ["NO_MKDOCS_2_WARNING"] = "1"  # what `casebook` itself sets; `mkdocs` does not

settle_profiles()

# A run holds whole sites for all its tests; to walk through them often would take a tenth of it.
gc.set_threshold(50_000, 20, 100)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark a test with its tier, the name of its folder below tests/."""
    item.add_marker(tier_of(item.path))


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
    return Renderer()


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run of pytest share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


BuildOnce = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def build_once(run_folder: Path) -> BuildOnce:
    """Makes a folder by its name, once for all workers; tests may read it, but not change it."""

    def built(name: str, build: Callable[[Path], None]) -> Path:
        folder, done = run_folder / name, run_folder / f"{name}.done"
        with FileLock(run_folder / f"{name}.lock"):
            if not done.exists():
                # What a failed attempt of another worker has left.
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                build(folder)
                done.touch()
        return folder

    return built


@pytest.fixture(scope="session")
def public_site(build_once: BuildOnce) -> Path:
    """The toy's public website."""

    def build(folder: Path) -> None:
        toy_copy(folder).build("--strict")

    return build_once("public", build) / "site"


@pytest.fixture(scope="session")
def internal_site(build_once: BuildOnce) -> Path:
    """The toy's internal website."""

    def build(folder: Path) -> None:
        toy_copy(folder).build("--strict", "--audience", "internal")

    return build_once("internal", build) / "site-internal"


@pytest.fixture(scope="session")
def real_site(build_once: BuildOnce) -> Path:
    """The website of the repository's own content."""

    def build(folder: Path) -> None:
        SiteFolder(REPOSITORY).build("--strict", "--site-dir", str(folder / "site"))

    return build_once("real", build) / "site"


@pytest.fixture(scope="session")
def sites(real_site: Path, public_site: Path, internal_site: Path) -> Sites:
    """Every site that is looked at."""
    return Sites(real_site, public_site, internal_site)
