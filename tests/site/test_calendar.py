"""The calendar of coverage: no silent gap, and never more than the ledger says."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import django_ready  # noqa: F401 - sets Django up
from hypothesis import given
from hypothesis import strategies as st

from habeas.watch.models import Watch
from habeas.watch.pages.calendar import Slot, Span, State, days, midnight, weeks
from habeas.watch.schedule import slot_before

START = datetime(2026, 11, 2, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def _s(moment: datetime) -> int:
    return int(moment.timestamp())


SIX_HOURS = Span(1, 21_600, _s(START - 30 * DAY))


def _full(watch: int, *, but: dict[datetime, str] | None = None) -> list[Slot]:
    slots = [START + n * timedelta(hours=6) for n in range(22 * 4 + 3)]
    return [
        Slot(watch, at, at not in (but or {}), (but or {}).get(at, "")) for at in slots if at <= NOW
    ]


def _states(slots: list[Slot], *spans: Span) -> list[State]:
    return [day.state for day in days(spans or (SIX_HOURS,), slots, START, NOW)]


def test_a_day_with_every_slot_confirmed_is_complete() -> None:
    assert set(_states(_full(1))) == {State.COMPLETE}


def test_one_bad_slot_makes_a_day_partial_and_says_why() -> None:
    bad = {START + 3 * DAY: "captcha"}
    found = days((SIX_HOURS,), _full(1, but=bad), START, NOW)[3]
    assert found.state is State.PARTIAL
    assert (found.looked, found.due, found.reasons) == (3, 4, (("captcha", 1),))


def test_a_day_of_obstacles_only_could_not_be_looked_at() -> None:
    bad = {START + 3 * DAY + n * timedelta(hours=6): "blocked" for n in range(4)}
    assert _states(_full(1, but=bad))[3] is State.COULD_NOT_LOOK


def test_missed_slots_are_told_apart_from_obstacles() -> None:
    missed = {START + 3 * DAY + n * timedelta(hours=6): "missed" for n in range(4)}
    assert _states(_full(1, but=missed))[3] is State.MISSED
    mixed = missed | {START + 3 * DAY: "down"}
    assert _states(_full(1, but=mixed))[3] is State.COULD_NOT_LOOK


def test_a_row_that_stands_for_several_missed_slots_counts_all_of_them() -> None:
    slots = [slot for slot in _full(1) if slot.at.date() != (START + 3 * DAY).date()]
    slots.append(Slot(1, START + 3 * DAY, confirmed=False, obstacle="missed", count=4))
    found = days((SIX_HOURS,), slots, START, NOW)[3]
    assert (found.state, found.due, found.reasons) == (State.MISSED, 4, (("missed", 4),))


def test_a_day_without_any_row_is_missed_though_no_row_says_so() -> None:
    slots = [slot for slot in _full(1) if slot.at.date() != (START + 3 * DAY).date()]
    assert _states(slots)[3] is State.MISSED


def test_a_day_that_lacks_one_row_is_not_complete() -> None:
    slots = [slot for slot in _full(1) if slot.at != START + 3 * DAY]
    found = days((SIX_HOURS,), slots, START, NOW)[3]
    assert found.state is State.PARTIAL
    assert found.reasons == (("missed", 1),)


def test_a_second_list_without_rows_makes_the_source_partial() -> None:
    other = Span(2, 86_400, _s(START - DAY))
    assert set(_states(_full(1), SIX_HOURS, other)[:-1]) == {State.PARTIAL}


def test_a_stopped_watch_is_not_missed() -> None:
    stopped = Span(1, 21_600, _s(START - DAY), _s(START + 2 * DAY))
    states = _states([slot for slot in _full(1) if slot.at < START + 2 * DAY], stopped)
    assert states[:2] == [State.COMPLETE] * 2
    assert set(states[2:]) == {State.NOT_WATCHED}


def test_a_list_of_which_some_parts_were_confirmed_is_partial() -> None:
    slots = [Slot(1, slot.at, confirmed=False, obstacle="down", partly=True) for slot in _full(1)]
    assert set(_states(slots)) == {State.PARTIAL}


def test_the_day_that_is_not_over_is_marked() -> None:
    last = days((SIX_HOURS,), _full(1), START, NOW)[-1]
    assert last.open
    assert (last.looked, last.due) == (3, 3)
    fresh = days((Span(1, 86_400, _s(NOW - timedelta(hours=2))),), [], START, NOW)[-1]
    assert fresh.state is State.PENDING


def test_days_are_those_of_the_source_s_place() -> None:
    moscow = ZoneInfo("Europe/Moscow")
    first = midnight(datetime(2026, 11, 23, tzinfo=UTC).date(), moscow)
    late = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)  # half past midnight in Moscow, the 23rd
    found = days(
        (Span(1, 86_400, _s(late - DAY), offset_s=77_400),),
        [Slot(1, late, confirmed=True)],
        first,
        NOW,
    )
    assert found[0].state is State.COMPLETE


def test_a_day_of_23_hours_is_no_gap() -> None:
    """Clocks went forward in Kyiv on 29 March 2026: 23 hourly slots are all there are."""
    kyiv = ZoneInfo("Europe/Kyiv")
    first = midnight(datetime(2026, 3, 29, tzinfo=UTC).date(), kyiv)
    begins = first.astimezone(UTC)
    slots = [Slot(1, begins + timedelta(hours=n), confirmed=True) for n in range(23)]
    found = days((Span(1, 3600, _s(begins - DAY)),), slots, first, begins + timedelta(hours=30))
    assert found[0].state is State.COMPLETE


def test_an_hour_that_is_lacking_on_a_day_of_23_hours_is_seen() -> None:
    kyiv = ZoneInfo("Europe/Kyiv")
    first = midnight(datetime(2026, 3, 29, tzinfo=UTC).date(), kyiv)
    begins = first.astimezone(UTC)
    slots = [Slot(1, begins + timedelta(hours=n), confirmed=True) for n in range(23) if n != 7]
    found = days((Span(1, 3600, _s(begins - DAY)),), slots, first, begins + timedelta(hours=30))
    assert (found[0].state, found[0].reasons) == (State.PARTIAL, (("missed", 1),))


def test_a_last_slot_that_may_still_be_at_work_leaves_the_day_open() -> None:
    span = Span(1, 21_600, _s(START - 30 * DAY), offset_s=3 * 3600)
    past_midnight = datetime(2026, 11, 24, 0, 20, tzinfo=UTC)  # the slot of 21:00 has no row yet
    slots = [
        Slot(1, START + n * timedelta(hours=6) + timedelta(hours=3), confirmed=True)
        for n in range(21 * 4 + 3)
    ]
    yesterday = days((span,), slots, START, past_midnight)[-2]
    assert (yesterday.state, yesterday.open, yesterday.due) == (State.COMPLETE, True, 3)
    later = days((span,), slots, START, past_midnight + timedelta(hours=3))[-2]
    assert (later.state, later.open, later.reasons) == (State.PARTIAL, False, (("missed", 1),))


def test_a_daily_look_that_is_overdue_is_never_called_not_due() -> None:
    daily = Span(1, 86_400, _s(START - DAY))
    found = days((daily,), [], START, NOW)
    assert {day.state for day in found} == {State.MISSED}
    late = Span(1, 86_400, _s(START - DAY), offset_s=13 * 3600)  # due an hour and a half ago
    assert [day.state for day in days((late,), [], START, NOW)][-2:] == [
        State.MISSED,
        State.PENDING,
    ]
    weekly = Span(1, 7 * 86_400, _s(START - DAY))
    states = [day.state for day in days((weekly,), [], START, NOW)]
    assert states.count(State.MISSED) == 3  # the Thursdays
    assert states.count(State.NOT_DUE) == len(states) - 3


def test_weeks_begin_on_monday() -> None:
    cells = days((SIX_HOURS,), _full(1), START + 2 * DAY, NOW)
    rows = weeks(cells)
    assert all(len(row) == 7 for row in rows)
    assert rows[0][:2] == [None, None]
    assert all(row[n].date.weekday() == n for row in rows for n in range(7) if row[n])  # type: ignore[union-attr]


_OBSTACLES = st.sampled_from(["", "captcha", "down", "missed", "incomplete"])


@given(
    st.lists(st.tuples(st.integers(0, 87), _OBSTACLES, st.booleans()), max_size=88),
    st.integers(1, 3),
)
def test_complete_needs_every_slot_of_the_day_confirmed(
    rows: list[tuple[int, str, bool]], watches: int
) -> None:
    """Whatever rows are there or lacking: a day is complete only if nothing is missing or bad."""
    spans = [Span(n, 21_600, _s(START - DAY)) for n in range(watches)]
    kept = {}
    for number, obstacle, partly in rows:
        at = START + number * timedelta(hours=6)
        slot = Slot(number % watches, at, not obstacle, obstacle, partly=partly and bool(obstacle))
        kept[(slot.watch, slot.at)] = slot
    for day in days(spans, kept.values(), START, NOW)[:-1]:
        of_day = [slot for slot in kept.values() if slot.at.date() == day.date]
        good = sum(slot.confirmed for slot in of_day)
        assert (day.state is State.COMPLETE) == (good == 4 * watches)
        assert day.due == 4 * watches
        assert day.looked == good
        if not good:
            assert day.state in {State.COULD_NOT_LOOK, State.MISSED, State.PARTIAL}
        if day.state is State.PARTIAL:
            assert good or any(slot.partly for slot in of_day)
        assert sum(n for _reason, n in day.reasons) == day.due - good


@given(
    st.integers(60, 200_000), st.integers(0, 200_000), st.integers(0, 10**6), st.integers(0, 10**6)
)
def test_slots_are_counted_as_the_schedule_lays_them(
    every_s: int, offset: int, start: int, length: int
) -> None:
    span = Span(1, every_s, 0, offset_s=offset % every_s)
    first = start + (offset - start) % every_s
    laid = len(range(first, start + length, every_s))
    assert span.slots_between(start, start + length) == laid


def test_the_grid_is_that_of_the_schedule() -> None:
    watch = Watch(pk=7, source="ru_mosgorsud", court="x", every_s=21_600, added_at=START)
    span = Span.of(watch)
    slot = slot_before(watch, NOW)
    assert span.slots_between(_s(slot), _s(slot) + 1) == 1
    assert span.slots_between(_s(slot) + 1, _s(slot) + 21_600) == 0
