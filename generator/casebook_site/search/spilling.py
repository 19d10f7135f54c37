"""Bytes that need not stay in memory: written to a file without a name, and read one by one."""

from __future__ import annotations

import weakref
from array import array
from tempfile import SpooledTemporaryFile
from threading import Lock

IN_MEMORY = 1 << 24
"""Bytes up to which there is no file: the index of a bundle, or of a small site."""


class Spill:
    """A list of bytes in the system's folder for temporary files. It vanishes with the process."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed with this object
        weakref.finalize(self, self._file.close)
        self._ends = array("Q", [0])
        self._lock = Lock()

    def add(self, content: bytes) -> int:
        """Append bytes to the file; return the number by which they are read again."""
        with self._lock:
            if self._file.tell() != self._ends[-1]:
                self._file.seek(self._ends[-1])
            self._file.write(content)
            self._ends.append(self._ends[-1] + len(content))
        return len(self._ends) - 2

    def __getitem__(self, number: int) -> bytes:
        start, end = self._ends[number], self._ends[number + 1]
        with self._lock:
            self._file.seek(start)
            return self._file.read(end - start)

    def part(self, number: int, start: int, end: int) -> bytes:
        """Return a part of the bytes that were added under a number."""
        with self._lock:
            self._file.seek(self._ends[number] + start)
            return self._file.read(end - start)

    def __len__(self) -> int:
        return len(self._ends) - 1
