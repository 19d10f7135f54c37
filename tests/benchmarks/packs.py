"""`python -m tests.benchmarks.packs`: one large PDF, and a hand-out of each teaching point.

First a pack of a county that fills at least 200 pages, built and set as PDF. Then the hand-outs of
1,000 teaching points, each as PDF and as Word, into an empty store; again with nothing changed;
and once more after one record has changed. Each is the median of several runs.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from casebook_site.engine.builders import pack_builder
from casebook_site.kinds import program_schema
from casebook_site.outputs.packs.builder import PackBuilder
from casebook_site.outputs.packs.making import PackRenderers, make_all
from casebook_site.outputs.packs.scopes import PackScope
from casebook_site.outputs.packs.typst import workplace
from casebook_site.records.vocabularies import CATEGORIES
from tests.folders import SiteFolder, written

SENTENCES = (
    "这里原是一片荒坡，村党支部带着党员整地修路。",
    "合作社按股分红，账目每季在公开栏里贴出来。",
    "参训党员先看大棚，再听讲解，最后分组讨论。[](record:source/daily)",
    "全年接待培训班二十余期，讲解由村干部轮流担任。",
    "几个村的支部合在一处办公，遇事一起商量着办。",
)


def write_county(folder: Path, points: int, seed: int) -> SiteFolder:
    """A site with one county, ten townships, and so many teaching points."""
    dice = random.Random(seed)
    towns = [f"t{number}" for number in range(10)]
    files = {
        "records/counties/jia.yml": "name: 甲县\nprovince: 丙省\nprefecture: 丁市\n",
        "records/townships/list.yml": json.dumps(
            [{"id": t, "name": f"示例{t}镇", "county": "jia", "type": "town"} for t in towns],
            ensure_ascii=False,
        ),
        "records/categories/list.yml": json.dumps(
            [{"id": id, "name": title} for id, title in CATEGORIES.items()], ensure_ascii=False
        ),
        "records/sources/daily.yml": "name: 示例报道\ntype: N\ngrade: A\npublisher: 示例日报\npublished: 2024-05-06\n",
    }
    records = [_point(number, dice, towns) for number in range(points)]
    for start in range(0, points, 500):
        text = json.dumps(records[start : start + 500], ensure_ascii=False, indent=1)
        files[f"records/teaching-points/from-{start}.yml"] = text
    return written(folder, files)


def _point(number: int, dice: random.Random, towns: list[str]) -> dict[str, Any]:
    paragraphs = ["".join(dice.choices(SENTENCES, k=6)) for _ in range(3)]
    return {
        "id": f"p{number}",
        "name": f"示例教学点第{number}号",
        "county": "jia",
        "township": dice.choice(towns),
        "category": dice.choice(list(CATEGORIES)),
        "summary": dice.choice(SENTENCES),
        "about": "\n\n".join(paragraphs),
        "talking_points": dice.sample(["怎样合股", "怎样分红", "怎样议事", "怎样带头"], 3),
        "visit_minutes": dice.choice([30, 60, 90]),
        "sources": ["daily"],
        "updated": "2024-05-06",
    }


def opened(site: SiteFolder, workers: int) -> PackBuilder:
    """What the packs of a site are made with."""
    return pack_builder(site.load(), site.settings(workers=workers))


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def large_pdf(folder: Path, runs: int, seed: int) -> None:
    """Prints how long a county's pack takes: its document, and its PDF."""
    builder = opened(write_county(folder, 320, seed), 1)
    scope = PackScope.parse("county:jia", program_schema())
    built = statistics.median(seconds(lambda: builder.document(scope)) for _ in range(runs))
    document = builder.document(scope)
    content = b""
    taken = []
    for _ in range(runs):
        with workplace() as place:
            makers = PackRenderers(builder, place)  # a new press: nothing is remembered
            start = time.perf_counter()
            content = makers.render(document, "pdf")
            taken.append(time.perf_counter() - start)
    pages = len(PdfReader(io.BytesIO(content)).pages)
    print(f"| one PDF of {pages} pages: document | {built:.2f} |")
    print(f"| one PDF of {pages} pages: set | {statistics.median(taken):.2f} |")


def hand_outs(folder: Path, points: int, workers: int, runs: int, seed: int) -> None:
    """Prints how long all hand-outs take: all new, none changed, one changed."""
    site = write_county(folder, points, seed)
    store = folder / "store"
    scopes = [PackScope("point", f"p{number}") for number in range(points)]
    taken: dict[str, list[float]] = {"all new": [], "none changed": [], "one changed": []}
    for _ in range(runs):
        shutil.rmtree(store, ignore_errors=True)
        builder = opened(site, workers)
        for name in ("all new", "none changed"):
            taken[name].append(seconds(lambda: make_all(builder, scopes, store, workers=workers)))  # noqa: B023
        site.edit("content/records/teaching-points/from-0.yml", "第7号", "第七号")
        changed = opened(site, workers)
        taken["one changed"].append(
            seconds(lambda: make_all(changed, scopes, store, workers=workers))  # noqa: B023
        )
        site.edit("content/records/teaching-points/from-0.yml", "第七号", "第7号")
    for name, values in taken.items():
        print(f"| {points} hand-outs, PDF and Word: {name} | {statistics.median(values):.1f} |")


def main() -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print("| what | seconds |\n| --- | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        # In this order: a process in which Typst has worked must not be forked.
        hand_outs(Path(folder) / "many", given.points, given.workers, given.runs, given.seed)
        large_pdf(Path(folder) / "large", given.runs, given.seed)


if __name__ == "__main__":
    main()
