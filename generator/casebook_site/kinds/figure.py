"""A number with unit, date and source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebook_site.domain import evidence, formatting
from casebook_site.kinds.figure_charts import (
    charted,
    peers_chart,
    recorded_chart,
    series_chart,
)
from casebook_site.kinds.figures import plan_figures
from casebook_site.model.catalog import key_of
from casebook_site.outputs.site.kind_parts import (
    SiteIndex,
    SitePage,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
    fact,
)
from casebook_site.outputs.site.views import LinkView, NumberView, Section
from casebook_site.records.evidence import Figure
from casebook_site.schema.fields import value_of
from casebook_site.schema.kinds import Kind
from casebook_site.schema.parts import (
    Belongs,
    HomePart,
    LinkedDataPart,
    PlacePart,
    ScopePart,
    SearchPart,
    SectionPart,
)
from casebook_site.schema.walking import title_of

SAME = 20
"""Figures of the same indicator on the page of one."""


def figure(record: Figure, page: PageScope) -> KindView:
    """One number with everything about it, and the same indicator elsewhere."""
    site = page.site
    number = _number(record, page)
    series, peers = series_chart(record, page), peers_chart(record, page)
    told = charted([series, peers])
    same = [
        link for link in _amounts(site.same_indicator(record, SAME), page) if link.href not in told
    ]
    return KindView(
        note=title_of(record, "role"),
        number=number,
        head_title=f"{record.name}：{evidence.quantity(record)}",
        head_text=_told(number),
        facts=(
            fact(record, "about", site.link(evidence.subject_of(record), page.path)),
            fact(record, "place", record.place),
            fact(record, "period", _period(record)),
            fact(record, "cumulative", "是" if record.cumulative else None),
            fact(record, "target", _beside(record, record.target)),
            fact(record, "denominator", _beside(record, record.denominator)),
            fact(record, "locator", record.locator),
            fact(record, "note", record.note),
        ),
        sections=(
            Section("series", "历次数据", charts=(series,) if series else ()),
            Section("peers", "同一口径比一比", charts=(peers,) if peers else ()),
            Section("same", "同一口径的其他数据", links=tuple(same)),
        ),
        neighbours="同一记录的数据",
        neighbours_by=("about",),
    )


def _number(record: Figure, page: PageScope) -> NumberView:
    """Return the number with its source, what others say, and how many records stand beside it."""
    site = page.site
    known = site.edition.of(Figure)
    conflicts = [known[id] for id in record.conflicts_with if id in known]
    figure = site.figure_view(record, page.path, page.numbers)
    return NumberView(
        figure._replace(conflicts=_amounts(conflicts, page)),
        recorded_chart(record, page),
    )


def _period(record: Figure) -> str:
    """Return the time for which something was counted."""
    if record.period is None:
        return ""
    return f"{value_of(record.period, 'from').chinese}至{record.period.to.chinese}"


def _beside(record: Figure, value: float | None) -> str:
    """Return another value in the unit of a figure."""
    return "" if value is None else formatting.measure(formatting.number(value), record.unit)


def _told(number: NumberView) -> str:
    """Return a number in a sentence, for who sees no more of the page than a preview."""
    figure = number.figure
    recorded = f"；{figure.recorded}" if figure.recorded else ""
    others = "".join(f"；另有说法：{other.name}，{other.note}" for other in figure.conflicts)
    return (
        f"{figure.value}{figure.unit}（截至{figure.as_of}，来源：{figure.source.name}）"
        f"{recorded}{others}。{figure.note}"
    )


def _amounts(figures: list[Figure], page: PageScope) -> tuple[LinkView, ...]:
    """Links to figures, each with its value, date and source."""
    found = []
    for figure in figures:
        source = page.link("source", figure.source)
        origin = source.name if source else figure.source
        said = f"{evidence.quantity(figure)}（{figure.as_of.chinese}，{origin}）"
        if link := page.site.link(key_of(figure), page.path, note=said):
            found.append(link)
    return tuple(found)


def _amount(record: Figure) -> str:
    """Return what a figure says, for a search result."""
    return f"{evidence.quantity(record)}，截至{record.as_of.chinese}"


def _properties(_: SiteModel, record: Figure) -> Mapping[str, Any]:
    """Return value, unit and date as schema.org names them."""
    return {
        "observationDate": record.as_of.iso,
        "unitText": record.unit,
        "value": record.value,
    }


FIGURE = Kind(
    model=Figure,
    classified_by="role",
    choice_first=False,
    place=PlacePart(
        level=None,
        within=(),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.FOLLOWS, fields=("about",), is_scope=False),
    count=None,
    section=SectionPart(
        title=Figure.kind_title,
        lead="每个数字都有来源和日期；口径不同的不相加。",
        counts=None,
        is_wide=True,
    ),
    page=SitePage(view=figure, bare_fields=None, mark=None, is_for_branches=False),
    index=SiteIndex(
        listing=None,
        pages=plan_figures,
        in_alphabet=False,
        needs_source=False,
    ),
    search=SearchPart(lead=_amount, is_shared=False),
    home=HomePart(rank=10, cover_rank=None, way="每个数都有出处", in_county=""),
    linked_data=LinkedDataPart(
        type="Observation",
        location="spatialCoverage",
        is_dated=False,
        properties=_properties,
    ),
    pack=None,
)
