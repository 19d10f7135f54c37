"""WordprocessingML, element by element, in the styles of the template (ECMA-376, part 1)."""

from __future__ import annotations

import io
from typing import Any

from casebook_site.outputs.packs import word_styles as styles
from casebook_site.outputs.packs.document import (
    FactsBlock,
    Item,
    Numbers,
    Picture,
    Run,
    Runs,
    TableBlock,
)

TEXT_WIDTH = 156
"""Width of the text in millimetres: A4 without the margins of GB/T 9704-2012."""
HIGHEST = 110
"""A picture that would be higher than this many millimetres is made smaller."""
CODE_WIDTH = 24
"""Of a QR code, in millimetres."""
TALL = 9
"""Height of a row that is written into by hand, in millimetres."""
TWIPS = 56.7
"""Twentieths of a point in a millimetre."""

STYLES = {"strong": styles.STRONG, "emphasis": styles.EMPHASIS, "code": ""}


class Elements:
    """Makes the elements of one Word document."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self._ids = {style.name: style.style_id for style in document.styles}
        self._bookmark = 0

    # --- paragraphs -------------------------------------------------------------------------------

    def _new(self, style: str) -> Any:
        from docx.oxml import OxmlElement
        from docx.text.paragraph import Paragraph

        element = OxmlElement("w:p")
        element.style = self._ids[style]  # python-docx looks a style up each time, at a price
        return Paragraph(element, self.document._body)

    def paragraph(self, style: str, text: str, *, new_page: bool = False) -> Any:
        """Return a paragraph of plain text."""
        made = self._new(style)
        if text:
            made.add_run(text)
        if new_page:
            made.paragraph_format.page_break_before = True
        return made._p

    def runs(self, style: str, runs: Runs, *, strong: bool = False) -> Any:
        """Return a paragraph of runs."""
        made = self._new(style)
        for run in runs:
            self._run(made, Run(run.text, "strong", run.href, run.cite) if strong else run)
        return made._p

    def labelled(self, style: str, label: str, runs: Runs) -> Any:
        """Return a label and what it labels on one line."""
        return self.runs(style, (Run(f"{label}：", "strong"), *runs))

    def item(self, style: str, item: Item) -> Any:
        """Return an item of a list, its marker before a tab."""
        return self.runs(style, (Run(f"{item.marker}\t"), *item.runs))

    def source(self, number: int, reference: str, address: str) -> Any:
        """Return a line of the list of sources."""
        link = (Run(" "), Run(address, href=address)) if address else ()
        return self.runs(styles.SOURCE, (Run(f"[{number}]\t{reference}"), *link))

    def heading(self, level: int, text: str, bookmark: str, *, new_page: bool) -> Any:
        """Return a heading that the contents lead to by its bookmark."""
        made = self._new(f"Heading {level}")
        if new_page:
            made.paragraph_format.page_break_before = True
        if bookmark:
            self._bookmark += 1
            made._p.append(_element("w:bookmarkStart", id=str(self._bookmark), name=bookmark))
        made.add_run(text)
        if bookmark:
            made._p.append(_element("w:bookmarkEnd", id=str(self._bookmark)))
        return made._p

    def contents_line(
        self, style: str, text: str, bookmark: str, *, first: bool, last: bool
    ) -> Any:
        """Return a line of the contents; one field spans all lines, for Word to update."""
        made = self._new(style)
        if first:
            begin = _element("w:fldChar", fldCharType="begin", dirty="true")
            self._field(made, begin, ' TOC \\o "1-2" \\h \\z \\u ')
        link = _element("w:hyperlink", anchor=bookmark, history="1")
        made._p.append(link)
        run = made.add_run(text)
        link.append(run._r)
        if last:
            made.add_run()._r.append(_element("w:fldChar", fldCharType="end"))
        return made._p

    def _field(self, made: Any, begin: Any, code: str) -> None:
        from docx.oxml.ns import qn

        made.add_run()._r.append(begin)
        instruction = _element("w:instrText")
        instruction.set(qn("xml:space"), "preserve")
        instruction.text = code
        made.add_run()._r.append(instruction)
        made.add_run()._r.append(_element("w:fldChar", fldCharType="separate"))

    def _run(self, made: Any, run: Run) -> None:
        if run.cite:
            made.add_run(f"[{run.cite}]")._r.style = self._ids[styles.CITE]
            return
        said = made.add_run(run.text)
        if style := STYLES.get(run.style):
            said._r.style = self._ids[style]
        if run.href:
            link = _element("w:hyperlink", history="1")
            self._relate(link, run.href)
            said._r.addprevious(link)
            link.append(said._r)

    def _relate(self, link: Any, address: str) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml.ns import qn

        id = self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), id)

    # --- pictures ---------------------------------------------------------------------------------

    def picture(self, picture: Picture, content: bytes) -> Any:
        """Return a picture in a paragraph of its own, with its text for who cannot see it."""
        made = self._new(styles.PICTURE)
        self._draw(made, content, picture.alt, TEXT_WIDTH * picture.width / 100)
        return made._p

    def _draw(self, made: Any, content: bytes, alt: str, width: float) -> None:
        from docx.shared import Mm

        shape = made.add_run().add_picture(io.BytesIO(content), width=Mm(width))
        if shape.height > Mm(HIGHEST):
            shape.width = int(shape.width * Mm(HIGHEST) / shape.height)
            shape.height = Mm(HIGHEST)
        shape._inline.docPr.set("descr", alt)

    def ending(self, element: Any, *, gap: float = 0) -> None:
        """Keep a paragraph on the page of what follows, `gap` points above it."""
        from docx.shared import Pt
        from docx.text.paragraph import Paragraph

        made = Paragraph(element, self.document._body).paragraph_format
        made.keep_with_next = True
        if gap:
            made.space_after = Pt(gap)

    # --- tables -----------------------------------------------------------------------------------

    def table(self, table: TableBlock) -> Any:
        """Return a table whose head is repeated and whose rows stay whole."""
        widths = [TEXT_WIDTH * share / sum(table.widths) for share in table.widths]
        made = self._grid(len(table.rows) + 1, widths, table.title)
        head = made.rows[0]
        head._tr.get_or_add_trPr().append(_element("w:tblHeader"))
        for cell, title in zip(head.cells, table.columns, strict=True):
            self._say(cell, styles.HEAD_CELL, (Run(title),))
        for row, cells in zip(made.rows[1:], table.rows, strict=True):
            for cell, runs in zip(row.cells, cells, strict=True):
                self._say(cell, styles.CELL, runs)
            if table.tall:
                height = _element("w:trHeight", val=str(round(TALL * TWIPS)), hRule="atLeast")
                row._tr.get_or_add_trPr().append(height)
        return made._tbl

    def facts(self, facts: FactsBlock, code: bytes) -> Any:
        """Labels and values; the code that leads to the page stands in a column of its own."""
        widths = [32.0, TEXT_WIDTH - 32 - (CODE_WIDTH + 6 if code else 0)]
        made = self._grid(
            max(1, len(facts.rows)), [*widths, *([CODE_WIDTH + 6.0] if code else [])], "概要"
        )
        for row, (label, runs) in zip(made.rows, facts.rows, strict=False):
            self._say(row.cells[0], styles.HEAD_CELL, (Run(label),))
            self._say(row.cells[1], styles.CELL, runs)
        if code and facts.code:
            cell = made.cell(0, 2).merge(made.cell(len(made.rows) - 1, 2))
            place = cell.paragraphs[0]
            place._p.style = self._ids[styles.PICTURE]
            self._draw(place, code, facts.code.alt, CODE_WIDTH)
            for empty in cell.paragraphs[1:]:
                empty._p.getparent().remove(empty._p)
        for row in made.rows[:-1]:  # else the code may fall on the next page
            for paragraph in row.cells[0].paragraphs + row.cells[1].paragraphs:
                paragraph.paragraph_format.keep_with_next = True
        return made._tbl

    def numbers(self, numbers: Numbers) -> Any:
        """Figures that stand out, as a table."""
        rows = tuple(
            ((Run(item.name),), (Run(item.value + item.unit, "strong"),), (Run(item.note),))
            for item in numbers.items
        )
        return self.table(TableBlock("关键数据", ("关键数据", "数值", "截至"), (6, 4, 5), rows))

    def _grid(self, rows: int, widths: list[float], title: str) -> Any:
        from docx.shared import Mm

        made = self.document.add_table(rows, len(widths), style=styles.TABLE)
        made.autofit = False
        made._tbl.getparent().remove(made._tbl)
        made._tbl.tblPr.append(_element("w:tblCaption", val=title))
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Mm(width)
        for row in made.rows:
            row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
                cell.paragraphs[0]._p.style = self._ids[styles.CELL]
        return made

    def _say(self, cell: Any, style: str, runs: Runs) -> None:
        paragraph = cell.paragraphs[0]
        paragraph._p.style = self._ids[style]
        for run in runs:
            self._run(paragraph, run)


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made
