"""County polygons: which county a point lies in, and outlines to draw.

The polygons are read from an optional package and never copied into the repository; `shapely`
comes with it, so it is imported only where there are polygons.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from casebook_site.maps import packages
from casebook_site.maps.coordinates import METRES_PER_DEGREE
from casebook_site.records.places import Place

_COUNTRY = "156"
"""天地图 writes the country (ISO 3166-1 numeric) before the six digits of a county."""

Ring = tuple[tuple[float, float], ...]
"""(longitude, latitude) of its corners; the last is the first."""


@dataclass(frozen=True)
class Boundary:
    """A county as a polygon."""

    code: str
    name: str
    geometry: Any
    """A shapely geometry in degrees, longitude first."""

    def holds(self, longitude: float, latitude: float, within: float = 0) -> bool:
        """Whether a point lies in the county, or at most `within` metres outside."""
        import shapely

        if self.geometry.covers(shapely.Point(longitude, latitude)):
            return True
        if within <= 0:
            return False
        # Around the point a degree of longitude is shorter by the cosine of the latitude.
        scale = [METRES_PER_DEGREE * math.cos(math.radians(latitude)), METRES_PER_DEGREE]
        metres = shapely.transform(self.geometry, lambda c: (c - [longitude, latitude]) * scale)
        return bool(metres.distance(shapely.Point(0, 0)) <= within)


@dataclass(frozen=True)
class Outline:
    """A county as plain rings, simplified for a drawing."""

    code: str
    name: str
    rings: tuple[Ring, ...]
    """Right-hand rule (RFC 7946 §3.1.6): outer rings run counterclockwise, holes clockwise."""


def boundary_of(county: Place | None) -> Boundary | None:
    """Return the polygon of a county, or None where there is none or no polygons are installed."""
    file = packages.polygons_file()
    if county is None or not county.codes or file is None:
        return None
    codes = (code.value for code in county.codes)
    return next((boundary(file, code) for code in codes if code in read_polygons(file)), None)


@cache
def read_polygons(file: Path) -> Mapping[str, bytes]:
    """County code → GeoJSON feature as it is written: read, all of them would take half a second.

    The file also holds lines, which belong to no county.
    """
    written = file.read_bytes()
    found = {}
    for part in written.split(_BEGIN)[1:]:
        end = part.find(_END) + len(_END)
        code = _CODE.search(part, max(0, end - 40), end)
        if code and b"Polygon" in part[:40]:
            found[code[1].decode()] = _BEGIN + part[:end]
    return found


_BEGIN, _END = b'{"geometry":', b'"}}'
_CODE = re.compile(rf'"gb":"{_COUNTRY}(\d+)'.encode())


@cache
def boundary(file: Path, code: str) -> Boundary:
    """One county of the file; making all of them would take seconds."""
    import shapely
    from shapely.geometry import shape

    feature = from_json(read_polygons(file)[code])
    geometry = shape(feature["geometry"])
    shapely.prepare(geometry)
    return Boundary(code, feature["properties"]["name"], geometry)


def outlines(prefixes: Collection[str], tolerance: float, decimals: int) -> tuple[Outline, ...]:
    """Return the counties whose codes begin with one of `prefixes`, by code, with fewer corners.

    `tolerance` in degrees: corners that span less than its square vanish (Visvalingam and Whyatt
    1993, doi:10.1179/000870493786962263), and neighbours keep one border between them
    (`shapely.coverage_simplify`).
    """
    file = packages.polygons_file()
    if file is None or not prefixes:
        return ()
    import shapely

    codes = [code for code in sorted(read_polygons(file)) if code.startswith(tuple(prefixes))]
    found = [boundary(file, code) for code in codes]
    thinned = shapely.coverage_simplify([b.geometry for b in found], tolerance) if found else []
    return tuple(
        Outline(whole.code, whole.name, tuple(_rings(geometry, decimals)))
        for whole, geometry in zip(found, thinned, strict=True)
    )


def _rings(geometry: Any, decimals: int) -> Iterable[Ring]:
    import shapely

    for polygon in shapely.get_parts(shapely.orient_polygons(geometry)):
        for ring in (polygon.exterior, *polygon.interiors):
            corners = [(round(x, decimals), round(y, decimals)) for x, y in ring.coords]
            kept = [corners[0]]
            kept += [b for a, b in pairwise(corners) if a != b]
            if len(kept) > 3:
                yield tuple(kept)
