"""GeoJSON of the records with coordinates (RFC 7946), and a list of those without.

RFC 7946 asks for WGS-84, longitude first (§3.1.1, §4), and advises against needless digits (§11.2);
there are only points, so no ring has a direction to get right. County polygons are not in it:
they are no data of ours.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from casebook_site.base.characters import no_formula
from casebook_site.domain.places import Levels, Places
from casebook_site.model.editions import Edition, has_page
from casebook_site.model.points import MapPoint, points, without_coordinates
from casebook_site.model.urls import absolute, record_path
from casebook_site.records.teaching import Category

DECIMALS = 7
"""0.01 m; RFC 7946 thinks six enough for most purposes."""


def feature_collection(edition: Edition, site_url: str) -> bytes:
    """Return a feature collection, one feature a line."""
    lines = ",\n".join(
        json.dumps(feature(edition, point, site_url), ensure_ascii=False)
        for point in points(edition)
    )
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()


def feature(edition: Edition, point: MapPoint, site_url: str) -> dict[str, Any]:
    """Return a point as a GeoJSON feature; what is not known is left out."""
    properties: dict[str, Any] = {
        "name": point.name,
        "kind": point.key.kind,
        "kind_title": edition.schema[point.key.kind].title,
        Category.kind: point.category,
        "url": absolute(site_url, point.path) if point.path else "",
        "precision": point.precision,
        "converted_from": point.converted_from,
    }
    return {
        "type": "Feature",
        "id": str(point.key),
        "geometry": {
            "type": "Point",
            "coordinates": [round(point.longitude, DECIMALS), round(point.latitude, DECIMALS)],
        },
        "properties": {name: value for name, value in properties.items() if value != ""},
    }


def missing_places(edition: Edition, site_url: str) -> bytes:
    """Return CSV for Excel (byte order mark, CRLF) of the records without coordinates."""
    places = Places(Levels.of(edition.schema), edition.get)
    rows = (
        (
            record.kind_title,
            record.id,
            _cell(record.name),
            *(
                _cell(_name(edition, level, position.get(level, "")))
                for level in places.levels.labelled
            ),
            absolute(site_url, record_path(record.folder, record.id))
            if has_page(edition, record)
            else "",
        )
        for record in without_coordinates(edition)
        for position in [places.position(record)]
    )
    return _csv(missing_columns(edition), rows)


def missing_columns(edition: Edition) -> tuple[str, ...]:
    """Return the columns of the list of records without coordinates."""
    levels = Levels.of(edition.schema).labelled
    titles = (edition.schema[level].title for level in levels)
    return ("类别", "编号", "名称", *titles, "永久地址")


def _name(edition: Edition, kind: str, id: str) -> str:
    target = edition.resolve(kind, id) if id else None
    return target.name if target else ""


def _cell(text: str) -> str:
    # A cell that begins like a formula would be run by the spreadsheet.
    return no_formula(text)


def _csv(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()
