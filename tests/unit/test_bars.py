"""Bars are lengths from zero, on one scale, and show what is not certain."""

from __future__ import annotations

import re

import pytest

from casebook_site.charts.bars import FULL, Amount, bars


def widths(drawing: str) -> list[float]:
    """The widths of what a drawing fills, in percent."""
    return [float(width) for width in re.findall(r'<rect[^>]* ?width="([\d.]+)%"', drawing)]


@pytest.mark.parametrize("values", [(23, 2), (989.6, 1638.5), (1, 3, 0), (5,), (1e-3, 2e-3)])
def test_lengths_are_as_the_numbers(values: tuple[float, ...]) -> None:
    drawn = [widths(bar)[0] for bar in bars([Amount(value) for value in values])]
    assert max(drawn) == FULL
    for width, value in zip(drawn, values, strict=True):
        assert width == pytest.approx(value / max(values) * FULL, abs=0.06)


def test_a_range_is_paler_from_its_lower_to_its_upper_end() -> None:
    (bar,) = bars([Amount(3, 5)])
    assert widths(bar) == [58.2, 38.8]
    assert 'class="cb-bar__span" x="58.2%"' in bar


def test_what_is_over_a_number_goes_on_behind_its_bar() -> None:
    over, sure = bars([Amount(16000, is_more=True), Amount(8000)])
    assert over.count("<rect") == 2
    assert f'x="{FULL}%"' in over
    assert sure.count("<rect") == 1


def test_what_is_not_known_is_not_drawn_as_nothing() -> None:
    known, unknown = bars([Amount(2), None])
    assert known
    assert not unknown
    assert "<svg" in bars([Amount(0), Amount(1)])[0]


@pytest.mark.parametrize("values", [(), (0, 0), (-1, 2)])
def test_no_bars_where_lengths_would_say_nothing(values: tuple[float, ...]) -> None:
    assert not any(bars([Amount(value) for value in values]))


def test_a_screen_reader_passes_over_a_bar_that_the_table_says() -> None:
    assert 'aria-hidden="true"' in bars([Amount(1)])[0]
