"""Casebook's build taken apart: each step timed, or profiled, on its own within one process.

Run as `python -m tests.benchmarks.phases mkdocs.yml folder`: prints the seconds as JSON.
"""

from __future__ import annotations

import cProfile
import inspect
import json
import os
import pstats
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from casebook_site import plugin
from casebook_site.base.artifacts import Writer
from casebook_site.engine import pipeline, writing
from casebook_site.engine.pipeline import Loaded
from casebook_site.kinds import program_schema
from casebook_site.mkdocs_adapter.capture import load_config, log_to_stderr, run_mkdocs, settings_of
from casebook_site.model.catalog import build_catalog
from casebook_site.model.editions import select
from casebook_site.outputs.site import planning
from casebook_site.outputs.site.files import plan_record, plan_records, records_by_county
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
    config = load_config(config_file, site_dir=str(target / "shells"))
    door = config.plugins["casebook"]
    door.options = door.options.model_copy(update={"workers": workers})
    settings = settings_of(config, door.options)
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
        edition = select(catalog, settings.options.audience)
    signature = inspect.signature(pipeline.write_site)
    calls: list[dict[str, Any]] = []

    def keep(*arguments: Any, **named: Any) -> int:
        calls.append(signature.bind(*arguments, **named).arguments)
        return 0

    with (
        patch.object(plugin, "load", lambda _: Loaded(catalog, ())),
        patch.object(plugin, "select", lambda *_: edition),
        patch.object(plugin, "write_site", keep),
        watch("shells"),
    ):
        run_mkdocs(config)
    [call] = calls
    with watch("plan"):
        plan = planning.plan_site(call["site"], call["hand_written"])
    of_records = {planned.path for planned in plan_records(call["site"])}
    lists = [planned for planned in plan if planned.path not in of_records]
    for step, planned, wanted in (
        ("pages", [], lambda planned: planned.record is not None),
        ("data", [], lambda planned: planned.record is None),
        ("files", lists, None),
    ):
        folder = target / step
        folder.mkdir(parents=True)
        with (
            patch.object(planning, "plan_index", lambda *_: []),
            patch.object(planning, "plan_lists", lambda *_, planned=planned: planned),
            patch.object(pipeline, "plan_records", lambda *_: []),
            patch.object(pipeline, "records_by_county", records_by_county if wanted else _none),
            patch.object(
                writing, "plan_record", lambda *key, f=wanted: filter(f, plan_record(*key))
            ),
            watch(step),
        ):
            pipeline.write_site(**call | {"writer": Writer(folder)})


def _none(site: Any) -> dict[str, list[Any]]:
    return {}


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
