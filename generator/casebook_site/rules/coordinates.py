"""A point makes sense: in China, the right way round, in its county, in the system it says.

The last two are asked only where county polygons are installed. A point counts as inside when it
lies outside by no more than its own precision.

Right: `coordinates: {longitude: 118.17, latitude: 36.18, precision: 100}` of a place in 沂源县.
Wrong: the two numbers swapped; a point of another county; a point copied from 高德 without
`system: gcj-02`, which lies some 500 m off.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casebook_site.base.problems import Problem
from casebook_site.maps.boundaries import Boundary, boundary_of
from casebook_site.maps.coordinates import convert
from casebook_site.model.catalog import Key
from casebook_site.records import Record
from casebook_site.records.base import Coordinates
from casebook_site.records.places import Place
from casebook_site.records.teaching import TeachingPoint
from casebook_site.records.vocabularies import COORDINATE_SYSTEMS
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.walking import title_of

SWAPPED = (71, 140)
"""Longitudes of China with a margin; no latitude is as large."""
LONGITUDES = (73, 136)
LATITUDES = (3, 54)
"""China with its islands, as a rectangle."""


def check(record: Any, given: CheckInput) -> Iterator[Problem]:
    """At most one problem for a point: the first that explains it."""
    point: Coordinates | None = record.coordinates
    if point is None:
        return
    if SWAPPED[0] <= point.latitude <= SWAPPED[1]:
        yield Problem(
            given.locate(record, "coordinates", "latitude"),
            "CB651",
            f"纬度写成了 {point.latitude}，经度写成了 {point.longitude}，写反了。",
            f"写作 longitude: {point.latitude}，latitude: {point.longitude}。",
        )
    elif not _in_china(point):
        yield Problem(
            given.locate(record, "coordinates"),
            "CB652",
            f"东经 {point.longitude} 度、北纬 {point.latitude} 度不在中国范围内。",
            "核对两个数；写十进制的度数，不写度分秒。",
        )
    elif boundary := boundary_of(_county(record, given)):
        yield from _misplaced(record, point, boundary, given)


def _in_china(point: Coordinates) -> bool:
    return (
        LONGITUDES[0] <= point.longitude <= LONGITUDES[1]
        and LATITUDES[0] <= point.latitude <= LATITUDES[1]
    )


def _county(record: Record, given: CheckInput) -> Place | None:
    """Return the county that a record is or lies in, or None."""
    level = given.places.levels.grouping
    county = given.catalog.get(Key(level, given.places.at(record, level)))
    return county if isinstance(county, Place) else None


def _misplaced(
    record: Any, point: Coordinates, boundary: Boundary, given: CheckInput
) -> Iterator[Problem]:
    def lies_inside(system: str, within: int = 0) -> bool:
        return boundary.holds(*convert(system, point.longitude, point.latitude), within)

    if lies_inside(point.system, point.precision):
        return
    # Most mistakes are numbers of a shifted map that were taken for WGS-84.
    systems = given.catalog.schema.vocabulary(COORDINATE_SYSTEMS)
    others = sorted(systems, key=lambda system: system == "wgs-84")
    fitting = next((s for s in others if s != point.system and lies_inside(s)), None)
    if fitting:
        yield Problem(
            given.locate(record, "coordinates", "system"),
            "CB654",
            f"当作 {title_of(point, 'system')}，这一点在{boundary.name}之外；"
            f"当作 {systems[fitting]}，就在界内。",
            f"坐标若取自后者，写 system: {fitting}；若系统没有写错，核对坐标，或把 precision 写大些。",
        )
    else:
        yield Problem(
            given.locate(record, "coordinates"),
            "CB653",
            f"这一点不在{boundary.name}范围内。",
            "核对坐标和所属县市；若确在县界上，把 precision 写大些。",
        )


RULE = Rule(
    "links",
    (Place, TeachingPoint),
    ("CB651", "CB652", "CB653", "CB654"),
    check,
)
