"""What a sheet says is stored as its editor saw it, or refused at the cell: nothing changes silently."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from casebook_site.editing.cell_text import CellError
from casebook_site.editing.cell_values import number_value
from casebook_site.editing.cells import names_of, value_of
from casebook_site.editing.columns import Column, tables
from casebook_site.editing.import_plan import ImportPlan
from casebook_site.editing.importing import known_headings, read_import
from casebook_site.editing.record_files import written_records
from casebook_site.editing.sheets import read_sheets
from casebook_site.editing.table_rows import make_csv
from casebook_site.kinds import program_schema
from casebook_site.model.catalog import Catalog
from tests.unit.editing.workbooks import catalog_of, cell, exported, imported, row_of

COUNTY = {"id": "jia", "name": "甲县", "province": "省", "prefecture": "市"}
NUMBERS, SOURCES, POINTS = "数据", "来源", "基层教学点"


def figure(**fields: Any) -> tuple[str, dict[str, Any]]:
    given = {"id": "f", "name": "数", "value": 1, "unit": "个", "as_of": 2020, "source": "s"}
    more = {"about": "county/jia", "role": "scale", "indicator": "i"}
    return "figure", given | more | fields


def source(id: str, name: str) -> tuple[str, dict[str, Any]]:
    return "source", {"id": id, "name": name, "type": "N", "grade": "B", "access": "全文"}


@pytest.mark.parametrize(
    ("unit", "heading", "written_as", "code", "value"),
    [
        ("%", "数值", 0.95, "0%", 95),
        ("%", "数值", 0.955, "0.0%", 95.5),
        ("％", "数值", 0.5, "0%", 50),
        ("万元", "数值", 3.5, '0.0"万元"', 3.5),
        ("人次", "数值", "3.5万", "@", 35_000),
        ("元", "数值", "1.5亿", "@", 150_000_000),
        ("万元", "数值", "3.5万元", "@", 3.5),
        ("个", "数值", "57.699999999999996", "@", 57.7),
        ("个", "数值", 57.699999999999996, "General", 57.7),
        ("个", "截至", datetime.datetime(2022, 3, 1), 'yyyy"年"m"月"', "2022-03"),
        ("个", "截至", datetime.datetime(1905, 7, 14), "yyyy-mm-dd", 2022),
        ("个", "说明", datetime.time(9), "h:mm", "09:00"),
        ("个", "说明", 0.95, "0%", "95%"),
    ],
)
def test_a_value_is_what_the_cell_shows(
    tmp_path: Path, unit: str, heading: str, written_as: Any, code: str, value: Any
) -> None:
    plan = _written(tmp_path, unit, heading, written_as, code)
    assert plan.problems == []
    (record,) = plan.records.values()
    assert value in record.values()


@pytest.mark.parametrize(
    ("unit", "heading", "written_as", "code"),
    [
        ("个", "数值", 0.95, "0%"),
        ("万元", "数值", "3.5万", "@"),
        ("万元", "数值", "35000元", "@"),
        ("亿元", "数值", 12000, '0"万元"'),
        ("个", "数值", 35000, "0,"),
        ("个", "数值", "1.38E+10", "@"),
        ("个", "数值", "1234567890123456", "@"),
        ("个", "说明", datetime.datetime(2026, 3, 5), 'm"月"d"日"'),
        ("个", "说明", "1.38E+10", "@"),
        ("个", "说明", 370323199001011234, "0"),
        ("个", "截至", datetime.datetime(2026, 3, 5), "d-mmm"),
    ],
)
def test_what_a_spreadsheet_changed_is_refused_at_its_cell(
    tmp_path: Path, unit: str, heading: str, written_as: Any, code: str
) -> None:
    plan = _written(tmp_path, unit, heading, written_as, code)
    (problem,) = plan.problems
    assert problem.location.path.startswith(f"{NUMBERS}!")
    assert problem.remedy


def _written(tmp_path: Path, unit: str, heading: str, written_as: Any, code: str) -> ImportPlan:
    catalog, written = catalog_of([("county", COUNTY), source("s", "报"), figure(unit=unit)])
    book = exported(catalog, written)
    target = cell(book, NUMBERS, heading, row_of(book, NUMBERS, "f"))
    target.value, target.number_format = written_as, code
    return imported(tmp_path / "book.xlsx", book, catalog, written)


def test_coordinates_and_other_long_fractions_come_back_unchanged(tmp_path: Path) -> None:
    catalog, written = catalog_of(
        [("county", COUNTY), source("s", "报"), figure(value=36.178000000000004)]
    )
    plan = imported(tmp_path / "b.xlsx", exported(catalog, written), catalog, written)
    assert (plan.records, plan.problems) == ({}, [])


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("甲报\n山东，沂源：发展、振兴", ["a", "b"]),
        ("甲报、山东，沂源：发展、振兴", ["a", "b"]),
        ("山东，沂源：发展、振兴;甲报", ["b", "a"]),
        ("甲报，乙报", ["a", "c"]),
        ("甲报\n\n 乙报 ", ["a", "c"]),
    ],
)
def test_a_list_finds_names_that_hold_the_marks_between_entries(text: str, ids: list[str]) -> None:
    catalog, _ = catalog_of(
        [source("a", "甲报"), source("b", "山东，沂源：发展、振兴"), source("c", "乙报")]
    )
    column = Column(("sources",), "来源", "", "link", many=True, links_to="source")
    assert value_of(column, text, names_of(catalog)) == ids


def test_a_long_cell_of_commas_is_quick(toy_catalog: Catalog) -> None:
    column = Column(("sources",), "来源", "", "link", many=True, links_to="source")
    with pytest.raises(CellError):
        value_of(column, "甲，" * 10_000, names_of(toy_catalog))


@pytest.mark.parametrize(
    ("text", "value"), [("34.5万", 345_000), ("3.45万", 34_500), ("1.1万", 11_000)]
)
def test_ten_thousands_are_exact(text: str, value: int) -> None:
    assert number_value(text, ["人"], Column(("value",), "数值", "", "number")) == value


# --- what was not understood changes nothing -------------------------------------------------------


@pytest.mark.parametrize("mark", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_whatever_separates_its_cells(
    toy_catalog: Catalog, tmp_path: Path, mark: str, encoding: str
) -> None:
    written = written_records(toy_catalog)
    records = {key: one.data for key, one in written.items()}
    content = make_csv(records, names_of(toy_catalog), program_schema(), "village", "utf-8")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(lines)
    file = tmp_path / "village.csv"
    file.write_bytes(text.getvalue().encode(encoding))
    plan = read_import(read_sheets(file, known_headings(program_schema())), toy_catalog, written)
    assert (plan.records, plan.absent, plan.problems) == ({}, [], [])


@pytest.mark.parametrize("name", ["village", "villages", "Village", "村"])
def test_a_csv_says_its_kind_by_its_name(toy_catalog: Catalog, tmp_path: Path, name: str) -> None:
    written = written_records(toy_catalog)
    records = {key: one.data for key, one in written.items()}
    title = program_schema()["village"].title if name == "村" else name
    file = tmp_path / f"{title}.csv"
    file.write_bytes(make_csv(records, names_of(toy_catalog), program_schema(), "village", "utf-8"))
    plan = read_import(read_sheets(file, known_headings(program_schema())), toy_catalog, written)
    assert (plan.absent, plan.problems) == ([], [])


def test_a_sheet_whose_headings_are_all_unknown_deletes_nothing(
    toy_catalog: Catalog, tmp_path: Path
) -> None:
    book = exported(toy_catalog, kinds=["term"])
    title = program_schema()["term"].title
    for head in book[title][1]:
        head.value = f"列{head.column}"
    plan = imported(tmp_path / "book.xlsx", book, toy_catalog)
    assert [p.code for p in plan.problems] == ["CB902"]
    assert title in plan.problems[0].message
    assert plan.absent == []


def test_a_book_of_other_sheets_is_refused(toy_catalog: Catalog, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["基地", "负责人"])
    sheet.append(["甲", "乙"])
    plan = imported(tmp_path / "book.xlsx", book, toy_catalog)
    assert [p.code for p in plan.problems] == ["CB902"]


def test_a_strict_workbook_is_read(toy_catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    exported(toy_catalog).save(file)
    with zipfile.ZipFile(file) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries.items():
            strict = content.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            archive.writestr(name, strict)
    sheets = read_sheets(file, known_headings(program_schema()))
    assert {table.title for table in tables(program_schema())} <= {sheet.title for sheet in sheets}


def test_what_is_typed_below_the_last_row_stays_text(toy_catalog: Catalog) -> None:
    page = exported(toy_catalog, kinds=["teaching-point"])[POINTS]
    formats = {
        str(head.value): page.column_dimensions[head.column_letter].number_format
        for head in page[1]
    }
    assert formats["启用时间"] == formats["地址"] == formats["联系方式·电话"] == "@"
    assert formats["容量"] == "General"


def test_a_day_of_1905_is_written_as_text(tmp_path: Path) -> None:
    catalog, written = catalog_of(
        [("county", COUNTY), source("s", "报"), figure(as_of=datetime.date(1905, 7, 14))]
    )
    book = exported(catalog, written)
    assert cell(book, NUMBERS, "截至", row_of(book, NUMBERS, "f")).value == "1905-07-14"
    plan = imported(tmp_path / "b.xlsx", book, catalog, written)
    assert (plan.records, plan.problems) == ({}, [])


def test_a_workbook_is_made_for_paper_too(toy_catalog: Catalog) -> None:
    book = exported(toy_catalog, kinds=["teaching-point"])
    sheet = book["基层教学点"]
    assert isinstance(sheet, Worksheet)
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize) == ("landscape", 9)
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.freeze_panes == "C2"
    guide = book["填写说明"]
    assert isinstance(guide, Worksheet)
    lines = [row[0] for row in guide.iter_rows(min_row=2, max_col=1) if row[0].value]
    merged = {str(area) for area in guide.merged_cells.ranges}
    for line in lines:
        beside = guide.cell(line.row or 0, 2).value
        assert beside or f"A{line.row}:B{line.row}" in merged
        assert line.alignment.wrap_text
