"""The charts on the page of a number: what is recorded, other dates, other places."""

from __future__ import annotations

from collections.abc import Sequence

from casebook_site.charts.bars import Amount, bars
from casebook_site.domain import comparing, evidence, formatting
from casebook_site.model.catalog import key_of
from casebook_site.outputs.site.chart_views import BarView, ChartView
from casebook_site.outputs.site.charting import amount_of
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import PageScope
from casebook_site.outputs.site.views import LinkView
from casebook_site.records.evidence import Figure

MOST = 24
"""Bars of one chart."""
FEW = 400
"""Figures of one indicator among which a page looks for those of its kind."""


def recorded_chart(figure: Figure, page: PageScope) -> ChartView | None:
    """Return a reported number beside the number of records; None where they are not compared."""
    counted = page.site.recorded_count(figure)
    if counted is None:
        return None
    told_by = page.site.told_by(figure)
    reported, recorded = bars([amount_of(figure), Amount(counted)])
    unit = formatting.spaced(figure.unit)
    return ChartView(
        comparing.told_of_records(figure, counted, told_by),
        (
            BarView(
                LinkView(told_by),
                evidence.amount(figure),
                evidence.unit_beside(figure),
                reported,
                is_here=True,
            ),
            BarView(LinkView("本站收录"), str(counted), unit, recorded),
        ),
    )


def series_chart(figure: Figure, page: PageScope) -> ChartView | None:
    """Return a number at all its dates; None where there is one date."""
    series = comparing.series_of(figure, page.site.figures_of(figure.about))
    if not 2 <= len(series) <= MOST:
        return None
    by_year: dict[int, list[Figure]] = {}
    for one in series:
        by_year.setdefault(one.as_of.year, []).append(one)
    rows: list[tuple[str, Figure | None]] = []
    for year in range(series[0].as_of.year, series[-1].as_of.year + 1):
        known = by_year.get(year, [])
        rows += [(one.as_of.chinese, one) for one in known] or [(f"{year}年", None)]
    if len(rows) > MOST:  # a century between two dates is no series
        return None
    return ChartView(comparing.told_of_series(series), _bars(figure, rows, page.site, page.path))


def peers_chart(figure: Figure, page: PageScope) -> ChartView | None:
    """Return a number beside those of other records of its kind; None where there are none."""
    site = page.site
    peers = comparing.peers_of(figure, _others(figure, site)) if not figure.place else []
    if not 2 <= len(peers) <= MOST:
        return None
    subjects = [evidence.subject_of(peer) for peer in peers]
    names = [target.name if (target := site.edition.resolve(*key)) else key.id for key in subjects]
    told = comparing.told_of_peers(
        figure, peers, names, site.schema[subjects[0].kind].model.kind_title
    )
    rows = [*zip(names, peers, strict=True)]
    dates = {peer.as_of for peer in peers}
    note = "" if len(dates) > 1 else f"都截至{figure.as_of.chinese}。"
    return ChartView(told, _bars(figure, rows, site, page.path, dated=len(dates) > 1), note)


def _bars(
    figure: Figure,
    rows: Sequence[tuple[str, Figure | None]],
    site: SiteModel,
    path: str,
    *,
    dated: bool = False,
) -> tuple[BarView, ...]:
    """Return a bar for each named figure; that of the page is marked, and has no link."""
    drawn = bars([amount_of(other) if other else None for _, other in rows])
    found = []
    for (name, other), drawing in zip(rows, drawn, strict=True):
        if other is None:
            found.append(BarView(LinkView(name), "未见", "", drawing))
            continue
        link = None if other is figure else site.link(key_of(other), path)
        found.append(
            BarView(
                LinkView(name, link.href if link else None),
                evidence.amount(other),
                evidence.unit_beside(other),
                drawing,
                other.as_of.chinese if dated else "",
                is_here=other is figure,
            )
        )
    return tuple(found)


def _others(figure: Figure, site: SiteModel) -> list[Figure]:
    """Return figures among which those of the same kind are, as few as can be."""
    subject = evidence.subject_of(figure)
    levels = site.places.levels
    record = site.edition.get(subject)
    if record and subject.kind in levels.names and subject.kind != levels.grouping:
        place = site.places.group_of(record)
        beside = site.in_place(subject.kind, place) if place else []
        return (
            [other for one in beside for other in site.figures_of(str(key_of(one)))]
            if len(beside) <= MOST
            else []
        )
    same = site.indicator_order[figure.indicator]
    return same if len(same) <= FEW else []


def charted(charts: Sequence[ChartView | None]) -> set[str]:
    """Return the addresses to which the bars of charts lead."""
    return {bar.link.href for chart in charts if chart for bar in chart.bars if bar.link.href}
