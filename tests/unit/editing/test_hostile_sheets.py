"""Sheets whose size is a lie, and sheets that are damaged: read for what they hold, or refused."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import Workbook

from casebook_site.editing import office_parts, sheets
from casebook_site.editing.cell_text import Fault
from casebook_site.editing.sheets import Sheet, SheetError, read_sheets

KNOWN = frozenset(["编号", "名称", "释义"])
HEAD = (
    "<row><c t='inlineStr'><is><t>编号</t></is></c><c t='inlineStr'><is><t>名称</t></is></c></row>"
)
ROW = "<row><c t='inlineStr'><is><t>a</t></is></c><c><v>1</v></c></row>"


def book() -> bytes:
    """A workbook with a head and one row."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["编号", "名称"])
    sheet.append(["a", 1.5])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def with_part(name: str, text: str) -> bytes:
    """The workbook with another part in the place of one of its own."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book())) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, text)
    return content.getvalue()


def sheet_of(rows: str, after: str = "", before: str = "") -> bytes:
    xmlns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f"<worksheet xmlns='{xmlns}'>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    return with_part("xl/worksheets/sheet1.xml", text)


def read(content: bytes, tmp_path: Path, name: str = "terms.xlsx") -> Sheet:
    file = tmp_path / name
    file.write_bytes(content)
    (sheet,) = read_sheets(file, KNOWN)
    return sheet


def merged(area: str) -> str:
    return f"<mergeCells><mergeCell ref='{area}'/></mergeCells>"


WHOLE = ("a", 1)


@pytest.mark.parametrize(
    "content",
    [
        sheet_of(HEAD + ROW),
        sheet_of(HEAD + ROW + "<row r='1048576'><c r='A1048576' s='1'/></row>"),
        sheet_of(HEAD + ROW + "<row r='500'><c r='XFD500'/></row>"),
        sheet_of(HEAD + ROW + "<row r='40'><c r='XFD40' t='s'/></row>"),
        sheet_of(HEAD + ROW + "<row><c/></row>" * 20_000),
        sheet_of(HEAD + ROW, before="<dimension ref='A1:XFD1048576'/>"),
        sheet_of(HEAD + ROW, "<!-- " + "x" * 8_000_000 + " -->"),
        sheet_of(HEAD + ROW, merged("C1:XFD1048576")),
        sheet_of(HEAD + ROW, "<hyperlinks><hyperlink ref='A1:XFD1048576' location='a'/></hyperlinks>"),
        sheet_of(HEAD + ROW, "<conditionalFormatting sqref='A1:XFD1048576'/>"),
        sheet_of(HEAD + ROW, before="<cols>" + "<col min='1' max='16384' style='1'/>" * 5000 + "</cols>"),
    ],
)  # fmt: skip
def test_what_holds_nothing_costs_nothing(content: bytes, tmp_path: Path) -> None:
    sheet = read(content, tmp_path)
    assert sheet.headings == ("编号", "名称")
    assert [row.cells for row in sheet.rows] == [WHOLE]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that cost a test nothing."""
    monkeypatch.setattr(sheets, "MAX_ROWS", 500)
    monkeypatch.setattr(office_parts, "MOST_ELEMENTS", 5000)
    monkeypatch.setattr(office_parts, "MOST_BYTES", 2_000_000)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (sheet_of(HEAD + "<row r='500'><c r='XFD500'><v>1</v></c></row>"), "!XFD500 离表太远"),
        (sheet_of(HEAD + ROW * 501), "分成几份"),
        (sheet_of(HEAD + "<row>" + "<c/>" * 6000 + "</row>"), "格子太多"),
        (sheet_of("<a>" * 200 + "</a>" * 200), "格子太多"),
        (sheet_of(HEAD + ROW, merged("A1:A1048576")), "合并的单元格太大"),
        (sheet_of(f"<row><c t='inlineStr'><is><t>{'长' * 200_000}</t></is></c></row>"), "文字超过"),
        (with_part("xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "文档类型定义"),
        (with_part("xl/styles.xml", "<a>" + " " * 3_000_000 + "</a>"), "解开后过大"),
        (sheet_of("<row><c t='s'><v>99</v></c></row>"), "不是完整的"),
        (sheet_of("<row><c><v>x</v></c></row>"), "不是完整的"),
        (sheet_of("<row><c><v>" + "9" * 5000 + "</v></c></row>"), "不是完整的"),
        (sheet_of("<row>"), "不是完整的"),
        (with_part("xl/workbook.xml", ""), "不是完整的"),
        (with_part("_rels/.rels", "<Relationships/>"), "不是完整的"),
        (b"\xd0\xcf\x11\xe0", "不是完整的"),
    ],
)  # fmt: skip
def test_what_no_table_needs_is_refused(content: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=told):
        read(content, tmp_path)


def test_a_number_without_end_is_no_number(tmp_path: Path) -> None:
    sheet = read(sheet_of(HEAD + "<row><c><v>1E999</v></c></row>"), tmp_path)
    assert sheet.rows[0].cells[0] == Fault("1E999")


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("编号,名称\n" + "a,b\n" * 501, "分成几份"),
        ("编号,名称\n" + "," * 5000, "有 5001 格"),
        ("编号,名称\n\"" + "长" * 200_000, "引号"),
    ],
)  # fmt: skip
def test_a_csv_is_held_to_the_same(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=told):
        read(text.encode(), tmp_path, "terms.csv")


def test_empty_lines_of_a_csv_are_no_rows(tmp_path: Path) -> None:
    text = "编号,名称\na,b\n" + "\n" * 30_000
    assert len(read(text.encode(), tmp_path, "terms.csv").rows) == 1


def test_no_damage_ends_in_anything_but_a_sentence(tmp_path: Path) -> None:
    chance = random.Random(5)
    whole, file = book(), tmp_path / "terms.xlsx"
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for _ in range(60):
        raw = bytearray(whole)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        name = chance.choice([*parts])
        at = chance.randrange(len(parts[name]))
        mark = chance.choice("<>/\"'a1-0&;= ")
        for content in (
            bytes(raw),
            with_part(name, f"{parts[name][:at]}{mark}{parts[name][at + 1 :]}"),
        ):
            file.write_bytes(content)
            with suppress(SheetError):
                read_sheets(file, KNOWN)
