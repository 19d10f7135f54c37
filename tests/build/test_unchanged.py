"""A build of what has not changed says so, and is never wrong about it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.folders import SiteFolder, toy_copy, tree

SAID = "没有改动"


def aged(toy: SiteFolder) -> SiteFolder:
    """The folder with files that were written an hour ago."""
    then = time.time() - 3600
    for file in toy.root.rglob("*"):
        os.utime(file, (then, then))
    return toy


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The toy, built."""
    toy = aged(toy_copy(tmp_path_factory.mktemp("unchanged") / "toy"))
    toy.build()
    return toy


@pytest.fixture
def built(built_once: SiteFolder, tmp_path: Path) -> Iterator[SiteFolder]:
    """The toy, built, that a test may change; in the place where it was built."""
    shutil.copytree(built_once.root, kept := tmp_path / "kept")
    yield built_once
    shutil.rmtree(built_once.root)
    kept.rename(built_once.root)


def test_nothing_is_built_where_nothing_has_changed(built: SiteFolder) -> None:
    before = (built.root / "site").stat().st_ino
    done = built.casebook("build")
    assert done.returncode == 0
    assert SAID in done.stdout + done.stderr
    assert (built.root / "site").stat().st_ino == before


def _record(toy: SiteFolder) -> None:
    toy.edit("content/records/counties/jia.yml", "name: 甲县", "name: 乙县")


def _page(toy: SiteFolder) -> None:
    toy.write("pages/new.md", "# 新\n")


def _synonyms(toy: SiteFolder) -> None:
    toy.write("search/synonyms.yml", "groups:\n  - [联村, 抱团]\n")


def _settings(toy: SiteFolder) -> None:
    toy.edit("mkdocs.yml", "page_size: 10", "page_size: 12")


def _output(toy: SiteFolder) -> None:
    (toy.root / "site/index.html").write_text("改了", "utf-8")


def _lost_output(toy: SiteFolder) -> None:
    (toy.root / "site/about.html").unlink()


def _note(toy: SiteFolder) -> None:
    for file in (toy.root / ".casebook/builds").iterdir():
        file.write_text("{", "utf-8")


@pytest.mark.parametrize(
    "change", [_record, _page, _synonyms, _settings, _output, _lost_output, _note]
)
def test_whatever_changes_is_built(built: SiteFolder, change: Callable[[SiteFolder], None]) -> None:
    whole = tree(built.root / "site")
    change(built)
    done = built.casebook("build")
    assert done.returncode == 0
    assert SAID not in done.stdout + done.stderr
    assert (tree(built.root / "site") == whole) is (change in (_output, _lost_output, _note))


def test_another_request_is_built(built: SiteFolder) -> None:
    done = built.casebook("build", "--audience", "internal")
    assert SAID not in done.stdout + done.stderr
    assert (built.root / "site-internal/index.html").is_file()
