"""A visit in words."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from casebook_site.domain.visiting import (
    access_text,
    guide_length,
    hours_text,
    opening,
    route_text,
    stop_title,
    visit_facts,
)
from casebook_site.records.teaching import TeachingPoint
from casebook_site.records.visiting import Access, GuideStop, OpenHours, Route, Visit

WEEK = {"days": "周二至周日", "from": "09:00", "to": "16:30"}


def point(**fields: Any) -> TeachingPoint:
    given = {"id": "yuan", "name": "园", "county": "jia", "category": "village", **fields}
    return TeachingPoint.model_validate(given)


def test_fields_called_from_stand_where_they_are_declared_and_survive_a_process() -> None:
    assert list(OpenHours.model_fields) == ["days", "from", "to"]
    assert list(Route.model_fields) == ["from", "text", "km", "minutes"]
    record = point(visit={"hours": [WEEK]}, route=[{"from": "县城", "text": "向北"}])
    assert pickle.loads(pickle.dumps(record)) == record
    assert record.model_dump()["visit"]["hours"] == ({**WEEK},)
    assert OpenHours.__doc__
    assert OpenHours.__module__ == Visit.__module__


@pytest.mark.parametrize("wrong", ["9:00", "24:00", "09:60", "9点", 900])
def test_times_are_times(wrong: object) -> None:
    with pytest.raises(ValidationError):
        OpenHours.model_validate({**WEEK, "from": wrong})


def test_hours_read_as_people_write_them() -> None:
    hours = [WEEK, {"days": "周六", "from": "13:05", "to": "20:00"}]
    said = hours_text([OpenHours.model_validate(line) for line in hours])
    assert said == "周二至周日 9:00—16:30；周六 13:05—20:00"
    assert hours_text(()) == ""


def test_exact_hours_take_the_place_of_the_older_line() -> None:
    assert opening(point(visit_hours="工作日")) == "工作日"
    assert opening(point(visit_hours="工作日", visit={"fee": "免费"})) == "工作日"
    assert opening(point(visit_hours="工作日", visit={"hours": [WEEK]})) == "周二至周日 9:00—16:30"
    assert opening(point()) == ""


def test_what_is_not_there_differs_from_what_is_not_known() -> None:
    access = Access(step_free=True, lift=False, note="二楼要走楼梯")
    assert access_text(access) == "无台阶：有；电梯：没有；二楼要走楼梯"
    assert access_text(Access()) == access_text(None) == ""


def test_a_visit_is_told_in_the_order_of_its_fields_and_only_what_is_known() -> None:
    visit = Visit.model_validate(
        {"checked_on": "2024-05", "fee": "免费", "lead_days": 0, "groups_max": 2, "hours": [WEEK]}
    )
    assert list(visit_facts(visit)) == [
        ("开放时段", "周二至周日 9:00—16:30"),
        ("提前天数", "0天"),
        ("接待批数", "2批"),
        ("费用", "免费"),
        ("核对日期", "2024年5月"),
    ]
    assert list(visit_facts(None)) == list(visit_facts(Visit())) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "向北"),
        ({"km": 12.5}, "向北（12.5公里）"),
        ({"minutes": 25}, "向北（约25分钟）"),
        ({"km": 3, "minutes": 9}, "向北（3公里，约9分钟）"),
    ],
)
def test_a_way_says_how_far_it_is(more: dict[str, Any], said: str) -> None:
    route = Route.model_validate({"from": "县城", "text": "向北", **more})
    assert route_text(route) == ("从县城", said)


def test_a_guide_says_how_long_it_takes_as_far_as_it_is_known() -> None:
    stops = [GuideStop(stop="大门", text="讲"), GuideStop(stop="展室", text="讲", minutes=15)]
    assert guide_length(stops) == "共2站，讲解约15分钟。"
    assert guide_length(stops[:1]) == "共1站。"
    assert guide_length(()) == ""
    assert list(map(stop_title, stops)) == ["大门", "展室（15分钟）"]
