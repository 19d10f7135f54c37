"""Time, processor time and memory of a command with all the processes that it starts."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Run:
    """One run of a command."""

    wall: float
    cpu: float
    """Processor seconds, user and system, of the command and of all that it waited for."""
    peak: int
    """Bytes of all processes together at their most; 0 where nobody watched."""


class CommandFailed(Exception):
    """A measured command ended with an error."""


def run(
    command: Iterable[str | Path],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    watch: bool = False,
) -> Run:
    """Runs a command to its end. `watch` adds up the memory of all its processes, which slows it a little.

    The kernel's own peak will not do: it counts what this process had when it forked.
    """
    words = [os.fspath(part) for part in command]
    log = cwd / "benchmark.log"
    with log.open("wb") as output:
        begin = time.perf_counter()
        process = subprocess.Popen(
            words,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        watcher = _Watcher(process.pid) if watch else None
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = watcher.stop() if watcher else 0
    if process.returncode:
        last = log.read_text("utf-8", errors="replace")[-2000:]
        raise CommandFailed(f"{words[0]} ended with {process.returncode}:\n{last}")
    return Run(wall, used.ru_utime + used.ru_stime, peak)


class _Watcher:
    """Looks at a process and its descendants again and again; shared memory counts once."""

    INTERVAL = 0.1

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(self.INTERVAL):
            self._peak = max(self._peak, _memory(self._pid))

    def stop(self) -> int:
        self._done.set()
        self._thread.join()
        return self._peak


def _memory(pid: int) -> int:
    total = 0
    try:
        first = psutil.Process(pid)
        for process in (first, *first.children(recursive=True)):
            try:
                info = process.memory_full_info()
            except psutil.Error:
                continue
            # Only Linux knows a process's share of what several use.
            total += getattr(info, "pss", info.uss)
    except psutil.Error:
        pass
    return total


def median(runs: Sequence[Run]) -> Run:
    """Each value's median."""
    return Run(
        statistics.median(run.wall for run in runs),
        statistics.median(run.cpu for run in runs),
        int(statistics.median(run.peak for run in runs)),
    )


def together(*runs: Run) -> Run:
    """Runs one after the other, as one."""
    return Run(
        sum(run.wall for run in runs), sum(run.cpu for run in runs), max(run.peak for run in runs)
    )


@dataclass(frozen=True)
class Size:
    """What a build has written."""

    pages: int
    files: int
    bytes: int


def size_of(folder: Path) -> Size:
    """Counts the files below a folder; `pages` are HTML files that hold something."""
    pages = files = total = 0
    for path in folder.rglob("*"):
        if path.is_file():
            size = path.stat().st_size
            files += 1
            total += size
            pages += path.suffix == ".html" and size > 0
    return Size(pages, files, total)
