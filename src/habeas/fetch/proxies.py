"""A further way through the network: a SOCKS5 proxy that the user named, such as Tor or `ssh -D`.

Some courts answer only in their own country, and some answer there differently. The proxy looks the
names up, so that nobody beside it learns which hosts are asked. It is never taken from the
environment: it sees when which court is asked, so it has to be chosen on purpose.
"""

import socket
from dataclasses import dataclass, field
from errno import ENETUNREACH
from urllib.parse import unquote, urlsplit

from python_socks import ProxyConnectionError, ProxyError, ProxyType
from python_socks.sync import Proxy as Client

from habeas.errors import RouteUnclear

_SCHEMES = ("socks5h", "socks5")


@dataclass(frozen=True, slots=True)
class Proxy:
    """A SOCKS5 proxy (RFC 1928), with user name and password where it wants them (RFC 1929).

    Attributes:
        host, port: where it listens.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def address(self) -> str:
        """How it is written in records and on the screen: without user name and password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"socks5h://{host}:{self.port}"

    def connect(self, host: str, port: int, seconds: float) -> socket.socket:
        """Return a connection to a host by way of the proxy, which looks the name up.

        Raises:
            TimeoutError: it took longer than `seconds`.
            OSError: the proxy cannot be reached, or says that the host cannot.
        """
        client = Client(
            ProxyType.SOCKS5,
            self.host,
            self.port,
            self.user or None,
            self.password or None,
            rdns=True,
        )
        try:
            return client.connect(host, port, timeout=seconds)
        except ProxyConnectionError as error:
            # Not with its own number: "refused" would be said of the site.
            raise OSError(ENETUNREACH, f"proxy {self.address} was not reached") from error
        except ProxyError as error:
            raise OSError(ENETUNREACH, f"proxy {self.address}: {error}") from error


def parse_proxy(text: str) -> Proxy:
    """Return the proxy that is written as `socks5h://[user:password@]host:port`.

    `socks5://` means the same here: names are always looked up by the proxy.

    Raises:
        RouteUnclear: it is not written so.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise RouteUnclear(text) from error
    plain = not (parts.path.strip("/") or parts.query or parts.fragment)
    if parts.scheme not in _SCHEMES or not host or not port or not plain:
        raise RouteUnclear(text)
    return Proxy(host, port, unquote(parts.username or ""), unquote(parts.password or ""))
