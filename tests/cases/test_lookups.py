"""Look-ups: who was asked, whom to ask next, one volunteer at a desk, "no" that gets old."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from case_story import NAME, NOW, say
from django.db import connections
from django_ready import POSTGRESQL, SQLITE

from habeas.cases.board.models import Standing
from habeas.cases.custody import timeline
from habeas.cases.lookups import asking, calling
from habeas.cases.lookups.marks import marks
from habeas.cases.lookups.models import Asking, Desk, LookUp
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import DeskTaken, ListRefused, StatementRefused

HAND = Hand("Alice", NOW)


@pytest.fixture
def desks(case: Subject) -> list[Desk]:
    del case
    listed = [
        ("Embassy of Nowhere", "embassy", "Fabletown", ""),
        ("Far station", "police", "Othertown", "Far"),
        ("Hospital 1001", "hospital", "Fabletown", "Mill"),
        ("Mill station", "police", "Fabletown", "Mill"),
        ("Duty unit", "duty", "Fabletown", ""),
    ]
    return [
        asking.add_desk(title, kind, HAND, city=city, district=district)
        for title, kind, city, district in listed
    ]


def titles(case: Subject) -> list[str]:
    return [one.desk.body.title for one in calling.call_list(case, NOW)]


def answer(body: Subject | None, outcome: str, **more: object) -> asking.Answer:
    whom = body.title if body else "Somebody"
    return asking.Answer(whom, NAME, outcome, NOW - timedelta(hours=1), body, **more)  # type: ignore[arg-type]


def test_the_station_near_the_last_place_comes_first_then_the_call_round(
    case: Subject, desks: list[Desk]
) -> None:
    del desks
    say(case, "last_place", "corner of Mill Street, Mill, Fabletown")
    assert titles(case) == [
        "Mill station",
        "Hospital 1001",
        "Duty unit",
        "Embassy of Nowhere",
        "Far station",
    ]


def test_without_a_place_the_order_is_that_of_the_call_round(
    case: Subject, desks: list[Desk]
) -> None:
    del desks
    assert titles(case)[:3] == ["Far station", "Mill station", "Duty unit"]


def test_whoever_was_asked_comes_last_until_it_is_time_to_ask_again(
    case: Subject, desks: list[Desk]
) -> None:
    asking.take(
        case, answer(desks[3].body, "not_here", ask_again_at=NOW + timedelta(hours=2)), HAND
    )
    assert titles(case)[-1] == "Mill station"
    later = calling.call_list(case, NOW + timedelta(hours=3))
    assert later[-1].desk.body.title == "Mill station"
    assert later[-1].standing == calling.DUE
    assert [one.standing for one in later[:-1]] == [calling.UNASKED] * 4


def test_distance_decides_where_it_is_known(case: Subject) -> None:
    for title, lat, lon in (("B", 55.80, 37.6), ("C", 55.70, 37.0), ("A", 55.75, 37.6)):
        asking.add_desk(
            title, "police", HAND, district="D" if title == "A" else "", latitude=lat, longitude=lon
        )
    say(case, "last_place", "in D")
    found = calling.call_list(case, NOW)
    assert [one.desk.body.title for one in found] == ["A", "B", "C"]
    assert found[1].km == pytest.approx(5.56, abs=0.05)


def test_two_volunteers_never_ring_the_same_desk(case: Subject, desks: list[Desk]) -> None:
    body = desks[0].body
    asking.claim(body, HAND)
    asking.claim(body, HAND)
    with pytest.raises(DeskTaken, match="Alice is asking there now"):
        asking.claim(body, Hand("Bob", NOW + timedelta(minutes=14)))
    asking.claim(body, Hand("Bob", NOW + timedelta(minutes=16)))
    assert calling.call_list(case, NOW + timedelta(minutes=17))[-1].asking in {"Bob", ""}


def test_an_answer_gives_the_desk_back(case: Subject, desks: list[Desk]) -> None:
    asking.claim(desks[0].body, HAND)
    asking.take(case, answer(desks[0].body, "no_answer"), HAND)
    asking.claim(desks[0].body, Hand("Bob", NOW))


@pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)
@pytest.mark.usefixtures("case")
def test_of_many_who_claim_at_once_one_wins(desks: list[Desk]) -> None:
    body = desks[0].body
    won: list[str] = []
    ready = threading.Barrier(6)

    def try_to(name: str) -> None:
        ready.wait()
        try:
            asking.claim(body, Hand(name, NOW))
            won.append(name)
        except DeskTaken:
            pass
        finally:
            connections.close_all()

    volunteers = [threading.Thread(target=try_to, args=(f"volunteer {n}",)) for n in range(6)]
    for one in volunteers:
        one.start()
    for one in volunteers:
        one.join()
    assert len(won) == 1
    assert Asking.objects.filter(done_at=None).count() == 1


def test_a_no_is_an_answer_of_that_desk_and_changes_no_state(
    case: Subject, desks: list[Desk]
) -> None:
    asking.take(case, answer(desks[0].body, "not_here", answer="no such person"), HAND)
    assert timeline.stays(case) == []
    assert Standing.objects.get(subject=case).state == "unknown"
    assert [str(words) for _at, _shape, words in marks(case)] == ["says: no such person"]


@pytest.mark.parametrize("outcome", ["no_answer", "refused", "later"])
def test_no_answer_is_never_told_as_a_no(case: Subject, desks: list[Desk], outcome: str) -> None:
    asking.take(case, answer(desks[0].body, outcome), HAND)
    ((_at, shape, words),) = marks(case)
    assert "no such person" not in str(words)
    assert shape != "○"


def test_here_is_a_statement_of_the_desk_about_custody(case: Subject, desks: list[Desk]) -> None:
    asking.take(case, answer(desks[3].body, "here", officer="Sgt. Nobody", answer="Yes"), HAND)
    (stay,) = timeline.stays(case)
    assert stay.statement.speaker == "Sgt. Nobody"
    assert stay.statement.details["place"] == "Mill station"
    assert Standing.objects.get(subject=case).place == "Mill station"


def test_a_look_up_that_was_taken_down_wrongly_is_corrected_and_stays(
    case: Subject, desks: list[Desk]
) -> None:
    wrong = asking.take(case, answer(desks[0].body, "here"), HAND)
    asking.take(case, answer(desks[0].body, "not_here", corrects=wrong), HAND)
    assert [one.outcome for one in calling.current(case)] == ["not_here"]
    assert LookUp.objects.count() == 2


def test_when_to_ask_again_moves_the_case_up_the_board(case: Subject, desks: list[Desk]) -> None:
    say(case, "custody", "in_custody", about="2026-11-01")
    before = Standing.objects.get(subject=case).attention_at
    asking.take(
        case, answer(desks[0].body, "not_here", ask_again_at=NOW + timedelta(minutes=5)), HAND
    )
    after = Standing.objects.get(subject=case)
    assert after.attention_at == NOW + timedelta(minutes=5) < before
    assert after.lookups == 1


def test_what_cannot_be_taken_down_is_refused(case: Subject) -> None:
    with pytest.raises(StatementRefused, match="who was asked"):
        asking.take(case, asking.Answer(" ", NAME, "not_here", NOW), HAND)
    with pytest.raises(StatementRefused, match="'gone' is no answer"):
        asking.take(case, asking.Answer("X", NAME, "gone", NOW), HAND)


@pytest.mark.usefixtures("database")
def test_desks_are_read_from_a_table_and_a_bad_line_takes_nothing(tmp_path: Path) -> None:
    table = tmp_path / "desks.csv"
    table.write_text("name,kind,city,phone\nStation 1,police,Fabletown,+0\n", "utf-8")
    (desk,) = asking.desks_from(table, HAND)
    assert (desk.body.title, desk.city) == ("Station 1", "Fabletown")
    for bad in (
        "name,kind\nStation 2,prison\n",
        "name,kind\n,police\n",
        "name,kind,latitude\nS,police,x\n",
    ):
        table.write_text(bad, "utf-8")
        with pytest.raises(ListRefused, match="line 2"):
            asking.desks_from(table, HAND)
    assert Desk.objects.count() == 1
