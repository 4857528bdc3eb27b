"""Ways of looking at a task, for tests of the pool: spawned processes can import them."""

import os
import signal

from habeas.finding.looked import Looked
from habeas.finding.places import Task
from habeas.finding.pool import Look
from habeas.sources.contract import Outcome


def _plain(task: Task) -> tuple[Looked, ...]:
    return (Looked(place=str(task.path), outcome=Outcome.NOT_FOUND),)


def _dying(task: Task) -> tuple[Looked, ...]:
    if task.path.name == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return _plain(task)


def plain() -> Look:
    """Return a look that finds nothing."""
    return _plain


def dying() -> Look:
    """Return a look that kills its process at the task named "deadly"."""
    return _dying
