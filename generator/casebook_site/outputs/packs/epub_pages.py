"""Blocks of a pack as XHTML for e-books: one page for each part, with the places that links lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from casebook_site.outputs.packs.document import (
    NOTICE,
    Blank,
    Block,
    FactsBlock,
    Heading,
    Item,
    ItemList,
    NewPage,
    Numbers,
    PackDocument,
    Paragraph,
    Picture,
    Run,
    Runs,
    Sources,
    TableBlock,
)

_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="zh-CN" lang="zh-CN">
<head><meta charset="utf-8"/><title>{title}</title><link rel="stylesheet" type="text/css" href="epub.css"/></head>
<body>
{body}
</body>
</html>
"""

_STYLES = {"": "{}", "strong": "<strong>{}</strong>", "emphasis": "<em>{}</em>", "code": "<code>{}</code>"}  # fmt: skip


@dataclass
class Chapter:
    """A file of the e-book."""

    name: str
    """`part-1.xhtml`."""
    title: str
    blocks: list[Block] = field(default_factory=list)


def chapters_of(document: PackDocument) -> list[Chapter]:
    """Return the parts of a document; what stands before the first heading is one without title."""
    found: list[Chapter] = []
    for block in document.blocks:
        begins = isinstance(block, Heading) and block.level == 1
        if begins or not found:
            title = block.text if isinstance(block, Heading) else document.title
            found.append(Chapter(f"part-{len(found) + 1}.xhtml", title))
        found[-1].blocks.append(block)
    return found


def page(title: str, body: str) -> str:
    """Return a whole page of XHTML."""
    return _PAGE.format(title=escape(title), body=body)


def labelled(heading: Heading) -> str:
    """Return a heading with its number, as plain text."""
    return f"{heading.number}{' ' if heading.number.endswith('.') else ''}{heading.text}"


