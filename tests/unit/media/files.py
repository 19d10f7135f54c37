"""Small files of every kind of medium, with a token wherever metadata may stand."""

from __future__ import annotations

import io
import struct

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

TOKEN = "TOKEN-of-a-camera"
RAW = TOKEN.encode()


def picture(width: int = 48, height: int = 24) -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    made = Image.new("RGB", (width, height), (200, 30, 30))
    made.paste((30, 30, 200), (width // 2, 0, width, height))
    return made


def exif(orientation: int = 1) -> Image.Exif:
    """Exif data with a token as artist, and a place."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x013B] = TOKEN
    made[0x8298] = TOKEN
    made.get_ifd(0x8825).update({1: "N", 2: (36.0, 55.0, 12.0), 29: TOKEN})
    return made


def jpeg(
    orientation: int = 1, *, progressive: bool = False, size: tuple[int, int] | None = None
) -> bytes:
    """A photo with Exif, XMP, IPTC, a comment, and a second picture behind it."""
    target = io.BytesIO()
    (picture().resize(size) if size else picture()).save(
        target,
        "JPEG",
        exif=exif(orientation),
        comment=RAW,
        icc_profile=b"profile" * 9,
        progressive=progressive,
    )
    raw = target.getvalue()
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x>" + RAW + b"</x>"
    iptc = b"Photoshop 3.0\0" + RAW
    more = b"".join(
        b"\xff" + marker + struct.pack(">H", len(body) + 2) + body
        for marker, body in ((b"\xe1", xmp), (b"\xed", iptc), (b"\xe5", RAW), (b"\xfe", RAW))
    )
    return raw[:2] + more + raw[2:] + RAW


def png() -> bytes:
    """A picture with every kind of text, and something behind it."""
    info = PngInfo()
    info.add_text("Author", TOKEN)
    info.add_itxt("Comment", TOKEN)
    info.add_text("Zipped", "nothing", zip=True)
    target = io.BytesIO()
    picture().save(target, "PNG", pnginfo=info, exif=exif())
    return target.getvalue() + RAW


def webp(orientation: int = 1) -> bytes:
    """A picture with Exif and XMP."""
    target = io.BytesIO()
    picture().save(target, "WEBP", exif=exif(orientation), xmp=RAW, lossless=True)
    return target.getvalue()


def svg(*, by_editor: bool = True) -> bytes:
    """A drawing with comments and metadata; `by_editor`: with an editor's own parts, which the check refuses."""
    own = f'xmlns:ed="http://example.org/editor" ed:docname="{TOKEN}"' if by_editor else ""
    part = f'<ed:view name="{TOKEN}"/>' if by_editor else ""
    return f"""<?xml version="1.0"?><!-- {TOKEN} -->
<svg xmlns="http://www.w3.org/2000/svg" {own} viewBox="0 0 4 4"><metadata>{TOKEN}</metadata>
{part}<!-- {TOKEN} --><g><path d="M0 0h4v4z" fill="#c00"/></g></svg>""".encode()


def pdf() -> bytes:
    """A page with properties, XMP, and a photo that has Exif."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": TOKEN, "/Title": TOKEN})
    for holder in (writer.root_object, page):
        held = DecodedStreamObject()
        held.set_data(RAW)
        holder[NameObject("/Metadata")] = writer._add_object(held)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


SOUND = b"\xff\xfb\x90\x00" + bytes(range(256)) * 3


def mp3() -> bytes:
    """Sound between tags of three kinds."""
    body = b"TIT2" + RAW
    head = b"ID3\x04\0\0" + bytes([0, 0, 0, len(body)]) + body
    ape = RAW + b"APETAGEX" + struct.pack("<IIII", 2000, len(RAW) + 32, 1, 0) + bytes(8)
    return head + SOUND + ape + b"TAG" + RAW.ljust(125, b"\0")


def box(name: bytes, *inner: bytes) -> bytes:
    """A box of an MP4."""
    body = b"".join(inner)
    return struct.pack(">I", len(body) + 8) + name + body


def mp4(*, measured: bool = False) -> bytes:
    """A film with tags, a place, clocks, and perhaps a track of measurements."""
    clock = bytes(4) + struct.pack(">IIII", 0xDEADBEEF, 0xDEADBEEF, 600, 1200)
    handler = bytes(8) + (b"meta" if measured else b"vide") + bytes(12)
    track = box(
        b"trak", box(b"tkhd", clock), box(b"mdia", box(b"mdhd", clock), box(b"hdlr", handler))
    )
    tags = box(b"udta", box(b"\xa9xyz", RAW), box(b"meta", RAW))
    return b"".join(
        [
            box(b"ftyp", b"isom"),
            box(b"moov", box(b"mvhd", clock), track, tags),
            box(b"uuid", RAW),
            box(b"free", RAW),
            box(b"mdat", SOUND),
        ]
    )
