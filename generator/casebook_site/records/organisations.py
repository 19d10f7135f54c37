"""Co-operatives and firms that work with villages."""

from __future__ import annotations

from typing import Annotated, ClassVar

from casebook_site.records.base import Contact, Record
from casebook_site.records.committees import JointCommitteeLink
from casebook_site.records.organisation_vocabularies import COOPERATION_MODELS, ORGANISATION_TYPES
from casebook_site.records.places import CountyLink, TownshipLink, VillageLink
from casebook_site.schema.choices import OneOf
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import Count, Part, Prose, Text, field


class ChainStage(Part):
    """One stage from the field to the market."""

    title: Text = field("环节", "如 育苗、种植、加工、销售。")
    done_by: Text | None = field("由谁做", "哪家单位、哪个村，或农户。", default=None)
    text: Text | None = field("怎样做", "这一环节怎样做。", default=None)


class Organisation(Record):
    """A co-operative, a firm or another organisation that works with villages."""

    kind: ClassVar[str] = "organisation"
    folder: ClassVar[str] = "organisations"
    kind_title: ClassVar[str] = "合作社与企业"

    county: CountyLink = field("县市", "所在县市的编号。")
    township: TownshipLink | None = field("镇街", "所在镇街的编号。", default=None)
    type: Annotated[str, OneOf(ORGANISATION_TYPES)] = field("类型", "是哪一种组织。")
    founded: PartialDate | None = field("成立时间", "来源写明的成立时间。", default=None)
    villages: tuple[VillageLink, ...] = field("参加的村", "来源写明参加的村。", default=())
    committee: JointCommitteeLink | None = field(
        "联村党组织", "由哪个联村党组织领办或牵头。", default=None
    )
    model: Annotated[str, OneOf(COOPERATION_MODELS)] | None = field(
        "联结方式", "党组织、集体和农户怎样联在一起。", default=None
    )
    products: tuple[Text, ...] = field("产品", "种什么、养什么、做什么。", default=())
    households: Count | None = field("带动农户", "参加或带动的户数。", unit="户", default=None)
    chain: tuple[ChainStage, ...] = field("产业链", "从种到卖，一个环节一行。", default=())
    about: Prose | None = field("基本情况", "来源写到的情况；数字另写成数据记录。", default=None)
    contact: Contact | None = field("联系方式", "仅供内部。", audience="internal", default=None)
