"""Numbers and addresses of persons are found in public texts, and nothing else is taken for one."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.base.personal_data import check_character, personal_data_in
from casebook_site.engine.loading import load
from tests.folders import SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

PLACES = {
    "records/counties/jia.yml": "name: 甲县\nprovince: 省\nprefecture: 市\n",
    "records/categories/list.yml": "- {id: industry, name: 产业基地}\n",
}
POINT = "name: 园\ncounty: jia\ncategory: industry\n"


def found(text: str) -> list[tuple[str, str]]:
    """(title, text) of each find."""
    return [(find.title, find.text) for find in personal_data_in(text)]


def identity(area: str, day: datetime.date, order: int) -> str:
    """A number whose check is right."""
    digits = f"{area}{day:%Y%m%d}{order:03}"
    return digits + check_character(digits)


IDENTITIES = st.builds(
    identity,
    st.sampled_from(["370323", "371482", "110101", "659004"]),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2026, 1, 1)),
    st.integers(0, 999),
)


def test_the_check_is_that_of_the_standard() -> None:
    assert check_character("11010519491231002") == "X"  # the example in GB 11643-1999
    assert check_character("44052418800101001") == "4"


@given(
    IDENTITIES, st.sampled_from(["", "身份证", "，号码："]), st.sampled_from(["", "。", "（本人）"])
)
def test_an_identity_number_is_found_in_any_text(number: str, before: str, after: str) -> None:
    assert found(before + number + after) == [("身份证号", number)]
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    assert found(before + spaced + after) == [("身份证号", spaced)]
    wide = number.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})
    assert found(before + wide + after) == [("身份证号", wide)]


@given(IDENTITIES, st.integers(1, 9))
def test_a_number_with_a_wrong_check_is_none(number: str, more: int) -> None:
    last = "0123456789X"
    wrong = number[:17] + last[(last.index(number[17]) + more) % 11]
    assert ("身份证号", wrong) not in found(wrong)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("电话13812345678。", "手机号"),
        ("138-1234-5678", "手机号"),
        ("+86 138 1234 5678", "手机号"),
        ("手机１３８１２３４５６７８", "手机号"),
        ("卡号6222021234567890128", "银行卡号"),
        ("6222 0212 3456 7890 128", "银行卡号"),
        ("身份证370323650312123", "身份证号"),
        ("写信到 zhang.san@qq.com", "个人邮箱"),
        ("zhangsan＠163.com", "个人邮箱"),
        ("车号鲁N12345", "车牌号"),
        ("鲁C·D12345", "车牌号"),
        ("（1985年3月12日出生）", "出生日期"),
        ("张三，出生日期：1985-03-12", "出生日期"),
    ],
)
def test_what_names_a_person_is_found_and_masked(text: str, title: str) -> None:
    (find,) = personal_data_in(text)
    assert find.title == title
    assert find.text in text
    assert "*" in find.masked
    assert find.text not in find.masked


@pytest.mark.parametrize(
    "text",
    [
        "0533-7260000，2022年3月29日生产",
        "代码 370323101001，信用代码 91370323MA3C1234X5",
        "ISBN 978-7-5099-1234-5",
        "https://example.org/20220329/13812345678.html",
        "共13812345678.5元，113812345678人",
        "12345678901234567890123",
        "office@yucheng.gov.cn",
        "烈士生于1914年3月5日",
        "鲁政发〔2022〕12345号",
        "2022-03-29 至 2022-04-01",
    ],
)
def test_what_names_nobody_is_left_alone(text: str) -> None:
    assert found(text) == []


def problems(folder: SiteFolder) -> list[tuple[str, int]]:
    """(file, line) of each problem with personal data."""
    return [(path, line) for path, line, _, code in folder.problems() if code == "CB411"]


def test_public_texts_of_any_field_are_looked_at(site_folder: MakeFolder) -> None:
    park = (
        "visit:\n"
        "  transport: 找老张，13812345678\n"
        '  public_phone: "13912345678"\n'
        'contact: {name: 老张, phone: "13812345678"}\n'
        "guide:\n"
        "  - {stop: 门口, text: 打 138 1234 5678, audience: internal}\n"
        "  - {stop: 果园, text: 打 138 1234 5678}\n"
    )
    hidden = POINT + "audience: internal\nabout: 打 13812345678\n"
    folder = site_folder(
        {
            **PLACES,
            "records/teaching-points/park.yml": POINT + park,
            "records/teaching-points/hidden.yml": hidden,
            "pages/about.md": "# 关于\n\n联系 13812345678\n",
            "pages/inside.md": "---\naudience: internal\n---\n13812345678\n",
        }
    )
    assert problems(folder) == [
        ("pages/about.md", 3),
        ("records/teaching-points/park.yml", 5),
        ("records/teaching-points/park.yml", 10),
    ]


def test_the_settings_may_allow_one_with_a_reason(site_folder: MakeFolder) -> None:
    allowed = [{"text": "13812345678", "reason": "值班手机，镇党委同意公开", "date": "2026-11-30"}]
    folder = site_folder(
        {**PLACES, "records/teaching-points/park.yml": POINT + "about: 打 13812345678\n"}
    )
    assert problems(folder) == [("records/teaching-points/park.yml", 4)]
    assert load(folder.settings(allowed_personal_data=allowed)).problems == ()
