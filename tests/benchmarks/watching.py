"""`python -m tests.benchmarks.watching`: from a saved record to the folder, under `build --watch`.

A sentence is edited, a record is added, renamed and deleted, again and again. Pages: until every
page and list in the folder is that of a clean build; search: until the index of search is too. Both
are medians of seconds of wall time, beside a clean build of the same records in the same run.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from casebook_site.engine.changes import Changes
from casebook_site.engine.request import BuildRequest
from casebook_site.engine.watch import WatchedSite
from tests.benchmarks.generated import write_site


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.watching",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print("| records | change | pages s | search s | clean build s | pages ÷ build |")
    print("| ---: | --- | ---: | ---: | ---: | ---: |")
    for count in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            for row in measured(write_site(Path(folder), count), count, options.rounds):
                print(row, flush=True)


def measured(config_file: Path, count: int, rounds: int) -> Iterator[str]:
    """Yield a row of the table for each sort of change."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "casebook_site", "build", "-f", str(config_file)]
    subprocess.run(command, check=True, capture_output=True)
    build = time.perf_counter() - begin
    told: list[str] = []
    site = WatchedSite(BuildRequest(config_file), told.append)
    times: dict[str, list[tuple[float, float]]] = {}
    for number in range(rounds):
        for name, change in changes(config_file.parent / "content/records", number).items():
            times.setdefault(name, []).append(_timed(site, change()))
    assert all("更新" in line for line in told), told
    for name, found in times.items():
        pages, search = (statistics.median(column) for column in zip(*found, strict=True))
        cells = (f"{count:,}", name, f"{pages:.2f}", f"{search:.2f}", f"{build:.1f}")
        yield f"| {' | '.join(cells)} | {pages / build:.3f} |"


def changes(records: Path, number: int) -> dict[str, Callable[[], list[Path]]]:
    """Return the changes of a round: each writes files and returns which."""
    file = next(
        file
        for file in sorted((records / "teaching-points").glob("*.yml"))
        if "\nsummary: " in file.read_text("utf-8")
    )
    added, renamed = file.with_name("zz-added.yml"), file.with_name("zz-renamed.yml")

    def edit() -> list[Path]:
        mark = f"\nsummary: 第{number}次改动。"
        text = re.sub(r"\nsummary: (第\d+次改动。)?", mark, file.read_text("utf-8"))
        file.write_text(text, "utf-8")
        return [file]

    def add() -> list[Path]:
        text = re.sub(
            r"^name: .*$", f"name: 新教学点之{number}", file.read_text("utf-8"), flags=re.M
        )
        added.write_text(re.sub(r"^(media|codes):.*\n", "", text, flags=re.M), "utf-8")
        return [added]

    def rename() -> list[Path]:
        added.rename(renamed)
        return [added, renamed]

    def delete() -> list[Path]:
        renamed.unlink()
        return [renamed]

    return {"edit": edit, "add": add, "rename": rename, "delete": delete}


def _timed(site: WatchedSite, paths: list[Path]) -> tuple[float, float]:
    begin = time.perf_counter()
    site.take(Changes(records=set(map(str, paths))))
    pages = time.perf_counter() - begin
    site.finish()
    return pages, time.perf_counter() - begin


if __name__ == "__main__":
    main()
