"""Party schools, teaching points, courses, classes, faculty, platforms.

The rules of training come from the article of 2022-03-29 (`content/records/sources/seed.yml`):
five categories of teaching points, the six requirements (六有) of township schools, three
course modules, the 5+1+N procedure of a class, and the yearly minimum of training.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from casebook_site.records.base import Contact, Coordinates, Question, Record
from casebook_site.records.lessons import ModelLesson, TeachingPointLink
from casebook_site.records.places import CountyLink, TownshipLink, VillageLink
from casebook_site.records.procedures import PROCEDURES
from casebook_site.records.teaching_parts import (
    FacultySubject,
    FacultyYear,
    Programme,
    SyllabusItem,
    WebLink,
)
from casebook_site.records.teaching_plans import CourseLink, YearPlan
from casebook_site.records.visiting import GuideStop, Route, Visit
from casebook_site.records.vocabularies import (
    CATEGORIES,
    CLASS_STATES,
    FACULTY_GROUPS,
    LEVELS,
    MODULES,
    PRESCRIBED_ITEMS,
    REQUIREMENT_STATES,
    SIX_REQUIREMENTS,
    TRAINEES,
)
from casebook_site.schema.choices import OneOf
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import (
    ClockTime,
    Count,
    Flag,
    LinkTo,
    Number,
    Part,
    Prose,
    Text,
    field,
)

PartySchoolLink = Annotated[str, LinkTo("party-school")]
CategoryLink = Annotated[str, LinkTo("category")]
FacultyLink = Annotated[str, LinkTo("faculty")]

CategoryId = Annotated[str, OneOf(CATEGORIES)]
ProcedureId = Annotated[str, OneOf(PROCEDURES)]


class Requirement(Part):
    """How one of the six requirements stands at a school."""

    state: Annotated[str, OneOf(REQUIREMENT_STATES)] = field("情况", "这一项是否具备。")
    note: Text | None = field("说明", "具体情况。", default=None)
    evidence: Text | None = field("依据", "凭什么这样说，如 文件名称、现场查看。", default=None)
    checked_on: PartialDate | None = field("核对日期", "哪天核对的。", default=None)


def _requirement(id: str) -> Any:
    """Declare the field of one of the six requirements, with what the vocabulary says of it."""
    choice = SIX_REQUIREMENTS.choice(id)
    return field(choice.title, f"{choice.description}。")


class SixRequirements(Part):
    """The checklist 六有."""

    organisation: Requirement = _requirement("organisation")
    premises: Requirement = _requirement("premises")
    faculty: Requirement = _requirement("faculty")
    plan: Requirement = _requirement("plan")
    rules: Requirement = _requirement("rules")
    funding: Requirement = _requirement("funding")


class PartySchool(Record):
    """A party school of one of the three levels."""

    kind: ClassVar[str] = "party-school"
    folder: ClassVar[str] = "party-schools"
    kind_title: ClassVar[str] = "党校"

    level: Annotated[str, OneOf(LEVELS)] = field("级别", "三级党校中的哪一级。")
    county: CountyLink = field("县市", "所属县市的编号。")
    township: TownshipLink | None = field("镇街", "镇街党校所在镇街的编号。", default=None)
    about: Prose | None = field("概况", "机构、阵地、职能。", default=None)
    rooms: tuple[Text, ...] = field("场所", "如报告厅、标准化教室。", default=())
    six: SixRequirements | None = field("六有", "镇街党校的六项标准逐项情况。", default=None)
    procedure: ProcedureId | None = field(
        "培训流程", "本校办班所按的流程；不写就按第一种。", default=None
    )
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

    id: CategoryId = field("编号", "教学点类别之一，一类一条。", searched=False)
    teaches: Prose | None = field("学什么", "这一类教学点用来学什么。", default=None)
    lesson: ModelLesson | None = field("示范课", "编者建议的一堂课。", default=None)


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
        "类别", "教学点类别之一。", searched=False
    )
    organiser: Text | None = field("主办单位", "管理单位。", default=None)
    address: Text | None = field("地址", "公开的地址。", default=None)
    coordinates: Coordinates | None = field("坐标", "在地图上的位置，可不写。", default=None)
    opened: PartialDate | None = field("启用时间", "建成或启用的时间。", default=None)
    about: Prose | None = field("基本情况", "有什么，来源怎样写。", default=None)
    talking_points: tuple[Text, ...] = field("可讲的点", "现场教学可讲的几点。", default=())
    suits: tuple[Annotated[str, OneOf(TRAINEES)], ...] = field(
        "适合对象", "这里的现场教学适合谁。", default=()
    )
    visit_hours: Text | None = field(
        "开放时间", "公开的开放时间；写了参观须知里的开放时段就不必写。", default=None
    )
    visit_minutes: Count | None = field(
        "参观时长", "一次现场教学大约多久。", unit="分钟", default=None
    )
    capacity: Count | None = field("容量", "一次可接待人数。", unit="人", default=None)
    visit: Visit | None = field("参观须知", "去之前要知道的，只写公开的、核对过的。", default=None)
    route: tuple[Route, ...] = field("怎样到达", "从常见的几个地方出发怎样走。", default=())
    guide: tuple[GuideStop, ...] = field("讲解词", "按参观的先后，一站一段。", default=())
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

    module: Annotated[str, OneOf(MODULES)] = field("模块", "属三个课程模块中的哪一个。")
    counties: tuple[CountyLink, ...] = field("开设县市", "开设的县市。", default=())
    trainees: tuple[Annotated[str, OneOf(TRAINEES)], ...] = field("对象", "讲给谁听。", default=())
    hours: Number | None = field("学时", "讲授时间。", unit="小时", default=None)
    outline: Prose | None = field("内容", "讲什么。", default=None)
    syllabus: tuple[SyllabusItem, ...] = field("课目表", "一个课目一行，按先后排。", default=())
    links: tuple[WebLink, ...] = field("网上课程", "在网上能看能听的，一处一行。", default=())
    faculty: tuple[FacultyLink, ...] = field("师资", "由谁讲。", default=())
    lesson_notes: Prose | None = field(
        "教案备注", "讲课提示，仅供内部。", audience="internal", default=None
    )
    questions: tuple[Question, ...] = field("自测题", "题目与答案。", default=())


class Session(Part):
    """One item of a class: exactly one of prescribed item, teaching point, own item."""

    title: Text = field("环节", "环节名称。")
    prescribed: Annotated[str, OneOf(PRESCRIBED_ITEMS)] | None = field(
        "规定动作", "属“5”时写是哪一项。", default=None
    )
    teaching_point: TeachingPointLink | None = field(
        "教学点", "属“1”时写现场教学的教学点。", default=None
    )
    own: Flag = field("自选动作", "属“N”时写 true。", default=False)
    course: CourseLink | None = field("课程", "所讲课程。", default=None)
    minutes: Count | None = field("时长", "这一环节多久。", unit="分钟", default=None)
    day: Count | None = field("第几天", "超过一天的班写，从 1 起。", default=None, ge=1, le=99)
    at: ClockTime | None = field(
        "开始时间", '几点开始，24 小时制，加引号写，如 "08:30"。', default=None
    )


class EvaluationItem(Part):
    """How many thought what of one item of a class."""

    name: Text = field("项目", "评的是什么，如 党章学习、组织和服务。")
    very: Count = field("很满意", "几份这样填。", unit="份", default=0)
    fairly: Count = field("满意", "几份这样填。", unit="份", default=0)
    fair: Count = field("一般", "几份这样填。", unit="份", default=0)
    poor: Count = field("不满意", "几份这样填。", unit="份", default=0)


class Evaluation(Part):
    """What listeners said of a class, as counts: nobody is named."""

    sent: Count = field("发出", "发出多少份问卷。", unit="份")
    returned: Count = field("收回", "收回多少份。", unit="份")
    items: tuple[EvaluationItem, ...] = field("逐项", "一项一行，只写份数。", default=())
    remarks: Text | None = field("意见归纳", "归纳写的意见，不写姓名。", default=None)


class TrainingClass(Record):
    """A class held by a school, mostly after the school's procedure."""

    kind: ClassVar[str] = "training-class"
    folder: ClassVar[str] = "training-classes"
    kind_title: ClassVar[str] = "培训班"

    school: PartySchoolLink = field("主办党校", "主办党校的编号。")
    begins: PartialDate = field("开班日期", "开班那一天。")
    ends: PartialDate | None = field("结束日期", "超过一天的班写。", default=None)
    trainees: Annotated[str, OneOf(TRAINEES)] = field("对象", "本班培训谁。")
    procedure: ProcedureId | None = field(
        "培训流程", "不写就按主办党校的；示范班、竞学班等选“不按固定流程”。", default=None
    )
    days: Number = field("天数", "培训天数。", unit="天", gt=0)
    hours: Number | None = field("学时", "培训学时。", unit="学时", default=None, gt=0)
    participants: Count | None = field("人数", "参训人数。", unit="人", default=None)
    status: Annotated[str, OneOf(CLASS_STATES)] | None = field(
        "状态", "办了没有；不清楚就不写。", default=None
    )
    registered: Count | None = field("报名人数", "报名多少人。", unit="人", default=None)
    attended: Count | None = field("实到人数", "实际到课多少人。", unit="人", default=None)
    evaluation: Evaluation | None = field("评教结果", "问卷的份数，只写数字。", default=None)
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
    group: Annotated[str, OneOf(FACULTY_GROUPS)] = field("类别", "由哪一类人讲课。")
    about: Prose | None = field("怎样管理", "选聘、培训、考评。", default=None)
    years: tuple[FacultyYear, ...] = field("历年人数", "一年一行，只写人数。", default=())
    subjects: tuple[FacultySubject, ...] = field("讲课方向", "一个方向一行。", default=())
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
    programme: tuple[Programme, ...] = field("节目", "一个节目一行。", default=())
    reach: tuple[Text, ...] = field("覆盖", "到市、镇、村哪一级，覆盖什么人。", default=())
