"""Names: whether a name, as an official prints it, is the person we seek, and why.

Pure: reads its own tables, and nothing else. What compares many names at once is loaded when it is
first asked for, since comparing two names does not need it.
"""

from typing import TYPE_CHECKING

from habeas.names.compare import Matcher, compare
from habeas.names.facts import Facts
from habeas.names.frequencies import Counting, Frequencies
from habeas.names.parse import PrintedName, parse
from habeas.names.reasons import Comparison, Reason, Verdict
from habeas.names.sought import Sought

if TYPE_CHECKING:
    from habeas.names.many import Comparing
    from habeas.names.screen import Hit, Screen, TextHit

__all__ = [
    "Comparing",
    "Comparison",
    "Counting",
    "Facts",
    "Frequencies",
    "Hit",
    "Matcher",
    "PrintedName",
    "Reason",
    "Screen",
    "Sought",
    "TextHit",
    "Verdict",
    "compare",
    "parse",
]

_LATER = {"Comparing": "many", "Hit": "screen", "Screen": "screen", "TextHit": "screen"}


def __getattr__(name: str) -> object:
    """Return a name of a part that is loaded by this: comparing many pairs, and screening."""
    if name not in _LATER:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"habeas.names.{_LATER[name]}"), name)
