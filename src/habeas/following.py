"""Helper processes that end with the process that started them.

A pool tells its workers to end when it is closed. A process that is killed (-9, out of memory)
closes nothing: its workers would wait for work for ever, and a watcher that is killed now and then
for months would leave hundreds of them behind.
"""

import os
import threading
from multiprocessing import parent_process

_KILLED = 137
"""Exit code: 128 and the number of SIGKILL, as shells report it."""


def end_with_parent() -> None:
    """Let this worker process end as soon as its parent is no more; call it first in a worker.

    What the worker was doing is given up: nobody is left to take the result.
    """
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(_KILLED)

    threading.Thread(target=wait, name="following", daemon=True).start()
