"""Names of files: which can be unpacked everywhere, and which nobody has given."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from casebook_site.base.system_errors import reason_of

LONGEST = 120
"""Characters of a path. Windows allows 260 for the whole, and folders are unpacked deep."""

_FORBIDDEN = frozenset('<>:"\\|?*')
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))]
)


@lru_cache(maxsize=20_000)
def name_fault(path: str) -> str:
    """Return why a path cannot stand in a bundle, as a few Chinese words; empty when it can."""
    if not path or path.startswith("/") or not path.isascii():
        return "须是相对路径、只用 ASCII 字符"
    if len(path) > LONGEST:
        return f"路径超过 {LONGEST} 个字符"
    if any(ord(character) < 32 or character in _FORBIDDEN for character in path):
        return "含有 Windows 不许用的字符"
    for part in path.split("/"):
        if part in ("", ".", ".."):
            return "路径会跳出文件夹"
        if part.endswith((".", " ")) or part.startswith(" "):
            return "名字首尾有空格或句点"
        if part.partition(".")[0].lower().rstrip() in _DEVICES:
            return "是 Windows 的设备名"
    return ""


# --- what editors and systems leave ---------------------------------------------------------------

_LEFTOVER = re.compile(
    r"""[.~].* | \#.*\# | .*~ | Icon\r
      | .*\.(?:bak|backup|orig|rej|te?mp|save|sw[a-p]|part|partial|crdownload)
      | .*\.(?:bak|orig|old|~)\d* | .*~RF[0-9a-f]+\.TMP
      | (?:eh)?thumbs\.db(?::encryptable)? | desktop\.ini | nohup\.out | __MACOSX
      | .*\.sb-[0-9a-f]{8}-[0-9a-z]+            # TextEdit, while it saves
      | .*\.sync-conflict-\d{8}-.*              # Syncthing
      | .*\(.*(?:conflicted|conflict)\b.*\).*   # Nextcloud, ownCloud, Dropbox
      | .*[（(].*冲突.*[）)].* | .*-冲突-.* | .*_conflict-\d{8}.*""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


@lru_cache(maxsize=20_000)
def is_leftover(name: str) -> bool:
    """Return whether an editor, a system or a program that copies folders has left a file."""
    return _LEFTOVER.fullmatch(name) is not None


def leftovers_below(folders: Iterable[Path]) -> list[str]:
    """Return the files that lie in folders and are left aside, but for hidden ones, in order."""
    found = {
        f"{folder}/{name}"
        for top in folders
        for folder, _, names in os.walk(top)
        for name in names
        if is_leftover(name) and name[0] != "."
    }
    return sorted(found)


# --- what is no file ------------------------------------------------------------------------------

_SORTS = (
    (stat.S_ISDIR, "文件夹"),
    (stat.S_ISFIFO, "管道"),
    (stat.S_ISSOCK, "套接字"),
    (stat.S_ISCHR, "设备"),
    (stat.S_ISBLK, "设备"),
)


def file_fault(path: str | Path) -> str:
    """Return why there is no file to read, in Chinese; empty for a file. Nothing is opened."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - asked for each of a hundred thousand
    except FileNotFoundError:
        return "是指向别处的链接，那里没有文件" if os.path.islink(path) else "不存在"  # noqa: PTH114
    except OSError as error:
        return f"读不出来（{reason_of(error)}）"
    if stat.S_ISREG(mode):
        return ""
    return f"是{next((name for test, name in _SORTS if test(mode)), '特殊文件')}，不是文件"
