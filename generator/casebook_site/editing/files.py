"""Changes of files: tried out on a copy, then made all together or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock, Timeout

from casebook_site.base.problems import SettingsError, UserError
from casebook_site.base.settings import Settings

WORKPLACE = ".casebook"
"""Folder beside mkdocs.yml for what is under way; nobody keeps it."""


@dataclass(frozen=True)
class FileChange:
    """One file as it was read, and as it shall be."""

    path: Path
    old: bytes | None
    """None where there was no file."""
    new: bytes | None
    """None where there shall be none."""


class StaleFileError(UserError):
    """A file changed after it was read: whoever wrote it must not lose that."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} 刚刚被别人改过，没有写入。请重新打开再改。")
        self.path = path


def content_of(path: Path) -> bytes | None:
    """Return the bytes of a file; None if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def staged(settings: Settings, changes: Sequence[FileChange]) -> Iterator[Settings]:
    """Yield the settings of a copy of the site's folder in which the changes are made.

    Unchanged files are hard links where the file system has them, so that this costs little.
    """
    for folder in (settings.content_dir, settings.docs_dir):
        if not folder.resolve().is_relative_to(settings.root):
            raise SettingsError(f"内容文件夹 {folder} 不在 mkdocs.yml 所在的文件夹里，不能修改。")
    with TemporaryDirectory(prefix="try-", dir=_workplace(settings.root)) as name:
        root = Path(name).resolve()
        for folder in (settings.content_dir, settings.docs_dir):
            target = root / folder.resolve().relative_to(settings.root)
            if not target.exists() and folder.is_dir():
                shutil.copytree(folder, target, copy_function=_link, symlinks=True)
        for change in changes:
            file = root / change.path.relative_to(settings.root)
            file.unlink(missing_ok=True)
            if change.new is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(change.new)
        docs = root / settings.docs_dir.resolve().relative_to(settings.root)
        yield settings.model_copy(update={"root": root, "docs_dir": docs})


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def commit(root: Path, changes: Sequence[FileChange]) -> None:
    """Make all changes. After a kill at any moment, the next start finds none of them, or makes all.

    Raises `StaleFileError` before anything is touched where a file is not what was read.
    """
    with _locked(root):
        _finish(root)
        for change in changes:
            if content_of(change.path) != change.old:
                raise StaleFileError(change.path)
        folder = _new_folder(root)
        steps: list[tuple[str | None, str]] = []
        for number, change in enumerate(changes):
            target = change.path.relative_to(root).as_posix()
            if change.new is None:
                steps.append((None, target))
                continue
            _write(folder / str(number), change.new)
            steps.append((str(number), target))
        journal = _journal(root)
        _write(journal.with_suffix(".new"), json.dumps(steps).encode())
        journal.with_suffix(".new").replace(journal)
        _finish(root)


def finish_interrupted(root: Path) -> None:
    """Completes what a killed run had decided to write."""
    if _journal(root).exists():
        with _locked(root):
            _finish(root)


def _finish(root: Path) -> None:
    journal, folder = _journal(root), root / WORKPLACE / "writing"
    if journal.exists():
        for source, name in json.loads(journal.read_text("utf-8")):
            target = root / name
            if source is None:
                target.unlink(missing_ok=True)
            elif (folder / source).exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                (folder / source).replace(target)
        journal.unlink()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    try:
        with FileLock(_workplace(root) / "writing.lock", timeout=10):
            yield
    except Timeout:
        raise SettingsError("另一个 casebook 正在写记录，等它结束再来。") from None


def _workplace(root: Path) -> Path:
    folder = root / WORKPLACE
    folder.mkdir(exist_ok=True)
    return folder


def _journal(root: Path) -> Path:
    return root / WORKPLACE / "writing.json"


def _new_folder(root: Path) -> Path:
    folder = root / WORKPLACE / "writing"
    folder.mkdir()
    return folder


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
