"""The scoreboard as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from itertools import pairwise

from tests.benchmarks import places
from tests.benchmarks.contest import ONCE_FROM, ONE_ROUND_FROM, Outcome
from tests.benchmarks.measuring import Run
from tests.benchmarks.phases import STEPS
from tests.benchmarks.programs import BUILDERS, versions

INTRODUCTION = """\
# Benchmarks

Made by `make bench`: the same generated records, built by Casebook and by other generators.
**Only the ratios mean something**; the seconds are those of one machine in one run.

Seconds are medians, the builds taken in turn, each in its own process; "CPU" adds up the processor time of
all its processes, and suffers less from other work on the machine. MkDocs, Zensical and Eleventy run once with
{once:,} records or more; with {one_round:,} or more everything runs once, and is watched for its memory meanwhile.

![Seconds by number of records, both in powers of ten](latest.svg)
"""

DIFFERENCES = """\
## What they do and do not do

* All write one page of about the same size for each record, with head, navigation, breadcrumb, contents list,
  facts, figures, prose, what links here, sources and citation, and indexes of 100 records a page.
* **Casebook** reads YAML records, checks every field, link and rule, works out what links where and what the public may
  see, and also writes the index of its search, the map, JSON for each record, CSV, schemas, and indexes by letter, tag,
  date, figure and gap. The others do none of this, but for Pagefind's search. "Cold" has neither cache nor old
  site; the others have both; the edit is a sentence more in the summary of one teaching point.
* **MkDocs** has a Markdown page for each record (facts and figures as tables), the navigation that Casebook has (indexes
  only, no record), the theme's same features, and no search plugin, since Casebook does not use the theme's. It resolves
  links between pages. "Own loop" is its time less the time of the same site without records. **Zensical** builds the very
  same folder.
* **Hugo** has a Markdown page for each record with facts, figures and lists in front matter, set by a theme of the same
  weight written for this comparison, its parts cached where they can be. It checks nothing, is handed its links,
  back links and citations ready-made, and writes no JSON or CSV. Its front matter is YAML, in which the records are written too;
  once more JSON, which nobody writes by hand but which Hugo reads in much less time; and once more the same values lie as
  YAML files in `data/`, of which a content adapter a section (`_content.gotmpl`) makes the pages.
* **Pagefind** (extended, which cuts Chinese into words) indexes Hugo's result; the row is both, one after the other.
* **Eleventy** has MkDocs' Markdown pages in a layout that is a page of Hugo's theme: navigation and contents list are fixed text
  to it, and it does not resolve links.
