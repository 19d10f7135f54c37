"""Parts of courses, faculty and platforms: what is taught, by how many, and when it is on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook_site.records.vocabularies import FACULTY_GROUPS
from casebook_site.schema.choices import OneOf
from casebook_site.schema.fields import Count, Part, Text, field


class SyllabusItem(Part):
    """One item of a course."""

    title: Text = field("课目", "讲什么。")
    minutes: Count | None = field("用时", "讲多久。", unit="分钟", default=None)
    group: Annotated[str, OneOf(FACULTY_GROUPS)] | None = field(
        "讲课人类别", "由师资库里哪一类人讲。", default=None
    )


class WebLink(Part):
    """A page on the web where a course can be seen or read."""

    title: Text = field("名称", "如 灯塔大课堂某一期。")
    url: Annotated[str, Field(strict=True, pattern=r"^https?://[^\s<>\"]+$")] = field(
        "网址", "以 http:// 或 https:// 开头。"
    )


class FacultyYear(Part):
    """How many a group of the pool had in a year."""

    year: int = field("年度", "公历年。", strict=True, ge=1990, le=2200)
    size: Count | None = field("人数", "这一年在库多少人。", unit="人", default=None)
    joined: Count | None = field("入库", "这一年新入库多少人。", unit="人", default=None)
    left: Count | None = field("出库", "这一年出库多少人。", unit="人", default=None)


class FacultySubject(Part):
    """How many of a group teach a subject."""

    title: Text = field("方向", "讲哪一方面，如 党史、种植、法律。")
    size: Count | None = field("人数", "多少人能讲。", unit="人", default=None)


class Programme(Part):
    """Something that a platform brings regularly."""

    title: Text = field("节目", "如 灯塔大课堂。")
    when: Text | None = field("时间", "什么时候播、多久一期。", default=None)
    where: Text | None = field("收看办法", "在哪里看、怎样看。", default=None)
