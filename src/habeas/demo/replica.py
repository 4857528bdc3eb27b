"""A small portal on loopback: the pages of the demo, in the real structures and encodings."""

import http.server
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from urllib.parse import parse_qs, urlsplit

ROWS_A_PAGE = 15
COURT_LIST = "/rs/tverskoj/search?courtAlias=tverskoj&processType=3&formType=fullForm&page={page}"
MINISTRY = "/en/sobytiya/00001-replica-of-a-notice.html"
CAPTCHA = "/modules.php?name=sud_delo&op=hl"


@dataclass(frozen=True, slots=True)
class _Answer:
    body: bytes
    content_type: str
    status: int = 200


def pages() -> int:
    """Return how many pages the replica's court list has."""
    return -(-len(_rows()) // ROWS_A_PAGE)


def _text(name: str) -> str:
    return (files("habeas.demo") / name).read_text("utf-8")


def _rows() -> list[dict[str, str]]:
    lines = [line for line in _text("rows.tsv").splitlines() if not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def _court_list(page: int) -> str:
    rows, last = _rows(), pages()
    row = Template(_text("pages/court-row.html"))
    shown = list(enumerate(rows))[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    address = COURT_LIST.replace("&", "&amp;")
    links = "".join(
        f'<a class="{name}" href="{address.format(page=number)}">{name}</a>'
        for name, number in (("prev", page - 1), ("next", page + 1), ("intheend", last))
        if 1 <= number <= last and number != page
    )
    return Template(_text("pages/court-list.html")).substitute(
        total=len(rows),
        page=page,
        pages=last,
        links=links,
        rows="\n".join(
            row.substitute(
                {key: value.replace('"', "&quot;") for key, value in values.items()},
                # Case numbers that no court gives: the demo must not point at a real case.
                number=f"05-9{index:03d}/2021",
                uuid=uuid.uuid5(uuid.NAMESPACE_URL, f"habeas demo row {index}"),
            )
            for index, values in shown
        ),
    )


def _answer(path: str) -> _Answer:
    parts = urlsplit(path)
    if parts.path == "/rs/tverskoj/search":
        page = int(parse_qs(parts.query).get("page", ["1"])[0])
        return _Answer(_court_list(page).encode(), "text/html; charset=UTF-8")
    if parts.path == MINISTRY:
        return _Answer(_text("pages/ministry.html").encode(), "text/html; charset=UTF-8")
    if parts.path == "/modules.php":
        # The magistrates' portal sends windows-1251, and HTTP 200 for a page that is no answer.
        body = _text("pages/captcha.html").encode("windows-1251", "xmlcharrefreplace")
        return _Answer(body, "text/html; charset=windows-1251")
    return _Answer(b"no such page", "text/plain; charset=utf-8", 404)


class _Portal(http.server.BaseHTTPRequestHandler):
    server_version = "habeas-replica"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer one request with the bytes of a page."""
        answer = _answer(self.path)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's signature
        """Stay silent; the demo tells what it asks."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve the replica on a free port of 127.0.0.1; give its address, stop at the end.

    Raises:
        OSError: no port can be opened on loopback.
    """
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Portal) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
