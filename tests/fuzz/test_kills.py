"""Commands killed at random moments: the last good output stays, records are whole, the next run ends well.

`make fuzz` kills each command CASEBOOK_KILLS times, with another CASEBOOK_FUZZ_SEED each time.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook_site.outputs.bundles.verifying import verify
from tests.folders import SiteFolder, toy_copy, tree
from tests.fuzz.mutating import SEED

KILLS = int(os.environ.get("CASEBOOK_KILLS", "3"))
"""Kills of each command."""

POINT = "content/records/teaching-points/zi-park.yml"
IDS = ("teaching-point", "zi-park", "zi-garden")


def started(folder: SiteFolder, *command: str) -> subprocess.Popen[bytes]:
    """A command in a session of its own, which can be killed with all its processes."""
    return subprocess.Popen(
        [sys.executable, "-m", "casebook_site", *command],
        cwd=folder.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a command and its processes as a power cut would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def outputs(folder: SiteFolder, name: str) -> dict[str, str]:
    """Path → digest of what is in a folder of outputs; what is beside its place is left out."""
    return {path: digest for path, digest in tree(folder.root / name).items() if path[0] != "."}


def ends_well(folder: SiteFolder, *command: str) -> None:
    """Run a command to its end, which must be good."""
    done = folder.casebook(*command)
    assert done.returncode == 0, done.stdout + done.stderr


def changed_sheet(folder: SiteFolder) -> None:
    """An edit of several files, in a sheet that is imported later."""
    ends_well(folder, "export", "--kind", "village", "--out", "village.csv")
    sheet = folder.root / "village.csv"
    sheet.write_text(sheet.read_text("utf-8").replace("子村", "子庄"), "utf-8")


def nothing(folder: SiteFolder) -> None:
    """Leave a folder as it is."""


COMMANDS: dict[str, tuple[tuple[str, ...], Callable[[SiteFolder], None]]] = {
    "build": (("build", "--clean"), nothing),
    "bundle": (("bundle", "--each", "township", "--out", "made"), nothing),
    "pack": (("pack", "county:jia", "--format", "pdf", "--format", "docx", "--out", "made"), nothing),
    "import": (("import", "village.csv", "--kind", "village"), changed_sheet),
    "rename": (("rename", *IDS), nothing),
}  # fmt: skip
OUTPUTS = ("content", "site", "made")


def states(folder: SiteFolder) -> dict[str, dict[str, str]]:
    """Output → what is in it."""
    return {name: outputs(folder, name) for name in OUTPUTS}


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_a_kill_leaves_what_was_or_what_shall_be(tmp_path: Path, name: str) -> None:
    command, prepare = COMMANDS[name]
    chance = random.Random(f"{SEED} {name}")
    model, took = SiteFolder(tmp_path / "model"), 0.0
    toy_copy(model.root)
    prepare(model)
    old = states(model)
    began = time.monotonic()
    assert started(model, *command).wait() == 0
    took, new = time.monotonic() - began, states(model)
    for number in range(KILLS):
        folder = toy_copy(tmp_path / str(number))
        prepare(folder)
        process = started(folder, *command)
        time.sleep(chance.uniform(0.2, 1.05) * took)
        kill(process)
        ends_well(folder, "check")  # which first finishes what was decided
        for output, found in states(folder).items():
            if output == "made":  # each file by itself
                assert found.items() <= new[output].items(), number
            else:
                assert found in (old[output], new[output]), (output, number)
        for zip in (folder.root / "made").glob("*.zip"):
            assert verify(zip).problems == ()
        if states(folder)["content"] != new["content"] or name not in ("rename", "import"):
            ends_well(folder, *command)
        assert states(folder) == new, number


@pytest.mark.slow
def test_a_watch_that_is_killed_leaves_whole_files(toy: SiteFolder, tmp_path: Path) -> None:
    chance = random.Random(f"{SEED} watch")
    known = [tree(toy.build())]
    for number in range(KILLS):
        process = started(toy, "build", "--watch")
        time.sleep(chance.uniform(2, 3))
        toy.edit(POINT, "name: ", f"name: 新{number}")
        time.sleep(chance.uniform(0, 1.5))
        kill(process)
        left = outputs(toy, "site")
        ends_well(toy, "build", "--clean", "--site-dir", str(tmp_path / "clean/site"))
        known.append(outputs(SiteFolder(tmp_path / "clean"), "site"))
        for path, digest in left.items():
            assert digest in {each.get(path) for each in known}, (path, number)
        toy.build()
        assert outputs(toy, "site") == known[-1]
