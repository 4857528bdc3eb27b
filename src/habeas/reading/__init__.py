"""Reading: what a text says, as suggestions that a person accepts or refuses.

Pure: reads its own tables and those of the names room, and nothing else; no network, no database,
no clock. A text is never executed, fetched or sent anywhere.
"""

from habeas.reading.bounds import Bounds, Hedge
from habeas.reading.reader import read
from habeas.reading.suggestions import Confidence, Kind, Reading, Suggestion

__all__ = ["Bounds", "Confidence", "Hedge", "Kind", "Reading", "Suggestion", "read"]
