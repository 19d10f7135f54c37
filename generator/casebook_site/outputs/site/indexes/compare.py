"""Counties side by side: the same indicators, what is recorded, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from casebook_site.base.templates import Template
from casebook_site.charts.bars import Amount, bars
from casebook_site.domain import evidence
from casebook_site.model.catalog import key_of
from casebook_site.model.urls import index_path, relative
from casebook_site.outputs.site.charting import amount_of
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import IndexBody, IndexView, Toc
from casebook_site.outputs.site.paging import IndexFile, Listing
from casebook_site.outputs.site.views import FigureView, LinkView
from casebook_site.records.evidence import Figure
from casebook_site.records.places import County
from casebook_site.records.texts import CaseStudy

COUNTIES = 4
"""Columns that fit."""
OWN = 12
"""Numbers of one county that no other county has."""


class CompareCell(NamedTuple):
    """What one county has in a row."""

    link: LinkView
    """The number, with the way to its page."""
    unit: str
    note: str
    drawing: Markup


class CompareRow(NamedTuple):
    """One indicator, or one kind of record, in all counties."""

    title: str
    cells: tuple[CompareCell | None, ...]


class OwnNumbers(NamedTuple):
    """What one county alone reports."""

    county: LinkView
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class CompareBody(IndexBody):
    """What the template of the comparison needs."""

    counties: tuple[LinkView, ...]
    same: tuple[CompareRow, ...]
    recorded: tuple[CompareRow, ...]
    own: tuple[OwnNumbers, ...]

    @property
    def toc(self) -> Toc:
        """The parts that are there."""
        parts = (
            ("same", "同一口径的数", self.same),
            ("recorded", "本站收录了多少", self.recorded),
            ("own", "口径不同，不作比较", self.own),
        )
        return tuple((id, title) for id, title, there in parts if there)


COMPARE = Template("indexes/compare.html", IndexView[CompareBody])


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Yield the comparison of the counties that have cases; it is empty for fewer than two."""
    every = site.in_order(site.edition.of(County).values())
    told = [county for county in every if site.edition.linking(county, CaseStudy)]
    counties = (told if len(told) > 1 else every)[:COUNTIES]

    def show(path: str, shown: Sequence[County]) -> CompareBody:
        figures = [_newest(site, county) for county in shown]
        shared = _shared(figures)
        return CompareBody(
            tuple(site.link(key_of(county), path) or LinkView(county.name) for county in shown),
            tuple(_same(site, [own.get(one) for own in figures], path) for one in shared),
            tuple(_recorded(site, shown, path)),
            tuple(_own(site, shown, figures, shared, path)),
        )

    yield from Listing(
        site,
        "compare",
        counties if len(counties) > 1 else [],
        show,
        COMPARE,
        empty="收录两个以上县市后，这里并排列出它们的数。",
        beside=tuple(counties),
    ).pages()


def _newest(site: SiteModel, county: County) -> dict[str, Figure]:
    """Return indicator → the newest figure of a county or its case, in the readers' order."""
    cases = site.edition.linking(county, CaseStudy)
    figures = [f for one in (*cases, county) for f in site.figures_about(one) if not f.place]
    found: dict[str, Figure] = {}
    for figure in figures:
        known = found.get(figure.indicator)
        if known is None or known.as_of < figure.as_of:
            found[figure.indicator] = figure
    return found


def _shared(figures: Sequence[dict[str, Figure]]) -> list[str]:
    """Return the indicators that two counties have in one unit."""
    return [
        indicator
        for indicator in dict.fromkeys(name for own in figures for name in own)
        if sum(indicator in own for own in figures) > 1
        and len({own[indicator].unit for own in figures if indicator in own}) == 1
    ]


def _same(site: SiteModel, figures: Sequence[Figure | None], path: str) -> CompareRow:
    """Return one indicator in all counties."""
    drawn = bars([amount_of(figure) if figure else None for figure in figures])
    cells = [
        CompareCell(
            (site.link(key_of(figure), path) or LinkView(""))._replace(
                name=evidence.amount(figure), mark=None
            ),
            evidence.unit_beside(figure),
            figure.as_of.chinese,
            drawing,
        )
        if figure
        else None
        for figure, drawing in zip(figures, drawn, strict=True)
    ]
    return CompareRow(evidence.common_name([f.name for f in figures if f]), tuple(cells))


def _recorded(site: SiteModel, counties: Sequence[County], path: str) -> Iterator[CompareRow]:
    """Yield how many records of each kind lie in each county."""
    for kind in site.schema:
        counts = [len(site.in_place(kind.name, key_of(county))) for county in counties]
        if not any(counts) or kind.name == CaseStudy.kind:
            continue
        cells = tuple(
            CompareCell(LinkView(str(count)), "条", "", drawing) if count else None
            for count, drawing in zip(counts, bars([Amount(n) for n in counts]), strict=True)
        )
        yield CompareRow(kind.section_title, cells)


def _own(
    site: SiteModel,
    counties: Sequence[County],
    figures: Sequence[dict[str, Figure]],
    shared: Sequence[str],
    path: str,
) -> Iterator[OwnNumbers]:
    """Yield what each county reports that the others do not, with what is said of how it counts."""
    for county, own in zip(counties, figures, strict=True):
        alone = [figure for indicator, figure in own.items() if indicator not in shared]
        if alone:
            link = site.link(key_of(county), path) or LinkView(county.name)
            more = len(alone) - OWN
            note = f"另有{more}项，见" if more > 0 else ""
            yield OwnNumbers(
                link._replace(note=note, href=relative(index_path("figures"), path)),
                tuple(site.figure_view(figure, path, {}) for figure in alone[:OWN]),
            )
