"""The folder of a site, replaced as a whole.

Everything is made beside the old site and swapped in at the end, so a kill at any moment leaves
a whole site (or two half-done renames, which the next start completes).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock, Timeout

from casebook_site.base.files import Writer
from casebook_site.base.problems import SettingsError

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
        self._lock = FileLock(target.with_name(f".{target.name}.lock"))

    def refuse_others(self, keep: Iterable[Path]) -> None:
        """Raise `SettingsError` if publishing would take away what is not ours.

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
        """Take the lock, mend what a killed run left, and return the empty staging folder."""
        self.lock()
        self.staging.mkdir()
        return self.staging

    def lock(self) -> None:
        """Take the lock, and mend what a killed run left; raise `SettingsError` if it is taken."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=PATIENCE)
        except Timeout:
            if not Path(
                self._lock.lock_file
            ).exists():  # a place like /proc, where nothing can be made
                raise SettingsError(
                    f"写不了 {self.target}：那里不能新建文件。换一个文件夹。"
                ) from None
            raise SettingsError(f"另一次构建正在写 {self.target.name}/，等它结束再来。") from None
        self._recover()

    def writer(self, *, staged: bool = True) -> Writer:
        """Return the writer into the staging folder, or into the target as it lies."""
        return Writer(self.staging, self.target) if staged else Writer(self.target)

    def publish(self) -> None:
        """Swap the staged folder in and let go of the lock."""
        if self.target.exists():
            self.target.replace(self._old)
        self.staging.replace(self.target)
        shutil.rmtree(self._old, ignore_errors=True)
        self._lock.release()

    def abandon(self) -> None:
        """Throw the staged folder away; the target stays as it was."""
        if self._lock.is_locked:
            shutil.rmtree(self.staging, ignore_errors=True)
            self._lock.release()

    def _recover(self) -> None:
        if not self.target.exists() and self._old.exists():
            # Killed between the two renames: the staged folder was already whole.
            whole = self.staging if self.staging.exists() else self._old
            whole.replace(self.target)
        shutil.rmtree(self._old, ignore_errors=True)
        shutil.rmtree(self.staging, ignore_errors=True)
