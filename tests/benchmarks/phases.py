"""Casebook's build taken apart: each step timed, or profiled, on its own within one process.

Run as `python -m tests.benchmarks.phases mkdocs.yml folder`: prints the seconds as JSON.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from casebook_site.base.files import Writer
from casebook_site.base.templates import Renderer
from casebook_site.engine.executors import Work, in_processes
from casebook_site.engine.loading import Loaded
from casebook_site.engine.pipeline import site_model
from casebook_site.kinds import program_schema
from casebook_site.mkdocs_adapter.config import log_to_stderr, open_site
from casebook_site.model.catalog import build_catalog
from casebook_site.outputs.site.files import (
    Rendering,
    plan_record,
    records_by_county,
)
from casebook_site.outputs.site.planning import plan_index, plan_lists, site_templates
from casebook_site.outputs.site.search import searched_pages
from casebook_site.reading.records import read_records
from casebook_site.rules import CheckInput, check_catalog
from casebook_site.rules.pages import check_pages

Watch = Callable[[str], AbstractContextManager[None]]
"""`with watch("load"):` around a step."""

STEPS = {
    "read": "read and validate",
    "link": "link",
    "rules": "rules",
    "select": "select (the gate)",
    "shells": "shells (MkDocs and theme)",
    "plan": "plan",
    "pages": "record pages",
    "data": "JSON of records",
    "files": "indexes and downloads",
}


def walk(config_file: Path, target: Path, watch: Watch, *, workers: int = 0) -> None:
    """A whole build, step after step, written below `target`."""
    log_to_stderr(verbose=False)
    opened = open_site(config_file)
    options = opened.settings.options.model_copy(update={"workers": workers})
    settings = opened.settings.model_copy(update={"options": options})
    with watch("read"):
        reading = read_records(
            settings.records_dir, settings.root, program_schema(), workers=settings.workers
        )
    with watch("link"):
        catalog, duplicates = build_catalog(reading.entries, program_schema())
    given = CheckInput(catalog, settings.media_dir)
    with watch("rules"):
        found = [*check_catalog(given), *check_pages(settings.docs_dir, settings.root, given)]
    problems = [*reading.problems, *duplicates, *found]
    if problems:
        raise RuntimeError(f"the records are not sound: {problems[0]}")
    with watch("select"):
        site = site_model(Loaded(catalog, ()), settings)
    with watch("shells"):
        capture = opened.capture(site.schema)
    with watch("plan"):
        pages = searched_pages(capture.pages, site.edition)
        lists = [*plan_index(site, pages), *plan_lists(site, pages)]
    rendering = Rendering(Renderer(), site_templates(site, capture))
    records = [*chain.from_iterable(records_by_county(site).values())]
    of_records = [file for record in records for file in plan_record(site, record)]
    for step, files in (
        ("pages", [file for file in of_records if file.record is not None]),
        ("data", [file for file in of_records if file.record is None]),
        ("files", lists),
    ):
        folder = target / step
        folder.mkdir(parents=True)
        with watch(step):
            for _ in in_processes(Work(site, files, (), rendering, Writer(folder))):
                pass


class Spent(NamedTuple):
    """What a step takes."""

    wall: float
    cpu: float
    """Processor seconds, of worker processes too."""


def timed(config_file: Path, target: Path, *, workers: int = 0) -> dict[str, Spent]:
    """Seconds of each step."""
    spent: dict[str, Spent] = {}

    @contextmanager
    def watch(step: str) -> Iterator[None]:
        begin, before = time.perf_counter(), sum(os.times()[:4])
        yield
        spent[step] = Spent(time.perf_counter() - begin, sum(os.times()[:4]) - before)

    walk(config_file, target, watch, workers=workers)
    return spent


def profiled(config_file: Path, target: Path, *, lines: int = 25) -> None:
    """Prints where each step spends its own time, with one worker."""

    @contextmanager
    def watch(step: str) -> Iterator[None]:
        profiler = cProfile.Profile()
        profiler.enable()
        try:
            yield
        finally:
            profiler.disable()
        print(f"\n=== {STEPS[step]}")
        pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(lines)

    walk(config_file, target, watch, workers=1)


if __name__ == "__main__":
    print(json.dumps(timed(Path(sys.argv[1]), Path(sys.argv[2]))))
