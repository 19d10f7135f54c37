"""JPEG, PNG and WebP without metadata: pieces are left out, the picture itself stays as it is.

JPEG: ITU-T T.81, JFIF 1.02, Exif 2.32. PNG: W3C PNG (Third Edition). WebP: RFC 9649.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from casebook_site.media.errors import MediaError

UPRIGHT = 1
"""The orientation of a picture that is shown as it is stored."""


def jpeg(content: bytes) -> bytes:
    """Return a JPEG without Exif, XMP, IPTC, comments, thumbnails and what follows the picture.

    Colour profiles stay. A picture that lies on its side is turned, for which it is encoded anew.
    """
    if _jpeg_orientation(content) != UPRIGHT:
        content = _turned(content, "JPEG")
    return jpeg_as_stored(content)


def jpeg_as_stored(content: bytes) -> bytes:
    """Return a JPEG without metadata, not turned: what shows it never read its orientation."""
    return b"\xff\xd8" + b"".join(_jpeg_pieces(content)) + b"\xff\xd9"


def _jpeg_pieces(content: bytes) -> Iterator[bytes]:
    """Yield the segments that the picture needs, each scan with its data."""
    for marker, start, end in _jpeg_segments(content):
        body = content[start + 4 : end]
        if marker == 0xE0 and body[:5] == b"JFIF\0" and len(body) >= 14:
            yield b"\xff\xe0\0\x10" + body[:12] + b"\0\0"  # without the thumbnail
        elif marker == 0xE2 and body[:12] == b"ICC_PROFILE\0":
            yield content[start:end]
        elif marker == 0xEE and body[:5] == b"Adobe":
            yield content[start : start + 2] + b"\0\x0e" + body[:12]
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            yield content[start:end]


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield (marker, start, end) of each segment; that of a scan holds its data. The rest is left."""
    if content[:2] != b"\xff\xd8":
        raise MediaError("不是 JPEG 图片")
    at, scans = 2, 0
    while True:
        if content[at : at + 1] != b"\xff":
            raise MediaError("JPEG 图片已损坏")
        while content[at + 1 : at + 2] == b"\xff":  # fill bytes
            at += 1
        if len(content) < at + 4:
            if scans and content[at : at + 2] == b"\xff\xd9":
                return
            raise MediaError("JPEG 图片不完整")
        marker = content[at + 1]
        if marker == 0xD9:
            if not scans:
                raise MediaError("JPEG 图片里没有图像")
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end > len(content) or end < at + 4:
            raise MediaError("JPEG 图片不完整")
        if marker == 0xDA:
            scans, end = scans + 1, _end_of_scan(content, end)
        yield marker, at, end
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the data of a scan ends: at the next marker that is no restart."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        follower = content[at + 1]
        if follower and not 0xD0 <= follower <= 0xD7 and follower != 0xFF:
            return at
        at += 1 if follower == 0xFF else 2
    raise MediaError("JPEG 图片不完整")


def _jpeg_orientation(content: bytes) -> int:
    for marker, start, end in _jpeg_segments(content):
        if marker == 0xE1 and content[start + 4 : start + 10] == b"Exif\0\0":
            return orientation(content[start + 10 : end])
    return UPRIGHT


def orientation(exif: bytes) -> int:
    """Return the orientation, from 1 to 8, that Exif data names; 1 where it names none."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 8:
        return UPRIGHT
    (at,) = struct.unpack_from(f"{order}I", exif, 4)
    if at + 2 > len(exif):
        return UPRIGHT
    (count,) = struct.unpack_from(f"{order}H", exif, at)
    for entry in range(at + 2, min(at + 2 + 12 * count, len(exif) - 11), 12):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, entry)
        if tag == 0x0112:
            return value if 1 <= value <= 8 else UPRIGHT
    return UPRIGHT


def _turned(content: bytes, form: str) -> bytes:
    """Return a picture encoded anew as it is to be seen."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # few sites need it

    try:
        with Image.open(io.BytesIO(content)) as opened:
            turned = ImageOps.exif_transpose(opened)
            target = io.BytesIO()
            profile = opened.info.get("icc_profile")
            turned.save(target, form, quality=90, icc_profile=profile, exif=b"")
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise MediaError("图片打不开") from error
    return target.getvalue()


# --- PNG ------------------------------------------------------------------------------------------

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split()
)


def png(content: bytes) -> bytes:
    """Return a PNG with the chunks that the picture and its colours need, and no others."""
    if not content.startswith(_PNG):
        raise MediaError("不是 PNG 图片")
    kept, at = [_PNG], len(_PNG)
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        name = content[at + 4 : at + 8]
        if end > len(content):
            break
        if name in _PNG_KEPT:
            kept.append(content[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    raise MediaError("PNG 图片不完整")


# --- WebP -----------------------------------------------------------------------------------------

_WEBP_KEPT = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
_HAS_METADATA = 0x08 | 0x04


def webp(content: bytes) -> bytes:
    """Return a WebP without Exif and XMP; one that lies on its side is turned."""
    for name, data in _webp_chunks(content):
        if name == b"EXIF" and orientation(data.removeprefix(b"Exif\0\0")) != UPRIGHT:
            content = _turned(content, "WEBP")
            break
    kept = b""
    for name, data in _webp_chunks(content):
        if name == b"VP8X":
            data = bytes([data[0] & ~_HAS_METADATA]) + data[1:]
        if name in _WEBP_KEPT:
            kept += name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + kept


def _webp_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise MediaError("不是 WebP 图片")
    at, whole = 12, 8 + int.from_bytes(content[4:8], "little")
    if whole > len(content) + 1:
        raise MediaError("WebP 图片不完整")
    while at + 8 <= min(whole, len(content)):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        data = content[at + 8 : at + 8 + size]
        if len(data) < size or (content[at : at + 4] == b"VP8X" and not data):
            raise MediaError("WebP 图片不完整")
        yield content[at : at + 4], data
        at += 8 + size + size % 2
