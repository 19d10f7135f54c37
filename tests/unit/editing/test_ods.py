"""A workbook of OpenDocument is read as the same workbook of Excel is."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest

from casebook_site.editing import ods
from casebook_site.editing.cell_text import Fault
from casebook_site.editing.importing import known_headings, read_import
from casebook_site.editing.office_parts import Oversized, SheetCells
from casebook_site.editing.record_files import written_records
from casebook_site.editing.sheets import SheetError, read_sheets
from casebook_site.kinds import program_schema
from casebook_site.model.catalog import Catalog, Key

SAVED = Path(__file__).parent / "fixtures/libreoffice.ods"
"""One cell of each format in 甲, a hidden sheet, and numbers in 乙, saved by LibreOffice 7.4."""

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [("office", "office"), ("table", "table"), ("text", "text")]
)


def book(rows: str, title: str = "术语", before: str = "") -> bytes:
    """A workbook with the rows of one sheet, written as ODF says."""
    content = (
        f"<office:document-content {NAMESPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="{title}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", before + content)
    return file.getvalue()


def row(*texts: str, repeated: int = 1) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def sheet(content: bytes) -> SheetCells:
    (found,) = ods.sheets_in(content)
    return found


def test_what_libreoffice_saved_is_what_its_cells_show() -> None:
    found = {sheet.title: sheet for sheet in ods.sheets_in(SAVED.read_bytes())}
    assert list(found) == ["甲", "乙"]
    assert found["甲"].merged == [(3, 2, 3, 4)]
    shown = [cells[1] for number, cells in found["甲"].rows.items() if number < 500]
    assert [cell.text if isinstance(cell, Fault) else cell for cell in shown] == [
        *("95%", "95.5%", "3.5万元", "3.5万", 57.7, "2022-03", 2022, datetime.date(2022, 3, 5)),
        *("3月5日", "09:00", "35000", "12000万元", True, "=1+1", "一行\n二行", "  两格  间"),
        *(36.178, 138, "2022-03-05 09:30", 120_258, "5人", 2022, 1.5),
    ]
    assert found["甲"].rows[500] == {2: "远"}
    assert found["乙"].rows[4] == {1: 1, 2: 1, 3: 1, 4: 1}
    assert "隐藏" in [s.title for s in ods.sheets_in(SAVED.read_bytes(), besides="隐藏")]


def test_rows_become_records(toy_catalog: Catalog, tmp_path: Path) -> None:
    lines = row("名称", "释义", "最后修改") + row(
        "新词", "一<text:span>二</text:span>三<text:s/>", "2022.3"
    )
    (tmp_path / "术语.ods").write_bytes(book(lines))
    sheets = read_sheets(tmp_path / "术语.ods", known_headings(program_schema()))
    plan = read_import(sheets, toy_catalog, written_records(toy_catalog))
    assert plan.problems == []
    ((key, data),) = plan.records.items()
    assert key == Key("term", "xin-ci")
    assert (data["name"], data["definition"]) == ("新词", "一二三")
    assert str(data["updated"]) == "2022-03"


def test_notes_and_pictures_are_no_text() -> None:
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    cell = f"<table:table-cell>{note}<text:p>甲</text:p><text:p>乙</text:p></table:table-cell>"
    assert sheet(book(f"<table:table-row>{cell}</table:table-row>")).rows == {1: {1: "甲\n乙"}}


def test_what_is_repeated_without_end_costs_nothing_or_is_refused() -> None:
    empty = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
    assert sheet(book(row("甲") + empty)).rows == {1: {1: "甲"}}
    with pytest.raises(Oversized):
        list(ods.sheets_in(book(row("甲", repeated=1_048_576))))
    far = '<table:table-cell table:number-columns-repeated="16000"/>'
    with pytest.raises(Oversized, match="离表太远"):
        list(
            ods.sheets_in(
                book(row("甲").replace("<table:table-cell ", f"{far}<table:table-cell ", 1))
            )
        )


@pytest.mark.parametrize(
    "content",
    [
        book(row("名称"), before='<!DOCTYPE a [<!ENTITY b "c">]>'),
        book(row("&#0;")),
        book('<table:table-row><table:table-cell office:value-type="float"/></table:table-row>'),
        book("<table:table-row>"),
        b"application/vnd.oasis.opendocument.spreadsheet",
    ],
)
def test_what_is_damaged_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.ods").write_bytes(content)
    with pytest.raises(SheetError):
        read_sheets(tmp_path / "a.ods", known_headings(program_schema()))
