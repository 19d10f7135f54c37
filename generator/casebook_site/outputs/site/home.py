"""The generated part of the home page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from casebook_site.base.templates import Template
from casebook_site.domain import formatting
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.scopes import ALL
from casebook_site.model.urls import HOME, index_path, relative
from casebook_site.outputs.site import mapping
from casebook_site.outputs.site.drawings import drawing_of
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import images_of
from casebook_site.outputs.site.views import FigureView, Image, LinkView, Locator
from casebook_site.records import Record
from casebook_site.records.evidence import Figure
from casebook_site.records.places import County
from casebook_site.records.teaching import Category, TeachingPoint
from casebook_site.records.texts import CaseStudy
from casebook_site.records.vocabularies import CATEGORIES
from casebook_site.schema.choices import counted
from casebook_site.schema.kinds import Kind

FIGURES_PER_COUNTY = 3
COUNTIES_SHOWN = 6
NEWS = 8
"""Records that were changed last."""


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
    more: LinkView
    """The way to the county's page."""


@dataclass(frozen=True, slots=True)
class CategoryCard:
    """A category with the number of its teaching points and a few names."""

    link: LinkView
    count: int
    photo: Image | None
    """A photo of one of its teaching points."""
    drawing: Markup
    """Stands where there is no photo."""
    names: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows."""

    title: str
    lead: str
    search_href: str
    doors: tuple[LinkView, ...]
    """The ways that most readers take, each with what is behind it."""
    map: Locator | None
    intro: str
    """HTML of the hand-written text, from MkDocs."""
    figures: tuple[FigureView, ...]
    """Key figures that stand on no county's card."""
    counties: tuple[CountyCard, ...]
    more_counties: LinkView | None
    categories: tuple[CategoryCard, ...]
    categories_title: str
    points: int
    ways: tuple[LinkView, ...]
    news: tuple[LinkView, ...]
    """What was changed last, each with its kind."""
    news_date: str
    counts: tuple[tuple[str, int], ...]
    updated: str


HOME_PAGE = Template("home.html", HomeView)


def build_home(
    site: SiteModel, title: str, lead: str, intro: str, key_figures: Sequence[str]
) -> HomeView:
    """Return the home page of an edition; `intro` is the page's own text as HTML."""
    known = site.edition.of(Figure)
    counties = site.in_order(site.edition.of(County).values())
    cases = [c for c in counties if site.edition.linking(c, CaseStudy)] or counties
    cards = tuple(_county(site, county, key_figures) for county in cases[:COUNTIES_SHOWN])
    told = {figure.href for card in cards for figure in card.figures}
    shown = [site.figure_view(known[id], HOME, {}) for id in key_figures if id in known]
    news = changed_last(site)
    return HomeView(
        title=title,
        lead=lead,
        search_href=relative(index_path("search"), HOME),
        doors=_doors(site),
        map=mapping.overview(site, HOME),
        intro=intro,
        figures=tuple(figure for figure in shown if figure.href not in told),
        counties=cards,
        more_counties=LinkView(
            "全部县市", relative(index_path(County.folder), HOME), str(len(counties))
        )
        if len(counties) > COUNTIES_SHOWN
        else None,
        categories=tuple(
            _category(site, id)
            for id in site.schema.vocabulary(CATEGORIES)
            if site.edition.get(Key(Category.kind, id))
            and (site.category_order[id] or not site.offline)
        ),
        categories_title=counted("{number}类教学点", site.schema.vocabulary(CATEGORIES)),
        points=len(site.edition.of(TeachingPoint)),
        ways=_ways(site),
        news=tuple(link for record in news if (link := _new(site, record))),
        news_date=news[0].updated.chinese if news and news[0].updated else "",
        counts=tuple(
            (kind.section_title, held)
            for kind in ranked(site)
            if (held := len(site.edition.records[kind.name]))
        ),
        updated=site.newest.chinese if site.newest else "",
    )


