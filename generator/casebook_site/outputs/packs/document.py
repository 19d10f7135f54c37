"""What a pack says, as plain values: one document, set by Typst as PDF and by Word's template.

No record is in here and no markup: texts, numbers and pictures in the order of reading. The PDF
receives it as JSON; the Word template walks over the same blocks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from casebook_site.model.catalog import Key

NOTICE = "内部资料 注意保管"
"""Stands on every page of an internal pack."""


Style = Literal["", "strong", "emphasis", "code"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one style."""

    text: str
    style: Style = ""
    href: str = ""
    """Absolute address that the text leads to, or empty."""
    cite: int = 0
    """Number in the pack's list of sources; such a run has no text of its own."""


Runs = tuple[Run, ...]


def plain(text: str) -> Runs:
    """One run without any style."""
    return (Run(text),) if text else ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 begins a part. Levels never skip one."""

    level: int
    number: str
    """`一、`, `（一）`, `1.`; empty for none."""
    text: str
    mark: str = ""
    """Category whose mark stands beside it."""
    listed: bool = True
    """Whether the contents name it."""
    breaks: bool = False
    """Whether a book begins a page with it."""
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in a role: the template decides what the role looks like."""

    runs: Runs
    role: Literal["body", "lead", "subtitle", "note", "quote", "code", "label"] = "body"
    internal: bool = False
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list with what is below it."""

    marker: str
    runs: Runs
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list whose markers are written out, so that PDF and Word count alike."""

    items: tuple[Item, ...]
    internal: bool = False
    kind: str = field(default="list", init=False)

    def flat(self) -> Iterator[tuple[int, Item]]:
        """(depth from 0, item) in the order of reading."""

        def walk(items: tuple[Item, ...], depth: int) -> Iterator[tuple[int, Item]]:
            for item in items:
                yield depth, item
                yield from walk(item.items, depth + 1)

        return walk(self.items, 0)


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo or drawing; its bytes are the document's `files`."""

    name: str
    """`3f2a….svg`: named by content, so that the same picture is there once."""
    alt: str
    caption: str = ""
    width: int = 100
    """Share of the text's width, in percent."""
    kind: str = field(default="picture", init=False)


@dataclass(frozen=True, slots=True)
class FactsBlock:
    """Labelled facts, with the code that leads to the public page beside them."""

    rows: tuple[tuple[str, Runs], ...]
    code: Picture | None = None
    address: str = ""
    """What the code says, in words."""
    internal: bool = False
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with a head row that is repeated on each page."""

    title: str
    """What the table is, for ears."""
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    """Shares of the text's width."""
    rows: tuple[tuple[Runs, ...], ...]
    tall: bool = False
    """Rows leave room for handwriting."""
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure that stands out."""

    value: str
    unit: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """A few figures side by side."""

    items: tuple[Number, ...]
    kind: str = field(default="numbers", init=False)


@dataclass(frozen=True, slots=True)
class Sources:
    """The numbered list of sources, which citations lead to."""

    items: tuple[tuple[int, str, str], ...]
    """(number, reference, address or empty)."""
    kind: str = field(default="sources", init=False)


@dataclass(frozen=True, slots=True)
class Blank:
    """Empty lines to write on."""

    lines: int
    kind: str = field(default="blank", init=False)


@dataclass(frozen=True, slots=True)
class NewPage:
    """The heading that follows begins a page, if one does."""

    kind: str = field(default="new-page", init=False)


Block = (
    Heading
    | Paragraph
    | ItemList
    | Picture
    | FactsBlock
    | TableBlock
    | Numbers
    | Sources
    | Blank
    | NewPage
)


@dataclass(frozen=True, slots=True)
class PackDocument:
    """A whole pack."""

    name: str
    """Name of its file, without extension: `county-yiyuan`, `county-yiyuan-internal.test`."""
    title: str
    subtitle: str
    label: str
    """What kind of pack it is: `县市资料`."""
    layout: Literal["book", "sheet"]
    """A book has a cover and contents; a sheet begins with its title."""
    internal: bool
    unit: str
    """The organisation that hands it out, or empty."""
    site: str
    date: str
    """Date of the newest record in it, in Chinese; empty where none says."""
    created: int
    """The same as seconds since 1970 in UTC, for the file's metadata."""
    reader: str
    """For whom it is: `内部使用`."""
    audit: str
    """One line: for whom, which edition, newest record."""
    blocks: tuple[Block, ...]
    files: Mapping[str, bytes]
    records: tuple[Key, ...]
    """What it was made from, for whoever looks for a character."""
    copy: int = 0
    """Number of this copy, from 1; 0 for copies without number."""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing beyond its headings."""
        return all(isinstance(block, Heading) for block in self.blocks)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Those that the contents list: parts and their sections."""
        return tuple(b for b in self.blocks if isinstance(b, Heading) and b.listed)


def picture_name(content: bytes, suffix: str) -> str:
    """Return the name of a picture's file; `suffix` with its dot."""
    return f"{hashlib.sha256(content).hexdigest()[:20]}{suffix}"
