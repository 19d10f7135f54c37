"""Photos in the sizes that are published. Originals never leave `content/`.

A website gives each photo in several widths, as WebP, beside the picture itself for old browsers;
a bundle and paper get one of a size that suits them. Animated pictures and drawings stay as they are.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from casebook_site.base.files import write_atomically
from casebook_site.media.errors import MediaError

if TYPE_CHECKING:
    from PIL import Image

WIDTHS = (480, 960, 1600)
"""Pixels: a phone, a phone of twice the density, a desk."""
ONLINE, OFFLINE, PRINTED = 1600, 960, 2000
"""Pixels of the longer edge of a picture on a website, on a stick, on paper (A4 at 240 dpi)."""
MOST_PIXELS = 100_000_000
"""Of a picture: unpacked, one of this size takes 300 MB."""

ENDINGS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
"""Ending of a file name → format, of pictures that are made smaller."""


@dataclass(frozen=True, slots=True)
class Photo:
    """What is known of a photo before it is opened whole."""

    width: int
    """Pixels, upright."""
    height: int
    is_still: bool

    def widths(self) -> tuple[int, ...]:
        """Return the widths in which a website has it; none where the picture itself is small."""
        if not self.is_still or self.width <= WIDTHS[0]:
            return ()
        largest = self.within(ONLINE)[0]
        return (*(width for width in WIDTHS if width < largest), largest)

    def within(self, edge: int) -> tuple[int, int]:
        """Return width and height with the longer edge no longer than `edge`."""
        scale = min(1.0, edge / max(self.width, self.height))
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))


def picture_of(file: Path) -> Photo | None:
    """Return width and height of a photo; None for what is no photo, or cannot be opened."""
    try:
        stat = file.stat()
        return _picture(file, stat.st_mtime_ns, stat.st_size)
    except (OSError, MediaError):
        return None


@lru_cache(maxsize=10_000)
def _picture(file: Path, changed: int, size: int) -> Photo | None:
    if file.suffix[1:].lower() not in ENDINGS:
        return None
    return look(file.read_bytes())


def look(content: bytes) -> Photo:
    """Return what is known of a photo; raise `MediaError` for one that is damaged or enormous."""
    with _opened(content) as image:
        width, height = image.size
        if image.getexif().get(_ORIENTATION, 1) in _ON_ITS_SIDE:
            width, height = height, width
        return Photo(width, height, _frames(image) == 1)


def _frames(image: Image.Image) -> int:
    try:
        image.seek(1)
    except EOFError:
        return 1
    image.seek(0)
    return 2


_ORIENTATION, _ON_ITS_SIDE = 0x0112, (5, 6, 7, 8)


def reduced(content: bytes, ending: str, edge: int, cache: Path | None = None) -> bytes:
    """Return a published photo with its longer edge no longer than `edge`, in its own format.

    `cache`: folder for what was made. What is small enough, moves or is no photo comes back as it is.
    Raise `MediaError` for one that is damaged.
    """
    form = ENDINGS.get(ending.lower())
    if form is None:
        return content
    known = look(content)
    if not known.is_still or max(known.width, known.height) <= edge:
        return content
    return _kept(content, known.within(edge), form, cache)


def in_width(content: bytes, width: int, cache: Path | None = None) -> bytes:
    """Return a published photo as WebP in one of its widths; raise `MediaError` as `reduced` does."""
    known = look(content)
    height = max(1, round(known.height * width / known.width))
    return _kept(content, (width, height), "WEBP", cache)


def _kept(content: bytes, size: tuple[int, int], form: str, cache: Path | None) -> bytes:
    """Return what was made of a photo in an earlier run, or make it."""
    if cache is None:
        return _made(content, size, form)
    from PIL import __version__  # another version may encode otherwise

    name = blake2b(content, digest_size=20, key=f"{size} {form} {__version__}".encode()).hexdigest()
    file = cache / f"{name}.bin"
    with contextlib.suppress(OSError):
        seal, made = (found := file.read_bytes())[:_SEAL], found[_SEAL:]
        if seal == _seal(made):
            return made
    made = _made(content, size, form)
    with contextlib.suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        write_atomically(file, _seal(made) + made)
    return made


_SEAL = 16


def _seal(content: bytes) -> bytes:
    return blake2b(content, digest_size=_SEAL).digest()


def _made(content: bytes, size: tuple[int, int], form: str) -> bytes:
    from PIL import Image

    with _opened(content) as image:
        profile = image.info.get("icc_profile")
        if image.mode == "CMYK":
            image, profile = image.convert("RGB"), None
        elif image.mode.startswith("I"):  # 16 bits a pixel
            image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        elif image.mode in ("P", "1", "LA"):
            image = image.convert("RGBA" if "transparency" in image.info else "RGB")
        smaller = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
        target = io.BytesIO()
        if form == "WEBP":
            smaller.save(target, form, quality=76, method=4, icc_profile=profile or b"", exif=b"")
        elif form == "JPEG":
            smaller.save(target, form, quality=80, optimize=True, progressive=True,
                         icc_profile=profile, exif=b"", comment=b"")  # fmt: skip
        else:
            smaller.save(target, form, optimize=True, icc_profile=profile)
    return target.getvalue()


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """Give an opened picture; whatever cannot be opened or decoded is a `MediaError`."""
    from PIL import Image, UnidentifiedImageError  # few sites need it

    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise MediaError(f"图片有 {image.width}×{image.height} 像素，太大")
            yield image
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError) as error:
        raise MediaError("图片打不开") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise MediaError("图片的像素太多") from error
