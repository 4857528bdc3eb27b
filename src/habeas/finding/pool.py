"""Runs tasks on all cores, in order, with only a few in memory, and survives a worker's death.

A hostile page that kills its worker (out of memory, a crash in a C library) must cost that page
and nothing else: the tasks of a broken pool are done again one by one, each in a process of its
own, and the one that kills it twice is reported as unreadable.
"""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context

from habeas.finding.looked import Looked
from habeas.finding.places import Task
from habeas.following import end_with_parent
from habeas.language import _
from habeas.sources.contract import Obstacle, Outcome
from habeas.vault import opened
from habeas.vault.keys import Secrets

BATCH_TASKS = 16
BATCH_BYTES = 4_000_000
"""A batch ends at either limit: memory stays flat, and cores stay busy."""

POOL_FROM_TASKS = 48
"""With fewer tasks, starting processes costs more than it saves."""

Look = Callable[[Task], tuple[Looked, ...]]

_look: list[Look] = []


def in_order(
    tasks: Iterable[Task], maker: Callable[[], Look], *, workers: int
) -> Iterator[tuple[Task, tuple[Looked, ...]]]:
    """Yield every task with what looking came to, in the order given.

    `workers` below 2, or fewer than `POOL_FROM_TASKS` tasks, stay in this process.
    """
    iterator = iter(tasks)
    first = list(islice(iterator, POOL_FROM_TASKS))
    if workers < 2 or len(first) < POOL_FROM_TASKS:
        look = maker()
        for task in chain(first, iterator):
            yield task, look(task)
        return
    yield from _pooled(_batches(chain(first, iterator)), maker, workers)


def _batches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += len(task.capture.body) if task.capture else 0
        if len(batch) >= BATCH_TASKS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _start(maker: Callable[[], Look], secrets: Secrets | None) -> None:
    opened.as_a_child(secrets)
    end_with_parent()
    # Ctrl-C is the parent's to handle; a worker that dies of it would look like a broken pool.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _look[:] = [maker()]


def _work(batch: list[Task]) -> list[tuple[Looked, ...]]:
    return [_look[0](task) for task in batch]


def _executor(maker: Callable[[], Look], workers: int) -> ProcessPoolExecutor:
    # "spawn" everywhere: the same on Linux and macOS, and safe whatever threads the parent has.
    return ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=_start,
        initargs=(maker, opened.for_a_child()),
    )


def _pooled(
    batches: Iterator[list[Task]], maker: Callable[[], Look], workers: int
) -> Iterator[tuple[Task, tuple[Looked, ...]]]:
    executor = _executor(maker, workers)
    waiting: deque[tuple[list[Task], Future[list[tuple[Looked, ...]]]]] = deque()
    again = partial(_one_by_one, maker=maker)
    try:
        for batch in batches:
            try:
                waiting.append((batch, executor.submit(_work, batch)))
            except BrokenProcessPool:
                executor = _replaced(executor, maker, workers)
                waiting.append((batch, executor.submit(_work, batch)))
            if len(waiting) > 2 * workers:
                yield from _result(*waiting.popleft(), again)
        while waiting:
            yield from _result(*waiting.popleft(), again)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _replaced(
    executor: ProcessPoolExecutor, maker: Callable[[], Look], workers: int
) -> ProcessPoolExecutor:
    executor.shutdown(wait=False, cancel_futures=True)
    return _executor(maker, workers)


def _result(
    batch: list[Task],
    future: Future[list[tuple[Looked, ...]]],
    again: Callable[[list[Task]], list[tuple[Looked, ...]]],
) -> Iterator[tuple[Task, tuple[Looked, ...]]]:
    try:
        results = future.result()
    except BrokenProcessPool:
        results = again(batch)
    yield from zip(batch, results, strict=True)


def _one_by_one(batch: list[Task], maker: Callable[[], Look]) -> list[tuple[Looked, ...]]:
    """Do a batch again after its pool broke, one process for each task."""
    results = []
    for task in batch:
        with _executor(maker, 1) as executor:
            try:
                results.append(executor.submit(_work, [task]).result()[0])
            except BrokenProcessPool:
                results.append((_deadly(task),))
    return results


def _deadly(task: Task) -> Looked:
    return Looked(
        place=str(task.path),
        outcome=Outcome.COULD_NOT_LOOK,
        obstacle=Obstacle.UNREADABLE,
        explanation=_("Reading it stopped the process that read it, twice."),
    )
