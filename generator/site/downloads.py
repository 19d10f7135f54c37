"""Data for other programs: JSON, CSV, JSON Schema, a Frictionless data package."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from generator.editions import Edition
from generator.maps import geojson
from generator.maps.coordinates import to_wgs84
from generator.maps.points import LOCATED_KINDS
from generator.records import KINDS, Record
from generator.records.fields import LinkTo, PartialDate, audience_of, field_paths, unwrap
from generator.records.schema import published_schema
from generator.site.pages import Desk
from generator.urls import absolute, data_path, record_path, schema_path


@dataclass(frozen=True)
class File:
    """A file made without a template, when its turn comes."""

    path: str
    content: Callable[[], bytes]
    maker: str


def plan_downloads(desk: Desk) -> Iterator[File]:
    """One JSON and one CSV for each kind that has records, schemas, and the data package.

    A bundle has the CSV files alone, which open in a spreadsheet; a small one has none.
    """
    if not desk.has_tables:
        return
    kinds = [kind for kind, by_id in desk.edition.records.items() if by_id]
    for kind in kinds:
        folder, maker = KINDS[kind].folder, f"{KINDS[kind].kind_title}数据"
        yield File(data_path(f"{folder}.csv"), partial(csv_bytes, desk, kind), maker)
        if not desk.offline:
            yield File(data_path(f"{folder}.json"), partial(json_list, desk, kind), maker)
            yield File(schema_path(kind), partial(_schema_bytes, desk, kind), maker)
    if desk.offline:
        return
    for _, name in place_downloads(desk):
        make = geojson.places if name == PLACES else geojson.missing_places
        content = partial(make, desk.edition, desk.settings.site_url)
        yield File(data_path(name), content, "地点数据")
    yield File(data_path("datapackage.json"), partial(_package_bytes, desk, kinds), "数据包说明")


PLACES = "places.geojson"
MISSING_PLACES = "places-without-coordinates.csv"


def place_downloads(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(title, name of the file under data/) of what says where records are; none without places."""
    if desk.offline or not any(desk.edition.records[kind] for kind in LOCATED_KINDS):
        return ()
    return (("有坐标的地点 GeoJSON", PLACES), ("没有坐标的地点 CSV", MISSING_PLACES))


# --- JSON -------------------------------------------------------------------------------------

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def record_data(desk: Desk, record: Record) -> dict[str, Any]:
    """A record as published data: its fields in this edition, with kind and permanent address."""
    data = record.model_dump(mode="json", exclude_defaults=True, exclude={"id", "audience"})
    if point := getattr(record, "coordinates", None):
        data["coordinates"] = to_wgs84(point).model_dump(mode="json", exclude_defaults=True)
    url = absolute(desk.settings.site_url, record_path(record.kind, record.id))
    return {"kind": record.kind, "id": record.id, "url": url, **data}


def json_line(desk: Desk, record: Record) -> str:
    """A record as JSON on one line."""
    return _ENCODER.encode(record_data(desk, record))


def record_json(desk: Desk, record: Record) -> bytes:
    """The JSON beside a record's page."""
    return (json_line(desk, record) + "\n").encode()


def json_list(desk: Desk, kind: str) -> bytes:
    """All records of a kind as a JSON array, one record a line."""
    lines = io.BytesIO()  # which holds the largest file of a site once, not three times
    lines.write(b"[\n")
    for number, record in enumerate(desk.edition.records[kind].values()):
        lines.write(b",\n" if number else b"")
        lines.write(json_line(desk, record).encode())
    lines.write(b"\n]\n")
    return lines.getvalue()


