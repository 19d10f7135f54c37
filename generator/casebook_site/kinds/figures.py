"""All figures, comparable where two counties have the same indicator, filterable by script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook_site.base.pinyin import pinyin
from casebook_site.base.templates import Template
from casebook_site.domain import evidence
from casebook_site.domain.evidence import subject_of
from casebook_site.model.catalog import key_of
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import IndexBody, IndexView
from casebook_site.outputs.site.paging import IndexFile, Listing, kind_downloads
from casebook_site.outputs.site.views import FigureView, LinkView
from casebook_site.records.evidence import Figure
from casebook_site.records.places import County
from casebook_site.records.vocabularies import ROLES


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in the table of all figures."""

    figure: FigureView
    about: LinkView
    county: str
    """Name of the county, for the filter; empty for none."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator with its newest figure in each county."""

    title: str
    cells: tuple[FigureView | None, ...]


@dataclass(frozen=True, slots=True)
class FigureTable(IndexBody):
    """What the template of the index of figures needs."""

    counties: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    rows: tuple[FigureRow, ...]
    roles: tuple[str, ...]


FIGURES = Template("indexes/figure.html", IndexView[FigureTable])


def plan_figures(site: SiteModel) -> Iterator[IndexFile]:
    """Pages of the table; the comparison stands on the first."""
    roles = site.schema.vocabulary(ROLES)
    order = list(roles)
    figures = sorted(
        site.edition.of(Figure).values(),
        key=lambda f: (_county(site, f)[0], order.index(f.role), f.id),
    )

    def show(path: str, shown: Sequence[Figure]) -> FigureTable:
        rows = tuple(
            FigureRow(
                site.figure_view(figure, path, {}),
                site.link(subject_of(figure), path) or LinkView(""),
                _county(site, figure)[1],
            )
            for figure in shown
        )
        first = not shown or shown[0] is figures[0]
        counties = site.in_order(site.edition.of(County).values())[:4]
        return FigureTable(
            tuple(c.name for c in counties),
            _comparisons(site, counties, path) if first else (),
            rows,
            tuple(roles.values()),
        )

    yield from Listing(
        site,
        "figures",
        figures,
        show,
        FIGURES,
        downloads=kind_downloads("数据", "figures") if figures else (),
    ).pages()


def _county(site: SiteModel, figure: Figure) -> tuple[str, str]:
    """(sort key, name) of the county that a figure is about."""
    record = site.edition.get(subject_of(figure))
    if figure.place or record is None:
        return ("~", "")
    name = site.group_of(record)
    return (pinyin(name), name)


def _comparisons(site: SiteModel, counties: list[County], path: str) -> tuple[Comparison, ...]:
    found = []
    for figures in site.indicator_order.values():
        cells = []
        for county in counties:
            own = [f for f in figures if subject_of(f) == key_of(county) and not f.place]
            cells.append(site.figure_view(own[0], path, {}) if own else None)
        present = [cell for cell in cells if cell]
        if len(present) > 1:
            found.append(
                Comparison(evidence.common_name([cell.name for cell in present]), tuple(cells))
            )
    return tuple(sorted(found, key=lambda c: pinyin(c.title)))
