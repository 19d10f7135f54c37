"""Files that all machines see, each under the SHA-256 of its bytes."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from typing import NamedTuple

from casebook_site.base.problems import SettingsError


class Blob(NamedTuple):
    """What a stored file is known by."""

    digest: str
    """SHA-256 in hexadecimal."""
    size: int
    """Bytes."""


class Blobs:
    """A folder or an object store, at any address that fsspec has a driver for.

    Nothing in it is trusted: bytes are taken only where their digest is the one asked for, so that
    it may be emptied or damaged at any time, and two may write the same blob at once.
    """

    def __init__(self, url: str) -> None:
        """Raise `SettingsError` for an address that nobody here can reach."""
        from fsspec.core import url_to_fs

        try:
            self._files, root = url_to_fs(url)
        except (ValueError, ImportError) as error:
            raise SettingsError(f"--blobs 的地址 {url} 用不了：{error}。") from None
        self._root = str(root).rstrip("/")
        self._made: set[str] = set()

    def put(self, content: bytes) -> Blob:
        """Store bytes unless they are there; raise `OSError` if they cannot be stored."""
        blob = Blob(sha256(content).hexdigest(), len(content))
        path = self._path(blob)
        if self._size(path) != blob.size:
            folder = path.rpartition("/")[0]
            if folder not in self._made:
                self._files.makedirs(folder, exist_ok=True)
                self._made.add(folder)
            self._files.pipe_file(path, content)
        return blob

    def get(self, blob: Blob) -> bytes | None:
        """Return the bytes; None where they are missing or are not what they should be."""
        try:
            content: bytes = self._files.cat_file(self._path(blob))
        except FileNotFoundError:
            return None
        return content if sha256(content).hexdigest() == blob.digest else None

    def drop(self, blob: Blob) -> None:
        """Take a blob out, that it may be put again."""
        path = self._path(blob)
        if self._files.exists(path):
            self._files.rm_file(path)

    def keep_only(self, digests: Collection[str]) -> None:
        """Take out what has another digest than these."""
        for path in self._files.find(self._root):
            if "".join(path.rsplit("/", 2)[-2:]) not in digests:
                self._files.rm_file(path)

    def _path(self, blob: Blob) -> str:
        return f"{self._root}/{blob.digest[:2]}/{blob.digest[2:]}"

    def _size(self, path: str) -> int | None:
        try:
            return int(self._files.info(path)["size"])
        except FileNotFoundError:
            return None
