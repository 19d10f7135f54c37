"""`python -m tests.benchmarks.bundles`: a bundle for each township of a made-up province.

Bundles a minute, bytes, and the memory of all processes together. The time to read the records and
to run MkDocs is told apart: it is the same for one bundle and for all.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.generated import REPOSITORY, write_site
from tests.benchmarks.measuring import Run, run


def bundle(folder: Path, config: Path, out: Path, *arguments: str) -> Run:
    """One run of the command."""
    command = [
        sys.executable,
        "-m",
        "casebook_site",
        "bundle",
        "-f",
        str(config),
        "--out",
        str(out),
    ]
    environment = {"PYTHONPATH": str(REPOSITORY)}
    return run([*command, *arguments], cwd=folder, env=environment, watch=True)


def measure(folder: Path, count: int, towns: int, seed: int) -> str:
    """Runs both and says what came out."""
    config = write_site(folder / "site", count, seed, towns)
    first = sorted((folder / "site/content/records/townships").glob("*.yml"))[0].stem
    alone = bundle(folder, config, folder / "one", f"township:{first}")
    every = bundle(folder, config, folder / "all", "--each", "township")
    sizes = sorted(file.stat().st_size for file in (folder / "all").glob("*.zip"))
    making = every.wall - alone.wall
    return "\n".join(
        (
            f"records {count:,}, townships {towns:,}, bundles {len(sizes):,}",
            f"one bundle alone {alone.wall:.1f} s, all {every.wall:.1f} s",
            f"bundles a minute: {60 * len(sizes) / making:,.0f} while making, "
            f"{60 * len(sizes) / every.wall:,.0f} with reading",
            f"processor time a bundle {1000 * (every.cpu - alone.cpu) / len(sizes):.0f} ms",
            f"bytes of a bundle: median {statistics.median(sizes):,.0f}, largest {sizes[-1]:,}",
            f"memory of all processes at most {every.peak / 1e6:,.0f} MB",
        )
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bundles", description=__doc__)
    parser.add_argument("--records", type=int, default=60_000)
    parser.add_argument("--towns", type=int, default=1_800)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as folder:
        print(measure(Path(folder), options.records, options.towns, options.seed))


if __name__ == "__main__":
    main()
