"""What files held when they were parsed last, by the hash of their bytes: a warm start skips YAML.

The cache may be deleted or damaged at any time: what is not found in it is parsed again. It knows
plain data only, and files without problems; models and rules are asked anew each time.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import os
import pickle
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from casebook_site.reading import parsing


class ParseCache:
    """One file of the cache; it holds what was asked for in the last run, and nothing else."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _load(path)
        self._used: dict[bytes, Any] = {}

    def get(self, digest: bytes) -> Any:
        """Return the data of a file with these bytes, or None."""
        data = self._known.get(digest)
        if data is not None:
            self._used[digest] = data
        return data

    def put(self, digest: bytes, data: Any) -> None:
        """Keep what was parsed."""
        self._used[digest] = data

    def save(self) -> None:
        """Write what was used, where that is not what is there; a read-only folder is no error."""
        if self._used.keys() == self._known.keys():
            return
        payload = pickle.dumps(self._used, protocol=5)
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(_seal(payload) + payload)
            beside.replace(self._path)


def digest_of(raw: bytes) -> bytes:
    """Return the digest by which a file is known."""
    return blake2b(raw, digest_size=16).digest()


def _load(path: Path) -> dict[bytes, Any]:
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    seal, payload = content[:_SEAL], content[_SEAL:]
    if seal != _seal(payload):
        return {}  # damaged, or written by another version
    try:
        known: dict[bytes, Any] = _PlainData(io.BytesIO(payload)).load()
    except pickle.UnpicklingError:
        return {}
    return known


_SEAL = 32


def _seal(payload: bytes) -> bytes:
    return blake2b(payload, digest_size=_SEAL, key=_version()).digest()


@cache
def _version() -> bytes:
    """Change whenever the same bytes could be parsed into other data."""
    parts = (yaml.__version__, sys.version)
    known = blake2b("\n".join(parts).encode(), digest_size=32)
    known.update(Path(parsing.__file__).read_bytes())
    return known.digest()


class _PlainData(pickle.Unpickler):
    """Reads data and dates alone: a folder that came from elsewhere must not run code."""

    def find_class(self, module: str, name: str) -> Any:
        """Return the only class that plain data needs."""
        if (module, name) == ("datetime", "date"):
            return datetime.date
        raise pickle.UnpicklingError(f"{module}.{name}")
