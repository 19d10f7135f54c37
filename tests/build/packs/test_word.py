"""Word packs: laid out after GB/T 9704-2012, restyled by an office, opened by others."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from casebook_site.base.problems import SettingsError
from casebook_site.kinds import program_schema
from casebook_site.outputs.packs import word_styles
from casebook_site.outputs.packs.making import write_packs
from casebook_site.outputs.packs.scopes import PackScope
from casebook_site.outputs.packs.typst import typst_templates
from scripts.word_template import template
from tests.build.packs.making import (
    TELLING,
    bundle_builder,
    document_of,
    docx_parts,
    makers_of,
    toy_builder,
    toy_file,
    toy_scopes,
)
from tests.folders import SiteFolder

TEMPLATE = typst_templates() / "pack.docx"
CANARY = re.compile(rb"canary", re.IGNORECASE)


def opened(content: bytes) -> Any:
    """A Word file as python-docx reads it."""
    return docx.Document(io.BytesIO(content))


def east_asian(style: Any) -> str:
    """The Chinese font of a style."""
    return str(style.element.rPr.rFonts.get(qn("w:eastAsia")))


def test_the_template_is_what_its_script_writes() -> None:
    assert TEMPLATE.read_bytes() == template()


def assert_public(scope: str | PackScope) -> None:
    """Nothing in a Word file is internal."""
    for name, content in docx_parts(toy_file(scope, "public", "docx")).items():
        assert not CANARY.search(content), name
        assert "内部资料".encode() not in content, name


@pytest.mark.parametrize("scope", TELLING)
def test_nothing_internal_is_in_any_part_of_a_public_word_file(scope: str) -> None:
    assert_public(scope)


@pytest.mark.slow
def test_nothing_internal_is_in_any_word_file_that_the_toy_can_make() -> None:
    for scope in toy_scopes("public"):
        assert_public(scope)


def test_every_header_of_an_internal_word_file_says_so() -> None:
    parts = docx_parts(toy_file("class:spring", "internal", "docx"))
    headers = [content for name, content in parts.items() if re.match(r"word/header\d", name)]
    assert len(headers) == 3  # first page, even pages, odd pages
    assert all("内部资料 注意保管".encode() in content for content in headers)
    assert b"CANARY-training-class-lesson_notes" in parts["word/document.xml"]


def test_the_page_is_that_of_an_official_document() -> None:
    document = opened(toy_file("county:jia", "public", "docx"))
    for section in document.sections:
        page = (section.page_width, section.page_height)
        margins = (section.top_margin, section.bottom_margin)
        sides = (section.left_margin, section.right_margin)
        for found, wanted in zip(
            (*page, *margins, *sides), (210, 297, 37, 35, 28, 26), strict=True
        ):
            assert abs(found - Mm(wanted)) < Mm(0.1)
    body = document.styles[word_styles.BODY]
    assert (body.font.size, body.paragraph_format.line_spacing) == (Pt(16), Pt(28))
    fonts = ["仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"]
    names = [word_styles.BODY, "Heading 1", "Heading 2", "Title"]
    assert [east_asian(document.styles[name]) for name in names] == fonts
    assert body.element.pPr.ind.get(qn("w:firstLineChars")) == "200"


def test_headings_are_real_and_the_contents_lead_to_them() -> None:
    content = toy_file("county:jia", "public", "docx")
    wanted = document_of(toy_builder("public"), "county:jia").headings
    document = opened(content)
    found = [p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert [f"{h.number}{h.text}" for h in wanted] == [
        text for text in found if text in {f"{h.number}{h.text}" for h in wanted}
    ]
    xml = docx_parts(content)["word/document.xml"].decode()
    assert 'TOC \\o "1-2"' in xml
    anchors = re.findall(r'w:anchor="(part\d+)"', xml)
    assert len(anchors) == len(wanted)
    assert set(anchors) == set(re.findall(r'w:bookmarkStart [^>]*w:name="(part\d+)"', xml))


def test_every_drawing_has_a_text_for_who_cannot_see_it() -> None:
    xml = docx_parts(toy_file("point:zi-park", "public", "docx"))["word/document.xml"].decode()
    drawings = re.findall(r"<wp:docPr [^>]*>", xml)
    assert drawings
    assert all(re.search(r'descr="[^"]+"', drawing) for drawing in drawings)
    ids = re.findall(r'<wp:docPr [^>]*\bid="(\d+)"', xml)
    assert len(ids) == len(set(ids))


def test_rows_of_tables_stay_whole_and_heads_are_repeated() -> None:
    for table in opened(toy_file("county:jia", "public", "docx")).tables:
        for row in table.rows:
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None
        if len(table.columns) > 3:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_same_pack_has_the_same_bytes_and_no_clock_in_it() -> None:
    content = toy_file("county:jia", "public", "docx")
    makers = makers_of(bundle_builder(SiteFolder(toy_builder("public").lookups.settings.root)))
    document = document_of(toy_builder("public"), "county:jia")
    assert makers.render(document, "docx") == content
    with ZipFile(io.BytesIO(content)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = opened(content).core_properties
    assert properties.created == properties.modified
    assert properties.modified.strftime("%Y-%m-%d") == "2024-05-06"


def test_characters_that_xml_gives_a_meaning_are_text(toy: SiteFolder) -> None:
    toy.edit(
        "content/records/teaching-points/zi-park.yml",
        "怎样合股",
        "'<w:p>&amp; {{ title }} {% if %}'",
    )
    builder = bundle_builder(toy)
    content = makers_of(builder).render(document_of(builder, "point:zi-park"), "docx")
    assert any("<w:p>&amp; {{ title }} {% if %}" in p.text for p in opened(content).paragraphs)


def test_a_title_with_such_characters_too(toy: SiteFolder) -> None:
    toy.edit("content/records/training-classes/spring.yml", "丙镇春季", "“<A>&B {{ x }}”")
    builder = bundle_builder(toy)
    content = makers_of(builder).render(document_of(builder, "class:spring"), "docx")
    assert any("<A>&B {{ x }}" in p.text for p in opened(content).paragraphs)


# --- the office's own template --------------------------------------------------------------------


def own_template(toy: SiteFolder, change: Any) -> Any:
    """A builder with a changed copy of the template."""
    document = docx.Document(str(TEMPLATE))
    change(document)
    document.save(str(toy.root / "own.docx"))
    return bundle_builder(toy, packs={"word_template": "own.docx"})


def replaced(old: str, new: str) -> Any:
    """A change of the text of one paragraph."""

    def change(document: Any) -> None:
        [paragraph] = [p for p in document.paragraphs if p.text == old]
        paragraph.text = new

    return change


def in_header(text: str) -> Any:
    """A change of the text at the head of the pages."""

    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = text

    return change


def in_properties(document: Any) -> None:
    """A tag in the properties of the file, which docxtpl fills too."""
    document.core_properties.title = POPEN


POPEN = "{{ cycler.__init__.__globals__.os.popen('id').read() }}"


def test_a_restyled_template_restyles_the_pack(toy: SiteFolder) -> None:
    def red(document: Any) -> None:
        document.styles["Heading 1"].font.size = Pt(30)

    builder = own_template(toy, red)
    content = makers_of(builder).render(document_of(builder, "county:jia"), "docx")
    assert opened(content).styles["Heading 1"].font.size == Pt(30)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (replaced("{{ title }}", "{{ tittle }}"), r"不认识 \{\{ tittle \}\}"),
        (replaced("{{ title }}", "{{ title "), r"标记写得不对.*title"),
        (replaced("{{ title }}", "{% for %}"), r"标记写得不对（\{% for %\}）"),
        (replaced("{{ title }}", "{% endif %}"), r"标记写得不对（\{%p else %\}）"),
        (replaced("{{ title }}", "{% if book %}"), r"\{%p if book %\} 起的一段没有结束"),
        (replaced("{{ title }}", "{{ title | big }}"), r"不认识 \{\{ title \| big \}\}"),
        (replaced("{{ title }}", "{{ title + 1 }}"), r"不认识 \{\{ title \+ 1 \}\}"),
        (replaced("{{ title }}", "{% if units %}{% endif %}"), r"不认识 \{% if units %\}"),
        (in_header("{{ notise }}"), r"不认识 \{\{ notise \}\}"),
        (in_header("{{ notice "), r"标记写得不对.*notice"),
        (replaced("{{ body }}", "正文"), r"没有 \{\{ body \}\}"),
        (lambda document: document.styles["资料正文"].delete(), "缺少样式：资料正文"),
        (replaced("{{ title }}", POPEN), "不许用.*不能用调用"),
        (in_header(POPEN), "不许用.*不能用调用"),
        (replaced("{{ title }}", "{{ ''.__class__ }}"), "不许用.*不能用取属性"),
        (replaced("{{ title }}", "{{ title['format'] }}"), "不许用.*不能用取属性"),
        (replaced("{{ title }}", "{{ title * 1000000000 }}"), "不许用"),
        (replaced("{{ title }}", "{{ not 9 ** 999999999 }}"), "不许用"),
        (replaced("{{ title }}", "{{ '%999999999d' % 1 }}"), "不许用"),
        (replaced("{{ title }}", "{{ title | map('upper') }}"), "不认识"),
        (replaced("{{ title }}", "{{ title | center(999999999) }}"), "不认识"),
        (replaced("{{ title }}", "{% for a in title %}x{% endfor %}"), "不能用循环"),
        (replaced("{{ title }}", "{% set title = 1 %}"), "不能用"),
        (replaced("{{ title }}", "{% include '/etc/passwd' %}"), "不能用"),
        (in_properties, "不能用"),
    ],
)
def test_a_broken_template_says_which_tag(
    change: Any, told: str, toy: SiteFolder, tmp_path: Path
) -> None:
    builder = own_template(toy, change)
    with pytest.raises(SettingsError, match=told) as caught:
        write_packs(
            builder, [PackScope.parse("county:jia", program_schema())], ["docx"], tmp_path / "out"
        )
    assert "own.docx" in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_no_word_file_is_refused(toy: SiteFolder, tmp_path: Path) -> None:
    (toy.root / "own.docx").write_bytes(b"\xd0\xcf\x11\xe0 an old .doc")
    builder = bundle_builder(toy, packs={"word_template": "own.docx"})
    with pytest.raises(SettingsError, match="不是 Word 文件"):
        write_packs(
            builder, [PackScope.parse("point:zi-park", program_schema())], ["docx"], tmp_path
        )
    missing = bundle_builder(toy, packs={"word_template": "none.docx"})
    with pytest.raises(SettingsError, match=r"找不到 Word 模板 none\.docx"):
        write_packs(
            missing, [PackScope.parse("point:zi-park", program_schema())], ["docx"], tmp_path
        )


def with_part(name: str, content: bytes) -> bytes:
    """Our template with one more part, or another in its place."""
    changed = io.BytesIO()
    with ZipFile(TEMPLATE) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return changed.getvalue()


def related(kind: str, mode: str) -> bytes:
    """Our template with one more relationship."""
    with ZipFile(TEMPLATE) as archive:
        known = archive.read("word/_rels/document.xml.rels")
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = f'<Relationship Id="x1" Type="{base}/{kind}" Target="http://e.example/a" {mode}/>'
    return with_part(
        "word/_rels/document.xml.rels",
        known.replace(b"</Relationships>", f"{more}</Relationships>".encode()),
    )


def fields(instruction: str) -> bytes:
    """Our template with a field in the styles' part: any part may hold one."""
    text = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:instrText>{instruction}</w:instrText></w:footnotes>"
    )
    return with_part("word/footnotes.xml", text.encode())


