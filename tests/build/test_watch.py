"""A folder kept up with its content is what a build from nothing gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook_site.engine.changes import Changes
from casebook_site.engine.request import BuildRequest
from casebook_site.engine.watch import WatchedSite
from tests.folders import SiteFolder, toy_copy, tree

POINT = "content/records/teaching-points/zi-park.yml"


class Watched:
    """The toy, built and watched; each step is told as the watcher of files would."""

    def __init__(self, folder: SiteFolder) -> None:
        self.folder = folder
        self.told: list[str] = []
        self.request = BuildRequest(folder.root / "mkdocs.yml")
        self.watched = WatchedSite(self.request, self.told.append)
        self.site = self.watched.settings.site_dir

    def saved(self, *paths: str) -> None:
        """Records were saved, added or removed."""
        self.take(Changes(records={str(self.folder.root / path) for path in paths}))

    def take(self, changes: Changes) -> None:
        """Take changes, and what follows when nothing more is saved."""
        self.watched.take(changes)
        self.watched.finish()

    def clean(self, tmp_path: Path) -> dict[str, str]:
        """What a build from nothing gives."""
        other = SiteFolder(tmp_path / "clean")
        shutil.copytree(
            self.folder.root,
            other.root,
            ignore=shutil.ignore_patterns("site", ".casebook", ".site*"),
        )
        return tree(other.build())


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    """The toy, built and watched."""
    return Watched(toy_copy(tmp_path / "toy"))


def _reword(toy: SiteFolder) -> list[str]:
    toy.edit(POINT, "summary: ", "summary: 改过的一句。")
    return [POINT]


def _rename(toy: SiteFolder) -> list[str]:
    toy.edit(POINT, "name: ", "name: 新")
    return [POINT]


def _add(toy: SiteFolder) -> list[str]:
    toy.write("records/terms/new-term.yml", "name: 新词\ndefinition: 见[](record:county/jia)。\n")
    return ["content/records/terms/new-term.yml"]


def _delete(toy: SiteFolder) -> list[str]:
    toy.delete("records/terms/new-term.yml")
    return ["content/records/terms/new-term.yml"]


def _link(toy: SiteFolder) -> list[str]:
    toy.edit(POINT, "summary: ", "summary: 见[](record:term/long-tou)。")
    return [POINT]


def _order_places(toy: SiteFolder) -> list[str]:
    towns = "content/records/townships/list.yml"
    toy.edit(towns, "{id: ding, ", "{id: ding, order: 1, ")
    return [towns]


def _add_mechanism(toy: SiteFolder) -> list[str]:
    toy.write("records/mechanisms/an.yml", "name: 安排会\ntype: daily\ncounties: [jia]\n")
    return ["content/records/mechanisms/an.yml"]


def _mention(toy: SiteFolder) -> list[str]:
    case = "content/records/case-studies/jia-case.yml"
    toy.edit(case, "mechanisms: [joint-meeting, ", "mechanisms: [an, joint-meeting, ")
    return [case]


@pytest.mark.slow
def test_after_every_kind_of_edit_the_folder_is_that_of_a_clean_build(
    watched: Watched, tmp_path: Path
) -> None:
    steps: list[Callable[[SiteFolder], list[str]]] = [
        *(_reword, _add, _rename, _link, _delete),
        *(_order_places, _add_mechanism, _mention),
    ]
    for number, step in enumerate(steps):
        watched.saved(*step(watched.folder))
        assert watched.told[-2].startswith("已更新"), watched.told
        assert tree(watched.site) == watched.clean(tmp_path / str(number)), step.__name__


def test_synonyms_and_hand_written_pages_are_taken_up(watched: Watched, tmp_path: Path) -> None:
    watched.folder.write("search/synonyms.yml", "groups:\n  - [联村, 抱团]\n")
    watched.take(Changes(others=True))
    watched.folder.write("pages/about.md", "# 关于\n\n刚写的一句。\n")
    watched.take(Changes(pages=True))
    assert tree(watched.site) == watched.clean(tmp_path / "one")


def test_a_mistake_is_told_and_the_folder_stays(watched: Watched) -> None:
    before = tree(watched.site)
    watched.folder.edit(POINT, "summary: ", "sumary: ")
    watched.saved(POINT)
    assert "CB202" in "".join(watched.told)
    assert watched.told[-1].endswith("网站没有改动。")
    assert tree(watched.site) == before
    watched.folder.edit(POINT, "sumary: ", "summary: 又写了一句。")
    watched.saved(POINT)
    assert "又写了一句" in (watched.site / "teaching-points/zi-park.html").read_text("utf-8")


def test_what_did_not_change_keeps_its_age(watched: Watched) -> None:
    page = watched.site / "categories/industry.html"
    other = watched.site / "about.html"
    before = page.stat().st_mtime_ns, other.stat().st_mtime_ns
    watched.folder.edit(POINT, "name: ", "name: 新")
    watched.saved(POINT)
    assert page.stat().st_mtime_ns > before[0]
    assert other.stat().st_mtime_ns == before[1]
