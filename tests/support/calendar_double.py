"""An OpenTimestamps calendar on this computer, made with the library that real calendars use.

Only the block chain behind it is invented: `mine` makes a header of 80 bytes whose Merkle root is
what the calendar aggregated, as a real block's is.
"""

import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any, Self

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import StreamSerializationContext
from opentimestamps.core.timestamp import Timestamp

HEIGHT = 900_001
BLOCK_TIME = 1_795_500_000


def _bytes(timestamp: Any) -> bytes:
    out = BytesIO()
    timestamp.serialize(StreamSerializationContext(out))
    return out.getvalue()


class Calendar:
    """The server.

    Attributes:
        asked: the commitments that were submitted: all that it ever learns.
        paths: every path that was asked for.
        headers: block headers by height, once `mine` was called.
        garbage: whether it answers with nonsense.
    """

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self.paths: list[str] = []
        self.headers: dict[int, bytes] = {}
        self.garbage = False
        self._tips: dict[bytes, Any] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def submit(self, commitment: bytes) -> bytes:
        """Return the promise for a commitment."""
        self.asked.append(commitment)
        timestamp: Any = Timestamp(commitment)
        tip = timestamp.ops.add(OpPrepend(b"\x01\x02\x03\x04")).ops.add(OpAppend(b"calendar"))
        tip = tip.ops.add(OpSHA256())
        self._tips[tip.msg] = tip
        tip.attestations.add(PendingAttestation(self.url))
        return _bytes(timestamp)

    def mine(self) -> None:
        """Put every tip so far into an invented block."""
        for number, tip in enumerate(self._tips.values()):
            root = tip.ops.add(OpAppend(b"other transactions")).ops.add(OpSHA256())
            height = HEIGHT + number
            root.attestations.add(BitcoinBlockHeaderAttestation(height))
            tip.attestations.clear()
            fields = (2, bytes(32), root.msg, BLOCK_TIME + 600 * number, 0x1D00FFFF, 7)
            self.headers[height] = struct.pack("<I32s32sIII", *fields)

    def upgrade(self, commitment: bytes) -> bytes | None:
        """Return the rest of a proof, None before there is one."""
        tip = self._tips.get(commitment)
        return _bytes(tip) if tip is not None and tip.ops else None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        calendar = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                calendar.paths.append(self.path)
                commitment = self.rfile.read(int(self.headers["Content-Length"]))
                self._answer(calendar.submit(commitment))

            def do_GET(self) -> None:
                calendar.paths.append(self.path)
                self._answer(calendar.upgrade(bytes.fromhex(self.path.rpartition("/")[2])))

            def _answer(self, reply: bytes | None) -> None:
                if calendar.garbage:
                    reply = b"\xf0\xff\xff nonsense"
                self.send_response(404 if reply is None else 200)
                self.send_header("Content-Length", str(len(reply or b"")))
                self.end_headers()
                self.wfile.write(reply or b"")

            def log_message(self, *_arguments: Any) -> None:
                """Say nothing."""

        return Handler
