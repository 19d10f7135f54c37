"""The procedure of a class and the yearly minimum are data that one module reads."""

from __future__ import annotations

import json

import pytest

from casebook_site.domain.training import (
    Component,
    Procedure,
    Role,
    YearlyDays,
    days_of_plan,
    procedure_of,
)
from casebook_site.kinds import program_schema
from casebook_site.records.teaching import Session, YearPlan
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


def test_the_year_asks_for_one_day_of_members_and_two_of_cadres() -> None:
    assert [YearlyDays("ordinary", "", 0.5).missing, YearlyDays("ordinary", "", 3).missing] == [
        0.5,
        0,
    ]
    assert [YearlyDays("cadre", "", 1).missing, YearlyDays("cadre", "", 2).missing] == [1, 0]


def test_a_plan_names_the_days_of_each_sort_of_trainee() -> None:
    plan = YearPlan(year=2026, ordinary_days=1, cadre_days=1.5)
    assert [
        (days.title, days.days, days.missing) for days in days_of_plan(program_schema(), plan)
    ] == [
        ("普通党员", 1, 0),
        ("村“两委”党员干部", 1.5, 0.5),
    ]
