"""What every record has, and the parts that several kinds share."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook_site.records.question_vocabularies import QUESTION_LEVELS, QUESTION_TYPES
from casebook_site.records.vocabularies import CODE_SYSTEMS, COORDINATE_SYSTEMS
from casebook_site.schema.choices import OneOf
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import Count, Flag, Id, LinkTo, Part, Prose, SeenBy, Text, field
from casebook_site.schema.kinds import RecordModel

Position = Annotated[int, Field(strict=True, ge=1, le=99)]
"""A place in a list, from 1."""

SourceLink = Annotated[str, LinkTo("source")]


class Event(Part):
    """Something that happened on a date, for the timeline."""

    date: PartialDate = field("日期", "事情发生的年、年月或年月日，来源写到哪一级就写到哪一级。")
    title: Text = field("事件", "一句话说清发生了什么。")
    sources: tuple[SourceLink, ...] = field("来源", "说到此事的来源。", min_length=1)


class Change(Part):
    """What was changed on a published page, for its readers."""

    date: PartialDate = field("日期", "哪一天改的。")
    text: Text = field("改了什么", "一句话告诉读者改了什么。")
    correction: Flag = field(
        "更正", "原来写错了、这次改对，写 true；补充、更新不写。", default=False
    )


class Doubt(Part):
    """Something the sources disagree on, or that could not be confirmed."""

    text: Text = field("存疑之处", "哪里说法不一或无法核实；两种说法都写出。")
    sources: tuple[SourceLink, ...] = field("涉及来源", "说法不一的来源。", default=())


class Medium(Part):
    """A photo or file under `content/media/`, shown on the record's page."""

    file: Text = field("文件", "content/media/ 下的路径，如 juzhen/park-01.jpg。", searched=False)
    title: Text = field("说明", "图片说明，也作替代文字读给看不见图的人。")
    credit: Text = field("来源署名", "摄影者单位或提供单位。")
    date: PartialDate | None = field("拍摄日期", "拍摄或形成的日期。", default=None)
    audience: SeenBy = field("可见范围", "给谁看；不写就是公开。", default="public", searched=False)


class Question(Part):
    """A self-test question with its answer: choices of which some are right, or words."""

    question: Text = field("题目", "自测题的题干。")
    type: Annotated[str, OneOf(QUESTION_TYPES)] | None = field(
        "题型", "不写就看选项：没有选项是问答题，对的不止一项是多选题。", default=None
    )
    choices: tuple[Text, ...] = field(
        "选项", "选择题的选项；判断题、问答题不写。", default=(), searched=False
    )
    """Not searched: most of them are wrong."""
    correct: tuple[Position, ...] = field(
        "正确选项", "第几项对，从 1 起；判断题 1 是对，2 是错。问答题不写。", default=()
    )
    answer: Text | None = field(
        "答案", "参考答案；写了正确选项可以不写。问答题必须写。", default=None
    )
    why: Text | None = field("为什么", "为什么这样答，答完以后显示。", default=None)
    sources: tuple[SourceLink, ...] = field("出处", "答案所据的来源。", default=())
    level: Annotated[str, OneOf(QUESTION_LEVELS)] | None = field(
        "难度", "不写就是不分难度。", default=None
    )
    audience: SeenBy = field("可见范围", "给谁看；不写就是公开。", default="public", searched=False)


class Contact(Part):
    """Whom to call. Only ever a field of audience `internal`."""

    name: Text = field("联系人", "姓名或岗位。", audience="internal")
    phone: Text | None = field("电话", "电话号码，加引号写。", audience="internal", default=None)
    note: Text | None = field("备注", "何时方便联系等。", audience="internal", default=None)


class Coordinates(Part):
    """A point as its source gives it. Whatever the system, WGS-84 is published.

    A rule says whether the numbers make sense: it knows the county, and so can tell what is wrong.
    """

    longitude: float = field(
        "经度", "东经的度数，写小数，如 118.17。", unit="度", allow_inf_nan=False
    )
    latitude: float = field(
        "纬度", "北纬的度数，写小数，如 36.18。", unit="度", allow_inf_nan=False
    )
    system: Annotated[str, OneOf(COORDINATE_SYSTEMS)] = field(
        "坐标系", "经纬度取自哪种地图；网站一律换算成 WGS-84。", default="wgs-84"
    )
    precision: Count = field("精度", "坐标的大致误差半径。", unit="米", ge=1)
    source: SourceLink | None = field("坐标来源", "坐标取自何处。", default=None)


class Code(Part):
    """An administrative code with the system it belongs to: the systems collide."""

    system: Annotated[str, OneOf(CODE_SYSTEMS)] = field("代码体系", "两套代码互不通用。")
    value: Annotated[str, Field(strict=True, pattern=r"^(\d{6}|\d{9}|\d{12})$")] = field(
        "代码", "县级 6 位、乡级 9 位、村级 12 位数字，加引号写。"
    )


class Record(RecordModel):
    """One thing that somebody wrote down."""

    id: Id = field(
        "编号", "英文或拼音小写，作文件名和网址用；单独成文件时与文件名相同。", searched=False
    )
    name: Text = field("名称", "正式名称。")
    aliases: tuple[Text, ...] = field("别名", "其他叫法、曾用名，供查找。", default=())
    former_ids: tuple[Text, ...] = field(
        "曾用编号", "改过的编号，旧网址据此转到新网址。", default=()
    )
    pinyin: Text | None = field(
        "拼音",
        "名称的读音有误时写正确的拼音，音节间空格，如 ju zhen。",
        default=None,
        searched=False,
    )
    audience: SeenBy = field(
        "可见范围", "整条给谁看；不写就是公开。", default="public", searched=False
    )
    summary: Prose | None = field("简介", "一两句话说明是什么；可用 Markdown。", default=None)
    order: Count | None = field(
        "次序",
        "在同一县市的同类记录里排第几，从 1 起；不写的排在写了的后面，按行政代码、级别、类别排。",
        default=None,
        searched=False,
    )
    plain: Text | None = field(
        "大白话", "一两句话，不用术语，让没有听说过的人一听就懂。", default=None
    )
    tags: tuple[Text, ...] = field("标签", "主题词，同一意思用同一个词。", default=())
    sources: tuple[SourceLink, ...] = field("来源", "本条所据的来源。", default=())
    events: tuple[Event, ...] = field("大事", "有日期的事件，进入时间线。", default=())
    media: tuple[Medium, ...] = field("图片与文件", "随本条展示的图片和文件。", default=())
    changes: tuple[Change, ...] = field(
        "更正与更新", "公开以后改了什么，告诉读者；一次一项，新的写在后面。", default=()
    )
    missing: tuple[Text, ...] = field("待补充", "还缺什么，一项一句。", default=())
    doubts: tuple[Doubt, ...] = field("存疑", "来源说法不一或无法核实之处。", default=())
    remarks: Text | None = field(
        "内部备注", "只给内部看的备注。", audience="internal", default=None
    )
    updated: PartialDate | None = field("最后修改", "本条内容最后一次修改的日期。", default=None)

    @model_validator(mode="before")
    @classmethod
    def _refuse_null_lists(cls, data: Any) -> Any:
        """Refuse null for a list, which is how an empty `tags:` reads, with a message that says so."""
        if isinstance(data, dict):
            for name, value in data.items():
                if value is not None:
                    continue
                info = cls.model_fields.get(name)
                if info and info.default == ():
                    raise PydanticCustomError(
                        "null_list",
                        "“{field}”下面没有内容：写上内容，或删去这一行",
                        {"field": name},
                    )
        return data
