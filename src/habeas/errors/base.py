"""Every failure that habeas tells a person about: one class per cause.

Each error answers three questions: what happened, what was kept, what to do next. Whether trying
again can help is data (`retry`), so that a watcher can act on it without reading sentences. The
sentences are translated when the error is made; nothing here imports another room.
"""

from enum import IntEnum, StrEnum


class Retry(StrEnum):
    """Whether the same attempt can succeed later."""

    NEVER = "never"
    LATER = "later"
    OTHER_NETWORK = "other_network"


class Exit(IntEnum):
    """Exit codes of every `habeas` command (a stable door, see design.md, section 7)."""

    DONE = 0
    NOT_FOUND = 1
    USAGE = 2
    COULD_NOT_LOOK = 3


class HabeasError(Exception):
    """The base of all errors that carry a message for a person.

    Attributes:
        happened: one sentence: what went wrong.
        kept: one sentence: what was kept, so that nobody fears a loss.
        advice: one sentence: what the reader can do now.
        retry: whether trying the same thing again can help.
        exit_code: the exit code of a command that ends with this error.
    """

    retry = Retry.NEVER
    exit_code = Exit.USAGE

    def __init__(self, happened: str, *, kept: str = "", advice: str = "") -> None:
        self.happened = happened
        self.kept = kept
        self.advice = advice
        super().__init__(" ".join(part for part in (happened, kept, advice) if part))
