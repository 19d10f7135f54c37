"""A training class: all that whoever holds it has to print.

The forms follow the procedure of the class, and a questionnaire on the teaching ends each class.
"""

from __future__ import annotations

from casebook_site.base.numerals import chinese_number
from casebook_site.domain import formatting
from casebook_site.domain.training import (
    ComponentCount,
    Procedure,
    YearlyTime,
    evaluation_lines,
    evaluation_table,
    procedure_of_class,
    time_of_class,
)
from casebook_site.maps.coordinates import to_wgs84
from casebook_site.maps.nearby import distance_km
from casebook_site.model.catalog import key_of
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import (
    Blank,
    Item,
    ItemList,
    NewPage,
    Run,
    Runs,
    TableBlock,
    plain,
)
from casebook_site.outputs.packs.facts import labelled, labelled_choice, measured
from casebook_site.outputs.packs.kind_parts import tell
from casebook_site.outputs.packs.places import locator
from casebook_site.records.base import Coordinates
from casebook_site.records.places import Township
from casebook_site.records.procedures import Role
from casebook_site.records.teaching import (
    Course,
    EvaluationItem,
    PartySchool,
    Session,
    TeachingPoint,
    TrainingClass,
)
from casebook_site.records.vocabularies import MODULES

SIGN_IN_LINES = 30
"""Lines of the sign-in sheet where nobody says how many will come."""

GRADES = tuple(str(info.title) for info in EvaluationItem.model_fields.values())[1:]
"""`很满意` to `不满意`: the columns of the questionnaire, and of what came back."""


def tell_training_class(composer: Composer, record: TrainingClass, level: int) -> None:
    """Plan, programme, sign-in sheet, lessons, teaching points, own items, questionnaire."""
    _plan(composer, record, level)
    composer.heading(level, "日程")
    composer.add(_programme(composer, record))
    _own_items(composer, record, level)
    composer.heading(level, "签到表")
    composer.add(_sign_in(record))
    _lessons(composer, record, level)
    _points(composer, record, level)
    _questionnaire(composer, record, level)
    _results(composer, record, level)


def _results(composer: Composer, record: TrainingClass, level: int) -> None:
    """Write what listeners said, once the class has been held."""
    if record.evaluation is None:
        return
    composer.heading(level, "评教结果")
    composer.lines(evaluation_lines(record.evaluation))
    head, *rows = evaluation_table(record.evaluation)
    if rows:
        cells = tuple(tuple(map(plain, row)) for row in rows)
        composer.add(TableBlock("评教结果", head, (8, 3, 3, 3, 3), cells))


def _plan(composer: Composer, record: TrainingClass, level: int) -> None:
    composer.heading(level, "办班方案")
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.lead(record)
    ends = f"至{record.ends.chinese}" if record.ends else ""
    composer.facts(
        record,
        labelled(record, "name", record.name),
        labelled(record, "school", (composer.name("party-school", record.school),)),
        ("时间", plain(f"{record.begins.chinese}{ends}")),
        labelled_choice(record, "trainees"),
        measured(record, "days"),
        measured(record, "hours"),
        measured(record, "participants"),
        labelled_choice(record, "status"),
        measured(record, "registered"),
        measured(record, "attended"),
    )
    asked, yearly = _asked_of(composer, record)
    if asked.components or yearly.least:
        composer.paragraph(_checked(asked), "label")
        composer.add(procedure(record, asked, yearly))
    composer.internal_notes(record)
    composer.further(record)
    composer.doubts(record)


def _asked_of(composer: Composer, record: TrainingClass) -> tuple[Procedure, YearlyTime]:
    """Return the procedure that a class follows, and its time against the year's."""
    schema = composer.edition.schema
    school = composer.edition.of(PartySchool).get(record.school)
    return procedure_of_class(schema, record, school), time_of_class(schema, record, school)


def procedure(record: TrainingClass, asked: Procedure, yearly: YearlyTime) -> TableBlock:
    """Return the table of what the procedure and the year ask for, and what the class holds."""
    rows = [
        (held_count.component.mark, held_count.request, _held(held_count))
        for held_count in asked.counts(record.sessions)
    ]
    if yearly.least:
        missing = formatting.number(yearly.missing)
        rows.append(
            (
                "",
                f"{yearly.title}全年至少{yearly.least}天",
                f"本班{formatting.number(yearly.days)}天，"
                + (f"全年还差{missing}天" if yearly.missing else "已满足"),
            )
        )
    cells = tuple((plain(no), plain(what), _state(state)) for no, what, state in rows)
    return TableBlock(_checked(asked), ("项", "要求", "本班"), (1, 8, 7), cells)


def _checked(asked: Procedure) -> str:
    return f"“{asked.title}”核对"


def _held(held_count: ComponentCount) -> str:
    """Return in words what a class holds of a component: `有`, `缺`, `2次`, `未安排`."""
    if held_count.item:
        return "缺" if held_count.is_lacking else "有"
    if held_count.held:
        return f"{held_count.held}{'次' if held_count.component.role is Role.VISIT else '项'}"
    return "缺" if held_count.is_lacking else "未安排"


