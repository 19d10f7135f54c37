"""What a site builder may set."""

from __future__ import annotations

import pytest

from casebook_site.base.problems import SettingsError
from casebook_site.base.settings import parse_options


def test_nothing_needs_to_be_set() -> None:
    options = parse_options({})
    assert options.audience == "public"
    assert options.publisher.name == ""


@pytest.mark.parametrize(
    ("data", "parts"),
    [
        ({"audiense": "public"}, ["没有“audiense”这一项", "是不是“audience”？"]),
        ({"audience": "secret"}, ["“audience”的值 'secret' 不合要求"]),
        ({"workers": -1}, ["“workers”"]),
        ({"page_size": 5}, ["“page_size”"]),
        ({"publisher": {"nmae": "x"}}, ["没有“publisher.nmae”这一项", "是不是“name”？"]),
        ({"publisher": {"site_code": 123}}, ["“publisher.site_code”"]),
        ({"short_name": "甲县联村党建案例库"}, ["“short_name”有 9 个字，最多 8 个"]),
        ({"workers": "x", "page_size": "y"}, ["“workers”", "“page_size”"]),
    ],
)
def test_every_wrong_option_is_told_in_chinese(data: dict[str, object], parts: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_options(data)
    for part in parts:
        assert part in str(caught.value)
