"""Writing a site: every planned file, by processes that come and go."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import writing
from generator.artifacts import Writer
from generator.catalog import Catalog
from generator.editions import select
from generator.pipeline import write_site
from generator.records import KINDS
from generator.rendering import Renderer
from generator.site.making import plan_records, records_by_county
from generator.site.outputs import plan_lists
from generator.site.pages import Desk
from generator.writing import Bench
from tests.folders import PLAIN_SHELLS, SiteFolder, made


@pytest.fixture
def desk(toy_catalog: Catalog, toy: SiteFolder) -> Desk:
    """The toy's public edition, nothing looked up yet."""
    return Desk(select(toy_catalog), toy.settings())


@pytest.mark.parametrize("lifetime", [0, 1, 3])
def test_what_is_written_is_what_was_planned_however_long_processes_live(
    desk: Desk,
    renderer: Renderer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lifetime: int,
) -> None:
    expected = dict(made(desk, renderer))
    monkeypatch.setattr(writing, "LARGE", 5)
    for name, value in {"LISTS": 40, "RECORDS": 10}.items():
        monkeypatch.setattr(writing, name, value)
        monkeypatch.setattr(writing, f"{name}_LIFETIME", lifetime)
    options = desk.settings.options.model_copy(update={"workers": 2})
    settings = desk.settings.model_copy(update={"options": options})
    fresh = Desk(desk.edition, settings)
    out = tmp_path / "out"
    count = write_site(fresh, PLAIN_SHELLS, renderer, Writer(out), {"index.html": None}, {})
    written = {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in out.rglob("*")
        if file.is_file()
    }
    assert written == expected
    assert count == len(expected)


def test_files_of_records_are_planned_where_they_are_made(desk: Desk, renderer: Renderer) -> None:
    lists = plan_lists(desk, {})
    of_records = {planned.path for planned in plan_records(desk)}
    assert of_records
    assert not of_records & {planned.path for planned in lists}

    records = [record for county in records_by_county(desk).values() for record in county]
    bench = Bench(desk, lists, records, renderer, PLAIN_SHELLS, Writer(Path("nowhere")))
    jobs = range(len(lists), len(lists) + len(records))
    assert {planned.path for job in jobs for planned in bench.planned(job)} == of_records
    kinds = [records[job - len(lists)].kind for job in sorted(bench.first())]
    assert kinds == list(dict.fromkeys(record.kind for record in records))


def test_the_largest_downloads_are_made_before_there_are_other_processes(
    desk: Desk, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LARGE", max(map(len, desk.edition.records.values())))
    lists = plan_lists(desk, {})
    bench = Bench(desk, lists, [], renderer, PLAIN_SHELLS, Writer(Path("nowhere")))
    assert {lists[job].path for job in bench.first()} == {
        f"data/{KINDS[kind].folder}.{form}"
        for kind, by_id in desk.edition.records.items()
        if len(by_id) == writing.LARGE
        for form in ("csv", "json")
    }
