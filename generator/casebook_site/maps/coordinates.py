"""Coordinates as editors copy them → WGS-84, in which all is published.

Web maps in China show GCJ-02, some 300 to 600 m beside WGS-84; Baidu shifts that once more (BD-09).
Neither is documented by its makers. The formulas are those of the `prcoords` package, which gives
their sources and undoes the shift by iteration: within 0.02 m of the point that was shifted, far
below the precision of anything copied from a map.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import prcoords

from casebook_site.records.base import Coordinates

DECIMALS = 6
"""0.1 m: what a conversion says. Beyond it, platforms may differ in the last bit of a sine."""

METRES_PER_DEGREE = 111_320
"""Length of a degree on the equator; on a meridian it is a little less than this."""

_INVERSES: dict[str, Any] = {"gcj-02": prcoords.gcj_wgs_bored, "bd-09": prcoords.bd_wgs_bored}


def to_wgs84(point: Coordinates) -> Coordinates:
    """Return the point in WGS-84: itself, or a converted copy."""
    if point.system == "wgs-84":
        return point
    longitude, latitude = convert(point.system, point.longitude, point.latitude)
    return point.model_copy(
        update={"system": "wgs-84", "longitude": longitude, "latitude": latitude}
    )


@lru_cache(maxsize=20_000)
def convert(system: str, longitude: float, latitude: float) -> tuple[float, float]:
    """(longitude, latitude) in WGS-84 of a point in `system`."""
    if system == "wgs-84":
        return longitude, latitude
    # False: whether the point is in China is our own rule's question.
    found = _INVERSES[system]((latitude, longitude), False)
    return round(found.lon, DECIMALS), round(found.lat, DECIMALS)
