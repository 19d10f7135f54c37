"""The indexes: pages that list records. Each module yields (path, page); none lists without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.site.indexes import figures, gaps, kinds, matrix, names, tags, timeline
from generator.site.indexes.paging import Made
from generator.site.pages import Desk

INDEXES: tuple[Callable[[Desk], Iterator[Made]], ...] = (
    kinds.build,
    figures.build,
    matrix.build,
    names.build,
    timeline.build,
    tags.build,
    gaps.build,
)


def build_indexes(desk: Desk) -> Iterator[Made]:
    """Every page of every index of an edition."""
    for build in INDEXES:
        yield from build(desk)


__all__ = ["build_indexes"]
