"""All figures, comparable where two counties have the same indicator, filterable by script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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


COLUMNS = 4
"""Counties that the comparison sets side by side."""

FIGURES = Template("indexes/figure.html", IndexView[FigureTable])


def plan_figures(site: SiteModel) -> Iterator[IndexFile]:
    """Pages of the table; the comparison stands on the first."""
    roles = site.schema.vocabulary(ROLES)
    order = list(roles)
    every = site.edition.of(Figure).values()
    counties = site.in_order(site.edition.of(County).values())
    ranks = {county.name: number for number, county in enumerate(counties)}
    begins: dict[tuple[str, ...], str] = {}
    for figure in every:
        begins.setdefault(evidence.series_of(figure), figure.id)
    figures = sorted(
        evidence.newest_first(every),
        key=lambda f: (
            _rank(ranks, _county(site, f)),
            order.index(f.role),
            begins[evidence.series_of(f)],
        ),
    )

    def show(path: str, shown: Sequence[Figure]) -> FigureTable:
        rows = tuple(
            FigureRow(
                site.figure_view(figure, path, {}),
                site.link(subject_of(figure), path) or LinkView(""),
                _county(site, figure),
            )
            for figure in shown
        )
        first = not shown or shown[0] is figures[0]
        return FigureTable(
            tuple(c.name for c in counties[:COLUMNS]),
            _comparisons(site, counties[:COLUMNS], path) if first else (),
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


def _county(site: SiteModel, figure: Figure) -> str:
    """Return the name of the county that a figure is about; empty for none."""
    record = site.edition.get(subject_of(figure))
    return "" if figure.place or record is None else site.group_of(record)


def _rank(ranks: Mapping[str, int], county: str) -> int:
    """Return where the figures of a county stand; those of none stand last."""
    return ranks.get(county, len(ranks) + (not county))


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
