"""The parts of a workbook, .xlsx or .ods: a zip of XML, read as a stream and under limits.

The cost is that of the bytes read, whatever they say. Names of elements are taken without their
namespace: a Strict file has others.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.parsers import expat

from casebook_site.editing.cell_text import Cell, Fault

MOST_UNPACKED = 500_000_000
"""Bytes of a file with all its parts, pictures included, when unpacked."""
MOST_BYTES = 100_000_000
"""Bytes of all parts that are read, when unpacked."""
MOST_ELEMENTS = 1_500_000
"""XML elements of all parts that are read: a cell with a number is two."""
DEEPEST = 100
"""Elements inside one another."""
LONGEST = 100_000
"""Characters of a cell. Excel itself holds 32,767."""
LAST_COLUMN = 1000
"""Column beyond which no table goes."""


class Oversized(Exception):
    """What is too much, in Chinese."""


Value = Cell | Fault


@dataclass
class SheetCells:
    """What a sheet holds."""

    title: str
    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    """Row → column → value, both counted from 1; nothing that is empty."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First column, first row, last column, last row of each merged area."""


Begin = Callable[[str, Mapping[str, str]], None]
End = Callable[[str, str], None]
Said = Callable[[str], None]


class Parts:
    """The parts of a file, under one limit for all that is read of them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._bytes = 0
        self._elements = 0

    def read(self, path: str, begin: Begin, end: End, said: Said | None = None) -> None:
        """Read a part. `begin` is told of an element, `end` of it and of its own text.

        `said`: told of each piece of text in the order of the part, for elements among text.
        """
        entry = self._archive.getinfo(path)
        self._bytes += entry.file_size
        if self._bytes > MOST_BYTES:
            raise Oversized("解开后过大")
        texts: list[list[str]] = []

        def begun(name: str, attributes: dict[str, str]) -> None:
            self._elements += 1
            if self._elements > MOST_ELEMENTS or len(texts) > DEEPEST:
                raise Oversized("格子太多")
            texts.append([])
            begin(name.rpartition(":")[2], attributes)

        def ended(name: str) -> None:
            end(name.rpartition(":")[2], "".join(texts.pop()))

        def told(text: str) -> None:
            texts[-1].append(text)
            if said:
                said(text)

        def refused(*_: object) -> None:
            raise Oversized("里面有文档类型定义")

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = begun, ended
        parser.CharacterDataHandler = told
        parser.StartDoctypeDeclHandler = refused
        with self._archive.open(entry) as file:
            while piece := file.read(1 << 16):
                parser.Parse(piece, False)
        parser.Parse(b"", True)

    def holds(self, path: str) -> bool:
        """Return whether there is a part of this path."""
        return path in self._archive.NameToInfo


@contextmanager
def opened(content: bytes) -> Iterator[Parts]:
    """Give the parts of a workbook; raise `Oversized` for one that unpacks without end."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise Oversized("解开后过大")
        yield Parts(archive)


def ignored(name: str, text: str) -> None:
    """Take no notice of an element's end."""
