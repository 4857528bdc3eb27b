"""Starts the site: the database brought up to date, a socket on this machine, a one-time link."""

import errno
import ipaddress
import os
import socket
import threading
from datetime import datetime
from typing import Any, Protocol, cast

import django
from django.core.management import call_command
from django.db import DatabaseError

from habeas.errors import AddressNotOurs, DatabaseNotReady, HomeNotChanged, PortTaken, ProxyUnclear
from habeas.home import home
from habeas.vault import turning, using


class Server(Protocol):
    """What is needed of a WSGI server."""

    def run(self) -> None:
        """Serve until the process is interrupted, or until `stop`."""

    def close(self) -> None:
        """Stop listening; only from the thread of `run`, elsewhere it is `stop` that is needed."""


LOOPBACK = "127.0.0.1"
_MOST_BYTES = 27_000_000
_NOT_HERE = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})


def prepare() -> None:
    """Load the settings and bring the database up to date; safe to call again.

    Raises:
        DatabaseNotReady: it cannot be opened or migrated.
        HomeLocked, PassphraseWrong, VaultBroken: a passphrase protects the home, and does not open
            it.
        HomeInUse: the home is being turned into an encrypted one just now.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "habeas.site.settings")
    try:
        using.work(home())
    except HomeNotChanged as error:
        raise DatabaseNotReady(type(error.__cause__).__name__) from error
    turning.refuse_half(home())
    if turning.is_unfinished(home()):
        turning.finish(home())
    try:
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, OSError) as error:
        raise DatabaseNotReady(type(error).__name__) from error


def listening(address: str = LOOPBACK, port: int = 0) -> socket.socket:
    """Return a bound socket; port 0 takes any that is free.

    Raises:
        AddressNotOurs: `address` is no IP address of this machine.
        PortTaken: something else listens there.
    """
    try:
        family = socket.AF_INET6 if ipaddress.ip_address(address).version == 6 else socket.AF_INET
    except ValueError as error:
        raise AddressNotOurs(address) from error
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        # On Windows this option would let two programs share the port.
        if os.name == "posix":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((address, port))
    except PermissionError as error:
        bound.close()
        raise PortTaken(port) from error
    except OSError as error:
        bound.close()
        if error.errno in _NOT_HERE:
            raise AddressNotOurs(address) from error
        raise PortTaken(port) from error
    return bound


def one_time_link(port: int, user_name: str, now: datetime, *, host: str = LOOPBACK) -> str:
    """Return the address that signs `user_name` in once at the site on `port`."""
    from habeas.site.links import new_token

    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/open/{new_token(user_name, now)}/"


def proxy_address(typed: str) -> str:
    """Return the address of a proxy as connections from it are told; empty for none.

    Raises:
        ProxyUnclear: it is no IP address.
    """
    try:
        return str(ipaddress.ip_address(typed.strip())) if typed.strip() else ""
    except ValueError as error:
        raise ProxyUnclear(typed) from error


def server(bound: socket.socket, proxy: str = "") -> Server:
    """Return the server for a bound socket; its `run` serves until `stop`.

    Args:
        bound: where it listens.
        proxy: the IP address of the one proxy that is believed who asks it, and whether they asked
            by TLS; empty for none. What anybody else says of it is thrown away.
    """
    from waitress import create_server  # type: ignore[import-untyped]  # it ships no types

    from habeas.site.wsgi import application

    made = create_server(
        application,
        sockets=[bound],
        threads=4,
        ident=None,
        **_believed(proxy),
        # A file of 25 MB with its form; all of it in memory, so that no part of it lies in a
        # temporary folder.
        max_request_body_size=_MOST_BYTES,
        inbuf_overflow=_MOST_BYTES,
        channel_timeout=60,
    )
    return cast("Server", made)


def _believed(proxy: str) -> dict[str, Any]:
    """Return what the server is told of a proxy.

    The last address of X-Forwarded-For is the one that the proxy itself has seen; those before it
    were sent by whoever asked, and mean nothing.
    """
    if not proxy:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def stop(running: Server) -> None:
    """Let a server end that runs in another thread; its `run` returns soon after.

    The thread of `run` closes the sockets itself: closed by another, they would be pulled away from
    under its `select`.
    """
    waitress = cast("Any", running)
    asked = threading.Event()

    def end() -> None:
        # A page just answered wakes the loop too, and the loop would then close the trigger before
        # this thread has pulled it.
        asked.wait()
        for channel in list(waitress.active_channels.values()):
            channel.handle_close()
        running.close()

    try:
        waitress.trigger.pull_trigger(end)
    finally:
        asked.set()
