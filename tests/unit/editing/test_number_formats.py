"""Cells are read as they show: percents, units, years, months, times, and guesses of the program."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from casebook_site.editing.cell_text import Fault, canonical
from casebook_site.editing.number_formats import YEARS, parse_format, shown

DAY = datetime.datetime(2022, 3, 1)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.95, "0%", "95%"),
        (0.955, "0.0%", "95.5%"),
        (0.29, "0.00%", "29%"),
        (1.5, "0%;[Red]-0%", "150%"),
        (0.07, '0"%"', "0.07%"),
        (57.699999999999996, "General", "57.7"),
        (0.30000000000000004, "0.00", "0.3"),
        (1234567.5, "#,##0.00", "1234567.5"),
        (35, '0"万元"', "35万元"),
        (3.5, 'G/通用格式"万元"', "3.5万元"),
        (90, "0人", "90人"),
        (90, "0_);(0)", "90"),
        (13800000000, "0.00E+00", "13800000000"),
        (0.5, "# ?/?", "0.5"),
        (12, "@", "12"),
        (DAY, "yyyy-mm-dd", "2022-03-01"),
        (DAY, 'yyyy"年"m"月"d"日"', "2022-03-01"),
        (DAY, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "2022-03-01"),
        (DAY, 'yyyy"年"m"月"', "2022-03"),
        (DAY, "mmm-yy", "2022-03"),
        (DAY, "yyyy", "2022"),
        (DAY, 'e"年"m"月"', "2022-03"),
        (DAY, "[$-804]aaaa yyyy/m/d", "2022-03-01"),
        (DAY.replace(hour=9, minute=30), "yyyy/m/d h:mm", "2022-03-01 09:30"),
        (DAY.replace(hour=9), "yyyy-mm-dd", "2022-03-01"),
        (DAY, "yyyy-mm-dd h:mm:ss", "2022-03-01"),
        (datetime.datetime(1905, 7, 14), "yyyy-mm-dd", "2022"),
        (datetime.time(9), "h:mm", "09:00"),
        (datetime.time(9, 5, 7), "h:mm:ss AM/PM", "09:05:07"),
        (datetime.timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
        ("3-5", "@", "3-5"),
        (True, "General", "是"),
    ],
)
def test_a_cell_is_what_it_shows(value: Any, code: str, text: str) -> None:
    cell = shown(value, code)
    assert not isinstance(cell, Fault)
    assert canonical(cell) == text


@pytest.mark.parametrize("code", ['m"月"d"日"', "d-mmm", "mm/dd", "mmmm", "m-d;@"])
def test_a_day_without_its_year_is_a_guess(code: str) -> None:
    cell = shown(datetime.datetime(2026, 3, 5), code)
    assert isinstance(cell, Fault)
    assert "3-5" in cell.message
    assert "文本" in cell.remedy


@pytest.mark.parametrize("code", ["0,", "#,##0.0,", '0!.0,"万"', "0.0,,"])
def test_a_number_that_shows_smaller_than_it_is_is_asked_back(code: str) -> None:
    cell = shown(35000, code)
    assert isinstance(cell, Fault)
    assert "35000" in cell.message


@pytest.mark.parametrize("code", ["#,##0", "#,##0.00", "0.00_ ", '"约"#,##0"人"'])
def test_a_comma_between_digits_scales_nothing(code: str) -> None:
    assert not parse_format(code).is_scaled


@pytest.mark.parametrize(
    ("number", "text"), [(57, "2022-03"), (58, None), (31, "2022-03-01"), (14, "2022-03-01")]
)
def test_formats_that_only_chinese_excel_knows_are_days(
    tmp_path: Path, number: int, text: str | None
) -> None:
    file = tmp_path / "book.xlsx"
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = 44621
    sheet["A1"].number_format = "0.00"
    book.save(file)
    _replace(file, "xl/styles.xml", b'numFmtId="2"', b'numFmtId="%d"' % number)
    cell = load_workbook(file).worksheets[0]["A1"]
    found = shown(cell.value, cell.number_format)
    assert (None if isinstance(found, Fault) else canonical(found)) == text


def _replace(file: Path, name: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(file) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
    assert old in entries[name]
    entries[name] = entries[name].replace(old, new)
    with zipfile.ZipFile(file, "w") as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)


@given(
    st.one_of(st.integers(-(10**15) + 1, 10**15 - 1), st.floats(-1e12, 1e12)),
    st.sampled_from(["General", "0", "0.00", "#,##0", "0.0_ ", "0;-0;;@", "[Red]0.00"]),
)
def test_a_plain_number_keeps_its_value(value: float, code: str) -> None:
    cell = shown(value, code)
    assert not isinstance(cell, Fault)
    assert float(canonical(cell)) == float(f"{value:.15g}")


@given(st.dates(datetime.date(1901, 1, 1), datetime.date(2200, 1, 1)))
def test_a_day_that_shows_whole_stays_a_day(day: datetime.date) -> None:
    cell = shown(datetime.datetime.combine(day, datetime.time()), "yyyy-mm-dd")
    assert cell == (day if day.year != 1905 or not isinstance(cell, int) else cell)
    assert not isinstance(cell, int) or cell in YEARS
