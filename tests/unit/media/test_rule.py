"""What `check` says of photos: titles that name a file, and pictures that nothing can open."""

from __future__ import annotations

import pytest

from tests.folders import SiteFolder
from tests.unit.media import files

POINT = "content/records/teaching-points/zi-park.yml"


def told(toy: SiteFolder, title: str, content: bytes) -> list[str]:
    toy.write("media/bing/new.jpg", content)
    entry = f"media:\n  - {{file: bing/new.jpg, title: '{title}', credit: 示例}}\n"
    toy.edit(POINT, "media:\n", entry)
    return toy.casebook("check", "--format", "text").stdout.splitlines()


@pytest.mark.parametrize(
    "title",
    ["IMG_2024.JPG", "IMG_20240501_1200", "微信图片_2024", "DSC00012", "park.png", "20240501"],
)
def test_a_title_that_is_a_file_name_is_refused(toy: SiteFolder, title: str) -> None:
    message = told(toy, title, files.jpeg())[0]
    assert "CB304" in message
    assert f"“{title}”是文件名" in message


@pytest.mark.parametrize(
    "title", ["大棚内景", "2024年的采摘节", "P2 教室", "照片墙", "3号大棚", "IMG 工作室"]
)
def test_a_title_that_says_something_is_taken(toy: SiteFolder, title: str) -> None:
    assert told(toy, title, files.jpeg()) == []


def test_a_photo_that_cannot_be_opened_is_told_at_check(toy: SiteFolder) -> None:
    message = told(toy, "大棚", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(40))[0]
    assert "图片打不开" in message
