"""Work spread over processes, in order, with a bounded amount under way."""

from __future__ import annotations

import gc
import multiprocessing
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of at most `size` items, in order."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def map_batches(
    function: Callable[[list[Item]], Result],
    items: Iterable[Item],
    *,
    size: int,
    workers: int,
    initializer: Callable[..., None] | None = None,
    initargs: tuple[Any, ...] = (),
) -> Iterator[Result]:
    """Results of `function` for each batch of items, in order.

    `function`, items and results must be picklable. Runs in this process when there is only one
    batch or one worker, or where processes cannot be forked safely (other threads, Windows).
    """
    groups = batches(items, size)
    first = list(islice(groups, 2))
    if len(first) < 2 or workers < 2 or not _may_fork():
        if initializer:
            initializer(*initargs)
        yield from map(function, first)
        yield from map(function, groups)
        return
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), initializer, initargs)
    with pool:
        under_way: deque[Future[Result]] = deque(pool.submit(function, group) for group in first)
        for group in groups:
            under_way.append(pool.submit(function, group))
            if len(under_way) > 4 * workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _may_fork() -> bool:
    return (
        "fork" in multiprocessing.get_all_start_methods()
        and threading.active_count() == 1
        and multiprocessing.parent_process() is None
    )


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """For work that makes many objects and drops few: collecting took a third of the time.

    What was made is set aside for good, so that later collections do not go through it either.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()
