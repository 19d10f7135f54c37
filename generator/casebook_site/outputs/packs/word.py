"""Word: a document into the office's template. The one place that knows docxtpl.

The template holds the cover, page headers and every style; its tags are filled by docxtpl. The
blocks are written at the tag `{{ body }}` in the template's styles, so that whoever restyles the
template restyles all packs. The file's dates are those of the content.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

from casebook_site.base.problems import SettingsError
from casebook_site.outputs.packs import word_styles as styles
from casebook_site.outputs.packs.document import (
    NOTICE,
    Blank,
    Block,
    FactsBlock,
    Heading,
    ItemList,
    NewPage,
    Numbers,
    PackDocument,
    Paragraph,
    Picture,
    Sources,
    TableBlock,
)
from casebook_site.outputs.packs.typst import TypstRenderer
from casebook_site.outputs.packs.word_elements import Elements
from casebook_site.outputs.packs.word_tags import tag_fault

BODY_MARK = "casebook:body"
"""What `{{ body }}` becomes until the blocks are put there."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

GAP = 6
"""Points between a paragraph and the table below it."""

ROLES = {
    "body": styles.BODY,
    "lead": styles.LEAD,
    "subtitle": styles.SUBTITLE,
    "note": styles.NOTE,
    "quote": styles.QUOTE,
    "code": styles.CODE,
    "label": styles.LABEL,
}


class WordRenderer:
    """Writes documents after one template."""

    def __init__(self, template: Path, press: TypstRenderer) -> None:
        self.template = template
        self.press = press
        self._content = template.read_bytes()
        self._checked = False

    def docx(self, document: PackDocument) -> bytes:
        """Return the document as a Word file; raise `SettingsError` if the template is at fault."""
        self.press.check_pictures(document)
        filled = self._filled(document)
        mark = next((p for p in filled.paragraphs if p.text == BODY_MARK), None)
        if mark is None:
            raise self._fault("正文里没有 {{ body }} 这一段，资料内容没有地方放")
        known = {style.name for style in filled.styles}
        missing = [name for name in styles.NEEDED if name not in known]
        if missing:
            raise self._fault(f"缺少样式：{'、'.join(missing)}")
        _Writer(filled, mark, document, self.press).write()
        return packed(
            filled,
            created=document.created,
            title=document.title,
            author=document.unit or document.site,
            about=document.audit,
        )

    def _filled(self, document: PackDocument) -> Any:
        """Return the template with all its tags filled, as python-docx has it."""
        import jinja2
        from docxtpl import DocxTemplate

        from casebook_site.outputs.packs.word_safety import template_environment

        if not self._checked and (fault := self._unfit()):
            raise self._fault(fault)
        template = DocxTemplate(io.BytesIO(self._content))
        try:
            opened = template.get_docx()
        except Exception as error:  # a damaged file fails in any way
            raise self._fault(f"不是 Word 文件（.docx）：{error}") from None
        values = _values(document)
        # docxtpl leaves a tag without an end as it is, and says of a wrong one hardly where it is.
        if not self._checked and (fault := tag_fault(opened, values)):
            raise self._fault(fault)
        self._checked = True
        try:
            template.render(values, jinja_env=template_environment(), autoescape=True)
        except jinja2.TemplateError as error:
            raise self._fault(f"标记填不进去（{error}）") from None
        return template.docx

    def _unfit(self) -> str:
        """Return what the file may not hold, or that it is no Word file; empty if it is sound."""
        try:
            from casebook_site.outputs.packs.word_safety import template_fault

            return template_fault(self._content)
        except Exception as error:  # a damaged file fails in any way
            return f"不是 Word 文件（.docx）：{error}"

    def _fault(self, what: str) -> SettingsError:
        return SettingsError(
            f"Word 模板 {self.template.name} 有误：{what}。在 Word 里改正，或用自带的模板。"
        )


def _values(document: PackDocument) -> dict[str, object]:
    """Return name → value for the tags of a template."""
    return {
        "book": document.layout == "book",
        "label": document.label,
        "title": document.title,
        "subtitle": document.subtitle,
        "unit": document.unit,
        "site": document.site,
        "reader": document.reader,
        "date": document.date,
        "copy": f"第{document.copy}份" if document.copy else "",
        "notice": NOTICE if document.internal else "",
        "audit": document.audit,
        "body": BODY_MARK,
    }


