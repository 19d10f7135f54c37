"""What is published of a medium: the same to see and hear, and not a word of who made it where."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops
from pypdf import PdfReader

from casebook_site.media.errors import MediaError
from casebook_site.media.publishing import CLEANERS, published
from tests.unit.media import files

SAMPLES: dict[str, Callable[[], bytes]] = {
    "jpg": files.jpeg,
    "jpeg": lambda: files.jpeg(progressive=True),
    "png": files.png,
    "webp": files.webp,
    "svg": files.svg,
    "pdf": files.pdf,
    "mp3": files.mp3,
    "mp4": files.mp4,
}


def opened(content: bytes) -> Image.Image:
    """A picture."""
    return Image.open(io.BytesIO(content))


def test_every_ending_has_a_sample() -> None:
    assert SAMPLES.keys() == CLEANERS.keys()


@pytest.mark.parametrize("ending", SAMPLES)
def test_no_metadata_is_left_and_cleaning_again_changes_nothing(ending: str) -> None:
    content = SAMPLES[ending]()
    assert files.RAW in content
    clean = published(content, ending)
    assert files.RAW not in clean
    assert published(content, ending.upper()) == clean
    assert ending == "pdf" or published(clean, ending) == clean  # a PDF numbers its parts anew


@pytest.mark.parametrize("ending", ["jpg", "jpeg", "png", "webp"])
def test_a_picture_stays_as_it_is(ending: str) -> None:
    content = SAMPLES[ending]()
    before, after = opened(content), opened(published(content, ending))
    assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert not after.getexif()


@pytest.mark.parametrize(("ending", "made"), [("jpg", files.jpeg), ("webp", files.webp)])
@pytest.mark.parametrize(
    ("orientation", "upright"),
    [(1, True), (3, False), (6, False), (8, False)],
)
def test_a_photo_that_lies_on_its_side_is_turned(
    ending: str, made: Callable[[int], bytes], orientation: int, upright: bool
) -> None:
    turned = opened(published(made(orientation), ending)).convert("RGB")
    assert turned.size == ((48, 24) if orientation in (1, 3) else (24, 48))
    red_first = turned.getpixel((2, 2))[0] > 100  # type: ignore[index]
    assert red_first is (orientation in (1, 6))
    assert upright is (orientation == 1)


def test_a_drawing_keeps_what_it_draws() -> None:
    clean = published(files.svg(), "svg").decode()
    assert '<path d="M0 0h4v4z" fill="#c00" />' in clean
    assert 'viewBox="0 0 4 4"' in clean
    assert clean.startswith("<svg xmlns=")


def test_a_pdf_keeps_its_pages() -> None:
    read = PdfReader(io.BytesIO(published(files.pdf(), "pdf")))
    assert len(read.pages) == 1
    assert not read.metadata
    assert read.xmp_metadata is None


def test_sound_and_film_stay_byte_for_byte() -> None:
    assert published(files.mp3(), "mp3") == files.SOUND
    film, clean = files.mp4(), published(files.mp4(), "mp4")
    assert len(clean) == len(film)
    assert clean[-len(files.SOUND) :] == files.SOUND
    assert bytes.fromhex("deadbeef") not in clean


def test_a_film_with_a_track_of_places_is_refused() -> None:
    with pytest.raises(MediaError, match="重新导出"):
        published(files.mp4(measured=True), "mp4")


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "pdf", "mp4", "svg"])
def test_what_is_no_such_file_is_refused(ending: str) -> None:
    for content in (b"", b"no such file", SAMPLES[ending]()[:40]):
        with pytest.raises(MediaError):
            published(content, ending)


@given(st.sampled_from(sorted(SAMPLES)), st.integers(0, 10_000), st.binary(max_size=8))
def test_damaged_files_are_cleaned_or_refused(ending: str, at: int, put: bytes) -> None:
    content = SAMPLES[ending]()
    at %= len(content)
    with suppress(MediaError):
        clean = published(content[:at] + put + content[at + len(put) :], ending)
        assert ending == "pdf" or published(clean, ending) == clean
