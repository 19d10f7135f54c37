"""Exceptions that nobody foresaw, as problems of the file that they came with.

Reading, rules and making each have one boundary. What passes it is a `Problem` like any other, so
the other files are still looked at and the old output stays; how it came about goes into a report.
"""

from __future__ import annotations

import platform
import re
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from casebook_site import __version__
from casebook_site.base.problems import ContentError, Location, Problem, UserError

Found = TypeVar("Found")

CODE = "CB114"

REPORT = "report.txt"
"""Name of the report, in the folder `.casebook`."""


@contextmanager
def boundary(place: Callable[[], Location]) -> Iterator[None]:
    """Raise `ContentError` with a problem at `place` for an exception that nobody foresaw.

    Mistakes of users, and what the operating system refuses, are told elsewhere.
    """
    try:
        yield
    except (UserError, OSError, MemoryError):
        raise
    except Exception as error:
        raise ContentError([fault_of(error, place())]) from error


def guarded(found: Iterable[Found], place: Callable[[], Location]) -> Iterator[Found | Problem]:
    """Yield what a reader or a rule finds, and last the exception that ended it, as a problem."""
    try:
        with boundary(place):
            yield from found
    except ContentError as error:
        yield from error.problems


def fault_of(error: Exception, place: Location) -> Problem:
    """Return an exception as a problem of a file, with what the report says of it."""
    return Problem(
        place,
        CODE,
        f"程序在这个文件上出错（{type(error).__name__}）。",
        f"这是程序的毛病：把 .casebook/{REPORT} 发给维护者；急用就先把这个文件移开。",
        report=_told(error),
    )


def write_report(folder: Path, problems: Iterable[Problem]) -> None:
    """Write the report of the faults among problems, if there are any; a full disk is no error.

    It holds versions, names of files and lines of the program, and nothing of what records say.
    """
    found = [problem for problem in problems if problem.report]
    if not found:
        return
    head = f"Casebook {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
    told = "\n".join(f"{problem.location}\n{problem.report}" for problem in found)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / REPORT).write_text(f"{head}\n{told}", encoding="utf-8")


@contextmanager
def reported(folder: Path) -> Iterator[None]:
    """Write the report of faults that pass; `folder`: `.casebook` of the site."""
    try:
        yield
    except ContentError as error:
        write_report(folder, error.problems)
        raise


_FOLDERS = re.compile(r"^.*?/(?=casebook_site/|(?:site|dist)-packages/|[^/]+/[^/]+$)")
"""What stands above the program, a package or any other file: it may name a person."""


def _told(error: BaseException) -> str:
    """Return where an exception was raised. Its own text may quote a record, and is left out."""
    lines = [type(error).__name__]
    for frame in traceback.extract_tb(error.__traceback__):
        file = _FOLDERS.sub("", frame.filename.replace("\\", "/"))
        lines.append(f"  {file}:{frame.lineno} {frame.name}")
    cause = error.__cause__ or error.__context__
    return "\n".join(lines) + (f"\nfrom {_told(cause)}" if cause else "\n")
