"""What figures say, and in which order they are shown."""

from __future__ import annotations

from typing import Any

import pytest

from casebook_site.domain import evidence
from casebook_site.outputs.site.charting import amount_of
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


def test_of_a_series_the_newest_leads_and_earlier_ones_follow() -> None:
    figures = [
        figure("a", role="background", as_of="2019"),
        figure("b", role="scale", as_of="2022"),
        figure("c", role="outcome", as_of=PartialDate(2022)),
        figure("d", role="outcome", as_of="2021"),
        figure("e", role="outcome", as_of="2022"),
    ]
    written = {"a": ("x", 0), "b": ("x", 1), "c": ("x", 3), "d": ("x", 4), "e": ("x", 2)}
    assert [f.id for f in evidence.leading_first(figures, written)] == ["e", "c", "b", "d", "a"]


def test_figures_stand_by_role_then_by_the_beginning_of_their_series_and_other_places_last() -> (
    None
):
    rows = {
        "new": {"as_of": "2024", "indicator": "one"},
        "other": {"as_of": "2023", "indicator": "two"},
        "old": {"as_of": "2022", "indicator": "one"},
        "middle": {"as_of": "2023-05", "indicator": "one"},
        "city": {"as_of": "2025", "indicator": "one", "place": "某市", "role": "outcome"},
        "first": {"as_of": "2021", "indicator": "three", "role": "outcome"},
    }
    figures = [figure(id, **more) for id, more in rows.items()]
    written = {id: ("x", number) for number, id in enumerate(rows)}
    order = [f.id for f in evidence.leading_first(figures, written)]
    assert order == ["first", "new", "other", "middle", "old", "city"]
    earlier = {f.id for f in figures if evidence.is_earlier(f, figures)}
    assert earlier == {"old", "middle"}


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2022", "2023", True),
        ("2022", "2022-06", False),
        ("2022-06", "2022", False),
        ("2022-05", "2022-06", True),
        ("2022-06-30", "2022-06", False),
        ("2022-06-01", "2022-06-30", True),
        ("2022-06-30", "2022-07", True),
        ("2023-01", "2022-12-31", False),
    ],
)
def test_a_date_is_before_another_as_far_as_both_say(one: str, other: str, before: bool) -> None:
    assert PartialDate.parse(one).is_before(PartialDate.parse(other)) is before


def test_a_figure_of_another_unit_or_place_is_of_another_series() -> None:
    others = [figure("b", as_of="2024", unit="处"), figure("c", as_of="2024", place="某市")]
    assert not evidence.is_earlier(figure(), others)
    assert evidence.is_earlier(figure(), [*others, figure("d", as_of="2024")])


def test_how_a_figure_was_counted_is_said_as_far_as_it_is_known() -> None:
    assert evidence.details(figure()) == ""
    period = {"from": "2023-01", "to": "2023-06-30"}
    said = evidence.details(figure(period=period, cumulative=True, target=100, denominator=129))
    assert said == "2023年1月至2023年6月30日的数；累计数；目标100个；总数129个"


def test_a_rank_is_said_with_its_word_before_it() -> None:
    assert evidence.quantity(figure(value=369, unit="位", qualifier="ordinal")) == "第369位"
    assert amount_of(figure(value=369, unit="位", qualifier="ordinal")) is None
    assert amount_of(figure()) is not None
