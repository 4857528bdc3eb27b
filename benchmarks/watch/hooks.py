"""A webhook on loopback that counts what arrives, by its idempotency key."""

import http.server
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Caught:
    """What arrived.

    Attributes:
        address: of the webhook.
        keys: how many times each key arrived.
    """

    address: str = ""
    keys: Counter[str] = field(default_factory=Counter)


@contextmanager
def catching() -> Iterator[Caught]:
    """Listen until the block ends."""
    caught = Caught()

    class Hook(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            caught.keys[self.headers.get("Idempotency-Key", "")] += 1
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Stay silent."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        caught.address = f"http://127.0.0.1:{server.server_address[1]}/hook"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield caught
        finally:
            server.shutdown()
            thread.join()
