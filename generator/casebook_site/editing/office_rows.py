"""What the rows of an office's own list are: title, headings, entries, bands, totals, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from casebook_site.editing.cell_text import Cell, Fault
from casebook_site.editing.lines import text_in
from casebook_site.editing.sheets import SheetRow, clean_heading

_SEARCHED = 15
"""Rows in which the headings are looked for."""

_TOTAL = re.compile(r"^[（(]?(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|汇\s*总)")
_NOTE = re.compile(r"^(?:注|备注|说明|填表|制表|填报|审核|联系人|单位负责人|日期)[：:\s]")
_NUMBERING = re.compile(
    r"^[（(]?(?:[一二三四五六七八九十]+|\d+)[)）]?[、.．\s]*|[（(][^（()）]*[)）]$|[:：]$"
)


@dataclass(frozen=True)
class OfficeRow:
    """An entry of a list, with the bands above it."""

    row: SheetRow
    band: str
    """What the last line that stood for a group said; empty where there was none."""

    def cell(self, position: int) -> Cell | Fault:
        """Return the cell of a column, or None."""
        return self.row.cells[position] if position < len(self.row.cells) else None


@dataclass(frozen=True)
class OfficeSheet:
    """A sheet of a list: headings with their positions, its entries, and what is none."""

    title: str
    positions: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[OfficeRow, ...] = ()
    left: tuple[tuple[int, str], ...] = ()
    """(number, text) of rows below the headings that are no entries."""

    above: str = ""
    """What stands above the headings: the title of the list, who filled it in."""

    def texts(self, heading: str) -> list[str]:
        """Return the texts below a heading."""
        return [text_in(row.cell(self.positions[heading])) for row in self.rows]


def office_sheet(
    title: str, rows: Sequence[SheetRow], is_heading: Callable[[str], bool]
) -> OfficeSheet | None:
    """Return a sheet as it can be understood; None for one in which no row holds headings."""

    def score(row: SheetRow) -> int:
        return sum(is_heading(clean_heading(cell)) for cell in row.cells)

    best = max((score(row) for row in rows[:_SEARCHED]), default=0)
    if best < 2:
        return None
    # A second row of headings, below merged ones, says more than the first; later ones repeat it.
    head = next(row for row in rows[:_SEARCHED] if score(row) == best)
    names = [clean_heading(cell) for cell in head.cells]
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        if name:
            positions.setdefault(name, position)
    found: list[OfficeRow] = []
    left: list[tuple[int, str]] = []
    band = ""
    for row in rows:
        if row.number <= head.number:
            continue
        texts = [text for text in map(text_in, row.cells) if text]
        if [clean_heading(cell) for cell in row.cells] == names:
            continue  # the headings of the next page
        if any(_TOTAL.match(text) for text in texts[:2]) or _NOTE.match(texts[0]):
            left.append((row.number, "　".join(texts)))
        elif len(set(texts)) == 1 and len(positions) > 1:
            band = _NUMBERING.sub("", _NUMBERING.sub("", texts[0])).strip()
            left.append((row.number, texts[0]))
        else:
            found.append(OfficeRow(row, band))
    above = [text_in(cell) for row in rows if row.number < head.number for cell in row.cells]
    return OfficeSheet(title, positions, tuple(found), tuple(left), " ".join([title, *above]))
