"""Files are what their first bytes say."""

from __future__ import annotations

import io
import zipfile

import pytest

from casebook_site.base.signatures import EXPECTED, kind_of, mismatch
from tests.folders import TOY

SAMPLES = {
    "jpg": b"\xff\xd8\xff\xe1\x00\x18Exif\0\0",
    "png": (TOY / "content/media/bing/park-01.png").read_bytes(),
    "webp": b"RIFF\x24\0\0\0WEBPVP8 ",
    "pdf": (TOY / "content/media/bing/guide.pdf").read_bytes(),
    "mp3": b"ID3\x03\0\0\0",
    "mp4": b"\0\0\0\x20ftypisom\0\0\x02\0",
}


def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a", b"x")
    return content.getvalue()


@pytest.mark.parametrize("extension", SAMPLES)
def test_a_file_that_is_what_it_says_passes(extension: str) -> None:
    assert mismatch(extension, SAMPLES[extension]) == ""
    assert kind_of(SAMPLES[extension]) == EXPECTED[extension]


@pytest.mark.parametrize("extension", SAMPLES)
@pytest.mark.parametrize("other", SAMPLES)
def test_every_other_kind_is_named(extension: str, other: str) -> None:
    found = mismatch(extension, SAMPLES[other])
    assert found == ("" if extension == other else EXPECTED[other])


def test_a_bare_mp3_without_a_title_passes() -> None:
    assert mismatch("mp3", b"\xff\xfb\x90\x64") == ""


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<html><script>alert(1)</script>", "网页（HTML）"),
        (b"\xef\xbb\xbf \n<!doctype HTML><p>", "网页（HTML）"),
        (b"<!-- x --><script>alert(1)</script>" + SAMPLES["png"], "网页（HTML）"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG 图"),
        (b"<?xml version='1.0'?><a/>", "XML 文件"),
        (zipped(), "zip 压缩包，或 Word、Excel 文件"),
        (b"GIF89a", "GIF 图片"),
        (b"\0\0\0\x18ftypheic", "HEIC 图片"),
        (b"MZ\x90", "程序"),
        (b"", "空文件"),
        (b"\0" * 40, "别的东西"),
        ("甲".encode(), "别的东西"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("extension", SAMPLES)
def test_what_is_no_medium_is_named(extension: str, content: bytes, found: str) -> None:
    assert mismatch(extension, content) == found
