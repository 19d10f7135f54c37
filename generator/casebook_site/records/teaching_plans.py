"""What a school plans for a year, month by month, and what came of it: counts only."""

from __future__ import annotations

from typing import Annotated

from casebook_site.records.vocabularies import TRAINEES
from casebook_site.schema.choices import OneOf
from casebook_site.schema.fields import Count, LinkTo, Number, Part, Text, field, with_field

CourseLink = Annotated[str, LinkTo("course")]


class PlannedTime(Part):
    """What a school plans in a year for a sort of trainee."""

    trainees: Annotated[str, OneOf(TRAINEES)] = field("对象", "为谁安排。")
    days: Number | None = field("天数", "每人每年的天数。", unit="天", default=None)
    hours: Number | None = field("学时", "每人每年的学时。", unit="学时", default=None)


@with_field(
    "class",
    Annotated[str, LinkTo("training-class")] | None,
    field("培训班", "已经办了的，写培训班的编号。", default=None),
    before="note",
)
class PlanItem(Part):
    """One item of a school's teaching plan."""

    month: int = field("月份", "1 到 12。", strict=True, ge=1, le=12)
    title: Text = field("内容", "学什么、办什么班。")
    course: CourseLink | None = field("课程", "用哪一门课程。", default=None)
    trainees: Annotated[str, OneOf(TRAINEES)] | None = field("对象", "培训谁。", default=None)
    days: Number | None = field("天数", "安排几天。", unit="天", default=None)
    hours: Number | None = field("学时", "安排多少学时。", unit="学时", default=None)
    note: Text | None = field("说明", "如 推迟到下月。", default=None)


class YearResult(Part):
    """How many of a sort of trainee had to be trained in a year, and how many were."""

    trainees: Annotated[str, OneOf(TRAINEES)] = field("对象", "哪一类人。")
    due: Count = field("应训人数", "这一年应当受训的人数。", unit="人")
    met: Count = field("达标人数", "达到当年最低要求的人数。", unit="人")


class YearPlan(Part):
    """A school's plan of one year, against the yearly minimum."""

    year: int = field("年度", "公历年。", strict=True, ge=1990, le=2200)
    ordinary_days: Number | None = field(
        "普通党员培训天数", "每人每年，不少于流程规定的天数。", unit="天", default=None
    )
    cadre_days: Number | None = field(
        "村“两委”党员干部培训天数", "每人每年，不少于流程规定的天数。", unit="天", default=None
    )
    others: tuple[PlannedTime, ...] = field(
        "其他对象的安排", "别的培训对象，或按学时安排的，一行一类。", default=()
    )
    items: tuple[PlanItem, ...] = field("按月安排", "一项一行，按月份排。", default=())
    results: tuple[YearResult, ...] = field(
        "年度结果", "一类对象一行，只写人数，不写姓名。", default=()
    )
