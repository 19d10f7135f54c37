"""Data for other programs: JSON, CSV, JSON Schema, a Frictionless data package."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from casebook_site.base.audience import Audience, may_see
from casebook_site.base.characters import no_formula
from casebook_site.domain import formatting
from casebook_site.maps.coordinates import to_wgs84
from casebook_site.model.editions import Edition
from casebook_site.model.points import coordinates_of
from casebook_site.model.urls import absolute, data_path, record_path, schema_path
from casebook_site.outputs.data import geojson
from casebook_site.outputs.site.model import SiteModel
from casebook_site.records import Record
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import LinkTo, audience_of, value_of
from casebook_site.schema.json_schema import published_schema
from casebook_site.schema.kinds import RecordModel
from casebook_site.schema.walking import field_paths, help_text, unwrap


@dataclass(frozen=True)
class File:
    """A file made without a template, when its turn comes."""

    path: str
    content: Callable[[], bytes]
    maker: str
    made_of: object = None
    """As in `OutputFile`."""


def plan_downloads(site: SiteModel) -> Iterator[File]:
    """One JSON and one CSV for each kind that has records, schemas, and the data package.

    A bundle has the CSV files alone, which open in a spreadsheet; a small one has none.
    """
    if not site.has_tables:
        return
    kinds = [kind for kind, by_id in site.edition.records.items() if by_id]
    for kind in kinds:
        folder, maker = site.schema[kind].folder, f"{site.schema[kind].title}数据"
        yield File(data_path(f"{folder}.csv"), partial(csv_bytes, site, kind), maker)
        if not site.offline:
            yield File(data_path(f"{folder}.json"), partial(json_list, site, kind), maker)
            yield File(schema_path(kind), partial(_schema_bytes, site, kind), maker)
    if site.offline:
        return
    for _, name in place_downloads(site):
        make = geojson.feature_collection if name == PLACES else geojson.missing_places
        content = partial(make, site.edition, site.settings.site_url)
        yield File(data_path(name), content, "地点数据")
    yield File(
        data_path("datapackage.json"), partial(_package_bytes, site, kinds), "数据包说明", kinds
    )


PLACES = "places.geojson"
MISSING_PLACES = "places-without-coordinates.csv"


def place_downloads(site: SiteModel) -> tuple[tuple[str, str], ...]:
    """(title, name of the file under data/) of what says where records are; none without places."""
    if site.offline or not any(site.edition.records[kind.name] for kind in site.schema.located):
        return ()
    return (("有坐标的地点 GeoJSON", PLACES), ("没有坐标的地点 CSV", MISSING_PLACES))


# --- JSON -------------------------------------------------------------------------------------

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def record_data(site: SiteModel, record: Record) -> dict[str, Any]:
    """Return a record as published: its fields in this edition, kind, and address."""
    data = record.model_dump(mode="json", exclude_defaults=True, exclude={"id", "audience"})
    if point := coordinates_of(site.edition, record):
        data["coordinates"] = to_wgs84(point).model_dump(mode="json", exclude_defaults=True)
    url = absolute(site.settings.site_url, record_path(record.folder, record.id))
    return {"kind": record.kind, "id": record.id, "url": url, **data}


def json_line(site: SiteModel, record: Record) -> str:
    """Return a record as JSON on one line."""
    return _ENCODER.encode(record_data(site, record))


def record_json(site: SiteModel, record: Record) -> bytes:
    """Return the JSON beside a record's page."""
    return (json_line(site, record) + "\n").encode()


def json_list(site: SiteModel, kind: str) -> bytes:
    """All records of a kind as a JSON array, one record a line."""
    lines = io.BytesIO()  # which holds the largest file of a site once, not three times
    lines.write(b"[\n")
    for number, record in enumerate(site.edition.records[kind].values()):
        lines.write(b",\n" if number else b"")
        lines.write(json_line(site, record).encode())
    lines.write(b"\n]\n")
    return lines.getvalue()


