"""Functions compiled to machine code by numba, kept on disk where that is possible."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")
Array = NDArray[Any]
Record = Any
"""Arrays of fixed shape side by side, a `numpy.record`. To compiled code it is one pointer, where a
tuple of arrays would be counted and copied in each call, and compiled many times slower."""

int64 = cast("Callable[[Any], int]", np.int64)
"""Signed whole numbers in compiled code: what is unsigned becomes a float beside what is signed."""


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function that is compiled when it is first called; it lets other threads run.

    What is compiled is kept beside this file, or in the user's cache folder; where neither can be
    written, each process compiles anew.
    """
    try:
        # Wrappers for calls from Python are left out where only compiled code calls.
        inner = function.__name__.startswith("_")
        options = {"no_cpython_wrapper": inner, "no_cfunc_wrapper": True}
        made = cast("Any", njit)(cache=True, nogil=True, **options)(function)
    except RuntimeError:  # numba: "cannot cache function: no locator available"
        return cast("Callable[P, R]", njit(nogil=True)(function))
    # numba compiles anew when the file of a function changed; the constants that it took from other
    # files stay what they were. So what is kept is good for all files of the room together.
    made._cache._cache_file._source_stamp = _stamp()  # noqa: SLF001
    return cast("Callable[P, R]", made)


@cache
def _stamp() -> tuple[tuple[str, int, int], ...]:
    """Return names, times and sizes of all files of the room."""
    room = Path(__file__).parents[1]
    stats = [(path.relative_to(room), path.stat()) for path in sorted(room.rglob("*.py"))]
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)


def record(
    filled: Mapping[str, Array], empty: Mapping[str, tuple[str, int | tuple[int, ...]]]
) -> Record:
    """Return a record of copies of some arrays, and of others that are zero.

    The memory of those that are zero is taken from the system only as it is used.

    Args:
        filled: arrays by name.
        empty: types and shapes by name.
    """
    fields = [(name, array.dtype, array.shape) for name, array in filled.items()]
    kind = np.dtype((np.record, [*fields, *((name, *spec) for name, spec in empty.items())]))
    made = np.zeros(1, dtype=kind)[0]
    for name, array in filled.items():
        made[name] = array
    return made
