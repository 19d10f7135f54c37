"""What was changed last, kept so that it can be taken back: the files before, and what they became."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook_site.base.files import write_atomically
from casebook_site.base.problems import UserError
from casebook_site.base.workplace import WORKPLACE, workplace
from casebook_site.editing.files import FileChange, content_of, target_of

_MOST, _MOST_BYTES = 20, 20_000_000
"""Changes that are kept, and how large one may be."""


class NothingToUndoError(UserError):
    """There is no change that could be taken back, or files have changed since."""


@dataclass(frozen=True)
class LastChange:
    """A change that was made."""

    title: str
    """What was done: `导入 教学点.xlsx`."""
    kept: Path
    """Where it is kept."""
    files: tuple[tuple[Path, bytes | None, str | None], ...]
    """(file, bytes before, digest after); None for a file that was not there."""


def keep(root: Path, title: str, changes: Sequence[FileChange]) -> None:
    """Keep a change that is about to be made; one that is too large is not kept."""
    files = [
        [change.path.relative_to(root).as_posix(), _text(change.old), _digest(change.new)]
        for change in changes
    ]
    content = json.dumps({"title": title, "files": files}, ensure_ascii=False)
    if len(content) > _MOST_BYTES:
        return
    workplace(root)
    there = _kept(root)
    number = int(there[-1].stem.removeprefix("undo-")) + 1 if there else 1
    for old in there[: max(0, len(there) - _MOST + 1)]:
        old.unlink()
    write_atomically(root / WORKPLACE / f"undo-{number:06}.json", content)


def last_change(root: Path) -> LastChange:
    """Return the last change of a site that can be taken back.

    Raise `NothingToUndoError` if there is none, or if one of its files was changed since.
    """
    for kept in reversed(_kept(root)):
        change = _read(root, kept)
        if change is None or all(content_of(file) == old for file, old, _ in change.files):
            kept.unlink()  # damaged, or a run was killed before it made the change
            continue
        since = [file for file, _, new in change.files if _digest(content_of(file)) != new]
        if since:
            names = "、".join(file.relative_to(root).as_posix() for file in since[:5])
            raise NothingToUndoError(
                f"“{change.title}”之后又改过 {names}，不能整个退回，什么都没有改。"
            )
        return change
    raise NothingToUndoError("没有可以退回的改动：只记得导入、收回执、改编号、删除和签审。")


def reversal(change: LastChange) -> list[FileChange]:
    """Return the changes that take a change back."""
    return [FileChange(file, content_of(file), old) for file, old, _ in change.files]


def forget(change: LastChange) -> None:
    """Forget a change that was taken back."""
    change.kept.unlink(missing_ok=True)


def _kept(root: Path) -> list[Path]:
    return sorted((root / WORKPLACE).glob("undo-[0-9]*.json"))


def _read(root: Path, kept: Path) -> LastChange | None:
    """Return a change as it was kept; None if nobody can read it."""
    try:
        found: Any = json.loads(kept.read_bytes())
        return LastChange(str(found["title"]), kept, tuple(_files(root, found["files"])))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _files(root: Path, files: Any) -> Iterator[tuple[Path, bytes | None, str | None]]:
    for name, old, new in files:
        yield target_of(root, name), None if old is None else base64.b64decode(old), new


def _text(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode()


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()