class _Writer:
    """Puts the blocks of one document at the mark."""

    def __init__(
        self, filled: Any, mark: Any, document: PackDocument, press: TypstRenderer
    ) -> None:
        self.document = document
        self.press = press
        self.make = Elements(filled)
        self.mark = mark
        self._bookmarks = 0
        self._page_ended = False

    def write(self) -> None:
        """All blocks, and the contents before them."""
        if self.document.layout == "book":
            self._contents()
        for block in self.document.blocks:
            for element in self._elements(block):
                self._put(element)
        self._keep_last()
        self.mark._p.getparent().remove(self.mark._p)

    def _put(self, element: Any) -> None:
        if element.tag == f"{_W}tbl":
            self._keep_last(GAP)
        self.mark._p.addprevious(element)

    def _keep_last(self, gap: float = 0) -> None:
        """Keep the last paragraph on the page of what follows."""
        last = self.mark._p.getprevious()
        if last is not None and last.tag == f"{_W}p":
            self.make.ending(last, gap=gap)

    def _contents(self) -> None:
        self._put(self.make.paragraph(styles.CONTENTS, "目录", new_page=True))
        headings = self.document.headings
        for number, heading in enumerate(headings):
            self._put(
                self.make.contents_line(
                    f"TOC {heading.level}",
                    f"{heading.number}{heading.text}",
                    f"part{number + 1}",
                    first=number == 0,
                    last=number == len(headings) - 1,
                )
            )

    def _elements(self, block: Block) -> list[Any]:
        make = self.make
        match block:
            case Heading():
                return [self._heading(block)]
            case Paragraph():
                style = styles.INTERNAL if block.internal else ROLES[block.role]
                return [
                    make.runs(style, block.runs, strong=block.internal and block.role == "label")
                ]
            case ItemList():
                return [
                    make.item(
                        styles.INTERNAL if block.internal else styles.LISTS[min(depth, 2)], item
                    )
                    for depth, item in block.flat()
                ]
            case Picture():
                return self._picture(block)
            case FactsBlock():
                return self._facts(block)
            case TableBlock():
                return [make.table(block), make.paragraph(styles.CELL, "")]
            case Numbers():
                return [make.numbers(block), make.paragraph(styles.CELL, "")]
            case Sources():
                return [make.source(*item) for item in block.items]
            case Blank():
                return [make.paragraph(styles.BLANK, "") for _ in range(block.lines)]
            case NewPage():
                self._page_ended = True
                return []

    def _heading(self, heading: Heading) -> Any:
        bookmark = ""
        if heading.listed:
            self._bookmarks += 1
            bookmark = f"part{self._bookmarks}"
        space = " " if heading.number.endswith(".") else ""
        text = f"{heading.number}{space}{heading.text}"
        new_page = self._page_ended or (heading.breaks and self.document.layout == "book")
        self._page_ended = False
        return self.make.heading(heading.level, text, bookmark, new_page=new_page)

    def _picture(self, picture: Picture) -> list[Any]:
        drawn = self.make.picture(picture, self._pixels(picture))
        if not picture.caption:
            return [drawn]
        return [drawn, self.make.paragraph("Caption", picture.caption)]

    def _facts(self, facts: FactsBlock) -> list[Any]:
        if facts.internal:
            rows = [(label, runs) for label, runs in facts.rows]
            return [self.make.labelled(styles.INTERNAL, label, runs) for label, runs in rows]
        code = self._pixels(facts.code) if facts.code else b""
        return [self.make.facts(facts, code), self.make.paragraph(styles.CELL, "")]

    def _pixels(self, picture: Picture) -> bytes:
        """Return the picture in a form that every Word shows."""
        content = self.document.files[picture.name]
        if picture.name.endswith((".svg", ".webp")):
            return self.press.png(picture.name, content)
        return content


def packed(document: Any, *, created: int, title: str, author: str, about: str) -> bytes:
    """Return a python-docx document as bytes that depend on nothing but what is in it.

    `created`: seconds since 1970 in UTC, for the properties.
    """
    day = datetime.datetime.fromtimestamp(created, datetime.UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.created = properties.modified = day
    properties.title, properties.author, properties.comments = title, author, about
    properties.last_modified_by, properties.revision, properties.language = author, 1, "zh-CN"
    saved = io.BytesIO()
    document.save(saved)
    return _without_times(saved.getvalue())


def _without_times(content: bytes) -> bytes:
    """Return a zip whose entries all carry the same time, in the order in which they were."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            plain = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            plain.compress_type, plain.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            plain.create_system = 3
            new.writestr(plain, old.read(entry))
    return result.getvalue()
