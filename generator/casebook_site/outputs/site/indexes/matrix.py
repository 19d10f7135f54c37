"""Category × township: which township has which sort of what is counted by marks of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from casebook_site.base.templates import Template
from casebook_site.model.catalog import key_of
from casebook_site.model.place_counts import NOWHERE, Counted, choice_of, counted_kinds
from casebook_site.model.urls import relative
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import IndexView, SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing
from casebook_site.outputs.site.views import LinkView, Section, TableRow
from casebook_site.records import Record
from casebook_site.schema.fields import LinkTo
from casebook_site.schema.walking import link_paths

MATRIX = Template("indexes/matrix.html", IndexView[SectionList])

CELL_LIMIT = 4
"""Names in a cell; more become a number."""


class MatrixRow(NamedTuple):
    """A row: a township, or what lies in none, with its records by choice."""

    county: Record
    town: Record | None
    cells: Mapping[str, Sequence[Record]]


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Yield the matrix of the kind whose choices have marks; there is none without such a kind."""
    marked = [kind for kind in counted_kinds(site.schema) if kind.part.is_marked_apart]
    if marked:
        yield from _matrix(site, marked[0])


def _matrix(site: SiteModel, kind: Counted) -> Iterator[IndexFile]:
    """Rows are townships by county; a last row holds records whose township no source states."""
    levels = site.places.levels
    lines: list[MatrixRow] = []
    without = []
    counties = site.edition.records[levels.grouping].values()
    for county in site.in_order(counties):
        records = site.in_place(kind.kind.name, key_of(county))
        if not records:
            without.append(county.name)
            continue
        towns = site.in_place(levels.tiled, key_of(county))
        for town in site.in_order(towns):
            lines.append(MatrixRow(county, town, _by_choice(site, kind, records, town.id)))
        if any(not site.places.at(record, levels.tiled) for record in records):
            lines.append(MatrixRow(county, None, _by_choice(site, kind, records, "")))

    def show(path: str, shown: Sequence[MatrixRow]) -> SectionList:
        sections = []
        for county in dict.fromkeys(line.county.id for line in shown):
            rows = [line for line in shown if line.county.id == county]
            sections.append(
                Section(
                    f"county-{county}",
                    rows[0].county.name,
                    columns=(site.schema[levels.tiled].title, *kind.choices.values()),
                    rows=tuple(_row(site, kind, line, path) for line in rows),
                )
            )
        if without:
            title = f"没有收录{kind.part.title}的{site.schema[levels.grouping].title}"
            note = f"{'、'.join(without)}目前没有收录{kind.part.title}。"
            sections.append(Section("without", title, lines=(note,)))
        return SectionList(tuple(sections))

    yield from Listing(site, "matrix", lines, show, template=MATRIX, beside=without).pages()


def _by_choice(
    site: SiteModel, kind: Counted, records: Sequence[Record], town: str
) -> dict[str, list[Record]]:
    """Return choice → the records of a township, or, for an empty one, of none."""
    found: dict[str, list[Record]] = {id: [] for id in kind.choices}
    for record in records:
        if site.places.at(record, site.places.levels.tiled) == town:
            found[choice_of(site.schema, record)].append(record)
    return found


def _row(site: SiteModel, kind: Counted, line: MatrixRow, path: str) -> TableRow:
    town = line.town
    heading = (site.link(key_of(town), path) if town else None) or LinkView(
        town.name if town else NOWHERE, note="" if town else "来源没有写明所在镇街"
    )
    cells = (_cell(site, kind, id, records, path) for id, records in line.cells.items())
    return TableRow((heading, *cells))


def _cell(
    site: SiteModel, kind: Counted, choice: str, records: Sequence[Record], path: str
) -> LinkView:
    if not records:
        return LinkView("")
    first = site.link(key_of(records[0]), path) or LinkView(records[0].name)
    if len(records) == 1:
        return first
    names = "、".join(record.name for record in records[:CELL_LIMIT])
    note = names + ("等" if len(records) > CELL_LIMIT else "")
    href = _choice_href(site, kind, choice, path)
    return LinkView(f"{len(records)}{kind.part.unit}", href, note, site.mark(key_of(records[0])))


def _choice_href(site: SiteModel, kind: Counted, choice: str, path: str) -> str | None:
    """Return the address of the record of a choice, where choices are links to records."""
    field = kind.kind.classified_by
    markers = (p.marker for p in link_paths(kind.kind.model) if p.steps == (field,))
    link = next((marker for marker in markers if isinstance(marker, LinkTo)), None)
    target = site.edition.resolve(link.kind, choice) if link and link.kind else None
    return relative(target.path, path) if target and target.path else None
