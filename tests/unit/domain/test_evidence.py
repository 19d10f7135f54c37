"""What figures say, and in which order they are shown."""

from __future__ import annotations

from typing import Any

import pytest

from casebook_site.domain import evidence
from casebook_site.records.evidence import Figure
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.keys import Key


def figure(id: str = "f", **more: Any) -> Figure:
    """A figure about a county."""
    given = {"value": 80, "unit": "个", "as_of": "2022", "role": "scale", **more}
    return Figure.model_validate(
        {
            "id": id,
            "name": "党支部",
            "source": "s",
            "about": "county/a",
            "indicator": "branches",
            **given,
        }
    )


@pytest.mark.parametrize(
    ("more", "amount", "quantity"),
    [
        ({}, "80", "80个"),
        ({"qualifier": "about"}, "约80", "约80个"),
        ({"value": 16000, "unit": "人次", "qualifier": "over"}, "16000", "16000余人次"),
        ({"qualifier": "least"}, "不少于80", "不少于80个"),
        ({"value": 3, "value_to": 5}, "3—5", "3—5个"),
        ({"value": 1638.5}, "1638.5", "1638.5个"),
        ({"value": 2.0}, "2", "2个"),
        ({"value": 37974.25, "unit": "万元"}, "37974.25", "37974.25万元"),
        ({"value": 1234567.5, "unit": "m²"}, "1234567.5", "1234567.5 m²"),
        ({"value": 0.00001}, "0.00001", "0.00001个"),
        ({"value": 120000000000000000000}, "120000000000000000000", "120000000000000000000个"),
        ({"value": 95.5, "unit": "%"}, "95.5", "95.5%"),
        ({"value": -3.25, "unit": "℃"}, "-3.25", "-3.25℃"),
    ],
)
def test_a_value_is_said_as_written_with_range_and_qualifier(
    more: dict[str, Any], amount: str, quantity: str
) -> None:
    said = figure(**more)
    assert evidence.amount(said) == amount
    assert evidence.quantity(said) == quantity
    assert evidence.amount(said) + evidence.unit_beside(said) == quantity


def test_a_figure_is_about_a_record() -> None:
    assert evidence.subject_of(figure()) == Key("county", "a")


def test_what_is_recorded_stands_beside_what_is_reported_in_its_unit() -> None:
    assert evidence.recorded_beside(figure(), 5) == "本站收录5个"


def test_the_newest_figure_comes_first_and_exact_dates_before_their_year() -> None:
    dates = {"a": "2021-05", "b": "2022", "c": "2022-03-01", "d": "2022-03", "e": "2021-05"}
    figures = [figure(id, as_of=date) for id, date in dates.items()]
    assert [f.id for f in evidence.newest_first(figures)] == ["c", "d", "b", "a", "e"]


def test_figures_stand_by_role_then_by_date_then_as_written() -> None:
    figures = [
        figure("a", role="background", as_of="2019"),
        figure("b", role="scale", as_of="2022"),
        figure("c", role="outcome", as_of=PartialDate(2022)),
        figure("d", role="outcome", as_of="2021"),
        figure("e", role="outcome", as_of="2022"),
    ]
    written = {"a": ("x", 0), "b": ("x", 1), "c": ("x", 3), "d": ("x", 4), "e": ("x", 2)}
    assert [f.id for f in evidence.by_role(figures, written)] == ["d", "e", "c", "b", "a"]
