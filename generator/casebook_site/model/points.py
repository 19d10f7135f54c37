"""The records of an edition that have a place on the ground, and those whose place is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebook_site.maps.coordinates import to_wgs84
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.editions import Edition, has_page
from casebook_site.model.urls import record_path
from casebook_site.records import Record
from casebook_site.records.base import Coordinates


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A record with its coordinates in WGS-84."""

    key: Key
    name: str
    longitude: float
    latitude: float
    precision: int
    """Metres by which the point may be off."""
    converted_from: str
    """The system of the source, where it was another; else empty."""
    category: str
    county: str
    """Id of the county it lies in, or empty."""
    township: str
    path: str
    """Its page in the site, or empty."""


def points(edition: Edition) -> Iterator[MapPoint]:
    """Every record with coordinates, by kind and id."""
    for record in _located(edition):
        given: Coordinates | None = getattr(record, "coordinates", None)
        if given is None:
            continue
        shown = to_wgs84(given)
        county, township = where(edition, record)
        yield MapPoint(
            key=key_of(record),
            name=record.name,
            longitude=shown.longitude,
            latitude=shown.latitude,
            precision=given.precision,
            converted_from="" if given.system == shown.system else given.system,
            category=str(getattr(record, "category", "")),
            county=county,
            township=township,
            path=record_path(record.folder, record.id) if has_page(edition, record) else "",
        )


def without_coordinates(edition: Edition) -> Iterator[Record]:
    """The records that could have coordinates and have none, by kind and id."""
    return (r for r in _located(edition) if getattr(r, "coordinates", None) is None)


def _located(edition: Edition) -> Iterator[Record]:
    for kind in edition.schema.located:
        yield from edition.records[kind.name].values()


def where(edition: Edition, record: Record) -> tuple[str, str]:
    """(county id, township id) that a record is or lies in; empty where not known."""
    if record.kind == "county":
        return record.id, ""
    if record.kind == "township":
        return str(getattr(record, "county", "")), record.id
    township = getattr(record, "township", None) or ""
    county = getattr(record, "county", None)
    if county is None and (above := edition.get(Key("township", township))):
        county = getattr(above, "county", None)
    return county or "", township
