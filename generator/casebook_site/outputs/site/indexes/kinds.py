"""The index of each kind of record, grouped as the kind says, and the kind's further lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook_site.model.editions import has_page
from casebook_site.outputs.site.kind_parts import SiteIndex, SiteListing
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing, kind_downloads, listed
from casebook_site.outputs.site.views import RecordEntry
from casebook_site.records import Record
from casebook_site.schema.kinds import Kind


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Yield the pages of all kinds."""
    for kind in site.schema:
        index: SiteIndex = kind.index
        if index.listing:
            yield from _listed(site, kind, index.listing)
        yield from index.pages(site)


def _listed(site: SiteModel, kind: Kind, listing: SiteListing) -> Iterator[IndexFile]:
    """Yield the pages of a kind's index: under each heading its records as readers expect them."""
    held = site.edition.records[kind.name].values()
    records = [record for record in held if has_page(site.edition, record)]
    ordered = sorted(
        site.in_order(records),
        key=lambda r: listing.group(site, r)[0],
    )

    def show(path: str, shown: Sequence[Record]) -> SectionList:
        return listed([_entry(site, listing, record, path) for record in shown])

    yield from Listing(
        site,
        kind.folder,
        ordered,
        show,
        template=listing.template,
        tabs=lambda path: listing.tabs(site, path),
        downloads=kind_downloads(kind.title, kind.folder) if records else (),
    ).pages()


def _entry(site: SiteModel, listing: SiteListing, record: Record, path: str) -> RecordEntry:
    """Return a record as a line of the index."""
    heading = listing.group(site, record)[1]
    entry = site.entry(record, path, group=heading, meta=listing.meta(site, record))
    return entry if entry.text else entry._replace(text=listing.text(site, record))
