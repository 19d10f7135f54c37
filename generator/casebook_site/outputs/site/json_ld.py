"""schema.org descriptions of records, as JSON-LD.

Types: https://schema.org/docs/full.html. A record is described by what its kind corresponds to there;
links are permanent addresses, so nothing is written where the site has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casebook_site.maps.coordinates import to_wgs84
from casebook_site.model.urls import absolute, record_path
from casebook_site.outputs.site.model import SiteModel
from casebook_site.records import Record
from casebook_site.schema.fields import value_of
from casebook_site.schema.kinds import Kind


def describe(site: SiteModel, record: Record) -> dict[str, Any]:
    """Return the record itself. Its description stands in the head already."""
    kind = site.schema.of(record)
    url = absolute(site.settings.site_url, record_path(record.folder, record.id))
    thing: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind.linked_data.type,
        "@id": url,
        "name": record.name,
        "url": url,
        "inLanguage": "zh-CN",
    }
    if record.aliases:
        thing["alternateName"] = list(record.aliases)
    if record.updated and kind.linked_data.is_dated:
        thing["dateModified"] = record.updated.iso
    return {**thing, **_place(site, kind, record), **kind.linked_data.properties(site, record)}


def _place(site: SiteModel, kind: Kind, record: Record) -> dict[str, Any]:
    """Return the smallest known place in which a record lies, and its point."""
    found: dict[str, Any] = {}
    for place in site.places.levels.named_by(record):
        target = site.edition.resolve(*place)
        if target:
            type = site.schema[place.kind].linked_data.type
            above: dict[str, Any] = {"@type": type, "name": target.name}
            if target.path:
                above["@id"] = absolute(site.settings.site_url, target.path)
            found[kind.linked_data.location] = above
            break
    field = kind.place.coordinates
    if field and (point := value_of(record, field)):
        shown = to_wgs84(point)
        found["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": shown.latitude,
            "longitude": shown.longitude,
        }
    return found


def dataset(site: SiteModel, page: str, files: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """Return all data of the site as a dataset; `files`: (title, media type, path in the site)."""
    settings = site.settings
    publisher = settings.options.publisher.name or settings.site_name
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"{settings.site_name}：全部数据",
        "description": settings.site_description or settings.site_name,
        "url": absolute(settings.site_url, page),
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": publisher},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": title,
                "encodingFormat": format,
                "contentUrl": absolute(settings.site_url, path),
            }
            for title, format, path in files
        ],
    }
    if site.newest:
        found["dateModified"] = site.newest.iso
    return found


def breadcrumb(site: SiteModel, names: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the way from the home page; `names` are (title, path in the site)."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": title,
                "item": absolute(site.settings.site_url, target),
            }
            for position, (title, target) in enumerate(names, start=1)
        ],
    }
