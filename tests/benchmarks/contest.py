"""All builds of one number of records, run in turn, so that ratios hold though the machine is busy."""

from __future__ import annotations

import json
import shutil
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.benchmarks import phases
from tests.benchmarks.comparators import write_eleventy, write_mkdocs
from tests.benchmarks.generated import REPOSITORY, write_site
from tests.benchmarks.hugo_site import HUGO_FORMS, write_hugo
from tests.benchmarks.measuring import Run, Size, median, run, size_of, together
from tests.benchmarks.programs import (
    BUILDERS,
    eleventy_command,
    hugo_program,
    pagefind_command,
)

ONCE_FROM = 5_000
"""From so many records on, MkDocs, Zensical and Eleventy run once."""
ONE_ROUND_FROM = 50_000
"""From so many on, everything runs once, and is watched while it is timed."""

PARSE_ONLY = """
import sys, yaml
from pathlib import Path
for file in sorted(Path(sys.argv[1]).rglob("*.yml")):
    yaml.load(file.read_bytes(), yaml.CSafeLoader)
"""

AGAIN = ("warm", "edit", "added")
"""Builds over an older site."""


@dataclass(frozen=True)
class Outcome:
    """All measurements of one number of records, by the names of `BUILDERS`."""

    count: int
    rounds: int
    runs: dict[str, Run]
    """Medians."""
    peaks: dict[str, int]
    sizes: dict[str, Size]
    steps: dict[str, phases.Spent]
    absent: dict[str, str]
    """Why there is nothing to be said of a builder."""


def say(text: str) -> None:
    """Shows what is going on, apart from the result."""
    print(text, file=sys.stderr, flush=True)


