"""What an import made of each row, as a workbook: for whoever sent the rows."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from casebook_site.base.problems import Problem
from casebook_site.editing.cell_text import plain_text
from casebook_site.editing.differences import Difference, shown_field
from casebook_site.editing.import_plan import ImportPlan

REPORT_ENDING = "-导入结果.xlsx"
"""What the name of a report ends with, beside the book that was imported."""

_HEADINGS = {"工作表": 16, "行": 6, "结果": 10, "编号": 24, "名称": 28, "说明": 90}
_ACTIONS = {"added": "新增", "changed": "修改", "removed": "删除"}
_SAME, _WRONG, _WAITS = "没有变化", "有问题", "没有写入"
_FILLS = {_WRONG: PatternFill("solid", fgColor="F2C9C4"), "新增": PatternFill("solid", fgColor="DCEBD8")}  # fmt: skip


@dataclass(frozen=True, order=True)
class ReportRow:
    """What became of one row of a book, or of a record that is none of its rows."""

    sheet: str
    number: int
    result: str
    id: str = ""
    name: str = ""
    told: str = ""


def report_path(book: Path) -> Path:
    """Return where the report on a book is written: beside it."""
    return book.with_name(f"{book.stem}{REPORT_ENDING}")


def report_rows(
    plan: ImportPlan, found: Sequence[Difference], problems: Sequence[Problem]
) -> list[ReportRow]:
    """Return the rows of a report, in the order of the sheets' rows.

    `found`: what changes; where there are `problems`, nothing of it was written.
    """
    by_row: dict[tuple[str, int], list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(_row_of(problem.location.path), []).append(problem)
    return sorted({*_of_records(plan, found, by_row), *_of_problems(by_row)})


def _of_records(
    plan: ImportPlan,
    found: Sequence[Difference],
    by_row: Mapping[tuple[str, int], Sequence[Problem]],
) -> Iterator[ReportRow]:
    changes = {difference.key: difference for difference in found}
    for (key, path), place in plan.places.items():
        row = _row_of(place)
        if path or row in by_row:
            continue
        change = changes.pop(key, None)
        result = _ACTIONS[change.action] if change else _SAME
        fields = [shown_field(field) for field in change.fields] if change else []
        told = "；".join(fields) if change and change.action == "changed" else ""
        if by_row and change:
            result = _WAITS
        yield ReportRow(*row, result, key.id, change.name if change else "", told)
    for change in changes.values():
        if change.action == "removed" and not by_row:
            yield ReportRow("", 0, _ACTIONS[change.action], change.key.id, change.name)


def _of_problems(by_row: Mapping[tuple[str, int], Sequence[Problem]]) -> Iterator[ReportRow]:
    for (sheet, number), problems in by_row.items():
        told = "\n".join(f"{problem.location}：{problem.text}" for problem in problems)
        yield ReportRow(sheet, number, _WRONG, told=told)


def _row_of(place: str) -> tuple[str, int]:
    """Return (sheet, row) of `基层教学点!C5`; the file and 0 for a place in a file."""
    sheet, _, cell = place.rpartition("!")
    row = re.fullmatch(r"[A-Z]+(\d+)", cell)
    return (sheet, int(row[1])) if sheet and row else (place, 0)


def make_report(rows: Sequence[ReportRow]) -> bytes:
    """Return the bytes of the report."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "导入结果"
    sheet.append([*_HEADINGS])
    for letter, width in zip("ABCDEF", _HEADINGS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
    for number, row in enumerate(rows, start=2):
        texts = (row.sheet, row.number or None, row.result, row.id, row.name, row.told)
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(number, column)
            cell.value = plain_text(text)[:32_000] if isinstance(text, str) else text
            if isinstance(text, str):
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=column == len(texts))
        if fill := _FILLS.get(row.result):
            sheet.cell(number, 3).fill = fill
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
