"""Party school, teaching point, category, course, class, faculty, platform."""

from __future__ import annotations

from casebook_site.domain import formatting
from casebook_site.maps.nearby import NEAR_KM
from casebook_site.model.catalog import Key
from casebook_site.outputs.site.kinds.parts import (
    KindView,
    PageScope,
    contact_section,
    coordinates_fact,
    fact,
    measure,
    questions_section,
    remarks_section,
)
from casebook_site.outputs.site.views import Check, LinkView, Section, StepView, TableRow
from casebook_site.records.teaching import (
    CATEGORIES,
    FACULTY_GROUPS,
    LEVELS,
    MODULES,
    PRESCRIBED_ITEMS,
    REQUIREMENT_STATES,
    SIX_REQUIREMENTS,
    TRAINEES,
    Category,
    Course,
    Faculty,
    PartySchool,
    Platform,
    Session,
    TeachingPoint,
    TrainingClass,
)

_CHECK_MARKS = {"verified": "ok", "reported": "said", "lacking": "lacking", "unknown": "unknown"}


def party_school(record: PartySchool, page: PageScope) -> KindView:
    """The school, its rooms, its checklist 六有, its classes."""
    edition = page.site.edition
    town = Key("township", record.township or "")
    return KindView(
        subtitle=f"{LEVELS[record.level]}党校",
        facts=(
            fact(record, "level", LEVELS[record.level]),
            fact(
                record,
                "county",
                page.link("county", record.county),
                page.link("township", record.township),
            ),
            fact(record, "staffing", record.staffing),
        ),
        sections=(
            page.prose_section(record, "about"),
            Section("rooms", "场所", lines=record.rooms),
            Section("six", "“六有”标准", checks=_six(record)),
            Section(
                "plans",
                "年度计划",
                columns=("年度", "普通党员", "村“两委”党员干部"),
                rows=tuple(
                    TableRow(
                        (
                            LinkView(f"{plan.year}年"),
                            LinkView(f"{formatting.number(plan.ordinary_days)} 天"),
                            LinkView(f"{formatting.number(plan.cadre_days)} 天"),
                        )
                    )
                    for plan in record.year_plans
                ),
            ),
            page.list_section(
                "classes", "培训班", edition.linking(record, TrainingClass, "school")
            ),
            page.list_section(
                "points", "本镇街的教学点", page.site.in_place("teaching-point", town)
            ),
            remarks_section(record, "staffing_remarks"),
            contact_section(record.contact),
        ),
        shown=frozenset({"training-class", "figure"}),
        neighbours=f"{LEVELS[record.level]}党校",
        neighbours_by=("level", "county"),
    )


def _six(record: PartySchool) -> tuple[Check, ...]:
    if record.six is None:
        return ()
    checks = []
    for name, title in SIX_REQUIREMENTS.items():
        requirement = getattr(record.six, name)
        checks.append(
            Check(
                title,
                _CHECK_MARKS[requirement.state],
                REQUIREMENT_STATES[requirement.state],
                requirement.note or "",
            )
        )
    return tuple(checks)


def teaching_point(record: TeachingPoint, page: PageScope) -> KindView:
    """What is there, what can be taught there, how to visit."""
    place = page.link("township", record.township) or "镇街未载明"
    return KindView(
        subtitle=f"{CATEGORIES[record.category]}教学点",
        facts=(
            fact(record, "category", page.link("category", record.category)),
            fact(
                record,
                "county",
                page.link("county", record.county),
                place,
                page.link("village", record.village),
            ),
            fact(record, "organiser", record.organiser),
            fact(record, "address", record.address),
            fact(record, "opened", record.opened.chinese if record.opened else None),
            fact(record, "visit_hours", record.visit_hours),
            measure(record, "visit_minutes"),
            measure(record, "capacity"),
            coordinates_fact(record.coordinates),
        ),
        sections=(
            page.prose_section(record, "about"),
            Section("talking-points", "可讲的点", lines=record.talking_points),
            page.prose_section(record, "lesson_notes"),
            contact_section(record.contact),
            questions_section(record.questions, page),
            _nearby(record, page),
        ),
        neighbours=f"{CATEGORIES[record.category]}教学点",
        neighbours_by=("category",),
    )


NEARBY_LIMIT = 12


def _nearby(record: TeachingPoint, page: PageScope) -> Section:
    """Other points: by distance where it is known, else of the township, else of the county.

    Points of the township whose place is not known follow those whose distance is. In a list
    without distances those that follow by id come first, so that all are reached.
    """
    near = page.site.neighbourhood.near(record.id, NEARBY_LIMIT)
    is_full = len(near) == NEARBY_LIMIT
    town = [] if is_full else _others("township", record.township, record, page)
    if near:
        known = dict(near)
        more = [id for id in town if id not in known][: NEARBY_LIMIT - len(near)]
        links = (
            *(_with_distance(id, away, page) for id, away in near),
            *page.links("teaching-point", more),
        )
        note = f"距离是直线距离，{NEAR_KM:.0f} 公里以内。"
        return Section("nearby", "附近的教学点", links=tuple(filter(None, links)), note=note)
    if town:
        return Section("nearby", "同镇街的教学点", links=page.links("teaching-point", town))
    county = _others("county", record.county, record, page)
    name = page.site.edition.resolve("county", record.county)
    title = f"{name.name if name else '同县市'}其他教学点"
    return Section("nearby", title, links=page.links("teaching-point", county))


