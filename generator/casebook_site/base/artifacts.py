"""What is written, and the one writer that writes it.

Everything is made beside the old site and swapped in at the end, so a kill at any moment leaves
a whole site (or two half-done renames, which the next start completes).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from mmap import mmap
from pathlib import Path

from filelock import FileLock, Timeout

from casebook_site.base.problems import SettingsError, UserError

Buffer = bytes | memoryview | mmap


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
        """Reserves a path; raises `CollisionError` when somebody else has it."""
        folded = path.lower()
        first = self._makers.setdefault(folded, maker)
        if first != maker:
            raise CollisionError(path, first, maker)


class Writer:
    """Writes artifacts below a folder.

    A file that stands below `before` with the same bytes is taken from there, by a hard link: it
    keeps its age, so that whoever copies the site to a server copies what changed, and nothing is
    written.
    """

    def __init__(self, root: Path, before: Path | None = None) -> None:
        self.root = os.fspath(root)
        self._before = os.fspath(before) if before and before.is_dir() else None
        self._made: set[str] = set()

    def write(self, artifact: Artifact) -> None:
        """Writes one artifact; folders are made as needed."""
        path = f"{self.root}/{artifact.path}"
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        if self._before and _take(f"{self._before}/{artifact.path}", path, artifact.content):
            return
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o644)
        try:
            view = memoryview(artifact.content)
            while view:
                view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)


_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def _take(old: str, new: str, content: bytes) -> bool:
    """Links a file with these bytes to a new path; False where there is none, or no way to."""
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


PATIENCE = 2
"""Seconds to wait for another build: the processes of a killed one take a moment to end."""

MARK = "404.html"
"""A file that every built site has at its top: by it a folder is known to be ours."""


class Publication:
    """A folder that is replaced as a whole: staged beside, swapped in when finished."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.staging = target.with_name(f".{target.name}.new")
        self._old = target.with_name(f".{target.name}.old")
        self._patch = target.with_name(f".{target.name}.patch")
        self._lock = FileLock(target.with_name(f".{target.name}.lock"))

    def refuse_others(self, keep: Iterable[Path]) -> None:
        """Raises when publishing would take away what is not ours.

        That is a target which holds one of the folders to `keep`, or files that no build of ours
        made: the whole folder is replaced.
        """
        for folder in keep:
            if folder.is_relative_to(self.target):
                raise SettingsError(
                    f"不能写到 {self.target}：里面有 {folder}，会被整个换掉。换一个文件夹。"
                )
        ours = not self.target.exists() or (self.target / MARK).is_file()
        if not ours and (self.target.is_file() or any(self.target.iterdir())):
            raise SettingsError(
                f"{self.target} 里有别的文件，不是先前构建的网站。换一个空的文件夹。"
            )

    def begin(self) -> Path:
        """Takes the lock, mends what a killed run left, and returns the empty staging folder."""
        self.lock()
        self.staging.mkdir()
        return self.staging

    def lock(self) -> None:
        """Takes the lock, and mends what a killed run left."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=PATIENCE)
        except Timeout:
            raise SettingsError(f"另一次构建正在写 {self.target.name}/，等它结束再来。") from None
        self._recover()

    def writer(self) -> Writer:
        """What writes into the staging folder."""
        return Writer(self.staging, self.target)

    def keep_age(self) -> None:
        """Lets the files that are staged now keep their age where they are the same as before.

        For what others than a `Writer` wrote.
        """
        writer = self.writer()
        for file in [file for file in self.staging.rglob("*") if file.is_file()]:
            path, content = file.relative_to(self.staging).as_posix(), file.read_bytes()
            file.unlink()
            writer.write(Artifact(path, content, path))

    def publish(self) -> None:
        """Swaps the staged folder in and lets go of the lock."""
        if self.target.exists():
            self.target.replace(self._old)
        self.staging.replace(self.target)
        shutil.rmtree(self._old, ignore_errors=True)
        self._lock.release()

    def abandon(self) -> None:
        """Throws the staged folder away; the target stays as it was."""
        if self._lock.is_locked:
            shutil.rmtree(self.staging, ignore_errors=True)
            self._lock.release()

    def stage(self, files: Iterable[tuple[str, Iterable[Buffer]]]) -> None:
        """Writes new files, of which each replaces an old one, beside the site: (path, pieces).

        The lock must have been taken. In the end their folder gets its name at one stroke: from
        then on it is settled that they will be moved in, by the next start if this one is killed.
        """
        self.staging.mkdir()
        for path, pieces in files:
            file = self.staging / path
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as opened:
                opened.writelines(pieces)
        self.staging.replace(self._patch)

    def move_in(self) -> None:
        """Puts what was staged in the place of the old files."""
        for folder, _, names in os.walk(self._patch):
            below = Path(folder).relative_to(self._patch)
            for name in names:
                Path(folder, name).replace(self.target / below / name)
        shutil.rmtree(self._patch)

    def _recover(self) -> None:
        if not self.target.exists() and self._old.exists():
            # Killed between the two renames: the staged folder was already whole.
            whole = self.staging if self.staging.exists() else self._old
            whole.replace(self.target)
        shutil.rmtree(self._old, ignore_errors=True)
        shutil.rmtree(self.staging, ignore_errors=True)
        if self._patch.exists():
            self.move_in()
