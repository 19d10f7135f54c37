"""Party schools, teaching points, courses, classes, faculty, platforms.

The rules of training come from the article of 2022-03-29 (`content/records/sources/seed.yml`):
five categories of teaching points, the six requirements (六有) of township schools, three
course modules, the 5+1+N procedure of a class, and the yearly minimum of training.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from casebook_site.records.base import Contact, Coordinates, Question, Record
from casebook_site.records.places import CountyLink, TownshipLink, VillageLink
from casebook_site.schema.fields import (
    Count,
    Flag,
    LinkTo,
    Number,
    Part,
    PartialDate,
    Prose,
    Text,
    field,
)

PartySchoolLink = Annotated[str, LinkTo("party-school")]
TeachingPointLink = Annotated[str, LinkTo("teaching-point")]
CategoryLink = Annotated[str, LinkTo("category")]
CourseLink = Annotated[str, LinkTo("course")]
FacultyLink = Annotated[str, LinkTo("faculty")]

CategoryId = Literal["party_spirit", "village", "industry", "skills", "cautionary"]

CATEGORIES = {
    "party_spirit": "党性教育",
    "village": "特色村",
    "industry": "产业基地",
    "skills": "实践技能",
    "cautionary": "警示教育",
}
"""The five categories, in the article's order."""

LEVELS = {"municipal": "市级", "township": "镇街", "village": "村级"}

SIX_REQUIREMENTS = {
    "organisation": "有组织机构",
    "premises": "有场地设施",
    "faculty": "有师资队伍",
    "plan": "有培训计划",
    "rules": "有管理制度",
    "funding": "有经费保障",
}

REQUIREMENT_STATES = {
    "verified": "已核实",
    "reported": "据报道已具备",
    "lacking": "未具备",
    "unknown": "待补充",
}

MODULES = {"general": "通识教育", "professional": "专业教育", "thematic": "专题教育"}

PRESCRIBED_ITEMS = {
    "sign_in": "组织党员签到",
    "anthem": "奏唱国歌或国际歌",
    "oath": "重温入党誓词",
    "constitution": "集体学习党章",
    "leader_lecture": "领导讲课",
}
"""The 5 of 5+1+N: the prescribed items of every class."""

TRAINEES = {"ordinary": "普通党员", "cadre": "村“两委”党员干部"}

YEARLY_MINIMUM_DAYS = {"ordinary": 1, "cadre": 2}
"""Days of training at the township school that a member must have in a year."""

FACULTY_GROUPS = {"leaders": "领导干部", "experts": "专家教授", "role_models": "身边榜样"}


class Requirement(Part):
    """How one of the six requirements stands at a school."""

    state: Literal["verified", "reported", "lacking", "unknown"] = field(
        "情况", "verified 已核实，reported 据报道已具备，lacking 未具备，unknown 待补充。"
    )
    note: Text | None = field("说明", "具体情况。", default=None)


class SixRequirements(Part):
    """The checklist 六有."""

    organisation: Requirement = field("有组织机构", "校长、副校长、校务委员会等。")
    premises: Requirement = field("有场地设施", "教室、设备等。")
    faculty: Requirement = field("有师资队伍", "讲课的人从哪里来。")
    plan: Requirement = field("有培训计划", "年度教学计划。")
    rules: Requirement = field("有管理制度", "考勤、评价等制度。")
    funding: Requirement = field("有经费保障", "经费从哪里来。")


class YearPlan(Part):
    """A school's plan of one year, against the yearly minimum."""

    year: int = field("年度", "公历年。", strict=True, ge=1990, le=2200)
    ordinary_days: Number = field("普通党员培训天数", "每人每年，不少于 1 天。", unit="天")
    cadre_days: Number = field("村“两委”党员干部培训天数", "每人每年，不少于 2 天。", unit="天")


