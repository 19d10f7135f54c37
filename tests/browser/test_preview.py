"""What an editor sees while writing: `casebook serve`."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenPage
from tests.folders import SiteFolder, stop

RECORD = "content/records/teaching-points/zi-park.yml"
BROKEN_LINE = "no_such_field: 1\n"
PATIENCE = 60_000
"""Milliseconds for a build on a machine that is busy."""

Serve = Callable[[SiteFolder], str]


def answers(address: str) -> bool:
    """Whether a server is there."""
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (urllib.error.URLError, TimeoutError):
        return False


@contextmanager
def serving(folder: SiteFolder, log: Path) -> Iterator[str]:
    """Runs the preview of a folder; gives the address of the home page."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    address = f"http://127.0.0.1:{port}/sub/path/"
    command = [sys.executable, "-m", "casebook_site", "serve", "-f", "mkdocs.yml"]
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*command, "-a", f"127.0.0.1:{port}"],
            cwd=folder.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            end = time.monotonic() + PATIENCE / 1000
            while not answers(address):
                said = log.read_text("utf-8", errors="replace")
                assert process.poll() is None, f"the preview has ended:\n{said}"
                assert time.monotonic() < end, f"the preview does not answer:\n{said}"
                time.sleep(0.1)
            yield address
        finally:
            stop(process)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Previews folders until the test ends."""
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(serving(folder, tmp_path / "serve.log"))


def break_record(folder: SiteFolder) -> int:
    """Adds an unknown field to a record; returns its line."""
    file = folder.root / RECORD
    text = file.read_text("utf-8").rstrip("\n") + "\n"
    file.write_text(text + BROKEN_LINE, "utf-8")
    return text.count("\n") + 1


def mend_record(folder: SiteFolder) -> None:
    """Takes it out again."""
    folder.edit(RECORD, BROKEN_LINE, "")


def expect_problem(page: Page, line: int) -> None:
    """The problem and its place stand at the top of the page."""
    problems = page.locator(".cb-problems")
    expect(problems).to_be_visible(timeout=PATIENCE)
    expect(problems).to_contain_text(f"{RECORD}:{line}")
    expect(problems).to_contain_text("no_such_field")
    assert problems.evaluate(
        "box => box.getBoundingClientRect().top < document.querySelector('h1').getBoundingClientRect().top"
    )


def test_a_mistake_shows_on_the_open_page_and_goes_when_it_is_mended(
    toy: SiteFolder, serve: Serve, open_page: OpenPage
) -> None:
    home = serve(toy)
    page = open_page(home + "teaching-points/zi-park.html")
    title = page.locator("h1").inner_text()
    expect(page.locator(".cb-problems")).to_have_count(0)

    line = break_record(toy)  # the page reloads by itself
    expect_problem(page, line)
    expect(page.locator("h1")).to_have_text(title)
    assert not violations(page)

    mend_record(toy)
    expect(page.locator(".cb-problems")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("h1")).to_have_text(title)


@pytest.mark.slow
def test_a_preview_that_starts_with_a_mistake_says_so_and_fills_when_it_is_mended(
    toy: SiteFolder, serve: Serve, open_page: OpenPage
) -> None:
    line = break_record(toy)
    home = serve(toy)
    page = open_page(home)
    expect_problem(page, line)
    mend_record(toy)
    expect(page.locator(".cb-problems")).to_have_count(0, timeout=PATIENCE)
    page.goto(home + "teaching-points/zi-park.html")
    expect(page.locator("h1")).to_be_visible()


def test_an_edited_sentence_appears_without_a_reload_by_hand(
    toy: SiteFolder, serve: Serve, open_page: OpenPage
) -> None:
    page = open_page(serve(toy))
    expect(page.locator("body")).not_to_contain_text("刚写的一句")
    file = toy.root / "content/pages/index.md"
    file.write_text(file.read_text("utf-8") + "\n\n刚写的一句。\n", "utf-8")
    expect(page.locator(".md-content")).to_contain_text("刚写的一句", timeout=PATIENCE)
