"""Joint village party organisations and the mechanisms they work by."""

from __future__ import annotations

from typing import Annotated, ClassVar

from casebook_site.records.base import Contact, Question, Record
from casebook_site.records.places import CountyLink, TownshipLink, VillageLink
from casebook_site.records.proceeding_vocabularies import DISCLOSURE_TYPES, WEEKDAYS
from casebook_site.records.vocabularies import FORMS, MECHANISM_TYPES
from casebook_site.schema.choices import OneOf
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import (
    ClockTime,
    Count,
    LinkTo,
    Part,
    Prose,
    Text,
    field,
    with_field,
)

JointCommitteeLink = Annotated[str, LinkTo("joint-committee")]
MechanismLink = Annotated[str, LinkTo("mechanism")]


class Disclosure(Part):
    """Something that was disclosed to members or villagers."""

    type: Annotated[str, OneOf(DISCLOSURE_TYPES)] = field("公开类别", "党务、村务还是财务。")
    title: Text = field("公开内容", "公开了什么。")
    date: PartialDate | None = field("公开日期", "哪天公开。", default=None)
    where: Text | None = field("公开地点", "公开在哪里，如 村务公开栏。", default=None)


@with_field("from", ClockTime, field("开始", '几点到岗，加引号写，如 "08:30"。'), before="to")
class Duty(Part):
    """A turn of the rota: who is where on a day of the week. Nobody is named."""

    weekday: Annotated[str, OneOf(WEEKDAYS)] = field("星期", "每周哪一天。")
    village: VillageLink | None = field("值班的村", "由哪个村的干部值班。", default=None)
    to: ClockTime = field("结束", '几点下班，加引号写，如 "17:00"。')
    place: Text | None = field("值班地点", "在哪里，如 龙头村党群服务中心。", default=None)


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
    rota: tuple[Duty, ...] = field("值班表", "集中办公、轮流值班，一班一行。", default=())
    disclosures: tuple[Disclosure, ...] = field(
        "公开事项", "三务公开的清单，新的写在前面。", default=()
    )
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
