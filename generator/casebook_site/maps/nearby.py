"""Which points lie near a point: straight-line distance over a grid of small cells.

The distance is the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope
68, 1984, p. 159) on a sphere of the mean radius of the earth. Within a county it differs from the
ellipsoid by less than half a percent, far less than a road differs from a straight line.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

EARTH_RADIUS_KM = 6371.0088
"""The mean radius of the WGS-84 ellipsoid."""

SMALLEST_CELL, LARGEST_CELL = 0.02, 0.1
"""Degrees of a cell, about 2 and 10 km: small where 10,000 points lie in a county, so that few are
looked at for each; large where they lie in a province, so that few cells are."""
IN_A_CELL = 4
"""Points that a cell should hold on average."""

NEAR_KM = 20.0
"""Farther away is not near."""

Place = tuple[float, float]
"""Longitude and latitude in WGS-84."""


def distance_km(one: Place, other: Place) -> float:
    """Return the great-circle distance of two places in kilometres."""
    (x1, y1), (x2, y2) = one, other
    height = math.sin(math.radians(y2 - y1) / 2) ** 2
    width = math.sin(math.radians(x2 - x1) / 2) ** 2
    share = height + math.cos(math.radians(y1)) * math.cos(math.radians(y2)) * width
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, share)))


@dataclass(frozen=True)
class Neighbourhood:
    """Places by name, ready to be asked what lies near."""

    places: dict[str, Place]
    cell: float = SMALLEST_CELL
    """Degrees of a side of a cell."""
    _cells: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Iterable[tuple[str, Place]]) -> Neighbourhood:
        """Sorts places into cells."""
        named = dict(places)
        made = cls(named, _cell_for(named.values()))
        for name, place in named.items():
            made._cells.setdefault(made._cell(place), []).append(name)
        return made

    def near(self, name: str, limit: int) -> list[tuple[str, float]]:
        """At most `limit` other places within `NEAR_KM`, nearest first, with their distance."""
        here = self.places.get(name)
        if here is None:
            return []
        found: list[tuple[float, str]] = []
        side = self._side_km(here)
        for ring in range(math.ceil(NEAR_KM / side) + 1):
            for other in self._ring(self._cell(here), ring):
                if other != name:
                    found.append((distance_km(here, self.places[other]), other))
            # Whatever lies in a farther ring is at least `ring` cells away.
            if sum(away <= ring * side for away, _ in found) >= limit:
                break
        return [(other, away) for away, other in sorted(found) if away <= NEAR_KM][:limit]

    def _side_km(self, here: Place) -> float:
        """Return the shorter side of the narrowest nearby cell in kilometres."""
        degree = math.radians(1) * EARTH_RADIUS_KM
        return self.cell * degree * max(0.05, math.cos(math.radians(abs(here[1]) + 0.5)))

    def _ring(self, middle: tuple[int, int], ring: int) -> Iterator[str]:
        """Yield the places of all cells that are `ring` cells away."""
        column, row = middle
        for step in range(-ring, ring + 1):
            rows = range(-ring, ring + 1) if abs(step) == ring else {-ring, ring}
            for other in rows:
                yield from self._cells.get((column + step, row + other), ())

    def _cell(self, place: Place) -> tuple[int, int]:
        return math.floor(place[0] / self.cell), math.floor(place[1] / self.cell)


def _cell_for(places: Collection[Place]) -> float:
    """Return the side of a cell, in degrees, that puts a few of the places into each cell."""
    if not places:
        return SMALLEST_CELL
    longitudes, latitudes = zip(*places, strict=True)
    area = (max(longitudes) - min(longitudes)) * (max(latitudes) - min(latitudes))
    side = math.sqrt(area * IN_A_CELL / len(places))
    return min(max(side, SMALLEST_CELL), LARGEST_CELL)
