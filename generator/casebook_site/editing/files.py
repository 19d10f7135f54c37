"""Changes of files: tried out on a copy, then made all together or not at all."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated

from filelock import FileLock, Timeout
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from casebook_site.base.problems import SettingsError, UserError
from casebook_site.base.settings import Settings
from casebook_site.base.system_errors import reason_of
from casebook_site.base.workplace import TRIAL, WORKPLACE, tidy, workplace


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
    with _trial(settings.root) as root:
        for folder in (settings.content_dir, settings.docs_dir):
            target = root / folder.resolve().relative_to(settings.root)
            if not target.exists() and folder.is_dir():
                shutil.copytree(folder, target, copy_function=_link, symlinks=True)
        for change in changes:
            file = root / change.path.relative_to(settings.root)
            if leaves(root, file):
                raise SettingsError(
                    f"{change.path.name} 所在的文件夹是链接，通到内容外面，不能改。"
                )
            file.unlink(missing_ok=True)
            if change.new is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(change.new)
        docs = root / settings.docs_dir.resolve().relative_to(settings.root)
        yield settings.model_copy(update={"root": root, "docs_dir": docs})


@contextmanager
def _trial(root: Path) -> Iterator[Path]:
    """Yield an empty folder whose lock tells other runs that it is in use."""
    folder = workplace(root).resolve() / f"{TRIAL}{secrets.token_hex(8)}"
    lock = folder.with_name(f"{folder.name}.lock")
    with FileLock(lock):
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            lock.unlink(missing_ok=True)


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
            if leaves(root, change.path):
                raise SettingsError(
                    f"{change.path.name} 所在的文件夹是链接，通到内容外面，不能改。"
                )
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
    """Complete what a killed run had decided to write, and remove what else it left.

    Raise `SettingsError` for a journal that no run of ours wrote, once it is out of the way.
    """
    tidy(root)
    if _journal(root).exists():
        with _locked(root):
            _finish(root)


def _finish(root: Path) -> None:
    journal, folder = _journal(root), root / WORKPLACE / "writing"
    try:
        with _possible():
            for source, target in _steps(root, journal):
                if source is None:
                    target.unlink(missing_ok=True)
                elif (folder / source).is_file():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    (folder / source).replace(target)
    except ForgedJournalError as error:
        _forget(root)
        raise SettingsError(
            f"{root.name}/{WORKPLACE}/{journal.name} 不是本程序写的（{error}），没有照做，已经删去。"
            "再运行一次即可。"
        ) from None
    _forget(root)


def _forget(root: Path) -> None:
    _journal(root).unlink(missing_ok=True)
    shutil.rmtree(root / WORKPLACE / "writing", ignore_errors=True)


class ForgedJournalError(ValueError):
    """Why a journal is none of ours, in Chinese."""


_IMPOSSIBLE = (
    errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP, errno.EINVAL,
)  # fmt: skip
"""What no path that was written to before ends in, and no later try mends."""


@contextmanager
def _possible() -> Iterator[None]:
    """Raise `ForgedJournalError` where the system refuses a path for good; a full disk may wait."""
    try:
        yield
    except OSError as error:
        if error.errno in _IMPOSSIBLE:
            raise ForgedJournalError(reason_of(error)) from None
        raise


_Step = tuple[Annotated[str, Field(pattern="^[0-9]{1,9}$")] | None, str]
_JOURNAL = TypeAdapter(list[_Step], config=ConfigDict(strict=True))


def _steps(root: Path, journal: Path) -> list[tuple[str | None, Path]]:
    """Return (name of the new content or None, path of the file) for all that was decided.

    Nothing is decided by a journal that is missing or damaged. Raise `ForgedJournalError` for one that
    asks for what no run of ours does.
    """
    try:
        steps = _JOURNAL.validate_json(journal.read_bytes())
    except OSError:
        return []
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            return []
        raise ForgedJournalError("内容的格式不对") from None
    return [(source, target_of(root, name)) for source, name in steps]


def target_of(root: Path, name: str) -> Path:
    """Return the file of a site that a journal names; raise `ForgedJournalError` for any other."""
    parts = PurePosixPath(name).parts
    plain = all(part not in ("..", "/") and not part.startswith(".") for part in parts)
    if not parts or not plain or any(mark in name for mark in "\\:\0"):
        raise ForgedJournalError(f"里面的路径 {name!r} 不在内容里")
    path = root / name
    if leaves(root, path):
        raise ForgedJournalError(f"里面的路径 {name!r} 通到文件夹外面")
    return path


def leaves(root: Path, path: Path) -> bool:
    """Return whether a file of a site lies elsewhere in truth, because a folder on its way is a link."""
    return not path.parent.resolve().is_relative_to(root.resolve())


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    try:
        with FileLock(workplace(root) / "writing.lock", timeout=10):
            yield
    except Timeout:
        raise SettingsError("另一个 casebook 正在写记录，等它结束再来。") from None


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
