"""`.casebook/` beside mkdocs.yml: what is under way and what is kept from run to run.

A folder that came from elsewhere brings its own. Nothing in it is trusted: links are taken out
before anything is read or written there, so that no step of ours leaves the folder by one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from casebook_site.base.problems import SettingsError

WORKPLACE = ".casebook"
"""Name of the folder; nobody keeps it."""

FOLDERS = ("blobs", "builds", "packs", "parsed", "photos", "writing")
"""What lies in it, beside single files, whose names have an ending."""

TRIAL = "try-"
"""How the folders begin in which changes are tried out."""


def workplace(root: Path) -> Path:
    """Return the folder of a site, made if need be; raise `SettingsError` if a file is in its place."""
    folder = root / WORKPLACE
    if folder.exists() and not folder.is_dir():
        raise SettingsError(
            f"{folder} 是一个文件，程序要在那里放一个文件夹。把它移走，再运行一次。"
        )
    folder.mkdir(exist_ok=True)
    return folder


def tidy(root: Path) -> None:
    """Take out of the folder what no run of ours puts there, and what killed runs have left.

    Raise `SettingsError` with what was taken out if there were links, devices or the like: the
    next run finds none.
    """
    folder = root / WORKPLACE
    if not os.path.lexists(folder):
        return
    if folder.is_symlink():
        folder.unlink()
        raise _told(root, [WORKPLACE])
    strange = [*_strange(workplace(root))]
    if strange:
        for path in strange:
            path.unlink()
        raise _told(root, [path.relative_to(root).as_posix() for path in strange])
    _drop_misplaced(folder)
    for trial in folder.glob(f"{TRIAL}*"):
        _drop_left(trial)


def _told(root: Path, names: list[str]) -> SettingsError:
    listed = "、".join(names[:5]) + ("等" if len(names) > 5 else "")
    return SettingsError(
        f"{root.name} 里的 {listed} 是链接或特殊文件，会把程序引到别处，已经去掉。再运行一次即可。"
    )


def _strange(folder: Path) -> Iterator[Path]:
    """Yield what is neither a file nor a folder; trials hold links of the content, and are left out."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(TRIAL):
                    yield from _strange(Path(entry.path))
            elif not entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def _drop_misplaced(folder: Path) -> None:
    """Remove folders in the place of files, and files in the place of folders."""
    for path in folder.iterdir():
        if path.is_dir() and path.suffix:
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_file() and path.name in FOLDERS:
            path.unlink()


def _drop_left(trial: Path) -> None:
    """Remove a trial, or the lock of one, that no run holds any more."""
    from filelock import FileLock, Timeout  # only here: most runs find nothing

    lock = trial if trial.suffix == ".lock" else trial.with_name(f"{trial.name}.lock")
    with suppress(Timeout, OSError), FileLock(lock, timeout=0):
        if trial != lock:
            shutil.rmtree(trial, ignore_errors=True)
        lock.unlink(missing_ok=True)
