"""The generated part of the home page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebook_site.domain import formatting
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.urls import HOME, index_path, relative
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.sections import SECTIONS
from casebook_site.outputs.site.views import FigureView, LinkView
from casebook_site.records import KINDS
from casebook_site.records.evidence import Figure
from casebook_site.records.places import County
from casebook_site.records.teaching import CATEGORIES, TeachingPoint
from casebook_site.records.texts import CaseStudy

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
    site: SiteModel, title: str, lead: str, intro: str, key_figures: Sequence[str]
) -> HomeView:
    """The home page of an edition; `intro` is the page's own text as HTML."""
    known = site.edition.of(Figure)
    counties = formatting.by_pinyin(site.edition.of(County).values(), lambda c: c.name)
    told = [c for c in counties if site.edition.linking(c, CaseStudy, "county")] or counties
    return HomeView(
        title=title,
        lead=lead,
        intro=intro,
        figures=tuple(site.figure_view(known[id], HOME, {}) for id in key_figures if id in known),
        counties=tuple(_county(site, county, key_figures) for county in told[:COUNTIES_SHOWN]),
        more_counties=LinkView(
            "全部县市", relative(index_path("counties"), HOME), str(len(counties))
        )
        if len(counties) > COUNTIES_SHOWN
        else None,
        categories=tuple(
            _category(site, id) for id in CATEGORIES if site.edition.get(Key("category", id))
        ),
        points=len(site.edition.of(TeachingPoint)),
        ways=_ways(site),
        counts=tuple(
            (SECTIONS[folder].title, len(by_id))
            for folder, by_id in _folders(site).items()
            if by_id
        ),
        updated=site.newest.chinese if site.newest else "",
    )


def _county(site: SiteModel, county: County, key_figures: Sequence[str]) -> CountyCard:
    cases = site.edition.linking(county, CaseStudy, "county")
    case = cases[0] if cases else None
    own = [*(site.figures_about(case) if case else ()), *site.figures_about(county)]
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
        county=site.link(key_of(county), HOME) or LinkView(county.name),
        place=f"{county.province} {county.prefecture}",
        case=site.link(key_of(case), HOME) if case else None,
        subtitle=(case.subtitle or "") if case else "",
        text=site.plain((case.summary if case else None) or county.summary, 110),
        figures=tuple(site.figure_view(f, HOME, {}) for f in own[:FIGURES_PER_COUNTY]),
        counts=tuple(
            LinkView(f"{n} {unit}")
            for kind, unit in counts
            if (n := len(site.in_place(kind, key_of(county))))
        ),
    )


def _category(site: SiteModel, id: str) -> CategoryCard:
    points = site.category_order[id]
    return CategoryCard(
        link=site.link(Key("category", id), HOME) or LinkView(CATEGORIES[id]),
        count=len(points),
        names=tuple(site.link(key_of(p), HOME) or LinkView(p.name) for p in points[:4]),
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


def _ways(site: SiteModel) -> tuple[LinkView, ...]:
    data = "Excel 可开的 CSV" if site.offline else "JSON 与 Excel 可开的 CSV"
    ways = (*_WAYS, ("data", "数据下载", data)) if site.has_tables else _WAYS
    return tuple(LinkView(title, relative(index_path(s), HOME), note) for s, title, note in ways)


def _folders(site: SiteModel) -> dict[str, Sequence[str]]:
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
    return {KINDS[kind].folder: list(site.edition.records[kind]) for kind in kinds}
