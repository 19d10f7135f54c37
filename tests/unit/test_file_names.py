"""Files that nobody has written, and what is no file at all."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from casebook_site.base.file_names import is_leftover
from casebook_site.base.problems import SettingsError
from casebook_site.mkdocs_adapter.config import open_site
from tests.folders import SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

LEFT = [
    "x.yml~", "#x.yml#", ".#x.yml", ".x.yml.swp", "x.yml.swp", "x.swo", "~$x.xlsx", "~x.yml", "Thumbs.db",
    "thumbs.db", "desktop.ini", ".DS_Store", "x.bak", "x.yml.bak", "x.yml.bak2", "x.orig", "x.yml.rej", "x.tmp",
    "~WRL0001.tmp", "x.yml~RF1a2b3c.TMP", "x.yml.sb-1a2b3c4d-AbCdEf", "x.sync-conflict-20220301-120000-ABCDEFG.yml",
    "x (conflicted copy 2022-03-01 120000).yml", "x (Wang's conflicted copy 2022-03-01).yml", "x（冲突副本）.yml",
    "x_conflict-20220301-120000.yml", "x.yml.save", "x.yml.part", ".gitkeep",
]  # fmt: skip
KEPT = [
    "x.yml", "x.yaml", "x-1.yml", "backup.yml", "tmp.yml", "conflict.yml", "x.md", "x.txt", "x (1).yml", "x.lnk",
    "thumbs.yml", "old.yml",
]  # fmt: skip


@pytest.mark.parametrize("name", LEFT)
def test_leftovers_are_known_by_their_names(name: str) -> None:
    assert is_leftover(name)


@pytest.mark.parametrize("name", KEPT)
def test_what_somebody_may_have_written_is_none(name: str) -> None:
    assert not is_leftover(name)


SOUND = {"records/terms/yi.yml": "name: 乙\ndefinition: 乙。\n", "pages/index.md": "# 首页\n"}
FOLDERS = ["records/terms", "records", "maps", "packs", "search", "pages"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_leftovers_are_left_aside_and_counted(site_folder: MakeFolder, folder: str) -> None:
    site = site_folder(SOUND)
    for name in LEFT:
        site.write(f"{folder}/{name}", "no: record\n")
    assert site.load().problems == ()
    seen = sum(not name.startswith(".") for name in LEFT)
    done = site.casebook("check")
    assert f"另有 {seen} 个编辑器或系统留下的文件没有读" in done.stderr


def test_leftovers_are_not_published(site_folder: MakeFolder) -> None:
    site = site_folder(SOUND)
    for name in ("index.md", *LEFT):
        site.write(f"pages/{name}", "x")
    assert site.casebook("build").returncode == 0
    published = {path.name for path in (site.root / "site").rglob("*")}
    assert "index.html" in published
    assert not published & {Path(name).name for name in LEFT}


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def plug(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the address of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(here)


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.parametrize("place", [pipe, device, plug, dangling, loop, Path.mkdir])
@pytest.mark.parametrize(
    "name",
    ["records/terms/bing.yml", "maps/a.yml", "packs/a.yml", "search/synonyms.yml", "pages/a.md"],
)
def test_what_is_no_file_is_told_at_once(
    site_folder: MakeFolder, name: str, place: Callable[[Path], None]
) -> None:
    site = site_folder(SOUND)
    path = site.root / "content" / name
    path.parent.mkdir(exist_ok=True)
    place(path)
    (problem,) = site.load().problems
    assert (problem.location.path, problem.code) == (f"content/{name}", "CB101")
    assert problem.message.startswith("这里")


@pytest.mark.parametrize("place", [pipe, device, dangling, Path.mkdir])
def test_a_medium_that_is_no_file_is_told(
    site_folder: MakeFolder, place: Callable[[Path], None]
) -> None:
    record = "name: 乙\ndefinition: 乙。\nmedia:\n- {file: a.jpg, title: 图, credit: 甲}\n"
    site = site_folder({**SOUND, "records/terms/yi.yml": record})
    (site.root / "content/media").mkdir(exist_ok=True)
    place(site.root / "content/media/a.jpg")
    assert "CB304" in {problem.code for problem in site.load().problems}


@pytest.mark.parametrize("place", [pipe, device, dangling, Path.mkdir])
def test_settings_that_are_no_file_are_told(tmp_path: Path, place: Callable[[Path], None]) -> None:
    place(tmp_path / "mkdocs.yml")
    with pytest.raises(SettingsError):
        open_site(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize(
    "name", ["说明/怎样使用.md", "a/图.png", "con.md", "a:b.md", f"{'a' * 130}.md"]
)
def test_names_that_no_bundle_can_hold_are_told_at_check(
    site_folder: MakeFolder, name: str
) -> None:
    site = site_folder({**SOUND, f"pages/{name}": "x"})
    found = [(problem.location.path, problem.code) for problem in site.load().problems]
    assert found == [(f"content/pages/{name}", "CB113")]
