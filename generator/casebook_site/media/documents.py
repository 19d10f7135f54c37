"""PDF and SVG without what their programs note about who made them."""

from __future__ import annotations

import io
import logging
from typing import Any
from xml.etree import ElementTree

from casebook_site.media.errors import MediaError
from casebook_site.media.images import jpeg_as_stored

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_SHOWN = ("", _SVG, _XLINK, "http://www.w3.org/XML/1998/namespace")
_PDF_TAGS = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF")


def svg(content: bytes) -> bytes:
    """Return a drawing without comments, metadata, and what editors keep for themselves."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise MediaError("SVG 图片读不懂") from error
    for element in root.iter():
        for child in list(element):
            if _space(child.tag) not in _SHOWN or child.tag == f"{{{_SVG}}}metadata":
                element.remove(child)
        for name in [name for name in element.attrib if _space(name) not in _SHOWN]:
            del element.attrib[name]
    written: bytes = ElementTree.tostring(root, "utf-8")
    return written


def _space(name: Any) -> str:
    """Return the namespace of a name; that of a comment is none of a drawing."""
    if not isinstance(name, str):
        return "#"
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def pdf(content: bytes) -> bytes:
    """Return a PDF with its pages alone: no properties, no earlier versions, photos without Exif."""
    from pypdf import PdfReader, PdfWriter  # few sites need it
    from pypdf.errors import PyPdfError
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what it mends is no news to an editor
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise MediaError("PDF 加了密，先去掉密码")
        writer = PdfWriter(clone_from=reader)
        writer.metadata = None
        for held in writer._objects:
            if isinstance(held, DictionaryObject):
                for tag in _PDF_TAGS:
                    held.pop(NameObject(tag), None)
            if isinstance(held, StreamObject) and held.get("/Filter") == "/DCTDecode":
                held._data = jpeg_as_stored(held._data)
        writer.compress_identical_objects(remove_duplicates=False)
        target = io.BytesIO()
        writer.write(target)
    except MediaError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, OSError, RecursionError) as error:
        raise MediaError("PDF 读不懂") from error
    return target.getvalue()
