"""One exchange over one fresh connection, every byte and every fact of it kept.

Built on the standard library's sockets and not on an HTTP client: a client would unchunk, unpack
and rewrite before we could record, and would hide the certificates of its connection.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from habeas.evidence import (
    Connection,
    Exchange,
    Failure,
    FailureCode,
    Timing,
    Tls,
    Truncation,
)
from habeas.evidence.messages import HEAD_LIMIT, Receiver
from habeas.fetch.addresses import Address, is_private, is_public
from habeas.fetch.certificates import sent_chain
from habeas.fetch.clock import Clock
from habeas.fetch.proxies import Proxy
from habeas.fetch.trust import Prepared

if TYPE_CHECKING:
    from datetime import datetime

_STEP = 64 * 1024
_Target: TypeAlias = tuple[socket.AddressFamily, tuple[object, ...]]
# How long to look whether a server sends more than it announced. Most close at once.
_SURPLUS_WAIT_S = 0.05


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much and how long one exchange may take.

    Attributes:
        answer_bytes: longest body, as sent.
        seconds: from the first look-up to the last byte, whatever trickles in between. Court
            portals take 30 s and more for an answer.
        connect_seconds: until a connection stands, for each address that is tried.
    """

    answer_bytes: int = 32 * 1024 * 1024
    seconds: float = 60.0
    connect_seconds: float = 20.0


class _Stopped(Exception):
    def __init__(self, code: FailureCode, detail: str = "") -> None:
        self.failure = Failure(code, detail)
        super().__init__(code.value)


