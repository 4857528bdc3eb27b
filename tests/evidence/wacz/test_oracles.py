"""Second opinions: `wacz validate` accepts our packages, and pywb replays them byte for byte."""

import gzip
import hashlib
import socket
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from habeas.evidence import Exchange, Store
from habeas.evidence.digests import label
from habeas.evidence.wacz import Contents, Packaged, write_wacz

if TYPE_CHECKING:
    from pathlib import Path

    from oracles import Oracles

Make = Callable[..., Exchange]
_CYRILLIC = "<html><title>Дела</title><p>Вымышленов А.Б. слушается</p></html>"
_BODIES = {
    "https://court.example/1251?id=%CC%C9": _CYRILLIC.encode("windows-1251"),
    "https://court.example/utf8": _CYRILLIC.encode(),
    "https://court.example/act.pdf": bytes(range(256)) * 40,
}
_SAME_AGAIN = "https://court.example/1251?id=%CC%C9"


def _revisit(of: Exchange) -> bytes:
    """Return a record that says: the same bytes as before (WARC/1.1, section 6.7.2)."""
    head = of.response.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    lines = (
        "WARC/1.1",
        "WARC-Type: revisit",
        "WARC-Record-ID: <urn:uuid:11111111-1111-4111-8111-111111111111>",
        "WARC-Date: 2026-11-25T10:00:00Z",
        f"WARC-Target-URI: {of.url}",
        f"WARC-Refers-To-Target-URI: {of.url}",
        "WARC-Refers-To-Date: 2026-11-23T14:05:06.123456Z",
        "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
        f"WARC-Payload-Digest: {label(hashlib.sha256(of.payload).digest())}",
        f"WARC-Block-Digest: {label(hashlib.sha256(head).digest())}",
        "Content-Type: application/http;msgtype=response",
        f"Content-Length: {len(head)}",
        "",
        "",
    )
    return gzip.compress("\r\n".join(lines).encode() + head + b"\r\n\r\n")


@pytest.fixture(scope="module")
def packaged(exchange: Make, tmp_path_factory: pytest.TempPathFactory) -> Packaged:
    folder = tmp_path_factory.mktemp("packed")
    store = Store(folder / "store")
    exchanges = [exchange(body, url=url) for url, body in _BODIES.items()]
    archives = [store.keep(one).path for one in exchanges]
    again = folder / "again.warc.gz"
    again.write_bytes(_revisit(exchanges[0]))
    contents = Contents(
        [*archives, again],
        datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
        title="Exhibit 0001",
        further={"seals/log.txt": b'{"a":{"b":[1]}}\n{"c":2}\n', "seals/0001.tsr": b"\x30\x00"},
    )
    return write_wacz(folder / "p.wacz", contents, signer=None)


def test_wacz_validate_accepts_a_package(
    packaged: Packaged, wacz_validate: "Callable[[Path], str]"
) -> None:
    assert "the passed WACZ is valid" in wacz_validate(packaged.path)


@pytest.fixture(scope="module")
def replay(
    packaged: Packaged, oracles: "Oracles", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, str], bytes]]:
    """The package under pywb, with our own index and not one that pywb makes."""
    home = tmp_path_factory.mktemp("pywb")
    collection = home / "collections" / "c"
    (collection / "indexes").mkdir(parents=True)
    with zipfile.ZipFile(packaged.path) as package:
        for name in package.namelist():
            if name.startswith("archive/"):
                package.extract(name, collection)
        index = package.read("indexes/index.cdx")
    (collection / "indexes" / "index.cdxj").write_bytes(index)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = oracles.start("wayback", "-b", "127.0.0.1", "-p", str(port), cwd=home)

    def fetch(moment: str, url: str) -> bytes:
        address = f"http://127.0.0.1:{port}/c/{moment}/{url}"
        with urllib.request.urlopen(address, timeout=10) as answer:
            body: bytes = answer.read()
        return body

    try:
        _wait_for(port)
        yield fetch
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("pywb does not come up")


@pytest.mark.parametrize("url", _BODIES)
def test_pywb_replays_the_very_bytes(replay: Callable[[str, str], bytes], url: str) -> None:
    assert replay("20261123140506id_", url) == _BODIES[url]


def test_pywb_finds_the_page_behind_a_revisit(replay: Callable[[str, str], bytes]) -> None:
    assert replay("20261125100000id_", _SAME_AGAIN) == _BODIES[_SAME_AGAIN]


def test_pywb_lists_both_captures(replay: Callable[[str, str], bytes]) -> None:
    listed = replay("timemap/link", _SAME_AGAIN)
    assert b"/20261123140506mp_/" in listed
    assert b"/20261125100000mp_/" in listed


def test_what_was_not_captured_is_not_replayed(replay: Callable[[str, str], bytes]) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        replay("20261123140506id_", "https://court.example/other")
