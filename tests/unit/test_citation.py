"""References after GB/T 7714-2015."""

from __future__ import annotations

from typing import Any

import pytest

from casebook_site.domain.citation import PageReference, cite_source
from casebook_site.outputs.site.citing import correction
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
        "甲, 乙, 丙, 等. 联村怎样联[M]. 示例社, 2021.",
    ),
    # Books and standards, §4.1: 责任者. 题名: 标准号[S]. 出版地: 出版者, 出版年: 页码.
    (
        {"type": "M", "authors": ["甲"], "publisher": "示例社", "city": "北京", "published": "2021-05",
         "pages": "45-50"},
        "甲. 联村怎样联[M]. 北京: 示例社, 2021: 45-50.",
    ),
    (
        {"type": "S", "number": "GB/T 00000—2015", "publisher": "示例标准社", "published": "2015"},
        "联村怎样联: GB/T 00000—2015[S]. 示例标准社, 2015.",
    ),
    ({"type": "D", "authors": ["甲"]}, "甲. 联村怎样联[D]."),
    (
        {"type": "M", "publisher": "示例社", "published": "2021", "url": URL, "accessed": "2024-01-02"},
        f"联村怎样联[M/OL]. 示例社, 2021[2024-01-02]. {URL}.",
    ),
    # Journals, §4.4: 作者. 题名[J]. 刊名, 年, 卷(期): 页码.
    (
        {"type": "J", "authors": ["甲"], "publisher": "示例学刊", "published": "2022-02", "volume": "12",
         "issue": "3", "pages": "45-50"},
        "甲. 联村怎样联[J]. 示例学刊, 2022, 12(3): 45-50.",
    ),
    (
        {"type": "J", "publisher": "示例学刊", "published": "2022", "issue": "2"},
        "联村怎样联[J]. 示例学刊, 2022(2).",
    ),
    ({"type": "J", "publisher": "示例学刊", "volume": "7"}, "联村怎样联[J]. 示例学刊, 7."),
    (
        {"type": "J", "publisher": "示例学刊", "published": "2022-02", "pages": "2"},
        "联村怎样联[J]. 示例学刊, 2022-02(2).",
    ),
    # Official documents, with their number, §4.6.
    (
        {"type": "A", "publisher": "示例委员会", "number": "示发〔2019〕1号", "published": "2019-01-05"},
        "示例委员会. 联村怎样联: 示发〔2019〕1号[A]. (2019-01-05).",
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


def reference(title: str, author: str, updated: PartialDate | None, url: str) -> PageReference:
    """A page as it is cited."""
    return PageReference(title, author, updated, url)


def test_the_reference_of_a_page_leaves_the_day_of_reading_to_who_cites_it() -> None:
    date = PartialDate(2024, 5, 6)
    assert str(reference("子村", "示例单位", date, URL)) == (
        f"示例单位. 子村[EB/OL]. (2024-05-06)[____-__-__]. {URL}"
    )
    assert str(reference("子村", "示例库", None, "")) == "示例库. 子村[EB/OL]. [____-__-__]."


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        (
            "邮箱 a.b@c.gov.cn，电话 0534-1234567",
            "mailto:a.b@c.gov.cn?subject=%E7%BA%A0%E9%94%99%EF%BC%9A%E5%AD%90%E6%9D%91&body="
            "https%3A//x.example/a.html",
        ),
        ("县委组织部 0533-3241234", "tel:05333241234"),
        ("联系电话：13800138000", "tel:13800138000"),
        ("县委党校办公室", None),
        ("", None),
    ],
)
def test_a_mistake_is_told_by_mail_that_names_the_page_or_by_phone(
    contact: str, href: str | None
) -> None:
    link = correction(contact, "子村", "https://x.example/a.html")
    if href is None:
        assert link is None
    else:
        assert link
        assert (link.href or "").startswith(href)
