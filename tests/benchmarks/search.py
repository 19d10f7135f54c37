"""`python -m tests.benchmarks.search`: our search beside Material's and Pagefind's, on the same pages.

Sizes, seconds of building, and what a query costs in Chromium: bytes, milliseconds until the first
result stands in the page, memory; from a folder and over HTTP, at full speed and with the processor
throttled six times. Medians of several runs, each in a fresh browser context. Nothing here is a
statement about another machine; the ratios are what to look at.

Material's search from a folder needs a script from a CDN (its offline plugin), and Pagefind's loads
modules, which browsers refuse there: both are measured over HTTP only.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from casebook_site.base.parallel import no_garbage_collection
from casebook_site.model.catalog import Key, key_of
from casebook_site.outputs.site.search import plan_search, record_document
from casebook_site.search.building import build_index
from casebook_site.search.documents import SearchDocument
from casebook_site.search.layout import numbers_of
from tests.benchmarks.comparators import write_mkdocs
from tests.benchmarks.generated import write_site
from tests.browser.conftest import ARGUMENTS
from tests.browser.sites import served
from tests.folders import REPOSITORY, SiteFolder
from tests.unit.search.reader import Reader
from tests.unit.search.test_index import Scan, assert_same, phrases_of

QUERIES = ("联村党委", "苹果", "村党支部", "土地流转 党员大会", "旧磨坊")
"""A name, common words, a phrase of common pieces, two words, a rarer word."""

OURS = """async query => {
  const input = document.querySelector('.md-search__input');
  const list = document.querySelector('.md-search .md-search-result__list');
  list.textContent = '';
  const start = performance.now();
  input.value = query;
  input.dispatchEvent(new Event('input'));
  while (!list.children.length) await new Promise(done => setTimeout(done, 1));
  return performance.now() - start;
}"""

MATERIAL = """async query => {
  const input = document.querySelector('.md-search__input');
  const list = document.querySelector('.md-search-result__list');
  input.value = '';
  input.dispatchEvent(new KeyboardEvent('keyup'));
  while (list.children.length) await new Promise(done => setTimeout(done, 1));
  const start = performance.now();
  input.value = query;
  input.dispatchEvent(new KeyboardEvent('keyup'));
  while (!list.children.length && performance.now() - start < 60000) await new Promise(done => setTimeout(done, 1));
  return performance.now() - start;
}"""

"""Waits a minute at most: some of the queries it does not find."""

PAGEFIND = """async query => {
  const start = performance.now();
  const answer = await window.pagefind.search(query);
  await Promise.all(answer.results.slice(0, 10).map(result => result.data()));
  return performance.now() - start;
}"""


@dataclass(frozen=True)
class Engine:
    """A search in a built site."""

    name: str
    site: Path
    page: str
    ready: Callable[[Page], None]
    """Does what a reader does before typing."""
    ask: str
    from_folder: bool = False


def ours_ready(page: Page) -> None:
    """The box is open and knows its corpus."""
    page.focus(".md-search__input")
    page.wait_for_function("() => window.casebook.box")
    page.evaluate("() => casebook.files.ready(new Set())")


def material_ready(page: Page) -> None:
    """The box is open; its index begins to load."""
    page.focus(".md-search__input")


def pagefind_ready(page: Page) -> None:
    """The module is there."""
    page.evaluate(
        "async () => { window.pagefind = await import(new URL('../pagefind/pagefind.js', location));"
        " await window.pagefind.init(); }"
    )


@dataclass
class Cost:
    """What queries have cost, medians."""

    before: int
    """Bytes asked for before the first query."""
    first_bytes: int
    most_bytes: int
    """Of the queries, each in a fresh page."""
    first: float
    """Milliseconds to the first result of the first query."""
    slowest: float
    """The slowest query, first in its page."""
    later: float
    heap: float
    """MB."""


@contextmanager
def opened(
    browser: Browser, site: Path, slower: int
) -> Iterator[tuple[BrowserContext, Page, list[int]]]:
    """A fresh page, and the bytes of the files of the site that it asks for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(180_000)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    asked: list[int] = []

    def finished(request: Request) -> None:
        path = unquote(urlsplit(request.url).path)
        file = Path(path) if request.url.startswith("file:") else site / path.lstrip("/")
        asked.append(file.stat().st_size if file.is_file() else 0)

    context.on("requestfinished", finished)
    yield context, page, asked
    context.close()


