"""Photos in the sizes that are published: known before they are made, made once, and without words."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, features

from casebook_site.media.errors import MediaError
from casebook_site.media.pictures import OFFLINE, Photo, in_width, look, picture_of, reduced
from casebook_site.media.publishing import published


def photo(size: tuple[int, int], form: str = "JPEG", mode: str = "RGB", **how: Any) -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(target, form, **how)
    return target.getvalue()


def on_its_side(size: tuple[int, int]) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return photo(size, exif=exif)


def size_of(content: bytes) -> tuple[str | None, int, int]:
    with Image.open(io.BytesIO(content)) as image:
        return image.format, *image.size


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((4000, 3000), (480, 960, 1600)),
        ((3000, 4000), (480, 960, 1200)),
        ((1000, 200), (480, 960, 1000)),
        ((960, 600), (480, 960)),
        ((480, 2000), ()),
        ((20, 20), ()),
    ],
)
def test_a_photo_is_given_in_the_widths_that_it_has(
    size: tuple[int, int], widths: tuple[int, ...]
) -> None:
    assert Photo(*size, is_still=True).widths() == widths
    assert Photo(*size, is_still=False).widths() == ()


def test_the_size_is_that_of_the_upright_picture_and_of_what_is_made(tmp_path: Path) -> None:
    content = on_its_side((2000, 1000))
    (tmp_path / "side.jpg").write_bytes(content)
    assert picture_of(tmp_path / "side.jpg") == Photo(1000, 2000, is_still=True)
    clean = published(content, "jpg")
    assert size_of(reduced(clean, "jpg", OFFLINE)) == ("JPEG", 480, 960)
    assert size_of(in_width(clean, 480)) == ("WEBP", 480, 960)


@pytest.mark.parametrize(
    ("form", "ending", "mode"),
    [
        *(("JPEG", "jpg", mode) for mode in ("RGB", "L", "CMYK")),
        *(("PNG", "png", mode) for mode in ("RGB", "RGBA", "P", "L", "1", "LA", "I;16")),
        *(("WEBP", "webp", mode) for mode in ("RGB", "RGBA")),
    ],
)
def test_every_sort_of_photo_gets_smaller_and_keeps_its_format(
    form: str, ending: str, mode: str
) -> None:
    content = photo((1200, 900), form, mode)
    assert size_of(reduced(content, ending, 600)) == (form, 600, 450)
    assert size_of(in_width(content, 480)) == ("WEBP", 480, 360)
    assert reduced(content, ending, 1200) == content


def test_sixteen_bits_a_pixel_keep_their_greys() -> None:
    deep = Image.new("I;16", (900, 900), 30_000)
    target = io.BytesIO()
    deep.save(target, "PNG")
    with Image.open(io.BytesIO(reduced(target.getvalue(), "png", 300))) as image:
        assert abs(image.convert("L").getpixel((9, 9)) - 30_000 // 256) <= 1  # type: ignore[operator]


def test_what_moves_and_what_is_no_photo_stay_as_they_are() -> None:
    frames = [Image.new("RGB", (900, 900), colour) for colour in ("red", "blue")]
    target = io.BytesIO()
    frames[0].save(target, "WEBP", save_all=True, append_images=frames[1:])
    assert reduced(target.getvalue(), "webp", 100) == target.getvalue()
    assert not look(target.getvalue()).is_still
    assert reduced(b"%PDF-", "pdf", 100) == b"%PDF-"


def test_no_words_come_along() -> None:
    content = photo((900, 900), comment=b"SECRET")
    assert b"SECRET" in content
    for made in (reduced(content, "jpg", 300), in_width(content, 480)):
        assert b"SECRET" not in made


@pytest.mark.parametrize("content", [b"", b"GIF89a", photo((900, 900))[:400]])
def test_what_cannot_be_opened_is_told(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(MediaError):
        reduced(content, "jpg", 300)
    (tmp_path / "a.jpg").write_bytes(content[:20])
    assert picture_of(tmp_path / "a.jpg") is None
    assert picture_of(tmp_path / "none.jpg") is None


def test_an_enormous_picture_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(target, "PNG")
    with pytest.raises(MediaError, match="像素"):
        look(target.getvalue())


def test_what_was_made_is_kept_and_what_is_damaged_made_again(tmp_path: Path) -> None:
    content = photo((900, 900))
    made = reduced(content, "jpg", 300, tmp_path / "kept")
    (file,) = (tmp_path / "kept").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"x")
    assert reduced(content, "jpg", 300, tmp_path / "kept") == made
    assert file.read_bytes() == whole
    in_width(content, 480, tmp_path / "kept")
    assert len(list((tmp_path / "kept").iterdir())) == 2
    (tmp_path / "file").write_text("")
    assert reduced(content, "jpg", 300, tmp_path / "file") == made


def test_webp_can_be_written() -> None:
    assert features.check("webp")
