"""The bytes of one file of a bundle, digested and packed once even where many bundles hold it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property

from casebook_site.outputs.bundles.manifest import FileEntry

LEVEL = 6
"""Of zlib. The highest saves one part in a hundred and takes twice as long."""


@dataclass(frozen=True)
class Packed:
    """A file as it lies in a zip."""

    crc: int
    size: int
    """Bytes before packing."""
    deflated: bytes


@dataclass(frozen=True)
class BundleContent:
    """A file's bytes."""

    raw: bytes

    @cached_property
    def entry(self) -> FileEntry:
        """Size and digest."""
        return FileEntry.of(self.raw)

    @cached_property
    def packed(self) -> Packed:
        """The bytes as a raw deflate stream (RFC 1951), as zips hold them."""
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        deflated = packer.compress(self.raw) + packer.flush()
        return Packed(zlib.crc32(self.raw), len(self.raw), deflated)
