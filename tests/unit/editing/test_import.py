"""Out into a workbook and back: nothing changes but what was changed, and every slip is told."""

from __future__ import annotations

import datetime
import json
import shutil
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from casebook_site.editing import office_parts
from casebook_site.editing.cells import names_of
from casebook_site.editing.columns import tables
from casebook_site.editing.import_plan import ImportPlan
from casebook_site.editing.importing import known_headings, read_import
from casebook_site.editing.new_ids import new_id
from casebook_site.editing.record_files import written_records
from casebook_site.editing.sheets import SheetError, clean_heading, read_sheets
from casebook_site.editing.table_rows import headings, identity, make_csv
from casebook_site.kinds import program_schema
from casebook_site.model.catalog import Catalog, Key
from casebook_site.records import KINDS
from tests.examples import one_in
from tests.folders import REPOSITORY, TOY, SiteFolder, tree
from tests.unit.editing.strategies import record_of
from tests.unit.editing.workbooks import catalog_of, cell, exported, imported, row_of, sheets_of

POINTS = "基层教学点"


def told(wish: ImportPlan) -> list[tuple[str, str]]:
    return [(str(problem.location), problem.code) for problem in wish.problems]


# --- nothing changed ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@one_in(10)
def test_any_records_come_back_as_they_went(kind: str, data: st.DataObject) -> None:
    records = data.draw(
        st.lists(record_of(KINDS[kind]), min_size=1, max_size=3, unique_by=lambda r: r["id"])
    )
    catalog, written = catalog_of((kind, record) for record in records)
    wish = read_import(sheets_of(catalog, written), catalog, written)
    assert (wish.records, wish.absent, wish.problems) == ({}, [], [])


@given(st.tuples(*(st.tuples(st.just(kind), record_of(model)) for kind, model in KINDS.items())))
@settings(one_in(30), phases=[Phase.generate])
def test_any_records_come_back_through_a_real_workbook(records: Any) -> None:
    catalog, written = catalog_of(records)
    with TemporaryDirectory() as folder:
        book = exported(catalog, written)
        wish = imported(Path(folder) / "book.xlsx", book, catalog, written)
    assert (wish.records, wish.absent, wish.problems) == ({}, [], [])


@pytest.mark.parametrize(
    "root", [pytest.param(REPOSITORY, marks=pytest.mark.slow), TOY], ids=["content", "toy"]
)
def test_the_records_there_are_come_back_as_they_went(root: Path, tmp_path: Path) -> None:
    catalog = SiteFolder(root).catalog()
    wish = imported(tmp_path / "book.xlsx", exported(catalog), catalog)
    assert (wish.records, wish.absent, wish.problems) == ({}, [], [])


@pytest.mark.parametrize(
    "kind", ["teaching-point", *(pytest.param(kind, marks=pytest.mark.slow) for kind in KINDS)]
)
def test_a_workbook_of_one_kind_comes_back_as_it_went(
    toy_catalog: Catalog, tmp_path: Path, kind: str
) -> None:
    wish = imported(tmp_path / "book.xlsx", exported(toy_catalog, kinds=[kind]), toy_catalog)
    assert (wish.records, wish.absent, wish.problems) == ({}, [], [])


def test_a_sheet_of_entries_alone_touches_only_the_kinds_it_names(
    toy_catalog: Catalog, tmp_path: Path
) -> None:
    book = exported(toy_catalog, kinds=["teaching-point"])
    del book[POINTS]
    wish = imported(tmp_path / "book.xlsx", book, toy_catalog)
    assert (wish.records, wish.absent, wish.problems) == ({}, [], [])


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_csv_comes_back_as_it_went(toy_catalog: Catalog, tmp_path: Path, encoding: str) -> None:
    written = written_records(toy_catalog)
    records = {key: one.data for key, one in written.items()}
    for kind, model in KINDS.items():
        file = tmp_path / f"{model.kind_title}.csv"
        file.write_bytes(make_csv(records, names_of(toy_catalog), program_schema(), kind, encoding))
        wish = read_import(
            read_sheets(file, known_headings(program_schema())), toy_catalog, written
        )
        assert (wish.records, wish.absent, wish.problems) == ({}, [], [])


