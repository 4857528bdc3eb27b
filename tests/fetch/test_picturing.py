"""A picture is drawn from the recorded bytes by a real Chromium that can reach nobody itself."""

import builtins
import json
import os
import struct
from pathlib import Path

import pytest
from tests.fetch.conftest import Site
from warcio.archiveiterator import ArchiveIterator

from habeas.errors import Exit, PictureNotMade
from habeas.evidence import Kept, Store, read_facts, read_recording
from habeas.evidence.seals.checking import check_store
from habeas.fetch import Answer, Asker, Manners
from habeas.fetch.picturing import TALLEST, WIDTH, Painter, Wishes
from habeas.sources.contract import Request

CHROMIUM = Path(os.environ.get("HABEAS_CHROMIUM", "/usr/bin/chromium"))
needs_chromium = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine")
RED = b"body{margin:0;background:#f00;height:40px}"
PAGE = (
    b"<!doctype html><html><head><title>Invented</title>"
    b'<link rel=stylesheet href="/style.css">'
    b'<link rel=stylesheet href="http://127.0.0.2:9/elsewhere.css">'
    b"<script>document.title='changed by a script'</script></head>"
    b"<body><p>\xd4\xe0\xec\xe8\xeb\xe8\xff</p></body></html>"
)


def _answer(body: bytes, kind: str) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@pytest.fixture
def asked(tmp_path: Path, site: Site) -> tuple[Asker, Store, Answer]:
    """A captured page with a style sheet, of a site that is still there."""
    site.replies["/"] = _answer(PAGE, "text/html; charset=windows-1251")
    site.replies["/style.css"] = _answer(RED, "text/css")
    site.replies["/robots.txt"] = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    store = Store(tmp_path / "captures")
    asker = Asker(store, manners=Manners(delay_s=0))
    return asker, store, asker.ask(Request(site.url("/")), typed=True)


def _records(kept: Kept) -> list[tuple[str, dict[str, str], bytes]]:
    with kept.path.open("rb") as file:
        return [
            (one.rec_type, dict(one.rec_headers.headers), one.raw_stream.read())
            for one in ArchiveIterator(file, no_record_parse=True)
        ]


@needs_chromium
def test_a_picture_and_the_dom_are_kept_and_marked_as_made_by_us(
    asked: tuple[Asker, Store, Answer],
) -> None:
    asker, store, answer = asked
    kept = Painter(asker, store, Wishes(chromium=str(CHROMIUM))).paint(answer)
    kinds = _records(kept)
    assert [kind for kind, _headers, _block in kinds] == [
        "warcinfo", "metadata", "conversion", "conversion",
    ]  # fmt: skip
    _info, facts, picture, dom = kinds
    for _kind, headers, _block in (picture, dom):
        assert headers["WARC-Refers-To"] == f"<{answer.record.record_id}>"
        assert headers["WARC-Target-URI"] == answer.exchange.url
    assert picture[2].startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[2][16:24])
    assert (width, height >= 40) == (WIDTH, True)
    assert "Фамилия" in dom[2].decode("utf-8")
    note = json.loads(facts[2])
    assert note["about"] == answer.record.record_id
    rendering = note["rendering"]
    assert rendering["made_by"] == "habeas, from the recorded bytes; the site did not send this"
    assert rendering["program"].startswith("Chromium ")
    assert rendering["scripts"] is False
    assert len(rendering["parts"]) == 1
    assert rendering["left_out"] == {"other_host": 1}
    # Nobody takes it for what the court sent.
    assert list(read_recording(kept.path)) == []
    # What belongs to the page was asked for by us: recorded and sealed, as the picture is.
    bodies = {
        one.url.rpartition("/")[2]: one.payload
        for path in store.folder.glob("*/*.warc.gz")
        for one in read_recording(path)
    }
    assert bodies["style.css"] == RED
    sealed = {check.name: check.meaning for check in check_store(store.folder)}
    assert "No record lies here without a seal." in sealed["item.unsealed"]
    assert kept.seal > answer.record.seal


@needs_chromium
def test_scripts_run_only_if_that_is_wished(asked: tuple[Asker, Store, Answer]) -> None:
    asker, store, answer = asked
    plain = Painter(asker, store, Wishes(chromium=str(CHROMIUM))).paint(answer)
    moved = Painter(asker, store, Wishes(scripts=True, chromium=str(CHROMIUM))).paint(answer)
    assert b"<title>Invented</title>" in _records(plain)[3][2]
    assert b"changed by a script" in _records(moved)[3][2]
    assert next(read_facts(moved.path)).facts["rendering"]["scripts"] is True  # type: ignore[index]


@needs_chromium
def test_a_page_that_is_too_tall_is_cut_and_says_so(tmp_path: Path, site: Site) -> None:
    tall = b"<!doctype html><body style='margin:0'><div style='height:40000px'>x</div>"
    site.replies["/"] = _answer(tall, "text/html")
    store = Store(tmp_path / "captures")
    asker = Asker(store, manners=Manners(delay_s=0))
    answer = asker.ask(Request(site.url("/")), typed=True)
    kept = Painter(asker, store, Wishes(chromium=str(CHROMIUM))).paint(answer)
    picture = _records(kept)[2][2]
    assert struct.unpack(">II", picture[16:24]) == (WIDTH, TALLEST)
    rendering = next(read_facts(kept.path)).facts["rendering"]
    assert rendering["cut"] is True  # type: ignore[index]


def test_without_a_page_there_is_no_picture(tmp_path: Path) -> None:
    asker = Asker(Store(tmp_path), manners=Manners(delay_s=0))
    answer = asker.ask(Request("http://127.0.0.1:9/"), typed=True)
    with pytest.raises(PictureNotMade) as caught:
        Painter(asker, Store(tmp_path)).paint(answer)
    assert str(caught.value).startswith("No picture of the page could be made: no page came.")
    assert caught.value.exit_code is Exit.COULD_NOT_LOOK


def test_without_playwright_or_chromium_the_user_learns_what_to_install(
    asked: tuple[Asker, Store, Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    asker, store, answer = asked
    with pytest.raises(PictureNotMade, match="HABEAS_CHROMIUM names its program"):
        Painter(asker, store, Wishes(chromium="/nowhere/chromium")).paint(answer)
    real = builtins.__import__

    def without(name: str, *arguments: object) -> object:
        if name.startswith("playwright"):
            raise ImportError(name)
        return real(name, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PictureNotMade, match="Playwright is not installed"):
        Painter(asker, store).paint(answer)
