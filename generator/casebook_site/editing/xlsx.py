"""The cells of an .xlsx that hold something: texts, numbers, dates, formulas as such, merged areas.

Rows and columns that hold nothing cost nothing, however many a file says there are.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator, Mapping

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import (
    CALENDAR_MAC_1904,
    CALENDAR_WINDOWS_1900,
    from_excel,
    from_ISO8601,
)

from casebook_site.editing.cell_text import Fault
from casebook_site.editing.number_formats import shown
from casebook_site.editing.office_parts import (
    LAST_COLUMN,
    LONGEST,
    Oversized,
    Parts,
    SheetCells,
    Value,
    ignored,
    opened,
)


def sheets_in(content: bytes, besides: str = "") -> Iterator[SheetCells]:
    """Yield every visible sheet of a workbook, and a hidden one whose title is `besides`.

    Raise `Oversized` for what no table of records needs, and for a damaged file whatever zip, XML and
    numbers raise.
    """
    with opened(content) as parts:
        book = _Book(parts, _office(parts), besides)
        for title, path in book.sheets:
            sheet = _SheetReader(title, book)
            parts.read(path, sheet.begin, sheet.end)
            yield sheet.found


def sheet_parts(content: bytes) -> list[tuple[str, str]]:
    """Return (title, path in the file) of every visible sheet of a workbook."""
    with opened(content) as parts:
        return list(_Book(parts, _office(parts), "").sheets)


def _office(parts: Parts) -> str:
    """Return the path of the part that lists the sheets; empty if there is none."""
    found = _targets(parts, "").values()
    return next((path for kind, path in found if kind == "officeDocument"), "")


def _targets(parts: Parts, source: str) -> dict[str, tuple[str, str]]:
    """Return id → (type, path) of what a part refers to; "": the file as a whole."""
    folder, _, name = source.rpartition("/")
    found: dict[str, tuple[str, str]] = {}

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
            kind = attributes["Type"].rpartition("/")[2]
            found[attributes["Id"]] = (kind, path[1:])

    parts.read(posixpath.join(folder, "_rels", f"{name}.rels"), begin, ignored)
    return found


class _Book:
    """What the sheets of a workbook have in common."""

    def __init__(self, parts: Parts, path: str, besides: str) -> None:
        self.epoch = CALENDAR_WINDOWS_1900
        self.texts: list[str] = []
        self.formats: list[str] = []
        """The number format of each style."""
        self.sheets: list[tuple[str, str]] = []
        """Title and path of each sheet that is read."""
        targets = _targets(parts, path)

        def begin(name: str, attributes: Mapping[str, str]) -> None:
            if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self.epoch = CALENDAR_MAC_1904
            is_visible = attributes.get("state", "visible") == "visible"
            if name == "sheet" and (is_visible or attributes["name"] == besides):
                ids = (value for key, value in attributes.items() if key.endswith(":id"))
                kind, target = targets.get(next(ids, ""), ("", ""))
                if kind == "worksheet":
                    self.sheets.append((attributes["name"], target))

        parts.read(path, begin, ignored)
        for kind, target in targets.values():
            if kind == "sharedStrings" and parts.holds(target):
                reader = _TextReader(self.texts)
                parts.read(target, reader.begin, reader.end)
            elif kind == "styles" and parts.holds(target):
                self._read_styles(parts, target)

    def _read_styles(self, parts: Parts, path: str) -> None:
        formats = dict(BUILTIN_FORMATS)
        inside = False

        def begin(name: str, attributes: Mapping[str, str]) -> None:
            nonlocal inside
            if name == "numFmt":
                formats[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif name == "cellXfs":
                inside = True
            elif name == "xf" and inside:
                self.formats.append(formats.get(int(attributes.get("numFmtId", 0)), "General"))

        def end(name: str, text: str) -> None:
            nonlocal inside
            inside = inside and name != "cellXfs"

        parts.read(path, begin, end)


class _TextReader:
    """Texts with or without formats: `si` and `is`."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._pieces: list[str] = []
        self._aside = 0
        """How many phonetic runs are open: they say how a text is spoken, not what it is."""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if name in ("si", "is"):
            self._pieces.clear()
        self._aside += name == "rPh"

    def end(self, name: str, text: str) -> None:
        """End an element."""
        self._aside -= name == "rPh"
        if name == "t" and not self._aside:
            self._pieces.append(text)
        elif name in ("si", "is"):
            whole = "".join(self._pieces).replace("x005F_", "")
            if len(whole) > LONGEST:
                raise Oversized(f"有一格的文字超过 {LONGEST} 字")
            self._texts.append(whole)


_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class _SheetReader:
    """One pass over a sheet."""

    def __init__(self, title: str, book: _Book) -> None:
        self.found = SheetCells(title)
        self._book = book
        self._inline: list[str] = []
        self._text = _TextReader(self._inline)
        self._row = self._column = 0
        self._type, self._style = "n", 0
        self._value: str | None = None
        self._formula: str | None = None

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif name == "mergeCell":
            self.found.merged.append(_area(attributes["ref"]))
        else:
            self._text.begin(name, attributes)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        if place := _PLACE.fullmatch(attributes.get("r", "")):
            self._column, self._row = column_index_from_string(place[1]), int(place[2])
        else:
            self._column += 1
        self._type, self._style = attributes.get("t", "n"), int(attributes.get("s", 0))
        self._value = self._formula = None
        self._inline.clear()

    def end(self, name: str, text: str) -> None:
        """End an element."""
        if name == "v":
            self._value = text
        elif name == "f":
            self._formula = f"={text}"
        elif name == "c":
            self._end_cell()
        else:
            self._text.end(name, text)

    def _end_cell(self) -> None:
        value = self._converted()
        if value is None or value == "":
            return
        if self._column > LAST_COLUMN:
            place = f"{get_column_letter(self._column)}{self._row}"
            raise Oversized(f"{self.found.title}!{place} 离表太远，请删去那里的内容")
        self.found.rows.setdefault(self._row, {})[self._column] = value

    def _converted(self) -> Value:
        text = self._value
        if self._formula is not None:
            return Fault(self._formula)
        if self._type == "inlineStr":
            return self._inline[-1] if self._inline else text
        if text is None or (text == "" and self._type != "str"):
            return None
        match self._type:
            case "s":
                return self._book.texts[int(text)]
            case "str":
                return text
            case "b":
                return bool(int(text))
            case "e":
                return Fault(text)
            case "d":
                moment = from_ISO8601(text)  # type: ignore[no-untyped-call]
                return shown(moment, self._format, self._book.epoch)
        return self._number(text)

    def _number(self, text: str) -> Value:
        number = float(text) if any(mark in text for mark in ".eE") else int(text)
        if not math.isfinite(number):
            return Fault(text)
        form, epoch = self._format, self._book.epoch
        if not is_date_format(form):
            return shown(number, form, epoch)
        try:
            moment = from_excel(number, epoch, timedelta=is_timedelta_format(form))
        except (OverflowError, ValueError):
            return Fault("#VALUE!")
        return shown(moment, form, epoch)

    @property
    def _format(self) -> str:
        """The number format of the cell."""
        formats = self._book.formats
        return formats[self._style] if self._style < len(formats) else "General"


def _area(reference: str) -> tuple[int, int, int, int]:
    first, top, last, bottom = range_boundaries(reference)
    if first is None or top is None or last is None or bottom is None:
        raise ValueError(reference)
    return first, top, last, bottom
