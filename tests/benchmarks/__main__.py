"""`make bench`: the same records built by Casebook, MkDocs with Material, Hugo, Zensical and others.

Only ratios within one run mean something: another machine, or this one when it is busy, has other
seconds. What is not installed is named and left out. Needs Linux or macOS.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import phases, plot, report
from tests.benchmarks.contest import Contest, say
from tests.benchmarks.generated import REPOSITORY, write_site

RESULTS = REPOSITORY / "docs" / "benchmarks"


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
        help="numbers of records (default: 1000 10000; 100000 takes half an hour more)",
    )
    parser.add_argument(
        "--repeat", type=int, default=3, help="rounds; medians are shown (default: 3)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the generated records")
    parser.add_argument(
        "--write",
        action="store_true",
        help="also write latest.md and latest.svg to docs/benchmarks/",
    )
    parser.add_argument(
        "--in",
        dest="folder",
        type=Path,
        help="where to work, such as /dev/shm, which is no disk (default: the temporary folder)",
    )
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
    for count in sorted(options.sizes):
        with tempfile.TemporaryDirectory(prefix="casebook-bench-", dir=options.folder) as folder:
            contest = Contest(Path(folder) / "run", count, options.seed)
            outcomes.append(contest.measure(options.repeat))
    text = report.render(outcomes)
    print(text)
    if options.write:
        RESULTS.mkdir(parents=True, exist_ok=True)
        (RESULTS / "latest.md").write_text(text, "utf-8")
        (RESULTS / "latest.svg").write_text(plot.draw(outcomes), "utf-8")
        say(f"written: {RESULTS.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