EXTERNAL = 'TargetMode="External"'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (with_part("word/vbaProject.bin", b"x"), "带有宏"),
        (with_part("word/embeddings/oleObject1.bin", b"x"), "嵌入的对象"),
        (with_part("word/big.bin", bytes(60_000_000)), "解开后过大"),
        (with_part("word/settings.xml", b"<" + b"a><" * 3000), "不是 Word 文件"),
        (with_part("word/settings.xml", b"<a>" * 3000 + b"</a>" * 3000), "不是 Word 文件"),
        (with_part("word/settings.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "文档类型定义"),
        (related("attachedTemplate", EXTERNAL), "引用了外部文件"),
        (related("image", EXTERNAL), "引用了外部文件"),
        (related("oleObject", EXTERNAL), "引用了外部文件"),
        (related("aFChunk", ""), "嵌入了别的文件"),
        (fields("INCLUDEPICTURE &quot;http://e.example/a.png&quot;"), "读取外部文件的域"),
        (fields("DDE</w:instrText><w:instrText>AUTO c:\\a"), "读取外部文件的域"),
        (b"PK\x03\x04", "不是 Word 文件"),
        (TEMPLATE.read_bytes()[:-4000], "不是 Word 文件"),
    ],
)  # fmt: skip
def test_a_template_that_would_do_harm_is_refused(
    content: bytes, told: str, toy: SiteFolder
) -> None:
    (toy.root / "own.docx").write_bytes(content)
    renderers = makers_of(bundle_builder(toy, packs={"word_template": "own.docx"}))
    with pytest.raises(SettingsError, match=told) as caught:
        renderers.render(document_of(renderers.builder, "point:zi-park"), "docx")
    assert "own.docx" in str(caught.value)
