"""The schematic map: a province of hexagons, counties of tiles, and tables that say the same.

One page shows all; where the counties together have more townships than a page may list, each
county has a page of its own, and the first page lists the counties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from casebook_site.base.templates import Template
from casebook_site.maps.hexagons import HexagonCell, hexagon_map
from casebook_site.maps.layouts import HexagonLayout
from casebook_site.maps.marks import shapes
from casebook_site.maps.review import is_drawn
from casebook_site.model.catalog import key_of
from casebook_site.model.place_counts import (
    Counted,
    PlaceCounts,
    count_records,
    counted_in,
    counted_kinds,
    counted_titles,
    counties_of,
    drawn_marks,
    has_tile_map,
)
from casebook_site.model.urls import asset_path, index_path, relative
from casebook_site.outputs.site.indexes.county_maps import CountyMap, county_map
from casebook_site.outputs.site.indexes.map_tables import (
    PlaceTable,
    columns_of,
    row_of,
)
from casebook_site.outputs.site.mapping import county_page, is_split
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import IndexBody, IndexView
from casebook_site.outputs.site.paging import IndexFile, Listing
from casebook_site.outputs.site.views import LinkView, MarkView
from casebook_site.records.places import Place

TABS = (("示意图", ""), ("地理图", "geographic"))

SCRIPTS = ("map-places.js", "map-view.js", "map.js")
"""In the order in which they use each other."""


@dataclass(frozen=True, slots=True)
class CountFilter:
    """A drop-down that leaves one choice of a kind on the map."""

    name: str
    """The field of the choices."""
    title: str
    everything: str
    """`全部类别`."""
    options: tuple[tuple[str, str], ...]
    """(id, title) of the choices that occur."""


@dataclass(frozen=True, slots=True)
class MapView:
    """What the template of the map shows."""

    scripts: tuple[str, ...]
    style: str
    shapes: Markup
    filters: tuple[CountFilter, ...]
    legend: tuple[tuple[MarkView, str], ...]
    """(mark, title) of all that is marked apart, whether it occurs or not."""
    counted: str
    """`联村党组织和教学点`: what the drawings count."""
    signs: str
    """`联，联村党组织；点，教学点`: the characters on the map of counties."""
    provinces: tuple[tuple[str, Markup], ...]
    """(name, drawing)."""
    counties_table: PlaceTable | None
    counties: tuple[CountyMap, ...]
    places: tuple[tuple[str, str], ...]
    """(id, name) of the counties to choose from."""
    above: str
    """Address of the map of all counties, on the page of a single one."""


@dataclass(frozen=True, slots=True)
class MapBody(IndexBody):
    """The map; None where there is no county to show."""

    map: MapView | None


MAP = Template("indexes/map.html", IndexView[MapBody])


def build(site: SiteModel) -> Iterator[IndexFile]:
    """All counties on one page, or the list of counties and a page for each."""
    everything = site.in_order(counties_of(site))
    mapped = [county for county in everything if has_tile_map(site, county)]
    geographic = is_drawn(site.settings.options.map, site.edition.audience)
    yield from Listing(
        site,
        "map",
        everything,
        lambda path, shown: MapBody(_view(site, path, shown, () if is_split(site) else mapped)),
        MAP,
        tabs=(lambda path: _tabs(path)) if geographic else (lambda path: ()),
        beside=mapped,
        empty="还没有县市。",
        to_editors="在 content/records/counties 里写一个县市，这里就有它的示意图。",
    ).pages()
    if is_split(site):
        for county in mapped:
            yield from Listing(
                site,
                "map",
                [county],
                partial(_county_page, site),
                MAP,
                part=county.id,
                title=f"{county.name}示意图",
                lead=f"{county.name}各镇街的{counted_titles(site.schema)}。",
            ).pages()


def _tabs(path: str) -> tuple[LinkView, ...]:
    return tuple(
        LinkView(title, relative(index_path("map", part=part), path) if part else None)
        for title, part in TABS
    )


def _county_page(site: SiteModel, path: str, shown: Sequence[Place]) -> MapBody:
    return MapBody(_view(site, path, (), shown))


def _view(
    site: SiteModel, path: str, listed: Sequence[Place], mapped: Sequence[Place]
) -> MapView | None:
    if not listed and not mapped:
        return None
    first = path == index_path("map")
    counts = {
        county.id: count_records(site.schema, counted_in(site, key_of(county)))
        for county in (*listed, *mapped)
    }
    used = sum((counts[id].numbers for id in counts), Counter[str]())
    kinds = counted_kinds(site.schema)
    return MapView(
        scripts=tuple(relative(asset_path(f"casebook/{name}"), path) for name in SCRIPTS),
        style=relative(asset_path("casebook/map.css"), path),
        shapes=shapes(drawn_marks(site.schema)),
        filters=tuple(_filter(kind, used) for kind in kinds),
        legend=tuple(entry for kind in kinds for entry in _legend(kind)),
        counted=counted_titles(site.schema),
        signs="；".join(f"{kind.part.character}，{kind.part.title}" for kind in kinds),
        provinces=tuple(
            (province.name, _province(site, province, path)) for province in site.layouts.provinces
        )
        if first
        else (),
        counties_table=_counties_table(site, listed, counts, path) if listed else None,
        counties=tuple(county_map(site, county, counts[county.id], path) for county in mapped),
        places=tuple((county.id, county.name) for county in mapped) if len(mapped) > 1 else (),
        above=relative(index_path("map"), path) if not listed else "",
    )


def _filter(kind: Counted, used: Counter[str]) -> CountFilter:
    field = kind.kind.classified_by or ""
    return CountFilter(
        field,
        kind.part.title,
        f"全部{kind.kind.model.model_fields[field].title}",
        tuple((id, title) for id, title in kind.choices.items() if used[id]),
    )


def _legend(kind: Counted) -> Iterator[tuple[MarkView, str]]:
    for symbol, character in kind.characters.items():
        yield MarkView(symbol, character), kind.choices.get(symbol, kind.part.title)


# --- provinces ------------------------------------------------------------------------------------


def _province(site: SiteModel, province: HexagonLayout, path: str) -> Markup:
    """All counties of a province; those of the edition stand out."""
    by_code = {code.value: county for county in counties_of(site) for code in county.codes}
    cells = []
    for hexagon in province.cells:
        county = by_code.get(hexagon.code)
        where = {"group": hexagon.group, "column": hexagon.column, "row": hexagon.row}
        if county is None:
            cells.append(HexagonCell(name=hexagon.name, **where))  # type: ignore[arg-type]
            continue
        found = count_records(site.schema, counted_in(site, key_of(county)))
        lines = ((k.part.symbol, k.part.character, found.of(k)) for k in found.kinds)
        cells.append(
            HexagonCell(
                name=county.name,
                place=f"county-{county.id}",
                href=_county_address(site, county, path),
                title=f"{county.name}：{found.words}",
                lines=tuple(line for line in lines if line[2]),
                **where,  # type: ignore[arg-type]
            )
        )
    return hexagon_map(cells, f"{province.name}示意图：收录的县市")


def _county_address(site: SiteModel, county: Place, path: str) -> str:
    """Return the tile map of a county, or its page where it has none."""
    if has_tile_map(site, county):
        target = county_page(site, county.id)
        return f"#county-{county.id}" if target == path else relative(target, path)
    link = site.link(key_of(county), path)
    return (link.href if link else None) or relative(index_path("counties"), path)


def _counties_table(
    site: SiteModel, counties: Sequence[Place], counts: dict[str, PlaceCounts], path: str
) -> PlaceTable:
    columns = columns_of(counts[county.id] for county in counties)
    return PlaceTable(
        "各县市",
        "县市",
        columns,
        tuple(
            row_of(
                f"county-{county.id}",
                LinkView(county.name, _county_address(site, county, path)),
                counts[county.id],
                columns,
            )
            for county in counties
        ),
    )
