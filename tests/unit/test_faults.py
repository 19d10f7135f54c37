"""An exception that nobody foresaw is told with the file that it came with; the rest goes on."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from casebook_site.base.faults import boundary, fault_of
from casebook_site.base.files import Writer
from casebook_site.base.problems import ContentError, Location, Problem, SettingsError
from casebook_site.engine.pipeline import write_site
from casebook_site.outputs.page_template import ThemeCapture
from casebook_site.outputs.site.records import build_record_page
from casebook_site.reading.records import _record
from casebook_site.reading.sound import sound_data
from casebook_site.records import Record
from casebook_site.rules import sources
from casebook_site.rules.rule import CheckInput
from tests.folders import PLAIN_SHELLS, SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

READING = "casebook_site.reading.records"
SECRET = "内部电话CANARY"


class Surprise(Exception):
    """What no part of the program expects."""


def raising(original: Callable[..., Any], when: Callable[..., bool]) -> Callable[..., Any]:
    """Return a function that raises for some arguments, and else does what it did."""

    def function(*given: Any, **named: Any) -> Any:
        if when(*given):
            raise Surprise(SECRET)
        return original(*given, **named)

    return function


@pytest.fixture
def folder(site_folder: MakeFolder) -> SiteFolder:
    """Two records, a page, and one record that is wrong."""
    return site_folder(
        {
            "records/counties/jia.yml": f"name: 甲县\nprefecture: 甲市\nprovince: 山东省\nsummary: {SECRET}\n",
            "records/terms/yi.yml": "name: 乙\ndefinition: 乙。\n",
            "records/terms/bing.yml": "name: 丙\n",
            "pages/index.md": "# 首页\n",
        }
    )


def told(folder: SiteFolder) -> list[tuple[str, str]]:
    return [(p.location.path, p.code) for p in folder.load().problems]


@pytest.mark.parametrize("stage", ["parsing", "validation"])
def test_the_other_files_are_read(
    folder: SiteFolder, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    if stage == "parsing":
        fails = raising(sound_data, lambda text: SECRET in text)
        monkeypatch.setattr("casebook_site.reading.files.sound_data", fails)
    else:
        fails = raising(_record, lambda model, data, *rest: data["name"] == "甲县")
        monkeypatch.setattr(f"{READING}._record", fails)
    assert told(folder) == [
        ("content/records/counties/jia.yml", "CB114"),
        ("content/records/terms/bing.yml", "CB201"),
    ]


def test_the_other_rules_and_records_are_checked(
    folder: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(record: Record, given: CheckInput) -> Iterator[Problem]:
        yield from ()
        raise Surprise(SECRET)

    monkeypatch.setattr("casebook_site.rules.RULES", (replaced(fails), sources.RULE))
    assert told(folder) == [
        ("content/records/counties/jia.yml", "CB114"),
        ("content/records/terms/bing.yml", "CB201"),
        ("content/records/terms/yi.yml", "CB114"),
    ]


def replaced(check: Callable[[Any, CheckInput], Iterator[Problem]]) -> Any:
    """Return a rule of all records with another check."""
    from casebook_site.rules import Rule

    return Rule("record", (), ("CB403",), check)


def test_the_other_pages_are_made_and_none_is_published(
    toy: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = toy.site()
    record = next(iter(site.paged_records()))
    fails = raising(build_record_page, lambda site, asked: asked is record)
    monkeypatch.setattr("casebook_site.outputs.site.files.build_record_page", fails)
    with pytest.raises(ContentError) as raised:
        write_site(site, ThemeCapture(PLAIN_SHELLS), Writer(tmp_path / "out"))
    (problem,) = raised.value.problems
    source, _ = site.edition.written[
        next(key for key in site.edition.written if key.id == record.id)
    ]
    assert (problem.location.path, problem.code) == (source, "CB114")
    assert len([*(tmp_path / "out").rglob("*.html")]) > 50


def test_the_report_says_where_and_nothing_of_the_content(
    folder: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = raising(sound_data, lambda text: SECRET in text)
    monkeypatch.setattr("casebook_site.reading.files.sound_data", fails)
    folder.load()
    report = (folder.root / ".casebook/report.txt").read_text(encoding="utf-8")
    assert "Casebook" in report
    assert "Python 3" in report
    assert "content/records/counties/jia.yml" in report
    assert "Surprise\n  casebook_site/base/faults.py" in report
    assert "CANARY" not in report
    assert str(Path(__file__).parents[2]) not in report


def test_users_mistakes_and_the_system_are_told_elsewhere() -> None:
    for error in (SettingsError("x"), OSError(28, "full"), MemoryError()):
        with pytest.raises(type(error)), boundary(lambda: Location("a")):
            raise error


def test_problems_pass_between_processes_whole() -> None:
    problem = fault_of(Surprise(SECRET), Location("a.yml"))
    sent = pickle.loads(pickle.dumps(ContentError([problem])))
    assert sent.problems == (problem,)
    assert sent.problems[0].report == problem.report
    assert SECRET not in problem.text
