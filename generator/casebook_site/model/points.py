"""The records of an edition that have a place on the ground, and those whose place is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casebook_site.domain.places import Levels, Places
from casebook_site.maps.coordinates import to_wgs84
from casebook_site.model.catalog import Key, key_of
from casebook_site.model.editions import Edition, has_page
from casebook_site.model.urls import record_path
from casebook_site.records import Record
from casebook_site.records.base import Coordinates
from casebook_site.schema.fields import value_of


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
    """The choice by which records of the kind are told apart, if it has a mark; else empty."""
    position: Mapping[str, str]
    """Level → id of each place that the record is or lies in."""
    path: str
    """Its page in the site, or empty."""


def points(edition: Edition) -> Iterator[MapPoint]:
    """Yield every record with coordinates, by kind and id."""
    places = Places(Levels.of(edition.schema), edition.get)
    for record in _located(edition):
        given = coordinates_of(edition, record)
        if given is None:
            continue
        shown = to_wgs84(given)
        mark = edition.schema.of(record).page.mark
        yield MapPoint(
            key=key_of(record),
            name=record.name,
            longitude=shown.longitude,
            latitude=shown.latitude,
            precision=given.precision,
            converted_from="" if given.system == shown.system else given.system,
            category=value_of(record, mark) if mark else "",
            position=places.position(record),
            path=record_path(record.folder, record.id) if has_page(edition, record) else "",
        )


def without_coordinates(edition: Edition) -> Iterator[Record]:
    """Yield the records that could have coordinates and have none, by kind and id."""
    return (record for record in _located(edition) if coordinates_of(edition, record) is None)


def coordinates_of(edition: Edition, record: Record) -> Coordinates | None:
    """Return the point that a record gives, or None."""
    field = edition.schema.of(record).place.coordinates
    return value_of(record, field) if field else None


def _located(edition: Edition) -> Iterator[Record]:
    for kind in edition.schema.located:
        yield from edition.records[kind.name].values()
