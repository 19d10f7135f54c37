"""County, township, village."""

from __future__ import annotations

from casebook_site.domain import formatting
from casebook_site.model.catalog import key_of
from casebook_site.outputs.site.kinds.parts import KindView, PageScope, fact, place_facts
from casebook_site.outputs.site.views import LinkView, Section, TableRow
from casebook_site.records.committees import JointCommittee, Mechanism
from casebook_site.records.places import TOWNSHIP_TYPES, VILLAGE_TYPES, County, Township, Village
from casebook_site.records.teaching import (
    CATEGORIES,
    Course,
    Faculty,
    PartySchool,
    Platform,
    TeachingPoint,
)
from casebook_site.records.texts import CaseStudy


def county(record: County, page: PageScope) -> KindView:
    """The case first, then everything in the county."""
    edition = page.site.edition
    towns = edition.linking(record, Township, "county")
    return KindView(
        subtitle=f"{record.province} · {record.prefecture}",
        facts=(
            fact(record, "prefecture", f"{record.province}{record.prefecture}"),
            *place_facts(record),
            fact(record, "neighbours", "、".join(record.neighbours)),
        ),
        sections=(
            page.prose_section(record, "about"),
            page.list_section("cases", "案例", edition.linking(record, CaseStudy, "county")),
            _township_table(towns, page),
            page.list_section(
                "committees", "联村党组织", edition.linking(record, JointCommittee), place=True
            ),
            page.names_section(
                "mechanisms", "运行机制", edition.linking(record, Mechanism, "counties")
            ),
            page.names_section("schools", "党校", edition.linking(record, PartySchool)),
            page.list_section(
                "points", "基层教学点", edition.linking(record, TeachingPoint, "county"), place=True
            ),
            page.names_section("courses", "课程", edition.linking(record, Course, "counties")),
            page.names_section("faculty", "师资库", edition.linking(record, Faculty)),
            page.names_section("platforms", "传播平台", edition.linking(record, Platform)),
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


def _township_table(towns: list[Township], page: PageScope) -> Section:
    """Each township with the numbers of what the site has of it."""
    site = page.site
    rows = tuple(
        TableRow(
            (
                site.link(key_of(town), page.path) or LinkView(town.name),
                LinkView(TOWNSHIP_TYPES[town.type]),
                *(
                    LinkView(str(len(site.in_place(kind, key_of(town))) or "—"))
                    for kind in ("village", "joint-committee", "teaching-point")
                ),
            )
        )
        for town in formatting.by_pinyin(towns, lambda t: t.name)
    )
    return Section(
        "townships",
        "镇街",
        columns=("镇街", "类型", "收录村", "联村党组织", "教学点"),
        rows=rows,
        note="数字为本站收录数，不是实有数。" if rows else "",
    )


def township(record: Township, page: PageScope) -> KindView:
    """What lies in the township, and all its villages by name."""
    edition, key = page.site.edition, key_of(record)
    villages = edition.linking(record, Village, "township")
    points = edition.linking(record, TeachingPoint, "township")
    return KindView(
        subtitle=page.site.place_of(record).split(" ")[0],
        facts=(
            fact(record, "county", page.link("county", record.county)),
            fact(record, "type", TOWNSHIP_TYPES[record.type]),
            *place_facts(record),
        ),
        sections=(
            page.prose_section(record, "about"),
            page.list_section(
                "committees", "联村党组织", page.site.in_place("joint-committee", key)
            ),
            _points_by_category(points, page),
            page.list_section("schools", "党校", edition.linking(record, PartySchool)),
            Section(
                "villages",
                "村与社区",
                links=tuple(
                    page.site.link(key_of(v), page.path) or LinkView(v.name)
                    for v in formatting.by_pinyin(villages, lambda v: v.name)
                ),
                note=f"本站收录 {len(villages)} 个；有连接的另有专页。" if villages else "",
            ),
        ),
        shown=frozenset({"village", "joint-committee", "teaching-point", "party-school", "figure"}),
        neighbours="同县镇街",
        neighbours_by=("county",),
    )


def _points_by_category(points: list[TeachingPoint], page: PageScope) -> Section:
    entries = tuple(
        page.site.entry(point, page.path, meta=(CATEGORIES[point.category],))
        for category in CATEGORIES
        for point in points
        if point.category == category
    )
    return Section("points", "基层教学点", entries=entries)


def village(record: Village, page: PageScope) -> KindView:
    """A village with what happens there."""
    edition = page.site.edition
    return KindView(
        subtitle=page.site.place_of(record),
        facts=(
            fact(record, "township", page.link("township", record.township)),
            fact(record, "type", VILLAGE_TYPES[record.type] if record.type else None),
            *place_facts(record),
        ),
        sections=(
            page.prose_section(record, "about"),
            page.list_section(
                "committees", "所在联村党组织", edition.linking(record, JointCommittee)
            ),
            page.list_section(
                "points", "基层教学点", edition.linking(record, TeachingPoint, "village")
            ),
        ),
        shown=frozenset({"joint-committee", "teaching-point", "figure"}),
    )
