"""By which way through the network a source is asked: directly, or through a proxy by name.

The same source watched by two routes gives two rows of the ledger for each slot; `agreement`
compares them. A proxy sees whom we ask for what, so none is used that the user did not name.
"""

from collections.abc import Mapping
from typing import Protocol

from habeas.errors import RouteUnknown
from habeas.fetch import Answer
from habeas.sources.contract import Request
from habeas.sources.registry import Source

DIRECT = "direct"


class Asking(Protocol):
    """What the engine needs of `fetch.Asker`; a route through a proxy is another one of these."""

    def ask(self, request: Request, *, source: Source | None = None) -> Answer:
        """Ask one thing, recorded before it is given out. Raises as `fetch.Asker.ask` does."""


class Routes:
    """The routes that are set up on this computer, by name.

    Args:
        by_name: one asker each. The askers share their hosts' turns, or a site would be asked
            twice as fast as is polite.
    """

    def __init__(self, by_name: Mapping[str, Asking]) -> None:
        self._by_name = dict(by_name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names, `direct` among them."""
        return tuple(self._by_name)

    def by(self, name: str) -> Asking:
        """Return the asker of a route.

        Raises:
            RouteUnknown: there is no such route here.
        """
        if name not in self._by_name:
            raise RouteUnknown(name, sorted(self._by_name))
        return self._by_name[name]
