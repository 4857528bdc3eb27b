"""Coverage: the ledger in words, and "not found" only where everything was looked at."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from invented_court import ID, Court, page
from tests.watch.conftest import FakeClock

from habeas.watch.adding import add_person
from habeas.watch.coverage import Answer, State, answer, calendar, state_of_watching
from habeas.watch.decisions import decide
from habeas.watch.looking import Looking
from habeas.watch.models import Backlog, Decision, Look, Match, Watch
from habeas.watch.schedule import Lost, missed_rows

TODAY = "2026-11-24"
DAY = date(2026, 11, 24)
Shoot = Callable[..., Look]


@pytest.fixture
def look(looking: Callable[[], Looking], clock: FakeClock) -> Shoot:
    def one(watch: Watch) -> Look:
        clock.pass_by(600)
        return looking().look(watch, clock.now())

    return one


def state(on: date = DAY) -> State:
    (day,) = calendar(ID, on, on)
    return day.state


def test_a_day_without_a_slot_says_so(watch: Watch) -> None:
    del watch
    assert state() is State.NONE


def test_a_day_is_complete_only_if_every_slot_was(court: Court, look: Shoot, watch: Watch) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    look(watch)
    assert state() is State.COMPLETE
    court.faults["*"] = page(obstacle="captcha")
    look(watch)
    (day,) = calendar(ID, DAY, DAY)
    assert day.state is State.PARTIAL
    assert dict(day.reasons) == {"captcha": 1}


def test_a_day_of_failures_gives_their_reasons(court: Court, look: Shoot, watch: Watch) -> None:
    court.faults["*"] = page(obstacle="captcha")
    look(watch)
    court.faults["*"] = (403, b"")
    look(watch)
    (day,) = calendar(ID, DAY, DAY)
    assert day.state is State.COULD_NOT_LOOK
    assert dict(day.reasons) == {"captcha": 1, "blocked": 1}


def test_a_range_of_missed_slots_counts_each(watch: Watch, clock: FakeClock) -> None:
    rows = missed_rows(watch, [Lost(clock.now(), 7)], clock.now(), "Nobody watched.")
    Look.objects.bulk_create(rows)
    (day,) = calendar(ID, DAY, DAY)
    assert (day.state, day.slots) == (State.MISSED, 7)


# --- one person ------------------------------------------------------------------------------


def screened() -> None:
    """Say that the past has been screened."""
    Backlog.objects.update(done_at="2026-11-24T00:00:00Z")


def test_not_found_needs_a_confirmed_look_of_every_watch(
    court: Court, look: Shoot, watch: Watch, clock: FakeClock
) -> None:
    person = add_person("Холов Изатулло Амонович", clock.now())
    screened()
    court.put(TODAY, "u1", "Выдумов А.Б.")
    assert answer(person, ID, DAY) is Answer.COULD_NOT_LOOK
    look(watch)
    assert answer(person, ID, DAY) is Answer.NOT_FOUND
    other = Watch.objects.create(
        source=ID, court="main", every_s=3600, days_back=0, days_ahead=0, added_at=clock.now()
    )
    assert answer(person, ID, DAY) is Answer.COULD_NOT_LOOK
    court.faults["*"] = page(obstacle="captcha")
    look(other)
    assert answer(person, ID, DAY) is Answer.COULD_NOT_LOOK
    court.faults.clear()
    look(other)
    assert answer(person, ID, DAY) is Answer.NOT_FOUND


def test_a_past_that_is_not_screened_yet_is_not_not_found(
    court: Court, look: Shoot, watch: Watch, clock: FakeClock
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    look(watch)
    person = add_person("Холов Изатулло Амонович", clock.now())
    assert answer(person, ID, DAY) is Answer.COULD_NOT_LOOK


def test_found_stays_found_until_a_person_says_otherwise(
    court: Court, look: Shoot, watch: Watch, clock: FakeClock
) -> None:
    person = add_person("Холов Изатулло Амонович", clock.now())
    screened()
    court.put(TODAY, "u1", "Холов И.А.")
    look(watch)
    assert answer(person, ID, DAY) is Answer.FOUND
    assert answer(person, ID, DAY - timedelta(days=1)) is Answer.COULD_NOT_LOOK
    for match in Match.objects.all():
        decide(match, Decision.NOT_SAME, by="a lawyer", at=clock.now())
    assert answer(person, ID, DAY) is Answer.NOT_FOUND


# --- the heartbeat ---------------------------------------------------------------------------


def test_the_state_names_what_cannot_be_read_since_when_and_why(
    court: Court, look: Shoot, watch: Watch, clock: FakeClock
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    look(watch)
    good = state_of_watching(clock.now())
    assert (good.looked, good.total, good.unreadable) == (1, 1, ())
    court.faults["*"] = page(obstacle="captcha")
    first = look(watch)
    look(watch)
    bad = state_of_watching(clock.now())
    assert (bad.looked, bad.total) == (0, 1)
    assert bad.in_words() == (
        "Looked at 0 of 1 sources (2026-11-24 09:30 UTC).\n"
        f"xx_court could not be read since {first.slot:%Y-%m-%d %H:%M} UTC: captcha: captcha."
    )


def test_a_watcher_that_stopped_is_not_healthy(
    court: Court, look: Shoot, watch: Watch, clock: FakeClock
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    look(watch)
    clock.pass_by(3 * 3600)
    (stale,) = state_of_watching(clock.now()).unreadable
    assert stale.obstacle == "missed"
