"""What files held when they were parsed last, by the hash of their bytes: a warm start skips YAML.

The cache may be deleted or damaged at any time: what is not found in it is parsed again. It knows
plain data only, and files without problems; models and rules are asked anew each time. It is JSON,
so that a folder that came from elsewhere can run no code.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from casebook_site.base import characters
from casebook_site.base.files import write_atomically

_DATE = "\0date"
"""The only key of an object that stands for a date; YAML does not let a plain file hold it."""


class ParseCache:
    """One file of the cache; it holds what was asked for in the last run, and nothing else."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _load(path)
        self._used: dict[str, Any] = {}

    def get(self, digest: str) -> Any:
        """Return the data of a file with these bytes, or None."""
        data = self._known.get(digest)
        if data is not None:
            self._used[digest] = data
        return data

    def put(self, digest: str, data: Any) -> None:
        """Keep what was parsed."""
        self._used[digest] = data

    def save(self) -> None:
        """Write what was used, where that is not what is there; a read-only folder is no error."""
        if self._used.keys() == self._known.keys():
            return
        payload = json.dumps(self._used, default=_date_as_object, ensure_ascii=False).encode()
        with contextlib.suppress(OSError):
            write_atomically(self._path, _seal(payload) + payload)


def digest_of(raw: bytes) -> str:
    """Return the digest by which a file is known."""
    return blake2b(raw, digest_size=16).hexdigest()


def _load(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    seal, payload = content[:_SEAL], content[_SEAL:]
    if seal != _seal(payload):
        return {}  # damaged, or written by another version
    try:
        known = json.loads(payload, object_hook=_object)
    except (ValueError, TypeError, RecursionError):
        return {}  # sealed by somebody else
    return known if isinstance(known, dict) else {}


def _date_as_object(value: object) -> dict[str, str]:
    """Return what stands for a date, the one value of YAML that JSON does not have."""
    assert isinstance(value, datetime.date)
    return {_DATE: value.isoformat()}


def _object(found: dict[str, Any]) -> Any:
    return datetime.date.fromisoformat(found[_DATE]) if _DATE in found else found


_SEAL = 32


def _seal(payload: bytes) -> bytes:
    return blake2b(payload, digest_size=_SEAL, key=_version()).digest()


@cache
def _version() -> bytes:
    """Change whenever the same bytes could be parsed into other data."""
    parts = (yaml.__version__, sys.version)
    known = blake2b("\n".join(parts).encode(), digest_size=32)
    for file in (Path(characters.__file__), *sorted(Path(__file__).parent.glob("*.py"))):
        known.update(file.read_bytes())
    return known.digest()
