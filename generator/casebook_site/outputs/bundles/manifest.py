"""What a bundle says of itself: `manifest.json`, and `SHA256SUMS` for ordinary tools."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casebook_site.base.audience import Audience
from casebook_site.base.problems import UserError
from casebook_site.outputs.bundles.forms import FormName
from casebook_site.outputs.bundles.layout import (
    COPY,
    COVER,
    MANIFEST,
    SIGNATURE,
    SUMS,
    UPDATE_NOTE,
    inner,
    marker,
)

VERSION_LENGTH = 12
"""Hexadecimal digits of a version: 48 bits tell the versions of one bundle apart."""


class NotABundle(UserError):
    """A file or folder that this program did not make, or that nobody can read any more."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileEntry(_Model):
    """One file of a bundle."""

    size: int = Field(ge=0)
    """Bytes."""
    sha256: str = Field(pattern="^[0-9a-f]{64}$")

    @classmethod
    def of(cls, content: bytes) -> FileEntry:
        """Size and digest of a file's bytes."""
        return cls.model_construct(size=len(content), sha256=hashlib.sha256(content).hexdigest())


class Update(_Model):
    """What an update changes in the version that it is made for."""

    base: str = Field(pattern="^[0-9a-f]{12}$")
    """The version that must be there already."""
    base_date: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    deleted: tuple[str, ...]
    """Files of the base that this version no longer has."""
    files: tuple[str, ...] = ()
    """What the update's zip holds; the other files of this version are in the base."""


class Manifest(_Model):
    """Everything that a bundle holds, and for whom."""

    format: Literal["casebook-bundle-1"] = "casebook-bundle-1"
    edition: Audience
    form: FormName = "archive"
    """Of bundles that do not say it: they were all of that form."""
    scope: str
    title: str
    site_name: str
    site_url: str
    date: str = Field(pattern=r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$")
    """The newest date on which one of its records was changed (ISO), or empty."""
    version: str = Field(pattern="^[0-9a-f]{12}$")
    counts: Mapping[str, int]
    """Kind → records."""
    update: Update | None = None
    files: Mapping[str, FileEntry]
    """Path → file, for all but the manifest itself, the sums and a signature."""

    @property
    def day(self) -> tuple[int, int, int]:
        """The date as a day: what it leaves open is the first."""
        year, month, day = (*map(int, filter(None, self.date.split("-"))), 1, 1, 1)[:3]
        return year, month, day

    def encode(self) -> bytes:
        """Return the file's bytes, one line."""
        return (self.model_dump_json() + "\n").encode()


def parse_manifest(content: bytes) -> Manifest:
    """Read a manifest; raise `NotABundle` for what is none."""
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError:
        raise NotABundle("清单 manifest.json 不是本程序写的，或已损坏。") from None
    held = set(manifest.update.files if manifest.update else ())
    if not {*held, inner(marker(manifest.version))} <= manifest.files.keys():
        raise NotABundle("清单 manifest.json 前后不一致，已损坏或被改动。")
    return manifest


def version_of(files: Mapping[str, FileEntry]) -> str:
    """Return a short digest that names exactly these contents."""
    lines = "".join(f"{files[path].sha256}  {path}\n" for path in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()[:VERSION_LENGTH]


def sums(files: Mapping[str, FileEntry], manifest: bytes) -> bytes:
    """`SHA256SUMS` as `sha256sum -c` reads it."""
    known = {path: entry.sha256 for path, entry in files.items()}
    known[MANIFEST] = hashlib.sha256(manifest).hexdigest()
    return "".join(f"{known[path]}  {path}\n" for path in in_order(known)).encode()


UNLISTED = (MANIFEST, SUMS, SIGNATURE)
"""Files that the manifest cannot list."""


def in_order(paths: Iterable[str]) -> list[str]:
    """Return the paths in the order of the zip: what readers open first, then by name."""
    first = (COVER, COPY, UPDATE_NOTE, SUMS, SIGNATURE)
    return sorted(paths, key=lambda path: (path not in first, path))
