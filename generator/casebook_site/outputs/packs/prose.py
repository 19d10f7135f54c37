"""Markdown of records as blocks. What has no place in a pack (raw HTML) is text, as on the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from markdown_it.tree import SyntaxTreeNode

from casebook_site.base.rendering import parse_prose
from casebook_site.outputs.packs.document import (
    Block,
    Item,
    ItemList,
    Paragraph,
    Run,
    Runs,
    Style,
    TableBlock,
    plain,
)

LinkRuns = Callable[[str, Runs], Runs]
"""(address as written, what stands in the brackets) → what is shown."""

Subheading = Callable[[int, str], Block]
"""(level below the text's own heading, from 1; text) → heading."""


@dataclass(frozen=True)
class Reader:
    """Reads Markdown, asking what links become."""

    link: LinkRuns
    heading: Subheading
    internal: bool = False

    def blocks(self, text: str) -> Iterator[Block]:
        """Yield the blocks of a text; its headings are made to follow one another without a gap."""
        top = SyntaxTreeNode(parse_prose(text))
        levels = sorted({node.tag for node in top.walk() if node.type == "heading"})
        for node in top.children:
            if node.type == "heading":
                yield self.heading(levels.index(node.tag) + 1, _text(self._inline(node)))
            else:
                yield from self._block(node)

    def _block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        match node.type:
            case "bullet_list" | "ordered_list":
                yield ItemList(self._items(node), self.internal)
            case "blockquote":
                for block in (b for child in node.children for b in self._block(child)):
                    yield replace(block, role="quote") if isinstance(block, Paragraph) else block
            case "table":
                yield self._table(node)
            case "fence" | "code_block":
                for line in node.content.rstrip("\n").split("\n"):
                    yield Paragraph((Run(line or " ", "code"),), "code", self.internal)
            case "hr":
                return
            case "heading":  # inside a quotation or a list, where it heads nothing
                yield Paragraph(_styled(self._inline(node), "strong"), internal=self.internal)
            case _:
                if runs := self._inline(node):
                    yield Paragraph(runs, internal=self.internal)

    def _items(self, node: SyntaxTreeNode) -> tuple[Item, ...]:
        start = int(node.attrs.get("start", 1) or 0)
        ordered = node.type == "ordered_list"
        return tuple(
            self._item(child, f"{start + number}." if ordered else "•")
            for number, child in enumerate(node.children)
        )

    def _item(self, node: SyntaxTreeNode, marker: str) -> Item:
        runs: list[Run] = []
        below: list[Item] = []
        for child in node.children:
            if child.type in ("bullet_list", "ordered_list"):
                below += self._items(child)
            else:
                said = [r for b in self._block(child) if isinstance(b, Paragraph) for r in b.runs]
                runs += [Run(" "), *said] if runs and said else said
        return Item(marker, tuple(runs), tuple(below))

    def _table(self, node: SyntaxTreeNode) -> TableBlock:
        rows = [row for part in node.children for row in part.children]
        cells = [tuple(self._inline(cell) for cell in row.children) for row in rows]
        columns = tuple(_text(cell) for cell in cells[0])
        return TableBlock("表", columns, (1,) * len(columns), tuple(cells[1:]))

    # --- inside a line ----------------------------------------------------------------------------

    def _inline(self, node: SyntaxTreeNode) -> Runs:
        return tuple(
            run
            for child in node.children
            for run in (self._inline(child) if child.type == "inline" else self._run(child))
        )

    def _run(self, node: SyntaxTreeNode) -> Runs:
        match node.type:
            case "text":
                return plain(node.content)
            case "softbreak" | "hardbreak":
                return plain(" ")
            case "code_inline":
                return (Run(node.content, "code"),)
            case "strong":
                return _styled(self._inline(node), "strong")
            case "em":
                return _styled(self._inline(node), "emphasis")
            case "link":
                return self.link(str(node.attrs.get("href", "")), self._inline(node))
            case _:
                return self._inline(node) if node.children else plain(node.content)


def _styled(runs: Runs, style: Style) -> Runs:
    return tuple(replace(run, style=run.style or style) for run in runs)


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)
