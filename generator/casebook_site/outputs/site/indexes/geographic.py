"""The geographic map: its page, its layers, and the map library that the page loads.

There is none unless the site asks for it and may have it (`maps/review.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from markupsafe import Markup

from casebook_site.base.templates import Template, templates_dir
from casebook_site.maps import geographic, packages
from casebook_site.maps.boundaries import outlines
from casebook_site.maps.geographic import Area, Spot
from casebook_site.maps.review import is_drawn, notices
from casebook_site.model.catalog import key_of
from casebook_site.model.place_counts import counties_of
from casebook_site.model.points import MapPoint, points
from casebook_site.model.urls import asset_path, index_path, layer_path, relative
from casebook_site.outputs.site.downloads import File, place_downloads
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import IndexView, SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing
from casebook_site.outputs.site.views import LinkView, Section, TableRow
from casebook_site.records.vocabularies import CATEGORIES, COORDINATE_SYSTEMS

TITLE = "地理图"
LEAD = "县界与教学点的实际位置。坐标一律为 WGS-84，误差写在表里。"
PAGE = index_path("map", part="geographic")

DRAWN_SPOTS = 300
"""Points that the static drawing shows; with more it shows the counties only."""
DRAWING_TOLERANCE, DRAWING_DECIMALS = 0.02, 3
LAYER_TOLERANCE, LAYER_DECIMALS = 0.008, 4
"""Degrees; see `outlines`. The drawing of 136 counties stays below 60 kB."""

NO_COUNTY = "_elsewhere"
"""Name of the layer of points whose county is not known; no id begins like it."""

LIBRARY = (
    (packages.LEAFLET, "leaflet.js"),
    (packages.LEAFLET, "leaflet.css"),
    (packages.LEAFLET, "images/layers.png"),
    (packages.LEAFLET, "images/layers-2x.png"),
    (packages.LEAFLET, "images/marker-icon.png"),
    (packages.CLUSTERS, "leaflet.markercluster.js"),
    (packages.CLUSTERS, "MarkerCluster.css"),
)
"""(package, file) of what is copied from packages; the style sheet names the images."""
OWN = ("geographic.js", "geographic.css", "LICENSE-leaflet.txt", "LICENSE-markercluster.txt")
"""Our own files beside them, and the licences, which the packages leave out."""
STYLES = ("leaflet.css", "MarkerCluster.css", "geographic.css")
SCRIPTS = ("leaflet.js", "leaflet.markercluster.js")


@dataclass(frozen=True, slots=True)
class GeographicView:
    """What the page of the map shows beside its table."""

    drawing: Markup
    summary: str
    notices: tuple[str, ...]
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    """The library, the layers, and last the script that puts them together."""
    categories: tuple[tuple[str, str, str], ...]
    """(id, title, mark)."""
    counties: tuple[tuple[str, str], ...]
    """(id, name) of those with points."""


@dataclass(frozen=True, slots=True)
class GeographicBody(SectionList):
    """The map, on the first page, and its table."""

    map: GeographicView | None = None


GEOGRAPHIC = Template("indexes/geographic.html", IndexView[GeographicBody])


# --- the page -------------------------------------------------------------------------------------


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Yield the map with its table, paged like other lists."""
    if not is_drawn(site.settings.options.map, site.edition.audience):
        return
    found = [*points(site.edition)]

    def show(path: str, shown: Sequence[MapPoint]) -> GeographicBody:
        rows = tuple(_row(site, point, path) for point in shown)
        columns = ("名称", "类别", "所在", "北纬", "东经", "误差", "原坐标系")
        title = "有坐标的地点"
        sections = [Section("places", title, columns=columns, rows=rows)] if rows else []
        first = path == PAGE
        if not first:
            return GeographicBody(tuple(sections))
        return GeographicBody((*sections, _without(site)), _view(site, found))

    yield from Listing(
        site,
        "map",
        found,
        show,
        part="geographic",
        title=TITLE,
        lead=LEAD,
        template=GEOGRAPHIC,
        tabs=lambda path: (
            LinkView("示意图", relative(index_path("map"), path)),
            LinkView(TITLE, None if path == PAGE else relative(PAGE, path)),
        ),
        downloads=place_downloads(site),
        beside=found,
        empty="目前没有写明坐标的地方。",
        to_editors="在镇街、村、教学点的记录里写 coordinates，这里就有点。",
    ).pages()


def _row(site: SiteModel, point: MapPoint, path: str) -> TableRow:
    link = site.link(point.key, path) or LinkView(point.name)
    system = (
        site.schema.vocabulary(COORDINATE_SYSTEMS)[point.converted_from]
        if point.converted_from
        else "WGS-84"
    )
    return TableRow(
        (
            link,
            LinkView(site.schema[point.key.kind].title),
            LinkView(_place(site, point)),
            LinkView(f"{point.latitude:.5f}"),
            LinkView(f"{point.longitude:.5f}"),
            LinkView(f"{point.precision}米"),
            LinkView(system),
        )
    )


def _without(site: SiteModel) -> Section:
    """How many records of each kind have coordinates, and how many have not."""
    with_them: dict[str, int] = {}
    for point in points(site.edition):
        with_them[point.key.kind] = with_them.get(point.key.kind, 0) + 1
    rows = []
    for kind in site.schema.located:
        total, known = len(site.edition.records[kind.name]), with_them.get(kind.name, 0)
        if total:
            cells = (kind.title, str(known), str(total - known))
            rows.append(TableRow(tuple(LinkView(cell) for cell in cells)))
    return Section(
        "without",
        "有无坐标",
        columns=("类别", "有坐标", "没有坐标"),
        rows=tuple(rows),
        note="没有坐标的不在图上，逐条列在本页末尾可下载的表里。" if rows else "",
    )


