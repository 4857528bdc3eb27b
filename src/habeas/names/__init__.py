"""Names: whether a name, as an official prints it, is the person we seek, and why.

Pure: reads its own tables, and nothing else. Heavy parts are loaded when they are first used.
"""

from habeas.names.compare import Matcher, compare
from habeas.names.parse import PrintedName, parse
from habeas.names.reasons import Comparison, Reason, Verdict
from habeas.names.screen import Hit, Screen, TextHit
from habeas.names.sought import Sought

__all__ = [
    "Comparison",
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
