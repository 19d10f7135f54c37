"""Evidence: figures and the sources behind everything."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook_site.records.base import Record, SourceLink
from casebook_site.records.committees import JointCommittee
from casebook_site.records.places import Township, Village
from casebook_site.records.teaching import PartySchool, TeachingPoint
from casebook_site.records.vocabularies import GRADES, QUALIFIERS, ROLES, SOURCE_TYPES
from casebook_site.schema.choices import Choice, OneOf, Vocabulary
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import (
    EVIDENCE,
    AnyLink,
    Flag,
    LinkTo,
    Number,
    Part,
    Text,
    field,
    with_field,
)

FigureLink = Annotated[str, LinkTo("figure")]

COUNTED_KINDS = Vocabulary(
    "counted-kinds",
    "可对照的类别",
    tuple(
        Choice(model.kind, model.kind_title)
        for model in (Township, Village, JointCommittee, PartySchool, TeachingPoint)
    ),
)
"""Kinds whose records a figure may be compared with: so many reported, so many recorded."""


@with_field("from", PartialDate, field("起", "时段从哪年哪月哪日起。"), before="to")
class Period(Part):
    """A stretch of time for which something was counted."""

    to: PartialDate = field("止", "时段到哪年哪月哪日止，包括这一天。")


class Figure(Record):
    """A number with unit, date and source."""

    kind: ClassVar[str] = "figure"
    folder: ClassVar[str] = "figures"
    kind_title: ClassVar[str] = "数据"

    value: Number = field("数值", "只写数字，不带单位。")
    value_to: Number | None = field("上限", "数值是范围时写上限，如 3—5 的 5。", default=None)
    qualifier: Annotated[str, OneOf(QUALIFIERS)] = field(
        "修饰", "来源在数前后所写的词。", default="exact", searched=False
    )
    unit: Text = field("单位", "如 个、名、人次、平方公里。", searched=False)
    as_of: Annotated[PartialDate, EVIDENCE] = field("截至", "数据所指的时间，年、年月或年月日。")
    period: Period | None = field(
        "统计时段", "数是一段时间里的，写起止；只是某一天的数不写。", default=None
    )
    cumulative: Flag = field("累计", "从头累加到截至日期的数写 true。", default=False)
    target: Number | None = field("目标值", "来源定的目标，单位与数值相同。", default=None)
    denominator: Number | None = field(
        "总数", "数值是其中一部分时，总共多少，单位与数值相同。", default=None
    )
    source: Annotated[SourceLink, EVIDENCE] = field("数据来源", "数据的来源，必填。")
    locator: Text | None = field(
        "出处位置", "数在来源的哪一页、哪一节，如 第3页、第二部分。", default=None
    )
    about: AnyLink = field("所属记录", "数据说的是哪条记录，写作 类别/编号，如 county/yiyuan。")
    place: Text | None = field(
        "所指地方", "数据说的不是所属记录本身时写，如 淄博市。", default=None
    )
    role: Annotated[str, OneOf(ROLES)] = field("性质", "数据说明什么。")
    indicator: Annotated[str, Field(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = field(
        "指标", "同一口径的数据写同一个英文词，才能对比；口径不同不可同词。"
    )
    recorded: Annotated[str, OneOf(COUNTED_KINDS)] | None = field(
        "对照收录",
        "与本站收录的哪类记录对照（报道几个、收录几个）。",
        default=None,
        searched=False,
    )
    recorded_filter: tuple[Text, ...] = field(
        "对照条件",
        "只数某些形式、级别或类型时写，如 [committee, general_branch]。",
        default=(),
    )
    conflicts_with: tuple[FigureLink, ...] = field(
        "与之矛盾", "与本条说法不一的其他数据，两条互相写明。", default=()
    )
    note: Text | None = field("说明", "口径、算法等。", default=None)


class Source(Record):
    """A document that something rests on."""

    kind: ClassVar[str] = "source"
    folder: ClassVar[str] = "sources"
    kind_title: ClassVar[str] = "来源"

    authors: tuple[Text, ...] = field(
        "作者", "署名的作者或记者，按署名次序；未署名则不写。", default=()
    )
    publisher: Text | None = field("发布者", "媒体或机构；未注明则不写。", default=None)
    published: PartialDate | None = field("发布日期", "未注明则不写。", default=None)
    type: Annotated[str, OneOf(SOURCE_TYPES)] = field("文献类型", "国家标准 GB/T 7714 的文献类型。")
    number: Text | None = field(
        "文号", "公文、党内法规的文号或标准号，如 中发〔2019〕1号。", default=None
    )
    city: Text | None = field("出版地", "图书、论文集的出版地，如 北京。", default=None)
    volume: Text | None = field("卷", "期刊的卷号，加引号写，如 12。", default=None)
    issue: Text | None = field("期", "期刊的期号，加引号写，如 3。", default=None)
    pages: Text | None = field(
        "版次页码", "报纸版次，或书刊的页码，如 19、45-50；年份不必写。", default=None
    )
    url: Annotated[str, Field(strict=True, pattern=r"^https?://[^\s<>\"]+$")] | None = field(
        "网址", "原始发布的网址；B 级来源不写。", default=None
    )
    accessed: PartialDate | None = field("查阅日期", "查阅的日期。", default=None)
    grade: Annotated[str, OneOf(GRADES)] = field(
        "等级", "离原始发布有多远，有多可靠。", searched=False
    )
    access: Text | None = field("查阅情况", "读到全文还是开头，转载情况。", default=None)

    @model_validator(mode="after")
    def _url_needs_access_date(self) -> Source:
        if self.url and not self.accessed:
            raise PydanticCustomError(
                "missing_accessed", "写了网址（url）就要写查阅日期（accessed）"
            )
        return self
