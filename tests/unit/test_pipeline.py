"""Writing a site: every planned file, by processes that come and go."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook_site.base.files import Writer
from casebook_site.base.templates import Renderer
from casebook_site.engine import executors
from casebook_site.engine.executors import Work
from casebook_site.engine.pipeline import write_site
from casebook_site.model.catalog import Catalog
from casebook_site.model.editions import select
from casebook_site.outputs.page_template import ThemeCapture
from casebook_site.outputs.site.files import Rendering, plan_records, records_by_county, rendered
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.planning import plan_lists, plan_site
from casebook_site.records import KINDS
from tests.folders import PLAIN_SHELLS, SiteFolder


@pytest.fixture
def site(toy_catalog: Catalog, toy: SiteFolder) -> SiteModel:
    """The toy's public edition, nothing looked up yet."""
    return SiteModel(select(toy_catalog), toy.settings())


@pytest.mark.parametrize("lifetime", [0, 1, 3])
def test_what_is_written_is_what_was_planned_however_long_processes_live(
    site: SiteModel,
    renderer: Renderer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lifetime: int,
) -> None:
    rendering = Rendering(renderer, PLAIN_SHELLS)
    expected = {a.path: a.content for a in rendered(plan_site(site, {}), rendering)}
    monkeypatch.setattr(executors, "LARGE", 5)
    for name, value in {"LISTS": 40, "RECORDS": 10}.items():
        monkeypatch.setattr(executors, name, value)
        monkeypatch.setattr(executors, f"{name}_LIFETIME", lifetime)
    options = site.settings.options.model_copy(update={"workers": 2})
    settings = site.settings.model_copy(update={"options": options})
    fresh = SiteModel(site.edition, settings)
    out = tmp_path / "out"
    written_site = write_site(fresh, ThemeCapture(PLAIN_SHELLS), Writer(out))
    written = {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in out.rglob("*")
        if file.is_file()
    }
    assert written == expected
    assert written_site.files == len(expected)
    assert written_site.paths == expected.keys()


def test_files_of_records_are_planned_where_they_are_made(
    site: SiteModel, renderer: Renderer
) -> None:
    lists = plan_lists(site, {})
    of_records = {planned.path for planned in plan_records(site)}
    assert of_records
    assert not of_records & {planned.path for planned in lists}

    records = [record for county in records_by_county(site).values() for record in county]
    work = Work(site, lists, records, Rendering(renderer, PLAIN_SHELLS), Writer(Path("nowhere")))
    jobs = range(len(lists), len(lists) + len(records))
    assert {file.path for job in jobs for file in work.files(job)} == of_records
    kinds = [records[job - len(lists)].kind for job in sorted(work.first())]
    assert kinds == list(dict.fromkeys(record.kind for record in records))


def test_the_largest_downloads_are_made_before_there_are_other_processes(
    site: SiteModel, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "LARGE", max(map(len, site.edition.records.values())))
    lists = plan_lists(site, {})
    work = Work(site, lists, [], Rendering(renderer, PLAIN_SHELLS), Writer(Path("nowhere")))
    assert {lists[job].path for job in work.first()} == {
        f"data/{KINDS[kind].folder}.{form}"
        for kind, by_id in site.edition.records.items()
        if len(by_id) == executors.LARGE
        for form in ("csv", "json")
    }
