"""Work spread over processes, in order, with a bounded amount under way."""

from __future__ import annotations

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Item = TypeVar("Item")
Result = TypeVar("Result")


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield lists of at most `size` items, in order."""
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
    lifetime: int = 0,
) -> Iterator[Result]:
    """Results of `function` for each batch of items, in order.

    `function`, items and results must be picklable. Runs in this process when there is only one
    batch or one worker, or where processes cannot be forked safely (other threads, Windows).

    `lifetime`: batches after which new processes take the place of the old ones, which give back
    what they remember and their copies of what they have looked at (Python counts references
    in the objects themselves, so that reading a page of memory copies it); 0 for never.
    """
    groups = batches(items, size)
    first = list(islice(groups, 2))
    if len(first) < 2 or workers < 2 or not _may_fork():
        if initializer:
            initializer(*initargs)
        yield from map(function, first)
        yield from map(function, groups)
        return
    # Only here: little work is done in this process, and begins sooner without them.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    fork = multiprocessing.get_context("fork")
    rest = chain(first, groups)
    for head in rest:
        generation = chain([head], islice(rest, lifetime - 1) if lifetime else rest)
        with ProcessPoolExecutor(workers, fork, _begin, (initializer, initargs)) as pool:
            try:
                yield from in_order(pool, function, generation, 4 * workers)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)  # else all that waits is made first
                raise


def in_order(
    executor: Executor, function: Callable[[Item], Result], items: Iterable[Item], ahead: int
) -> Iterator[Result]:
    """Results of `function` for each item, in order, with at most `ahead` more under way."""
    under_way: deque[Future[Result]] = deque()
    for item in items:
        under_way.append(executor.submit(function, item))
        if len(under_way) > ahead:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _begin(initializer: Callable[..., None] | None, initargs: tuple[Any, ...]) -> None:
    """Start a process of a pool, which shall not outlive this one when it is killed."""
    import multiprocessing
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which ends this one
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    if initializer:
        initializer(*initargs)


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _may_fork() -> bool:
    import multiprocessing

    return (
        "fork" in multiprocessing.get_all_start_methods()
        and threading.active_count() == 1
        and multiprocessing.parent_process() is None
    )


@contextmanager
def settled_memory() -> Iterator[None]:
    """Freeze the objects that exist, so that collections and forked processes leave them alone.

    Otherwise each collection walks through all records, and a forked process copies the pages
    of memory on which they lie.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


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
