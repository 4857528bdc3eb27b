"""An invented court on loopback: lists by day, cards, and any fault a test orders.

Its adapter reads JSON, because the engine is tested here and not the reading of pages. Requests go
through the real asker, over a real socket, into a real store.
"""

import json
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from urllib.parse import parse_qs, urlsplit

from habeas.sources.contract import (
    Capacity,
    Capture,
    Mention,
    Obstacle,
    Outcome,
    Page,
    PageKind,
    Part,
    Query,
    Request,
    Row,
)
from habeas.sources.pages import failure, obstacle
from habeas.sources.registry import Politeness, Source

if TYPE_CHECKING:
    from habeas.sources.contract import Adapter

HOST = "court.invented"
ID = "xx_court"
Reply: TypeAlias = "tuple[int, bytes] | Callable[[BaseHTTPRequestHandler], None]"


# --- the adapter -----------------------------------------------------------------------------


def recognise(capture: Capture) -> bool:
    del capture
    return False


def plan(query: Query) -> Iterable[Request]:
    if query.courts and query.courts != ("main",):
        raise KeyError(query.courts[0])
    for day in query.days:
        yield Request(f"http://{HOST}/list?day={day.isoformat()}&page=1", purpose=f"list of {day}")
    for name in query.names:
        yield Request(f"http://{HOST}/search?name={name}", by_name=True)


def parse(capture: Capture) -> Page:
    try:
        said: dict[str, Any] = json.loads(capture.body)
    except ValueError:
        failed = failure(capture, ID)
        return failed or obstacle(ID, Obstacle.LAYOUT_CHANGED, "This is no page of the court.")
    if said.get("break"):
        raise ZeroDivisionError(said["break"])
    if "obstacle" in said:
        return _unread(said)
    if said.get("empty"):
        return obstacle(ID, Obstacle.UNCONFIRMED_EMPTY, "Nothing found.")
    if said.get("none"):
        return Page(ID, PageKind.DAY_EMPTY, Outcome.NOT_FOUND, explanation="No hearings.")
    return _list(capture, said)


def _unread(said: dict[str, Any]) -> Page:
    reason = Obstacle(said["obstacle"])
    names = tuple(Mention(name) for name in said.get("names", ()))
    return Page(
        ID,
        PageKind.UNKNOWN,
        Outcome.COULD_NOT_LOOK,
        reason,
        explanation=str(said["obstacle"]),
        mentions=names,
    )


def _list(capture: Capture, said: dict[str, Any]) -> Page:
    rows, mentions = [], []
    for number, row in enumerate(said["rows"], 1):
        facts = {key: value for key, value in row.items() if key not in {"people", "link"}}
        rows.append(Row(number, {"n": number, **facts}, row.get("link", "")))
        mentions += [
            Mention(name, role, Capacity.PARTY, number) for role, name in row.get("people", ())
        ]
        if row.get("judge"):
            mentions.append(Mention(row["judge"], "Judge", Capacity.OFFICIAL, number))
    card = "/card" in capture.url
    part = None
    following: tuple[Request, ...] = ()
    if not card:
        number, pages = said.get("page", 1), said.get("pages", 1)
        part = Part(capture.url.rpartition("&")[0], number, pages, said.get("counter"))
        following = tuple(Request(address) for address in said.get("next", ()))
    cut = bool(said.get("cut"))
    return Page(
        ID,
        PageKind.CARD if card else PageKind.DAY_LIST,
        Outcome.COULD_NOT_LOOK if cut else Outcome.FOUND,
        Obstacle.INCOMPLETE if cut else None,
        explanation="Cells of the page are cut." if cut else "",
        rows=tuple(rows),
        mentions=tuple(mentions),
        part=part,
        next=following,
    )


class InventedSource(Source):
    """A source whose adapter is this module."""

    __slots__ = ()

    @property
    def adapter(self) -> "Adapter":
        return cast("Adapter", SimpleNamespace(recognise=recognise, plan=plan, parse=parse))


def source(**changes: Any) -> InventedSource:
    described: dict[str, Any] = {
        "id": ID,
        "title": "Invented court",
        "publisher": "Invented court",
        "publisher_lang": "en",
        "home": f"http://{HOST}/",
        "jurisdiction": "XX",
        "scripts": ("Cyrl",),
        "hosts": (HOST,),
        "every": "PT1H",
        "blind_spots": "Everything is invented.",
        "by_name": True,
        "politeness": Politeness(delay_s=0.0, timeout_s=5.0),
    }
    return InventedSource(**(described | changes))


# --- the site --------------------------------------------------------------------------------


@dataclass
class Court:
    """What the court shows, and what goes wrong with it.

    Attributes:
        days: day -> uid -> row; a row needs `people`, everything else is up to the test.
        faults: path with query -> what is answered instead; "*" for everything.
        page_rows: entries on a page.
        asked: path and query of every request, in order; robots.txt left out.
        gone: uids whose cards answer 404.
        passes: cookie without which everything asks for the digits of a picture; empty for none.
    """

    port: int = 0
    days: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    faults: dict[str, Reply] = field(default_factory=dict)
    page_rows: int = 100
    asked: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    passes: str = ""

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def put(self, day: str, uid: str, *names: str, **facts: Any) -> None:
        """Put a case on the list of a day."""
        people = [["Defendant", name] for name in names]
        row = {"uid": uid, "people": people, "link": f"/card?uid={uid}", **facts}
        self.days.setdefault(day, {})[uid] = row

    def answer(self, path: str) -> tuple[int, bytes]:
        parts = urlsplit(path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/list":
            return 200, self._list(asked["day"], int(asked["page"]))
        if parts.path == "/card":
            return self._card(asked["uid"])
        return 404, b"no such page"

    def _list(self, day: str, number: int) -> bytes:
        rows = list(self.days.get(day, {}).values())
        if not rows:
            return b'{"empty": true}'
        pages = -(-len(rows) // self.page_rows)
        shown = rows[(number - 1) * self.page_rows : number * self.page_rows]
        said: dict[str, Any] = {"counter": len(rows), "page": number, "pages": pages, "rows": shown}
        if number < pages:
            said["next"] = [f"http://{HOST}/list?day={day}&page={number + 1}"]
        return json.dumps(said).encode()

    def _card(self, uid: str) -> tuple[int, bytes]:
        found = [row for rows in self.days.values() for key, row in rows.items() if key == uid]
        if not found or uid in self.gone:
            return 404, b"<h1>404</h1>"
        return 200, json.dumps({"rows": [{**found[0], "link": ""}]}).encode()


def page(**said: Any) -> tuple[int, bytes]:
    """Return an answer of the court's."""
    return 200, json.dumps(said).encode()


def broken_off(handler: BaseHTTPRequestHandler) -> None:
    """Announce a page, send half of it, and break off."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of it")
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving(court: Court) -> Iterator[Court]:
    """Serve a court on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self._send(404, b"")
                return
            court.asked.append(self.path)
            fault = court.faults.get(self.path) or court.faults.get("*")
            if court.passes not in self.headers.get("Cookie", ""):
                self._send(*page(obstacle="captcha"))
            elif fault is None:
                self._send(*court.answer(self.path))
            elif callable(fault):
                fault(self)
            else:
                self._send(*fault)

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        court.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield court
        finally:
            server.shutdown()
            thread.join()
