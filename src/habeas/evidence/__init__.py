"""Evidence: what came over the wire, recorded before anyone reads it, and read again later.

    store = Store(Path("captures"))
    kept = store.keep(exchange)
    for recorded in read_recording(kept.path):
        ...

Files only: no sockets, no database. The names below are the room's door and load when used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from habeas.evidence.exchange import (
        Connection,
        Decoding,
        Exchange,
        Failure,
        FailureCode,
        Redirect,
        Timing,
        Tls,
        Truncation,
        TrustFacts,
    )
    from habeas.evidence.reading import Facts, Recorded, read_facts, read_recording
    from habeas.evidence.warc import Limits, Problem
    from habeas.evidence.writing import Kept, Store

__all__ = [
    "Connection",
    "Decoding",
    "Exchange",
    "Facts",
    "Failure",
    "FailureCode",
    "Kept",
    "Limits",
    "Problem",
    "Recorded",
    "Redirect",
    "Store",
    "Timing",
    "Tls",
    "Truncation",
    "TrustFacts",
    "read_facts",
    "read_recording",
]

_HOME = {
    "Facts": "reading",
    "Recorded": "reading",
    "read_facts": "reading",
    "read_recording": "reading",
    "Limits": "warc",
    "Problem": "warc",
    "Kept": "writing",
    "Store": "writing",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    module = import_module(f"{__name__}.{_HOME.get(name, 'exchange')}")
    found: object = getattr(module, name)
    return found
