"""From a cause to a message in a mailbox or at a webhook. All people are invented."""

import email
import http.server
import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import ChannelUnclear, QuietHoursUnclear
from habeas.watch import channels
from habeas.watch.alerts import after_quiet, enqueue, parse_quiet
from habeas.watch.causes import Cause, CauseKind
from habeas.watch.models import (
    Alert,
    Channel,
    Entry,
    Event,
    Look,
    Match,
    Mention,
    Person,
    Spelling,
    Version,
    Watch,
)
from habeas.watch.outbox import TRIES, deliver
from habeas.watch.wording import Message

if TYPE_CHECKING:
    from email.message import Message as Letter

_NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
_NAME = "Выдуманов Тимур"


class _Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = _NOW

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class _Mailbox:
    """What arrived by SMTP."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - the catcher's word
        self.letters.append(email.message_from_bytes(envelope.content))
        return "250 taken"


@pytest.fixture
def mailbox() -> Iterator[tuple[_Mailbox, str]]:
    box = _Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}?to=me@example.org"
    controller.stop()


def _match() -> Match:
    person = Person.objects.create(code="HB-1")
    Spelling.objects.create(person=person, text=_NAME)
    watch = Watch.objects.create(source="ru_mosgorsud", court="tverskoj", every_s=3600)
    look = Look.objects.create(
        watch=watch, slot=_NOW, started_at=_NOW, finished_at=_NOW, outcome="found", adapter="x"
    )
    entry = Entry.objects.create(source="ru_mosgorsud", identity="u-1", first_look=look)
    version = Version.objects.create(entry=entry, look=look, digest="0" * 64, facts={})
    mention = Mention.objects.create(version=version, printed="Выдуманов Т.Н.", capacity="party")
    Event.objects.create(entry=entry, look=look, kind=Event.VANISHED, at=_NOW)
    return Match.objects.create(
        person=person,
        mention=mention,
        verdict="possible",
        bits=15.2,
        namesakes=20.0,
        reasons=[],
        spellings=1,
    )


def _cause(match: Match) -> Cause:
    return Cause(CauseKind.MATCH, _NOW, ("HB-1",), match_id=match.pk)


def _channel(address: str, **more: Any) -> Channel:
    return Channel.objects.create(kind=channels.kind_of(address), address=address, **more)


@pytest.mark.usefixtures("database")
def test_a_match_arrives_once_with_a_code_and_without_a_name(
    mailbox: tuple[_Mailbox, str],
) -> None:
    box, address = mailbox
    _channel(address)
    cause = _cause(_match())
    enqueue([cause])
    enqueue([cause])
    clock = _Clock()
    assert deliver(clock).sent == 1
    assert deliver(clock).sent == 0
    (letter,) = box.letters
    text = f"{letter['Subject']} {letter.get_payload(decode=True).decode()}"  # type: ignore[union-attr]
    assert "HB-1" in text
    assert "possibly the same person" in text
    assert "Выдуманов" not in text


@pytest.mark.usefixtures("database")
def test_a_name_is_told_only_where_the_owner_wants_it(mailbox: tuple[_Mailbox, str]) -> None:
    box, address = mailbox
    _channel(address, names=True)
    enqueue([_cause(_match())])
    deliver(_Clock())
    payload = box.letters[0].get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert "Выдуманов" in payload.decode()


@pytest.mark.usefixtures("database")
def test_a_channel_for_one_person_hears_of_no_other(mailbox: tuple[_Mailbox, str]) -> None:
    _channel(mailbox[1], people=["HB-2"])
    enqueue([_cause(_match())])
    assert not Alert.objects.exists()


@pytest.mark.usefixtures("database")
def test_a_vanished_entry_is_told_in_words(mailbox: tuple[_Mailbox, str]) -> None:
    box, address = mailbox
    _channel(address)
    _match()
    event = Event.objects.get()
    enqueue([Cause(CauseKind.EVENT, _NOW, ("HB-1",), event_id=event.pk)])
    deliver(_Clock())
    payload = box.letters[0].get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert "VANISHED" in payload.decode()


@pytest.mark.usefixtures("database")
def test_what_cannot_be_sent_is_tried_again_with_patience_and_then_given_up() -> None:
    channel = _channel("smtp://127.0.0.1:9?to=me@example.org")
    enqueue([_cause(_match())])
    clock, waits = _Clock(), []
    for _n in range(TRIES):
        before = clock.now()
        deliver(clock)
        alert = Alert.objects.get(channel=channel)
        waits.append((alert.due_at - before).total_seconds())
        clock.moment = alert.due_at
    assert waits == sorted(waits)
    assert waits[0] == 180.0
    assert alert.given_up_at is not None
    assert alert.failed
    assert deliver(clock).sent == 0


@pytest.mark.usefixtures("database")
def test_an_interrupted_hand_over_is_repeated_as_the_same_message(
    mailbox: tuple[_Mailbox, str],
) -> None:
    box, address = mailbox
    _channel(address)
    enqueue([_cause(_match())])

    def dying(_channel: Channel, _message: Message) -> None:
        raise KeyboardInterrupt

    clock = _Clock()
    with pytest.raises(KeyboardInterrupt):
        deliver(clock, {channels.MAIL: dying})
    assert Alert.objects.get().handing_over_at == _NOW
    clock.sleep(60)
    assert deliver(clock).sent == 1
    (letter,) = box.letters
    assert letter["Message-ID"] == f"<{Alert.objects.get().key}@habeas.invalid>"
    payload = letter.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert "interrupted" in payload.decode()


@pytest.mark.usefixtures("database")
def test_a_digest_gathers_what_falls_into_its_window(mailbox: tuple[_Mailbox, str]) -> None:
    box, address = mailbox
    _channel(address, digest_s=3600)
    match = _match()
    enqueue([_cause(match)])
    enqueue([Cause(CauseKind.EVENT, _NOW, ("HB-1",), event_id=Event.objects.get().pk)])
    clock = _Clock()
    assert deliver(clock).sent == 0
    clock.sleep(3600)
    assert deliver(clock).sent == 2
    assert len(box.letters) == 1


class _Hook(http.server.BaseHTTPRequestHandler):
    got: list[tuple[dict[str, str], bytes]]
    status: int

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((dict(self.headers), body))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Stay silent."""


