"""Which figures may be set beside one another, and what the comparison says in a sentence.

Only figures of one indicator and one unit are compared, whole beside whole: places of one level, or
one thing at several dates. Where a number is no exact one, no difference is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from casebook_site.domain.evidence import amount, quantity, subject_of, unit_beside
from casebook_site.domain.formatting import number, spaced
from casebook_site.records.evidence import Figure


def is_exact(figure: Figure) -> bool:
    """Return whether a figure is one number, without a range or a word that loosens it."""
    return figure.qualifier == "exact" and figure.value_to is None


def series_of(figure: Figure, others: Iterable[Figure]) -> list[Figure]:
    """Return the figures of the same thing at several dates, the oldest first; of a date, one."""
    by_date = {
        other.as_of: other
        for other in [*others, figure]
        if (other.indicator, other.unit, other.about, other.place)
        == (figure.indicator, figure.unit, figure.about, figure.place)
    }
    return [by_date[date] for date in sorted(by_date)]


def peers_of(figure: Figure, others: Iterable[Figure]) -> list[Figure]:
    """Return the newest figures of other records of the same kind, and this one, the largest first."""
    newest: dict[str, Figure] = {}
    for other in sorted(others, key=lambda other: (other.as_of, other.id)):
        same = (other.indicator, other.unit) == (figure.indicator, figure.unit)
        if same and not other.place and subject_of(other).kind == subject_of(figure).kind:
            newest[other.about] = other
    newest[figure.about] = figure
    return sorted(newest.values(), key=lambda other: (-other.value, other.id))


def told_of_series(series: Sequence[Figure]) -> str:
    """Return what has become of a number between its first and its last date."""
    first, last = series[0], series[-1]
    dates = f"{first.as_of.chinese}到{last.as_of.chinese}"
    disputed = last.id in first.conflicts_with or first.id in last.conflicts_with
    if disputed or not (is_exact(first) and is_exact(last)):
        return "，".join(f"{one.as_of.chinese}{quantity(one)}" for one in (first, last))
    if first.value == last.value:
        return f"{dates}都是{quantity(last)}"
    way = "增加" if last.value > first.value else "减少"
    return f"{dates}{way}{number(_difference(first, last))}{spaced(last.unit)}"


def told_of_peers(
    figure: Figure, peers: Sequence[Figure], names: Sequence[str], kind_title: str
) -> str:
    """Return how a number stands among those of its kind; `names`: of those that they are about."""
    here = peers.index(figure)
    said = f"{names[here]}{quantity(figure)}"
    if len(peers) == 2:
        other = peers[1 - here]
        return f"{said}，{names[1 - here]}{quantity(other)}"
    if not all(map(is_exact, peers)):
        return f"{said}，{len(peers)}个{kind_title}"
    rank = 1 + sum(other.value > figure.value for other in peers)
    same = sum(other.value == figure.value for other in peers) - 1
    among = f"{len(peers)}个{kind_title}中"
    if same == len(peers) - 1:
        return f"{among}都是{quantity(figure)}"
    lowest = not any(other.value < figure.value for other in peers)
    place = "最多" if rank == 1 else "最少" if lowest else f"第{rank}多"
    return f"{said}，{among}{'并列' if same else ''}{place}"


def told_of_records(figure: Figure, counted: int, told_by: str) -> str:
    """Return a number and the number of records in one sentence; `told_by`: `报道` or `名单`."""
    return f"{told_by}{amount(figure)}{unit_beside(figure)}，本站收录{counted}{spaced(figure.unit)}"


def _difference(first: Figure, last: Figure) -> float:
    """Return the difference of two numbers, as exact as the numbers are written."""
    gap = abs(Decimal(repr(last.value)) - Decimal(repr(first.value)))
    return int(gap) if gap == gap.to_integral_value() else float(gap)
