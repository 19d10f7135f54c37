"""Quiet colours for the groups of a hexagon map: no two neighbours have the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

TINTS = 5
"""Five are enough for any map on which four would be."""


def neighbours(column: int, row: int) -> tuple[tuple[int, int], ...]:
    """Return the six places around a hexagon; odd rows are shifted half a hexagon to the right."""
    side = column + 1 if row % 2 else column - 1
    beside = ((column - 1, row), (column + 1, row))
    return (*beside, *((c, r) for r in (row - 1, row + 1) for c in (column, side)))


def tints(groups_at: Mapping[tuple[int, int], str]) -> dict[str, int]:
    """Return group → one of `TINTS` colours, none the same as a neighbour's.

    `groups_at`: the group of each place, as (column, row). Greedy, groups with most neighbours
    first. Among the free colours the least used one is taken, so that no colour rules the map.
    """
    groups: dict[str, set[str]] = {}
    for (column, row), group in groups_at.items():
        around = (groups_at.get(place, group) for place in neighbours(column, row))
        groups.setdefault(group, set()).update(other for other in around if other != group)
    given: dict[str, int] = {}
    used: Counter[int] = Counter()
    for group in sorted(groups, key=lambda g: (-len(groups[g]), g)):
        taken = {given[other] for other in groups[group] if other in given}
        free = [tint for tint in range(TINTS) if tint not in taken] or [*range(TINTS)]
        given[group] = min(free, key=lambda tint: (used[tint], tint))
        used[given[group]] += 1
    return {group: given[group] for group in groups}
