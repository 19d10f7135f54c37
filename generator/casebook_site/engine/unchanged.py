"""Whether anything has changed since a request was built last: if not, there is nothing to do."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from casebook_site.base.files import write_atomically
from casebook_site.base.inputs import packages, stamps_of
from casebook_site.base.today import today
from casebook_site.base.workplace import WORKPLACE
from casebook_site.engine.request import BuildRequest

UNSETTLED = 2_000_000_000
"""Nanoseconds in which a file may change twice without its age telling: FAT counts two seconds."""


def unchanged_site(request: BuildRequest) -> Path | None:
    """Return the folder of the site if it is what a build would make now; None if it may not be.

    Looks at the age, size and number of every input, and of every file of the site.
    """
    try:
        noted = json.loads(_note_file(request).read_bytes())
        if noted["day"] and noted["day"] != today().isoformat():
            return None  # what is published from or up to a day may be published now
        if noted["packages"] != list(packages()) or _is_unfinished(request):
            return None
        if noted["inputs"] != _digest(stamps_of(map(Path, noted["paths"]))):
            return None
        site = Path(noted["site"])
        return site if noted["output"] == _digest(stamps_of([site])) else None
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None  # no note, or a damaged one


@dataclass(frozen=True)
class InputNote:
    """The inputs of a build as they were before it began."""

    paths: tuple[str, ...]
    digest: str
    settled: bool
    """Whether every file is old enough for its age to tell a later change."""

    @classmethod
    def of(cls, paths: Iterable[Path]) -> InputNote:
        """Return the note of inputs as they are now."""
        listed = tuple(sorted({str(path.absolute()) for path in paths}))
        stamps = stamps_of(map(Path, listed))
        newest = max((int(stamp.split()[0]) for stamp in stamps.values()), default=0)
        return cls(listed, _digest(stamps), newest < time.time_ns() - UNSETTLED)

    def keep(self, request: BuildRequest, site: Path, day: str = "") -> None:
        """Write the note of a site that has been published; a read-only folder is no error.

        `day`: on which alone the site is what it would be; empty for any day.
        """
        noted: Mapping[str, Any] = {
            "site": str(site),
            "day": day,
            "packages": packages(),
            "paths": self.paths,
            "inputs": self.digest if self.settled else "",
            "output": _digest(stamps_of([site])),
        }
        with suppress(OSError):
            write_atomically(_note_file(request), json.dumps(noted))


def _note_file(request: BuildRequest) -> Path:
    name = sha256(request.key.encode()).hexdigest()[:16]
    return request.config_file.absolute().parent / WORKPLACE / "builds" / f"{name}.json"


def _is_unfinished(request: BuildRequest) -> bool:
    """Return whether a change of records was interrupted, which the next reading completes."""
    return (request.config_file.absolute().parent / WORKPLACE / "writing.json").exists()


def _digest(stamps: Mapping[str, str]) -> str:
    lines = (f"{name}\t{stamp}\n" for name, stamp in sorted(stamps.items()))
    return sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
