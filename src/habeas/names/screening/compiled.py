"""Functions compiled to machine code by numba, kept on disk where that is possible."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from numba import njit
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")
Array = NDArray[Any]


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function that is compiled when it is first called; it holds no lock while it runs.

    Where neither the folder of this package nor the user's cache can be written, it is compiled
    anew in each process.
    """
    return _compiled(function, {})


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function that is compiled into each compiled function that calls it."""
    return _compiled(function, {"inline": "always"})


def _compiled(function: Callable[P, R], options: dict[str, Any]) -> Callable[P, R]:
    try:
        return cast("Callable[P, R]", njit(cache=True, nogil=True, **options)(function))
    except RuntimeError:  # numba: "cannot cache function: no locator available"
        return cast("Callable[P, R]", njit(nogil=True, **options)(function))
