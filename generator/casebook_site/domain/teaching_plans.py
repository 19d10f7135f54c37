"""What a school's plan of a year holds, and how much of it was held: pages and packs say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from casebook_site.domain.formatting import number
from casebook_site.records.teaching import TrainingClass
from casebook_site.records.teaching_plans import PlanItem, YearPlan, YearResult
from casebook_site.records.vocabularies import HELD
from casebook_site.schema.fields import value_of
from casebook_site.schema.walking import title_of

ITEM_HEAD = ("月份", "内容", "对象", "安排", "培训班")
RESULT_HEAD = ("对象", "应训", "达标", "比例")


class Progress(NamedTuple):
    """How many items a plan has, and how many of them were held."""

    planned: int
    held: int


def class_of(item: PlanItem, classes: Mapping[str, TrainingClass]) -> TrainingClass | None:
    """Return the class that an item names, where the reader may know it."""
    return classes.get(value_of(item, "class") or "")


def progress(plan: YearPlan, classes: Mapping[str, TrainingClass]) -> Progress:
    """Return what a plan holds; an item counts as held when its class says so."""
    held = (known for item in plan.items if (known := class_of(item, classes)))
    return Progress(len(plan.items), sum(record.status == HELD for record in held))


def item_texts(item: PlanItem) -> tuple[str, str, str, str]:
    """Return month, title with note, trainees, and days and hours."""
    days = f"{number(item.days)}天" if item.days else ""
    hours = f"{number(item.hours)}学时" if item.hours else ""
    title = f"{item.title}（{item.note.rstrip('。')}）" if item.note else item.title
    time = "，".join(filter(None, (days, hours)))
    return f"{item.month}月", title, title_of(item, "trainees"), time


def result_texts(result: YearResult) -> tuple[str, str, str, str]:
    """Return trainees, those due, those that met the minimum, and the share in percent."""
    share = f"{round(100 * result.met / result.due)}%" if result.due else ""
    return title_of(result, "trainees"), f"{result.due}人", f"{result.met}人", share


def in_months(plan: YearPlan) -> list[PlanItem]:
    """Return the items of a plan, month by month."""
    return sorted(plan.items, key=lambda item: item.month)
