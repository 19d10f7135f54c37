"""What a joint party organisation decided, step by step."""

from __future__ import annotations

from typing import Annotated, ClassVar

from casebook_site.records.base import Record
from casebook_site.records.committees import JointCommitteeLink, MechanismLink
from casebook_site.records.places import VillageLink
from casebook_site.records.proceeding_vocabularies import PROCEEDING_TYPES
from casebook_site.schema.choices import OneOf
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import Count, Part, Prose, Text, field


class ProceedingStep(Part):
    """One step of a matter: who met, how they voted, where it was disclosed."""

    title: Text = field("步骤", "如 村党支部会提议、党员大会审议、决议公开。")
    date: PartialDate | None = field("日期", "这一步在哪天。", default=None)
    village: VillageLink | None = field("村", "在哪个村开的；几个村一起开就不写。", default=None)
    attended: Count | None = field("到会人数", "只写人数。", unit="人", default=None)
    agreed: Count | None = field("同意", "多少票。", unit="票", default=None)
    against: Count | None = field("反对", "多少票。", unit="票", default=None)
    abstained: Count | None = field("弃权", "多少票。", unit="票", default=None)
    disclosed: Text | None = field("公开地点", "公示在哪里，如 三个村的公开栏。", default=None)
    text: Text | None = field("说明", "这一步做了什么，不写个人姓名。", default=None)


class Proceeding(Record):
    """A matter that a joint party organisation took up: topic, steps, result."""

    kind: ClassVar[str] = "proceeding"
    folder: ClassVar[str] = "proceedings"
    kind_title: ClassVar[str] = "议事记录"

    committee: JointCommitteeLink = field("联村党组织", "由哪个联村党组织办。")
    type: Annotated[str, OneOf(PROCEEDING_TYPES)] = field("方式", "按哪种办法议。")
    mechanism: MechanismLink | None = field("运行机制", "所按的机制。", default=None)
    topic: Text = field("议题", "议的是什么事。")
    began: PartialDate = field("提出日期", "事情什么时候提出。")
    steps: tuple[ProceedingStep, ...] = field("步骤", "按先后次序。", default=())
    result: Prose | None = field("结果", "议定了什么，办得怎样。", default=None)