def test_the_same_records_make_the_same_workbook(toy: SiteFolder) -> None:
    books = []
    for name in ("a.xlsx", "b.xlsx"):
        assert toy.casebook("export", "--out", name).returncode == 0
        books.append((toy.root / name).read_bytes())
    assert books[0] == books[1]


def test_headings_are_unique_in_each_sheet() -> None:
    for table in tables(program_schema()):
        found = [clean_heading(heading) for heading in headings(table)]
        assert len(found) == len(set(found)), table.title
        assert len(table.title) <= 31
    titles = [table.title for table in tables(program_schema())]
    assert len(titles) == len(set(titles))


# --- something changed ----------------------------------------------------------------------------


@pytest.fixture
def catalog(toy_catalog: Catalog) -> Catalog:
    return toy_catalog


def first_point(catalog: Catalog) -> Key:
    return Key("teaching-point", next(iter(catalog.records["teaching-point"])))


@pytest.mark.parametrize(
    ("heading", "written_as", "value"),
    [
        ("启用时间", "2022.3.29", {"opened": datetime.date(2022, 3, 29)}),
        ("启用时间", "２０２２年３月", {"opened": "2022-03"}),
        ("启用时间", 2022, {"opened": 2022}),
        ("启用时间", datetime.datetime(2022, 3, 29), {"opened": datetime.date(2022, 3, 29)}),
        ("容量", " １２０ 人 ", {"capacity": 120}),
        ("容量", "1,200", {"capacity": 1200}),
        ("容量", "3万人", {"capacity": 30_000}),
        ("地址", "  路 1 号  ", {"address": "路 1 号"}),
        ("联系方式·电话", 13800000000, {"contact": "13800000000"}),
        ("类别", "产业基地", {"category": "industry"}),
        ("可见范围", "内部", {"audience": "internal"}),
        ("可见范围", "internal", {"audience": "internal"}),
    ],
)
def test_cells_are_read_as_people_write_them(
    catalog: Catalog, tmp_path: Path, heading: str, written_as: Any, value: dict[str, Any]
) -> None:
    key = Key("teaching-point", "law-base")
    book = exported(catalog, kinds=["teaching-point"])
    target = cell(book, POINTS, heading, row_of(book, POINTS, key.id))
    target.value = written_as
    if heading == "联系方式·电话":
        cell(book, POINTS, "联系方式·联系人", target.row).value = "办公室"
    wish = imported(tmp_path / "book.xlsx", book, catalog)
    assert wish.problems == []
    got = wish.records[key]
    for name, expected in value.items():
        found = got[name]["phone"] if name == "contact" else got[name]
        assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("heading", "written_as", "code"),
    [
        ("县市", "=1+1", "CB903"),
        ("县市", "无此县", "CB301"),
        ("类别", "产业机地", "CB301"),
        ("启用时间", "去年", "CB205"),
        ("启用时间", "2022-13", "CB205"),
        ("容量", "很多", "CB203"),
        ("容量", "50亩", "CB203"),
        ("容量", 1.5, "CB203"),
        ("可见范围", "公开吧", "CB204"),
        ("名称", None, "CB201"),
        ("编号", "Law Base", "CB206"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(
    catalog: Catalog, tmp_path: Path, heading: str, written_as: Any, code: str
) -> None:
    book = exported(catalog, kinds=["teaching-point"])
    target = cell(book, POINTS, heading, row_of(book, POINTS, "law-base"))
    target.value = written_as
    wish = imported(tmp_path / "book.xlsx", book, catalog)
    assert told(wish) == [(f"{POINTS}!{target.coordinate}", code)]


def test_a_name_of_two_records_is_asked_back(tmp_path: Path) -> None:
    county = {"province": "甲", "prefecture": "乙"}
    catalog, written = catalog_of(
        [
            ("county", {"id": "one", "name": "同名县", **county}),
            ("county", {"id": "two", "name": "同名县", **county}),
            ("platform", {"id": "p", "name": "平台", "county": "one"}),
        ]
    )
    book = exported(catalog, written)
    target = cell(book, "传播平台", "县市", 2)
    assert target.value == "同名县（one）"
    target.value = "同名县"
    wish = imported(tmp_path / "a.xlsx", book, catalog, written)
    assert told(wish) == [("传播平台!" + target.coordinate, "CB904")]
    target.value = "同名县(two)"
    wish = imported(tmp_path / "b.xlsx", book, catalog, written)
    assert wish.records[Key("platform", "p")]["county"] == "two"


def test_a_new_row_may_name_a_record_that_is_new_too(catalog: Catalog, tmp_path: Path) -> None:
    book = exported(catalog)
    county, point = book["县市"].max_row + 1, book[POINTS].max_row + 1
    for heading, text in (("名称", "新县"), ("省", "甲省"), ("地级市", "乙市")):
        cell(book, "县市", heading, county).value = text
    for heading, text in (("名称", "新教学点"), ("县市", "新县"), ("类别", "产业基地")):
        cell(book, POINTS, heading, point).value = text
    wish = imported(tmp_path / "book.xlsx", book, catalog)
    assert wish.problems == []
    new = wish.records[Key("teaching-point", "xin-jiao-xue-dian")]
    assert (new["county"], new["category"]) == ("xin-xian", "industry")


def test_merged_cells_speak_for_every_row(catalog: Catalog, tmp_path: Path) -> None:
    book = exported(catalog, kinds=["teaching-point"])
    sheet = book[POINTS]
    assert isinstance(sheet, Worksheet)
    target = cell(book, POINTS, "主办单位", 2)
    target.value = "县委党校"
    sheet.merge_cells(start_row=2, end_row=3, start_column=target.column, end_column=target.column)
    wish = imported(tmp_path / "book.xlsx", book, catalog)
    assert {data["organiser"] for data in wish.records.values()} == {"县委党校"}
    assert len(wish.records) == 2


def test_a_title_above_the_headings_and_columns_that_went_are_no_matter(
    catalog: Catalog, tmp_path: Path
) -> None:
    book = exported(catalog, kinds=["teaching-point"])
    sheet = book[POINTS]
    sheet.delete_cols(5, 6)
    sheet.insert_rows(1)
    sheet["A1"] = "某县基层教学点一览表"
    assert imported(tmp_path / "book.xlsx", book, catalog).records == {}


def test_text_that_begins_like_a_formula_stays_text(catalog: Catalog, tmp_path: Path) -> None:
    book = exported(catalog, kinds=["teaching-point"])
    target = cell(book, POINTS, "地址", row_of(book, POINTS, "law-base"))
    target.value, target.data_type = "=HYPERLINK(1)", "s"
    wish = imported(tmp_path / "book.xlsx", book, catalog)
    assert wish.records[Key("teaching-point", "law-base")]["address"] == "=HYPERLINK(1)"
    catalog, written = catalog_of([("term", {"id": "t", "name": "=1+1", "definition": "+1"})])
    again = exported(catalog, written)
    assert cell(again, "术语", "名称", 2).data_type == "s"


def test_entries_of_lists_are_added_moved_and_removed(catalog: Catalog, tmp_path: Path) -> None:
    key = next(key for key in written_records(catalog) if key.kind == "training-class")
    before = written_records(catalog)[key].data["sessions"]
    book = exported(catalog)
    sheet = book["培训班·环节"]
    rows = [row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == key.id]
    sheet.delete_rows(rows[0])
    wish = imported(tmp_path / "book.xlsx", book, catalog)
    assert wish.records[key]["sessions"] == before[1:]


def test_points_of_measures_belong_to_the_measure_of_their_number(
    catalog: Catalog, tmp_path: Path
) -> None:
    key = Key("case-study", "jia-case")
    before = written_records(catalog)[key].data["measures"]
    book = exported(catalog)
    row = row_of(book, "案例·主要做法·要点", key.id)
    cell(book, "案例·主要做法·要点", "内容", row).value = "改了一句。"
    wish = imported(tmp_path / "book.xlsx", book, catalog)
    after = wish.records[key]["measures"]
    assert after[0]["points"][0]["text"] == "改了一句。"
    assert {k: v for k, v in after[0].items() if k != "points"} == {
        k: v for k, v in before[0].items() if k != "points"
    }
    assert after[1:] == before[1:]


HOURS = "基层教学点·参观须知·开放时段"


def test_entries_of_a_list_in_a_single_part_are_changed_added_and_removed(
    catalog: Catalog, tmp_path: Path
) -> None:
    park, other = Key("teaching-point", "zi-park"), Key("teaching-point", "law-base")
    visit = written_records(catalog)[park].data["visit"]
    book = exported(catalog)
    row = row_of(book, HOURS, park.id)
    cell(book, HOURS, "关门", row).value = "18:00"
    book[HOURS].delete_rows(row + 1)
    new = book[HOURS].max_row + 1
    book[HOURS].cell(new, 1).value = other.id
    for heading, text in (("日子", "周一"), ("开门", "08:00"), ("关门", "12:00")):
        cell(book, HOURS, heading, new).value = text
    cell(book, POINTS, "参观须知·费用", row_of(book, POINTS, park.id)).value = "20元"
    wish = imported(tmp_path / "book.xlsx", book, catalog)
    assert wish.problems == []
    hours = [{**visit["hours"][0], "to": "18:00"}]
    assert wish.records[park]["visit"] == {**visit, "fee": "20元", "hours": hours}
    added = [{"days": "周一", "from": "08:00", "to": "12:00"}]
    assert wish.records[other]["visit"] == {"hours": added}
    assert set(wish.records) == {park, other}


def test_a_part_that_held_nothing_but_a_list_goes_with_it(tmp_path: Path) -> None:
    week = {"days": "每天", "from": "08:00", "to": "12:00"}
    point = {"id": "yuan", "name": "园", "county": "jia", "category": "village"}
    catalog, written = catalog_of([("teaching-point", {**point, "visit": {"hours": [week]}})])
    book = exported(catalog, written)
    book[HOURS].delete_rows(2)
    wish = imported(tmp_path / "book.xlsx", book, catalog, written)
    assert wish.records[Key("teaching-point", "yuan")] == point


def test_rows_that_belong_to_nothing_are_told(catalog: Catalog, tmp_path: Path) -> None:
    book = exported(catalog)
    points, events = book[POINTS], book["大事"]
    points.cell(points.max_row + 1, 1).value = points["A2"].value
    cell(book, POINTS, "名称", points.max_row).value = "又一次"
    events.cell(events.max_row + 1, 4).value = "2022"
    book.create_sheet("不认识的表").append(["甲"])
    book["不认识的表"].append(["乙"])
    cell(book, POINTS, "拼音", 1).value = "拼音啊"
    cell(book, POINTS, "名称", 1)
    points.cell(2, [c.value for c in points[1]].index("拼音啊") + 1).value = "pin"
    codes = {code for _, code in told(imported(tmp_path / "book.xlsx", book, catalog))}
    assert codes == {"CB902", "CB905"}


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_workbook_is_refused(toy: SiteFolder, content: bytes) -> None:
    (toy.root / "book.xlsx").write_bytes(content)
    done = toy.casebook("import", "book.xlsx", "--json")
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["problems"][0]["code"] == "CB901"
    with pytest.raises(SheetError):
        read_sheets(toy.root / "nothing.xlsx", known_headings(program_schema()))


def test_a_workbook_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_parts, "MOST_UNPACKED", 5_000_000)
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in range(6):
            archive.writestr(str(name), bytes(1_000_000))
    with pytest.raises(SheetError, match="过大"):
        read_sheets(tmp_path / "b.xlsx", known_headings(program_schema()))


def edit(toy: SiteFolder, **cells: Any) -> None:
    catalog = toy.catalog()
    book = exported(catalog, kinds=["teaching-point"])
    for heading, text in cells.items():
        cell(book, POINTS, heading, row_of(book, POINTS, "law-base")).value = text
    book.save(toy.root / "book.xlsx")


def test_an_import_writes_what_a_dry_run_shows_and_nothing_else(toy: SiteFolder) -> None:
    before = tree(toy.root / "content")
    edit(toy, 地址="新路 1 号")
    shown = toy.casebook("import", "book.xlsx", "--dry-run")
    assert tree(toy.root / "content") == before
    done = toy.casebook("import", "book.xlsx")
    assert "地址：（无） → 新路 1 号" in done.stdout
    assert done.stdout == shown.stdout
    after = tree(toy.root / "content")
    assert [name for name in after if after[name] != before.get(name)] == [
        "records/teaching-points/others.yml"
    ]
    assert toy.problems() == []
    assert toy.casebook("import", "book.xlsx").stdout == ""


def test_an_import_that_would_break_a_rule_tells_the_cell_and_writes_nothing(
    toy: SiteFolder,
) -> None:
    before = tree(toy.root / "content")
    edit(toy, 地址="新路 1 号", 简介="见[](record:village/nowhere)。")
    done = toy.casebook("import", "book.xlsx")
    assert done.returncode == 1
    assert "基层教学点!" in done.stdout
    assert "CB303" in done.stdout
    assert tree(toy.root / "content") == before


def test_a_record_is_deleted_only_when_asked(toy: SiteFolder) -> None:
    catalog = toy.catalog()
    book = exported(catalog, kinds=["teaching-point"])
    book[POINTS].delete_rows(row_of(book, POINTS, "law-base"))
    book.save(toy.root / "book.xlsx")
    done = toy.casebook("import", "book.xlsx")
    assert "没有删除" in done.stdout
    assert "law-base" in toy.catalog().records["teaching-point"]
    done = toy.casebook("import", "book.xlsx", "--delete", "--json")
    assert json.loads(done.stdout)["changes"][0]["action"] == "removed", done.stdout
    assert "law-base" not in toy.catalog().records["teaching-point"]


def test_a_template_has_an_example_that_is_not_imported(toy: SiteFolder) -> None:
    toy.casebook("export", "--template", "--out", "book.xlsx")
    done = toy.casebook("import", "book.xlsx", "--json")
    assert json.loads(done.stdout)["changes"] == []


def test_ids_for_new_records_are_safe() -> None:
    assert new_id("莒镇公园", set()) == "ju-zhen-gong-yuan"
    assert new_id("莒镇公园", {"ju-zhen-gong-yuan"}) == "ju-zhen-gong-yuan-2"
    assert new_id("！？", set()) == "record"
    assert new_id("con", set()) == "con-2"


def test_the_identity_of_entries_says_the_kind_only_where_it_must() -> None:
    by_title = {table.title: table for table in tables(program_schema())}
    assert identity(by_title["培训班·环节"]) == ("记录编号", "记录名称")
    assert identity(by_title["大事"])[0] == "记录类别"


def test_a_workbook_saved_by_libreoffice_is_read(tmp_path: Path) -> None:
    """The starter's teaching points, saved as .ods and again as .xlsx by LibreOffice 7.4."""
    starter = shutil.copytree(REPOSITORY / "templates/starter", tmp_path / "starter")
    catalog = SiteFolder(starter).catalog()
    sheets = read_sheets(
        Path(__file__).parent / "fixtures/libreoffice.xlsx", known_headings(program_schema())
    )
    wish = read_import(sheets, catalog, written_records(catalog))
    assert wish.problems == []
    assert list(wish.records) == [Key("teaching-point", "yi-orchard")]
    changed = wish.records[Key("teaching-point", "yi-orchard")]
    assert (changed["opened"], changed["capacity"]) == (datetime.date(2022, 3, 29), 60)
