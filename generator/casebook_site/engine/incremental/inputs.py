"""What a site was built from, by name, size and age of its files: which of them have changed?"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from casebook_site.base.rendering import templates_dir

Stamps = Mapping[str, str]
"""File → what its folder says of it. Empty where that cannot tell a later change from this one."""

UNSETTLED = 2_000_000_000
"""Nanoseconds in which a file may change twice without its age telling: FAT counts two seconds."""


def stamps_of(paths: Iterable[Path]) -> dict[str, str]:
    """The stamps of files, and of all files below folders; what is not there has none."""
    limit = time.time_ns() - UNSETTLED
    found: dict[str, str] = {}
    for path in paths:
        name = os.fspath(path)
        if path.is_dir():
            found.update(_below(name, limit))
        elif path.is_file():
            found[name] = _stamp(path.stat(), limit)
    return found


def _below(folder: str, limit: int) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.is_symlink():  # what lies behind it may be anything, itself included
                    yield entry.path, ""
                elif entry.name not in ("__pycache__", ".git"):
                    yield from _below(entry.path, limit)
            elif not entry.name.endswith("~"):
                try:
                    yield entry.path, _stamp(entry.stat(), limit)
                except FileNotFoundError:  # a link to nowhere, or gone since
                    yield entry.path, ""


def _stamp(found: os.stat_result, limit: int) -> str:
    if found.st_mtime_ns >= limit:
        return ""
    return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"


def joined(stamps: Stamps) -> str:
    """Stamps as one text, a line each."""
    return "\n".join(sorted(f"{name}\t{stamp}" for name, stamp in stamps.items()))


def changed(before: str, now: str) -> set[str]:
    """Files that came, went, or may have changed, of two texts of stamps."""
    if before == now and "\t\n" not in f"{now}\n":
        return set()
    old, new = set(before.split("\n")), set(now.split("\n"))
    unsettled = {line for line in new if line.endswith("\t")}
    return {line.partition("\t")[0] for line in (old ^ new) | unsettled}


def program() -> list[Path]:
    """The program itself, as files and folders."""
    return [Path(__file__).parents[1], templates_dir()]


def packages() -> str:
    """The Python that runs, and the packages beside it with their versions."""
    names = [sys.version]
    for folder in sys.path:
        if os.path.isdir(folder):  # noqa: PTH112 - looked at in every start
            found = os.listdir(folder)  # noqa: PTH208
            names += sorted(name for name in found if name.endswith("-info"))
    return "\n".join(names)
