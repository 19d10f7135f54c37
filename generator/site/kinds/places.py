"""County, township, village."""

from __future__ import annotations

from generator import wording
from generator.catalog import key_of
from generator.records.committees import JointCommittee, Mechanism
from generator.records.places import TOWNSHIP_TYPES, VILLAGE_TYPES, County, Township, Village
from generator.records.teaching import (
    CATEGORIES,
    Course,
    Faculty,
    PartySchool,
    Platform,
    TeachingPoint,
)
from generator.records.texts import CaseStudy
from generator.site.kinds.parts import KindView, PageDesk, fact, place_facts
from generator.site.views import LinkView, Row, Section


def county(record: County, here: PageDesk) -> KindView:
    """The case first, then everything in the county."""
    edition = here.desk.edition
    towns = edition.linking(record, Township, "county")
    return KindView(
        subtitle=f"{record.province} · {record.prefecture}",
        facts=(
            fact(record, "prefecture", f"{record.province}{record.prefecture}"),
            *place_facts(record),
            fact(record, "neighbours", "、".join(record.neighbours)),
        ),
        sections=(
            here.prose_section(record, "about"),
            here.list_section("cases", "案例", edition.linking(record, CaseStudy, "county")),
            _township_table(towns, here),
            here.list_section(
                "committees", "联村党组织", edition.linking(record, JointCommittee), place=True
            ),
            here.names_section(
                "mechanisms", "运行机制", edition.linking(record, Mechanism, "counties")
            ),
            here.names_section("schools", "党校", edition.linking(record, PartySchool)),
            here.list_section(
                "points", "基层教学点", edition.linking(record, TeachingPoint, "county"), place=True
            ),
            here.names_section("courses", "课程", edition.linking(record, Course, "counties")),
            here.names_section("faculty", "师资库", edition.linking(record, Faculty)),
            here.names_section("platforms", "传播平台", edition.linking(record, Platform)),
        ),
        shown=frozenset(
            {
                "case-study",
                "township",
                "joint-committee",
                "mechanism",
                "party-school",
                "teaching-point",
                "course",
                "faculty",
                "platform",
                "figure",
            }
        ),
    )


def _township_table(towns: list[Township], here: PageDesk) -> Section:
    """Each township with the numbers of what the site has of it."""
    desk = here.desk
    rows = tuple(
        Row(
            (
                desk.link(key_of(town), here.page) or LinkView(town.name),
                LinkView(TOWNSHIP_TYPES[town.type]),
                *(
                    LinkView(str(len(desk.in_place(kind, key_of(town))) or "—"))
                    for kind in ("village", "joint-committee", "teaching-point")
                ),
            )
        )
        for town in wording.by_pinyin(towns, lambda t: t.name)
    )
    return Section(
        "townships",
        "镇街",
        columns=("镇街", "类型", "收录村", "联村党组织", "教学点"),
        rows=rows,
        note="数字为本站收录数，不是实有数。" if rows else "",
    )


def township(record: Township, here: PageDesk) -> KindView:
    """What lies in the township, and all its villages by name."""
    edition, key = here.desk.edition, key_of(record)
    villages = edition.linking(record, Village, "township")
    points = edition.linking(record, TeachingPoint, "township")
    return KindView(
        subtitle=here.desk.place_of(record).split(" ")[0],
        facts=(
            fact(record, "county", here.link("county", record.county)),
            fact(record, "type", TOWNSHIP_TYPES[record.type]),
            *place_facts(record),
        ),
        sections=(
            here.prose_section(record, "about"),
            here.list_section(
                "committees", "联村党组织", here.desk.in_place("joint-committee", key)
            ),
            _points_by_category(points, here),
            here.list_section("schools", "党校", edition.linking(record, PartySchool)),
            Section(
                "villages",
                "村与社区",
                links=tuple(
                    here.desk.link(key_of(v), here.page) or LinkView(v.name)
                    for v in wording.by_pinyin(villages, lambda v: v.name)
                ),
                note=f"本站收录 {len(villages)} 个；有连接的另有专页。" if villages else "",
            ),
        ),
        shown=frozenset({"village", "joint-committee", "teaching-point", "party-school", "figure"}),
        neighbours="同县镇街",
        neighbours_by=("county",),
    )


def _points_by_category(points: list[TeachingPoint], here: PageDesk) -> Section:
    entries = tuple(
        here.desk.entry(point, here.page, meta=(CATEGORIES[point.category],))
        for category in CATEGORIES
        for point in points
        if point.category == category
    )
    return Section("points", "基层教学点", entries=entries)


def village(record: Village, here: PageDesk) -> KindView:
    """A village with what happens there."""
    edition = here.desk.edition
    return KindView(
        subtitle=here.desk.place_of(record),
        facts=(
            fact(record, "township", here.link("township", record.township)),
            fact(record, "type", VILLAGE_TYPES[record.type] if record.type else None),
            *place_facts(record),
        ),
        sections=(
            here.prose_section(record, "about"),
            here.list_section(
                "committees", "所在联村党组织", edition.linking(record, JointCommittee)
            ),
            here.list_section(
                "points", "基层教学点", edition.linking(record, TeachingPoint, "village")
            ),
        ),
        shown=frozenset({"joint-committee", "teaching-point", "figure"}),
    )