def measure(browser: Browser, engine: Engine, address: str, slower: int, runs: int) -> Cost:
    """Every query first in a page of its own, then all of them one after another."""
    volumes: dict[str, list[int]] = {}
    times: dict[str, list[float]] = {}
    before, later, heaps = [], [], []
    for query in QUERIES:
        for run in range(runs):
            with opened(browser, engine.site, slower) as (context, page, asked):
                page.goto(f"{address}/{engine.page}")
                page.wait_for_load_state("networkidle")
                asked.clear()
                engine.ready(page)
                page.wait_for_load_state("networkidle")
                before.append(sum(asked))
                asked.clear()
                times.setdefault(query, []).append(page.evaluate(engine.ask, query))
                page.wait_for_load_state("networkidle")
                volumes.setdefault(query, []).append(sum(asked))
                if run == 0:
                    later += [page.evaluate(engine.ask, other) for other in QUERIES]
                    session = context.new_cdp_session(page)
                    heaps.append(session.send("Runtime.getHeapUsage")["usedSize"] / 1e6)
    medians = {query: statistics.median(values) for query, values in times.items()}
    bytes_of = {query: statistics.median(values) for query, values in volumes.items()}
    return Cost(
        int(statistics.median(before)),
        int(bytes_of[QUERIES[0]]),
        int(max(bytes_of.values())),
        medians[QUERIES[0]],
        max(medians.values()),
        statistics.median(later),
        statistics.median(heaps),
    )


def timed(command: list[str], cwd: Path) -> float:
    """Seconds that a command takes."""
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, capture_output=True, check=True)
    return time.perf_counter() - start


def volume(folder: Path) -> tuple[int, int]:
    """Bytes and number of the files below a folder."""
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    return sum(sizes), len(sizes)


def index_seconds(folder: SiteFolder, workers: int) -> float:
    """Seconds for our index alone."""
    site = folder.site(workers=workers)
    start = time.perf_counter()
    with no_garbage_collection():  # as in a build
        for file in plan_search(site, {}):
            file.content()
    return time.perf_counter() - start


