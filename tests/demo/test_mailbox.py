"""The mail catcher: a real letter over real SMTP, kept as a file, and nothing sent on."""

import smtplib
import socket
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from habeas.demo.mailbox import READER, Mailbox, catching


def _send(mailbox: Mailbox, text: str) -> None:
    letter = EmailMessage()
    letter["Subject"] = "Проба"
    letter["From"] = "habeas@example.org"
    letter["To"] = READER
    letter.set_content(text)
    with smtplib.SMTP("127.0.0.1", mailbox.port, timeout=10) as server:
        server.send_message(letter)


def test_letters_are_kept_in_order_as_they_came(tmp_path: Path) -> None:
    with catching(tmp_path / "mail") as mailbox:
        assert mailbox.address.startswith(f"smtp://127.0.0.1:{mailbox.port}?to={READER}")
        for text in ("первое", "второе"):
            _send(mailbox, text)
    assert [letter.get_content().strip() for letter in mailbox.letters] == ["первое", "второе"]
    files = sorted((tmp_path / "mail").iterdir())
    assert [path.name for path in files] == ["001.eml", "002.eml"]
    kept = message_from_bytes(files[1].read_bytes(), policy=default)
    assert kept["Subject"] == "Проба"


def test_the_port_is_closed_at_the_end_even_with_a_guest_on_the_line(tmp_path: Path) -> None:
    with catching(tmp_path) as mailbox:
        guest = socket.create_connection(("127.0.0.1", mailbox.port), timeout=10)
        assert guest.recv(3) == b"220"
    guest.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", mailbox.port), timeout=1)


def test_a_letter_that_cannot_be_kept_is_not_taken(tmp_path: Path) -> None:
    with catching(tmp_path / "mail") as mailbox:
        mailbox.folder = tmp_path / "no such folder"
        with pytest.raises(smtplib.SMTPDataError):
            _send(mailbox, "text")
    assert mailbox.letters == []