def _county(site: SiteModel, county: County, key_figures: Sequence[str]) -> CountyCard:
    cases = site.in_order(site.edition.linking(county, CaseStudy))
    case = cases[0] if cases else None
    about = (*(site.figures_about(case) if case else ()), *site.figures_about(county))
    own = [figure for figure in about if site.leads(figure)]
    own.sort(
        key=lambda f: (
            f.id not in key_figures,
            ["outcome", "scale"].index(f.role) if f.role in ("outcome", "scale") else 9,
        )
    )
    return CountyCard(
        county=site.link(key_of(county), HOME) or LinkView(county.name),
        place=" ".join(filter(None, (county.province, county.prefecture))),
        case=site.link(key_of(case), HOME) if case else None,
        subtitle=(case.subtitle or "") if case else "",
        text=site.plain((case.summary if case else None) or county.summary, 110),
        figures=tuple(site.figure_view(f, HOME, {}) for f in own[:FIGURES_PER_COUNTY]),
        counts=tuple(
            LinkView(f"{n}{kind.home.in_county}")
            for kind in ranked(site)
            if kind.home.in_county and (n := len(site.in_place(kind.name, key_of(county))))
        ),
        more=_all_of(site, county),
    )


def _all_of(site: SiteModel, county: County) -> LinkView:
    """Return the way to a county's page; a bundle of a place in it has not all of the county."""
    link = site.link(key_of(county), HOME) or LinkView(county.name)
    is_whole = site.edition.scope.kind in (ALL.kind, site.places.levels.grouping)
    return link._replace(name=f"看{county.name}{'全部收录' if is_whole else ''}")


def _category(site: SiteModel, id: str) -> CategoryCard:
    points = site.category_order[id]
    photos = (
        medium for point in points for medium in images_of(site, point, HOME) if medium.is_image
    )
    return CategoryCard(
        link=site.link(Key(Category.kind, id), HOME)
        or LinkView(site.schema.vocabulary(CATEGORIES)[id]),
        count=len(points),
        photo=next(photos, None),
        drawing=drawing_of(id),
        names=tuple(site.link(key_of(p), HOME) or LinkView(p.name) for p in points[:4]),
    )


def _doors(site: SiteModel) -> tuple[LinkView, ...]:
    """Return the ways to points, cases and figures; none to what the site does not have."""
    counties = len(site.edition.of(CaseStudy))
    whose = {1: "当地", 2: "两地"}.get(counties, "各地")
    doors = (
        (TeachingPoint, "找教学点", "{}处，在哪、讲什么"),
        (CaseStudy, f"看{whose}经验", "{}个案例，怎样做、成效如何"),
        (Figure, "查数字", "{}项，都有来源和日期"),
    )
    return tuple(
        LinkView(name, relative(index_path(model.folder), HOME), note.format(count))
        for model, name, note in doors
        if (count := len(site.edition.of(model)))
    )


def changed_last(site: SiteModel) -> list[Record]:
    """Return the records that were changed last, on one day, among those that the A–Z lists."""
    listed = [
        record
        for kind in site.schema
        if kind.index.in_alphabet
        for record in site.edition.records[kind.name].values()
        if record.updated
    ]
    newest = max((record.updated for record in listed if record.updated), default=None)
    changed = [record for record in listed if record.updated == newest]
    return formatting.by_pinyin(changed, lambda record: record.name)[:NEWS]


def _new(site: SiteModel, record: Record) -> LinkView | None:
    """Return a link to a record that has a page, with its kind."""
    link = site.link(key_of(record), HOME)
    return link._replace(note=record.kind_title) if link and link.href else None


def ranked(site: SiteModel) -> list[Kind]:
    """Return the kinds that the home page counts, in its order."""
    listed = [kind for kind in site.schema if kind.home.rank is not None]
    return sorted(listed, key=lambda kind: kind.home.rank or 0)


def _ways(site: SiteModel) -> tuple[LinkView, ...]:
    """Return links to indexes, each with a note: first the lists of many kinds, then the kinds."""
    data = "Excel 可开的 CSV" if site.offline else "JSON 与 Excel 可开的 CSV"
    lists = (
        ("matrix", "类别 × 镇街", "按地方找教学点"),
        ("compare", "县市对照", "同一口径并排看"),
        ("names", "按拼音查", "知道名字，直接找"),
        ("timeline", "时间线", "事情怎样一步步来"),
        *(
            (kind.folder, kind.section_title, kind.home.way)
            for kind in ranked(site)
            if kind.home.way and kind.folder not in site.hidden_sections
        ),
        ("gaps", "待补充与存疑", "还缺什么，欢迎指正"),
        *((("data", "数据下载", data),) if site.has_tables else ()),
    )
    return tuple(LinkView(title, relative(index_path(s), HOME), note) for s, title, note in lists)
