"""What schools have planned and held: sums, and what keeps them from being whole."""

from __future__ import annotations

from typing import Any

from casebook_site.domain.results import (
    SchoolYear,
    by_year,
    paragraph,
    people_of,
    rows_of,
    school_years,
)
from casebook_site.kinds import program_schema
from casebook_site.records.teaching import PartySchool, TrainingClass
from casebook_site.schema.kinds import Schema

SCHEMA = Schema(tuple(program_schema()), {})
PLAN = {"year": 2025, "ordinary_days": 1, "others": [{"trainees": "cadre", "days": 3, "hours": 24}]}


def school(id: str, *plans: dict[str, Any]) -> PartySchool:
    """Return a school of a township."""
    return PartySchool.model_validate(
        {"id": id, "name": f"{id}党校", "level": "township", "county": "jia", "year_plans": plans}
    )


def held(school: str, year: int = 2025, **fields: Any) -> TrainingClass:
    """Return a class of a school."""
    return TrainingClass.model_validate(
        {
            "id": "c", "name": "班", "school": school, "begins": f"{year}-05-06",
            "trainees": "ordinary", "days": 1, "sessions": [{"title": "签到"}], "status": "held",
        } | fields
    )  # fmt: skip


def years(*classes: TrainingClass) -> list[SchoolYear]:
    """Return what two schools have planned and held."""
    return school_years(SCHEMA, [school("bing", PLAN), school("ding")], classes)


def test_what_is_planned_stands_beside_what_was_held() -> None:
    (one,) = years(held("bing", attended=30, hours=7), held("bing", participants=20, days=0.5))
    assert [cells[1:] for _, cells in rows_of([one])] == [
        ("普通党员", "1天", "2期", "1.5", "7", "50"),
        ("村“两委”党员干部", "3天，24学时", "", "", "", ""),
    ]
    assert people_of(one) == 50


def test_who_came_counts_and_not_who_was_expected() -> None:
    (one,) = years(held("bing", participants=50, attended=30))
    assert people_of(one) == 30


def test_years_come_newest_first_and_schools_as_given() -> None:
    found = years(held("ding", 2024), held("bing", 2026), held("ding", 2026), held("other", 2026))
    assert [(one.year, one.school.id) for one in found] == [
        (2026, "bing"), (2026, "ding"), (2025, "bing"), (2024, "ding")]  # fmt: skip


def test_a_paragraph_says_sums_and_what_is_not_known() -> None:
    found = by_year(
        years(
            held("bing", attended=30, hours=7),
            held("ding", attended=12, trainees="cadre", days=2),
            held("ding"),
            held("ding", status="planned"),
            held("ding", status="cancelled", attended=9),
            held("bing", status=None, attended=9),
        )
    )
    assert paragraph(2025, found[2025]) == (
        "2025年，1所党校定了年度计划，2所党校办了3期培训班，共4天、7学时，"
        "参训42人次（普通党员30人次、村“两委”党员干部12人次）。其中1期没有记人数，不在人次里。"
        "另有1期在计划中。取消1期。还有1期没有写明办了没有，都没有算。"
    )


def test_a_year_with_a_plan_alone_says_so() -> None:
    assert paragraph(2025, years()) == "2025年，1所党校定了年度计划，没有已办培训班的记录。"