* The records are made up; the prose of 4 in 100 needs a full Markdown parser, as in real records.
"""

Row = tuple[str, str, str, bool | None]
"""(what, measured, target, whether it is met; None where it was not measured)"""


def render(outcomes: Sequence[Outcome]) -> str:
    """The whole report."""
    introduction = INTRODUCTION.format(once=ONCE_FROM, one_round=ONE_ROUND_FROM)
    parts = [introduction, _machine()]
    parts += [_outcome(outcome) for outcome in outcomes]
    growth = [_growth(small, large) for small, large in pairwise(outcomes)]
    if growth:
        parts += ["## Growth\n", _targets(growth)]
    return "\n".join([*parts, DIFFERENCES])


def _machine() -> str:
    facts = [
        f"{os.cpu_count()} cores",
        f"{platform.system()} on {platform.machine()}",
        f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB of memory",
        f"Python {platform.python_version()}",
        *versions(),
        f"load {os.getloadavg()[0]:.1f} when it ended",
        places.names(),
    ]
    return ", ".join(facts) + ".\n"


def _outcome(outcome: Outcome) -> str:
    rounds = "one round" if outcome.rounds == 1 else f"medians of {outcome.rounds} rounds"
    title = f"## {outcome.count:,} records\n\n{rounds.capitalize()}.\n"
    return "\n".join([title, _builds(outcome), _steps(outcome), _targets(_aims(outcome))])


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *["---:"] * (len(columns) - 1)]
    lines = [f"| {' | '.join(row)} |" for row in (columns, rule, *rows)]
    return "\n".join(lines) + "\n"


COLUMNS = ("", "s", "CPU s", "pages", "files", "MB written", "peak MB", "× cold", "× cold, CPU")


def _builds(outcome: Outcome) -> str:
    own, rows = outcome.runs["casebook"], []
    for name, builder in BUILDERS.items():
        if name in outcome.absent:
            rows.append([f"{builder.title}: {outcome.absent[name]}", *[""] * (len(COLUMNS) - 1)])
            continue
        measured, peak = outcome.runs[name], outcome.peaks.get(name)
        row = [builder.title, f"{measured.wall:.2f}", f"{measured.cpu:.2f}"]
        size = outcome.sizes.get(name)
        row += (
            [f"{size.pages:,}", f"{size.files:,}", f"{size.bytes / 1e6:.0f}"] if size else [""] * 3
        )
        row += [f"{peak / 1e6:.0f}" if peak else ""]
        row += [f"{measured.wall / own.wall:.2f}", f"{measured.cpu / own.cpu:.2f}"]
        rows.append(row)
    return _table(COLUMNS, rows)


def _steps(outcome: Outcome) -> str:
    wall = sum(spent.wall for spent in outcome.steps.values())
    cpu = sum(spent.cpu for spent in outcome.steps.values())
    rows = []
    for step, title in STEPS.items():
        spent = outcome.steps[step]
        rows.append([title, f"{spent.wall:.2f}", f"{spent.cpu:.2f}", f"{spent.cpu / cpu:.0%}"])
    rows.append(["together", f"{wall:.2f}", f"{cpu:.2f}", ""])
    return _table(("Casebook's steps", "s", "CPU s", "share of CPU"), rows)


# --- targets --------------------------------------------------------------------------------------

EDIT_TARGETS = {10_000: 0.5, 100_000: 2.0}
"""Seconds of a build after one edit."""
MEMORY_TARGETS = {10_000: 500, 100_000: 1_500}
"""Megabytes of all processes together, up to so many records."""


def _aims(outcome: Outcome) -> list[Row]:
    runs, count = outcome.runs, outcome.count
    rows: list[Row] = []
    if "mkdocs" in runs:
        pages, full, empty = outcome.steps["pages"], runs["mkdocs"], runs["empty"]
        stamping = pages.wall / (full.wall - empty.wall)
        cpu = pages.cpu / (full.cpu - empty.cpu)
        text = "stamping of record pages ÷ MkDocs' own loop"
        rows.append((text, f"{stamping:.3f} ({cpu:.3f} of CPU)", "≤ 0.1", stamping <= 0.1))
    rows.append(_against(runs, "cold build ÷ Hugo + Pagefind", ("pagefind",), 0.25))
    rows.append(_against(runs, "cold build ÷ Hugo, YAML front matter", ("hugo",), 1))
    limits = "cold build ÷ (`cp -r` and libyaml)"
    rows.append(_against(runs, limits, ("copy", "parse"), 4 if count >= 100_000 else None))
    edit = runs["edit"].wall
    limit = next((s for size, s in EDIT_TARGETS.items() if count <= size), None)
    rows.append(_below("a build after one edit", edit, limit, "{:.2f} s"))
    memory = outcome.peaks["casebook"] / 1e6
    most = next((mb for size, mb in MEMORY_TARGETS.items() if count <= size), None)
    rows.append(_below("peak memory of all processes", memory, most, "{:,.0f} MB"))
    return rows


def _against(runs: dict[str, Run], text: str, others: Sequence[str], target: float | None) -> Row:
    if any(name not in runs for name in others):
        return text, "not measured", f"≤ {target}", None

    def ratio(of: Callable[[Run], float]) -> float:
        return of(runs["casebook"]) / sum(of(runs[name]) for name in others)

    wall, cpu = ratio(lambda run: run.wall), ratio(lambda run: run.cpu)
    measured = f"{wall:.2f} ({cpu:.2f} of CPU)"
    return (
        (text, measured, "", None)
        if target is None
        else (text, measured, f"≤ {target}", wall <= target)
    )


def _below(text: str, value: float, limit: float | None, form: str) -> Row:
    if limit is None:
        return text, form.format(value), "", None
    return text, form.format(value), f"< {form.format(limit)}", value < limit


def _growth(small: Outcome, large: Outcome) -> Row:
    """How much longer the larger takes, beside what copying and parsing do."""
    own = large.runs["casebook"].wall / small.runs["casebook"].wall
    limit = sum(large.runs[name].wall for name in ("copy", "parse")) / sum(
        small.runs[name].wall for name in ("copy", "parse")
    )
    text = f"cold build, {small.count:,} → {large.count:,} records"
    return text, f"× {own:.1f}", f"≤ × {limit:.1f}, as `cp -r` and libyaml", own <= limit


def _targets(rows: Sequence[Row]) -> str:
    said = {True: "met", False: "missed", None: ""}
    return _table(("", "measured", "target", ""), [(*row[:3], said[row[3]]) for row in rows])
