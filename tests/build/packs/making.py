"""Packs of site folders to test with, and their files read as a reader would."""

from __future__ import annotations

import atexit
import io
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

from pypdf import PdfReader
from pypdf.generic import StreamObject
from pypdfium2 import PdfDocument
from zxingcpp import read_barcodes

from casebook_site.engine.builders import pack_builder
from casebook_site.kinds import program_schema
from casebook_site.outputs.packs.builder import PackBuilder
from casebook_site.outputs.packs.document import PackDocument
from casebook_site.outputs.packs.making import PackRenderers
from casebook_site.outputs.packs.scopes import PackScope, ready_made
from casebook_site.outputs.packs.typst import workplace
from tests.folders import TOY, SiteFolder


def bundle_builder(folder: SiteFolder, audience: Any = "public", **options: Any) -> PackBuilder:
    """What packs of a folder are made with."""
    return pack_builder(folder.load(), folder.settings(audience, **options))


@cache
def toy_builder(audience: str) -> PackBuilder:
    """That of the toy."""
    return bundle_builder(SiteFolder(TOY), audience)


_open = ExitStack()
atexit.register(_open.close)


def makers_of(builder: PackBuilder) -> PackRenderers:
    """A press and a template; their folder is there until the tests end."""
    return PackRenderers(builder, _open.enter_context(workplace()))


@cache
def toy_makers(audience: str) -> PackRenderers:
    """A press and a template for the toy."""
    return makers_of(toy_builder(audience))


def toy_scopes(audience: str) -> Iterator[PackScope]:
    """Every pack of the toy that says anything."""
    builder = toy_builder(audience)
    for scope in ready_made(builder.lookups.edition):
        if builder.document_or_none(scope):
            yield scope


TELLING = ["county:jia", "category:industry", "point:zi-park", "class:spring"]
"""Packs of each make: one that gathers places, one that gathers points, a sheet, a class."""


@cache
def toy_file(scope: str | PackScope, audience: str, format: str) -> bytes:
    """A finished pack of the toy."""
    asked = PackScope.parse(scope, program_schema()) if isinstance(scope, str) else scope
    document = toy_builder(audience).document(asked)
    return toy_makers(audience).render(document, format)


def document_of(builder: PackBuilder, scope: str) -> PackDocument:
    """The document of a scope."""
    return builder.document(PackScope.parse(scope, program_schema()))


def reader(content: bytes) -> PdfReader:
    """A PDF to be looked into."""
    return PdfReader(io.BytesIO(content))


def pdf_text(content: bytes) -> str:
    """All that is said on the pages of a PDF."""
    return "".join(page.extract_text() for page in reader(content).pages)


def codes(content: bytes) -> list[str]:
    """What a phone reads in the QR codes of a PDF that was printed at 150 dots an inch."""
    with PdfDocument(content) as pages:
        pictures = [page.render(scale=150 / 72).to_numpy() for page in pages]
    return [code.text for picture in pictures for code in read_barcodes(picture)]


def outline(content: bytes) -> list[tuple[int, str]]:
    """(level, title) of every bookmark."""
    found: list[tuple[int, str]] = []

    def walk(entries: Any, level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, level + 1)
            else:
                found.append((level, str(entry.title)))

    walk(reader(content).outline, 1)
    return found


def everything_in_pdf(content: bytes) -> str:
    """Text, metadata, bookmarks, alternative texts, links, codes: all that a PDF says anywhere."""
    pdf = reader(content)
    said = [pdf_text(content), str(pdf.metadata), str(outline(content)), *codes(content)]
    if pdf.xmp_metadata is not None:
        said.append(str(pdf.xmp_metadata.stream.get_data()))
    for number in range(1, len(pdf.xref[0]) + len(pdf.xref_objStm) + 2):
        found = pdf.get_object(number)
        said.append(str(found))
        if isinstance(found, StreamObject):
            said.append(found.get_data().decode("latin-1"))
    return "\n".join(said)


def docx_parts(content: bytes) -> dict[str, bytes]:
    """Name → bytes of every part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}
