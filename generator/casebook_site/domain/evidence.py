"""Figures as evidence: their value in words, their order, and what is recorded beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebook_site.domain.formatting import measure, number, spaced
from casebook_site.records.evidence import Figure
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.keys import Key
from casebook_site.schema.walking import choices_of


def amount(figure: Figure) -> str:
    """Return a figure's value with its range, and what stands before it: `3—5`, `约80`."""
    upper = f"—{number(figure.value_to)}" if figure.value_to is not None else ""
    return f"{_before(figure)}{number(figure.value)}{upper}"


def unit_beside(figure: Figure) -> str:
    """Return what stands behind a figure's value, set close to it: `余人次`, `个`, ` km`."""
    return _behind(figure) + spaced(figure.unit)


def _before(figure: Figure) -> str:
    return (
        ""
        if figure.qualifier == "over"
        else choices_of(type(figure), "qualifier").choice(figure.qualifier).mark
    )


def _behind(figure: Figure) -> str:
    return (
        choices_of(type(figure), "qualifier").choice(figure.qualifier).mark
        if figure.qualifier == "over"
        else ""
    )


def quantity(figure: Figure) -> str:
    """Return a figure's value with its unit: `约80个`."""
    return amount(figure) + unit_beside(figure)


def recorded_beside(figure: Figure, count: int) -> str:
    """Return how many records of the site stand beside a reported number: `本站收录5个`."""
    return f"本站收录{measure(str(count), figure.unit)}"


def subject_of(figure: Figure) -> Key:
    """Return the key of the record that a figure is about."""
    return Key.parse(figure.about)


def common_name(names: Sequence[str]) -> str:
    """Return what names of figures have in common: what is left without the county's own name."""
    for length in range(len(names[0]), 1, -1):
        tail = names[0][-length:]
        if all(name.endswith(tail) for name in names):
            return tail.strip()
    return names[0]


def newest_first(figures: Iterable[Figure]) -> list[Figure]:
    """Return figures by date, the newest first; those of one date by id."""
    return sorted(figures, key=lambda figure: (_age(figure.as_of), figure.id))


def by_role(figures: Iterable[Figure], written: dict[str, tuple[str, int]]) -> list[Figure]:
    """Return figures by role, then by date, then as written; `written`: id → file and place."""
    listed = [*figures]
    order = [*choices_of(type(listed[0]), "role")] if listed else []
    return sorted(
        listed, key=lambda figure: (order.index(figure.role), figure.as_of, written[figure.id])
    )


def _age(date: PartialDate) -> tuple[int, int, int]:
    """Return a key that sorts the newest date first."""
    return -date.year, -date.month, -date.day
