"""The geographic map: county polygons and points, as a drawing and as layers for a script.

The drawing is plain SVG and needs no script. It is equirectangular, with the cosine of the middle
latitude, which over one province differs from the conformal projections by less than a line's
width. The layers are scripts that register what they hold, because a page that is opened from
a folder may not fetch files.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from casebook_site.maps.boundaries import Outline, Ring

WIDTH = 1000
"""Of the drawing, in its own units."""
MARGIN = 12
LEAST_SPAN = 0.2
"""Degrees that the drawing shows at least: a single point has no extent."""
SCALE = 10_000
"""Corners in a layer are whole ten-thousandths of a degree, about 10 m."""
COORDINATE_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Area:
    """A county on the map."""

    outline: Outline
    title: str = ""
    """What it says when pointed at; empty for a county without records."""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A record on the map."""

    longitude: float
    latitude: float
    name: str
    title: str
    """Name, kind and place."""
    href: str | None
    category: str
    mark: str
    """The character of its category; empty for other records."""


@dataclass(frozen=True)
class Projection:
    """Where degrees lie in the drawing."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, areas: Iterable[Area], spots: Iterable[Spot]) -> Projection:
        """Return the frame that holds everything."""
        corners = [corner for area in areas for ring in area.outline.rings for corner in ring]
        corners += [(spot.longitude, spot.latitude) for spot in spots]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        wide = max(0.0, LEAST_SPAN - (max(xs) - min(xs))) / 2
        high = max(0.0, LEAST_SPAN - (max(ys) - min(ys))) / 2
        return cls(min(xs) - wide, min(ys) - high, max(xs) + wide, max(ys) + high)

    @cached_property
    def _shrink(self) -> float:
        return math.cos(math.radians((self.south + self.north) / 2))

    @cached_property
    def _unit(self) -> float:
        return (WIDTH - 2 * MARGIN) / ((self.east - self.west) * self._shrink)

    @cached_property
    def height(self) -> int:
        """Of the drawing."""
        return round((self.north - self.south) * self._unit) + 2 * MARGIN

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        """(x, y) in the drawing."""
        x = (longitude - self.west) * self._shrink * self._unit + MARGIN
        return round(x), round((self.north - latitude) * self._unit) + MARGIN


# --- the drawing ----------------------------------------------------------------------------------

_OPEN = Markup(
    '<svg class="cb-geo__drawing" viewBox="0 0 {width} {height}" role="group" aria-label="{title}">'
)
_NOTICE = Markup('<text class="cb-geo__notice" x="{x}" y="{y}">{text}</text>')
_AREA = Markup('<path class="cb-geo__area{told}" d="{path}"><title>{title}</title></path>')
_LABEL = Markup('<text class="cb-geo__label" x="{x}" y="{y}">{text}</text>')
_SPOT = Markup(
    '<g class="cb-geo__spot cb-geo__spot--{kind}"><title>{title}</title>'
    '<circle cx="{x}" cy="{y}" r="{radius}"/>{mark}</g>'
)
_CHARACTER = Markup('<text x="{x}" y="{y}">{text}</text>')
_LINK = Markup('<a href="{href}">{shape}</a>')


def drawing(
    areas: Sequence[Area], spots: Sequence[Spot], notices: Sequence[str], title: str
) -> Markup:
    """Return an SVG element; empty when there is nothing to draw."""
    if not areas and not spots:
        return Markup()
    frame = Projection.around(areas, spots)
    line = 30
    height = frame.height + line
    parts = [
        _OPEN.format(width=WIDTH, height=height, title=title),
        *(_area(area, frame) for area in sorted(areas, key=lambda area: bool(area.title))),
        *(_spot(spot, frame) for spot in spots),
        *(_label(area, frame) for area in areas if area.title),
        _NOTICE.format(x=MARGIN, y=height - 10, text="　".join(notices)),
        Markup("</svg>"),
    ]
    return Markup("\n").join(parts)


def _area(area: Area, frame: Projection) -> Markup:
    told = " cb-geo__area--told" if area.title else ""
    path = "".join(_path(ring, frame) for ring in area.outline.rings)
    title = area.title or area.outline.name
    return _linked(_AREA.format(told=told, path=path, title=title), area.href)


def _path(ring: Ring, frame: Projection) -> str:
    """Return a closed path of whole steps, which are shorter to write than places."""
    places = [frame.place(*corner) for corner in ring]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(places)]
    text = "".join(f" {x} {y}" for x, y in steps[:-1] if x or y).replace(" -", "-")
    return f"M{places[0][0]} {places[0][1]}l{text.lstrip()}z" if text else ""


def _label(area: Area, frame: Projection) -> Markup:
    """Return the label of a county, above it, where no point hides it."""
    corners = [frame.place(*corner) for ring in area.outline.rings for corner in ring]
    x = (min(x for x, _ in corners) + max(x for x, _ in corners)) // 2
    y = max(min(y for _, y in corners) - 8, 20)
    return _LABEL.format(x=x, y=y, text=area.title)


def _spot(spot: Spot, frame: Projection) -> Markup:
    x, y = frame.place(spot.longitude, spot.latitude)
    shape = _SPOT.format(
        kind=spot.category or "other",
        title=spot.title,
        x=x,
        y=y,
        radius=8 if spot.mark else 4,
        mark=_CHARACTER.format(x=x, y=y + 3, text=spot.mark) if spot.mark else "",
    )
    return _linked(shape, spot.href)


def _linked(shape: Markup, href: str | None) -> Markup:
    return _LINK.format(href=href, shape=shape) if href else shape


# --- the layers -----------------------------------------------------------------------------------


def area_layer(areas: Sequence[Area]) -> bytes:
    """Return the polygons, each ring as its first corner and the steps from there."""
    rows = [
        [area.outline.name, area.title, area.href or "", [*map(_steps, area.outline.rings)]]
        for area in areas
    ]
    return _script({"type": "areas", "scale": SCALE}, "areas", rows)


def _steps(ring: Ring) -> list[int]:
    corners = [(round(x * SCALE), round(y * SCALE)) for x, y in ring]
    steps = [*corners[0]]
    for before, corner in pairwise(corners):
        steps += [corner[0] - before[0], corner[1] - before[1]]
    return steps


def point_layer(id: str, title: str, spots: Iterable[Spot], categories: Sequence[str]) -> bytes:
    """Return the points of one county; a category is its number in `categories`, or -1."""
    rows = [
        [
            round(spot.latitude, COORDINATE_DECIMALS),
            round(spot.longitude, COORDINATE_DECIMALS),
            spot.name,
            spot.title,
            spot.href or "",
            categories.index(spot.category) if spot.category in categories else -1,
        ]
        for spot in spots
    ]
    return _script({"type": "points", "id": id, "title": title}, "points", rows)


def _script(head: dict[str, Any], name: str, rows: Iterable[Any]) -> bytes:
    """Return a script that registers a layer, one row a line. Scripts may come in any order."""
    lines = ",\n".join(_rows(rows))
    start = json.dumps(head, ensure_ascii=False)[:-1]
    text = (
        "var casebook = casebook || {};\n"
        "(casebook.layers = casebook.layers || []).push("
        f"{start}, {json.dumps(name)}: [\n{lines}\n]}});\n"
    )
    # Line ends to JavaScript before 2019, though not to JSON.
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode()


def _rows(rows: Iterable[Any]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":"))
