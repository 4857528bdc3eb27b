"""What checking evidence comes to: named checks, each held, removed, broken, or not to be made."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from habeas.errors import Exit


class Result(StrEnum):
    """How a check came out. "Could not check" is never "held", and neither is "removed"."""

    HELD = "held"
    REMOVED = "removed"
    """Something is not here, and a signed row says that it was removed by policy."""
    BROKEN = "broken"
    COULD_NOT_CHECK = "could_not_check"


@dataclass(frozen=True, slots=True)
class Check:
    """One named check.

    Attributes:
        name: stable, as `seal.signature`; see `docs/reference/seal-format.md`.
        result: how it came out.
        meaning: what that means, in one or more sentences of the interface language.
        about: what it is about (a file, a row, an authority), empty for the whole.
    """

    name: str
    result: Result
    meaning: str
    about: str = ""


_FROM_BEST = (Result.HELD, Result.REMOVED, Result.COULD_NOT_CHECK, Result.BROKEN)


def worst(results: Iterable[Result]) -> Result:
    """Return the worst of some results; held where there are none."""
    return max(results, key=_FROM_BEST.index, default=Result.HELD)


def exit_code(checks: Iterable[Check]) -> Exit:
    """Return the exit code of a command that made these checks: 0, 1 (broken) or 3.

    What was removed by policy is as the log says it is: 0.
    """
    codes = {
        Result.HELD: Exit.DONE,
        Result.REMOVED: Exit.DONE,
        Result.BROKEN: Exit.NOT_FOUND,
        Result.COULD_NOT_CHECK: Exit.COULD_NOT_LOOK,
    }
    return codes[worst(check.result for check in checks)]
