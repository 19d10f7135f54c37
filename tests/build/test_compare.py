"""Counties side by side."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.folders import SiteFolder, written

PLACES = {
    "records/counties/two.yml": (
        "- {id: jia, name: 甲县, province: 示例省}\n- {id: yi, name: 乙市, province: 示例省}\n"
    ),
    "records/sources/daily.yml": (
        "{id: daily, name: 日报, publisher: 某报, type: EB, grade: B, published: 2023, access: 全文}\n"
    ),
}
FIGURE = (
    "- {{id: {id}, name: {name}, value: {value}, unit: {unit}, as_of: {date}, source: daily,"
    " about: county/{county}, role: scale, indicator: {indicator}}}\n"
)
FIGURES = "".join(
    FIGURE.format(id=id, name=name, value=value, unit=unit, date=date, county=county, indicator=of)
    for id, name, value, unit, date, county, of in [
        ("a", "甲县村数", 90, "个", "2021", "jia", "villages"),
        ("b", "甲县村数", 80, "个", "2023", "jia", "villages"),
        ("c", "乙市村数", 40, "个", "2022", "yi", "villages"),
        ("d", "甲县培训", 7, "期", "2022", "jia", "classes"),
        ("e", "乙市培训", 900, "人次", "2022", "yi", "classes"),
        ("f", "乙市党校", 11, "处", "2022", "yi", "schools"),
    ]
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The comparison of two counties."""
    folder = written(
        tmp_path_factory.mktemp("compare"), {**PLACES, "records/figures/list.yml": FIGURES}
    )
    folder.build()
    return (folder.root / "site/compare/index.html").read_text("utf-8")


def part(page: str, id: str) -> str:
    """The text of a part of the page, with a blank for every tag."""
    found = re.search(rf'<section[^>]*aria-labelledby="{id}">.*?</section>', page, re.DOTALL)
    assert found
    return " ".join(re.sub("<[^>]+>", " ", found[0]).split())


def test_the_newest_of_one_indicator_stand_side_by_side(page: str) -> None:
    assert part(page, "same").endswith("村数 80 个 2023年 40 个 2022年")


def test_bars_of_a_row_are_on_one_scale_from_zero(page: str) -> None:
    widths = re.findall(r'<rect width="([\d.]+)%"', page.partition('id="same"')[2])[:2]
    assert float(widths[0]) == pytest.approx(2 * float(widths[1]))


def test_what_cannot_be_compared_stands_apart_in_words(page: str) -> None:
    own = part(page, "own")
    assert own.startswith("口径不同，不作比较")
    for name in ("甲县培训", "乙市培训", "乙市党校"):
        assert name in own
        assert name.removeprefix("甲县").removeprefix("乙市") not in part(page, "same")


def test_one_county_alone_is_not_compared(
    site_folder: Callable[[dict[str, str]], SiteFolder],
) -> None:
    folder = site_folder({"records/counties/jia.yml": "{id: jia, name: 甲县, province: 示例省}\n"})
    folder.build()
    page = (folder.root / "site/compare/index.html").read_text("utf-8")
    assert "收录两个以上县市后" in page
    assert "<table" not in page