class PartySchool(Record):
    """A party school of one of the three levels."""

    kind: ClassVar[str] = "party-school"
    folder: ClassVar[str] = "party-schools"
    kind_title: ClassVar[str] = "党校"

    level: Literal["municipal", "township", "village"] = field(
        "级别", "municipal 市级，township 镇街，village 村级。"
    )
    county: CountyLink = field("县市", "所属县市的编号。")
    township: TownshipLink | None = field("镇街", "镇街党校所在镇街的编号。", default=None)
    about: Prose | None = field("概况", "机构、阵地、职能。", default=None)
    rooms: tuple[Text, ...] = field("场所", "如报告厅、标准化教室。", default=())
    six: SixRequirements | None = field("六有", "镇街党校的六项标准逐项情况。", default=None)
    staffing: Text | None = field("人员", "校长、校务委员会、编制等公开情况。", default=None)
    year_plans: tuple[YearPlan, ...] = field("年度计划", "每年的培训天数安排。", default=())
    staffing_remarks: Text | None = field(
        "人员备注", "编制、借调等内部情况。", audience="internal", default=None
    )
    contact: Contact | None = field("联系方式", "仅供内部。", audience="internal", default=None)


class Category(Record):
    """One of the five categories of teaching points."""

    kind: ClassVar[str] = "category"
    folder: ClassVar[str] = "categories"
    kind_title: ClassVar[str] = "教学点类别"

    id: CategoryId = field(
        "编号", "五类之一：party_spirit、village、industry、skills、cautionary。"
    )
    teaches: Prose | None = field("学什么", "这一类教学点用来学什么。", default=None)


class TeachingPoint(Record):
    """A grassroots teaching point."""

    kind: ClassVar[str] = "teaching-point"
    folder: ClassVar[str] = "teaching-points"
    kind_title: ClassVar[str] = "基层教学点"

    county: CountyLink = field("县市", "所在县市的编号。")
    township: TownshipLink | None = field(
        "镇街", "所在镇街的编号；来源没有写明就不写。", default=None
    )
    village: VillageLink | None = field("村", "所在村的编号。", default=None)
    category: Annotated[CategoryId, LinkTo("category")] = field(
        "类别", "五类之一：party_spirit、village、industry、skills、cautionary。"
    )
    organiser: Text | None = field("主办单位", "管理单位。", default=None)
    address: Text | None = field("地址", "公开的地址。", default=None)
    coordinates: Coordinates | None = field("坐标", "在地图上的位置，可不写。", default=None)
    opened: PartialDate | None = field("启用时间", "建成或启用的时间。", default=None)
    about: Prose | None = field("基本情况", "有什么，来源怎样写。", default=None)
    talking_points: tuple[Text, ...] = field("可讲的点", "现场教学可讲的几点。", default=())
    visit_hours: Text | None = field("开放时间", "公开的开放时间。", default=None)
    visit_minutes: Count | None = field(
        "参观时长", "一次现场教学大约多久。", unit="分钟", default=None
    )
    capacity: Count | None = field("容量", "一次可接待人数。", unit="人", default=None)
    lesson_notes: Prose | None = field(
        "教案备注", "讲课提示，仅供内部。", audience="internal", default=None
    )
    contact: Contact | None = field("联系方式", "仅供内部。", audience="internal", default=None)
    questions: tuple[Question, ...] = field("自测题", "题目与答案。", default=())


class Course(Record):
    """A course in one of the three modules."""

    kind: ClassVar[str] = "course"
    folder: ClassVar[str] = "courses"
    kind_title: ClassVar[str] = "课程"

    module: Literal["general", "professional", "thematic"] = field(
        "模块", "general 通识教育，professional 专业教育，thematic 专题教育。"
    )
    counties: tuple[CountyLink, ...] = field("开设县市", "开设的县市。", default=())
    trainees: tuple[Literal["ordinary", "cadre"], ...] = field(
        "对象", "ordinary 普通党员，cadre 村“两委”党员干部。", default=()
    )
    hours: Number | None = field("学时", "讲授时间。", unit="小时", default=None)
    outline: Prose | None = field("内容", "讲什么。", default=None)
    faculty: tuple[FacultyLink, ...] = field("师资", "由谁讲。", default=())
    lesson_notes: Prose | None = field(
        "教案备注", "讲课提示，仅供内部。", audience="internal", default=None
    )
    questions: tuple[Question, ...] = field("自测题", "题目与答案。", default=())


