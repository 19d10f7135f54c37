"""`python -m tests.benchmarks.map`: 10,000 points on the geographic map, in Chromium.

Times from the request of the page, opened from a folder, until its points stand in clusters, and
from choosing a category until the fewer points do; at full speed and with the processor throttled.
Each is the median of several runs. Only the ratios say much about another machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from casebook_site.maps import packages
from casebook_site.maps.boundaries import Boundary, boundary, read_polygons
from casebook_site.records.vocabularies import CATEGORIES
from tests.browser.conftest import ARGUMENTS
from tests.folders import REPOSITORY, SiteFolder, written

COUNTIES = 20
"""Of Shandong, over which the points are spread."""

DRAWN = "document.getElementById('geographic-map').dataset.drawn"
PAINTED = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"

FILTER = """async () => {
  const select = document.querySelector('select[name=category]');
  const start = performance.now();
  select.value = 'industry';
  select.dispatchEvent(new Event('change', {bubbles: true}));
  const figure = document.getElementById('geographic-map');
  while (!figure.dataset.drawn) await new Promise(done => setTimeout(done, 5));
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""

ZOOM = """async () => {
  const start = performance.now();
  document.querySelector('.leaflet-control-zoom-in').click();
  let longest = 0, last = start;
  while (performance.now() - start < 1500) {
    await new Promise(done => requestAnimationFrame(done));
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }
  return longest;
}"""


def write_points(folder: Path, count: int, seed: int) -> SiteFolder:
    """A site with so many teaching points, all of them inside their counties."""
    dice = random.Random(seed)
    file = packages.polygons_file()
    if file is None:
        raise SystemExit("The county polygons are not installed; `make geographic` installs them.")
    codes = sorted(code for code in read_polygons(file) if code.startswith("37"))
    chosen = [boundary(file, code) for code in dice.sample(codes, COUNTIES)]
    counties = [
        {"id": f"c{b.code}", "name": b.name, "province": "山东省", "prefecture": "示例市",
         "codes": [{"system": "nbs-2023", "value": b.code}]}
        for b in chosen
    ]  # fmt: skip
    files = {
        "records/counties/list.yml": json.dumps(counties, ensure_ascii=False),
        "records/categories/list.yml": json.dumps(
            [{"id": id, "name": title} for id, title in CATEGORIES.items()], ensure_ascii=False
        ),
    }
    points = [_point(n, dice.choice(chosen), dice) for n in range(count)]
    for start in range(0, count, 500):
        text = json.dumps(points[start : start + 500], ensure_ascii=False)
        files[f"records/teaching-points/from-{start}.yml"] = text
    site = written(folder, files)
    options = "{geographic: true}"
    site.edit("mkdocs.yml", "  - casebook\n", f"  - casebook:\n      map: {options}\n")
    return site


def _point(number: int, county: Boundary, dice: random.Random) -> dict[str, Any]:
    west, south, east, north = county.geometry.bounds
    while True:
        longitude, latitude = dice.uniform(west, east), dice.uniform(south, north)
        if county.holds(longitude, latitude):
            break
    return {
        "id": f"p{number}",
        "name": f"示例教学点第{number}号",
        "county": f"c{county.code}",
        "category": dice.choice(list(CATEGORIES)),
        "coordinates": {
            "longitude": round(longitude, 5), "latitude": round(latitude, 5), "precision": 50,
        },
    }  # fmt: skip


def measure(browser: Browser, page_file: Path, slower: int, runs: int) -> dict[str, float]:
    """Medians in milliseconds."""
    found: dict[str, list[float]] = {}
    for _ in range(runs):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.set_default_timeout(120_000)
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.goto(page_file.as_uri(), wait_until="commit")
        page.wait_for_function(f"document.getElementById('geographic-map') && {DRAWN}", polling=10)
        page.evaluate(PAINTED)
        found.setdefault("drawn", []).append(page.evaluate("performance.now()"))
        found.setdefault("filtered", []).append(page.evaluate(FILTER))
        found.setdefault("longest frame of a zoom", []).append(page.evaluate(ZOOM))
        heap = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
        found.setdefault("heap, MB", []).append(heap)
        context.close()
    return {name: statistics.median(values) for name, values in found.items()}


def main() -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chromium = subprocess.run(
        ["sh", "scripts/browser"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        site = write_points(Path(folder) / "site", arguments.points, arguments.seed)
        start = time.perf_counter()
        command = [sys.executable, "-m", "casebook_site", "build", "--audience", "internal"]
        subprocess.run(command, cwd=site.root, capture_output=True, check=True)
        built = site.root / "site-internal"
        print(f"{arguments.points} points; site built in {time.perf_counter() - start:.1f} s")
        for name in ("map/geographic.html", "map/layer-areas.js", "map/layer-points-*.js"):
            contents = [file.read_bytes() for file in built.glob(name)]
            packed = sum(len(gzip.compress(content, 9)) for content in contents)
            print(f"{name}: {sum(map(len, contents)):,} bytes, {packed:,} compressed")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            rows = {
                f"{slower}×": measure(
                    browser, built / "map/geographic.html", slower, arguments.runs
                )
                for slower in (1, 6)
            }
            browser.close()
    names = list(next(iter(rows.values())))
    print(f"\n| slower | {' | '.join(names)} |\n| --- |{' ---: |' * len(names)}")
    for slower, values in rows.items():
        print(f"| {slower} | {' | '.join(f'{value:.0f}' for value in values.values())} |")


if __name__ == "__main__":
    main()
