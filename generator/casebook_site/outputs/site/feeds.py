"""sitemap.xml and the Atom feed of changed records; dates come from the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from heapq import nlargest
from typing import NamedTuple
from xml.etree import ElementTree

from casebook_site.base.audience import is_internal
from casebook_site.domain.page_changes import kind_of
from casebook_site.model.urls import absolute, record_path
from casebook_site.outputs.site.downloads import File
from casebook_site.outputs.site.model import SiteModel
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
    yield File(FEED, lambda: feed_bytes(site, feed_entries(site)), "更新订阅")


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


class FeedEntry(NamedTuple):
    """An entry of the feed: a record as it was changed last, or a change that its page tells."""

    date: PartialDate
    kind: str
    id: str
    anchor: str
    """Tells the entries of one page apart; empty for the record itself."""
    title: str
    summary: str
    path: str


def feed_entries(site: SiteModel) -> list[FeedEntry]:
    """Return what changed last, newest first; records without a date are told by their changes alone."""
    return nlargest(FEED_LIMIT, _all_entries(site), key=lambda entry: entry[:4])


def _all_entries(site: SiteModel) -> Iterator[FeedEntry]:
    for record in site.paged_records():
        path = record_path(record.folder, record.id)
        if record.updated:
            summary = site.plain(record.summary) or record.kind_title
            yield FeedEntry(record.updated, record.kind, record.id, "", record.name, summary, path)
        for number, change in enumerate(record.changes, start=1):
            title = f"{kind_of(change)}：{record.name}"
            anchor = f"#change-{number}"
            yield FeedEntry(change.date, record.kind, record.id, anchor, title, change.text, path)


def feed_bytes(site: SiteModel, entries: Iterable[FeedEntry]) -> bytes:
    """Atom (RFC 4287)."""
    address = site.settings.site_url
    root = ElementTree.Element("feed", xmlns=_ATOM)
    _texts(root, id=address, title=site.settings.site_name, updated=_instant(site.newest))
    ElementTree.SubElement(root, "link", rel="self", href=absolute(address, "feed.xml"))
    ElementTree.SubElement(root, "link", href=address)
    author = ElementTree.SubElement(root, "author")
    _texts(author, name=site.settings.options.publisher.name or site.settings.site_name)
    for told in entries:
        root.append(_entry(site, told))
    return _xml(root)


def _entry(site: SiteModel, told: FeedEntry) -> ElementTree.Element:
    url = absolute(site.settings.site_url, told.path)
    entry = ElementTree.Element("entry")
    _texts(entry, id=url + told.anchor, title=told.title, updated=_instant(told.date))
    ElementTree.SubElement(entry, "link", href=f"{url}#changes" if told.anchor else url)
    _texts(entry, summary=told.summary)
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
