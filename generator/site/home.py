"""The generated part of the home page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator import wording
from generator.catalog import Key, key_of
from generator.records import KINDS
from generator.records.evidence import Figure
from generator.records.places import County
from generator.records.teaching import CATEGORIES, TeachingPoint
from generator.records.texts import CaseStudy
from generator.site.pages import Desk
from generator.site.sections import SECTIONS
from generator.site.views import FigureView, LinkView
from generator.urls import HOME, index_path, relative

FIGURES_PER_COUNTY = 3
COUNTIES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class CountyCard:
    """A county with its case."""

    county: LinkView
    place: str
    case: LinkView | None
    subtitle: str
    text: str
    figures: tuple[FigureView, ...]
    counts: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class CategoryCard:
    """A category with the number of its teaching points and a few names."""

    link: LinkView
    count: int
    names: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows."""

    title: str
    lead: str
    intro: str
    """HTML of the hand-written text, from MkDocs."""
    figures: tuple[FigureView, ...]
    counties: tuple[CountyCard, ...]
    more_counties: LinkView | None
    categories: tuple[CategoryCard, ...]
    points: int
    ways: tuple[LinkView, ...]
    counts: tuple[tuple[str, int], ...]
    updated: str


def build_home(
    desk: Desk, title: str, lead: str, intro: str, key_figures: Sequence[str]
) -> HomeView:
    """The home page of an edition; `intro` is the page's own text as HTML."""
    known = desk.edition.of(Figure)
    counties = wording.by_pinyin(desk.edition.of(County).values(), lambda c: c.name)
    told = [c for c in counties if desk.edition.linking(c, CaseStudy, "county")] or counties
    return HomeView(
        title=title,
        lead=lead,
        intro=intro,
        figures=tuple(desk.figure_view(known[id], HOME, {}) for id in key_figures if id in known),
        counties=tuple(_county(desk, county, key_figures) for county in told[:COUNTIES_SHOWN]),
        more_counties=LinkView(
            "全部县市", relative(index_path("counties"), HOME), str(len(counties))
        )
        if len(counties) > COUNTIES_SHOWN
        else None,
        categories=tuple(
            _category(desk, id) for id in CATEGORIES if desk.edition.get(Key("category", id))
        ),
        points=len(desk.edition.of(TeachingPoint)),
        ways=_ways(desk),
        counts=tuple(
            (SECTIONS[folder].title, len(by_id))
            for folder, by_id in _folders(desk).items()
            if by_id
        ),
        updated=desk.newest.chinese if desk.newest else "",
    )


def _county(desk: Desk, county: County, key_figures: Sequence[str]) -> CountyCard:
    cases = desk.edition.linking(county, CaseStudy, "county")
    case = cases[0] if cases else None
    own = [*(desk.figures_about(case) if case else ()), *desk.figures_about(county)]
    own.sort(
        key=lambda f: (
            f.id not in key_figures,
            ["outcome", "scale"].index(f.role) if f.role in ("outcome", "scale") else 9,
        )
    )
    counts = (
        ("joint-committee", "个联村党组织"),
        ("teaching-point", "处教学点"),
        ("party-school", "所党校"),
        ("township", "个镇街"),
    )
    return CountyCard(
        county=desk.link(key_of(county), HOME) or LinkView(county.name),
        place=f"{county.province} {county.prefecture}",
        case=desk.link(key_of(case), HOME) if case else None,
        subtitle=(case.subtitle or "") if case else "",
        text=desk.plain((case.summary if case else None) or county.summary, 110),
        figures=tuple(desk.figure_view(f, HOME, {}) for f in own[:FIGURES_PER_COUNTY]),
        counts=tuple(
            LinkView(f"{n} {unit}")
            for kind, unit in counts
            if (n := len(desk.in_place(kind, key_of(county))))
        ),
    )


def _category(desk: Desk, id: str) -> CategoryCard:
    points = desk.category_order[id]
    return CategoryCard(
        link=desk.link(Key("category", id), HOME) or LinkView(CATEGORIES[id]),
        count=len(points),
        names=tuple(desk.link(key_of(p), HOME) or LinkView(p.name) for p in points[:4]),
    )


_WAYS = (
    ("matrix", "类别 × 镇街", "按地方找教学点"),
    ("names", "按拼音查", "知道名字，直接找"),
    ("timeline", "时间线", "事情怎样一步步来"),
    ("mechanisms", "运行机制", "会怎么开、事怎么定"),
    ("terms", "术语", "读懂材料里的词"),
    ("figures", "数据", "每个数都有出处"),
    ("gaps", "待补充与存疑", "还缺什么，欢迎指正"),
)


def _ways(desk: Desk) -> tuple[LinkView, ...]:
    data = "Excel 可开的 CSV" if desk.offline else "JSON 与 Excel 可开的 CSV"
    ways = (*_WAYS, ("data", "数据下载", data)) if desk.has_tables else _WAYS
    return tuple(LinkView(title, relative(index_path(s), HOME), note) for s, title, note in ways)


def _folders(desk: Desk) -> dict[str, Sequence[str]]:
    kinds = (
        "case-study",
        "joint-committee",
        "mechanism",
        "teaching-point",
        "party-school",
        "course",
        "township",
        "village",
        "term",
        "figure",
        "source",
    )
    return {KINDS[kind].folder: list(desk.edition.records[kind]) for kind in kinds}