def _readable(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _schema_bytes(site: SiteModel, kind: str) -> bytes:
    return _published(site.schema[kind].model, site.edition.audience)


@lru_cache(maxsize=100)
def _published(model: type[RecordModel], audience: Audience) -> bytes:
    """Return the schema of published records; a process that makes many sites makes it once."""
    return _readable(published_schema(model, audience))


def _package_bytes(site: SiteModel, kinds: list[str]) -> bytes:
    return _readable(_package(site, kinds))


# --- CSV --------------------------------------------------------------------------------------


def columns(kind: str, edition: Edition) -> list[str]:
    """Fields that fit into one cell, without those that the audience may not see."""
    model = edition.schema[kind].model
    nested = {
        path.steps[0] for path in field_paths(model) if any(step != "*" for step in path.steps[1:])
    }
    return [
        name
        for name, info in model.model_fields.items()
        if name not in nested
        and name != "audience"
        and may_see(edition.audience, audience_of(info))
    ]


def csv_bytes(site: SiteModel, kind: str) -> bytes:
    """CSV with a byte order mark, by which Excel knows that it is UTF-8, and CRLF (RFC 4180)."""
    fields = site.schema[kind].model.model_fields
    titles = [*(fields[name].title for name in columns(kind, site.edition)), "永久地址"]
    rows = _rows(site, kind, site.in_order(site.edition.records[kind].values()))
    return _csv(chain([titles], rows), "utf-8-sig")


def csv_rows(site: SiteModel, kind: str, records: Iterable[Record]) -> str:
    """Return the lines of records of a kind."""
    return _csv(_rows(site, kind, records), "utf-8").decode()


def _rows(site: SiteModel, kind: str, records: Iterable[Record]) -> Iterator[list[object]]:
    names = columns(kind, site.edition)
    links = {
        p.steps[0]: p.marker.kind
        for p in field_paths(site.schema[kind].model)
        if isinstance(p.marker, LinkTo) and len(p.steps) <= 2
    }
    for record in records:
        cells = (_cell(site.edition, value_of(record, name), links.get(name)) for name in names)
        yield [*cells, absolute(site.settings.site_url, record_path(record.folder, record.id))]


def _csv(rows: Iterable[Iterable[object]], encoding: str) -> bytes:
    lines = io.BytesIO()
    with io.TextIOWrapper(lines, encoding, newline="") as text:
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        text.flush()
        return lines.getvalue()


def _cell(edition: Edition, value: Any, kind: str | None) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return "；".join(_cell(edition, element, kind) for element in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return formatting.number(value)
    if isinstance(value, PartialDate):
        return value.iso
    text = str(value)
    if kind and (target := edition.resolve(kind, text)):
        text = target.name
    # A cell that begins like a formula would be run by the spreadsheet.
    return no_formula(text)


# --- data package -------------------------------------------------------------------------------


def _package(site: SiteModel, kinds: list[str]) -> dict[str, Any]:
    """Return a Frictionless Data Package over the CSV files."""
    package: dict[str, Any] = {
        "name": "casebook",
        "title": site.settings.site_name,
        "profile": "tabular-data-package",
        "resources": [
            *(_resource(site, kind) for kind in kinds),
            *([_missing_places(site)] if place_downloads(site) else []),
        ],
    }
    if site.settings.site_url:
        package["homepage"] = site.settings.site_url
    if site.newest:
        package["version"] = site.newest.iso
    return package


def _resource(site: SiteModel, kind: str) -> dict[str, Any]:
    model = site.schema[kind].model
    fields = [
        {
            "name": info.title or name,
            "type": _type(model, name),
            "description": help_text(info),
        }
        for name in columns(kind, site.edition)
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


def _missing_places(site: SiteModel) -> dict[str, Any]:
    fields = [
        {"name": name, "type": "string", "description": name}
        for name in geojson.missing_columns(site.edition)
    ]
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


def _type(model: type[RecordModel], name: str) -> str:
    """Return the Table Schema type of a column: a number, or text."""
    alternatives = list(unwrap(model.model_fields[name].annotation))
    numeric = any(plain in (int, float) for plain, _, _ in alternatives)
    return "number" if numeric and not any(many for _, _, many in alternatives) else "string"
