"""Ids of new rows into the workbook that they came from; every other byte of it stays."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping

from openpyxl.utils import column_index_from_string

from casebook_site.editing.xlsx import sheet_parts
from casebook_site.model.catalog import Key


def with_ids(content: bytes, unnamed: Mapping[Key, str]) -> tuple[bytes, list[Key]]:
    """Return the workbook with the ids of `unnamed` records in their cells, and those left out.

    `unnamed`: record → cell, as `基层教学点!A5`. Pictures, formulas and styles stay as they are.
    """
    by_sheet: dict[str, dict[str, str]] = {}
    for key, place in unnamed.items():
        sheet, _, cell = place.rpartition("!")
        by_sheet.setdefault(sheet, {})[cell] = key.id
    parts = {path: title for title, path in sheet_parts(content)}
    done: set[tuple[str, str]] = set()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as book:
        for entry in source.infolist():
            raw = source.read(entry)
            title = parts.get(entry.filename, "")
            if title in by_sheet:
                text, cells = _filled(raw.decode("utf-8"), by_sheet[title])
                done |= {(title, cell) for cell in cells}
                raw = text.encode()
            book.writestr(entry, raw, compress_type=entry.compress_type)
    left = [key for key, place in unnamed.items() if _split(place) not in done]
    return target.getvalue(), left


def _split(place: str) -> tuple[str, str]:
    sheet, _, cell = place.rpartition("!")
    return sheet, cell


def _filled(text: str, ids: Mapping[str, str]) -> tuple[str, Iterable[str]]:
    """Return the XML of a sheet with ids in cells, and the cells that were filled."""
    by_row = {re.sub(r"\D", "", cell): (cell, id) for cell, id in ids.items()}
    done: set[str] = set()

    def row(match: re.Match[str]) -> str:
        wanted = by_row.get(match["row"])
        if wanted is None:
            return match[0]
        done.add(wanted[0])
        return match["begin"] + _with_cell(match["body"], *wanted, match["ns"]) + match["end"]

    pattern = (
        r"""(?s)(?P<begin><(?P<ns>(?:\w+:)?)row\b(?=[^>]*\sr=["'](?P<row>\d+)["'])[^>]*(?<!/)>)"""
        r"(?P<body>.*?)(?P<end></(?P=ns)row>)"
    )
    return re.sub(pattern, row, text), done


def _with_cell(body: str, cell: str, id: str, ns: str) -> str:
    """Return the cells of a row with an id in one of them, which keeps its style."""
    column = _column(cell)
    value = f"<{ns}is><{ns}t>{id}</{ns}t></{ns}is></{ns}c>"
    for match in re.finditer(rf"(?s)<{ns}c\b([^>]*?)(?:/>|>.*?</{ns}c>)", body):
        reference = re.search(r"""\sr=["']([A-Z]+\d+)["']""", match[1])
        there = _column(reference[1]) if reference else 0
        if there == column:
            style = re.search(r"""\ss=["']\d+["']""", match[1])
            new = f'<{ns}c r="{cell}"{style[0] if style else ""} t="inlineStr">{value}'
            return body[: match.start()] + new + body[match.end() :]
        if there > column:
            return (
                body[: match.start()]
                + f'<{ns}c r="{cell}" t="inlineStr">{value}'
                + body[match.start() :]
            )
    return f'{body}<{ns}c r="{cell}" t="inlineStr">{value}'


def _column(cell: str) -> int:
    return column_index_from_string(re.sub(r"\d", "", cell))
