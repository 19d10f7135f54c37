"""A photo or file → the bytes that are published, in every edition, bundle and pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from casebook_site.media.documents import pdf, svg
from casebook_site.media.images import jpeg, png, webp
from casebook_site.media.recordings import mp3, mp4

CLEANERS: Mapping[str, Callable[[bytes], bytes]] = {
    "jpg": jpeg,
    "jpeg": jpeg,
    "png": png,
    "webp": webp,
    "svg": svg,
    "pdf": pdf,
    "mp3": mp3,
    "mp4": mp4,
}
"""Ending of a file name → what takes out metadata."""


def published(content: bytes, ending: str) -> bytes:
    """Return what is published of a file: the same to see and hear, without metadata, upright.

    `ending`: that of its name, without the dot. What is already clean comes back as it is. Raise
    `MediaError` for a file that is damaged, or whose metadata cannot be taken out.
    """
    clean = CLEANERS.get(ending.lower())
    return clean(content) if clean else content
