"""The indexes: pages that list records. Each module plans its pages; none lists without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from casebook_site.base.faults import boundary
from casebook_site.base.problems import Location
from casebook_site.outputs.site.indexes import (
    compare,
    data,
    gaps,
    geographic,
    guide,
    kinds,
    map,
    matrix,
    names,
    results,
    search,
    self_tests,
    tags,
    timeline,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.paging import IndexFile

INDEXES: tuple[Callable[[SiteModel], Iterator[IndexFile]], ...] = (
    kinds.build,
    matrix.build,
    compare.build,
    search.build,
    names.build,
    timeline.build,
    tags.build,
    self_tests.build,
    gaps.build,
    map.build,
    geographic.build,
    guide.build,
    results.build,
    data.build,
)


def plan_indexes(site: SiteModel) -> Iterator[IndexFile]:
    """Every page of every index of an edition, yet to be built."""
    for plan in INDEXES:
        with boundary(partial(Location, plan.__module__.rpartition(".")[2])):
            yield from (made for made in plan(site) if made.section not in site.left_out)


__all__ = ["plan_indexes"]
