"""E-books: a document as EPUB 3, for phones and readers without network.

The same document has the same bytes: dates are those of the content, and the identifier is worked
out from the site and the pack's name.
"""

from __future__ import annotations

import datetime
import io
import uuid
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath

from casebook_site.base.palette import painted
from casebook_site.base.templates import templates_dir
from casebook_site.outputs.packs.document import PackDocument
from casebook_site.outputs.packs.epub_pages import (
    MEDIA_TYPES,
    Chapter,
    PageWriter,
    chapters_of,
    contents,
    page,
)

STYLES = "epub.css"
TITLE_PAGE = "title.xhtml"
CONTENTS = "nav.xhtml"

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

_PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="zh-CN">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{id}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>zh-CN</dc:language>
<dc:creator>{author}</dc:creator>
<dc:description>{about}</dc:description>
<meta property="dcterms:modified">{modified}</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""


def epub(document: PackDocument) -> bytes:
    """Return the document as an EPUB file."""
    chapters = chapters_of(document)
    writer = PageWriter(document, chapters)
    pages = {chapter.name: writer.chapter(chapter) for chapter in chapters}
    files = {
        "META-INF/container.xml": _CONTAINER.encode(),
        "book/package.opf": _package(document, chapters, writer).encode(),
        f"book/{CONTENTS}": _contents(document, writer).encode(),
        f"book/{STYLES}": _styles().encode(),
        f"book/{TITLE_PAGE}": writer.title_page().encode(),
        **{f"book/{name}": text.encode() for name, text in pages.items()},
        **{f"book/files/{name}": document.files[name] for name in writer.pictures},
    }
    return _zipped(files)


def _styles() -> str:
    return painted((templates_dir() / "packs" / STYLES).read_text(encoding="utf-8"))


def _contents(document: PackDocument, writer: PageWriter) -> str:
    headings = zip(document.headings, writer.places.values(), strict=True)
    listed = contents(headings) or f'<ol><li><a href="{TITLE_PAGE}">{escape(document.title)}</a></li></ol>'  # fmt: skip
    return page("目录", f'<nav epub:type="toc" id="toc"><h1>目录</h1>{listed}</nav>')


def _package(document: PackDocument, chapters: list[Chapter], writer: PageWriter) -> str:
    made = datetime.datetime.fromtimestamp(document.created, datetime.UTC)
    order = [TITLE_PAGE, CONTENTS, *(chapter.name for chapter in chapters)]
    spine = (f'<itemref idref="{_id(name)}"/>' for name in order)
    return _PACKAGE.format(
        id=uuid.uuid5(uuid.NAMESPACE_URL, f"{document.site}/{document.name}"),
        title=escape(document.title),
        author=escape(document.unit or document.site),
        about=escape(document.audit),
        modified=made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        manifest="\n".join(_manifest(order, writer)),
        spine="\n".join(spine),
    )


def _manifest(pages: list[str], writer: PageWriter) -> Iterator[str]:
    """Yield an entry for each file of the book but the package itself."""
    for name in pages:
        role = ' properties="nav"' if name == CONTENTS else ""
        yield f'<item id="{_id(name)}" href="{name}" media-type="application/xhtml+xml"{role}/>'
    yield f'<item id="{_id(STYLES)}" href="{STYLES}" media-type="text/css"/>'
    for name in writer.pictures:
        kind = MEDIA_TYPES[PurePosixPath(name).suffix]
        yield f'<item id="{_id(name)}" href="files/{name}" media-type="{kind}"/>'


def _id(name: str) -> str:
    """Return the name of a file as an XML id, which may not begin with a digit."""
    return f"f-{name}"


def _zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip that begins with its type, uncompressed, as readers look for it there."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, content in {"mimetype": b"application/epub+zip", **files}.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.compress_type = kind
            archive.writestr(entry, content)
    return result.getvalue()
