"""What schools have planned and held, year by year: for insiders, from records alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from casebook_site.base.audience import is_internal
from casebook_site.charts.bars import Amount, bars
from casebook_site.domain.results import (
    HEAD,
    SchoolYear,
    by_year,
    paragraph,
    people_of,
    rows_of,
    school_years,
)
from casebook_site.model.catalog import key_of
from casebook_site.model.urls import HOME, index_path, relative
from casebook_site.outputs.site.chart_views import BarView, ChartView
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import LIST, IndexView, Page, SectionList, index_page
from casebook_site.outputs.site.paging import IndexFile
from casebook_site.outputs.site.sections import RESULTS
from casebook_site.outputs.site.views import LinkView, Section, TableRow
from casebook_site.records.teaching import PartySchool, TrainingClass

PATH = index_path(RESULTS.folder)


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Yield the page, in internal editions only."""
    if is_internal(site.edition.audience) and not site.offline:
        yield IndexFile(PATH, RESULTS.folder, partial(_build, site))


def _build(site: SiteModel) -> Page[IndexView[SectionList]]:
    schools = site.in_order(site.edition.of(PartySchool).values())
    classes = site.edition.of(TrainingClass).values()
    years = by_year(school_years(site.schema, schools, classes))
    view = IndexView(
        path=(LinkView("首页", relative(HOME, PATH)), LinkView(RESULTS.title)),
        title=RESULTS.title,
        lead=RESULTS.lead,
        body=SectionList(tuple(_year(site, year, held) for year, held in years.items())),
        empty=""
        if years
        else "还没有年度计划，也没有培训班。党校的记录里写 year_plans，办班后写培训班的记录。",
    )
    return index_page(LIST, view, site.head(RESULTS.title, RESULTS.lead, PATH))


def _year(site: SiteModel, year: int, schools: Sequence[SchoolYear]) -> Section:
    """Return a year: the paragraph of a report, a row for each sort of trainee, a chart."""
    rows = []
    for one, cells in rows_of(schools):
        school = site.link(key_of(one.school), PATH) or LinkView(one.school.name)
        rows.append(TableRow((school, *map(LinkView, cells[1:]))))
    chart = _chart(site, year, schools)
    return Section(
        f"year-{year}",
        f"{year}年",
        note=paragraph(year, schools),
        columns=HEAD if rows else (),
        rows=tuple(rows),
        charts=(chart,) if chart else (),
    )


def _chart(site: SiteModel, year: int, schools: Sequence[SchoolYear]) -> ChartView | None:
    """Return the people-times of the schools side by side; None where one has none to compare with."""
    known = [(one, people) for one in schools if (people := people_of(one))]
    if len(known) < 2:
        return None
    drawn = bars([Amount(people) for _, people in known])
    return ChartView(
        f"{year}年各党校参训人次",
        tuple(
            BarView(
                site.link(key_of(one.school), PATH) or LinkView(one.school.name),
                str(people),
                "人次",
                bar,
            )
            for (one, people), bar in zip(known, drawn, strict=True)
        ),
    )