def check(folder: SiteFolder) -> int:
    """Recall and precision against a plain search through all texts; returns how many phrases."""
    site = folder.site(workers=2)
    documents = [record_document(site, record) for record in site.edition]
    files = {file.path: file.content() for file in plan_search(site, {})}
    reader = Reader({path[7:-3]: content for path, content in files.items()})
    numbers = numbers_of([d.id for d in documents])
    phrases = phrases_of(documents, 1000)
    chosen = set(sorted(phrases)[:: max(1, len(phrases) // 1500)])
    assert_same(reader, Scan(documents), {n: id for id, n in numbers.items()}, chosen)
    return len(chosen)


def multiplied(content: SiteFolder, times: int, folder: Path) -> Path:
    """The index of the same documents, each several times under other ids, to see how it grows."""
    site = content.site(workers=2)
    keys = [key_of(record) for record in site.edition]

    def again(id: str) -> SearchDocument:
        number, _, key = id.partition(":")
        record = site.edition.get(Key(*key.split("/")))
        assert record is not None
        found = record_document(site, record)
        return replace(found, id=id, names=(f"{found.names[0]}{number}", *found.names[1:]))

    shutil.rmtree(folder, ignore_errors=True)
    for name in ("assets", "about"):
        shutil.copytree(content.root / "site" / name, folder / name)
    (folder / "search").mkdir()
    start = time.perf_counter()
    ids = [f"{number}:{key}" for number in range(times) for key in keys]
    with no_garbage_collection():
        for name, made in build_index(ids, again, workers=2).files():
            (folder / f"search/{name}.js").write_bytes(made())
    row(f"{len(ids)} documents", folder / "search", time.perf_counter() - start)
    return folder


def material(site: Path, folder: Path) -> tuple[Path, float]:
    """The same pages in Material with its search; seconds that the search adds to the build."""
    config = write_mkdocs(site, folder)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    without = timed(command, folder)
    options = yaml.safe_load(config.read_text("utf-8")) | {"plugins": ["search"]}
    config.write_text(yaml.dump(options, allow_unicode=True, sort_keys=False), "utf-8")
    return folder / "site", timed(command, folder) - without


def main() -> None:
    """Prints tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep what is generated here, and use it again")
    parser.add_argument("--alone", action="store_true", help="without the other engines")
    parser.add_argument("--times", type=int, default=1, help="each document so often, alone")
    parser.add_argument("--no-check", action="store_true", help="leave recall and precision out")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        site = SiteFolder(folder / f"casebook-{arguments.records}")
        if not site.root.exists():
            write_site(site.root, arguments.records)
        print(f"{arguments.records} records")
        if not arguments.no_check:
            print(f"recall and precision: {check(site)} phrases agree with a plain search")
        built = site.root / "site"
        print(
            f"whole build: {timed([sys.executable, '-m', 'generator', 'build'], site.root):.1f} s"
        )
        print("\n| | index, bytes | files | seconds |\n| --- | ---: | ---: | ---: |")
        row("ours", built / "search", index_seconds(site, 2))
        page = "about/use.html"
        if arguments.times > 1:
            larger = multiplied(site, arguments.times, folder / "larger")
            in_browser(
                [Engine(f"ours × {arguments.times}", larger, page, ours_ready, OURS, True)],
                arguments.runs,
            )
            return
        engines = [Engine("ours", built, page, ours_ready, OURS, True)]
        if not arguments.alone:
            command = [sys.executable, "-m", "pagefind", "--site", str(built)]
            seconds = timed([*command, "--root-selector", "article"], folder)
            row("Pagefind", built / "pagefind", seconds)
            engines.append(Engine("Pagefind", built, page, pagefind_ready, PAGEFIND))
            shutil.rmtree(folder / "material", ignore_errors=True)
            (folder / "material").mkdir()
            theirs, seconds = material(site.root, folder / "material")
            row("Material", theirs / "search", seconds)
            engines.append(Engine("Material", theirs, page, material_ready, MATERIAL))
        in_browser(engines, arguments.runs)


def row(name: str, folder: Path, seconds: float) -> None:
    """Prints sizes and seconds of an index."""
    size, count = volume(folder)
    print(f"| {name} | {size:,} | {count:,} | {seconds:.1f} |")


def in_browser(engines: list[Engine], runs: int) -> None:
    """Prints what queries cost."""
    chromium = subprocess.run(
        ["sh", "scripts/browser"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.strip()
    print(
        "\n| | before the first query, bytes | first query, bytes | costliest query, bytes | first result, ms "
        "| slowest query, ms | later queries, ms | heap, MB |\n| --- |" + " ---: |" * 7
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for engine in engines:
            for slower in (1, 6):
                with served(engine.site) as home:
                    show(
                        f"{engine.name}, HTTP, {slower}×",
                        measure(browser, engine, home.rstrip("/"), slower, runs),
                    )
                if engine.from_folder:
                    address = engine.site.resolve().as_uri()
                    show(
                        f"{engine.name}, folder, {slower}×",
                        measure(browser, engine, address, slower, runs),
                    )
        browser.close()


def show(name: str, cost: Cost) -> None:
    """Prints a row."""
    print(
        f"| {name} | {cost.before:,} | {cost.first_bytes:,} | {cost.most_bytes:,} | {cost.first:.0f} "
        f"| {cost.slowest:.0f} | {cost.later:.0f} | {cost.heap:.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
