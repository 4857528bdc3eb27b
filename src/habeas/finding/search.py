"""One search: a sought person, some places, and what is kept in case it is interrupted."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path

from habeas.finding import pool
from habeas.finding.journal import Journal, default_path
from habeas.finding.looked import Looked
from habeas.finding.looking import Looking, tasks_of
from habeas.finding.places import Task
from habeas.finding.report import Report
from habeas.names import Facts, Frequencies, Sought


@dataclass(frozen=True, slots=True)
class Options:
    """How to search.

    Attributes:
        officials: also compare judges, clerks and prosecutors.
        workers: processes to use.
        fresh: forget what an interrupted run of the same search had looked at.
        frequencies: learned counts of names, by source.
    """

    officials: bool = False
    workers: int = 1
    fresh: bool = False
    frequencies: Mapping[str, Frequencies] = field(default_factory=dict)


class Search:
    """Iterates over results in the order of the places.

    Attributes:
        report: the running total; the caller adds to it, so that showing and counting agree.
        done: how many tasks are finished, those of an interrupted run included.
        journal_path: where an interrupted search is kept.
    """

    def __init__(self, sought: Sought, places: Sequence[str], options: Options) -> None:
        """Prepare; nothing is read yet."""
        self.report = Report()
        self.done = 0
        self._places = places
        self._options = options
        self._looking = Looking(
            sought, officials=options.officials, frequencies=options.frequencies
        )
        query = (*sorted(sought.spellings), str(options.officials), *_further(sought, options))
        where = tuple(str(Path(place).absolute()) for place in places)
        self.journal_path = default_path((*query, *where))

    def __iter__(self) -> Iterator[Looked]:
        """Yield what looking at each place came to.

        Raises:
            PlaceMissing: before anything is read.
            OSError: the journal cannot be written.
        """
        tasks = tasks_of(self._places)
        if self._options.fresh:
            self.journal_path.unlink(missing_ok=True)
        with Journal(self.journal_path) as journal:
            finished: list[Task] = []
            todo = _todo(tasks, journal, finished)
            for task, results in pool.in_order(todo, self._looking, workers=self._options.workers):
                yield from self._resumed(journal, finished)
                journal.finish(task.key, results)
                self.done += 1
                yield from results
            yield from self._resumed(journal, finished)

    def _resumed(self, journal: Journal, finished: list[Task]) -> Iterator[Looked]:
        """Yield what an interrupted run had already seen of tasks that are unchanged."""
        for task in finished:
            self.done += 1
            yield from journal.kept(task.key)
        finished.clear()


def _further(sought: Sought, options: Options) -> tuple[str, ...]:
    """Return what else a kept result depends on; nothing for a search by names alone."""
    told = [] if sought.facts == Facts() else [repr(astuple(sought.facts))]
    counts = {source: one.as_plain() for source, one in sorted(options.frequencies.items())}
    return (*told, json.dumps(counts, sort_keys=True)) if counts else tuple(told)


def _todo(tasks: Iterator[Task], journal: Journal, finished: list[Task]) -> Iterator[Task]:
    for task in tasks:
        if task.key in journal:
            finished.append(task)
        else:
            yield task