def _others(kind: str, id: str | None, record: TeachingPoint, page: PageScope) -> list[str]:
    """Ids of other points of a township or county."""
    if id is None:
        return []
    found = page.site.followers("teaching-point", Key(kind, id), record.id, NEARBY_LIMIT)
    return [other.id for other in found]


def _with_distance(id: str, away: float, page: PageScope) -> LinkView | None:
    words = f"约 {away:.1f} 公里" if away >= 0.1 else "不到 100 米"
    return page.site.link(Key("teaching-point", id), page.path, note=words)


def category(record: Category, page: PageScope) -> KindView:
    """What the category is for, and its teaching points with their places."""
    points = page.site.category_order.get(record.id, ())
    return KindView(
        facts=(),
        sections=(
            page.prose_section(record, "teaches"),
            page.list_section("points", "教学点", points, place=True),
        ),
        shown=frozenset({"teaching-point", "figure"}),
        neighbours="五大类别",
    )


def course(record: Course, page: PageScope) -> KindView:
    """Module, audience, content, questions."""
    return KindView(
        subtitle=f"{MODULES[record.module]}模块",
        facts=(
            fact(record, "module", MODULES[record.module]),
            fact(record, "counties", *page.links("county", record.counties)),
            fact(record, "trainees", "、".join(TRAINEES[t] for t in record.trainees)),
            measure(record, "hours"),
            fact(record, "faculty", *page.links("faculty", record.faculty)),
        ),
        sections=(
            page.prose_section(record, "outline"),
            page.prose_section(record, "lesson_notes"),
            questions_section(record.questions, page),
        ),
        neighbours="课程",
    )


def training_class(record: TrainingClass, page: PageScope) -> KindView:
    """The programme, and the check against 5+1+N."""
    return KindView(
        subtitle=record.begins.chinese,
        facts=(
            fact(record, "school", page.link("party-school", record.school)),
            fact(record, "begins", record.begins.chinese),
            fact(record, "ends", record.ends.chinese if record.ends else None),
            fact(record, "trainees", TRAINEES[record.trainees]),
            measure(record, "days"),
            measure(record, "participants"),
        ),
        sections=(
            Section("sessions", "日程", steps=tuple(_session(s, page) for s in record.sessions)),
            Section("procedure", "“5+1+N”核对", checks=_procedure(record)),
            page.prose_section(record, "lesson_notes"),
            contact_section(record.contact),
        ),
    )


def _session(session: Session, page: PageScope) -> StepView:
    point = page.link("teaching-point", session.teaching_point)
    when = f"第 {session.day} 天" if session.day else ""
    minutes = f"{session.minutes} 分钟" if session.minutes else ""
    badge = (
        "5" if session.prescribed else "1" if session.teaching_point else "N" if session.own else ""
    )
    said = "　".join(filter(None, (when, session.at, minutes)))
    return StepView(session.title, said, point or page.link("course", session.course), badge)


def _procedure(record: TrainingClass) -> tuple[Check, ...]:
    held = {session.prescribed for session in record.sessions}
    visits = sum(1 for session in record.sessions if session.teaching_point)
    own = sum(1 for session in record.sessions if session.own)
    prescribed = tuple(
        Check(f"规定动作：{title}", *(("ok", "有") if item in held else ("lacking", "缺")))
        for item, title in PRESCRIBED_ITEMS.items()
    )
    return (
        *prescribed,
        Check("教学点现场教学", *(("ok", f"{visits} 次") if visits else ("lacking", "缺"))),
        Check("自选动作", "ok" if own else "unknown", f"{own} 项"),
    )


def faculty(record: Faculty, page: PageScope) -> KindView:
    """A group of the pool and how it is run."""
    return KindView(
        subtitle=FACULTY_GROUPS[record.group],
        facts=(
            fact(record, "group", FACULTY_GROUPS[record.group]),
            fact(record, "county", page.link("county", record.county)),
        ),
        sections=(
            page.prose_section(record, "about"),
            remarks_section(record, "staffing_remarks"),
            contact_section(record.contact),
        ),
        neighbours="师资库",
        neighbours_by=("county",),
    )


def platform(record: Platform, page: PageScope) -> KindView:
    """Channels and reach."""
    return KindView(
        facts=(fact(record, "county", page.link("county", record.county)),),
        sections=(
            page.prose_section(record, "about"),
            Section("channels", "渠道", lines=record.channels),
            Section("reach", "覆盖", lines=record.reach),
        ),
        neighbours="传播平台",
        neighbours_by=("county",),
    )