class Contest:
    """A folder with the same records for everybody, and everybody's runs."""

    def __init__(self, folder: Path, count: int, seed: int) -> None:
        self.folder, self.count, self.out = folder, count, folder / "out"
        self.absent = {name: why for name, each in BUILDERS.items() if (why := each.absent(count))}
        self.runs: dict[str, list[Run]] = {}
        self.steps: list[dict[str, phases.Spent]] = []
        say(f"{count:,} records: writing them for everybody")
        self.site = folder / "casebook"
        self.site.mkdir(parents=True)
        self.out.mkdir()
        self.config = write_site(self.site, count, seed)
        self._write_others()

    def _write_others(self) -> None:
        for name, form in HUGO_FORMS.items():
            if name not in self.absent:
                write_hugo(self.site, self.folder / name, form=form)
        for name in ("mkdocs", "empty", "zensical"):
            if name not in self.absent:
                (self.folder / name).mkdir()
                write_mkdocs(self.site, self.folder / name, empty=name == "empty")

    def measure(self, repeat: int) -> Outcome:
        """Runs everything `repeat` times, one after the other in turn; large sizes once."""
        rounds = 1 if self.count >= ONE_ROUND_FROM else repeat
        large = self.count >= ONE_ROUND_FROM
        for number in range(rounds):
            say(f"{self.count:,} records: round {number + 1} of {rounds}")
            for name, measured in self._round(first=number == 0, watch=large):
                say(f"  {name}: {measured.wall:.2f} s")
                self.runs.setdefault(name, []).append(measured)
        sizes = {name: size_of(self._target(name)) for name in self.runs if self._has_output(name)}
        if not large:
            say(f"{self.count:,} records: memory")
        watched = {} if large else dict(self._builds(watch=True))
        peaks = {
            name: peak
            for name, runs in self.runs.items()
            if (peak := watched[name].peak if name in watched else max(r.peak for r in runs))
        }
        steps = {
            step: phases.Spent(
                *map(statistics.median, zip(*(r[step] for r in self.steps), strict=True))
            )
            for step in phases.STEPS
        }
        runs = {name: median(runs) for name, runs in self.runs.items()}
        shutil.rmtree(self.folder)
        return Outcome(self.count, rounds, runs, peaks, sizes, steps, self.absent)

    def _round(self, *, first: bool, watch: bool) -> Iterator[tuple[str, Run]]:
        yield from self._builds(watch=watch)
        self._phases()
        if "empty" not in self.absent:
            yield "empty", self._mkdocs("empty")
        if first or self.count < ONCE_FROM:
            if "mkdocs" not in self.absent:
                yield "mkdocs", self._mkdocs("mkdocs")
            if "zensical" not in self.absent:
                yield "zensical", self._zensical()
            if "eleventy" not in self.absent:
                yield "eleventy", self._eleventy()
        copy: list[str | Path] = ["cp", "-r", self._target("casebook"), self._fresh("copy")]
        yield "copy", run(copy, cwd=self.folder)
        shutil.rmtree(self._target("copy"))
        parse: list[str | Path] = [
            sys.executable,
            "-c",
            PARSE_ONLY,
            self.site / "content" / "records",
        ]
        yield "parse", run(parse, cwd=self.folder)

    def _builds(self, *, watch: bool) -> Iterator[tuple[str, Run]]:
        """Ours and Hugo's."""
        self._fresh("casebook")
        shutil.rmtree(self.site / ".casebook", ignore_errors=True)
        yield "casebook", self._casebook(watch)
        yield "warm", self._casebook(watch)
        yield "edit", self._edited(watch)
        yield "added", self._added(watch)
        for name in ("hugo-json", "hugo-adapter", "hugo"):
            if name not in self.absent:
                hugo = self._hugo(name, watch)
                yield name, hugo
        if "pagefind" not in self.absent:
            index = run(pagefind_command(self._target("hugo")), cwd=self.folder, watch=watch)
            yield "pagefind", together(hugo, index)

    # --- single runs ----------------------------------------------------------------------------

    def _target(self, name: str) -> Path:
        if name == "zensical":  # builds within its own folder only
            return self.folder / "zensical" / "site"
        ours = dict.fromkeys(AGAIN, "casebook")
        return self.out / {**ours, "pagefind": "hugo"}.get(name, name)

    def _has_output(self, name: str) -> bool:
        return name not in (*AGAIN, "hugo") and self._target(name).is_dir()

    def _fresh(self, name: str) -> Path:
        shutil.rmtree(self._target(name), ignore_errors=True)
        return self._target(name)

    def _casebook(self, watch: bool) -> Run:
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "casebook_site",
            "build",
            "-f",
            self.config,
        ]
        return run(
            [*command, "--site-dir", self._target("casebook")],
            cwd=self.site,
            env={"PYTHONPATH": str(REPOSITORY)},
            watch=watch,
        )

    def _edited(self, watch: bool) -> Run:
        """A build after a sentence has been added to a teaching point, as an editor does."""
        file = sorted((self.site / "content/records/teaching-points").iterdir())[self.count // 3]
        before = file.read_bytes()
        file.write_bytes(before.replace(b"summary: ", "summary: 新添了一句。".encode(), 1))
        try:
            return self._casebook(watch)
        finally:
            file.write_bytes(before)

    def _added(self, watch: bool) -> Run:
        """A build after a teaching point has been added, which moves others in lists."""
        folder = self.site / "content/records/teaching-points"
        known = yaml.safe_load(sorted(folder.iterdir())[self.count // 3].read_bytes())
        added = {**known, "name": f"新添的{known['name']}", "former_ids": []}
        file = folder / "added.yml"
        file.write_text(yaml.safe_dump(added, allow_unicode=True), "utf-8")
        try:
            return self._casebook(watch)
        finally:
            file.unlink()

    def _hugo(self, name: str, watch: bool) -> Run:
        command: list[str | Path] = [
            hugo_program(),
            "--quiet",
            "--noBuildLock",
            "--destination",
            self._fresh(name),
        ]
        cache = {"HUGO_CACHEDIR": str(self.folder / "hugo-cache")}
        return run(command, cwd=self.folder / name, env=cache, watch=watch)

    def _mkdocs(self, name: str) -> Run:
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "-q",
            "-d",
            self._fresh(name),
        ]
        quiet = {"NO_MKDOCS_2_WARNING": "1"}
        return run(command, cwd=self.folder / name, env=quiet, watch=True)

    def _zensical(self) -> Run:
        self._fresh("zensical")
        command: list[str | Path] = [sys.executable, "-m", "zensical", "build", "--clean"]
        return run(command, cwd=self.folder / "zensical", watch=True)

    def _eleventy(self) -> Run:
        source = self.folder / "eleventy"
        if not source.is_dir():  # its layout is a page that Hugo has made
            write_eleventy(self.site, self._target("hugo"), source)
        return run(eleventy_command(source, self._fresh("eleventy")), cwd=source, watch=True)

    def _phases(self) -> None:
        target = self._fresh("phases")
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "tests.benchmarks.phases",
            self.config,
            target,
        ]
        run(command, cwd=self.folder, env={"PYTHONPATH": str(REPOSITORY)})
        lines = (self.folder / "benchmark.log").read_text("utf-8").splitlines()
        spent = json.loads(lines[-1]).items()
        self.steps.append({step: phases.Spent(*each) for step, each in spent})
        shutil.rmtree(target)
