"""Pages that come out the same in many bundles: glossary and sources, as most scopes see them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from casebook_site.model.catalog import Key, key_of, links_of
from casebook_site.model.editions import Backlink
from casebook_site.outputs.bundles.contents import BundleContent
from casebook_site.outputs.site.model import SiteModel
from casebook_site.records import Record
from casebook_site.records.texts import Term

MOST = 600
"""Pages that a process keeps, about 15 kB each with what is packed of them; a county needs 300."""


def basis(site: SiteModel, record: Record) -> Hashable | None:
    """All of an edition that the page of a record shows; None where that cannot be said.

    Two editions in which it is equal have the same page. That is what the record's own links
    become, what links to it, its neighbours in the list, and the names of its tags' pages.
    """
    if not site.schema.of(record).search.is_shared or site.figures_of(str(key_of(record))):
        return None
    edition = site.edition
    key = key_of(record)
    neighbours = site.around(record, ()) if isinstance(record, Term) else ()
    return (
        key,
        tuple(edition.resolve(*link.target) for link in links_of(record)),
        tuple((link, edition.resolve(*link.source)) for link in _linking(site, key)),
        tuple(found and found.id for found in neighbours),
        tuple(site.tag_slugs[tag] for tag in record.tags),
    )


def _linking(site: SiteModel, key: Key) -> list[Backlink]:
    """Return what links to a record in the order of its page, which may differ from scope to scope."""

    def rank(link: Backlink) -> tuple[str, object, str]:
        record = site.edition.get(link.source)
        assert record is not None
        return link.source.kind, site.order.rank(record), link.field

    return sorted(site.edition.backlinks.get(key, ()), key=rank)


class Shared:
    """The pages made last, by what they were made from."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, BundleContent] = OrderedDict()

    def get(self, site: SiteModel, record: Record, make: Callable[[], bytes]) -> BundleContent:
        """Return the page of a record, made only if no equal one is kept."""
        known = basis(site, record)
        if known is None:
            return BundleContent(make())
        found = self._kept.get(known)
        if found is None:
            found = self._kept[known] = BundleContent(make())
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(known)
        return found
