"""A mail catcher on loopback: takes every letter by SMTP and keeps it as a file. Sends nothing on.

with catching(folder) as mailbox:
    mailbox.address   # a channel for `habeas alerts add`
    mailbox.letters   # what has arrived so far
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from pathlib import Path
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session

READER = "family@example.org"
_SENDER = "habeas@example.org"


@dataclass
class Mailbox:
    """What was caught.

    Attributes:
        folder: where each letter lies as `001.eml`, `002.eml` and so on.
        port: on 127.0.0.1.
        letters: in the order in which they came.
    """

    folder: Path
    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The channel that leads here."""
        return f"smtp://127.0.0.1:{self.port}?to={READER}&from={_SENDER}"

    async def handle_DATA(  # noqa: N802 - the name by which the server calls it
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep a letter, and only then say that it was taken (RFC 5321, section 6.1)."""
        content = cast("bytes", envelope.original_content)
        path = self.folder / f"{len(self.letters) + 1:03}.eml"
        path.write_bytes(content)
        self.letters.append(message_from_bytes(content, policy=default))
        return "250 OK"


@contextmanager
def catching(folder: Path) -> Iterator[Mailbox]:
    """Take letters on a free port of 127.0.0.1 until the block ends.

    Raises:
        OSError: the folder cannot be made, or no port can be opened.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mailbox = Mailbox(folder)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="mailbox", daemon=True)
    thread.start()
    try:
        server = asyncio.run_coroutine_threadsafe(_serve(mailbox), loop).result()
        try:
            yield mailbox
        finally:
            asyncio.run_coroutine_threadsafe(_close(server), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _serve(mailbox: Mailbox) -> asyncio.Server:
    # Its own host name is given, or the library would ask the network for it.
    made = partial(SMTP, mailbox, hostname="localhost", enable_SMTPUTF8=True)
    server = await asyncio.get_running_loop().create_server(made, "127.0.0.1", 0)
    mailbox.port = server.sockets[0].getsockname()[1]
    return server


async def _close(server: asyncio.Server) -> None:
    server.close()
    await server.wait_closed()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