@pytest.fixture
def hook() -> Iterator[type[_Hook]]:
    class Mine(_Hook):
        got: list[tuple[dict[str, str], bytes]] = []  # noqa: RUF012 - one list for one server
        status = 204
        address = ""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mine) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        Mine.address = f"http://127.0.0.1:{server.server_address[1]}/hook"
        yield Mine
        server.shutdown()


def _documented() -> dict[str, Any]:
    """Return what the program defines that the documentation gives to receivers."""
    page = Path(__file__).parents[2] / "docs/reference/programs.md"
    program = page.read_text("utf-8").split("```python\n")[1].split("```")[0]
    defined: dict[str, Any] = {}
    exec(compile(program, str(page), "exec"), defined)
    return defined


@pytest.mark.usefixtures("database")
def test_a_webhook_gets_a_signed_message_with_its_key(hook: Any) -> None:
    channel = _channel(hook.address)
    enqueue([_cause(_match())])
    deliver(_Clock())
    ((headers, body),) = hook.got
    header, secret = headers["Habeas-Signature"], channels.secret_of(channel)
    sent_s = int(header.removeprefix("t=").split(",v1=")[0])
    is_ours = _documented()["is_ours"]
    assert is_ours(header, body, secret, sent_s + 300)
    assert not is_ours(header, body, secret, sent_s + 301)
    assert not is_ours(header, body + b" ", secret, sent_s)
    assert not is_ours(header.replace(f"t={sent_s}", f"t={sent_s + 60}"), body, secret, sent_s)
    assert not is_ours("", body, secret, sent_s)
    assert not is_ours(header, body, "another", sent_s)
    assert headers["Idempotency-Key"] == Alert.objects.get().key == json.loads(body)["key"]
    assert "Выдуманов" not in body.decode()


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("status", "tried_again"), [(503, True), (429, True), (404, False)])
def test_a_refusal_says_whether_trying_again_helps(
    hook: Any, status: int, *, tried_again: bool
) -> None:
    hook.status = status
    _channel(hook.address)
    enqueue([_cause(_match())])
    deliver(_Clock())
    assert (Alert.objects.get().given_up_at is None) is tried_again


def test_mail_without_encryption_stays_on_this_machine() -> None:
    channel = Channel(kind="mail", address="smtp://mail.example.org?to=me@example.org")
    with pytest.raises(channels.NotTaken) as refused:
        channels.mail(channel, Message("k", "t", "x", _NOW))
    assert refused.value.permanent


@pytest.mark.parametrize("address", ["smtp://host", "nothing", "file:///etc/passwd", ""])
def test_an_address_that_cannot_be_used_is_refused_when_it_is_given(address: str) -> None:
    with pytest.raises(ChannelUnclear):
        channels.kind_of(address)


def test_an_address_is_never_shown_whole() -> None:
    assert "password" not in channels.shown("submission://u:password@mail.example.org?to=me@x.org")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24T23:30", "2026-11-25T06:00"),
        ("2026-11-24T05:00", "2026-11-24T06:00"),
        ("2026-11-24T12:00", "2026-11-24T12:00"),
    ],
)
def test_quiet_hours_wait_for_the_morning(moment: str, expected: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert after_quiet("22:00-06:00 UTC", at).isoformat()[:16] == expected


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)))  # noqa: DTZ001
def test_the_end_of_quiet_hours_is_never_before_nor_a_day_away(moment: datetime) -> None:
    for quiet in ("22:00-07:00 Asia/Dushanbe", "00:00-06:30 Europe/Moscow"):
        after = after_quiet(quiet, moment)
        assert timedelta(0) <= after - moment < timedelta(hours=10)
        assert after_quiet(quiet, after) == after


@pytest.mark.parametrize("quiet", ["22-7", "22:00", "25:00-07:00", "22:00-07:00 Nowhere/City"])
def test_unclear_quiet_hours_are_refused(quiet: str) -> None:
    with pytest.raises(QuietHoursUnclear):
        parse_quiet(quiet)


def test_the_catcher_is_not_part_of_the_product() -> None:
    source = Path(channels.__file__).read_text("utf-8")
    assert "aiosmtpd" not in source
