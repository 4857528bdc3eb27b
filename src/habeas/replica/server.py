"""The replica on loopback: one port for http and https, every host by its own name.

with serving(script) as replica:
    asker = Asker(store, manners=Manners(replicas=Replicas(replica.at)),
                  trust=Trust([replica.ca]))
    replica.order(Fault(FaultKind.CAPTCHA, source="ru_sudrf"))
    replica.clock.advance(1)
"""

import socket
import socketserver
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from habeas.replica import control
from habeas.replica.certificates import Authority
from habeas.replica.clock import ReplicaClock
from habeas.replica.exchange import Ask
from habeas.replica.faults import Fault, FaultKind, Orders
from habeas.replica.line import Line
from habeas.replica.play import Play, known_hosts, source_at
from habeas.replica.script import Script

_TLS_FIRST_BYTE = b"\x16"
_HEAD_LIMIT = 64 * 1024
_BODY_LIMIT = 1024 * 1024
_PATIENCE_S = 30.0
_REMEMBERED = 100_000
_OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]", ""})


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that reached the replica.

    Attributes:
        day: the replica's day.
        faults: what was spoilt about the answer.
    """

    ask: Ask
    day: int
    faults: tuple[FaultKind, ...]


class Replica:
    """A running replica.

    Attributes:
        play: script, clock and orders.
        port: on 127.0.0.1.
        ca: file with the root certificate to trust.
        asked: the latest requests, oldest first.
    """

    def __init__(self, play: Play, port: int, ca: Path) -> None:
        self.play = play
        self.port = port
        self.ca = ca
        self.asked: deque[Asked] = deque(maxlen=_REMEMBERED)

    @property
    def clock(self) -> ReplicaClock:
        """The replica's clock."""
        return self.play.clock

    @property
    def address(self) -> str:
        """Where its own service is asked."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def at(self) -> Mapping[str, str]:
        """All hosts of the replica with the place that answers for them, for `fetch.Replicas`."""
        return known_hosts(f"127.0.0.1:{self.port}")

    def order(self, *faults: Fault) -> None:
        """Order faults, beside those in force."""
        for fault in faults:
            self.play.orders.add(fault)

    def clear(self) -> None:
        """Withdraw all orders."""
        self.play.orders.set(())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


class _Session:
    """What the connections of one replica share."""

    def __init__(self, replica: Replica, authority: Authority, stopped: threading.Event) -> None:
        self._replica = replica
        self._authority = authority
        self._stopped = stopped
        self._context = authority.context("replica.invalid")
        # The certificate is chosen when the client has said which host it wants (SNI).
        self._context.sni_callback = self._choose

    def serve(self, connection: socket.socket) -> None:
        """Serve one request on a fresh connection, TLS or not."""
        connection.settimeout(_PATIENCE_S)
        with suppress(OSError, ValueError):
            if connection.recv(1, socket.MSG_PEEK) != _TLS_FIRST_BYTE:
                self._answer(connection, "http")
                return
            with self._context.wrap_socket(connection, server_side=True) as secured:
                self._answer(secured, "https")

    def _choose(self, secured: ssl.SSLObject, host: str | None, _first: ssl.SSLContext) -> None:
        name = (host or "replica.invalid").lower()
        faults = self._replica.play.orders.meet(
            source=source_at(name),
            host=name,
            target="",
            day=self._replica.clock.day,
            certificate=True,
        )
        secured.context = self._authority.context(name, faults[0].kind if faults else None)

    def _answer(self, connection: socket.socket, scheme: str) -> None:
        ask = _read(connection, scheme)
        if ask is None:
            return
        line = Line(connection, self._stopped)
        replica = self._replica
        if ask.host in _OWN_NAMES:
            reply = control.answer(ask, replica.play, replica.ca)
            line.send(reply, (), now=replica.clock.time, target=ask.target)
            return
        played = replica.play.reply(ask)
        kinds = tuple(fault.kind for fault in played.faults)
        replica.asked.append(Asked(ask, played.day, kinds))
        line.send(played.reply, played.faults, now=replica.clock.time, target=ask.target)
        broken = {FaultKind.RESET, FaultKind.CUT} & set(kinds)
        if isinstance(connection, ssl.SSLSocket) and not broken:
            # Say goodbye and do not wait for the reader's: it may be waiting for our end.
            connection.settimeout(0)
            connection.unwrap()


def _read(connection: socket.socket, scheme: str) -> Ask | None:
    """Read one request; None where it is none."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        received += piece
        if not piece or len(received) > _HEAD_LIMIT:
            return None
    head, _blank, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("iso-8859-1").split("\r\n")
    parts = first.split(" ")
    if len(parts) != 3:
        return None
    headers = {name.strip().lower(): value.strip() for name, _c, value in map(_halves, lines)}
    length = headers.get("content-length", "0")
    wanted = min(int(length), _BODY_LIMIT) if length.isascii() and length.isdigit() else 0
    while len(body) < wanted:
        piece = connection.recv(65536)
        if not piece:
            return None
        body += piece
    host = headers.get("host", "").lower()
    return Ask(scheme, host.rpartition(":")[0] or host, parts[1], parts[0], body)


def _halves(line: str) -> tuple[str, str, str]:
    return line.partition(":")


@contextmanager
def serving(
    script: Script,
    *,
    faults: Iterable[Fault] = (),
    clock: ReplicaClock | None = None,
    port: int = 0,
    ca_folder: Path | None = None,
) -> Iterator[Replica]:
    """Serve a script on 127.0.0.1 until the block ends.

    Args:
        script: the calendar.
        faults: orders in force from the beginning.
        clock: on which day it is; stands at day 0 and moves by `advance` if it is None.
        port: a free one if it is 0.
        ca_folder: where the root certificate is written; a private folder if it is None.

    Raises:
        OSError: the port cannot be opened.
    """
    stopped = threading.Event()
    authority = Authority(ca_folder)
    sessions: list[_Session] = []

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            sessions[0].serve(self.request)

    play = Play(script, clock or ReplicaClock(script.start), Orders(faults))
    try:
        with _Server(("127.0.0.1", port), Handler) as server:
            replica = Replica(play, server.server_address[1], authority.file)
            sessions.append(_Session(replica, authority, stopped))
            with _running(server.serve_forever, server.shutdown, stopped):
                yield replica
    finally:
        authority.close()


@contextmanager
def _running(
    serve: Callable[[float], None], shutdown: Callable[[], None], stopped: threading.Event
) -> Iterator[None]:
    thread = threading.Thread(target=serve, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        shutdown()
        thread.join()