class Attempt:
    """One attempt to have one request answered. Use once: `run`, then it is over.

    Args:
        address: where to.
        method: the HTTP method, which decides whether a body can come.
        request: the bytes to send.
        trust: the roots; unused for plain http.
        bounds: size and time limits.
        clock: wall and monotonic time.
        allow_private: whether addresses outside the open internet may be connected to.
        at: address and port of a replica that answers for the host; the name is not looked up.
        proxy: what to go through, None for directly. It looks the name up.
    """

    def __init__(  # noqa: PLR0913 - each is a separate fact; all but three by name
        self,
        address: Address,
        method: str,
        request: bytes,
        *,
        trust: Prepared,
        bounds: Bounds,
        clock: Clock,
        allow_private: bool,
        at: tuple[str, int] | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        self._address = address
        self._method = method
        self._request = request
        self._trust = trust
        self._bounds = bounds
        self._clock = clock
        self._allow_private = allow_private
        self._at = at
        self._proxy = proxy
        self._receiver = Receiver(method=method)
        self._started = clock.now()
        self._answered: datetime | None = None
        self._zero = clock.monotonic()
        self._seconds: dict[str, float] = {}
        self._addresses: tuple[str, ...] = ()
        self._peer = ""
        self._tls: Tls | None = None
        self._sent = b""
        self._truncated: Truncation | None = None
        self._broken_off = False

    def run(self) -> Exchange:
        """Look up, connect, secure, send, receive; failures are part of what is returned."""
        failure: Failure | None = None
        connection: socket.socket | None = None
        try:
            connection = self._through() if self._proxy else self._connect(self._resolve())
            if self._address.scheme == "https":
                connection = self._secure(connection)
            self._send(connection)
            self._receive(connection)
        except _Stopped as stopped:
            failure = stopped.failure
        finally:
            if connection is not None:
                connection.close()
        return self._exchange(failure)

    def _done(self, stage: str) -> None:
        self._seconds[stage] = self._clock.monotonic() - self._zero

    def _left(self) -> float:
        """Return the seconds left for this exchange.

        Raises:
            TimeoutError: there are none.
        """
        left = self._zero + self._bounds.seconds - self._clock.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _resolve(self) -> list[_Target]:
        if self._at is not None:
            self._addresses = (self._at[0],)
            family = socket.AF_INET6 if ":" in self._at[0] else socket.AF_INET
            return [(family, self._at)]
        try:
            found = socket.getaddrinfo(
                self._address.host, self._address.port, type=socket.SOCK_STREAM
            )
        except (socket.gaierror, UnicodeError) as error:
            detail = getattr(error, "strerror", None) or str(error)
            raise _Stopped(FailureCode.DNS, detail) from error
        self._done("dns")
        targets: list[_Target] = [
            (family, tuple(place)) for family, _type, _proto, _name, place in found
        ]
        self._addresses = tuple(dict.fromkeys(str(place[0]) for _family, place in targets))
        if not self._allow_private:
            # The very address that was checked is connected to, so that a name that changes its
            # address between two look-ups gains nothing.
            targets = [target for target in targets if is_public(str(target[1][0]))]
            if not targets:
                raise _Stopped(FailureCode.PRIVATE_ADDRESS, ", ".join(self._addresses))
        return targets

    def _connect(self, targets: list[_Target]) -> socket.socket:
        last = _Stopped(FailureCode.UNREACHABLE, "no address")
        for family, place in targets:
            connection: socket.socket | None = None
            try:
                with _typed("connection"):
                    connection = socket.socket(family, socket.SOCK_STREAM)
                    connection.settimeout(min(self._left(), self._bounds.connect_seconds))
                    connection.connect(place)
            except _Stopped as stopped:
                last = stopped
                if connection is not None:
                    connection.close()
                continue
            self._peer = str(place[0])
            self._done("connect")
            return connection
        raise last

    def _through(self) -> socket.socket:
        """Connect by way of the proxy. Where it leads is for the proxy to know."""
        assert self._proxy is not None
        host, port = self._at or (self._address.host, self._address.port)
        if self._at is None and not self._allow_private and is_private(self._address.host):
            raise _Stopped(FailureCode.PRIVATE_ADDRESS, self._address.host)
        with _typed("proxy"):
            seconds = min(self._left(), self._bounds.connect_seconds)
            connection = self._proxy.connect(host, port, seconds)
        self._done("connect")
        return connection

    def _secure(self, connection: socket.socket) -> socket.socket:
        """Shake hands and verify; the facts are kept whether or not it succeeds."""
        secured = self._trust.context.wrap_socket(
            connection,
            server_hostname=self._address.host,
            do_handshake_on_connect=False,
            # A connection cut without TLS's own goodbye must not look like a whole page.
            suppress_ragged_eofs=False,
        )
        try:
            with _typed("handshake"):
                secured.settimeout(self._left())
                secured.do_handshake()
        except _Stopped as stopped:
            detail = stopped.failure.detail or stopped.failure.code.value
            self._tls = self._tls_facts(secured, detail)
            secured.close()
            raise
        self._tls = self._tls_facts(secured, "")
        self._done("tls")
        return secured

    def _tls_facts(self, secured: ssl.SSLSocket, trouble: str) -> Tls:
        chain, note = sent_chain(secured)
        cipher = None if trouble else secured.cipher()
        return Tls(
            version="" if trouble else secured.version() or "",
            cipher=cipher[0] if cipher else "",
            chain=chain,
            chain_note=note,
            verified=not trouble,
            verification=trouble or "ok",
            trust=self._trust.facts,
        )

    def _send(self, connection: socket.socket) -> None:
        with _typed("request"):
            connection.settimeout(self._left())
            self._sent = self._request
            connection.sendall(self._request)
        self._done("sent")

    def _receive(self, connection: socket.socket) -> None:
        while not self._receiver.finished and self._truncated is None:
            try:
                connection.settimeout(self._left())
                received = connection.recv(_STEP)
            except TimeoutError:
                self._truncated = Truncation.TIME
            except OSError:
                # A reset, or TLS cut off without its goodbye.
                self._receiver.close(clean=False)
                self._truncated = Truncation.DISCONNECT
                self._broken_off = True
            else:
                self._take(received)
        if self._receiver.finished and not self._receiver.surplus:
            self._look_for_surplus(connection)
        self._done("ended")
        self._check_answer()

    def _take(self, received: bytes) -> None:
        receiver = self._receiver
        if not received:
            receiver.close()
            if not receiver.finished:
                self._truncated = Truncation.DISCONNECT
            return
        if self._answered is None:
            self._answered = self._clock.now()
            self._done("first_byte")
        receiver.feed(received)
        most = self._bounds.answer_bytes
        head = receiver.head.size if receiver.head is not None else HEAD_LIMIT
        if (receiver.announced or 0) > most or len(receiver.raw) - head > most:
            self._truncated = Truncation.LENGTH

    def _look_for_surplus(self, connection: socket.socket) -> None:
        """Take what comes after the announced end: a wrong length must not hide half a page."""
        try:
            connection.settimeout(_SURPLUS_WAIT_S)
            received = connection.recv(_STEP)
        except OSError:
            return
        if received:
            self._receiver.feed(received)

    def _check_answer(self) -> None:
        receiver = self._receiver
        if receiver.head is not None:
            return
        if receiver.not_http:
            raise _Stopped(FailureCode.NOT_HTTP)
        if self._truncated is Truncation.TIME:
            raise _Stopped(FailureCode.TIMEOUT, f"{self._bounds.seconds:g} s")
        if receiver.raw or self._truncated is Truncation.LENGTH:
            raise _Stopped(FailureCode.NOT_HTTP)
        raise _Stopped(FailureCode.RESET if self._broken_off else FailureCode.CLOSED)

    def _exchange(self, failure: Failure | None) -> Exchange:
        receiver = self._receiver
        ended = self._clock.now()
        head = receiver.head
        complete = receiver.complete and self._truncated is None
        truncated = self._truncated
        if head is not None and not complete and truncated is None:
            truncated = Truncation.UNSPECIFIED
        return Exchange(
            url=self._address.url,
            method=self._method,
            timing=Timing(self._started, self._answered or ended, ended, dict(self._seconds)),
            request=self._sent,
            response=bytes(receiver.raw),
            status=head.status if head else None,
            headers=head.headers if head else (),
            payload=receiver.payload,
            complete=complete,
            truncated=truncated if head is not None else None,
            failure=failure,
            connection=Connection(
                self._address.host,
                self._address.port,
                self._addresses,
                self._peer,
                self._tls,
                self._proxy.address if self._proxy else "",
            ),
        )


@contextmanager
def _typed(stage: str) -> Iterator[None]:
    """Turn what the operating system and OpenSSL raise into a typed failure."""
    try:
        yield
    except TimeoutError as error:
        raise _Stopped(FailureCode.TIMEOUT, stage) from error
    except ssl.SSLCertVerificationError as error:
        raise _Stopped(FailureCode.TLS_CERTIFICATE, error.verify_message) from error
    except ssl.SSLError as error:
        raise _Stopped(FailureCode.TLS_PROTOCOL, error.reason or str(error)) from error
    except ConnectionRefusedError as error:
        raise _Stopped(FailureCode.REFUSED) from error
    except (ConnectionResetError, ConnectionAbortedError, BrokenPipeError) as error:
        code = FailureCode.TLS_PROTOCOL if stage == "handshake" else FailureCode.RESET
        raise _Stopped(code, "connection reset") from error
    except OSError as error:
        raise _Stopped(FailureCode.UNREACHABLE, error.strerror or str(error)) from error
