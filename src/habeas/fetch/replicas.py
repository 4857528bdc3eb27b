"""The door to a replica: hosts that are answered for by a program on this computer, by name.

A replica of the portals serves pages under the portals' real names, so that the same code asks it
that asks them. Three rules keep that honest. The map is given explicitly, never found. Its places
are on this computer only. Whatever is recorded carries the host with `.replica.invalid` behind it
(RFC 2606, section 2: a name that can never exist), so that no record of a replica passes for one of
a portal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from ipaddress import ip_address

from habeas.errors import ReplicaRefused
from habeas.fetch.addresses import Address, is_private

MARK = ".replica.invalid"
"""Stands behind the host of every recorded address that a replica answered for."""


class Replicas:
    """Which hosts a replica answers for, and where it listens.

    With a replica the world is closed: any other host is one that does not exist. Otherwise a
    page of the replica could send a test or a demo out to the internet.

    Args:
        at: host to "127.0.0.1:port"; a leading dot takes the host and all below.

    Raises:
        ReplicaRefused: a place is not an address and port of this computer, or a host is empty.
    """

    def __init__(self, at: Mapping[str, str]) -> None:
        self._at = dict(_read(at))

    def __bool__(self) -> bool:
        """Whether there is a replica at all."""
        return bool(self._at)

    def place(self, host: str) -> tuple[str, int] | None:
        """Return address and port that answer for a host, None where it is none of the replica."""
        known = self._at.get(host)
        if known is not None:
            return known
        below = (name for name in self._at if name.startswith(".") and f".{host}".endswith(name))
        longest = max(below, key=len, default=None)
        return self._at[longest] if longest is not None else None

    def lacks(self, host: str) -> bool:
        """Return whether there is a replica, and `host` does not exist in its world.

        A private address exists everywhere and is left to the rule that refuses it.
        """
        return bool(self._at) and self.place(host) is None and not is_private(host)

    def recorded(self, address: Address) -> Address:
        """Return an address as it is recorded: marked, if a replica answers for its host."""
        if self.place(address.host) is None:
            return address
        return replace(address, host=address.host + MARK)


def _read(at: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, int]]]:
    for host, printed in at.items():
        where, _colon, port = printed.rpartition(":")
        where = where.strip("[]")
        if not host.strip(".") or not port.isascii() or not port.isdigit():
            raise ReplicaRefused(host, printed)
        try:
            here = ip_address(where).is_loopback
        except ValueError:
            here = False
        if not here or not 0 < int(port) < 65536:
            raise ReplicaRefused(host, printed)
        yield host.lower(), (where, int(port))
