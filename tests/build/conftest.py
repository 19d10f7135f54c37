"""Fixtures: the toy with packs, which take longest to make."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import BuildOnce
from tests.folders import SiteFolder, toy_copy


@pytest.fixture(scope="session")
def packed_toy(build_once: BuildOnce) -> Path:
    """The toy with both editions built with packs; not to be changed."""

    def build(folder: Path) -> None:
        toy = toy_copy(folder)
        toy.build("--packs", "--strict")
        toy.build("--packs", "--strict", "--audience", "internal")

    return build_once("packed", build)


@pytest.fixture(scope="session")
def toy_with_store(packed_toy: Path) -> Callable[[Path], SiteFolder]:
    """Copies the toy with the packs that it keeps, for tests of what is done with them."""

    def copied(root: Path) -> SiteFolder:
        toy = toy_copy(root)
        shutil.copytree(packed_toy / ".casebook/packs", root / ".casebook/packs")
        return toy

    return copied
