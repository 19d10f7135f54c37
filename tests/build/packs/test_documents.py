"""What stands in a pack, before it is set."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from casebook_site.base.numerals import chinese_number
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import (
    Heading,
    ItemList,
    Paragraph,
    Picture,
    Sources,
    TableBlock,
)
from casebook_site.outputs.packs.typst import as_data
from tests.build.packs.making import bundle_builder, document_of, toy_builder, toy_scopes
from tests.folders import REPOSITORY, SiteFolder


def composer() -> Composer:
    """An empty pack of the toy."""
    return Composer(toy_builder("public").lookups, {}, "Noto Sans SC")


def texts(document: Any, kind: type) -> list[str]:
    """The texts of all blocks of a sort."""
    if kind is Heading:
        return [b.text for b in document.blocks if isinstance(b, Heading)]
    return [
        "".join(run.text for run in b.runs) for b in document.blocks if isinstance(b, Paragraph)
    ]


LINES = st.lists(
    st.sampled_from(
        [
            "# 一级",
            "###### 六级",
            "### 三级",
            "正文",
            "- 项\n  1. 小项",
            "> 引\n> # 引里",
            "| 列 |\n| - |\n| 格 |",
            "`码`",
            "***",
            "<b>原样</b>",
        ]
    ),
    max_size=8,
)


@given(LINES, st.integers(1, 4))
def test_headings_in_prose_never_skip_a_level(lines: list[str], level: int) -> None:
    here = composer()
    for depth in range(1, level + 1):
        here.heading(depth, "题")
    here.prose("\n\n".join(lines))
    here.heading(level, "下一题")
    levels = [block.level for block in here.blocks if isinstance(block, Heading)]
    assert all(
        1 <= after <= before + 1 for before, after in zip([0, *levels], levels, strict=False)
    )


def headings_below(document: Any, title: str) -> list[str]:
    """The headings of level 2 below one of level 1."""
    found: dict[str, list[str]] = {}
    for block in document.blocks:
        if isinstance(block, Heading):
            if block.level == 1:
                inside = found.setdefault(block.text, [])
            elif block.level == 2:
                inside.append(block.text)
    return found[title]


def test_the_pack_of_a_county_has_its_records_as_readers_expect_them() -> None:
    builder = bundle_builder(SiteFolder(REPOSITORY))
    document = document_of(builder, "county:yucheng")
    schools = headings_below(document, "党校")
    assert schools[0] == "中共禹城市委党校"
    assert [name[:2] for name in schools[1:5]] == ["市中", "禹兴", "伦镇", "房寺"]
    assert headings_below(document, "课程") == ["通识教育模块", "专业教育模块", "专题教育模块"]
    mechanisms = headings_below(document, "运行机制")
    in_the_case = ["动态管理师资库", "师资培训", "问卷评教与年底评估", "年度教学计划"]
    assert [name for name in mechanisms if name in in_the_case] == in_the_case
    [drawn] = [b.alt for b in document.blocks if isinstance(b, Picture) and "镇街收录" in b.alt]
    towns = ["伦镇", "房寺镇", "辛店镇", "辛寨镇", "梁家镇", "莒镇"]
    assert sorted(towns, key=drawn.index) == towns


def test_lists_keep_their_order_and_depth() -> None:
    here = composer()
    here.heading(1, "题")
    here.prose("3. 三\n   - 下\n     - 再下\n4. 四\n")
    [found] = [block for block in here.blocks if isinstance(block, ItemList)]
    assert [(depth, item.marker, item.runs[0].text) for depth, item in found.flat()] == [
        (0, "3.", "三"),
        (1, "•", "下"),
        (2, "•", "再下"),
        (0, "4.", "四"),
    ]


def test_numbers_of_headings_count_as_official_documents_do() -> None:
    assert [chinese_number(n) for n in (1, 10, 11, 20, 99, 100)] == [
        "一", "十", "十一", "二十", "九十九", "100",
    ]  # fmt: skip
    here = composer()
    for level in (1, 2, 2, 3, 1, 2):
        here.heading(level, "题")
    numbers = [block.number for block in here.blocks if isinstance(block, Heading)]
    assert numbers == ["一、", "（一）", "（二）", "1.", "二、", "（一）"]


def test_sources_are_numbered_in_the_order_of_citation() -> None:
    for scope in toy_scopes("internal"):
        document = toy_builder("internal").document(scope)
        [listed] = [b for b in document.blocks if isinstance(b, Sources)] or [Sources(())]
        cited = _cites(as_data(document))
        assert [number for number, *_ in listed.items] == list(range(1, len(listed.items) + 1))
        assert cited <= {number for number, *_ in listed.items}


def _cites(value: Any) -> set[int]:
    if isinstance(value, dict):
        own = {value["cite"]} if value.get("cite") else set()
        return own.union(*map(_cites, value.values()))
    if isinstance(value, list | tuple):
        return set().union(*map(_cites, value))
    return set()


def test_a_class_has_all_that_its_host_must_print() -> None:
    document = document_of(toy_builder("internal"), "class:spring")
    parts = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]
    assert parts[:6] == ["办班方案", "日程", "签到表", "课程", "现场教学", "评教问卷"]
    tables = {b.title: b for b in document.blocks if isinstance(b, TableBlock)}
    procedure = ["".join(run.text for run in row[2]) for row in tables["“5+1+N”核对"].rows]
    assert procedure == ["有"] * 5 + ["2次", "1项", "本班2天，已满足"]
    times = ["".join(run.text for run in row[0]) for row in tables["日程"].rows]
    assert (times[0], times[5]) == ("第一天 08:30—08:40", "第二天 09:00—10:00")
    assert len(tables["签到表"].rows) == 45
    assert any("离丙镇中心直线约" in text for text in texts(document, Paragraph))


def test_a_class_says_what_the_year_still_asks_for(toy: SiteFolder) -> None:
    toy.edit("content/records/training-classes/spring.yml", "days: 2", "days: 1")
    toy.edit("content/records/training-classes/spring.yml", "counts_whole_minimum: true\n", "")
    document = document_of(bundle_builder(toy, "internal"), "class:spring")
    [table] = [b for b in document.blocks if isinstance(b, TableBlock) and "核对" in b.title]
    assert table.rows[-1][2][0].text == "本班1天，全年还差1天"


def test_a_sheet_has_no_numbers_and_shows_where_the_place_is() -> None:
    document = document_of(toy_builder("public"), "point:zi-park")
    assert {b.number for b in document.blocks if isinstance(b, Heading)} == {""}
    captions = [b.caption for b in document.blocks if isinstance(b, Picture)]
    assert "丙镇在甲县。示意图，不表示行政区域界线" in captions


def test_answers_stand_on_a_page_after_the_questions() -> None:
    document = document_of(toy_builder("public"), "township:bing")
    kinds = [(b.kind, getattr(b, "text", "")) for b in document.blocks]
    asked, broken, answered = (
        kinds.index(("heading", "自测题")),
        kinds.index(("new-page", "")),
        kinds.index(("heading", "参考答案")),
    )
    assert asked < broken < answered
    lists = [b for b in document.blocks[asked:] if isinstance(b, ItemList)]
    assert [item.marker for item in lists[0].items[0].items] == ["A.", "B."]
    answers = [b for b in document.blocks[answered:] if isinstance(b, ItemList)]
    assert any("章程" in item.runs[0].text for found in answers for item in found.items)


def test_terms_that_are_linked_to_are_explained() -> None:
    document = document_of(toy_builder("public"), "case:jia-case")
    terms = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 2]
    known = toy_builder("public").lookups.edition.records["term"]
    assert any(term.name in terms for term in known.values())