def _state(text: str) -> Runs:
    return (Run(text, "strong"),) if "缺" in text or "差" in text else plain(text)


def _programme(composer: Composer, record: TrainingClass) -> TableBlock:
    asked, _ = _asked_of(composer, record)
    rows = tuple(_session(composer, session, asked) for session in record.sessions)
    return TableBlock(
        "日程", ("时间", "环节", "性质", "内容与地点", "时长"), (25, 21, 15, 27, 12), rows
    )


def _session(composer: Composer, session: Session, asked: Procedure) -> tuple[Runs, ...]:
    place = composer.name("teaching-point", session.teaching_point)
    lesson = composer.name("course", session.course)
    components = asked.components_of(session)
    minutes = f"{session.minutes}分钟" if session.minutes else ""
    return (
        plain(_when(session)),
        (Run(session.title, "strong"),),
        plain(components[0].title if components else ""),
        (place,) if place.text else (lesson,) if lesson.text else (),
        plain(minutes),
    )


def _when(session: Session) -> str:
    day = f"第{chinese_number(session.day)}天 " if session.day else ""
    if not session.at:
        return day.strip()
    hours, minutes = map(int, session.at.split(":"))
    end = hours * 60 + minutes + (session.minutes or 0)
    until = f"—{end // 60 % 24:02}:{end % 60:02}" if session.minutes else ""
    return f"{day}{session.at}{until}"


def _sign_in(record: TrainingClass) -> TableBlock:
    count = record.participants or SIGN_IN_LINES
    rows = tuple((plain(str(number)), (), (), (), ()) for number in range(1, count + 1))
    columns = ("序号", "姓名", "所在党组织", "联系电话", "签名")
    return TableBlock("签到表", columns, (8, 18, 32, 24, 18), rows, tall=True)


def _lessons(composer: Composer, record: TrainingClass, level: int) -> None:
    known = composer.edition.of(Course)
    held = [known[s.course] for s in record.sessions if s.course and s.course in known]
    if not held:
        return
    composer.heading(level, "课程")
    for module, title in composer.edition.schema.vocabulary(MODULES).items():
        ids = dict.fromkeys(lesson.id for lesson in held if lesson.module == module)
        if ids:
            composer.heading(level + 1, f"{title}模块")
            for id in ids:
                tell(composer, known[id], level + 2)


def _points(composer: Composer, record: TrainingClass, level: int) -> None:
    known = composer.edition.of(TeachingPoint)
    ids = dict.fromkeys(s.teaching_point for s in record.sessions if s.teaching_point in known)
    if not ids:
        return
    composer.heading(level, "现场教学")
    for id in ids:
        point = known[id or ""]
        tell(composer, point, level + 1)
        composer.paragraph("路线", "label")
        composer.add(locator(composer, point, 34))
        composer.paragraph(_way(composer, record, point))
        composer.add(
            TableBlock(
                "出发安排",
                ("集合地点", "出发时间", "车辆与带队", "返程时间"),
                (3, 2, 3, 2),
                (((), (), (), ()),),
                tall=True,
            )
        )


def _way(composer: Composer, record: TrainingClass, point: TeachingPoint) -> str:
    """Address and straight distance, as far as the records know."""
    school = composer.edition.of(PartySchool).get(record.school)
    town = composer.edition.of(Township).get((school.township if school else None) or "")
    address = f"地址：{point.address}。" if point.address else "地址待补充，出发前请问清。"
    if town is None or town.coordinates is None or point.coordinates is None:
        return address
    away = distance_km(_place(town.coordinates), _place(point.coordinates))
    return f"{address}离{town.name}中心直线约{away:.1f}公里，实际路程更长。"


def _place(coordinates: Coordinates) -> tuple[float, float]:
    shown = to_wgs84(coordinates)
    return shown.longitude, shown.latitude


def _own_items(composer: Composer, record: TrainingClass, level: int) -> None:
    own = [session for session in record.sessions if session.own]
    if not own:
        return
    composer.heading(level + 1, "自选动作")
    composer.add(
        ItemList(
            tuple(
                Item(
                    f"{number}.",
                    plain("　".join(filter(None, (session.title, _when(session))))),
                )
                for number, session in enumerate(own, start=1)
            )
        )
    )


def _questionnaire(composer: Composer, record: TrainingClass, level: int) -> None:
    taught = [s for s in record.sessions if s.course or s.teaching_point or s.own] + [
        s for s in record.sessions if s.prescribed == "leader_lecture" and not s.course
    ]
    composer.heading(level, "评教问卷")
    composer.paragraph(
        f"您好！请对“{record.name}”的教学提意见，在合适的格里打“√”。问卷不署名，"
        "意见交给讲课人改进教学。",
        "body",
    )
    items = [session.title for session in taught] + ["组织和服务", "全班总的印象"]
    rows = tuple((plain(title), *(() for _ in GRADES)) for title in items)
    composer.add(TableBlock("评教问卷", ("项目", *GRADES), (8, 3, 3, 3, 3), rows, tall=True))
    composer.paragraph("对您最有用的一课是什么？为什么？", "label")
    composer.add(Blank(3))
    composer.paragraph("您还想听什么、看什么？", "label")
    composer.add(Blank(3), NewPage())
