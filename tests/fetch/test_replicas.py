"""The door to a replica: on this computer only, for the hosts given, and marked in every record."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from visits import visiting

from habeas.errors import ReplicaRefused
from habeas.evidence import Store, read_recording
from habeas.fetch import Asker, Manners, Replicas, parse_address
from habeas.replica.crowd import crowd
from habeas.sources.contract import Obstacle, Outcome, Request
from habeas.sources.registry import source

_URL = "https://nebylovo.sudrf.ru/modules.php?name=sud_delo&srv_num=1&H_date=05.11.2026"


@pytest.mark.parametrize(
    "place",
    ["10.0.0.1:80", "example.org:80", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "", ":80"],
)
def test_a_replica_is_on_this_computer(place: str) -> None:
    with pytest.raises(ReplicaRefused, match="Nothing was asked"):
        Replicas({"court.example": place})


@given(st.text(max_size=30))
def test_no_text_makes_a_replica_elsewhere(place: str) -> None:
    try:
        replicas = Replicas({"court.example": place})
    except ReplicaRefused:
        return
    found = replicas.place("court.example")
    assert found is not None
    assert found[0].startswith("127.") or found[0] == "::1"


def test_the_longest_name_wins_and_a_dot_takes_all_below() -> None:
    replicas = Replicas({".sudrf.ru": "127.0.0.1:1", ".b.sudrf.ru": "127.0.0.1:2"})
    assert replicas.place("a.sudrf.ru") == ("127.0.0.1", 1)
    assert replicas.place("sudrf.ru") == ("127.0.0.1", 1)
    assert replicas.place("a.b.sudrf.ru") == ("127.0.0.1", 2)
    assert replicas.place("notsudrf.ru") is None


def test_without_a_replica_nothing_changes() -> None:
    replicas = Replicas({})
    assert not replicas
    assert not replicas.lacks("court.example")
    address = parse_address("https://court.example/a")
    assert replicas.recorded(address) is address


def test_what_is_recorded_says_that_it_was_a_replica(tmp_path: Path) -> None:
    planned = crowd("ru_sudrf", ["nebylovo.sudrf.ru"], range(3, 4))
    with visiting(tmp_path, *planned) as visit:
        answer = visit.ask("ru_sudrf", Request(_URL))
        page = visit.page("ru_sudrf", Request(_URL))
    assert page.outcome is Outcome.FOUND
    # The adapter reads under the portal's name, so that links can be followed; the record does not.
    assert answer.capture.url == _URL
    recorded = _URL.replace("nebylovo.sudrf.ru", "nebylovo.sudrf.ru.replica.invalid")
    assert answer.exchange.url == recorded
    assert answer.exchange.connection is not None
    assert answer.exchange.connection.peer == "127.0.0.1"
    assert [one.url for one in read_recording(answer.record.path)] == [recorded]
    assert b"Server: habeas-replica" in answer.exchange.response


def test_with_a_replica_no_other_host_exists(tmp_path: Path) -> None:
    asker = Asker(
        Store(tmp_path), manners=Manners(replicas=Replicas({"court.example": "127.0.0.1:9"}))
    )
    answer = asker.ask(Request("https://elsewhere.example/"), typed=True)
    assert answer.obstacle is Obstacle.DOWN
    assert "no such host on the replica" in answer.explanation
    assert answer.exchange.request == b""


def test_a_source_is_not_read_from_another_host(tmp_path: Path) -> None:
    with visiting(tmp_path) as visit:
        answer = visit.asker.ask(Request("https://elsewhere.example/"), source=source("ru_sudrf"))
        assert not visit.replica.asked
    assert answer.obstacle is Obstacle.BLOCKED
    assert "not read as that source" in answer.explanation
