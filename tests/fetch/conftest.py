"""A real site on this computer that does, byte for byte, what a test wants, over http or TLS."""

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import TypeAlias

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from habeas.evidence import Problem, Store, read_recording
from habeas.fetch import Answer, Asker, Bounds, Manners, Trust, Turns
from habeas.sources.contract import Request
from habeas.sources.registry import Politeness, Source

_SMALL = Bounds(answer_bytes=100_000, seconds=5)
Reply: TypeAlias = "bytes | Callable[[socket.socket], None]"


def page(body: bytes = b"<p>page</p>", *headers: str, status: str = "200 OK") -> bytes:
    """Return a whole answer."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *headers]).encode() + b"\r\n\r\n" + body


def reset(connection: socket.socket) -> None:
    """Break a connection off."""
    linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    connection.close()


@dataclass
class Site:
    """A server on loopback with a reply for each path.

    Attributes:
        replies: by path, without query.
        requests: what was asked, as received.
        hasty: whether to reply before anything was asked.
        at_once: the highest number of requests that were in progress together.
    """

    port: int = 0
    scheme: str = "http"
    hasty: bool = False
    replies: dict[str, Reply] = field(default_factory=dict)
    requests: list[bytes] = field(default_factory=list)
    at_once: int = 0
    now: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str = "/", host: str = "localhost") -> str:
        """Return the address of a path."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [request.split(b" ")[1].decode() for request in self.requests]

    def serve(self, connection: socket.socket) -> None:
        """Read one request and reply to it."""
        if self.hasty:
            connection.sendall(page())
            return
        request = b""
        while b"\r\n\r\n" not in request:
            received = connection.recv(65536)
            if not received:
                return
            request += received
        with self.lock:
            self.requests.append(request)
            self.now += 1
            self.at_once = max(self.at_once, self.now)
        path = request.split(b" ")[1].decode().partition("?")[0]
        reply = self.replies.get(path, page(b"missing", status="404 Not Found"))
        try:
            if callable(reply):
                reply(connection)
            else:
                connection.sendall(reply)
        finally:
            with self.lock:
                self.now -= 1


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = True


def _start(stack: ExitStack, site: Site, context: ssl.SSLContext | None) -> Site:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            connection: socket.socket = self.request
            connection.settimeout(10)
            with suppress(OSError):
                if context is None:
                    site.serve(connection)
                else:
                    with context.wrap_socket(connection, server_side=True) as secured:
                        site.serve(secured)
                        with suppress(OSError, ValueError):
                            secured.unwrap()

    server = _Server(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    stack.callback(server.server_close)
    stack.callback(thread.join)
    stack.callback(server.shutdown)
    return site


@pytest.fixture
def site() -> Iterator[Site]:
    """A plain http site."""
    with ExitStack() as stack:
        yield _start(stack, Site(replies={"/": page()}), None)


# --- certificates ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Issued:
    """A certificate with its key, and the authority's own for further ones."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()


def issue(
    common_name: str,
    by: Issued | None = None,
    *,
    hosts: tuple[str, ...] = (),
    expired: bool = False,
) -> Issued:
    """Return a certificate: an authority's where no hosts are named, self-signed without `by`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    now = datetime.now(UTC)
    signer = by.key if by is not None else key
    issuer_key = signer.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by.certificate.subject if by is not None else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now - timedelta(days=1) if expired else now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=not hosts, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False
        )
        .add_extension(_usage(authority=not hosts), critical=True)
    )
    if hosts:
        names = [
            x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
            for host in hosts
        ]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return Issued(builder.sign(signer, hashes.SHA256()), key)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


@dataclass(frozen=True)
class Authority:
    """An invented national authority: root, intermediate, and the root as a file for `--ca`."""

    root: Issued
    middle: Issued
    file: Path


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    root = issue("Invented Root")
    file = tmp_path_factory.mktemp("ca") / "root.pem"
    file.write_bytes(b"# the root of an invented state\n" + root.pem)
    return Authority(root, issue("Invented Middle", root), file)


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Start TLS sites: `secure(leaf, chain...)` sends the leaf and the given certificates."""
    with ExitStack() as stack:

        def start(leaf: Issued, *chain: Issued) -> Site:
            file = tmp_path / "server.pem"
            private = leaf.key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            file.write_bytes(b"".join([leaf.pem, *(one.pem for one in chain), private]))
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(file)
            return _start(stack, Site(scheme="https", replies={"/": page()}), context)

        yield start


# --- asking ----------------------------------------------------------------------------------


class FakeClock:
    """Time that passes only by sleeping; notes each sleep."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._start = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
        self._passed = 0.0

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return self._passed

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._passed += seconds


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def asker(tmp_path: Path) -> Callable[..., Asker]:
    """Make askers that record into the test's folder, impatient and small by default."""

    def make(
        clock: FakeClock | None = None,
        *,
        bounds: Bounds = _SMALL,
        names_may_leave: frozenset[str] = frozenset(),
        trust: Trust | None = None,
    ) -> Asker:
        return Asker(
            Store(tmp_path / "captures"),
            manners=Manners(bounds=bounds, names_may_leave=names_may_leave),
            trust=trust,
            clock=clock,
            turns=Turns(clock, jitter=lambda: 0.0) if clock is not None else None,
        )

    return make


@pytest.fixture
def source() -> Callable[..., Source]:
    """Make invented sources on this computer."""

    def make(
        delay_s: float = 0.0,
        *,
        hosts: tuple[str, ...] = ("localhost",),
        extra_ca: dict[str, str] | None = None,
    ) -> Source:
        return Source(
            id="xx_invented",
            title="Invented court",
            publisher="Invented court",
            publisher_lang="en",
            home="http://localhost/",
            jurisdiction="XX",
            scripts=("Latn",),
            hosts=hosts,
            every="P1D",
            blind_spots="Everything is invented.",
            politeness=Politeness(delay_s=delay_s, timeout_s=5.0),
            extra_ca=extra_ca or {},
        )

    return make


def drip(pieces: int, pause_s: float, piece: bytes = b"x") -> Callable[[socket.socket], None]:
    """Return a reply that announces a page and lets it trickle."""

    def reply(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (pieces * len(piece)))
        for _ in range(pieces):
            connection.sendall(piece)
            time.sleep(pause_s)

    return reply


def ask(asker: Asker, url: str, *, source: Source | None = None) -> Answer:
    """Ask as a person who gave the address by hand."""
    return asker.ask(Request(url, purpose="a test"), typed=True, source=source)


def recorded_failure(answer: Answer) -> tuple[str, str]:
    """Return failure and obstacle as the record alone says them."""
    recorded = list(read_recording(answer.record.path))
    assert recorded[-1].problem is Problem.FAILURE
    return recorded[-1].failure, recorded[-1].obstacle
