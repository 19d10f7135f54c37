"""A change in a file of records means what it should, and touches nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.editing.round_trip import same
from casebook_site.editing.yaml_text import ABSENT, changed_text, new_text, removed_text
from casebook_site.reading.parsing import parse
from casebook_site.records import KINDS
from tests.examples import one_in
from tests.folders import REPOSITORY
from tests.unit.editing.strategies import record_of

ORDER = [
    "id",
    "name",
    "aliases",
    "county",
    "codes",
    "contact",
    "summary",
    "tags",
    "sources",
    "updated",
]

COMMENTED = """\
# 文件头
name: 甲县   # 正式名称
aliases: [甲,  "乙"]   # 两种叫法
# 代码的注释
codes:
- system: nbs-2023   # 体系
  value: "370323"
  # 第二套
- system: mca-2026
  value: '370323'

summary: |
  第一段。 # 不是注释

  第二段。
# 标签的注释
tags:
    - 一   # 第一
    - 二
sources: [seed]
# 文件尾
"""


def change(text: str, index: int | None = None, **changes: Any) -> str:
    return changed_text(text, index, changes, ORDER)


def test_only_the_changed_line_changes() -> None:
    assert change(COMMENTED, name="乙县") == COMMENTED.replace("name: 甲县 ", "name: 乙县 ")


def test_a_change_inside_a_list_keeps_its_comments_and_quotes() -> None:
    codes = parse(COMMENTED).data["codes"]
    codes[1] = {**codes[1], "value": "371482"}
    assert change(COMMENTED, codes=codes) == COMMENTED.replace("'370323'", "'371482'")


def test_an_added_entry_of_a_list_is_the_only_new_line() -> None:
    text = change(COMMENTED, tags=["一", "二", "三"])
    assert text == COMMENTED.replace("    - 二\n", "    - 二\n    - 三\n")


def test_a_removed_entry_takes_its_own_line() -> None:
    assert change(COMMENTED, tags=["一"]) == COMMENTED.replace("    - 二\n", "")


def test_a_new_field_goes_where_the_model_has_it() -> None:
    text = change(COMMENTED, county="jia")
    assert text == COMMENTED.replace("# 代码的注释", "county: jia\n# 代码的注释")


def test_a_removed_field_takes_nothing_with_it() -> None:
    assert change(COMMENTED, sources=ABSENT) == COMMENTED.replace("sources: [seed]\n", "")


def test_prose_stays_prose() -> None:
    text = change(COMMENTED, summary="新的一段。\n\n另一段。\n")
    assert "summary: |\n  新的一段。\n\n  另一段。\n# 标签的注释" in text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_stay(newline: str) -> None:
    text = COMMENTED.replace("\n", newline)
    assert change(text, name="乙县") == text.replace("name: 甲县 ", "name: 乙县 ")


LIST = """\
# 头
- id: a
  name: 甲   # 一
  sources: [x]

# 第二条
- {id: b, name: 乙, tags: [一, 二]}
- id: c
  name: 丙
"""


def test_one_record_of_a_list() -> None:
    assert change(LIST, 0, name="己") == LIST.replace("甲", "己")
    assert change(LIST, 1, name="己") == LIST.replace("乙", "己")
    assert change(LIST, 2, tags=["一"]) == LIST + "  tags: [一]\n"
    assert change(LIST[:-1], 2, tags=["一"]) == LIST + "  tags: [一]\n"


def test_a_record_is_taken_out_of_a_list() -> None:
    assert removed_text(LIST, 1) == LIST.replace("- {id: b, name: 乙, tags: [一, 二]}\n", "")
    assert removed_text(LIST, 2) == LIST.replace("- id: c\n  name: 丙\n", "")
    assert removed_text("- id: a\n  name: 甲\n", 0) == ""


@pytest.mark.parametrize(
    "text", ["12:30", "no", "2022-03-29", "0123", "= 1", "true", "# x", "a\tb", "一\n 二"]
)
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    assert parse(change(COMMENTED, name=text)).data["name"] == text


@pytest.mark.parametrize(
    "text", [":a", ":", ":>", ":“x", "a:", ": a", "?a", "-a", "，a", "}", "]x"]
)
def test_text_that_means_something_in_brackets_stays_text(text: str) -> None:
    assert parse(change(COMMENTED, tags=[text, "一"])).data["tags"] == [text, "一"]
    assert parse(new_text({"id": "a", "name": "甲", "tags": [text]})).data["tags"] == [text]


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@one_in(10)
def test_any_change_of_any_record_means_what_it_should(kind: str, data: st.DataObject) -> None:
    model = KINDS[kind]
    old, new = (data.draw(record_of(model)) for _ in range(2))
    order = list(model.model_fields)
    neighbour = {"id": "neighbour", "name": "邻居"}
    lines = new_text({"id": old["id"], **old}).split("\n")[:-1]
    text = "".join(
        f"{'  ' if i and line else '' if i else '- '}{line}\n" for i, line in enumerate(lines)
    )
    text += "# 邻居\n- id: neighbour\n  name: 邻居   # 注释\n"
    assert same(parse(text).data, [old, neighbour])
    names = data.draw(st.sets(st.sampled_from(order)))
    changes = {name: new.get(name, ABSENT) for name in names if name not in ("id", "name")}
    text = changed_text(text, 0, changes, order)
    expected = {name: value for name, value in {**old, **changes}.items() if value is not ABSENT}
    assert same(parse(text).data, [expected, neighbour])
    assert text.endswith("# 邻居\n- id: neighbour\n  name: 邻居   # 注释\n")


@pytest.mark.parametrize(
    "site", [pytest.param("content", marks=pytest.mark.slow), "tests/toy_content/content"]
)
def test_a_change_and_back_is_no_change_in_every_record_there_is(site: str) -> None:
    for file in sorted((REPOSITORY / site / "records").rglob("*.yml")):
        text = file.read_text("utf-8")
        found = parse(text).data
        model = next(
            m
            for m in KINDS.values()
            if m.folder == file.relative_to(REPOSITORY / site / "records").parts[0]
        )
        order = list(model.model_fields)
        for index, record in enumerate(found if isinstance(found, list) else [found]):
            at = index if isinstance(found, list) else None
            if index > 3:
                break
            there = changed_text(text, at, {"name": "改过的名称"}, order)
            assert changed_text(there, at, {"name": record["name"]}, order) == text, file
