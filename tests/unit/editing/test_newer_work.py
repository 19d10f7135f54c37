"""What is newer than a workbook is never lost: sheets, files and what was exported are compared."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook_site.editing.imported import Imported
from casebook_site.model.catalog import Key
from tests.folders import SiteFolder
from tests.unit.editing.workbooks import catalog_of, cell, exported, imported, row_of

POINTS, TERMS, EVENTS = "基层教学点", "术语", "大事"


def term(id: str, name: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    return "term", {"id": id, "name": name, "definition": "原来", **fields}


def test_an_untouched_workbook_reverts_nothing(tmp_path: Path) -> None:
    catalog, written = catalog_of([term("a", "甲"), term("b", "乙")])
    book = exported(catalog, written)
    changed = term("a", "甲改名", definition="新的", tags=["一"])
    event = {"date": 2020, "title": "一", "sources": ["s"]}
    newer, now = catalog_of([changed, term("b", "乙"), term("c", "丙", events=[event])])
    plan = imported(tmp_path / "b.xlsx", book, newer, now)
    assert (plan.records, plan.absent, plan.problems) == ({}, [], [])
    del book[TERMS]
    plan = imported(tmp_path / "b.xlsx", book, newer, now)
    assert (plan.records, plan.absent, plan.problems) == ({}, [], [])


def test_what_was_touched_on_one_side_is_taken_from_there(tmp_path: Path) -> None:
    catalog, written = catalog_of([term("a", "甲")])
    book = exported(catalog, written)
    cell(book, TERMS, "释义", row_of(book, TERMS, "a")).value = "表里的"
    newer, now = catalog_of([term("a", "文件里的")])
    plan = imported(tmp_path / "b.xlsx", book, newer, now)
    assert plan.problems == []
    assert plan.records[Key("term", "a")]["name"] == "文件里的"
    assert plan.records[Key("term", "a")]["definition"] == "表里的"


@pytest.mark.parametrize(
    ("prefer", "definition"), [("files", None), ("sheets", "表里的"), ("", None)]
)
def test_what_was_touched_on_both_sides_is_asked(
    tmp_path: Path, prefer: str, definition: str | None
) -> None:
    catalog, written = catalog_of([term("a", "甲")])
    book = exported(catalog, written)
    target = cell(book, TERMS, "释义", row_of(book, TERMS, "a"))
    target.value = "表里的"
    newer, now = catalog_of([term("a", "甲", definition="文件里的")])
    plan = imported(tmp_path / "b.xlsx", book, newer, now, prefer=prefer)
    asked = [(str(p.location), p.code) for p in plan.problems]
    assert asked == ([(f"{TERMS}!{target.coordinate}", "CB906")] if not prefer else [])
    record = plan.records.get(Key("term", "a"), {})
    assert record.get("definition") == definition


def test_the_same_change_on_both_sides_is_no_question(tmp_path: Path) -> None:
    catalog, written = catalog_of([term("a", "甲")])
    book = exported(catalog, written)
    cell(book, TERMS, "释义", row_of(book, TERMS, "a")).value = "一样"
    newer, now = catalog_of([term("a", "甲", definition="一样")])
    plan = imported(tmp_path / "b.xlsx", book, newer, now)
    assert (plan.records, plan.problems) == ({}, [])


def test_lists_are_compared_as_a_whole(tmp_path: Path) -> None:
    one: dict[str, Any] = {"date": 2020, "title": "一", "sources": ["s"]}
    two: dict[str, Any] = {"date": 2021, "title": "二", "sources": ["s"]}
    press = {"id": "s", "name": "报", "type": "N", "grade": "B", "access": "全文"}
    catalog, written = catalog_of([term("a", "甲", events=[one]), ("source", press)])
    book = exported(catalog, written)
    newer, now = catalog_of([term("a", "甲", events=[one, two]), ("source", press)])
    plan = imported(tmp_path / "b.xlsx", book, newer, now)
    assert (plan.records, plan.problems) == ({}, [])
    cell(book, EVENTS, "事件", row_of(book, EVENTS, "a")).value = "改了"
    plan = imported(tmp_path / "b.xlsx", book, newer, now)
    assert [p.code for p in plan.problems] == ["CB906"]
    plan = imported(tmp_path / "b.xlsx", book, newer, now, prefer="sheets")
    assert plan.records[Key("term", "a")]["events"] == [one | {"title": "改了"}]


FIELDS = {"name": "名称", "definition": "释义", "summary": "简介"}
VALUES = st.sampled_from(["一", "二", "三"])
RECORD = st.fixed_dictionaries(dict.fromkeys(FIELDS, VALUES))


@given(base=RECORD, book=RECORD, file=RECORD, prefer=st.sampled_from(["", "files", "sheets"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_three_versions_merge_field_by_field(
    base: dict[str, str], book: dict[str, str], file: dict[str, str], prefer: str
) -> None:
    catalog, written = catalog_of([("term", {"id": "a", **base})])
    page = exported(catalog, written, kinds=["term"])
    for name, heading in FIELDS.items():
        cell(page, TERMS, heading, row_of(page, TERMS, "a")).value = book[name]
    newer, now = catalog_of([("term", {"id": "a", **file})])
    with TemporaryDirectory() as folder:
        plan = imported(Path(folder) / "b.xlsx", page, newer, now, prefer=prefer)
    wanted = deepcopy(file)
    asked = 0
    for name in FIELDS:
        if book[name] in (base[name], file[name]):
            continue
        if file[name] != base[name] and prefer != "sheets":
            asked += not prefer
            continue
        wanted[name] = book[name]
    assert len(plan.problems) == asked
    merged = plan.records.get(Key("term", "a"), now[Key("term", "a")].data)
    assert {name: merged[name] for name in FIELDS} == wanted


# --- rows that are new, and rows that went ---------------------------------------------------------


def test_only_what_the_workbook_held_can_be_deleted(tmp_path: Path) -> None:
    catalog, written = catalog_of([term("a", "甲"), term("b", "乙")])
    book = exported(catalog, written)
    book[TERMS].delete_rows(row_of(book, TERMS, "b"))
    newer, now = catalog_of([term("a", "甲"), term("b", "乙", definition="新的"), term("c", "丙")])
    plan = imported(tmp_path / "b.xlsx", book, newer, now)
    assert plan.absent == [Key("term", "b")]
    assert plan.newer == {Key("term", "b")}


def new_village(book: Any, row: int, name: str, township: str) -> None:
    cell(book, "村", "名称", row).value = name
    cell(book, "村", "镇街", row).value = township
    cell(book, "村", "类型", row).value = "村民委员会"


TOWNSHIPS: list[tuple[str, dict[str, Any]]] = [
    ("county", {"id": "j", "name": "甲县", "province": "省", "prefecture": "市"}),
    ("township", {"id": "t1", "name": "一镇", "county": "j", "type": "town"}),
    ("township", {"id": "t2", "name": "二镇", "county": "j", "type": "town"}),
]


def test_two_rows_of_one_name_are_asked_only_in_one_place(tmp_path: Path) -> None:
    catalog, written = catalog_of(TOWNSHIPS)
    book = exported(catalog, written, kinds=["township", "village"])
    for row, township in ((2, "一镇"), (3, "二镇"), (4, "一镇")):
        new_village(book, row, "张庄村", township)
    plan = imported(tmp_path / "b.xlsx", book, catalog, written)
    assert [(str(p.location), p.code) for p in plan.problems] == [("村!A4", "CB905")]
    assert len(plan.records) == 2


def test_a_row_of_a_name_that_is_recorded_there_is_asked(tmp_path: Path) -> None:
    village = {"id": "zz", "name": "张庄村", "township": "t1", "type": "villagers_committee"}
    catalog, written = catalog_of([*TOWNSHIPS, ("village", village)])
    book = exported(catalog, written)
    new_village(book, 3, "张庄村", "一镇")
    new_village(book, 4, "张庄村", "二镇")
    plan = imported(tmp_path / "b.xlsx", book, catalog, written)
    assert [(str(p.location), p.code) for p in plan.problems] == [("村!A3", "CB905")]
    assert "zz" in plan.problems[0].message


def test_what_was_imported_is_known_when_it_is_imported_again(tmp_path: Path) -> None:
    catalog, written = catalog_of(TOWNSHIPS)
    book = exported(catalog, written, kinds=["township", "village"])
    new_village(book, 2, "张庄村", "一镇")
    plan = imported(tmp_path / "b.xlsx", book, catalog, written)
    ((key, data),) = plan.records.items()
    again, now = catalog_of([*TOWNSHIPS, (key.kind, data)])
    cell(book, "村", "简介", 2).value = "补上的简介"
    plan = imported(tmp_path / "b.xlsx", book, again, now, imported=Imported(plan.added))
    assert plan.problems == []
    assert plan.records == {key: {**data, "summary": "补上的简介"}}


def test_a_second_import_from_the_command_line_mends_the_same_record(toy: SiteFolder) -> None:
    book = exported(toy.catalog(), kinds=["term"])
    row = book[TERMS].max_row + 1
    cell(book, TERMS, "名称", row).value = "新词"
    cell(book, TERMS, "释义", row).value = "第一稿。"
    book.save(toy.root / "book.xlsx")
    assert toy.casebook("import", "book.xlsx").returncode == 0
    cell(book, TERMS, "释义", row).value = "第二稿。"
    book.save(toy.root / "book.xlsx")
    done = toy.casebook("import", "book.xlsx", "--json")
    assert done.returncode == 0, done.stdout
    (change,) = json.loads(done.stdout)["changes"]
    assert (change["action"], change["fields"][0]["new"]) == ("changed", "第二稿。")


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"a": ["term"]}', "\ud800"])
def test_a_damaged_memory_is_as_good_as_none(toy: SiteFolder, content: str) -> None:
    (toy.root / ".casebook").mkdir(exist_ok=True)
    file = toy.root / ".casebook" / "imported.json"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    exported(toy.catalog(), kinds=["term"]).save(toy.root / "book.xlsx")
    assert toy.casebook("import", "book.xlsx").returncode == 0
