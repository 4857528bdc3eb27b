"""Fetch: one polite request, recorded before it is read.

    asker = Asker(Store(Path("captures")))
    answer = asker.ask(Request("https://court.example/list"), typed=True)
    if answer.obstacle is None:
        page = source.adapter.parse(answer.capture)

The only room that opens sockets to sources. The names below are its door and load when used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from habeas.fetch.addresses import Address, parse_address
    from habeas.fetch.asking import Answer, Asker, Manners
    from habeas.fetch.clock import Clock, SystemClock
    from habeas.fetch.connection import Bounds
    from habeas.fetch.outcomes import Verdict, status_obstacle
    from habeas.fetch.politeness import Turns
    from habeas.fetch.proxies import Proxy, parse_proxy
    from habeas.fetch.replicas import Replicas
    from habeas.fetch.sending import honest_user_agent
    from habeas.fetch.trust import Trust
    from habeas.fetch.visits import Visit, Visits, visit_of

__all__ = [
    "Address",
    "Answer",
    "Asker",
    "Bounds",
    "Clock",
    "Manners",
    "Proxy",
    "Replicas",
    "SystemClock",
    "Trust",
    "Turns",
    "Verdict",
    "Visit",
    "Visits",
    "honest_user_agent",
    "parse_address",
    "parse_proxy",
    "status_obstacle",
    "visit_of",
]

_HOME = {
    "Address": "addresses",
    "Answer": "asking",
    "Asker": "asking",
    "Bounds": "connection",
    "Clock": "clock",
    "Manners": "asking",
    "Proxy": "proxies",
    "Replicas": "replicas",
    "SystemClock": "clock",
    "Trust": "trust",
    "Turns": "politeness",
    "Verdict": "outcomes",
    "Visit": "visits",
    "Visits": "visits",
    "honest_user_agent": "sending",
    "parse_address": "addresses",
    "parse_proxy": "proxies",
    "status_obstacle": "outcomes",
    "visit_of": "visits",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    found: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found
