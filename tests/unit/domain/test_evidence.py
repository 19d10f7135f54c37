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
    ("more", "said"),
    [
        ({}, "80"),
        ({"qualifier": "about"}, "约80"),
        ({"qualifier": "over"}, "80余"),
        ({"qualifier": "least"}, "不少于80"),
        ({"value": 3, "value_to": 5}, "3—5"),
        ({"value": 1638.5}, "1638.5"),
        ({"value": 2.0}, "2"),
    ],
)
def test_a_value_is_said_with_range_and_qualifier(more: dict[str, Any], said: str) -> None:
    assert evidence.amount(figure(**more)) == said
    assert evidence.quantity(figure(**more)) == f"{said} 个"


def test_a_figure_is_about_a_record() -> None:
    assert evidence.subject_of(figure()) == Key("county", "a")


def test_what_is_recorded_stands_beside_what_is_reported_in_its_unit() -> None:
    assert evidence.recorded_beside(figure(), 5) == "本站收录 5 个"


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
