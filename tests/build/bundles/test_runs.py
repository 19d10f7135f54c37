"""Many bundles by the command: what is written, told, and left after a kill."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import minisign
import pytest

from casebook_site.base.problems import UserError
from casebook_site.engine import bundle_runs
from casebook_site.engine.bundle_runs import fingerprint, jobs_for, run
from casebook_site.model.scopes import Scope
from casebook_site.outputs.bundles.making import BundleBuilder
from casebook_site.outputs.bundles.signing import Signer
from casebook_site.outputs.bundles.verifying import verify
from tests.build.bundles.conftest import builder_for
from tests.folders import REPOSITORY, SiteFolder, tree


def names(folder: Path) -> set[str]:
    """All files in a folder, hidden ones too."""
    return {file.name for file in folder.iterdir()}


def test_bundles_are_made_side_by_side_and_verify(toy: SiteFolder) -> None:
    done = toy.casebook("bundle", "all", "county:jia", "--each", "township")
    assert done.returncode == 0, done.stderr
    found = names(toy.root / "bundles")
    assert {"all.zip", "county-jia.zip", "township-bing.zip", "township-ding.zip"} <= found
    assert not [name for name in found if name.startswith(".")]
    for file in (toy.root / "bundles").iterdir():
        done = toy.casebook("verify", str(file))
        assert done.returncode == 0, done.stderr
        assert "完好" in done.stderr


@pytest.mark.slow
def test_the_number_of_workers_does_not_show(toy: SiteFolder) -> None:
    toy.edit("mkdocs.yml", "  - casebook:\n", "  - casebook:\n      workers: 1\n")
    toy.run("casebook_site", "bundle", "--each", "township", "--out", "one")
    toy.edit("mkdocs.yml", "workers: 1\n", "workers: 2\n")
    toy.run("casebook_site", "bundle", "--each", "township", "--out", "two")
    assert tree(toy.root / "one") == tree(toy.root / "two") != {}


def test_an_internal_bundle_says_so_in_its_name(toy: SiteFolder) -> None:
    done = toy.casebook("bundle", "township:bing", "--audience", "internal")
    assert done.returncode == 0, done.stderr
    assert names(toy.root / "bundles") == {"township-bing-internal.zip"}


def test_verify_tells_damage_to_people_and_programs(toy: SiteFolder) -> None:
    toy.casebook("bundle", "village:zi")
    file = toy.root / "bundles/village-zi.zip"
    raw = bytearray(file.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 300] = bytes(300)  # longer than what stands between two files
    file.write_bytes(raw)
    done = toy.casebook("verify", str(file), "--format", "json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"][0]["code"] == "CB702"
    (toy.root / "no.zip").write_text("no")
    assert toy.casebook("verify", "no.zip").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["township:bingg"], "是不是“bing”"),
        (["twonship:bing"], "是不是“township”"),
        ([], "没有写做什么范围"),
        (["village:zi", "--out", "mkdocs.yml/x"], "写不了"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_made(
    toy: SiteFolder, arguments: list[str], words: str
) -> None:
    before = names(toy.root)
    done = toy.casebook("bundle", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert names(toy.root) - {".casebook"} == before


def test_broken_records_make_no_bundle(toy: SiteFolder) -> None:
    toy.write("records/terms/broken.yml", "name: [")
    done = toy.casebook("bundle", "all")
    assert done.returncode == 1
    assert "CB106" in done.stdout
    assert not (toy.root / "bundles").exists()


@pytest.mark.slow
def test_a_killed_run_leaves_whole_zips_and_goes_on(tmp_path: Path) -> None:
    out, clean = tmp_path / "out", tmp_path / "clean"
    chance = random.Random(7)
    command = [sys.executable, "-m", "casebook_site", "bundle", "--each", "township", "--out"]
    for _ in range(2):
        started = subprocess.Popen(
            [*command, str(out)], cwd=REPOSITORY, stderr=subprocess.DEVNULL, start_new_session=True
        )
        deadline = time.monotonic() + 60
        enough = len(list(out.glob("*.zip"))) + 1 if out.exists() else 1
        while len(list(out.glob("*.zip"))) < enough and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.3))
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        for zip in out.glob("*.zip"):
            assert verify(zip).problems == ()
    done = SiteFolder(REPOSITORY).run(*command[2:], str(out))
    assert done.returncode == 0, done.stderr
    assert "上次已做好" in done.stderr
    SiteFolder(REPOSITORY).run(*command[2:], str(clean))
    assert tree(out) == tree(clean)


@pytest.mark.slow
def test_a_process_of_the_run_ends_with_it(tmp_path: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "casebook_site", "bundle", "--each", "village", "--out", str(tmp_path)],
        cwd=REPOSITORY, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("*.zip")) and time.monotonic() < deadline:
        time.sleep(0.01)
    children = Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()
    started.kill()
    started.wait()
    while time.monotonic() < deadline and any(
        Path(f"/proc/{child}").exists() for child in children
    ):
        time.sleep(0.05)
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


# --- what a run is made from ------------------------------------------------------------------------


def _synonyms(folder: SiteFolder, builder: BundleBuilder) -> BundleBuilder:
    folder.write("search/synonyms.yml", "groups:\n  - [联村, 抱团]\n")
    return builder_for(folder.root)


def _page(folder: SiteFolder, builder: BundleBuilder) -> BundleBuilder:
    folder.write("pages/new.md", "# 新的一页\n")
    return builder_for(folder.root)


def _setting(folder: SiteFolder, builder: BundleBuilder) -> BundleBuilder:
    folder.edit("mkdocs.yml", "name: 示例主办单位", "name: 别的单位")
    return builder_for(folder.root)


def _program(folder: SiteFolder, builder: BundleBuilder) -> BundleBuilder:
    return builder


@pytest.mark.slow
@pytest.mark.parametrize("change", [_synonyms, _page, _setting, _program])
def test_a_run_goes_on_only_from_what_it_would_make_itself(
    toy: SiteFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[SiteFolder, BundleBuilder], BundleBuilder],
) -> None:
    builder = builder_for(toy.root)
    jobs = jobs_for(builder, [Scope.parse("village:zi")], tmp_path)
    before = fingerprint(builder, jobs)
    assert fingerprint(builder_for(toy.root), jobs) == before
    if change is _program:
        monkeypatch.setattr(bundle_runs, "program_digest", lambda: "another program")
    assert fingerprint(change(toy, builder), jobs) != before


def test_a_run_that_is_to_be_signed_does_not_keep_unsigned_bundles(
    toy: SiteFolder, tmp_path: Path
) -> None:
    key = minisign.KeyPair.generate().secret_key
    (tmp_path / "key").write_bytes(bytes(key))
    builder = builder_for(toy.root)
    jobs = jobs_for(builder, [Scope.parse("village:zi")], tmp_path)
    signed = replace(builder, signer=Signer(tmp_path / "key", ""))
    assert fingerprint(signed, jobs) != fingerprint(builder, jobs)


@pytest.mark.slow
@pytest.mark.parametrize("noted", ["whole", "none", "of another"])
def test_a_file_is_kept_only_as_the_unfinished_run_has_made_it(
    toy: SiteFolder, tmp_path: Path, noted: str
) -> None:
    builder = builder_for(toy.root)
    jobs = jobs_for(builder, [Scope.parse("village:zi")], tmp_path / "out")
    file = jobs[0].target
    file.parent.mkdir()
    file.write_bytes(b"made by the run" if noted != "of another" else b"put there later")
    digest = f"{sha256(b'made by the run').hexdigest()} " if noted != "none" else ""
    note = f"{fingerprint(builder, jobs)}\n{digest}{file.name}\n"
    (file.parent / ".casebook-bundles").write_text(note, "utf-8")
    (done,) = run(builder, jobs, tmp_path / "out")
    assert done.kept == (noted == "whole")
    assert (verify_problems(file) == ()) == (noted != "whole")


def verify_problems(file: Path) -> object:
    """What is wrong with a zip; a sentence for what is none."""
    try:
        return verify(file).problems
    except UserError as error:
        return str(error)
