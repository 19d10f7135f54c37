"""`python -m tests.benchmarks.preview`: from saving a record to its page, in `casebook serve`.

A sentence of one record is changed again and again. Told is the time from saving until the server
tells an open page to load again, shown the time until the page with the new sentence has come.
Both are medians. Beside them stands a build of the same records from the command line.
"""

from __future__ import annotations

import argparse
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.generated import write_site

PAUSE = 3.0
"""Seconds between two edits: an editor does not save again while the last save is checked."""


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.preview",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--edits", type=int, default=5)
    options = parser.parse_args()
    print("| records | start s | told ms | shown ms | `casebook build` ms | shown ÷ build |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(measure(write_site(Path(folder), count), count, options.edits), flush=True)


def measure(config_file: Path, count: int, edits: int) -> str:
    """A row of the table."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "casebook_site", "build", "-f", str(config_file)]
    subprocess.run(command, check=True, capture_output=True)
    build = (time.perf_counter() - begin) * 1000
    record = _record_with_summary(config_file.parent / "content/records/teaching-points")
    begin = time.perf_counter()
    with serving(config_file) as address:
        start = time.perf_counter() - begin
        times = [_edit(record, address, number) for number in range(edits)]
    told, shown = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
    cells = (f"{count:,}", f"{start:.1f}", f"{told:.0f}", f"{shown:.0f}", f"{build:.0f}")
    return f"| {' | '.join(cells)} | {shown / build:.3f} |"


def _record_with_summary(folder: Path) -> Path:
    return next(
        file for file in sorted(folder.glob("*.yml")) if "\nsummary: " in file.read_text("utf-8")
    )


@contextmanager
def serving(config_file: Path) -> Iterator[str]:
    """Runs the preview; gives its address as soon as it answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    command = [sys.executable, "-m", "casebook_site", "serve", "-f", str(config_file)]
    with subprocess.Popen([*command, "-a", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL) as done:
        address = f"http://127.0.0.1:{port}/"
        while done.poll() is None:
            try:
                _get(address)
            except urllib.error.URLError:
                time.sleep(0.05)
            else:
                break
        try:
            yield address
        finally:
            done.terminate()


def _edit(record: Path, address: str, number: int) -> tuple[float, float]:
    """Seconds from saving to being told, and to the page."""
    page = f"{address}{record.parent.name}/{record.stem}.html"
    found = re.search(r'data-number="(\d+)"', _get(page))
    assert found is not None, f"{page} is not a page of the preview"
    mark = f"第{number}次改动。"
    text = re.sub(r"\nsummary: (第\d+次改动。)?", f"\nsummary: {mark}", record.read_text("utf-8"))
    begin = time.perf_counter()
    record.write_text(text, "utf-8")
    _get(f"{address}_casebook/changes?shown={found[1]}")
    told = time.perf_counter() - begin
    assert mark in _get(page)
    shown = time.perf_counter() - begin
    time.sleep(PAUSE)
    return told, shown


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=120) as answer:
        text: str = answer.read().decode()
    return text


if __name__ == "__main__":
    main()
