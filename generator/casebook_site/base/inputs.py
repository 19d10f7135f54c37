"""The one list of what outputs are made from: files of the site, packages, and the program.

Whoever must know whether something has changed asks here: a build that may have nothing to do, a
run of bundles that goes on after a kill, the store of study packs, workers of a cluster, and what
`serve` and `build --watch` look at.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from casebook_site.base.settings import Settings
from casebook_site.base.templates import templates_dir

_LEFT_OUT = ("__pycache__", ".git", ".casebook")


def content_paths(settings: Settings) -> list[Path]:
    """Return the files and folders that editors write: records, pages, media, layouts, lists."""
    paths = [settings.content_dir, settings.docs_dir]
    if settings.config_file:
        paths.append(settings.config_file)
    if settings.options.packs.word_template:
        paths.append(settings.root / settings.options.packs.word_template)
    return paths


def program_paths() -> list[Path]:
    """Return the folders of the program: its package, and its templates."""
    return [Path(__file__).parents[1], templates_dir()]


def input_paths(settings: Settings) -> list[Path]:
    """Return all files and folders that any output of a site is made from."""
    return [*content_paths(settings), *program_paths()]


def files_below(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that paths name or hold, each once and in order; caches are left out."""
    seen: set[str] = set()
    for path in paths:
        for file in _walk(path):
            if file not in seen:
                seen.add(file)
                yield Path(file)


def _walk(path: Path) -> Iterator[str]:
    if path.is_file():
        yield os.path.abspath(path)  # noqa: PTH100 - as it is written: links are not followed
        return
    for folder, below, names in os.walk(os.path.abspath(path)):  # noqa: PTH100
        below[:] = sorted(name for name in below if name not in _LEFT_OUT)
        for name in sorted(names):
            file = f"{folder}/{name}"
            if not name.endswith("~") and os.path.isfile(file):  # noqa: PTH113
                yield file


def digest_of(paths: Iterable[Path]) -> str:
    """Return a digest of the names and bytes of all files that paths name or hold."""
    known = sha256()
    for file in files_below(paths):
        known.update(f"{file}\0".encode("utf-8", "surrogateescape"))
        with file.open("rb") as opened:
            while piece := opened.read(1 << 20):
                known.update(piece)
    return known.hexdigest()


def stamps_of(paths: Iterable[Path]) -> dict[str, str]:
    """Return file → `mtime size inode` of all files that paths name or hold."""
    found = {}
    for file in files_below(paths):
        about = file.stat()
        found[os.fspath(file)] = f"{about.st_mtime_ns} {about.st_size} {about.st_ino}"
    return found


@cache
def program_digest() -> str:
    """Return a digest of the program and of the packages it needs, for other machines too."""
    known = sha256(".".join(map(str, sys.version_info[:2])).encode())
    known.update("\n".join(required_packages()).encode())
    for folder in program_paths():
        for file in files_below([folder]):
            if file.suffix != ".pyc":
                known.update(f"{file.relative_to(folder).as_posix()}\0".encode())
                known.update(file.read_bytes())
    return known.hexdigest()


@cache
def packages() -> tuple[str, ...]:
    """Return the version of Python, and the packages beside it with their versions."""
    names = [".".join(map(str, sys.version_info[:3]))]
    for folder in sys.path:
        if os.path.isdir(folder):  # noqa: PTH112 - looked at in every start
            found = os.listdir(folder)  # noqa: PTH208
            names += sorted(name for name in found if name.endswith("-info"))
    return tuple(names)


def required_packages() -> list[str]:
    """Return `name version` of every package that Casebook needs, directly or not."""
    from importlib.metadata import PackageNotFoundError, distribution  # large, and seldom needed

    found: dict[str, str] = {}
    waiting = ["casebook-site", *OPTIONAL]
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:  # an optional one
            continue
        found[name] = package.version
        waiting += [re.split(r"[^A-Za-z0-9._-]", line)[0] for line in package.requires or ()]
    return sorted(f"{name} {version}" for name, version in found.items())


OPTIONAL = (
    "typst",
    "docxtpl",
    "python-docx",
    "segno",
    "fonttools",
    "pylopdf-fonts-zh-cn",
    "shapely",
)
"""Packages of optional groups that decide which bytes an output has."""
