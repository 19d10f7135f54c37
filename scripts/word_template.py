"""Writes templates/packs/pack.docx, the Word template of packs, the same bytes each time.

The layout is that of official documents, GB/T 9704-2012: A4, margins 37/35/28/26 mm, body 仿宋
三号 on lines of 28 pt, headings 黑体, 楷体 and 仿宋, page numbers `— 1 —` outside. An office
may restyle the file in Word or WPS and name its own in mkdocs.yml; it keeps the tags {{ … }}.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from casebook_site.base.palette import on_paper
from casebook_site.outputs.packs import word_styles as styles
from casebook_site.outputs.packs.word import packed

FANG, HEI, KAI, SONG, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
LATIN = "Times New Roman"
ALTERNATIVES = {FANG: "仿宋", KAI: "楷体", TITLE: "宋体"}
"""What Word takes where a font is not installed."""

COLOURS = {name: value[1:].upper() for name, value in on_paper().items()}
RED = RGBColor.from_string(COLOURS["red"])
SOFT = RGBColor.from_string(COLOURS["soft"])


def set_fonts(style: Any, font: str, size: float, *, bold: bool = False) -> None:
    """Chinese and Latin fonts of a style; the theme's fonts would win otherwise."""
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), LATIN)
    fonts.set(qn("w:eastAsia"), font)


def set_lines(style: Any, *, exact: float = 28, before: float = 0, after: float = 0) -> None:
    """Set a fixed line height; 0 lets lines be as high as what stands in them."""
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if exact:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(exact)
    else:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE


def indent_characters(style: Any, characters: int) -> None:
    """First-line indent in characters, as Chinese Word counts it."""
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(characters * 100))
    indent.set(qn("w:firstLine"), str(characters * 320))


