"""The readers' order of the records of a catalog or an edition, with what its cases mention."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from casebook_site.domain.ordering import ReadersOrder
from casebook_site.domain.places import Levels, Places
from casebook_site.model.catalog import Catalog, Key, links_of
from casebook_site.records.texts import CaseStudy


def mentions_in(cases: Iterable[CaseStudy], order: ReadersOrder) -> Mapping[Key, int]:
    """Return record → position of its first mention, case by case; fields come before prose."""
    found: dict[Key, int] = {}
    for case in sorted(cases, key=order.rank):
        for link in links_of(case):
            found.setdefault(link.target, len(found))
    return found


def readers_order(catalog: Catalog) -> ReadersOrder:
    """Return the readers' order of the records of a catalog."""
    places = Places(Levels.of(catalog.schema), catalog.get, known={})
    cases = catalog.of(CaseStudy).values()
    mentions = mentions_in(cases, ReadersOrder(catalog.schema, places))
    return ReadersOrder(catalog.schema, places, mentions)


def sorter(catalog: Catalog) -> Callable[[Key], tuple[object, ...]]:
    """Return the sort key of records by their keys: kinds in their order, then as readers expect."""
    order, kinds = readers_order(catalog), [kind.name for kind in catalog.schema]

    def rank(key: Key) -> tuple[object, ...]:
        record = catalog.get(key)
        assert record is not None
        return (kinds.index(key.kind), order.rank(record))

    return rank
