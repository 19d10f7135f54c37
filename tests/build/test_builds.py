"""Building: same input, same bytes; all or nothing; through both doors; from a wheel."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from casebook_site.engine.publish import Publication
from tests.folders import REPOSITORY, SiteFolder, toy_copy, tree

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

BROKEN_RECORD = "records/terms/zzz-broken.yml"

# --- same input, same bytes -----------------------------------------------------------------------


@pytest.mark.slow
def test_a_second_build_elsewhere_with_other_hashes_and_workers_has_the_same_bytes(
    public_site: Path, tmp_path: Path
) -> None:
    toy = toy_copy(tmp_path / "elsewhere/with a space")
    toy.edit("mkdocs.yml", "workers: 2", "workers: 1")
    env = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Shanghai", "LC_ALL": "C", "COLUMNS": "40"}
    done = toy.run("casebook_site", "build", env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(toy.root / "site") == tree(public_site)


def test_a_build_over_an_older_site_has_the_same_bytes(public_site: Path, toy: SiteFolder) -> None:
    toy.write("records/terms/extra.yml", "name: 多出的\ndefinition: 释义。\n")
    site = toy.build()
    assert (site / "terms/extra.html").is_file()
    toy.delete("records/terms/extra.yml")
    assert tree(toy.build()) == tree(public_site)


def test_a_build_over_an_older_site_touches_what_changed_and_nothing_else(
    public_site: Path, toy: SiteFolder, tmp_path: Path
) -> None:
    shutil.copytree(public_site, toy.root / "site")
    for file in (toy.root / "site").rglob("*.*"):
        os.utime(file, (86_400, 86_400))
    toy.edit("content/records/teaching-points/zi-park.yml", "name: ", "name: 改名的")
    added = toy.write("records/terms/extra.yml", "name: 多出的\ndefinition: 释义。\n")
    assert toy.casebook("rename", "county", "jia", "new-jia").returncode == 0
    old, site = tree(public_site), toy.build()
    new = tree(site)
    aged = {path for path in new if (site / path).stat().st_mtime == 86_400}
    assert aged == {path for path in new if new[path] == old.get(path)}
    assert aged
    assert aged < set(new)
    shutil.rmtree(site)
    shutil.rmtree(toy.root / ".casebook")
    assert tree(toy.build()) == new
    added.unlink()
    assert set(new) - set(tree(toy.build())) >= {"terms/extra.html", "terms/extra.json"}


def test_the_order_and_age_of_files_do_not_matter(
    public_site: Path, toy: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    for number, file in enumerate(sorted(toy.root.rglob("*.*"), reverse=True)):
        os.utime(file, (number * 1_000_000, number * 1_000_000))
    assert tree(toy.build()) == tree(public_site)


def test_both_audiences_share_what_is_not_of_records(
    public_site: Path, internal_site: Path
) -> None:
    public, internal = tree(public_site), tree(internal_site)
    assets = [path for path in public if path.startswith("assets/")]
    assert assets
    assert all(public[path] == internal.get(path) for path in assets)


# --- two doors --------------------------------------------------------------------------------


def test_mkdocs_builds_the_same_bytes_in_strict_mode(public_site: Path, toy: SiteFolder) -> None:
    done = toy.run("mkdocs", "build", "--strict", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout + done.stderr == ""
    assert tree(toy.root / "site") == tree(public_site)


def test_mkdocs_tells_every_problem_and_fails(toy: SiteFolder) -> None:
    toy.write(BROKEN_RECORD, "naem: x\ndefinition: 3\n")
    done = toy.run("mkdocs", "build")
    assert done.returncode == 1
    for line in (1, 1, 2):
        assert f"content/{BROKEN_RECORD}:{line}:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (toy.root / "site").exists()


def test_an_internal_build_is_written_beside_the_public_one(internal_site: Path) -> None:
    assert internal_site.name == "site-internal"
    assert not (internal_site.parent / "site").exists()


def test_a_site_folder_can_be_named(toy: SiteFolder, public_site: Path) -> None:
    done = toy.casebook("build", "--site-dir", "out/here")
    assert done.returncode == 0, done.stderr
    assert tree(toy.root / "out/here") == tree(public_site)
    assert not (toy.root / "site").exists()


def test_a_build_from_another_folder_takes_the_configuration_s_place(
    toy: SiteFolder, tmp_path: Path, public_site: Path
) -> None:
    elsewhere = SiteFolder(tmp_path / "empty")
    elsewhere.root.mkdir()
    done = elsewhere.casebook("build", "-f", str(toy.root / "mkdocs.yml"))
    assert done.returncode == 0, done.stderr
    assert tree(toy.root / "site") == tree(public_site)
    assert list(elsewhere.root.iterdir()) == []


# --- exit codes ---------------------------------------------------------------------------------


def test_check_exits_with_zero_where_nothing_is_wrong(toy: SiteFolder) -> None:
    done = toy.run("casebook_site", "check")
    assert (done.returncode, done.stdout) == (0, "")
    assert "没有问题" in done.stderr


def test_check_exits_with_one_where_something_is_wrong(toy: SiteFolder) -> None:
    toy.write(BROKEN_RECORD, "name: x\n")
    done = toy.run("casebook_site", "check")
    assert done.returncode == 1
    assert done.stdout.startswith(f"content/{BROKEN_RECORD}:1:1: CB201")


@pytest.mark.parametrize(
    ("command", "part"),
    [
        (["check", "-f", "nowhere.yml"], "nowhere.yml"),
        (["check", "--format", "xml"], "xml"),
        (["chekc"], "chekc"),
        (["build", "--audience", "secret"], "secret"),
    ],
)
def test_what_could_not_run_exits_with_two(toy: SiteFolder, command: list[str], part: str) -> None:
    done = toy.casebook(*command)
    assert done.returncode == 2
    assert part in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("audience: public", "audiense: public", "是不是“audience”？"),
        ("  - casebook:", "  - nosuchplugin:", "nosuchplugin"),
        ("site_name: 示例案例库", "site_name: [", "mkdocs.yml"),
        ("docs_dir: content/pages", "docs_dir: content/nowhere", "nowhere"),
    ],
)
def test_a_wrong_configuration_exits_with_two(
    toy: SiteFolder, old: str, new: str, part: str
) -> None:
    toy.edit("mkdocs.yml", old, new)
    done = toy.casebook("check")
    assert done.returncode == 2, done.stdout + done.stderr
    assert part in done.stderr
    assert "Traceback" not in done.stderr


def test_a_configuration_without_the_plugin_exits_with_two(toy: SiteFolder) -> None:
    text = (toy.root / "mkdocs.yml").read_text("utf-8")
    text = re.sub(r"plugins:\n(?:  .*\n)+", "plugins: []\n", text)
    (toy.root / "mkdocs.yml").write_text(text, "utf-8")
    done = toy.casebook("check")
    assert done.returncode == 2
    assert "casebook" in done.stderr


# --- all or nothing -----------------------------------------------------------------------------


def leavings(root: Path) -> list[str]:
    """What a build left beside the site, but the lock."""
    return [p.name for p in root.iterdir() if p.name.startswith(".site") and p.suffix != ".lock"]


def test_a_build_with_problems_leaves_the_old_site_whole(toy: SiteFolder) -> None:
    before = tree(toy.build())
    toy.write(BROKEN_RECORD, "name: x\n")
    done = toy.casebook("build")
    assert done.returncode == 1
    assert BROKEN_RECORD in done.stdout
    assert tree(toy.root / "site") == before
    assert leavings(toy.root) == []


def test_a_build_that_strict_mode_rejects_leaves_the_old_site_whole(toy: SiteFolder) -> None:
    before = tree(toy.build())
    toy.write("pages/about.md", "# 关于\n\n[没有](nowhere.md)\n")
    for door in (toy.casebook, partial(toy.run, "mkdocs")):
        done = door("build", "--strict")
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
        assert tree(toy.root / "site") == before
        assert leavings(toy.root) == []
    assert toy.casebook("build").returncode == 0


def test_a_build_that_crashes_leaves_the_old_site_whole(toy: SiteFolder) -> None:
    before = tree(toy.build())
    toy.edit("mkdocs.yml", "plugins:\n", "hooks: [crash.py]\nplugins:\n")
    (toy.root / "crash.py").write_text(
        "def on_env(env, config, files):\n    raise OSError('disk full')\n"
    )
    done = toy.casebook("build")
    assert done.returncode == 2
    assert "disk full" in done.stderr
    assert tree(toy.root / "site") == before
    assert leavings(toy.root) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "text", "parts"),
    [
        ("pages/counties/jia.md", "# 撞上\n", ["counties/jia.md", "county/jia"]),
        ("pages/names/letter-z.md", "# 撞上\n", ["names/letter-z.md", "names/letter-z.html"]),
        ("pages/terms/index.md", "# 撞上\n", ["terms/index.md", "术语"]),
        ("pages/feed.xml", "<x/>", ["feed.xml"]),
        ("pages/data/terms.csv", "x", ["data/terms.csv"]),
        ("pages/media/bing/park-01.png", "x", ["media/bing/park-01.png"]),
        ("pages/Counties/jia.md", "# 撞上\n", ["Counties/jia.md", "county/jia"]),
    ],
)
def test_two_makers_of_one_path_are_refused_and_named(
    toy: SiteFolder, path: str, text: str, parts: list[str]
) -> None:
    toy.write(path, text)
    done = toy.casebook("build")
    assert done.returncode == 2, done.stdout + done.stderr
    for part in parts:
        assert part in done.stderr
    assert "Traceback" not in done.stderr
    assert not (toy.root / "site").exists()


def test_a_second_build_is_refused_while_one_is_under_way(toy: SiteFolder) -> None:
    first = Publication(toy.root / "site")
    first.begin()
    try:
        done = toy.casebook("build")
    finally:
        first.abandon()
    assert done.returncode == 2
    assert "另一次构建" in done.stderr


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_a_whole_site(toy: SiteFolder) -> None:
    """Killed while nothing, something or almost all is written, then started again."""
    old = tree(toy.build())
    toy.edit("content/records/terms/list.yml", "name: 龙头村", "name: 领头村")
    start = time.perf_counter()
    toy.build("--site-dir", "expected")
    whole = time.perf_counter() - start
    new = tree(toy.root / "expected")
    assert new != old
    for share in (0.3, 0.6, 0.75, 0.85, 0.95):
        build = subprocess.Popen(
            [sys.executable, "-m", "casebook_site", "build"],
            cwd=toy.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(whole * share)
        os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        mend = Publication(toy.root / "site")  # what the next start does first
        mend.begin()
        assert tree(toy.root / "site") in (old, new)
        mend.abandon()
        assert leavings(toy.root) == []
    assert tree(toy.build()) == new


# --- installed elsewhere ------------------------------------------------------------------------


@pytest.mark.slow
def test_a_site_folder_builds_with_the_installed_wheel(tmp_path: Path, public_site: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("generator", "templates"):
        shutil.copytree(
            REPOSITORY / name, source / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        if (REPOSITORY / name).exists():
            shutil.copy(REPOSITORY / name, source)
    dist = tmp_path / "dist"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist)],
        cwd=source, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = dist.glob("*.whl")

    # What pip does with a wheel of plain Python, without asking an index.
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        assert not [name for name in archive.namelist() if name.startswith("tests/")]
        archive.extractall(installed)
    shutil.rmtree(source)

    toy = toy_copy(tmp_path / "elsewhere")
    # The checkout's own .pth file must not be read, so site-packages are only on the path.
    start = (
        "import sys; from casebook_site.cli.main import main; import casebook_site; "
        f"assert casebook_site.__file__.startswith({str(installed)!r}), casebook_site.__file__; "
        "sys.argv = ['casebook', 'build']; main()"
    )
    packages = os.pathsep.join([str(installed), sysconfig.get_path("purelib")])
    done = subprocess.run(
        [sys.executable, "-S", "-c", start],
        cwd=toy.root,
        env={**os.environ, "PYTHONPATH": packages},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(toy.root / "site") == tree(public_site)