def paragraph_style(document: Any, name: str, font: str, size: float, **lines: float) -> Any:
    """Return a style of ours, or one of Word's own."""
    known = {style.name for style in document.styles}
    style = (
        document.styles[name]
        if name in known
        else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    set_fonts(style, font, size)
    set_lines(style, **lines)
    return style


def borders(style: Any, **sides: tuple[int, str]) -> None:
    """Borders of a paragraph style: side=(eighths of a point, colour)."""
    box = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right", "between"):
        if side in sides:
            size, colour = sides[side]
            line = OxmlElement(f"w:{side}")
            for key, value in (("val", "single"), ("sz", size), ("space", 6), ("color", colour)):
                line.set(qn(f"w:{key}"), str(value))
            box.append(line)
    style.element.get_or_add_pPr().insert_element_before(
        box, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


def shade(style: Any, colour: str) -> None:
    """Return a tint behind a paragraph."""
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{key}"), value)
    style.element.get_or_add_pPr().insert_element_before(
        shading, "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


def make_headings(document: Any) -> None:
    """Body, headings, title and cover."""
    normal = paragraph_style(document, "Normal", FANG, 16)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body = paragraph_style(document, styles.BODY, FANG, 16)
    indent_characters(body, 2)
    for level, font in enumerate((HEI, KAI, FANG, FANG), start=1):
        heading = paragraph_style(
            document, f"Heading {level}", font, 16, before=8 if level < 3 else 0
        )
        heading.font.bold = level > 2
        heading.paragraph_format.keep_with_next = True
        indent_characters(heading, 2)
    title = paragraph_style(document, "Title", TITLE, 22, exact=36)
    for line in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(line)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, font, size in ((styles.COVER_SUBTITLE, KAI, 16), (styles.COVER_LINE, FANG, 16)):
        paragraph_style(
            document, name, font, size
        ).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def make_text_styles(document: Any) -> None:
    """Paragraphs, lists and notes."""
    paragraph_style(
        document, styles.LABEL, HEI, 16, before=6
    ).paragraph_format.keep_with_next = True
    lead = paragraph_style(document, styles.LEAD, KAI, 16)
    lead.paragraph_format.keep_with_next = True
    indent_characters(lead, 2)
    paragraph_style(document, styles.SUBTITLE, KAI, 16).font.color.rgb = RED
    note = paragraph_style(document, styles.NOTE, FANG, 12, exact=20)
    note.font.color.rgb = SOFT
    quote = paragraph_style(document, styles.QUOTE, KAI, 16)
    quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = Pt(32)
    paragraph_style(document, styles.CODE, FANG, 12, exact=20)
    for depth, name in enumerate(styles.LISTS):
        item = paragraph_style(document, name, FANG, 16)
        item.paragraph_format.left_indent = Pt(32 * (depth + 2) - 8)
        item.paragraph_format.first_line_indent = Pt(-24)
    internal = paragraph_style(document, styles.INTERNAL, FANG, 14, exact=24)
    borders(internal, left=(18, COLOURS["red"]))
    shade(internal, "F7F2E8")


def make_small_styles(document: Any) -> None:
    """Tables, pictures, contents, and what stands at the edge of a page."""
    paragraph_style(document, styles.CELL, FANG, 12, exact=0)
    head = paragraph_style(document, styles.HEAD_CELL, HEI, 12, exact=0)
    head.font.color.rgb = RED
    source = paragraph_style(document, styles.SOURCE, FANG, 12, exact=20, after=3)
    source.paragraph_format.left_indent = Pt(24)
    source.paragraph_format.first_line_indent = Pt(-24)
    blank = paragraph_style(document, styles.BLANK, FANG, 16)
    borders(blank, bottom=(4, "808080"), between=(4, "808080"))
    picture = paragraph_style(document, styles.PICTURE, FANG, 12, exact=0, before=6)
    picture.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture.paragraph_format.keep_with_next = True
    caption = paragraph_style(document, "Caption", FANG, 12, exact=18, after=8)
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for level, font in ((1, HEI), (2, FANG)):
        entry = paragraph_style(document, f"TOC {level}", font, 14, exact=22)
        entry.paragraph_format.left_indent = Pt(28 * (level - 1))
    paragraph_style(
        document, styles.CONTENTS, HEI, 16
    ).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    audit = paragraph_style(document, styles.AUDIT, FANG, 10.5, exact=18, before=18)
    borders(audit, top=(4, COLOURS["gold"]))
    for name in ("Header", "Footer"):
        paragraph_style(document, name, SONG, 14 if name == "Footer" else 10.5, exact=0)


def character_styles(document: Any) -> None:
    """Styles inside a line."""
    strong = document.styles.add_style(styles.STRONG, WD_STYLE_TYPE.CHARACTER)
    emphasis = document.styles.add_style(styles.EMPHASIS, WD_STYLE_TYPE.CHARACTER)
    for style, font in ((strong, HEI), (emphasis, KAI)):
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), font)
    cite = document.styles.add_style(styles.CITE, WD_STYLE_TYPE.CHARACTER)
    cite.font.superscript = True
    cite.font.color.rgb = RED


def table_style(document: Any) -> None:
    """Rules between the rows, none at the sides."""
    style = document.styles.add_style(styles.TABLE, WD_STYLE_TYPE.TABLE)
    properties = OxmlElement("w:tblPr")
    box = OxmlElement("w:tblBorders")
    for side, size, colour in (
        ("top", 8, COLOURS["red"]),
        ("bottom", 8, COLOURS["red"]),
        ("insideH", 4, "BFB6A6"),
        ("insideV", 4, "E4DCCD"),
    ):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", size), ("space", 0), ("color", colour)):
            line.set(qn(f"w:{key}"), str(value))
        box.append(line)
    properties.append(box)
    room = OxmlElement("w:tblCellMar")
    for side, width in (("top", 50), ("left", 100), ("bottom", 50), ("right", 100)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        room.append(margin)
    properties.append(room)
    style.element.append(properties)


def field(paragraph: Any, code: str) -> None:
    """Return a field that Word fills in."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            said = OxmlElement("w:instrText")
            said.set(qn("xml:space"), "preserve")
            said.text = f" {text} "
            run._r.append(said)


def number_line(footer: Any, alignment: Any) -> None:
    """`— 1 —`, and the number of the copy."""
    line = footer.paragraphs[0]
    line.alignment = alignment
    line.add_run("— ")
    field(line, "PAGE")
    line.add_run(" —")
    below = footer.add_paragraph("{{ copy }}", style="Header")
    below.alignment = alignment


def pages(document: Any) -> None:
    """Paper, margins, the notice above and the number below each page."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(25)
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    for header in (section.header, section.even_page_header, section.first_page_header):
        line = header.paragraphs[0]
        line.text = "{{ notice }}"
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.runs[0].font.color.rgb = RED
    number_line(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    number_line(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    first = section.first_page_footer.paragraphs[0]
    first.text, first.style = "{{ copy }}", document.styles["Header"]
    first.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def cover(document: Any) -> None:
    """Return the tags, in the order of reading."""

    def line(text: str, style: str) -> None:
        document.add_paragraph(text, style=style)

    line("{%p if book %}", styles.BODY)
    for _ in range(5):
        line("", styles.COVER_LINE)
    line("{{ label }}", styles.COVER_SUBTITLE)
    line("{{ title }}", "Title")
    line("{%p if subtitle %}", styles.BODY)
    line("{{ subtitle }}", styles.COVER_SUBTITLE)
    line("{%p endif %}", styles.BODY)
    for _ in range(9):
        line("", styles.COVER_LINE)
    line("{%p if unit %}", styles.BODY)
    line("{{ unit }}", styles.COVER_LINE)
    line("{%p endif %}", styles.BODY)
    line("{{ reader }}", styles.COVER_LINE)
    line("{%p if date %}", styles.BODY)
    line("资料更新至{{ date }}", styles.COVER_LINE)
    line("{%p endif %}", styles.BODY)
    line("{%p else %}", styles.BODY)
    line("{{ label }}", styles.COVER_SUBTITLE)
    line("{%p endif %}", styles.BODY)
    line("{{ body }}", styles.BODY)
    line("{{ audit }}", styles.AUDIT)


def alternatives(document: Any) -> None:
    """Names what stands in for fonts that only some offices have."""
    part = next(
        rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable")
    )
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")


def template() -> bytes:
    """Return the template file."""
    document = docx.Document()
    document._body.clear_content()
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    language.set(qn("w:eastAsia"), "zh-CN")
    make_headings(document)
    make_text_styles(document)
    make_small_styles(document)
    character_styles(document)
    table_style(document)
    alternatives(document)
    pages(document)
    cover(document)
    return packed(document, created=0, title="学习资料模板", author="", about="")


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(template())
