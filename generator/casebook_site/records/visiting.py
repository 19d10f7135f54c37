"""A teaching point as a place to visit: when it is open, how to book and get there, what is told there."""

from __future__ import annotations

from typing import Annotated

from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import (
    PUBLIC_CONTACT,
    ClockTime,
    Count,
    Flag,
    Number,
    Part,
    Prose,
    SeenBy,
    Text,
    field,
    with_field,
)


@with_field(
    "from", ClockTime, field("开门", '几点开门，24 小时制，加引号写，如 "09:00"。'), before="to"
)
class OpenHours(Part):
    """Hours in which a place is open on some days."""

    days: Text = field("日子", "哪几天，如 周二至周日。")
    to: ClockTime = field("关门", '几点关门，24 小时制，加引号写，如 "16:30"。')


class Access(Part):
    """What a place has for those who cannot take stairs. What is not written is not known."""

    step_free: Flag | None = field("无台阶", "轮椅能不能一路推进去。", default=None)
    toilet: Flag | None = field("无障碍卫生间", "有没有轮椅能进的卫生间。", default=None)
    lift: Flag | None = field("电梯", "楼上的展厅有没有电梯。", default=None)
    note: Text | None = field("无障碍说明", "如 二楼展厅没有电梯。", default=None)


class Visit(Part):
    """What somebody must know before going to a place."""

    hours: tuple[OpenHours, ...] = field("开放时段", "一行写同样时间开放的几天。", default=())
    closed: Text | None = field("闭馆", "每周或每年哪些天不开，如 周一闭馆。", default=None)
    holidays: Text | None = field("节假日", "法定节假日开不开。", default=None)
    booking: Text | None = field("怎样预约", "要不要预约，向谁、怎样预约。", default=None)
    public_phone: Annotated[Text, PUBLIC_CONTACT] | None = field(
        "公开电话",
        "对外公布的单位电话，加引号写；个人的号码写在联系方式里，只给内部看。",
        default=None,
    )
    lead_days: Count | None = field("提前天数", "至少提前几天预约。", unit="天", default=None)
    groups_max: Count | None = field(
        "接待批数", "一天最多接待几批。", unit="批", default=None, ge=1
    )
    fee: Text | None = field("费用", "门票、讲解费；不收费就写 免费。", default=None)
    season: Text | None = field("最佳时节", "什么时候来看得到，如 4 月苹果开花。", default=None)
    access: Access | None = field("无障碍", "行动不便的人来方不方便。", default=None)
    transport: Text | None = field("交通", "公交线路、下车站。", default=None)
    parking: Text | None = field("停车", "停在哪里，大客车能不能停。", default=None)
    safety: Text | None = field("安全提示", "来的人要注意什么。", default=None)
    checked_on: PartialDate | None = field(
        "核对日期", "最后一次向单位核对以上内容的日期。", default=None
    )


@with_field("from", Text, field("出发地", "从哪里出发，如 县城汽车站。"), before="text")
class Route(Part):
    """A way to a place."""

    text: Text = field("走法", "怎样走、在哪里换车。")
    km: Number | None = field("路程", "路上多少公里。", unit="公里", default=None, gt=0)
    minutes: Count | None = field("路上时间", "大约多久。", unit="分钟", default=None, ge=1)


class GuideStop(Part):
    """What is told at one stop of a visit."""

    stop: Text = field("讲解点", "在哪一站讲，如 大门前、第一展室。")
    minutes: Count | None = field("讲解时长", "这一站讲多久。", unit="分钟", default=None, ge=1)
    text: Prose = field("讲什么", "讲解词，可用 Markdown。")
    audience: SeenBy = field("可见范围", "给谁看；不写就是公开。", default="public", searched=False)
