"""Figures as what charts draw."""

from __future__ import annotations

from casebook_site.charts.bars import Amount
from casebook_site.records.evidence import Figure


def amount_of(figure: Figure) -> Amount | None:
    """Return a figure as what a bar draws; None for a rank, whose length would mean nothing."""
    if figure.qualifier == "ordinal":
        return None
    return Amount(figure.value, figure.value_to, is_more=figure.qualifier == "over")
