"""Category × township: which township has which kind of teaching point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook_site.base.templates import Template
from casebook_site.domain import formatting
from casebook_site.model.catalog import key_of
from casebook_site.model.urls import index_path, relative
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import IndexView, SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing
from casebook_site.outputs.site.views import LinkView, Section, TableRow
from casebook_site.records.places import County, Township
from casebook_site.records.teaching import TeachingPoint
from casebook_site.records.vocabularies import CATEGORIES

MATRIX = Template("indexes/matrix.html", IndexView[SectionList])

CELL_LIMIT = 4
"""Names in a cell; more become a number."""


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Rows are townships by county; a last row holds points whose township no source states."""
    lines: list[tuple[County, Township | None, dict[str, list[TeachingPoint]]]] = []
    without = []
    for county in formatting.by_pinyin(site.edition.of(County).values(), lambda c: c.name):
        points = [
            p
            for p in site.in_place("teaching-point", key_of(county))
            if isinstance(p, TeachingPoint)
        ]
        if not points:
            without.append(county.name)
            continue
        towns = site.edition.linking(county, Township, "county")
        for town in formatting.by_pinyin(towns, lambda t: t.name):
            lines.append((county, town, _by_category(points, town.id)))
        if any(p.township is None for p in points):
            lines.append((county, None, _by_category(points, None)))

    def show(
        path: str, shown: Sequence[tuple[County, Township | None, dict[str, list[TeachingPoint]]]]
    ) -> SectionList:
        sections = []
        for county in dict.fromkeys(line[0].id for line in shown):
            rows = [line for line in shown if line[0].id == county]
            sections.append(
                Section(
                    f"county-{county}",
                    rows[0][0].name,
                    columns=("镇街", *CATEGORIES.values()),
                    rows=tuple(_row(site, town, cells, path) for _, town, cells in rows),
                )
            )
        note = f"{'、'.join(without)}目前没有收录教学点。" if without else ""
        if note:
            sections.append(Section("without", "没有收录教学点的县市", lines=(note,)))
        return SectionList(tuple(sections))

    yield from Listing(site, "matrix", lines, show, template=MATRIX).pages()


def _by_category(
    points: list[TeachingPoint], township: str | None
) -> dict[str, list[TeachingPoint]]:
    return {
        id: [p for p in points if p.category == id and p.township == township] for id in CATEGORIES
    }


def _row(
    site: SiteModel, town: Township | None, cells: dict[str, list[TeachingPoint]], path: str
) -> TableRow:
    heading = (site.link(key_of(town), path) if town else None) or LinkView(
        town.name if town else "镇街未载明", note="" if town else "来源没有写明所在镇街"
    )
    return TableRow((heading, *(_cell(site, id, points, path) for id, points in cells.items())))


def _cell(site: SiteModel, category: str, points: list[TeachingPoint], path: str) -> LinkView:
    if not points:
        return LinkView("")
    if len(points) == 1:
        return site.link(key_of(points[0]), path) or LinkView(points[0].name)
    names = "、".join(p.name for p in points[:CELL_LIMIT]) + (
        "等" if len(points) > CELL_LIMIT else ""
    )
    href = relative(index_path("categories", part=category), path)
    return LinkView(f"{len(points)}处", href, names, category)
