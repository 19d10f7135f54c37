"""What a school's plan of a year holds, and how much of it was held."""

from __future__ import annotations

from typing import Any

from casebook_site.domain.teaching_plans import in_months, item_texts, progress, result_texts
from casebook_site.records.teaching import TrainingClass
from casebook_site.records.teaching_plans import YearPlan, YearResult


def held(id: str, status: str | None) -> TrainingClass:
    return TrainingClass.model_validate({
        "id": id, "name": id, "school": "s", "begins": "2023-05-06", "trainees": "cadre",
        "days": 1, "status": status, "sessions": [{"title": "一"}],
    })  # fmt: skip


def plan(*items: dict[str, Any]) -> YearPlan:
    return YearPlan.model_validate({"year": 2023, "items": items})


CLASSES = {one.id: one for one in (held("a", "held"), held("b", "planned"), held("c", None))}


def test_only_a_class_that_says_so_was_held() -> None:
    items = [{"month": 5, "title": "班", "class": id} for id in ("a", "b", "c", "hidden")]
    assert progress(plan(*items, {"month": 6, "title": "班"}), CLASSES) == (5, 1)
    assert progress(plan(), CLASSES) == (0, 0)


def test_items_stand_month_by_month_in_words() -> None:
    told = plan(
        {"month": 9, "title": "秋季班", "days": 1.5, "hours": 12, "note": "农忙后。"},
        {"month": 5, "title": "春季班", "trainees": "cadre"},
    )
    assert [item_texts(item) for item in in_months(told)] == [
        ("5月", "春季班", "村“两委”党员干部", ""),
        ("9月", "秋季班（农忙后）", "", "1.5天，12学时"),
    ]


def test_results_are_counts_and_a_share() -> None:
    result = YearResult(trainees="ordinary", due=30, met=20)
    assert result_texts(result) == ("普通党员", "30人", "20人", "67%")
    assert result_texts(YearResult(trainees="ordinary", due=0, met=0))[3] == ""
