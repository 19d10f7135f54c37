"""Pydantic's errors in Chinese, each at its place."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from casebook_site.base.problems import Location, Problem
from casebook_site.reading.parsing import parse
from casebook_site.records import KINDS
from casebook_site.schema.messages import explain
from casebook_site.schema.walking import field_paths, vocabulary_of


def problems_of(kind: str, text: str) -> list[Problem]:
    """What is said about one record written as YAML."""
    parsed = parse(text)
    assert not parsed.faults

    def locate(path: tuple[str | int, ...] = (), *, key: bool = False) -> Location:
        return Location("x.yml", *parsed.place(path, key=key))

    data: Any = parsed.data
    with pytest.raises(ValidationError) as caught:
        KINDS[kind].model_validate(data)
    return list(explain(KINDS[kind], caught.value, locate, data))


CASES: list[tuple[str, str, tuple[int, int, str], list[str]]] = [
    # kind, text, (line, column, code), parts of what is said
    ("term", "id: a\nname: x", (1, 1, "CB201"), ["缺少必填的释义（definition）"]),
    ("term", "id: a\nname: x\ndefinition: 释\ntagss: [a]", (4, 1, "CB202"), ["是不是“tags”？"]),
    (
        "term",
        "id: a\nname: x\ndefinition: 释\n标签: [a]",
        (4, 1, "CB202"),
        ["字段名用英文，写作 tags"],
    ),
    ("term", "id: a\nname: x\ndefinition: 释\nqqqqq: 1", (4, 1, "CB202"), ["可用的有：id、name"]),
    ("term", "id: a\nname: x\ndefinition: 12", (3, 13, "CB110"), ['加引号写作 "12"']),
    ("term", "id: a\nname: true\ndefinition: 释", (2, 7, "CB110"), ['加引号写作 "true"']),
    (
        "term",
        "id: a\nname: 2022-03-29\ndefinition: 释",
        (2, 7, "CB110"),
        ["读成日期", '"2022-03-29"'],
    ),
    ("term", "id: a\nname:\ndefinition: 释", (2, 6, "CB203"), ["没有内容", "删去这一行"]),
    ("term", "id: a\nname: '  '\ndefinition: 释", (2, 7, "CB203"), ["内容为空"]),
    ("term", "id: a\nname: [x]\ndefinition: 释", (2, 7, "CB203"), ["要写一段文字"]),
    ("term", "id: a\nname: x\ndefinition: 释\ntags: z", (4, 7, "CB203"), ["要写成列表"]),
    ("term", "id: a\nname: x\ndefinition: 释\ntags:", (4, 1, "CB203"), ["“tags”下面没有内容"]),
    ("term", "id: a\nname: x\ndefinition: 释\ntags: [a, 2]", (4, 11, "CB110"), ['"2"']),
    (
        "term",
        "id: a\nname: x\ndefinition: 释\naudience: Public",
        (4, 11, "CB204"),
        ["不能写“Public”", "是不是“public”？"],
    ),
    ("term", "id: a\nname: x\ndefinition: 释\nupdated: 2022/3", (4, 10, "CB205"), ["2022-03-29"]),
    (
        "term",
        "id: a\nname: x\ndefinition: 释\nmedia: [{file: a.png, title: b}]",
        (4, 9, "CB201"),
        ["来源署名（credit）"],
    ),
    (
        "term",
        "id: a\nname: x\ndefinition: 释\nmedia: [a.png]",
        (4, 9, "CB203"),
        ["下一级的“字段: 值”"],
    ),
    (
        "term",
        "id: a\nname: x\ndefinition: 释\nevents: [{date: 2022, title: b, sources: []}]",
        (4, 42, "CB203"),
        ["至少要有 1 项"],
    ),
    (
        "term",
        "id: a\nname: x\ndefinition: 释\ndoubts: [{text: b, source: c}]",
        (4, 20, "CB202"),
        ["是不是“sources”？"],
    ),
    (
        "teaching-point",
        "id: a\nname: x\ncounty: j\ncategory: industry\ncapacity: 80人",
        (5, 11, "CB203"),
        ["容量（capacity）要写数字", "不带单位"],
    ),
    (
        "teaching-point",
        "id: a\nname: x\ncounty: j\ncategory: industry\ncapacity: -1",
        (5, 11, "CB203"),
        ["不小于 0"],
    ),
    (
        "teaching-point",
        "id: a\nname: x\ncounty: j\ncategory: industry\ncapacity: 1.5",
        (5, 11, "CB203"),
        ["要写数字"],
    ),
    (
        "party-school",
        "id: a\nname: x\nlevel: municipal\ncounty: j\n"
        "year_plans: [{year: 22, ordinary_days: 1, cadre_days: 2}]",
        (5, 21, "CB203"),
        ["年度（year）“22”超出范围", "不小于 1990"],
    ),
    (
        "figure",
        "id: a\nname: x\nvalue: 1,000\nunit: 个\nas_of: 2022\nsource: s\nabout: county/j\n"
        "role: scale\nindicator: i",
        (3, 8, "CB203"),
        ["数值（value）要写数字", "“1,000”", "逗号"],
    ),
    (
        "figure",
        "id: a\nname: x\nvalue: 1\nunit: 个\nas_of: 2022\nsource: s\nabout: county/j\n"
        "role: scale\nindicator: 人口",
        (9, 12, "CB203"),
        ["指标（indicator）“人口”写法不对"],
    ),
    (
        "figure",
        "id: a\nname: x\nvalue: 1\nunit: 个\nas_of: 2022\nabout: county/j\nrole: scale\n"
        "indicator: i",
        (1, 1, "CB403"),
        ["缺少数据来源（source）"],
    ),
    (
        "training-class",
        "id: a\nname: x\nschool: s\nbegins: 2022-05-06\ntrainees: cadre\ndays: 0\n"
        "sessions: [{title: t}]",
        (6, 7, "CB203"),
        ["大于 0"],
    ),
    (
        "training-class",
        "id: a\nname: x\nschool: s\nbegins: 2022-05-06\ntrainees: cadre\ndays: 1\n"
        "sessions: [{title: t, own: 1}]",
        (7, 28, "CB203"),
        ["true 或 false"],
    ),
    (
        "party-school",
        "id: a\nname: x\nlevel: township\ncounty: j\nsix: {plan: {state: unknown}}",
        (5, 6, "CB201"),
        ["有组织机构（organisation）"],
    ),
    (
        "county",
        "id: a\nname: x\nprovince: p\nprefecture: q\ncodes: [{system: nbs-2023, value: 370323}]",
        (5, 35, "CB110"),
        ['"370323"'],
    ),
    (
        "county",
        'id: a\nname: x\nprovince: p\nprefecture: q\ncodes: [{system: nbs-2023, value: "3703"}]',
        (5, 35, "CB208"),
        ["“3703”写法不对", "6 位"],
    ),
    (
        "county",
        'id: a\nname: x\nprovince: p\nprefecture: q\ncodes: [{system: nbs-2032, value: "370323"}]',
        (5, 18, "CB204"),
        ["是不是“nbs-2023”？"],
    ),
    (
        "source",
        "id: a\nname: x\ntype: EB\ngrade: A\nurl: ftp://x",
        (5, 6, "CB203"),
        ["网址（url）"],
    ),
    (
        "source",
        "id: a\nname: x\ntype: EB\ngrade: A\nurl: https://x.cn",
        (1, 1, "CB203"),
        ["查阅日期"],
    ),
]


@pytest.mark.parametrize(("kind", "text", "place", "parts"), CASES, ids=range(len(CASES)))
def test_each_error_is_told_in_chinese_at_its_place(
    kind: str, text: str, place: tuple[int, int, str], parts: list[str]
) -> None:
    found = problems_of(kind, text)
    told = [p.text for p in found if (p.location.line, p.location.column, p.code) == place]
    assert told, found
    for part in parts:
        assert any(part in text for text in told), told


@pytest.mark.parametrize(("kind", "text", "place", "parts"), CASES, ids=range(len(CASES)))
def test_messages_are_whole_chinese_sentences(
    kind: str, text: str, place: object, parts: object
) -> None:
    for problem in problems_of(kind, text):
        assert problem.message.endswith("。")
        assert "Input should" not in problem.text
        assert "Field required" not in problem.text


def test_a_choice_that_is_not_allowed_is_told_with_all_that_are() -> None:
    for kind, model in KINDS.items():
        for path in field_paths(model):
            choices = vocabulary_of(path.info)
            if choices and len(path.steps) == 1 and path.marker is None:
                found = problems_of(kind, f"name: 甲\n{path.steps[0]}: qqq\n")
                (told,) = (p for p in found if p.code == "CB204")
                assert all(choice in told.remedy for choice in choices), told