class Session(Part):
    """One item of a class: exactly one of prescribed item, teaching point, own item."""

    title: Text = field("环节", "环节名称。")
    prescribed: Literal["sign_in", "anthem", "oath", "constitution", "leader_lecture"] | None = (
        field(
            "规定动作",
            "属“5”时写：sign_in 签到，anthem 奏唱国歌或国际歌，oath 重温入党誓词，"
            "constitution 集体学习党章，leader_lecture 领导讲课。",
            default=None,
        )
    )
    teaching_point: TeachingPointLink | None = field(
        "教学点", "属“1”时写现场教学的教学点。", default=None
    )
    own: Flag = field("自选动作", "属“N”时写 true。", default=False)
    course: CourseLink | None = field("课程", "所讲课程。", default=None)
    minutes: Count | None = field("时长", "这一环节多久。", unit="分钟", default=None)
    day: Count | None = field("第几天", "超过一天的班写，从 1 起。", default=None, ge=1, le=99)
    at: Annotated[str, Field(strict=True, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = field(
        "开始时间", '几点开始，24 小时制，加引号写，如 "08:30"。', default=None
    )


class TrainingClass(Record):
    """A class held by a school after the 5+1+N procedure."""

    kind: ClassVar[str] = "training-class"
    folder: ClassVar[str] = "training-classes"
    kind_title: ClassVar[str] = "培训班"

    school: PartySchoolLink = field("主办党校", "主办党校的编号。")
    begins: PartialDate = field("开班日期", "开班那一天。")
    ends: PartialDate | None = field("结束日期", "超过一天的班写。", default=None)
    trainees: Literal["ordinary", "cadre"] = field(
        "对象", "ordinary 普通党员，cadre 村“两委”党员干部。"
    )
    days: Number = field("天数", "培训天数。", unit="天", gt=0)
    participants: Count | None = field("人数", "参训人数。", unit="人", default=None)
    counts_whole_minimum: Flag = field(
        "满足年度最低要求", "本班一次就满足全年最低天数时写 true，由程序核对。", default=False
    )
    sessions: tuple[Session, ...] = field("环节", "按先后次序。", min_length=1)
    lesson_notes: Prose | None = field("教务备注", "仅供内部。", audience="internal", default=None)
    contact: Contact | None = field("联系方式", "仅供内部。", audience="internal", default=None)


class Faculty(Record):
    """A group of the faculty pool; people are not named."""

    kind: ClassVar[str] = "faculty"
    folder: ClassVar[str] = "faculty"
    kind_title: ClassVar[str] = "师资库"

    county: CountyLink = field("县市", "所属县市的编号。")
    group: Literal["leaders", "experts", "role_models"] = field(
        "类别", "leaders 领导干部，experts 专家教授，role_models 身边榜样。"
    )
    about: Prose | None = field("怎样管理", "选聘、培训、考评。", default=None)
    staffing_remarks: Text | None = field(
        "人员备注", "仅供内部。", audience="internal", default=None
    )
    contact: Contact | None = field("联系方式", "仅供内部。", audience="internal", default=None)


class Platform(Record):
    """A channel that carries courses to members."""

    kind: ClassVar[str] = "platform"
    folder: ClassVar[str] = "platforms"
    kind_title: ClassVar[str] = "传播平台"

    county: CountyLink = field("县市", "所属县市的编号。")
    about: Prose | None = field("怎样用", "平台上有什么、谁在用。", default=None)
    channels: tuple[Text, ...] = field("渠道", "平台包含的渠道。", default=())
    reach: tuple[Text, ...] = field("覆盖", "到市、镇、村哪一级，覆盖什么人。", default=())
