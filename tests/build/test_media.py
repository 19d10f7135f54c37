"""Photos and files in every output: upright, and without a word of who made them where."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests.build.packs.making import docx_parts, everything_in_pdf
from tests.folders import SiteFolder, toy_copy
from tests.unit.media import files

POINT = "content/records/teaching-points/zi-park.yml"
LARGE = "large.jpg"
MEDIA = {
    LARGE: files.jpeg(size=(3000, 2000)),
    "side.jpg": files.jpeg(6),
    "plate.png": files.png(),
    "plan.svg": files.svg(by_editor=False),
    "view.webp": files.webp(),
    "sheet.pdf": files.pdf(),
    "tale.mp3": files.mp3(),
    "walk.mp4": files.mp4(),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The toy with a medium of each kind at a teaching point, and a photo on a written page."""
    toy = toy_copy(tmp_path_factory.mktemp("media") / "toy")
    entries = ""
    for number, (name, content) in enumerate(MEDIA.items()):
        toy.write(f"media/bing/{name}", content)
        entries += f"  - {{file: bing/{name}, title: 图{number}, credit: 示例}}\n"
    toy.edit(POINT, "media:\n", f"media:\n{entries}")
    toy.write("pages/yard.jpg", files.jpeg(6))
    toy.write("pages/yard.md", "# 院子\n\n![院子](yard.jpg)\n")
    return toy


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height of a picture."""
    return Image.open(io.BytesIO(content)).size


def test_the_website(told: SiteFolder) -> None:
    site = told.build()
    for name in MEDIA:
        assert (site / "media/bing" / name).is_file()
    assert [f for f in site.rglob("*") if f.is_file() and files.RAW in f.read_bytes()] == []
    assert size_of((site / "media/bing/side.jpg").read_bytes()) == (24, 48)
    assert size_of((site / "yard.jpg").read_bytes()) == (24, 48)


def test_a_page_has_room_for_photos_and_gives_them_in_several_widths(told: SiteFolder) -> None:
    site = told.build()
    page = (site / "teaching-points/zi-park.html").read_text("utf-8")
    folder = "../media/bing/"
    widths = ", ".join(f"{folder}{LARGE}-{width}.webp {width}w" for width in (480, 960, 1600))
    assert f'srcset="{widths}"' in page
    assert f'src="{folder}{LARGE}" alt="图0" width="1600" height="1067"' in page
    assert f'src="{folder}side.jpg" alt="图1" width="24" height="48" loading="lazy"' in page
    assert size_of((site / "media/bing" / LARGE).read_bytes()) == (1600, 1067)
    for width in (480, 960, 1600):
        made = (site / f"media/bing/{LARGE}-{width}.webp").read_bytes()
        assert size_of(made) == (width, round(width * 2 / 3))
    assert f'<video src="{folder}walk.mp4" controls preload="none"' in page
    assert f'<audio src="{folder}tale.mp3" controls preload="none"' in page
    assert f'<a href="{folder}sheet.pdf">' in page


@pytest.mark.parametrize("options", [[], ["--audience", "internal"]])
def test_a_bundle(told: SiteFolder, tmp_path: Path, options: list[str]) -> None:
    done = told.casebook("bundle", "village:zi", "--out", str(tmp_path), *options)
    assert done.returncode == 0, done.stderr
    (made,) = tmp_path.glob("*.zip")
    with zipfile.ZipFile(made) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    assert {name for name, content in contents.items() if files.RAW in content} == set()
    assert size_of(next(c for name, c in contents.items() if name.endswith("side.jpg"))) == (24, 48)
    large = next(c for name, c in contents.items() if name.endswith(LARGE))
    assert size_of(large) == (960, 640)
    assert not [name for name in contents if name.endswith(".webp") and LARGE in name]


def test_packs(told: SiteFolder, tmp_path: Path) -> None:
    command = ["pack", "point:zi-park", "--format", "pdf", "--format", "docx", "--out"]
    done = told.casebook(*command, str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert files.TOKEN not in everything_in_pdf((tmp_path / "point-zi-park.pdf").read_bytes())
    parts = docx_parts((tmp_path / "point-zi-park.docx").read_bytes())
    assert {name for name, content in parts.items() if files.RAW in content} == set()
    photos = [content for name, content in parts.items() if name.endswith((".jpg", ".jpeg"))]
    assert (24, 48) in [size_of(content) for content in photos]


def test_what_cannot_be_cleaned_is_told_and_the_old_site_stays(toy: SiteFolder) -> None:
    toy.write("media/bing/walk.mp4", files.mp4(measured=True))
    toy.edit(POINT, "media:\n", "media:\n  - {file: bing/walk.mp4, title: 走一圈, credit: 示例}\n")
    done = toy.casebook("build")
    assert done.returncode == 1
    assert "content/media/bing/walk.mp4:1:1: CB304" in done.stdout
    assert "重新导出" in done.stdout
    assert not (toy.root / "site").exists()
