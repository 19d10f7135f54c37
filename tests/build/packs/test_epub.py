"""E-books: held to the rules of EPUB 3, and to the gate."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest

from casebook_site.outputs.packs.document import NOTICE
from casebook_site.outputs.packs.epub import epub
from tests.build.packs.making import TELLING, document_of, toy_builder, toy_file

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
CANARY = re.compile(rb"canary", re.IGNORECASE)


def parts_of(content: bytes) -> dict[str, bytes]:
    """Name → bytes of every file of an e-book."""
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pages_of(parts: dict[str, bytes]) -> dict[str, ElementTree.Element]:
    """Name → page, for those that are XHTML; ill-formed ones fail here."""
    return {n: ElementTree.fromstring(c) for n, c in parts.items() if n.endswith(".xhtml")}


def led_to(pages: dict[str, ElementTree.Element]) -> Iterator[tuple[str, str]]:
    """(file, place in it or empty) of everything inside the book that a page leads to."""
    for name, page in pages.items():
        for element in page.iter():
            for address in (element.get("href"), element.get("src")):
                if address and not address.startswith(("http://", "https://")):
                    file, _, place = address.partition("#")
                    yield posixpath.join(posixpath.dirname(name), file), place


@pytest.mark.parametrize("audience", ["public", "internal"])
@pytest.mark.parametrize("scope", TELLING)
def test_a_book_holds_to_the_rules_of_epub(scope: str, audience: str) -> None:
    content = toy_file(scope, audience, "epub")
    with ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert archive.read(first) == b"application/epub+zip"
    parts = parts_of(content)
    package = ElementTree.fromstring(parts["book/package.opf"])
    items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    listed = {f"book/{item.get('href')}" for item in items.values()}
    assert listed == set(parts) - {"mimetype", "META-INF/container.xml", "book/package.opf"}
    assert [i.get("href") for i in items.values() if i.get("properties") == "nav"] == ["nav.xhtml"]
    spine = [ref.get("idref") for ref in package.iter(f"{OPF}itemref")]
    pages = pages_of(parts)
    assert {f"book/{items[id].get('href')}" for id in spine} == set(pages)
    for page in pages.values():
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        assert all(image.get("alt") for image in page.iter(f"{XHTML}img"))
    for file, place in led_to(pages):
        assert file in parts
        assert not place or any(e.get("id") == place for e in pages[file].iter()), (file, place)


def test_the_contents_name_every_part_in_its_order() -> None:
    nav = pages_of(parts_of(toy_file("county:jia", "public", "epub")))["book/nav.xhtml"]
    found = [link.text for link in nav.iter(f"{XHTML}a")]
    headings = document_of(toy_builder("public"), "county:jia").headings
    assert found == [f"{h.number}{' ' if h.number.endswith('.') else ''}{h.text}" for h in headings]


@pytest.mark.parametrize("scope", TELLING)
def test_nothing_internal_is_in_a_public_book(scope: str) -> None:
    for name, content in parts_of(toy_file(scope, "public", "epub")).items():
        assert not CANARY.search(content), name
        assert NOTICE.encode() not in content, name


def test_every_page_of_an_internal_book_says_so() -> None:
    parts = parts_of(toy_file("class:spring", "internal", "epub"))
    told = [c for n, c in parts.items() if n.endswith(".xhtml") and not n.endswith("nav.xhtml")]
    assert all(NOTICE.encode() in content for content in told)
    assert any(b"CANARY-training-class-lesson_notes" in content for content in told)


def test_the_same_book_has_the_same_bytes_and_no_clock_in_it() -> None:
    content = toy_file("county:jia", "public", "epub")
    assert epub(document_of(toy_builder("public"), "county:jia")) == content
    with ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"2024-05-06T00:00:00Z" in parts_of(content)["book/package.opf"]
