"""Files that are written: what they hold, who claims their path, and how they get there whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from casebook_site.base.problems import UserError


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the output."""

    path: str
    """POSIX path relative to the root of the output."""
    content: bytes
    maker: str
    """What it was made from, for messages: `teaching-point/juzhen-park`."""


class CollisionError(UserError):
    """Two makers want the same path (letter case set aside, as on Windows)."""

    def __init__(self, path: str, first: str, second: str) -> None:
        super().__init__(f"“{first}”与“{second}”都要写成 {path}，改其中一个的编号或文件名。")


class Claims:
    """Who writes which path. Asked before anything is written."""

    def __init__(self) -> None:
        self._makers: dict[str, str] = {}

    def claim(self, path: str, maker: str) -> None:
        """Reserve a path; raise `CollisionError` if another maker has it."""
        folded = path.lower()
        first = self._makers.setdefault(folded, maker)
        if first != maker:
            raise CollisionError(path, first, maker)


class Writer:
    """Write artifacts below a folder.

    A file that stands below `before` with the same bytes is taken from there, by a hard link: it
    keeps its age, so that whoever copies the site to a server copies what changed, and nothing is
    written.
    """

    def __init__(self, root: Path, before: Path | None = None) -> None:
        self.root = os.fspath(root)
        self._before = os.fspath(before) if before and before.is_dir() else None
        self._made: set[str] = set()

    def write(self, artifact: Artifact) -> bool:
        """Write one artifact; folders are made as needed. Return whether its bytes are new."""
        path = f"{self.root}/{artifact.path}"
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        if self._before and _take(f"{self._before}/{artifact.path}", path, artifact.content):
            return False
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o644)
        try:
            view = memoryview(artifact.content)
            while view:
                view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)
        return True


_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def _take(old: str, new: str, content: bytes) -> bool:
    """Link a file with these bytes to a new path; return False if there is none, or no way to."""
    try:
        descriptor = os.open(old, os.O_RDONLY | _BINARY | _NO_LINK)
        try:
            same = os.fstat(descriptor).st_size == len(content)
            same = same and os.read(descriptor, len(content) + 1) == content
        finally:
            os.close(descriptor)
        if same:
            os.link(old, new)
    except OSError:
        return False
    return same


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write a file beside its place and rename it: a reader sees the old file or the new one.

    Text is written as UTF-8 with `\n`; folders are made as needed. Raises `OSError`.
    """
    raw = content.encode() if isinstance(content, str) else content
    fill_atomically(path, lambda beside: _write(beside, raw))


def fill_atomically(path: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write a file beside its place, and rename it. Raises what `fill` does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        fill(beside)
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _write(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)


class InPlaceWriter:
    """Write artifacts into a folder that is in use, each at one stroke, and only what differs."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, artifact: Artifact) -> bool:
        """Write one artifact; return whether its bytes were not there already."""
        path = self.root / artifact.path
        try:
            if path.read_bytes() == artifact.content:
                return False
        except OSError:
            pass  # a new file
        write_atomically(path, artifact.content)
        return True
