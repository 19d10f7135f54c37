"""Bars for the rows of a table, all from zero and on one scale.

The table says what a bar draws, so screen readers pass over the drawing. Widths are in percent: a
bar is as wide as its column on a phone, on a screen and on paper, and no letter in it is scaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

_BAR = Markup('<svg class="cb-bar" aria-hidden="true" height="12">{parts}</svg>')
_SURE = Markup('<rect width="{width}%" height="12"/>')
_SPAN = Markup('<rect class="cb-bar__span" x="{x}%" width="{width}%" height="12"/>')
_MORE = Markup('<rect class="cb-bar__span" x="{x}%" width="2%" height="12"/>')

FULL = 97
"""Percent of its column that the longest bar fills; behind it is room for what is over."""


class Amount(NamedTuple):
    """A number to be drawn."""

    value: float
    upper: float | None = None
    """The upper end of a range: drawn paler than what is certain."""
    is_more: bool = False
    """Whether it is known to be more than the value: `16000余`."""

    @property
    def end(self) -> float:
        """Where its bar ends."""
        return self.value if self.upper is None else max(self.value, self.upper)


def bars(amounts: Sequence[Amount | None]) -> list[Markup]:
    """Return a bar for each amount; empty for what is not known, and for all if one is below zero.

    A bar begins at zero, always: a part of a bar would tell of a difference that is not there.
    """
    known = [amount for amount in amounts if amount is not None]
    longest = max((amount.end for amount in known), default=0)
    if longest <= 0 or any(amount.value < 0 for amount in known):
        return [Markup() for _ in amounts]
    return [Markup() if amount is None else _bar(amount, longest) for amount in amounts]


def _bar(amount: Amount, longest: float) -> Markup:
    sure, end = (round(part / longest * FULL, 1) for part in (amount.value, amount.end))
    parts = _SURE.format(width=_percent(sure))
    if end > sure:
        parts += _SPAN.format(x=_percent(sure), width=_percent(round(end - sure, 1)))
    if amount.is_more:
        parts += _MORE.format(x=_percent(end))
    return _BAR.format(parts=parts)


def _percent(width: float) -> str:
    return f"{width:g}"
