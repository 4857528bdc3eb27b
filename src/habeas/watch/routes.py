"""By which way through the network a source is asked: directly, or through a proxy by name.

The same source watched by two routes gives two rows of the ledger for each slot; `agreement`
compares them. A proxy sees whom we ask for what, so none is used that the user did not name. Which
there are is a matter of this computer: `routes.json` in HABEAS_HOME, readable by its owner only,
for a proxy may want a password.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from habeas.errors import RouteUnclear, RouteUnknown
from habeas.fetch import Answer, parse_proxy
from habeas.files import make_folder, write_file
from habeas.home import home
from habeas.sources.contract import Request
from habeas.sources.registry import Source
from habeas.vault.bytes import protected, read_bytes

DIRECT = "direct"
FORMAT = "habeas routes 1"
_NAME = re.compile("[a-z0-9][a-z0-9-]{0,31}")


class Asking(Protocol):
    """What the engine needs of `fetch.Asker`; a route through a proxy is another one of these."""

    def ask(self, request: Request, *, source: Source | None = None) -> Answer:
        """Ask one thing, recorded before it is given out. Raises as `fetch.Asker.ask` does."""

    def end_visit(self, host: str) -> None:
        """Use what somebody handed over for a host no more."""


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


def read_routes(folder: Path | None = None) -> dict[str, str]:
    """Return the proxies that the user named, `socks5h://…` by name; none where none is set.

    Args:
        folder: HABEAS_HOME if not given.

    Raises:
        RouteUnclear: the file is there and cannot be understood.
    """
    path = (folder or home()) / "routes.json"
    try:
        kept = json.loads(read_bytes(path))
        if kept["format"] != FORMAT:
            raise RouteUnclear(str(path))
        return {str(name): str(address) for name, address in kept["routes"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RouteUnclear(str(path)) from error


def name_route(name: str, address: str, folder: Path | None = None) -> None:
    """Keep a proxy under a name; an empty address takes the name away.

    Raises:
        RouteUnclear: the name (lower-case letters, digits and -) or the address cannot be used.
        OSError: it cannot be written.
    """
    if not _NAME.fullmatch(name) or name == DIRECT:
        raise RouteUnclear(name)
    if address:
        parse_proxy(address)
    routes = {**read_routes(folder), name: address}
    base = folder or home()
    make_folder(base)
    content = {"format": FORMAT, "routes": {key: text for key, text in routes.items() if text}}
    write_file(base / "routes.json", protected(json.dumps(content, indent=1).encode() + b"\n"))
