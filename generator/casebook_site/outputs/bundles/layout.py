"""Where things lie in a bundle, and which names a file in it may have."""

from __future__ import annotations

from collections.abc import Iterable

from casebook_site.base import file_names
from casebook_site.base.problems import UserError

FOLDER = "files"
"""Everything lies in it but what the reader is to see first."""
COVER = "index.html"
COPY = "打开.html"
"""The cover once more, under a name that says what to do; nothing depends on it."""
SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.minisig"
UPDATE_NOTE = "UPDATE.txt"
MANIFEST = f"{FOLDER}/manifest.json"
ABOUT = "bundle/index.html"
CHECK = "bundle/check.html"
UPDATES = "bundle/updates.html"
NEWS = "bundle/news.html"
"""What was changed last, by the dates of records; an update says exactly what it changes."""
RETURN = "bundle/return.html"
"""Where what was counted is saved to be taken back."""


class RefusedNames(UserError):
    """Files that cannot be unpacked everywhere."""


def marker(version: str) -> str:
    """Return the path of the marker file that only this version has."""
    return f"bundle/version-{version}.js"


def follower(version: str) -> str:
    """Return the path of the marker file that an update from this version leaves."""
    return f"bundle/after-{version}.js"


def inner(path: str) -> str:
    """Return a path of the website as a path in the zip."""
    return f"{FOLDER}/{path}"


def is_wrapping(path: str) -> bool:
    """Whether a path in the zip is ours and not the website's: it names the version."""
    return not path.startswith(f"{FOLDER}/") or path.startswith(f"{FOLDER}/bundle/")


def name_fault(path: str) -> str:
    """Return why a path cannot stand in a bundle, as a few Chinese words; empty when it can."""
    return "" if path == COPY else file_names.name_fault(path)


def twins(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of paths that one folder on Windows cannot hold side by side."""
    seen: dict[str, str] = {}
    found = []
    for path in paths:
        folded = path.lower()
        if folded in seen:
            found.append((seen[folded], path))
        seen.setdefault(folded, path)
    return found


def refuse_names(paths: Iterable[str]) -> None:
    """Raise for paths that cannot be unpacked everywhere, naming all of them."""
    known = list(paths)
    faults = [f"{path}（{fault}）" for path in known if (fault := name_fault(path))]
    faults += [f"{one} 与 {other}（只差大小写）" for one, other in twins(known)]
    if faults:
        more = f"，共 {len(faults)} 处" if len(faults) > 5 else ""
        raise RefusedNames(
            f"这些文件名不能放进离线包：{'；'.join(faults[:5])}{more}。改短编号或文件名。"
        )
