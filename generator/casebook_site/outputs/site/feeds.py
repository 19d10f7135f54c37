"""sitemap.xml and the Atom feed of changed records; dates come from the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from heapq import nlargest
from xml.etree import ElementTree

from casebook_site.base.audience import is_internal
from casebook_site.model.urls import absolute, record_path
from casebook_site.outputs.site.downloads import File
from casebook_site.outputs.site.model import SiteModel
from casebook_site.records import Record
from casebook_site.schema.dates import PartialDate

SITEMAP_LIMIT = 50_000
"""Addresses in one sitemap file (sitemaps.org)."""
FEED = "feed.xml"
ROBOTS = "robots.txt"
"""At the root of a host, what search engines ask for first (RFC 9309)."""
FEED_LIMIT = 50

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ATOM = "http://www.w3.org/2005/Atom"


def plan_feeds(site: SiteModel, pages: Mapping[str, PartialDate | None]) -> Iterator[File]:
    """Yield what tells programs of the pages, which is less without an address, and nothing internal.

    `pages`: path → last change.
    """
    if site.offline:
        return
    hidden = is_internal(site.edition.audience)
    yield File(ROBOTS, lambda: _robots(site, hidden=hidden), "给搜索引擎的说明", hidden)
    if not site.settings.site_url or hidden:
        return
    paths = sorted(pages)
    parts = [paths[i : i + SITEMAP_LIMIT] for i in range(0, len(paths), SITEMAP_LIMIT)] or [[]]
    if len(parts) == 1:
        yield _sitemap_file("sitemap.xml", site, parts[0], pages)
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            yield _sitemap_file(name, site, part, pages)
        index = ElementTree.Element("sitemapindex", xmlns=_SITEMAP)
        for name in names:
            entry = ElementTree.SubElement(index, "sitemap")
            ElementTree.SubElement(entry, "loc").text = absolute(site.settings.site_url, name)
        yield File("sitemap.xml", partial(_xml, index), "站点地图", names)
    yield File(FEED, lambda: feed_bytes(site, feed_records(site)), "更新订阅")


def _robots(site: SiteModel, *, hidden: bool) -> bytes:
    """Return what programs may look at: all of a public site, nothing of an internal one."""
    address = site.settings.site_url
    known = f"Sitemap: {absolute(address, 'sitemap.xml')}\n" if address and not hidden else ""
    return f"User-agent: *\n{'Disallow: /' if hidden else 'Allow: /'}\n{known}".encode()


def _sitemap_file(
    name: str, site: SiteModel, paths: list[str], pages: Mapping[str, PartialDate | None]
) -> File:
    made_of = [(path, pages[path]) for path in paths]
    return File(name, partial(_sitemap, site, paths, pages), "站点地图", made_of)


def _sitemap(site: SiteModel, paths: list[str], pages: Mapping[str, PartialDate | None]) -> bytes:
    root = ElementTree.Element("urlset", xmlns=_SITEMAP)
    for path in paths:
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = absolute(site.settings.site_url, path)
        if date := pages[path]:
            ElementTree.SubElement(entry, "lastmod").text = _instant(date)[:10]
    return _xml(root)


def feed_records(site: SiteModel) -> list[Record]:
    """Return the records changed last; those without a date are left out."""
    return newest_first(record for record in site.paged_records() if record.updated)


def newest_first(records: Iterable[Record]) -> list[Record]:
    """Of records with a date, as many as a feed holds."""
    return nlargest(FEED_LIMIT, records, key=lambda r: (r.updated, r.kind, r.id))


def feed_bytes(site: SiteModel, records: Iterable[Record]) -> bytes:
    """Atom (RFC 4287)."""
    address = site.settings.site_url
    root = ElementTree.Element("feed", xmlns=_ATOM)
    _texts(root, id=address, title=site.settings.site_name, updated=_instant(site.newest))
    ElementTree.SubElement(root, "link", rel="self", href=absolute(address, "feed.xml"))
    ElementTree.SubElement(root, "link", href=address)
    author = ElementTree.SubElement(root, "author")
    _texts(author, name=site.settings.options.publisher.name or site.settings.site_name)
    for record in records:
        root.append(_entry(site, record))
    return _xml(root)


def _entry(site: SiteModel, record: Record) -> ElementTree.Element:
    url = absolute(site.settings.site_url, record_path(record.folder, record.id))
    entry = ElementTree.Element("entry")
    _texts(entry, id=url, title=record.name, updated=_instant(record.updated))
    ElementTree.SubElement(entry, "link", href=url)
    _texts(entry, summary=site.plain(record.summary) or record.kind_title)
    return entry


def _texts(parent: ElementTree.Element, **texts: str) -> None:
    for name, text in texts.items():
        ElementTree.SubElement(parent, name).text = text


def _instant(date: PartialDate | None) -> str:
    if date is None:
        return "1970-01-01T00:00:00Z"
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}T00:00:00Z"


def _xml(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
