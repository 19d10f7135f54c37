"""Joint village party organisations and the mechanisms they work by."""

from __future__ import annotations

from typing import Annotated, ClassVar

from casebook_site.records.base import Contact, Question, Record
from casebook_site.records.places import CountyLink, TownshipLink, VillageLink
from casebook_site.records.vocabularies import FORMS, MECHANISM_TYPES
from casebook_site.schema.choices import OneOf
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import Count, LinkTo, Part, Prose, Text, field

JointCommitteeLink = Annotated[str, LinkTo("joint-committee")]
MechanismLink = Annotated[str, LinkTo("mechanism")]


class JointCommittee(Record):
    """A party organisation that several villages share."""

    kind: ClassVar[str] = "joint-committee"
    folder: ClassVar[str] = "joint-committees"
    kind_title: ClassVar[str] = "联村党组织"

    county: CountyLink = field("县市", "所属县市的编号。")
    township: TownshipLink | None = field("镇街", "所属镇街的编号。", default=None)
    form: Annotated[str, OneOf(FORMS)] = field("形式", "来源写明的组织形式。")
    founded: PartialDate | None = field("成立时间", "来源写明的成立时间。", default=None)
    lead_village: VillageLink | None = field("龙头村", "牵头的村，须在成员村之中。", default=None)
    members: tuple[VillageLink, ...] = field("成员村", "来源点名的成员村。", default=())
    reported_members: Count | None = field(
        "报道成员村数", "来源说的成员村总数，可多于点名的村。", unit="个", default=None
    )
    other_members: tuple[Text, ...] = field(
        "其他成员单位", "企业、社会团体等非村成员，照来源的说法。", default=()
    )
    mechanisms: tuple[MechanismLink, ...] = field("运行机制", "来源提到的机制。", default=())
    story: Prose | None = field("做法与变化", "来源写到的做法和变化。", default=None)
    contact: Contact | None = field("联系方式", "仅供内部。", audience="internal", default=None)
    questions: tuple[Question, ...] = field("自测题", "题目与答案。", default=())


class Step(Part):
    """One step of a mechanism."""

    title: Text = field("步骤", "一步一个短语。")
    text: Text | None = field("说明", "这一步做什么。", default=None)


class Mechanism(Record):
    """A way of working that keeps running: a meeting, a rota, a rule of decision."""

    kind: ClassVar[str] = "mechanism"
    folder: ClassVar[str] = "mechanisms"
    kind_title: ClassVar[str] = "运行机制"

    type: Annotated[str, OneOf(MECHANISM_TYPES)] = field("类别", "机制管的是哪一方面。")
    counties: tuple[CountyLink, ...] = field("实行县市", "来源写明实行的县市。", default=())
    how: Prose | None = field("怎样运行", "谁来做、多久一次、做什么。", default=None)
    steps: tuple[Step, ...] = field("步骤", "有先后次序的，分步写。", default=())
    questions: tuple[Question, ...] = field("自测题", "题目与答案。", default=())
