"""What editors propose for teaching: a discussion of a case, a model lesson of a category."""

from __future__ import annotations

from typing import Annotated

from casebook_site.schema.fields import Count, LinkTo, Part, Prose, Text, field

TeachingPointLink = Annotated[str, LinkTo("teaching-point")]


class Discussion(Part):
    """A situation to be discussed, made up by the editors."""

    dilemma: Prose = field("两难情形", "给学员的情形，编者拟写，不写真人真事。")
    questions: tuple[Text, ...] = field("讨论题", "一题一句。", min_length=1)
    notes: Prose | None = field(
        "教师提示", "怎样组织、怎样小结，仅供内部。", audience="internal", default=None
    )


class LessonStep(Part):
    """One step of a lesson."""

    title: Text = field("步骤", "一步一个短语，如 导入、现场看、讨论、小结。")
    minutes: Count | None = field("用时", "建议用多久。", unit="分钟", default=None)
    text: Text | None = field("做什么", "这一步做什么。", default=None)


class ModelLesson(Part):
    """A lesson at a teaching point, proposed by the editors."""

    teaching_point: TeachingPointLink = field("教学点", "在哪一处教学点上这堂课。")
    aim: Text = field("教学目标", "一句话说清学完会什么。")
    steps: tuple[LessonStep, ...] = field("步骤", "按先后次序。", min_length=1)
    notes: Prose | None = field("教师提示", "仅供内部。", audience="internal", default=None)
