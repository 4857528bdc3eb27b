"""Invented exchanges for the tests of the evidence room."""

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from habeas.evidence import (
    Connection,
    Exchange,
    Limits,
    Recorded,
    Timing,
    Tls,
    TrustFacts,
    read_recording,
)
from habeas.evidence.records import exchange_records

if TYPE_CHECKING:
    from oracles import Oracles

MOMENT = datetime(2026, 11, 23, 14, 5, 6, 123456, tzinfo=UTC)
BODY = "<table><tr><td>Вымышленов А.Б.</td></tr></table>".encode("windows-1251")


def make_exchange(body: bytes = BODY, *, url: str = "https://court.example/list") -> Exchange:
    """Return an exchange with an invented court that sent `body`."""
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body)
    )
    tls = Tls(
        version="TLSv1.3",
        cipher="TLS_AES_256_GCM_SHA384",
        chain=(b"not a real certificate",),
        chain_note="as sent by the server on this connection",
        verified=True,
        verification="ok",
        trust=TrustFacts("certifi 2026.1", "ab" * 32),
    )
    return Exchange(
        url=url,
        method="GET",
        timing=Timing(MOMENT, MOMENT, MOMENT, {"dns": 0.001, "ended": 0.5}),
        request=b"GET /list HTTP/1.1\r\nHost: court.example\r\n\r\n",
        response=head + body,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))),
        payload=body,
        complete=True,
        connection=Connection("court.example", 443, ("192.0.2.7",), "192.0.2.7", tls),
        purpose="hearings on 24.11.2026",
        user_agent="habeas/test",
    )


@pytest.fixture(scope="session")
def exchange() -> Callable[..., Exchange]:
    return make_exchange


@pytest.fixture(scope="session")
def oracles() -> "Oracles":
    """The oracles; `make test` installs them, and where it ran they must be there."""
    from oracles import FOLDER, Oracles

    if not (FOLDER / "ready").exists():
        if os.environ.get("CI"):
            pytest.fail("the oracles are not installed: make .venv-oracles/ready")
        pytest.skip("the oracles are not installed: make .venv-oracles/ready")
    return Oracles()


def read(path: Path, content: bytes, limits: Limits | None = None) -> list[Recorded]:
    path.write_bytes(content)
    return list(read_recording(path, limits))


def as_kept(exchange: Exchange) -> bytes:
    return b"".join(one.stored for one in exchange_records(exchange, filename="x.warc.gz"))


def as_plain(exchange: Exchange) -> bytes:
    return gzip.decompress(as_kept(exchange))


def package(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()