class PageWriter:
    """Writes the pages of one document."""

    def __init__(self, document: PackDocument, chapters: Iterable[Chapter]) -> None:
        self._document = document
        self._sources: dict[int, str] = {}
        self.places: dict[int, str] = {}
        """Number of a listed heading, from 0 → where it stands: `part-2.xhtml#heading-3`."""
        self.pictures: dict[str, None] = {}
        """Names of the pictures that the pages show."""
        for chapter in chapters:
            for block in chapter.blocks:
                if isinstance(block, Sources):
                    self._sources |= {number: chapter.name for number, _, _ in block.items}

    def chapter(self, chapter: Chapter) -> str:
        """Return a part as a page; an internal one says so."""
        notice = f'<p class="notice">{NOTICE}</p>\n' if self._document.internal else ""
        groups = groupby(chapter.blocks, key=_is_internal)
        body = "\n".join(
            f'<div class="internal">\n{shown}\n</div>' if inside else shown
            for inside, blocks in groups
            for shown in ["\n".join(self._block(block, chapter.name) for block in blocks)]
        )
        return page(chapter.title, f"<section>\n{notice}{body}\n</section>")

    def title_page(self) -> str:
        """Return the page with what the cover of a book says."""
        pack = self._document
        copy = f"第{pack.copy}份" if pack.copy else ""
        date = f"资料更新至{pack.date}" if pack.date else ""
        notice = NOTICE if pack.internal else ""
        after = (pack.subtitle, pack.unit, date, pack.reader, copy, pack.site, pack.audit)
        lines = [
            *(f'<p class="notice">{text}</p>' for text in [notice] if text),
            f'<p class="label">{escape(pack.label)}</p>',
            f"<h1>{escape(pack.title)}</h1>",
            *(f"<p>{escape(text)}</p>" for text in after if text),
        ]
        body = "\n".join(lines)
        return page(
            pack.title, f'<section class="title" epub:type="titlepage">\n{body}\n</section>'
        )

    # --- blocks -----------------------------------------------------------------------------------

    def _block(self, block: Block, file: str) -> str:
        match block:
            case Heading():
                return self._heading(block, file)
            case Paragraph():
                return self._paragraph(block)
            case ItemList():
                return self._items(block.items)
            case Picture():
                return self._picture(block)
            case FactsBlock():
                return self._facts(block)
            case TableBlock():
                return self._table(block)
            case Numbers():
                return _numbers(block)
            case Sources():
                return _source_list(block)
            case Blank():
                return "\n".join(['<div class="line"></div>'] * block.lines)
            case NewPage():
                return '<hr class="new-page"/>'

    def _heading(self, heading: Heading, file: str) -> str:
        place = ""
        if heading.listed:
            number = len(self.places)
            self.places[number] = f"{file}#heading-{number + 1}"
            place = f' id="heading-{number + 1}"'
        tag = f"h{heading.level}"
        return f"<{tag}{place}>{escape(labelled(heading))}</{tag}>"

    def _paragraph(self, paragraph: Paragraph) -> str:
        said = f'<p class="{paragraph.role}">{self._runs(paragraph.runs)}</p>'
        return f"<blockquote>{said}</blockquote>" if paragraph.role == "quote" else said

    def _items(self, items: tuple[Item, ...]) -> str:
        if all(item.marker == "•" for item in items):
            return f"<ul>{self._entries(items, lambda item: '')}</ul>"
        entries = self._entries(items, lambda item: f"{escape(item.marker)} ")
        return f'<ul class="written">{entries}</ul>'

    def _entries(self, items: tuple[Item, ...], marker: Callable[[Item], str]) -> str:
        return "".join(
            f"<li>{marker(item)}{self._runs(item.runs)}"
            f"{self._items(item.items) if item.items else ''}</li>"
            for item in items
        )

    def _picture(self, picture: Picture) -> str:
        self.pictures.setdefault(picture.name)
        caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
        alt = escape(picture.alt)
        return f'<figure><img src="files/{picture.name}" alt="{alt}"/>{caption}</figure>'

    def _facts(self, facts: FactsBlock) -> str:
        """Labelled facts; the page's address is a link, as nobody scans the screen he reads on."""
        rows = "".join(
            f"<dt>{escape(label)}</dt><dd>{self._runs(runs)}</dd>" for label, runs in facts.rows
        )
        address = escape(facts.address)
        link = f'<p class="address"><a href="{address}">网页：{address}</a></p>' if address else ""
        return (f"<dl>{rows}</dl>" if rows else "") + link

    def _table(self, table: TableBlock) -> str:
        head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
        rows = "".join(
            f"<tr>{''.join(f'<td>{self._runs(cell)}</td>' for cell in row)}</tr>"
            for row in table.rows
        )
        label = escape(table.title)
        body = f"<tbody>{rows}</tbody>" if rows else ""
        return f'<table aria-label="{label}"><thead><tr>{head}</tr></thead>{body}</table>'

    # --- inside a line ----------------------------------------------------------------------------

    def _runs(self, runs: Runs) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        if run.cite:
            file = self._sources.get(run.cite)
            if file is None:  # the list of sources was left out
                return f'<span class="cite">[{run.cite}]</span>'
            return f'<a class="cite" href="{file}#source-{run.cite}">[{run.cite}]</a>'
        said = _STYLES[run.style].format(escape(run.text))
        return f'<a href="{escape(run.href)}">{said}</a>' if run.href else said


def _is_internal(block: Block) -> bool:
    return isinstance(block, Paragraph | ItemList | FactsBlock) and block.internal


def _numbers(numbers: Numbers) -> str:
    entries = "".join(
        f"<li><strong>{escape(n.value)}</strong>{escape(n.unit)}<br/>{escape(n.name)}"
        f'<br/><span class="note">{escape(n.note)}</span></li>'
        for n in numbers.items
    )
    return f'<ul class="numbers">{entries}</ul>'


def _source_list(sources: Sources) -> str:
    entries = "".join(
        f'<li id="source-{number}">[{number}] {escape(reference)}'
        + (f' <a href="{escape(address)}">{escape(address)}</a>' if address else "")
        + "</li>"
        for number, reference, address in sources.items
    )
    return f'<ul class="written">{entries}</ul>'


def contents(headings: Iterable[tuple[Heading, str]]) -> str:
    """Return the nested list of (heading, where it stands); one level inside another."""
    return "".join(_entries(list(headings)))


def _entries(headings: list[tuple[Heading, str]]) -> Iterator[str]:
    if not headings:
        return
    top = min(heading.level for heading, _ in headings)
    starts = [n for n, (heading, _) in enumerate(headings) if heading.level == top]
    yield "<ol>"
    for start, end in zip(starts, [*starts[1:], len(headings)], strict=True):
        heading, place = headings[start]
        yield f'<li><a href="{place}">{escape(labelled(heading))}</a>'
        yield from _entries(headings[start + 1 : end])
        yield "</li>"
    yield "</ol>"


MEDIA_TYPES: Mapping[str, str] = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
"""Suffix of a picture → its type; every reader of EPUB 3.3 shows these."""
