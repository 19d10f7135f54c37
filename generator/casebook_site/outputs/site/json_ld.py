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
from casebook_site.records.evidence import Figure, Source
from casebook_site.records.places import Place

TYPES = {
    "county": "AdministrativeArea",
    "township": "AdministrativeArea",
    "village": "Place",
    "joint-committee": "Organization",
    "mechanism": "DefinedTerm",
    "party-school": "EducationalOrganization",
    "teaching-point": "Place",
    "category": "DefinedTerm",
    "course": "Course",
    "training-class": "EducationEvent",
    "faculty": "Organization",
    "platform": "WebSite",
    "case-study": "Article",
    "figure": "Observation",
    "source": "CreativeWork",
    "term": "DefinedTerm",
}


_LOCATION = {
    "AdministrativeArea": "containedInPlace",
    "Place": "containedInPlace",
    "Organization": "areaServed",
    "EducationalOrganization": "areaServed",
    "EducationEvent": "location",
}
"""The property that says where a thing of a type is."""


def describe(site: SiteModel, record: Record) -> dict[str, Any]:
    """The record itself. Its description stands in the head already."""
    url = absolute(site.settings.site_url, record_path(record.kind, record.id))
    thing: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES[record.kind],
        "@id": url,
        "name": record.name,
        "url": url,
        "inLanguage": "zh-CN",
    }
    if record.aliases:
        thing["alternateName"] = list(record.aliases)
    if record.updated and TYPES[record.kind] in ("Article", "Course", "CreativeWork", "WebSite"):
        thing["dateModified"] = record.updated.iso
    thing |= _place(site, record)
    if isinstance(record, Figure):
        thing |= {
            "observationDate": record.as_of.iso,
            "unitText": record.unit,
            "value": record.value,
        }
    if isinstance(record, Source):
        if record.published:
            thing["datePublished"] = record.published.iso
        if record.publisher:
            thing["publisher"] = {"@type": "Organization", "name": record.publisher}
    return thing


def _place(site: SiteModel, record: Record) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in ("village", "township", "county"):
        id = getattr(record, kind, None)
        target = site.edition.resolve(kind, id) if isinstance(id, str) else None
        if target:
            above: dict[str, Any] = {"@type": TYPES[kind], "name": target.name}
            if target.path:
                above["@id"] = absolute(site.settings.site_url, target.path)
            found[_LOCATION.get(TYPES[record.kind], "spatialCoverage")] = above
            break
    point = getattr(record, "coordinates", None)
    if point and (isinstance(record, Place) or record.kind == "teaching-point"):
        point = to_wgs84(point)
        found["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": point.latitude,
            "longitude": point.longitude,
        }
    return found


def breadcrumb(site: SiteModel, names: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way from the home page; `names` are (title, path in the site)."""
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
