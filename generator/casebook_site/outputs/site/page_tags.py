"""The tags that a government site's pages carry, so that inspections find their parts by machine.

Guide to the Development of Government Websites (State Council Office, 2017), annex 2. A site that states
no site code has none of them; neither have pages in a bundle.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from casebook_site.base.settings import Settings
from casebook_site.schema.dates import PartialDate

Tag = tuple[str, str]
"""Name and content of a `meta` element."""


def site_tags(settings: Settings) -> tuple[Tag, ...]:
    """Return the tags of every page; none where the site has no code."""
    code = settings.options.publisher.site_code
    if not code:
        return ()
    domain = urlsplit(settings.site_url).hostname or ""
    return (("SiteName", settings.site_name), ("SiteDomain", domain), ("SiteIDCode", code))


def column_tags(title: str, description: str) -> Iterator[Tag]:
    """Yield the tags of a list, which is a column of the site."""
    yield "ColumnName", title
    yield "ColumnDescription", description
    yield "ColumnType", title


def article_tags(
    settings: Settings, column: str, title: str, updated: PartialDate | None, url: str
) -> Iterator[Tag]:
    """Yield the tags of a text in a column; its date only where the day is known."""
    yield "ColumnName", column
    yield "ArticleTitle", title
    if updated and updated.day:
        yield "PubDate", f"{updated.iso} 00:00"
    yield "ContentSource", settings.options.publisher.name or settings.site_name
    if url:
        yield "Url", url
