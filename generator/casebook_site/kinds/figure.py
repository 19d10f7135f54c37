"""A number with unit, date and source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebook_site.domain import evidence
from casebook_site.kinds.figures import plan_figures
from casebook_site.model.catalog import key_of
from casebook_site.outputs.site.kind_parts import (
    SiteIndex,
    SitePage,
)
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
    fact,
)
from casebook_site.outputs.site.views import LinkView, Section
from casebook_site.records.evidence import Figure
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
    same = site.same_indicator(record, SAME)
    known = site.edition.of(Figure)
    conflicts = [known[id] for id in record.conflicts_with if id in known]
    return KindView(
        note=title_of(record, "role"),
        facts=(
            fact(record, "about", site.link(evidence.subject_of(record), page.path)),
            fact(record, "place", record.place),
            fact(record, "as_of", record.as_of.chinese),
            fact(record, "source", page.link("source", record.source)),
            fact(record, "recorded", site.recorded(record)),
            fact(record, "note", record.note),
        ),
        sections=(
            Section("conflicts", "说法不一", links=_amounts(conflicts, page)),
            Section("same", "同一口径的其他数据", links=_amounts(same, page)),
        ),
        neighbours="同一记录的数据",
        neighbours_by=("about",),
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


def _properties(record: Figure) -> Mapping[str, Any]:
    """Return value, unit and date as schema.org names them."""
    return {
        "observationDate": record.as_of.iso,
        "unitText": record.unit,
        "value": record.value,
    }


FIGURE = Kind(
    model=Figure,
    classified_by="role",
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
    page=SitePage(view=figure, bare_fields=None, mark=None),
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