def _readable(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _schema_bytes(desk: Desk, kind: str) -> bytes:
    return _readable(published_schema(KINDS[kind], desk.edition.audience))


def _package_bytes(desk: Desk, kinds: list[str]) -> bytes:
    return _readable(_package(desk, kinds))


# --- CSV --------------------------------------------------------------------------------------


def columns(kind: str, edition: Edition) -> list[str]:
    """Fields that fit into one cell, without those that the audience may not see."""
    model = KINDS[kind]
    nested = {
        path.steps[0] for path in field_paths(model) if any(step != "*" for step in path.steps[1:])
    }
    return [
        name
        for name, info in model.model_fields.items()
        if name not in nested
        and name != "audience"
        and (edition.audience == "internal" or audience_of(info) == "public")
    ]


def csv_bytes(desk: Desk, kind: str) -> bytes:
    """CSV with a byte order mark, by which Excel knows that it is UTF-8, and CRLF (RFC 4180)."""
    fields = KINDS[kind].model_fields
    titles = [*(fields[name].title for name in columns(kind, desk.edition)), "永久地址"]
    rows = _rows(desk, kind, desk.edition.records[kind].values())
    return _csv(chain([titles], rows), "utf-8-sig")


def csv_rows(desk: Desk, kind: str, records: Iterable[Record]) -> str:
    """The lines of records of a kind."""
    return _csv(_rows(desk, kind, records), "utf-8").decode()


def _rows(desk: Desk, kind: str, records: Iterable[Record]) -> Iterator[list[object]]:
    names = columns(kind, desk.edition)
    links = {
        p.steps[0]: p.marker.kind
        for p in field_paths(KINDS[kind])
        if isinstance(p.marker, LinkTo) and len(p.steps) <= 2
    }
    for record in records:
        cells = (_cell(desk.edition, getattr(record, name), links.get(name)) for name in names)
        yield [*cells, absolute(desk.settings.site_url, record_path(kind, record.id))]


def _csv(rows: Iterable[Iterable[object]], encoding: str) -> bytes:
    lines = io.BytesIO()
    with io.TextIOWrapper(lines, encoding, newline="") as text:
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        text.flush()
        return lines.getvalue()


def _cell(edition: Edition, value: Any, kind: str | None) -> str | int | float:
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return "；".join(str(_cell(edition, element, kind)) for element in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return value
    if isinstance(value, PartialDate):
        return value.iso
    text = str(value)
    if kind and (target := edition.resolve(kind, text)):
        text = target.name
    # A cell that begins like a formula would be run by the spreadsheet.
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


# --- data package -------------------------------------------------------------------------------


def _package(desk: Desk, kinds: list[str]) -> dict[str, Any]:
    """A Frictionless Data Package (specs.frictionlessdata.io/data-package) over the CSV files."""
    package: dict[str, Any] = {
        "name": "casebook",
        "title": desk.settings.site_name,
        "profile": "tabular-data-package",
        "resources": [
            *(_resource(desk, kind) for kind in kinds),
            *([_missing_places()] if place_downloads(desk) else []),
        ],
    }
    if desk.settings.site_url:
        package["homepage"] = desk.settings.site_url
    if desk.newest:
        package["version"] = desk.newest.iso
    return package


def _resource(desk: Desk, kind: str) -> dict[str, Any]:
    model = KINDS[kind]
    fields = [
        {
            "name": info.title or name,
            "type": _type(kind, name),
            "description": info.description or "",
        }
        for name in columns(kind, desk.edition)
        for info in [model.model_fields[name]]
    ]
    return {
        "name": model.folder,
        "title": model.kind_title,
        "path": f"{model.folder}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [*fields, {"name": "永久地址", "type": "string", "description": "永久地址。"}]
        },
    }


def _missing_places() -> dict[str, Any]:
    fields = [{"name": name, "type": "string", "description": name} for name in geojson.COLUMNS]
    return {
        "name": "places-without-coordinates",
        "title": "没有坐标的地点",
        "path": MISSING_PLACES,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields},
    }


def _type(kind: str, name: str) -> str:
    """The Table Schema type of a column: a number, or text."""
    alternatives = list(unwrap(KINDS[kind].model_fields[name].annotation))
    numeric = any(plain in (int, float) for plain, _, _ in alternatives)
    return "number" if numeric and not any(many for _, _, many in alternatives) else "string"
