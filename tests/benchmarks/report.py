"""The result as Markdown."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.measuring import Run, Size
from tests.benchmarks.phases import STEPS, Spent

STAMPING_TARGET, HUGO_TARGET, MEMORY_TARGET = 0.1, 1.0, 500_000_000

INTRODUCTION = """\
# Benchmarks

Made by `make bench`: the same generated records, built by Casebook, by MkDocs with Material, and by Hugo.
**Only the ratios mean something**; the seconds are those of one machine in one run.

Seconds are medians, the builds taken in turn, each in its own process; "CPU" adds up the processor time of
all its processes, and suffers less from other work on the machine. MkDocs runs once with {slow} records or more.
"""

DIFFERENCES = """\
## What the three do and do not do

* All three write one page of about the same size for each record, with head, navigation, breadcrumb, contents list,
  facts, figures, prose, what links here, sources and citation, and indexes of 100 records a page.
* **Casebook** reads YAML records, checks every field, link and rule, works out what links where and what the public may
  see, and also writes JSON for each record, CSV, schemas, indexes by letter, tag, date, figure and gap, and the index of
  its search, which is most of "plan" and half of the files; the other two write none here (docs/benchmarks/search.md).
* **MkDocs** has a Markdown page for each record (facts and figures as tables), the navigation that Casebook has (indexes
  only, no record), the theme's same features, and no search plugin, since Casebook does not use the theme's. It resolves
  links between pages. "Own loop" is its time less the time of the same site without records.
* **Hugo** has a Markdown page for each record with facts, figures and lists in front matter, set by a theme of the same
  weight written for this comparison, its parts cached where they can be. It reads no YAML records, checks nothing, is
  handed its links, back links and citations ready-made, and writes no JSON or CSV.
  Its front matter is YAML, in which the records are written too; and once more JSON, which nobody writes by hand but which
  Hugo reads in much less time.
* The records are made up; the prose of 4 in 100 needs a full Markdown parser, as in real records.
"""


@dataclass(frozen=True)
class Outcome:
    """All measurements of one number of records."""

    count: int
    runs: Mapping[str, Run]
    peaks: Mapping[str, int]
    sizes: Mapping[str, Size]
    steps: Mapping[str, Spent]


def render(outcomes: Sequence[Outcome], hugo: Path) -> str:
    """The whole report."""
    from tests.benchmarks.__main__ import SLOW_AT

    parts = [INTRODUCTION.format(slow=f"{SLOW_AT:,}"), _machine(hugo)]
    parts += [_outcome(outcome) for outcome in outcomes]
    return "\n".join([*parts, DIFFERENCES])


def _machine(hugo: Path) -> str:
    told = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout
    facts = [
        f"{os.cpu_count()} cores",
        f"{platform.system()} on {platform.machine()}",
        f"Python {platform.python_version()}",
        f"MkDocs {version('mkdocs')}",
        f"Material {version('mkdocs-material')}",
        f"Hugo {told.split()[1].lstrip('v').split('-')[0]}",
    ]
    return ", ".join(facts) + ".\n"


def _outcome(outcome: Outcome) -> str:
    return "\n".join(
        [f"## {outcome.count:,} records\n", _builds(outcome), _steps(outcome), _targets(outcome)]
    )


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *["---:"] * (len(columns) - 1)]
    lines = [f"| {' | '.join(row)} |" for row in (columns, rule, *rows)]
    return "\n".join(lines) + "\n"


def _builds(outcome: Outcome) -> str:
    runs, own = outcome.runs, outcome.runs["casebook"]
    names = {
        "casebook": "`casebook build`, everything",
        "hugo": "Hugo, YAML front matter",
        "hugo-json": "Hugo, JSON front matter",
        "mkdocs": "MkDocs + Material",
        "empty": "MkDocs + Material, no records",
        "copy": "limit: `cp -r` of Casebook's result",
        "parse": "limit: PyYAML's C loader on the records",
    }
    rows = []
    for name, title in names.items():
        measured, size = runs[name], outcome.sizes.get(name)
        peak = outcome.peaks.get(name)
        weight = (
            [f"{size.pages:,}", f"{size.files:,}", f"{size.bytes / 1e6:.0f}"]
            if size
            else ["", "", ""]
        )
        rows.append(
            [
                title,
                f"{measured.wall:.2f}",
                f"{measured.cpu:.2f}",
                *weight,
                f"{peak / 1e6:.0f}" if peak else "",
                f"{measured.wall / own.wall:.2f}",
                f"{measured.cpu / own.cpu:.2f}",
            ]
        )
    columns = (
        "",
        "s",
        "CPU s",
        "pages",
        "files",
        "MB written",
        "peak MB",
        "× Casebook",
        "× Casebook, CPU",
    )
    return _table(columns, rows)


def _steps(outcome: Outcome) -> str:
    wall = sum(spent.wall for spent in outcome.steps.values())
    cpu = sum(spent.cpu for spent in outcome.steps.values())
    rows = []
    for step, title in STEPS.items():
        spent = outcome.steps[step]
        rows.append([title, f"{spent.wall:.2f}", f"{spent.cpu:.2f}", f"{spent.cpu / cpu:.0%}"])
    rows.append(["together", f"{wall:.2f}", f"{cpu:.2f}", ""])
    return _table(("Casebook's steps", "s", "CPU s", "share of CPU"), rows)


def _targets(outcome: Outcome) -> str:
    runs = outcome.runs
    full, empty, pages = runs["mkdocs"], runs["empty"], outcome.steps["pages"]
    stamping = pages.wall / (full.wall - empty.wall)
    stamping_cpu = pages.cpu / (full.cpu - empty.cpu)
    peak = outcome.peaks["casebook"]
    rows = [
        [
            "stamping of record pages ÷ MkDocs' own loop",
            f"{stamping:.3f} ({stamping_cpu:.3f} of CPU)",
            "≤ 0.1",
            _met(stamping <= STAMPING_TARGET),
        ],
        _against_hugo(runs, "hugo", "Hugo, YAML front matter"),
        _against_hugo(runs, "hugo-json", "Hugo, JSON front matter"),
        [
            "peak memory of all processes",
            f"{peak / 1e6:.0f} MB",
            "< 500 MB",
            _met(peak < MEMORY_TARGET),
        ],
    ]
    return _table(("", "measured", "target", ""), rows)


def _against_hugo(runs: Mapping[str, Run], name: str, title: str) -> list[str]:
    wall = runs["casebook"].wall / runs[name].wall
    cpu = runs["casebook"].cpu / runs[name].cpu
    return [
        f"`casebook build` ÷ {title}",
        f"{wall:.2f} ({cpu:.2f} of CPU)",
        "≤ 1",
        _met(wall <= HUGO_TARGET),
    ]


def _met(met: bool) -> str:
    return "met" if met else "missed"
