"""The server: one port, every host, what goes wrong on the line, and its own small service."""

import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from visits import START, Visit

from habeas.replica import Fault, FaultKind, Replica, ReplicaClock, Script, serving
from habeas.replica.crowd import crowd
from habeas.sources.contract import Obstacle, Request

Start = Callable[..., Visit]
_URL = "https://nebylovo.sudrf.ru/modules.php?name=sud_delo&srv_num=1&H_date=05.11.2026"


def _service(
    replica: Replica, method: str, path: str, body: str = ""
) -> tuple[int, dict[str, object]]:
    connection = http.client.HTTPConnection("127.0.0.1", replica.port, timeout=5)
    try:
        connection.request(method, path, body=body.encode())
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def test_its_service_tells_the_day_and_lets_days_pass(visit: Start) -> None:
    replica = visit(*crowd("ru_sudrf", ["a.sudrf.ru"], range(1), each=2)).replica
    status, state = _service(replica, "GET", "/replica")
    assert (status, state["day"], state["entries"]) == (200, 0, 2)
    assert ".sudrf.ru" in str(state["hosts"])
    assert _service(replica, "POST", "/replica/advance?days=3")[1]["day"] == 3
    assert replica.clock.day == 3
    assert not replica.asked


def test_its_service_takes_orders(visit: Start) -> None:
    replica = visit().replica
    order = json.dumps({"kind": "captcha_page", "source": "ru_sudrf", "times": 2})
    status, state = _service(replica, "POST", "/replica/faults", order)
    assert status == 200
    assert replica.play.orders.all == (Fault(FaultKind.CAPTCHA, "ru_sudrf", times=2),)
    assert "captcha_page" in str(state["faults"])
    assert _service(replica, "POST", "/replica/faults/clear")[1]["faults"] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/replica/faults", "no json"),
        ("/replica/faults", "[]"),
        ("/replica/faults", '{"kind": "nothing"}'),
        ("/replica/advance?days=soon", ""),
        ("/replica/advance?days=nan", ""),
        ("/replica/advance?days=1e9", ""),
    ],
)
def test_its_service_refuses_what_it_does_not_understand(
    visit: Start, path: str, body: str
) -> None:
    replica = visit().replica
    status, told = _service(replica, "POST", path, body)
    assert status == 400
    assert "cannot be used" in str(told["error"])
    assert (replica.clock.day, replica.play.orders.all) == (0, ())


def test_its_service_is_not_reached_under_the_name_of_a_portal(visit: Start) -> None:
    here = visit()
    here.get("https://mos-gorsud.ru/replica/advance?days=1")
    assert here.replica.clock.day == 0
    assert _service(here.replica, "GET", "/other")[0] == 404


def test_every_request_is_remembered_with_what_was_spoilt(visit: Start) -> None:
    here = visit(*crowd("ru_sudrf", ["nebylovo.sudrf.ru"], range(3, 4)))
    here.replica.order(Fault(FaultKind.GZIP))
    here.get(_URL)
    asked = [(one.ask.scheme, one.ask.host, one.faults) for one in here.replica.asked]
    assert asked[-1] == ("https", "nebylovo.sudrf.ru", (FaultKind.GZIP,))


def test_a_certificate_is_made_for_every_host_and_verified(visit: Start) -> None:
    here = visit()
    for host in (
        "mos-gorsud.ru",
        "a-rather-long-name-of-a-court--with-its-region.nebylovo.sudrf.ru",
    ):
        answer = here.asker.ask(Request(f"https://{host}/"), typed=True)
        assert answer.exchange.connection is not None
        assert answer.exchange.connection.tls is not None
        assert answer.exchange.connection.tls.verified


def test_nobody_else_trusts_its_certificates(visit: Start) -> None:
    port = visit().replica.port
    context = ssl.create_default_context()
    with (
        socket.create_connection(("127.0.0.1", port), timeout=5) as plain,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        context.wrap_socket(plain, server_hostname="mos-gorsud.ru")


def test_a_slow_answer_does_not_outlive_its_replica() -> None:
    begun = time.monotonic()
    with serving(Script(START), faults=[Fault(FaultKind.SLOW, seconds=60)]) as replica:
        sock = socket.create_connection(("127.0.0.1", replica.port), timeout=5)
        sock.sendall(b"GET / HTTP/1.1\r\nHost: mos-gorsud.ru\r\n\r\n")
        time.sleep(0.1)
    sock.close()
    assert time.monotonic() - begun < 10


def test_the_date_header_is_the_replica_s_own_time() -> None:
    moment = datetime(2026, 11, 9, 12, 30, tzinfo=UTC)
    clock = ReplicaClock.following(START, lambda: moment)
    with serving(Script(START), clock=clock) as replica:
        connection = http.client.HTTPConnection("127.0.0.1", replica.port, timeout=5)
        connection.request("GET", "/", headers={"Host": "mos-gorsud.ru"})
        answer = connection.getresponse()
        assert answer.getheader("Date") == "Mon, 09 Nov 2026 12:30:00 GMT"
        assert answer.getheader("Server") == "habeas-replica"
        connection.close()


@pytest.mark.parametrize(
    "request_",
    [b"", b"\r\n\r\n", b"GET /\r\n\r\n", b"\x16\x03\x01nothing", b"A" * 70_000],
)
def test_nonsense_does_not_harm_it(visit: Start, request_: bytes) -> None:
    here = visit()
    with socket.create_connection(("127.0.0.1", here.replica.port), timeout=5) as sock:
        sock.sendall(request_)
        sock.shutdown(socket.SHUT_WR)
        sock.settimeout(5)
        with suppress(ConnectionResetError):
            assert sock.recv(100) == b"" or request_.startswith(b"\x16")
    assert _service(here.replica, "GET", "/replica")[0] == 200


def test_a_server_may_ask_to_be_left_alone(visit: Start) -> None:
    here = visit()
    here.replica.order(Fault(FaultKind.UNAVAILABLE, to="3600"))
    assert here.get(_URL).obstacle is Obstacle.DOWN
    # The asker keeps to it, and does not ask again before.
    before = len(here.replica.asked)
    assert here.get(_URL).obstacle is Obstacle.BLOCKED
    assert len(here.replica.asked) == before
