"""Texts: case studies and glossary terms."""

from __future__ import annotations

from typing import Annotated, ClassVar

from casebook_site.records.base import Contact, Question, Record
from casebook_site.records.committees import MechanismLink
from casebook_site.records.lessons import Discussion
from casebook_site.records.places import CountyLink
from casebook_site.schema.fields import LinkTo, Part, Prose, Text, field


class MeasurePoint(Part):
    """One point of a measure."""

    title: Text = field("要点", "要点的短标题。")
    text: Prose = field("内容", "要点的内容。")


class Measure(Part):
    """One of the main measures of a case."""

    title: Text = field("做法", "做法的标题。")
    lead: Prose | None = field("概括", "一句话概括。", default=None)
    points: tuple[MeasurePoint, ...] = field("要点", "分点写。", min_length=1)
    mechanisms: tuple[MechanismLink, ...] = field("相关机制", "做法里用到的机制。", default=())


class CaseStudy(Record):
    """A case in three parts: overview, measures, outcomes."""

    kind: ClassVar[str] = "case-study"
    folder: ClassVar[str] = "case-studies"
    kind_title: ClassVar[str] = "案例"

    county: CountyLink = field("县市", "案例发生的县市。")
    subtitle: Text | None = field("副题", "一句话点出做法。", default=None)
    overview: Prose = field("总体思路", "为什么做、想做成什么。")
    measures: tuple[Measure, ...] = field("主要做法", "分条写。", min_length=1)
    outcomes: Prose = field("取得成效", "变化，数字另写成数据记录。")
    lessons: tuple[Text, ...] = field("启示", "可借鉴之处，一条一句。", default=())
    discussion: Discussion | None = field(
        "讨论", "编者拟写的情形和讨论题，供上课用。", default=None
    )
    lesson_notes: Prose | None = field(
        "教案备注", "讲这个案例的提示，仅供内部。", audience="internal", default=None
    )
    contact: Contact | None = field("联系方式", "仅供内部。", audience="internal", default=None)
    questions: tuple[Question, ...] = field("自测题", "题目与答案。", default=())


class Term(Record):
    """A term of the glossary."""

    kind: ClassVar[str] = "term"
    folder: ClassVar[str] = "terms"
    kind_title: ClassVar[str] = "术语"

    definition: Prose = field("释义", "说清意思，注明出自哪里。")
    see_also: tuple[Annotated[str, LinkTo("term")], ...] = field(
        "参见", "相关术语的编号。", default=()
    )
    questions: tuple[Question, ...] = field("自测题", "题目与答案。", default=())
