"""The indexes: pages that list records. Each module plans its pages; none lists without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.site.indexes import (
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
from generator.site.indexes.paging import Made
from generator.site.pages import Desk

INDEXES: tuple[Callable[[Desk], Iterator[Made]], ...] = (
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


def plan_indexes(desk: Desk) -> Iterator[Made]:
    """Every page of every index of an edition, yet to be built."""
    for plan in INDEXES:
        yield from plan(desk)


__all__ = ["plan_indexes"]
