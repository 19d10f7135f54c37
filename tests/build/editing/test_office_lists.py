"""Lists that an office already has come in by a mapping that is kept; nothing in them is guessed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from casebook_site.editing.near_names import inside, near
from casebook_site.editing.office_headings import phone_and_rest
from tests.folders import SiteFolder

Rows = list[list[Any]]
HEAD = [
    "序号",
    "基地名称",
    "类型",
    "所属镇街",
    "地址",
    "负责人",
    "联系电话",
    "开放时间",
    "简介",
    "备注",
]
ONE = [
    1,
    "红色纪念馆",
    "党性教育",
    "丙镇",
    "丙镇东街1号",
    "张三",
    "13800000000",
    "全天",
    "看一看",
    "常来",
]
TWO = [2, "社区中心", "特色村类", "丁街道", "西路", "李四", "0534-1234567", "预约", "学一学", None]
MAP = "content/imports/名册.yml"


def without(rows: Rows, *headings: str) -> Rows:
    keep = [n for n, heading in enumerate(HEAD) if heading not in headings]
    return [[row[n] for n in keep] for row in rows]


def save(path: Path, *sheets: Rows, merged: Sequence[str] = ()) -> None:
    book = Workbook()
    for number, rows in enumerate(sheets):
        page = book.create_sheet(f"第{number + 1}张") if number else book.active
        assert isinstance(page, Worksheet)
        for row in rows:
            page.append(row)
        for area in merged:
            page.merge_cells(area)
    book.save(path)


def title(path: Path) -> None:
    save(path, [["甲县党员教育基地名册"], ["填报单位：组织部"], HEAD, ONE, TWO], merged=["A1:J1"])


def totals(path: Path) -> None:
    save(path, [HEAD, ONE, TWO, ["合计", None, 2], ["注：截至年底"], [None, "填表人：王五"]])


def category_bands(path: Path) -> None:
    one, two = without([HEAD, ONE, TWO], "类型")[1:]
    head = without([HEAD], "类型")[0]
    rows = [head, ["一、党性教育类（1处）"], one, ["小计", 1], ["二、特色村"], two]
    save(path, rows, merged=["A2:I2"])


def township_bands(path: Path) -> None:
    head, one, two = without([HEAD, ONE, TWO], "所属镇街")
    save(path, [head, ["丙镇"], one, ["丁街道："], two])


def two_heads(path: Path) -> None:
    top = [*HEAD[:5], "负责人", None, *HEAD[7:]]
    below = [None] * 5 + ["姓名", "电话"] + [None] * 3
    areas = [f"{letter}1:{letter}2" for letter in "ABCDEHIJ"]
    save(path, [top, below, ONE, TWO], merged=["F1:G1", *areas])


def two_sheets(path: Path) -> None:
    save(path, [HEAD, ONE], [["说明"], ["随便写写"]], [["另一张"], HEAD, TWO])


def pages(path: Path) -> None:
    save(path, [HEAD, ONE, HEAD, TWO])


def other_words(path: Path) -> None:
    words = {
        "基地名称": "教学点名称",
        "类型": "类别",
        "所属镇街": "乡镇",
        "地址": "详细地址",
        "联系电话": "手机号",
    }
    save(path, [[words.get(heading, heading) for heading in HEAD], ONE, TWO])


def other_order(path: Path) -> None:
    save(path, [row[::-1] for row in (HEAD, ONE, TWO)])


def one_contact(path: Path) -> None:
    rows = [[*row[:5], f"{row[5]} {row[6]}", *row[7:]] for row in (ONE, TWO)]
    save(path, [[*HEAD[:5], "联系人及电话", *HEAD[7:]], *rows])


def phones_by_their_look(path: Path) -> None:
    save(path, [[*HEAD[:6], "值班", *HEAD[7:]], ONE, TWO])


def merged_down(path: Path) -> None:
    two = [*TWO[:2], None, None, *TWO[4:]]
    save(path, [HEAD, ONE, two, [*TWO[:1], "又一处", *TWO[2:]]], merged=["C2:C3", "D2:D3"])


def address_alone(path: Path) -> None:
    rows = [ONE, [*TWO[:4], "甲县丁街道西路", *TWO[5:]]]
    save(path, without([HEAD, *rows], "所属镇街"))


SHAPES = [
    title, totals, category_bands, township_bands, two_heads, two_sheets, pages, other_words, other_order,
    one_contact, phones_by_their_look, merged_down, address_alone,
]  # fmt: skip


def imports(toy: SiteFolder, *options: str) -> tuple[int, str, str]:
    command = ("import", "名册.xlsx", "--kind", "teaching-point", "--map", *options)
    done = toy.casebook(*command)
    return done.returncode, done.stdout, done.stderr


def added(text: str) -> dict[str, dict[str, Any]]:
    """Name → field → value of the records that came new."""
    return {
        change["name"]: {field["field"]: field["new"] for field in change["fields"]}
        for change in json.loads(text)["changes"]
    }


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_lists_of_every_shape_come_in_without_a_question(
    toy: SiteFolder, shape: Callable[[Path], None]
) -> None:
    shape(toy.root / "名册.xlsx")
    code, out, err = imports(toy, "--json")
    assert code == 0, out + err
    found = added(out)
    one = found["红色纪念馆"]
    assert (one["county"], one["township"], one["category"]) == ("jia", "bing", "party_spirit")
    assert (one["contact.name"], one["contact.phone"]) == ("张三", "13800000000")
    assert (one["address"], one["visit_hours"]) == ("丙镇东街1号", "全天")
    assert (one["summary"], one["remarks"]) == ("看一看", "常来")
    two = found["社区中心"]
    assert two["county"] == "jia"
    if shape is not merged_down:
        assert (two["township"], two["category"]) == ("ding", "village")
    assert two["contact.phone"] == "0534-1234567"
    assert not {"合计", "小计", "注：截至年底", "填表人：王五"} & found.keys()
    assert toy.problems() == []


def test_what_was_not_placed_is_listed(toy: SiteFolder) -> None:
    save(toy.root / "名册.xlsx", [[*HEAD, "级别"], [*ONE, "市级"], ["合计", "1处"]])
    code, _, err = imports(toy)
    assert code == 0
    assert "“Sheet”的列：序号、级别" in err
    assert "“Sheet”第 3 行：合计　1处" in err


def test_what_is_unsure_is_asked_once_and_the_answer_is_kept(toy: SiteFolder) -> None:
    save(toy.root / "名册.xlsx", [HEAD, [*ONE[:2], "红色资源", *ONE[3:]], TWO])
    before = toy.problems()
    code, out, _ = imports(toy)
    assert code == 1
    (line,) = out.splitlines()
    assert line.startswith(f"{MAP}:")
    assert "CB907 “红色资源”指的是什么" in line
    assert toy.problems() == before
    toy.edit(MAP, "红色资源:", "红色资源: party_spirit  # 问过组织部")
    code, out, err = imports(toy, "--json")
    assert code == 0, out + err
    assert added(out)["红色纪念馆"]["category"] == "party_spirit"
    assert "# 问过组织部" in (toy.root / MAP).read_text("utf-8")


def test_a_phone_of_nobody_stays_internal(toy: SiteFolder) -> None:
    save(toy.root / "名册.xlsx", without([HEAD, ONE], "负责人"))
    code, out, err = imports(toy, "--json")
    assert code == 0, out + err
    assert added(out)["红色纪念馆"]["remarks"] == "常来\n电话：13800000000"


def test_two_columns_for_one_field_are_asked(toy: SiteFolder) -> None:
    save(toy.root / "名册.xlsx", [[*HEAD, "手机"], [*ONE, "13900000000"]])
    code, out, _ = imports(toy)
    assert (code, out.count("CB907")) == (1, 2)


def test_next_year_s_list_changes_what_changed_and_keeps_newer_work(toy: SiteFolder) -> None:
    save(toy.root / "名册.xlsx", [HEAD, ONE, TWO])
    assert imports(toy)[0] == 0
    file = "content/records/teaching-points/hong-se-ji-nian-guan.yml"
    toy.edit(file, "看一看", "在文件里改过")
    assert "没有改动" in imports(toy)[2]
    book = load_workbook(toy.root / "名册.xlsx")
    page = book.active
    assert isinstance(page, Worksheet)
    page["H2"] = "只在周末"
    page.append([3, "新的一处", *TWO[2:]])
    book.save(toy.root / "名册.xlsx")
    code, out, err = imports(toy, "--json")
    assert code == 0, out + err
    found = added(out)
    assert found["红色纪念馆"] == {"visit_hours": "只在周末"}
    assert found.keys() == {"红色纪念馆", "新的一处"}
    assert "在文件里改过" in (toy.root / file).read_text("utf-8")


def test_a_name_that_is_recorded_there_is_asked_and_can_be_told(toy: SiteFolder) -> None:
    park = toy.catalog().records["teaching-point"]["zi-park"]
    save(toy.root / "名册.xlsx", [HEAD, [1, park.name, "产业基地", "丙镇", *ONE[4:]]])
    code, out, _ = imports(toy)
    assert code == 1
    assert "Sheet!A2: CB905" in out
    text = (toy.root / MAP).read_text("utf-8")
    (toy.root / MAP).write_text(f"{text}values:\n  id: {{{park.name}: zi-park}}\n", "utf-8")
    code, out, err = imports(toy, "--json", "--dry-run")
    assert code == 0, out + err
    assert [change["id"] for change in json.loads(out)["changes"]] == ["zi-park"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [([["随便"], ["写写"]], "看不出列标题"), ([HEAD], "没有改动")],
)
def test_what_is_no_list_changes_nothing(toy: SiteFolder, rows: Rows, told: str) -> None:
    save(toy.root / "名册.xlsx", rows)
    _, out, err = imports(toy)
    assert told.removeprefix("看不出") in out + err


@pytest.mark.parametrize(
    "text", ["- a", "kind: teaching-point\ncolums: {}", "kind: [", "kind: nothing"]
)
def test_a_mapping_that_is_wrong_is_told(toy: SiteFolder, text: str) -> None:
    save(toy.root / "名册.xlsx", [HEAD, ONE])
    toy.write("imports/名册.yml", text)
    code, out, err = imports(toy)
    assert code in (1, 2)
    assert MAP in out or "--kind" in err


def test_names_are_near_only_where_one_is_meant() -> None:
    towns = {"燕崖镇": "yanya", "南鲁山镇": "nan", "鲁山镇": "lu"}
    assert near("燕崖", towns) == "yanya"
    assert near("鲁山镇", towns) == "lu"
    assert near("某镇", towns) is None
    assert inside("沂源县南鲁山镇东村", towns) == "nan"
    assert inside("燕崖镇与鲁山镇之间", towns) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张三 13800000000", ("13800000000", "张三")),
        ("李四：0534-1234567、13900000000", ("0534-1234567、13900000000", "李四")),
        ("王五", ("", "王五")),
    ],
)
def test_a_phone_is_told_from_a_name(text: str, found: tuple[str, str]) -> None:
    assert phone_and_rest(text) == found
