"""The procedure of a class and the yearly minimum are data that one module reads."""

from __future__ import annotations

import json

import pytest

from casebook_site.domain.training import (
    Component,
    Procedure,
    YearlyTime,
    procedure_of,
    procedure_of_class,
    time_of_class,
    times_of_plan,
)
from casebook_site.kinds import program_schema
from casebook_site.records.procedures import Role, YearlyMinimum
from casebook_site.records.teaching import PartySchool, Session, TrainingClass
from casebook_site.records.teaching_plans import YearPlan
from casebook_site.records.vocabularies import PRESCRIBED_ITEMS
from tests.folders import TESTS

PROCEDURE = procedure_of(program_schema())
ITEMS = [Session(title=title, prescribed=item) for item, title in PRESCRIBED_ITEMS.items()]
VISIT = Session(title="现场教学", teaching_point="park")
OWN = Session(title="讨论", own=True)

THREE_AND_TWO = Procedure(
    "3+2",
    (
        Component(Role.PRESCRIBED, "3", "规定动作", "", 1, {"sign_in": "签到", "oath": "宣誓"}),
        Component(Role.VISIT, "2", "教学点", "到两处教学点上课", 2),
    ),
)


def lacking(procedure: Procedure, *sessions: Session) -> list[str]:
    """What a class of these sessions lacks."""
    return [count.request for count in procedure.counts(sessions) if count.is_lacking]


def test_a_class_of_the_article_lacks_nothing() -> None:
    assert lacking(PROCEDURE, *ITEMS, VISIT) == []


@pytest.mark.parametrize("left_out", range(len(ITEMS)))
def test_each_prescribed_item_is_asked_for_by_its_name(left_out: int) -> None:
    held = [*ITEMS[:left_out], *ITEMS[left_out + 1 :], VISIT]
    assert lacking(PROCEDURE, *held) == [f"规定动作：{ITEMS[left_out].title}"]


def test_a_class_at_a_teaching_point_is_asked_for_and_own_items_are_not() -> None:
    assert lacking(PROCEDURE, *ITEMS, OWN) == ["到基层教学点上课"]


def test_the_table_of_cases_that_the_planner_is_held_to_is_true() -> None:
    golden = json.loads((TESTS / "golden/training-procedure.json").read_text("utf-8"))
    assert golden["procedure"]["title"] == PROCEDURE.title
    assert golden["procedure"]["components"] == [
        {
            "role": part.role.value,
            "mark": part.mark,
            "title": part.title,
            "request": part.request,
            "least": part.least,
            "items": dict(part.items),
        }
        for part in PROCEDURE.components
    ]
    for case in golden["cases"]:
        sessions = [Session(title="环节", **session) for session in case["sessions"]]
        assert lacking(PROCEDURE, *sessions) == case["lacking"]


def test_a_session_belongs_to_the_component_that_its_field_names() -> None:
    both = Session(title="宣誓", prescribed="oath", teaching_point="park")
    marks = [
        "".join(component.mark for component in PROCEDURE.components_of(session))
        for session in (ITEMS[0], VISIT, OWN, both, Session(title="不知算什么"))
    ]
    assert marks == ["5", "1", "N", "51", ""]


def test_another_procedure_asks_for_other_things() -> None:
    assert lacking(THREE_AND_TWO, ITEMS[0], VISIT) == ["规定动作：宣誓", "到两处教学点上课"]
    assert lacking(THREE_AND_TWO, ITEMS[0], ITEMS[2], VISIT, VISIT) == []


def test_no_procedure_asks_for_nothing() -> None:
    assert lacking(Procedure("", ())) == []


def training_class(**more: object) -> TrainingClass:
    """A class of a school, of one session."""
    given = {"id": "class", "name": "班", "school": "school", "begins": "2026-03-01", "days": 1}
    sessions = [{"title": "讨论", "own": True}]
    return TrainingClass.model_validate(
        {**given, "trainees": "cadre", "sessions": sessions, **more}
    )


def school(**more: object) -> PartySchool:
    """A school."""
    given = {"id": "school", "name": "校", "level": "municipal", "county": "jia", **more}
    return PartySchool.model_validate(given)


def test_a_class_follows_its_own_procedure_else_its_schools_else_the_first() -> None:
    schema = program_schema()

    def title(own: str | None, schools: str | None) -> str:
        record = training_class(procedure=own)
        return procedure_of_class(schema, record, school(procedure=schools)).title

    assert title(None, None) == title("five-one-n", "none") == "5+1+N"
    assert title("none", None) == title(None, "none") == "不按固定流程"
    assert procedure_of_class(schema, training_class(), None).title == "5+1+N"
    assert procedure_of(schema, school(procedure="none")).components == ()


@pytest.mark.parametrize(
    ("days", "hours", "lacks"),
    [
        (2, 0, None),
        (1, 40, ("1 天", "2 天")),
        (3, 1.5, None),
    ],
)
def test_the_year_asks_for_two_days_of_cadres(
    days: float, hours: float, lacks: tuple[str, str] | None
) -> None:
    record = training_class(days=days, hours=hours or None)
    assert time_of_class(program_schema(), record, None).lacks() == lacks


def test_hours_are_asked_for_where_a_procedure_says_so_and_nothing_where_it_asks_nothing() -> None:
    least = YearlyMinimum("youth", hours=32)
    assert YearlyTime("youth", "青年干部", least, 5, 24).lacks() == ("24 学时", "32 学时")
    assert YearlyTime("youth", "青年干部", least, 0, 32).lacks() is None
    record = training_class(days=0.5)
    assert time_of_class(program_schema(), record, school(procedure="none")).lacks() is None


def test_a_plan_names_the_time_of_each_sort_of_trainee_and_where_it_says_so() -> None:
    others = [{"trainees": "cadre", "hours": 8}]
    plan = YearPlan.model_validate({"year": 2026, "ordinary_days": 1, "others": others})
    found = [
        (time.title, time.days, time.hours, place)
        for time, place in times_of_plan(program_schema(), plan)
    ]
    assert found == [
        ("普通党员", 1, 0, ("ordinary_days",)),
        ("村“两委”党员干部", 0, 8, ("others", 0)),
    ]
