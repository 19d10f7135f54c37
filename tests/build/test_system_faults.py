"""What the system refuses is one Chinese sentence and exit code 2, whichever command meets it."""

from __future__ import annotations

import errno
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import Workbook

from casebook_site.base.system_errors import ADVICE, REASONS, reason_of, sentence_of
from casebook_site.cli.main import COMMANDS
from tests.folders import SiteFolder

CALLS: dict[str, tuple[str, ...]] = {
    "build": ("build", "--clean"),
    "bundle": ("bundle", "county:jia"),
    "check": ("check",),
    "collect": ("collect", "stick"),
    "doctor": ("doctor",),
    "edit": ("edit", "--no-browser"),
    "export": ("export", "--out", "out.xlsx"),
    "import": ("import", "terms.csv", "--kind", "term"),
    "new": ("new", "term", "fresh"),
    "pack": ("pack", "point:zi-park", "--format", "docx"),
    "release": ("release", "2027-01"),
    "rename": ("rename", "term", "lead-village", "other"),
    "results": ("results", "--out", "results.xlsx"),
    "review": ("review", "list"),
    "schema": ("schema",),
    "undo": ("undo",),
    "serve": ("serve", "-a", "127.0.0.1:0"),
    "verify": ("verify", "a.zip"),
}
"""A call of each command that writes, or reads, what it is for."""
SERVING = ("edit", "serve")
ASIDE = ("doctor", "verify", "schema")
"""Commands that need no content."""


def test_every_command_is_in_the_table() -> None:
    assert set(CALLS) == set(COMMANDS)


@pytest.fixture
def site(toy: SiteFolder) -> SiteFolder:
    """The toy, with what the calls name."""
    (toy.root / "terms.csv").write_text("编号,名称,释义\nfresh-term,新词,新释义。\n", "utf-8")
    (toy.root / "a.zip").write_bytes(b"PK")
    (toy.root / "stick").mkdir()
    return toy


def assert_one_sentence(done: subprocess.CompletedProcess[str]) -> None:
    """No traceback, one line that ends as a sentence, and the code for "could not run"."""
    told = done.stdout + done.stderr
    assert "Traceback" not in told, told
    assert done.returncode == 2, told
    [line] = [line for line in done.stderr.splitlines() if line.startswith("错误：")]
    assert line.endswith("。")
    assert "Errno" not in line


def casebook_a_file(site: SiteFolder) -> None:
    (site.root / ".casebook").write_text("x")


def content_a_file(site: SiteFolder) -> None:
    shutil.rmtree(site.root / "content")
    (site.root / "content").write_text("x")


def bad_address(site: SiteFolder) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("site_url")]
    (site.root / "mkdocs.yml").write_text("\n".join([*lines, 'site_url: "http://["']), "utf-8")


@pytest.mark.parametrize("name", [name for name in CALLS if name not in (*SERVING, *ASIDE)])
@pytest.mark.parametrize("fault", [casebook_a_file, content_a_file])
def test_a_file_in_the_place_of_a_folder(
    name: str, fault: Callable[[SiteFolder], None], site: SiteFolder
) -> None:
    fault(site)
    done = site.casebook(*CALLS[name])
    if fault is content_a_file and name == "new":
        assert "Traceback" not in done.stderr  # it asks for no other record
        assert done.returncode == 2
    else:
        assert_one_sentence(done)


@pytest.mark.parametrize("name", [name for name in CALLS if name not in ASIDE])
def test_an_address_that_is_none(name: str, site: SiteFolder) -> None:
    bad_address(site)
    assert_one_sentence(site.casebook(*CALLS[name]))


