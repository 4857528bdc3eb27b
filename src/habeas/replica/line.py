"""How a page goes over the line, and what can happen to it there."""

import gzip
import socket
import struct
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from threading import Event

from habeas.replica.exchange import Reply
from habeas.replica.faults import Fault, FaultKind
from habeas.replica.listing import ELSEWHERE

SERVER = "habeas-replica"
"""The Server header of every answer: no answer of a replica is anonymous."""

_PIECES = 20
_STEP = 256 * 1024
_FILLER = b"<!-- " + b"x" * 2037 + b" -->\n"


class Line:
    """One connection on which one answer is sent.

    Args:
        connection: plain or TLS.
        stopped: set when the replica ends; nobody sleeps longer than that.
    """

    def __init__(self, connection: socket.socket, stopped: Event) -> None:
        self._connection = connection
        self._stopped = stopped

    def send(self, reply: Reply, faults: Sequence[Fault], *, now: datetime, target: str) -> None:
        """Send an answer, with the ordered faults.

        Args:
            reply: the page.
            faults: those of the line.
            now: for the Date header (aware, UTC).
            target: path and query that were asked, for a redirect in a circle.

        Raises:
            OSError: the reader went away.
        """
        by_kind = {fault.kind: fault for fault in faults}
        if slow := by_kind.get(FaultKind.SLOW):
            self._stopped.wait(slow.seconds)
        if FaultKind.RESET in by_kind:
            self._reset()
            return
        if skewed := by_kind.get(FaultKind.DATE_SKEW):
            now += timedelta(seconds=skewed.seconds)
        reply = _instead(reply, by_kind, target)
        body, headers = _coded(reply, by_kind)
        headers = {"Date": format_datetime(now, usegmt=True), **headers}
        self._deliver(reply.status, headers, body, by_kind)

    def _deliver(
        self, status: int, headers: dict[str, str], body: bytes, by_kind: dict[FaultKind, Fault]
    ) -> None:
        if huge := by_kind.get(FaultKind.HUGE):
            self._head(status, headers)
            self._flood(body, huge.size)
            return
        if FaultKind.CUT_QUIETLY in by_kind:
            body = body[: len(body) // 2]
        self._head(status, {**headers, "Content-Length": str(len(body))})
        if FaultKind.CUT in by_kind:
            self._connection.sendall(body[: len(body) // 2])
        elif drip := by_kind.get(FaultKind.DRIP):
            self._drip(body, drip.seconds)
        else:
            self._connection.sendall(body)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        phrase = HTTPStatus(status).phrase
        lines = [f"HTTP/1.1 {status} {phrase}", f"Server: {SERVER}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("iso-8859-1"))

    def _drip(self, body: bytes, seconds: float) -> None:
        step = max(1, len(body) // _PIECES)
        for at in range(0, len(body), step):
            self._connection.sendall(body[at : at + step])
            if self._stopped.wait(seconds / _PIECES):
                return

    def _flood(self, body: bytes, size: int) -> None:
        """Send the page, and comments until the size is reached; no length is announced."""
        filler = _FILLER * (_STEP // len(_FILLER))
        self._connection.sendall(body)
        sent = len(body)
        while sent < size and not self._stopped.is_set():
            self._connection.sendall(filler)
            sent += len(filler)

    def _reset(self) -> None:
        # Linger of zero seconds: the system sends RST and no goodbye.
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _instead(reply: Reply, by_kind: dict[FaultKind, Fault], target: str) -> Reply:
    """Return the answer that a fault puts in the page's place, or the page."""
    if down := by_kind.get(FaultKind.UNAVAILABLE):
        after = {"Retry-After": down.to} if down.to else {}
        page = "<html><head><title>503</title></head><body>503 Service Unavailable</body></html>"
        return Reply(page, status=503, headers=after)
    for kind, place in (
        (FaultKind.REDIRECT_LOOP, target),
        (FaultKind.REDIRECT_HOST, f"https://{ELSEWHERE}/list"),
        (FaultKind.REDIRECT_PRIVATE, "//127.0.0.1:1/"),
    ):
        if fault := by_kind.get(kind):
            return Reply("", status=302, headers={"Location": fault.to or place})
    return reply


def _coded(reply: Reply, by_kind: dict[FaultKind, Fault]) -> tuple[bytes, dict[str, str]]:
    """Return the bytes of a page with the headers that describe them, truly or not."""
    body, media = reply.body, reply.media_type
    if FaultKind.TWICE_ENCODED in by_kind:
        body = body.decode("latin-1").encode("utf-8")
        media = "text/html; charset=utf-8"
    if FaultKind.WRONG_CHARSET in by_kind:
        wrong = "windows-1251" if reply.charset == "utf-8" else "utf-8"
        media = f"text/html; charset={wrong}"
    headers = {"Content-Type": media, **reply.headers}
    if FaultKind.GZIP in by_kind:
        body = gzip.compress(body, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return body, headers
