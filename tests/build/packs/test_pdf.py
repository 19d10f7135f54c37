"""PDF packs: what a reader, a screen reader and a printer get; and what must not be in them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from casebook_site.outputs.packs.builder import numbered
from casebook_site.outputs.packs.scopes import PackScope
from tests.build.packs.making import (
    TELLING,
    bundle_builder,
    codes,
    document_of,
    everything_in_pdf,
    makers_of,
    outline,
    pdf_text,
    reader,
    toy_builder,
    toy_file,
    toy_makers,
    toy_scopes,
)
from tests.folders import SiteFolder

CANARY = re.compile("canary", re.IGNORECASE)
NOTICE = "内部资料注意保管"
MARGIN = 70
"""Points beside the text."""


def squeezed(text: str) -> str:
    """Without spaces and line ends."""
    return re.sub(r"\s", "", text)


def assert_public(scope: str | PackScope) -> None:
    """Nothing in a PDF is internal."""
    content = toy_file(scope, "public", "pdf")
    assert not CANARY.search(everything_in_pdf(content)), scope
    assert not reader(content).attachments
    assert NOTICE not in squeezed(pdf_text(content))


@pytest.mark.slow
@pytest.mark.parametrize("scope", TELLING)
def test_nothing_internal_is_in_any_string_of_a_public_pdf(scope: str) -> None:
    assert_public(scope)


@pytest.mark.slow
def test_nothing_internal_is_in_any_pdf_that_the_toy_can_make() -> None:
    for scope in toy_scopes("public"):
        assert_public(scope)


@pytest.mark.parametrize("scope", ["county:jia", "point:zi-park", "class:spring"])
def test_an_internal_pdf_says_so_on_every_page(scope: str) -> None:
    for page in reader(toy_file(scope, "internal", "pdf")).pages:
        assert squeezed(page.extract_text()).count(NOTICE) >= 1


def test_an_internal_pdf_has_contacts_and_lesson_notes() -> None:
    text = squeezed(pdf_text(toy_file("point:zi-park", "internal", "pdf")))
    for field in ("lesson_notes", "contact-name", "contact-phone", "contact-note", "remarks"):
        assert f"CANARY-teaching-point-{field}" in text


def test_a_pdf_is_tagged_titled_and_in_chinese() -> None:
    pdf = reader(toy_file("county:jia", "public", "pdf"))
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "甲县学习资料"
    assert "pdfuaid:part" in pdf.xmp_metadata.stream.get_data().decode().replace(" ", "")


def test_bookmarks_follow_the_headings_without_a_gap() -> None:
    document = document_of(toy_builder("public"), "county:jia")
    found = outline(toy_file("county:jia", "public", "pdf"))
    headings = [b for b in document.blocks if b.kind == "heading" and b.level <= 3]
    assert [squeezed(title) for _, title in found] == [
        squeezed(f"{heading.number}{heading.text}") for heading in headings
    ]
    levels = [0, *(level for level, _ in found)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_contents_give_the_pages_on_which_the_parts_begin() -> None:
    pdf = reader(toy_file("county:jia", "public", "pdf"))
    contents = squeezed(pdf.pages[1].extract_text())
    for title, page in re.findall(r"([一二三四五六七八九十]+、[^.（]+?)\.+(\d+)", contents):
        shown = squeezed(pdf.pages[int(page) + 1].extract_text())
        assert title in shown
    assert "一、" in contents


def resources(page: Any) -> Any:
    """Return the resources of a page, as pypdf has them."""
    return page["/Resources"]


def test_every_font_is_embedded_as_a_subset() -> None:
    fonts = [
        font.get_object()
        for page in reader(toy_file("county:jia", "public", "pdf")).pages
        for font in resources(page).get("/Font", {}).values()
    ]
    assert fonts
    for font in fonts:
        assert re.match(r"/[A-Z]{6}\+Noto(Serif|Sans)SC", font["/BaseFont"])
        [below] = font["/DescendantFonts"]
        assert "/FontFile3" in below.get_object()["/FontDescriptor"].get_object()


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_the_same_pack_has_the_same_bytes(audience: str) -> None:
    builder = bundle_builder(SiteFolder(toy_builder("public").lookups.settings.root), audience)
    document = document_of(builder, "county:jia")
    assert makers_of(builder).render(document, "pdf") == toy_file("county:jia", audience, "pdf")


def test_dates_in_the_metadata_are_those_of_the_records() -> None:
    content = toy_file("point:zi-park", "public", "pdf")
    assert reader(content).metadata.creation_date.strftime("%Y-%m-%d") == "2024-05-06"


def test_copies_are_numbered_in_the_footer() -> None:
    document = document_of(toy_builder("internal"), "point:zi-park")
    copies = list(numbered(document, 12))
    assert [copies[0].name, copies[11].name] == [
        "point-zi-park-internal-01",
        "point-zi-park-internal-12",
    ]
    for page in reader(toy_makers("internal").render(copies[6], "pdf")).pages:
        assert "第7份" in squeezed(page.extract_text())


def test_codes_can_be_read_and_lead_to_public_pages_only() -> None:
    read = codes(toy_file("class:spring", "internal", "pdf"))
    assert "https://example.org/sub/path/teaching-points/zi-park.html" in read
    addresses = {
        block.address
        for block in document_of(toy_builder("internal"), "class:spring").blocks
        if block.kind == "facts" and block.address
    }
    assert set(read) == addresses
    assert not [address for address in read if "canary" in address]


def test_a_site_without_address_has_no_codes(toy: SiteFolder) -> None:
    builder = bundle_builder(toy)
    bare = builder.lookups.settings.model_copy(update={"site_url": ""})
    object.__setattr__(builder.lookups, "settings", bare)
    assert all(
        block.code is None
        for block in document_of(builder, "county:jia").blocks
        if block.kind == "facts"
    )


def test_raw_html_and_typst_markup_in_records_are_text(toy: SiteFolder) -> None:
    toy.edit(
        "content/records/teaching-points/zi-park.yml",
        "园里有大棚。",
        '<script>alert(1)</script> #panic("x") $a$ `#read("/etc/passwd")` @label *星*。',
    )
    builder = bundle_builder(toy)
    text = pdf_text(makers_of(builder).render(document_of(builder, "point:zi-park"), "pdf"))
    assert "<script>alert(1)</script>" in text
    assert '#panic("x")' in text
    assert '#read("/etc/passwd")' in text


@pytest.mark.slow
def test_an_enormous_text_is_set_whole(toy: SiteFolder) -> None:
    sentence = "这是很长的一段话。"
    toy.edit(
        "content/records/teaching-points/zi-park.yml",
        "园里有大棚。",
        sentence * 4_000 + "\n\n  " + "a" * 4_000,
    )
    builder = bundle_builder(toy)
    content = makers_of(builder).render(document_of(builder, "point:zi-park"), "pdf")
    text = squeezed(pdf_text(content))
    assert text.count(sentence[:-1]) > 3_800  # some are cut by the end of a page
    assert len(reader(content).pages) > 20


def test_a_word_longer_than_a_line_stays_on_the_page(toy: SiteFolder) -> None:
    address = "https://example.org/" + "a" * 200
    toy.edit("content/records/teaching-points/zi-park.yml", "园里有大棚。", f"见 {address} 。")
    builder = bundle_builder(toy)
    content = makers_of(builder).render(document_of(builder, "point:zi-park"), "pdf")
    assert address in squeezed(pdf_text(content)).replace("\u200b", "")
    with PdfDocument(content) as pages:
        for page in pages:
            text = page.get_textpage()
            rights = [text.get_charbox(index)[2] for index in range(text.count_chars())]
            assert max(rights) <= page.get_width() - MARGIN