def _view(site: SiteModel, found: Sequence[MapPoint]) -> GeographicView:
    notes = notices(site.settings.options.map)
    categories = site.schema.vocabulary(CATEGORIES)
    county = site.places.levels.grouping
    spots = [_spot(site, point) for point in found if point.key.kind != county]
    areas = _areas(site, found, DRAWING_TOLERANCE, DRAWING_DECIMALS)
    shown = spots if len(spots) <= DRAWN_SPOTS else []
    layers = _layers(site, found)
    scripts = (
        *(_asset(name) for name in SCRIPTS),
        layer_path("areas"),
        *(layer_path(f"points-{id}") for id in layers),
        _asset("geographic.js"),
    )
    return GeographicView(
        drawing=geographic.drawing(areas, shown, notes, f"{TITLE}：各县市与有坐标的地点"),
        summary=f"图上有{sum(bool(area.title) for area in areas)}个县市有收录、{len(spots)}个点"
        + ("；点多，静态图只画县市。" if len(shown) < len(spots) else "。"),
        notices=notes,
        styles=tuple(relative(_asset(name), PAGE) for name in STYLES),
        scripts=tuple(relative(path, PAGE) for path in scripts),
        categories=tuple((c.id, c.title, c.mark) for c in categories.choices),
        counties=tuple((id, _county_name(site, id)) for id in layers),
    )


# --- files ----------------------------------------------------------------------------------------


def plan_geographic(site: SiteModel) -> Iterator[File]:
    """Layers and library; nothing where there is no map."""
    if not is_drawn(site.settings.options.map, site.edition.audience):
        return
    found = [*points(site.edition)]
    yield File(layer_path("areas"), partial(_area_layer, site, found), TITLE, found)
    for id, members in _layers(site, found).items():
        content = partial(_point_layer, site, id, members)
        yield File(layer_path(f"points-{id}"), content, TITLE, members)
    for package, name in LIBRARY:
        folder = packages.installed(package)
        assert folder is not None  # asked by `is_drawn`
        yield File(_asset(name), (folder / name).read_bytes, package[0])
    for name in OWN:
        yield File(_asset(name), partial(_own, name), TITLE)


def _asset(name: str) -> str:
    return asset_path(f"map/{name}")


def _own(name: str) -> bytes:
    return Path(templates_dir() / "geographic" / name).read_bytes()


def _area_layer(site: SiteModel, found: Sequence[MapPoint]) -> bytes:
    return geographic.area_layer(_areas(site, found, LAYER_TOLERANCE, LAYER_DECIMALS))


def _point_layer(site: SiteModel, county: str, members: Sequence[MapPoint]) -> bytes:
    spots = (_spot(site, point) for point in members)
    return geographic.point_layer(
        county, _county_name(site, county), spots, [*site.schema.vocabulary(CATEGORIES)]
    )


def _layers(site: SiteModel, found: Sequence[MapPoint]) -> dict[str, list[MapPoint]]:
    """County id → its points, a county's own centre left out: the polygon shows it."""
    layers: dict[str, list[MapPoint]] = {}
    county = site.places.levels.grouping
    for point in found:
        if point.key.kind != county:
            layers.setdefault(point.position.get(county, NO_COUNTY), []).append(point)
    return dict(sorted(layers.items()))


# --- records on the map ---------------------------------------------------------------------------


def _areas(
    site: SiteModel, found: Sequence[MapPoint], tolerance: float, decimals: int
) -> list[Area]:
    """Return the counties of provinces with records, and how many points each has."""
    level = site.places.levels.grouping
    by_code = {code.value: county for county in counties_of(site) for code in county.codes}
    counts: dict[str, int] = {}
    for point in found:
        if point.key.kind != level:
            county_id = point.position.get(level, "")
            counts[county_id] = counts.get(county_id, 0) + 1
    areas = []
    for outline in outlines({code[:2] for code in by_code}, tolerance, decimals):
        county = by_code.get(outline.code)
        if county is None:
            areas.append(Area(outline))
            continue
        link = site.link(key_of(county), PAGE)
        title = f"{county.name}：{counts.get(county.id, 0)}个点"
        areas.append(Area(outline, title, link.href if link else None))
    return areas


def _spot(site: SiteModel, point: MapPoint) -> Spot:
    categories = site.schema.vocabulary(CATEGORIES)
    kind = categories.get(point.category, site.schema[point.key.kind].title)
    place = _place(site, point)
    return Spot(
        longitude=point.longitude,
        latitude=point.latitude,
        name=point.name,
        title=f"{point.name}（{kind}{'，' if place else ''}{place}）",
        href=relative(point.path, PAGE) if point.path else None,
        category=point.category,
        mark=categories.marks.get(point.category, ""),
    )


def _place(site: SiteModel, point: MapPoint) -> str:
    """Return the places that the record lies in: `禹城市 莒镇`."""
    record = site.edition.get(point.key)
    return site.place_of(record) if record else ""


def _county_name(site: SiteModel, id: str) -> str:
    target = site.edition.resolve(site.places.levels.grouping, id)
    return target.name if target else "县市不明"
