"""The indexes: pages that list records. Each module plans its pages; none lists without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from casebook_site.outputs.site.indexes import (
    figures,
    gaps,
    geographic,
    guide,
    kinds,
    map,
    matrix,
    names,
    planner,
    search,
    self_tests,
    tags,
    timeline,
)
from casebook_site.outputs.site.indexes.paging import IndexFile
from casebook_site.outputs.site.model import SiteModel

INDEXES: tuple[Callable[[SiteModel], Iterator[IndexFile]], ...] = (
    kinds.build,
    figures.build,
    matrix.build,
    search.build,
    names.build,
    timeline.build,
    tags.build,
    self_tests.build,
    gaps.build,
    map.build,
    geographic.build,
    planner.build,
    guide.build,
)


def plan_indexes(site: SiteModel) -> Iterator[IndexFile]:
    """Every page of every index of an edition, yet to be built."""
    for plan in INDEXES:
        yield from plan(site)


__all__ = ["plan_indexes"]
