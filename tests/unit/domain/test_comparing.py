"""Which figures are compared, and what is said of them."""

from __future__ import annotations

from typing import Any

import pytest

from casebook_site.domain.comparing import (
    peers_of,
    series_of,
    told_of_peers,
    told_of_records,
    told_of_series,
)
from casebook_site.records.evidence import Figure


def figure(id: str, value: float, **fields: Any) -> Figure:
    """A figure of 甲县's villages in 2022, but for what is given."""
    given = {
        "name": id,
        "unit": "个",
        "as_of": "2022",
        "source": "daily",
        "about": "county/jia",
        "role": "scale",
        "indicator": "villages",
    }
    return Figure.model_validate({**given, "id": id, "value": value, **fields})


def test_a_series_is_of_one_thing_in_one_unit_by_date() -> None:
    here = figure("b", 20, as_of="2023")
    others = [
        figure("c", 30, as_of="2024-05"),
        figure("a", 10, as_of="2021"),
        figure("other-place", 1, as_of="2020", place="示例市"),
        figure("other-unit", 1, as_of="2020", unit="处"),
        figure("other-record", 1, as_of="2020", about="county/yi"),
        figure("other-indicator", 1, as_of="2020", indicator="towns"),
    ]
    assert [one.id for one in series_of(here, others)] == ["a", "b", "c"]


def test_peers_are_the_newest_of_each_record_of_the_kind_the_largest_first() -> None:
    here = figure("jia", 20)
    others = [
        figure("yi-old", 99, as_of="2019", about="county/yi"),
        figure("yi", 30, as_of="2021", about="county/yi"),
        figure("bing", 5, about="county/bing"),
        figure("town", 7, about="township/ding"),
        figure("province", 900, about="county/wu", place="示例省"),
        here,
    ]
    assert [one.id for one in peers_of(here, others)] == ["yi", "jia", "bing"]


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ({"value": 10}, {"value": 12.5}, "2021年到2024年增加2.5个"),
        ({"value": 0.3}, {"value": 0.1}, "2021年到2024年减少0.2个"),
        ({"value": 7}, {"value": 7}, "2021年到2024年都是7个"),
        ({"value": 7, "qualifier": "about"}, {"value": 9}, "2021年约7个，2024年9个"),
        ({"value": 3, "value_to": 5}, {"value": 9}, "2021年3—5个，2024年9个"),
        ({"value": 7, "conflicts_with": ["last"]}, {"value": 9}, "2021年7个，2024年9个"),
    ],
)
def test_a_difference_is_told_only_between_exact_and_undisputed_numbers(
    first: dict[str, Any], last: dict[str, Any], told: str
) -> None:
    series = [figure("first", as_of="2021", **first), figure("last", as_of="2024", **last)]
    assert told_of_series(series) == told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([9, 7], "乙7个，甲9个"),
        ([9, 7, 5], "乙7个，3个镇街中第2多"),
        ([9, 7, 7], "乙7个，3个镇街中并列最少"),
        ([7, 5, 3], "甲7个，3个镇街中最多"),
        ([7, 7, 7], "3个镇街中都是7个"),
    ],
)
def test_a_rank_is_told_with_what_stands_beside_it(values: list[int], told: str) -> None:
    peers = [
        figure(name, value, about=f"township/{name}")
        for name, value in zip("abc", values, strict=False)
    ]
    here = next(one for one in peers if "甲" in told[:1] or one.id == "b")
    assert told_of_peers(here, peers, ["甲", "乙", "丙"], "镇街") == told


def test_no_rank_is_told_among_numbers_that_are_not_exact() -> None:
    peers = [
        figure("a", 9, about="township/a", qualifier="over"),
        figure("b", 7, about="township/b"),
        figure("c", 5, about="township/c"),
    ]
    assert told_of_peers(peers[1], peers, ["甲", "乙", "丙"], "镇街") == "乙7个，3个镇街"


def test_reported_and_recorded_stand_in_one_sentence() -> None:
    assert told_of_records(figure("a", 12, qualifier="over"), 2, "报道") == (
        "报道12余个，本站收录2个"
    )
    assert told_of_records(figure("a", 2), 2, "名单") == "名单2个，本站收录2个"
