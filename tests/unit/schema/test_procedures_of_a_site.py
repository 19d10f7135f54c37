"""A site's own procedures: content/vocabularies/procedures.yml, read by check, page, planner and pack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casebook_site.domain.training import procedure_named, procedure_of
from casebook_site.engine.loading import site_schema
from casebook_site.kinds.planner import plan_planners
from tests.folders import SiteFolder, toy_copy
from tests.unit.schema.stations import website

THREE_AND_TWO = """\
mode: replace
choices:
  - id: three-two
    title: 3+2
    components:
      - {role: prescribed, title: 规定环节, items: [sign_in, oath, pledge]}
      - {role: teaching_point, least: 2}
      - {role: own, mark: 自, least: 0}
    yearly:
      - {trainees: youth, hours: 24}
"""
PLEDGE = "mode: extend\nchoices:\n  - {id: pledge, title: 重温承诺}\n"
YOUTH = "mode: extend\nchoices:\n  - {id: youth, title: 青年干部}\n"

SESSIONS = """\
  - {title: 签到, prescribed: sign_in}
  - {title: 宣誓, prescribed: oath}
  - {title: 承诺, prescribed: pledge}
  - {title: 看园, teaching_point: zi-park}
"""
CLASS = "name: 青年班\nschool: %s\nbegins: 2026-03-01\ntrainees: youth\ndays: 1\nhours: 24\n"


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    """The toy with a procedure of another county."""
    folder = toy_copy(tmp_path / "toy")
    folder.write("vocabularies/procedures.yml", THREE_AND_TWO)
    folder.write("vocabularies/prescribed-items.yml", PLEDGE)
    folder.write("vocabularies/trainees.yml", YOUTH)
    for name in ("spring", "secret"):
        folder.delete(f"records/training-classes/{name}.yml")
    school = "content/records/party-schools/bing-school.yml"
    folder.edit(school, "procedure: five-one-n\n", "")
    folder.edit(school, ", class: spring", "")
    return folder


def test_a_site_has_the_procedure_that_it_states_and_none(folder: SiteFolder) -> None:
    schema = site_schema(folder.settings())
    procedure = procedure_of(schema)
    assert [(p.mark, p.title, p.request, p.least) for p in procedure.components] == [
        ("3", "规定环节", "规定环节", 1),
        ("2", "教学点", "到2处教学点上课", 2),
        ("自", "自选动作", "自选动作", 0),
    ]
    assert procedure_named(schema, "none").components == ()


def test_a_class_that_lacks_something_is_told_and_one_without_a_procedure_is_not(
    folder: SiteFolder,
) -> None:
    folder.write("records/training-classes/a.yml", f"{CLASS % 'jia-school'}sessions:\n{SESSIONS}")
    [problem] = folder.load().problems
    assert (problem.code, problem.message) == (
        "CB404",
        "不合“3+2”：缺少基层教学点现场教学。",
    )
    again = "  - {title: 看馆, teaching_point: memorial}\n"
    folder.edit("content/records/training-classes/a.yml", SESSIONS, SESSIONS + again)
    assert folder.load().problems == ()
    folder.write(
        "records/training-classes/b.yml",
        f"{CLASS % 'jia-school'}procedure: none\nsessions: [{{title: 讨论}}]\n",
    )
    assert folder.load().problems == ()


def test_hours_of_the_year_are_checked(folder: SiteFolder) -> None:
    text = f"{CLASS % 'jia-school'}counts_whole_minimum: true\nprocedure: none\n"
    folder.write("records/training-classes/a.yml", f"{text}sessions: [{{title: 讨论}}]\n")
    assert folder.load().problems == ()
    folder.edit("content/records/training-classes/a.yml", "hours: 24", "hours: 16")
    [problem] = folder.load().problems
    assert problem.message == "青年干部每年至少 24 学时，本班只有 16 学时。"


def test_pages_and_planner_follow(folder: SiteFolder) -> None:
    again = "  - {title: 看馆, teaching_point: memorial}\n"
    text = f"{CLASS % 'jia-school'}sessions:\n{SESSIONS}{again}"
    folder.write("records/training-classes/a.yml", text)
    page = website(folder.site())["training-classes/a.html"].decode()
    assert "“3+2”核对" in page
    assert "重温承诺" in page
    view: Any = next(iter(plan_planners(folder.site("internal")))).build().view
    assert view.body.plan.procedure == "3+2"
    assert '"request": "到2处教学点上课"' in view.body.plan.data


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("items: [sign_in, oath, pledge]", "items: [sign_in, oth]", (6, 58)),
        ("trainees: youth", "trainees: yuth", (10, 20)),
    ],
)
def test_what_a_procedure_names_must_be_there(
    folder: SiteFolder, old: str, new: str, place: tuple[int, int]
) -> None:
    folder.edit("content/vocabularies/procedures.yml", old, new)
    [problem] = folder.load().problems
    assert (problem.code, problem.location.line, problem.location.column) == ("CB204", *place)
    assert "是不是" in (problem.remedy or "")
