"""Figures as evidence: their value in words, their order, and what is recorded beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from casebook_site.domain.formatting import measure, number, spaced
from casebook_site.records.evidence import Figure
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import value_of
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


def is_earlier(figure: Figure, others: Iterable[Figure]) -> bool:
    """Return whether one of other figures says the same of a later date."""
    return any(
        series_of(other) == series_of(figure) and figure.as_of.is_before(other.as_of)
        for other in others
    )


def series_of(figure: Figure) -> tuple[str, ...]:
    """Return what figures of one series have in common."""
    return figure.about, figure.place or "", figure.indicator, figure.unit


def leading_first(
    figures: Iterable[Figure], written: Mapping[str, tuple[str, int]]
) -> list[Figure]:
    """Return the figures of a record, those that lead first; `written`: id → file and place.

    The newest of each series lead, by role, then by the date at which their series begins, then as
    written: a number that is brought up to date keeps its place. Earlier ones follow, newest first,
    and what is said of other places.
    """
    listed = [*figures]
    order = [*choices_of(type(listed[0]), "role")] if listed else []
    begins: dict[tuple[str, ...], tuple[PartialDate, tuple[str, int]]] = {}
    for one in listed:
        first = (one.as_of, written[one.id])
        begins[series_of(one)] = min(begins.get(series_of(one), first), first)

    def key(figure: Figure) -> tuple[object, ...]:
        return (
            bool(figure.place),
            is_earlier(figure, listed),
            order.index(figure.role),
            begins[series_of(figure)],
            _age(figure.as_of),
            written[figure.id],
        )

    return sorted(listed, key=key)


def details(figure: Figure) -> str:
    """Return what must be known of how a figure was counted: `2023年1月至6月的数；累计；共129个`."""
    said: list[str] = []
    if figure.period:
        begin, end = value_of(figure.period, "from"), figure.period.to
        said.append(f"{begin.chinese}至{end.chinese}的数")
    if figure.cumulative:
        said.append("累计数")
    for name, title in (("target", "目标"), ("denominator", "总数")):
        value = value_of(figure, name)
        if value is not None:
            said.append(f"{title}{measure(number(value), figure.unit)}")
    if figure.locator:
        said.append(f"出处：{figure.locator}")
    return "；".join(said)


def _age(date: PartialDate) -> tuple[int, int, int]:
    """Return a key that sorts the newest date first."""
    return -date.year, -date.month, -date.day
