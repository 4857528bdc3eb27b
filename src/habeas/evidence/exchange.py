"""One exchange with a server, as it happened: what was sent, what came back, over which connection.

Plain facts, no files and no sockets. `fetch` makes exchanges, `writing` keeps them, and nothing
reads a page before its exchange is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import uuid4


class FailureCode(StrEnum):
    """What stopped an attempt. A code never means "there is nothing there"."""

    DNS = "dns"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    RESET = "reset"
    CLOSED = "closed"
    """The server closed the connection without an answer."""
    TLS_CERTIFICATE = "tls_certificate"
    TLS_PROTOCOL = "tls_protocol"
    NOT_HTTP = "not_http"
    ROBOTS = "robots"
    """The site's robots.txt asks not to; nothing was sent."""
    ROBOTS_UNKNOWN = "robots_unknown"
    """The site's robots.txt could not be read (RFC 9309, 2.3.1.4: then nothing may be asked)."""
    WAITING = "waiting"
    """The site asked to be left alone until a later time; nothing was sent."""
    DOWNGRADE = "downgrade"
    PRIVATE_ADDRESS = "private_address"
    OTHER_HOST = "other_host"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_REDIRECT = "bad_redirect"


class Truncation(StrEnum):
    """Why an answer is not whole (the reasons of WARC/1.1, section 5.13)."""

    LENGTH = "length"
    TIME = "time"
    DISCONNECT = "disconnect"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class Failure:
    """A typed failure with the technical words of whoever reported it (not translated)."""

    code: FailureCode
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TrustFacts:
    """Which root certificates were trusted for a connection.

    Attributes:
        bundle: name and version of the general bundle.
        bundle_sha256: SHA-256 of that file, hexadecimal.
        extra: SHA-256 of each certificate (DER) that the user added, hexadecimal.
    """

    bundle: str
    bundle_sha256: str
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tls:
    """Facts of the TLS layer of the very connection that carried the answer.

    Attributes:
        version: "TLSv1.3", empty where the handshake did not get so far.
        cipher: the suite's OpenSSL name, empty likewise.
        chain: the certificates as the server sent them, DER, leaf first.
        chain_note: how the chain was obtained, or why there is none.
        verified: whether chain and host name were verified against `trust`.
        verification: "ok", or the reason of the failure in OpenSSL's words.
        trust: the roots used.
    """

    version: str
    cipher: str
    chain: tuple[bytes, ...]
    chain_note: str
    verified: bool
    verification: str
    trust: TrustFacts


@dataclass(frozen=True, slots=True)
class Connection:
    """Where an exchange went.

    Attributes:
        host: the name asked for, as sent in Host (without port).
        port: the port asked for.
        addresses: the answer of the resolver, in its order.
        peer: the address that was connected to, empty where none was.
        tls: None for plain http, and where no TLS handshake was begun.
        proxy: the proxy through which it went, as `socks5h://host:port`; empty where there was
            none. Then the proxy looked the name up, and `peer` is empty.
    """

    host: str
    port: int
    addresses: tuple[str, ...] = ()
    peer: str = ""
    tls: Tls | None = None
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """When it happened, by this computer's clock (aware, UTC) and by a clock that never jumps.

    Attributes:
        started: when the attempt began.
        answered: when the first byte of the answer arrived, or when the attempt failed.
        ended: when the last byte arrived.
        seconds: monotonic seconds since `started` at which each stage was done: `dns`, `connect`,
            `tls`, `sent`, `first_byte`, `ended`. A stage not reached is missing.
    """

    started: datetime
    answered: datetime
    ended: datetime
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Redirect:
    """An earlier answer that sent us on.

    Attributes:
        url: the address that answered.
        status: its HTTP status.
        record_id: the record in which that answer is kept.
    """

    url: str
    status: int
    record_id: str


@dataclass(frozen=True, slots=True)
class Decoding:
    """How the payload was turned into text by whoever read it, after it was recorded.

    Attributes:
        declared: the charset that header or page names, empty where none does.
        used: the charset used.
        replacements: how many U+FFFD stand for bytes that could not be read.
    """

    declared: str
    used: str
    replacements: int


def new_record_id() -> str:
    """Return a fresh record id, a random UUID as URN: nothing about the person or machine in it."""
    return uuid4().urn


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and what came of it.

    Attributes:
        url: the address asked, with scheme, without fragment.
        method: the HTTP method.
        request: the bytes sent, empty where nothing was sent.
        response: every byte received: status line, headers, body with its transfer coding.
        status: None where no HTTP answer arrived.
        headers: of the answer, in order, as sent (ISO 8859-1).
        payload: the body with its transfer coding removed, content coding kept.
        complete: True only where the whole announced answer arrived.
        truncated: why it is not complete, None where it is or where nothing arrived.
        failure: set where no HTTP answer could be had.
        obstacle: code of the outcome as the asker typed it ("blocked"), empty where none.
        connection: None where no connection was attempted.
        redirects: the answers that led here, first one first.
        purpose: what the request was for, in words.
        by_name: True where the request carried a sought name.
        source: id of the source that was asked, empty where it is none of the catalogue.
        adapter: version of that source's adapter, empty likewise.
        visit: who handed over the visit of their own browser under which it was asked, and when;
            empty where nobody did.
        record_id: the id under which the answer (or the failure) is recorded.
    """

    url: str
    method: str
    timing: Timing
    request: bytes = b""
    response: bytes = b""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    payload: bytes = b""
    complete: bool = False
    truncated: Truncation | None = None
    failure: Failure | None = None
    obstacle: str = ""
    connection: Connection | None = None
    redirects: tuple[Redirect, ...] = ()
    purpose: str = ""
    by_name: bool = False
    user_agent: str = ""
    source: str = ""
    adapter: str = ""
    visit: str = ""
    record_id: str = field(default_factory=new_record_id)

    def header(self, name: str) -> str:
        """Return the first header of that name (any case), or an empty string."""
        return header_value(self.headers, name)


def header_value(headers: tuple[tuple[str, str], ...], name: str) -> str:
    """Return the value of the first header called `name` in any case, or an empty string."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), "")
