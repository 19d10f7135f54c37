"""`make bench`: the same records built by Casebook, by MkDocs with Material, and by Hugo.

Only ratios within one run mean something: another machine, or this one when it is busy, has other
seconds. Needs Linux or macOS.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tests.benchmarks import phases, report
from tests.benchmarks.comparators import write_hugo, write_mkdocs
from tests.benchmarks.generated import REPOSITORY, write_site
from tests.benchmarks.measuring import Run, median, run, size_of

SLOW_AT = 5_000
"""From so many records on, MkDocs runs once."""

PARSE_ONLY = """
import sys, yaml
from pathlib import Path
for file in sorted(Path(sys.argv[1]).rglob("*.yml")):
    yaml.load(file.read_bytes(), yaml.CSafeLoader)
"""


def hugo_program() -> Path:
    """Hugo itself: the package's command is a script that starts Python first."""
    try:
        binaries = Path(str(distribution("hugo").locate_file("hugo/binaries")))
    except PackageNotFoundError:
        raise SystemExit("Hugo is not installed; `make bench` installs it.") from None
    return next(path for path in sorted(binaries.iterdir()) if path.name.startswith("hugo"))


def say(text: str) -> None:
    """Shows what is going on, apart from the result."""
    print(text, file=sys.stderr, flush=True)


class Contest:
    """All builds of one number of records, in a folder of their own."""

    def __init__(self, folder: Path, count: int, seed: int) -> None:
        self.folder = folder
        self.count = count
        say(f"{count} records: writing them for all three")
        self.site = folder / "casebook"
        self.mkdocs, self.empty = folder / "mkdocs", folder / "empty"
        for path in (self.site, self.mkdocs, self.empty):
            path.mkdir(parents=True)
        self.config = write_site(self.site, count, seed)
        write_mkdocs(self.site, self.mkdocs)
        write_mkdocs(self.site, self.empty, empty=True)
        write_hugo(self.site, folder / "hugo")
        write_hugo(self.site, folder / "hugo-json", as_json=True)
        self.out = folder / "out"
        self.runs: dict[str, list[Run]] = {}
        self.steps: list[dict[str, phases.Spent]] = []

    def measure(self, repeat: int) -> report.Outcome:
        """Runs everything `repeat` times, one after the other in turn."""
        for number in range(repeat):
            say(f"{self.count} records: round {number + 1} of {repeat}")
            self._round(once=number == 0)
        say(f"{self.count} records: memory")
        peaks = {
            "casebook": self._casebook(watch=True).peak,
            "hugo": self._hugo("hugo", watch=True).peak,
            "hugo-json": self._hugo("hugo-json", watch=True).peak,
            "mkdocs": max(run.peak for run in self.runs["mkdocs"]),
        }
        sizes = {
            name: size_of(self.out / name) for name in ("casebook", "hugo", "hugo-json", "mkdocs")
        }
        steps = {
            step: phases.Spent(
                *map(statistics.median, zip(*(r[step] for r in self.steps), strict=True))
            )
            for step in phases.STEPS
        }
        runs = {name: median(runs) for name, runs in self.runs.items()}
        shutil.rmtree(self.folder)
        return report.Outcome(self.count, runs, peaks, sizes, steps)

    def _round(self, *, once: bool) -> None:
        self._add("casebook", self._casebook())
        self._add("hugo", self._hugo("hugo"))
        self._add("hugo-json", self._hugo("hugo-json"))
        self._phases()
        self._add("empty", self._mkdocs(self.empty, "empty"))
        if once or self.count < SLOW_AT:
            self._add("mkdocs", self._mkdocs(self.mkdocs, "mkdocs"))
        copy = ["cp", "-r", self.out / "casebook", self._fresh("copy")]
        self._add("copy", run(copy, cwd=self.folder))
        parse = [sys.executable, "-c", PARSE_ONLY, self.site / "content" / "records"]
        self._add("parse", run(parse, cwd=self.folder))

    def _add(self, name: str, measured: Run) -> None:
        say(f"  {name}: {measured.wall:.2f} s")
        self.runs.setdefault(name, []).append(measured)

    def _fresh(self, name: str) -> Path:
        shutil.rmtree(self.out / name, ignore_errors=True)
        self.out.mkdir(exist_ok=True)
        return self.out / name

    def _casebook(self, *, watch: bool = False) -> Run:
        command = [sys.executable, "-m", "generator", "build", "-f", self.config]
        return run(
            [*command, "--site-dir", self._fresh("casebook")],
            cwd=self.site,
            env={"PYTHONPATH": str(REPOSITORY)},
            watch=watch,
        )

    def _hugo(self, name: str, *, watch: bool = False) -> Run:
        command = [hugo_program(), "--quiet", "--noBuildLock", "--destination", self._fresh(name)]
        cache = {"HUGO_CACHEDIR": str(self.folder / "hugo-cache")}
        return run(command, cwd=self.folder / name, env=cache, watch=watch)

    def _mkdocs(self, folder: Path, name: str) -> Run:
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", self._fresh(name)]
        return run(command, cwd=folder, env={"NO_MKDOCS_2_WARNING": "1"}, watch=True)

    def _phases(self) -> None:
        target = self._fresh("phases")
        command = [sys.executable, "-m", "tests.benchmarks.phases", self.config, target]
        self._add("phases", run(command, cwd=self.folder, env={"PYTHONPATH": str(REPOSITORY)}))
        lines = (self.folder / "benchmark.log").read_text("utf-8").splitlines()
        self.steps.append(
            {step: phases.Spent(*spent) for step, spent in json.loads(lines[-1]).items()}
        )
        shutil.rmtree(target)


def profile(count: int, seed: int) -> None:
    """Prints where Casebook's time goes, step by step, in one process."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as folder:
        config = write_site(Path(folder), count, seed)
        phases.profiled(config, Path(folder) / "out")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--sizes",
        nargs="+",
        type=int,
        default=[1_000, 10_000],
        metavar="N",
        help="numbers of records (default: 1000 10000)",
    )
    parser.add_argument(
        "--repeat", type=int, default=3, help="rounds; medians are shown (default: 3)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the generated records")
    parser.add_argument("--write", action="store_true", help="also write docs/benchmarks/latest.md")
    parser.add_argument(
        "--profile",
        type=int,
        metavar="N",
        help="show where Casebook's time goes with N records, and measure nothing",
    )
    options = parser.parse_args(arguments)
    if options.profile:
        profile(options.profile, options.seed)
        return
    outcomes = []
    for count in options.sizes:
        with tempfile.TemporaryDirectory(prefix="casebook-bench-") as folder:
            outcomes.append(
                Contest(Path(folder) / "run", count, options.seed).measure(options.repeat)
            )
    text = report.render(outcomes, hugo_program())
    print(text)
    if options.write:
        file = REPOSITORY / "docs" / "benchmarks" / "latest.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        say(f"written: {file.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
