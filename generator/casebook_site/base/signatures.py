"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

LONGEST = 512
"""Bytes from the beginning of a file that decide what it is."""

_FIRST: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE if text else re.DOTALL), name)
    for pattern, name, text in (
        (rb"\xff\xd8\xff", "JPG 图片", False),
        (rb"\x89PNG\r\n\x1a\n", "PNG 图片", False),
        (rb"RIFF....WEBP", "WebP 图片", False),
        (rb"RIFF....WAVE", "WAV 录音", False),
        (rb"RIFF....AVI ", "AVI 视频", False),
        (rb"%PDF-", "PDF 文件", False),
        (rb"....ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1)", "HEIC 图片", False),
        (rb"....ftyp(?:avif|avis)", "AVIF 图片", False),
        (rb"....ftyp(?:M4A |M4B )", "M4A 录音", False),
        (rb"....ftyp", "MP4 视频", False),
        (rb"GIF8[79]a", "GIF 图片", False),
        (rb"BM....\0\0\0\0", "BMP 图片", False),
        (rb"II\*\0|MM\0\*", "TIFF 图片", False),
        (rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", "MP3 录音", False),
        (rb"OggS", "OGG 录音", False),
        (rb"fLaC", "FLAC 录音", False),
        (rb"\x1a\x45\xdf\xa3", "WebM 视频", False),
        (rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", "zip 压缩包，或 Word、Excel 文件", False),
        (rb"Rar!", "RAR 压缩包", False),
        (rb"7z\xbc\xaf\x27\x1c", "7z 压缩包", False),
        (rb"\x1f\x8b", "gzip 压缩包", False),
        (rb"\xd0\xcf\x11\xe0", "旧版 Office 文件", False),
        (rb"MZ|\x7fELF", "程序", False),
        (rb"#!", "脚本", False),
        (rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE\s+svg\b[^>]*>\s*)?<svg\b", "SVG 图", True),
        (rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!DOCTYPE\s+html|html|head|body|script|iframe|style|title|div|p|a|img|table|h1|br|b)\b", "网页（HTML）", True),
        (rb"(?:\xef\xbb\xbf)?\s*<\?xml", "XML 文件", True),
    )
)  # fmt: skip
"""What begins a file, and its name; the first that fits is taken."""

EXPECTED = {
    "jpg": "JPG 图片",
    "jpeg": "JPG 图片",
    "png": "PNG 图片",
    "webp": "WebP 图片",
    "pdf": "PDF 文件",
    "mp3": "MP3 录音",
    "mp4": "MP4 视频",
}
"""File extension → what such a file must be. An SVG is read as a whole instead (`base/svg.py`)."""


def kind_of(beginning: bytes) -> str:
    """Return what a file is, in Chinese; an empty text if its beginning does not tell."""
    head = beginning[:LONGEST]
    return next((name for pattern, name in _FIRST if pattern.match(head)), "")


def mismatch(extension: str, beginning: bytes) -> str:
    """Return what a file is instead of what its extension (`png`) says; empty if they agree."""
    wanted = EXPECTED.get(extension)
    found = kind_of(beginning)
    if wanted is None or found == wanted:
        return ""
    if not beginning:
        return "空文件"
    return found or "别的东西"
