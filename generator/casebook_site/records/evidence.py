"""Evidence: figures and the sources behind everything."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook_site.records.base import Record, SourceLink
from casebook_site.schema.fields import AnyLink, LinkTo, Number, PartialDate, Text, field

FigureLink = Annotated[str, LinkTo("figure")]

ROLES = {
    "outcome": "成效",
    "scale": "规模",
    "requirement": "要求",
    "background": "背景",
    "comparison": "对照",
}

QUALIFIERS = {"exact": "", "over": "余", "about": "约", "least": "不少于"}
"""Qualifier → the word; `over` stands behind the number, the others before it."""

GRADES = {"A": "原始发布或官方数据", "A-": "可靠转载", "B": "仅见转载，只引媒体名，不给链接"}

SOURCE_TYPES = {
    "N": "报纸",
    "J": "期刊",
    "R": "报告",
    "EB": "网上资料",
    "DS": "数据集",
    "Z": "其他文献",
}
"""Document types after GB/T 7714-2015, appendix B."""


class Figure(Record):
    """A number with unit, date and source."""

    kind: ClassVar[str] = "figure"
    folder: ClassVar[str] = "figures"
    kind_title: ClassVar[str] = "数据"

    value: Number = field("数值", "只写数字，不带单位。")
    value_to: Number | None = field("上限", "数值是范围时写上限，如 3—5 的 5。", default=None)
    qualifier: Literal["exact", "over", "about", "least"] = field(
        "修饰", "exact 确数，over “余”，about “约”，least “不少于”。", default="exact"
    )
    unit: Text = field("单位", "如 个、名、人次、平方公里。")
    as_of: PartialDate = field("截至", "数据所指的时间，年、年月或年月日。")
    source: SourceLink = field("数据来源", "数据的来源，必填。")
    about: AnyLink = field("所属记录", "数据说的是哪条记录，写作 类别/编号，如 county/yiyuan。")
    place: Text | None = field(
        "所指地方", "数据说的不是所属记录本身时写，如 淄博市。", default=None
    )
    role: Literal["outcome", "scale", "requirement", "background", "comparison"] = field(
        "性质",
        "outcome 成效，scale 规模，requirement 要求，background 背景，comparison 对照。",
    )
    indicator: Annotated[str, Field(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = field(
        "指标", "同一口径的数据写同一个英文词，才能对比；口径不同不可同词。"
    )
    recorded: (
        Literal["township", "village", "joint-committee", "party-school", "teaching-point"] | None
    ) = field("对照收录", "与本站收录的哪类记录对照（报道几个、收录几个）。", default=None)
    recorded_filter: tuple[Text, ...] = field(
        "对照条件", "只数某些形式、级别或类型时写，如 [committee, general_branch]。", default=()
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

    publisher: Text | None = field("发布者", "媒体或机构；未注明则不写。", default=None)
    published: PartialDate | None = field("发布日期", "未注明则不写。", default=None)
    type: Literal["N", "J", "R", "EB", "DS", "Z"] = field(
        "文献类型", "N 报纸，J 期刊，R 报告，EB 网上资料，DS 数据集，Z 其他。"
    )
    pages: Text | None = field("版次页码", "报纸版次或期刊期号，如 19；年份不必写。", default=None)
    url: Annotated[str, Field(strict=True, pattern=r"^https?://[^\s<>\"]+$")] | None = field(
        "网址", "原始发布的网址；B 级来源不写。", default=None
    )
    accessed: PartialDate | None = field("查阅日期", "查阅的日期。", default=None)
    grade: Literal["A", "A-", "B"] = field(
        "等级", "A 原始发布或官方数据，A- 可靠转载，B 仅见转载（不给链接）。"
    )
    access: Text | None = field("查阅情况", "读到全文还是开头，转载情况。", default=None)

    @model_validator(mode="after")
    def _url_needs_access_date(self) -> Source:
        if self.url and not self.accessed:
            raise PydanticCustomError(
                "missing_accessed", "写了网址（url）就要写查阅日期（accessed）"
            )
        return self
