"""References after GB/T 7714-2015."""

from __future__ import annotations

from typing import Any

import pytest

from casebook_site.domain.citation import cite_page, cite_source
from casebook_site.records.evidence import Source
from casebook_site.schema.dates import PartialDate

URL = "https://example.org/1"

CASES: list[tuple[dict[str, Any], str]] = [
    # Newspapers, §4.4: 题名[N]. 报纸名, 日期(版次)[引用日期]. 网址.
    (
        {"type": "N", "publisher": "示例日报", "published": "2022-09-13", "pages": "19"},
        "联村怎样联[N]. 示例日报, 2022-09-13(19).",
    ),
    (
        {"type": "N", "publisher": "示例日报", "published": "2022-09-13", "pages": "19",
         "url": URL, "accessed": "2024-01-02"},
        f"联村怎样联[N/OL]. 示例日报, 2022-09-13(19)[2024-01-02]. {URL}.",
    ),
    ({"type": "N", "publisher": "示例日报"}, "联村怎样联[N]. 示例日报."),
    # Authors stand first, and of more than three the first three, §8.1.
    (
        {"type": "N", "authors": ["甲"], "publisher": "示例日报", "published": "2022-09-13"},
        "甲. 联村怎样联[N]. 示例日报, 2022-09-13.",
    ),
    (
        {"type": "M", "authors": ["甲", "乙", "丙", "丁"], "publisher": "示例社", "published": "2021"},
        "甲, 乙, 丙, 等. 联村怎样联[M]. (2021).",
    ),
    # Everything else, §4.6: 责任者. 题名[EB/OL]. (发布日期)[引用日期]. 网址.
    (
        {"type": "EB", "publisher": "示例网", "published": "2022-03", "url": URL,
         "accessed": "2024-01-02"},
        f"示例网. 联村怎样联[EB/OL]. (2022-03)[2024-01-02]. {URL}.",
    ),
    ({"type": "R", "publisher": "示例研究所", "published": "2021"}, "示例研究所. 联村怎样联[R]. (2021)."),
    ({"type": "Z"}, "联村怎样联[Z]."),
    ({"type": "DS", "url": URL, "accessed": "2024"}, f"联村怎样联[DS/OL]. [2024]. {URL}."),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "reference"), CASES)
def test_references_of_sources(fields: dict[str, Any], reference: str) -> None:
    source = Source.model_validate({"id": "a", "name": "联村怎样联", "grade": "A", **fields})
    assert cite_source(source) == reference


def test_the_reference_of_a_page_names_the_publisher_or_else_the_site() -> None:
    date = PartialDate(2024, 5, 6)
    assert cite_page("子村", "示例库", "示例单位", date, URL) == (
        f"示例单位. 子村[EB/OL]. (2024-05-06)[引用日期]. {URL}"
    )
    assert cite_page("子村", "示例库", "", None, URL) == f"示例库. 子村[EB/OL]. [引用日期]. {URL}"