@contextmanager
def no_room() -> Iterator[None]:
    """Let the system refuse every byte that is written to a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("name", ["build", "bundle", "import", "new", "pack", "rename", "schema"])  # fmt: skip
def test_a_disk_that_takes_nothing(name: str, site: SiteFolder) -> None:
    before = {path: path.read_bytes() for path in (site.root / "content").rglob("*.yml")}
    with no_room():
        done = site.casebook(*CALLS[name])
    assert_one_sentence(done)
    assert {path: path.read_bytes() for path in (site.root / "content").rglob("*.yml")} == before
    left = [path.name for path in site.root.iterdir() if path.name.endswith((".new", ".part"))]
    assert left == []


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space"), ValueError("IO_ENOSPC")])
def test_no_room_for_the_sheets_of_a_workbook(
    failure: Exception, site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(Workbook, "save", fail)
    done = site.casebook(*CALLS["export"])
    assert_one_sentence(done)
    assert "磁盘空间不够" in done.stderr


def test_what_only_reads_runs_on_a_full_disk(site: SiteFolder) -> None:
    with no_room():
        assert site.casebook("check").returncode == 0
        assert site.casebook("verify", "a.zip").returncode == 2
        assert "Traceback" not in site.casebook("doctor").stderr


@pytest.mark.parametrize(
    "call",
    [
        ("build", "--site-dir", "/proc/x"),
        ("bundle", "county:jia", "--out", "/proc/x"),
        ("pack", "point:zi-park", "--format", "docx", "--out", "/proc/x"),
        ("export", "--out", "/proc/x/out.xlsx"),
        ("new", "site", "/proc/x"),
        ("serve", "-a", "127.0.0.1:99999"),
        ("serve", "-a", "999.0.0.1:8000"),
        ("check", "-f", "/proc/self/mem"),
        ("check", "-f", "no-such.yml"),
        ("import", "no-such.xlsx"),
        ("verify", "/dev/null"),
    ],
    ids=" ".join,
)
def test_a_place_where_nothing_can_be(call: tuple[str, ...], site: SiteFolder) -> None:
    done = site.casebook(*call)
    told = done.stdout + done.stderr
    assert "Traceback" not in told
    assert done.returncode in (1, 2)
    assert "Errno" not in told
    assert "另一次构建" not in told


def test_every_reason_has_a_sentence_that_says_what_to_do() -> None:
    assert set(ADVICE) <= set(REASONS)
    for number in REASONS:
        told = sentence_of(OSError(number, "in English", "文件.yml"))
        assert told.startswith("文件.yml：")
        assert "English" not in told
        assert told.count("。") == 2
    assert reason_of(OSError(errno.EPROTO, "Protocol error")) == "Protocol error"


# --- consoles and pipes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding",
    ["gbk", *(pytest.param(name, marks=pytest.mark.slow) for name in ("ascii", "cp437", "utf-16"))],
)
@pytest.mark.parametrize("command", ["doctor", "check"])
def test_a_console_that_cannot_show_a_character(
    encoding: str, command: str, toy: SiteFolder
) -> None:
    toy.write("records/terms/a.yml", "name: ✓𠮷\n")
    done = subprocess.run(
        [sys.executable, "-m", "casebook_site", command],
        cwd=toy.root,
        env={"PYTHONIOENCODING": encoding, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
    )
    told = (done.stdout + done.stderr).decode(encoding, "replace")
    assert "Traceback" not in told
    assert done.returncode in (0, 1)


def test_a_reader_that_goes_away(toy: SiteFolder) -> None:
    for number in range(40):
        toy.write(f"records/terms/a{number}.yml", "- x\n" * 200)
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m casebook_site check | head -c 1"],
        cwd=toy.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_ctrl_c_ends_a_build_without_a_traceback(toy: SiteFolder) -> None:
    # Where the tests run in the background, a child would be told to ignore the signal.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        [sys.executable, "-m", "casebook_site", "build", "--watch"],
        cwd=toy.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        staged = toy.root / ".site.new"
        while running.poll() is None and not staged.exists() and not (toy.root / "site").exists():
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        try:
            _, told = running.communicate(timeout=60)
        finally:
            running.kill()
    assert "Traceback" not in told
    assert running.returncode in (0, 130)


def test_a_name_with_control_characters_is_shown_harmless(toy: SiteFolder) -> None:
    done = toy.casebook("check", "-f", "\x1b[2J.yml")
    assert "\x1b" not in done.stderr
    assert Path(toy.root).exists()
