"""A SOCKS5 proxy on loopback (RFC 1928, RFC 1929): it knows names of its own, and can misbehave."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_NO_ACCEPTABLE, _PASSWORD, _OPEN = 0xFF, 0x02, 0x00
_CONNECTED, _HOST_UNREACHABLE = 0x00, 0x04


@dataclass
class SocksProxy:
    """What a proxy knows and does.

    Attributes:
        leads: (host, port) as asked for -> port on loopback to which it leads; what is not here is
            called unreachable, as a proxy abroad would.
        asked: what was asked for, in order.
        password: what it wants, as "user:password"; empty for nothing.
        silent: whether it takes connections and never answers.
    """

    port: int = 0
    leads: dict[tuple[str, int], int] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    password: str = ""
    silent: bool = False

    @property
    def address(self) -> str:
        user = f"{self.password}@" if self.password else ""
        return f"socks5h://{user}127.0.0.1:{self.port}"

    def serve(self, client: socket.socket) -> None:
        """Greet, ask for a password if it wants one, connect, and carry bytes both ways."""
        if self.silent:
            client.recv(1)
            threading.Event().wait(3)
            return
        if not self._greeted(client):
            return
        host, port = _wanted(client)
        self.asked.append((host, port))
        target = self.leads.get((host, port))
        if target is None:
            client.sendall(_reply(_HOST_UNREACHABLE))
            return
        with socket.create_connection(("127.0.0.1", target), timeout=10) as site:
            client.sendall(_reply(_CONNECTED))
            back = threading.Thread(target=_carry, args=(site, client))
            back.start()
            _carry(client, site)
            back.join()

    def _greeted(self, client: socket.socket) -> bool:
        version, count = _read(client, 2)
        offered = _read(client, count)
        wanted = _PASSWORD if self.password else _OPEN
        if version != 5 or wanted not in offered:
            client.sendall(bytes([5, _NO_ACCEPTABLE]))
            return False
        client.sendall(bytes([5, wanted]))
        if not self.password:
            return True
        _version, length = _read(client, 2)
        user = _read(client, length).decode()
        given = f"{user}:{_read(client, _read(client, 1)[0]).decode()}"
        client.sendall(bytes([1, 0 if given == self.password else 1]))
        return given == self.password


def _wanted(client: socket.socket) -> tuple[str, int]:
    """Read a CONNECT request (RFC 1928, section 4)."""
    _version, _command, _reserved, kind = _read(client, 4)
    if kind == 3:
        host = _read(client, _read(client, 1)[0]).decode("ascii")
    else:
        family, size = (socket.AF_INET, 4) if kind == 1 else (socket.AF_INET6, 16)
        host = socket.inet_ntop(family, _read(client, size))
    (port,) = struct.unpack("!H", _read(client, 2))
    return host, port


def _reply(code: int) -> bytes:
    return bytes([5, code, 0, 1, 0, 0, 0, 0, 0, 0])


def _read(source: socket.socket, size: int) -> bytes:
    read = b""
    while len(read) < size:
        more = source.recv(size - len(read))
        if not more:
            raise ConnectionResetError
        read += more
    return read


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def proxying(proxy: SocksProxy) -> Iterator[SocksProxy]:
    """Run a proxy on a free port of loopback."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            client: socket.socket = self.request
            client.settimeout(10)
            with suppress(OSError):
                proxy.serve(client)

    with _Server(("127.0.0.1", 0), Handler) as server:
        proxy.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join()
