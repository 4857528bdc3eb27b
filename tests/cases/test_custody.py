"""The custody timeline: overlapping stays, words of law kept apart, knowledge that gets old."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from case_story import NOW, say
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.cases.board.models import Standing
from habeas.cases.custody import states, timeline
from habeas.cases.custody.drawing import WIDTH, drawing
from habeas.cases.statements import recording
from habeas.cases.statements.models import Statement, Subject
from habeas.cases.statements.recording import Hand

HAND = Hand("owner", NOW)


def held(case: Subject, state: str, about: str, speaker: str = "Sister", **more: Any) -> Statement:
    return say(case, "custody", state, speaker, about=about, **more)


def words(case: Subject) -> list[tuple[str, bool]]:
    return [(one.state, one.disputed) for one in timeline.stays(case)]


def test_a_stay_without_an_end_lasts_until_another_state_begins(case: Subject) -> None:
    held(case, "contact_lost", "2026-11-20T10:00")
    held(case, "in_custody", "2026-11-21")
    lost, kept = timeline.stays(case)
    assert lost.end == datetime(2026, 11, 21, tzinfo=UTC)
    assert not lost.told_end
    assert kept.end is None


def test_proceedings_run_beside_the_whereabouts(case: Subject) -> None:
    held(case, "in_custody", "2026-11-20")
    held(case, "charged", "2026-11-21")
    inside, charged = timeline.stays(case)
    assert inside.end is None
    assert charged.track == states.LAW
    assert words(case) == [("in_custody", False), ("charged", False)]
    badge = timeline.badge(timeline.stays(case), NOW)
    assert (badge.state, badge.law) == ("in_custody", "charged")


def test_who_says_held_and_who_says_free_are_both_shown_as_disputed(case: Subject) -> None:
    held(case, "in_custody", "2026-11-20", "Lawyer")
    held(case, "at_liberty", "2026-11-20", "Ministry")
    assert words(case) == [("in_custody", True), ("at_liberty", True)]


def test_what_follows_in_time_is_no_dispute(case: Subject) -> None:
    held(case, "in_custody", "2026-11-20")
    held(case, "released", "2026-11-21")
    assert [disputed for _state, disputed in words(case)] == [False, False]


@pytest.mark.parametrize("other", ["extradited", "expelled", "handed_over", "abducted"])
def test_legally_different_words_for_one_removal_are_a_dispute(case: Subject, other: str) -> None:
    held(case, "removed", "2026-11-20", "Ministry", details={"removal": "deported"})
    held(case, "removed", "2026-11-20", "Family", details={"removal": other})
    assert [disputed for _state, disputed in words(case)] == [True, True]


@pytest.mark.parametrize("language", ["en", "ru", "tg", "uz", "uz-cyrl"])
def test_the_words_of_removal_differ_in_every_language(language: str) -> None:
    from django.utils.translation import override

    with override(language):
        said = [str(sign.word) for sign in states.REMOVALS.values()]
        assert len(set(said)) == len(said)
        assert len({str(sign.word) for sign in states.STATES.values()}) == len(states.STATES)


def test_a_denial_beside_an_acknowledgement_is_a_dispute(case: Subject) -> None:
    held(case, "in_custody", "2026-11-20", "Duty officer", details={"whereabouts": "0101"})
    held(case, "in_custody", "2026-11-20", "Ministry", details={"whereabouts": "02"})
    assert [disputed for _state, disputed in words(case)] == [True, True]


def test_the_badge_follows_what_was_signed_even_if_something_newer_is_said(case: Subject) -> None:
    kept = held(case, "in_custody", "2026-11-20", details={"place": "Station 5"})
    held(case, "released", "2026-11-22", "Rumour", role="anonymous")
    assert timeline.badge(timeline.stays(case), NOW).state == "released"
    recording.sign([kept], HAND, reason="The lawyer saw him there today")
    badge = timeline.badge(timeline.stays(case), NOW)
    assert (badge.state, badge.place, badge.signed) == ("in_custody", "Station 5", True)


def test_knowledge_of_the_first_days_gets_old_in_twelve_hours_and_later_in_a_week() -> None:
    begun = datetime(2026, 11, 1, tzinfo=UTC)
    early, late = begun + timedelta(days=2, hours=23), begun + timedelta(days=3)
    assert timeline.stale_at(early, begun) == early + timedelta(hours=12)
    assert timeline.stale_at(late, begun) == late + timedelta(days=7)


def test_a_confirmation_makes_the_badge_fresh_again(case: Subject) -> None:
    held(case, "in_custody", "2026-11-01", at=NOW - timedelta(days=20))
    old = timeline.badge(timeline.stays(case), NOW)
    assert old.stale_at is not None
    assert old.stale_at < NOW
    held(case, "in_custody", "2026-11-01", "Lawyer", role="lawyer")
    new = timeline.badge(timeline.stays(case), NOW)
    assert new.confirmed_at == NOW
    assert new.stale_at == NOW + timedelta(days=7)
    assert Standing.objects.get(subject=case).stale_at == new.stale_at


def test_an_old_paper_that_turns_up_today_confirms_nothing_of_today(case: Subject) -> None:
    from case_story import document

    held(case, "in_custody", "2021-03-25", "A newspaper", document=document())
    badge = timeline.badge(timeline.stays(case), NOW)
    assert badge.confirmed_at == datetime(2021, 3, 26, tzinfo=UTC)


def test_nothing_said_is_not_known_and_never_at_liberty(case: Subject) -> None:
    badge = timeline.badge(timeline.stays(case), NOW)
    assert (badge.state, badge.confirmed_at) == ("unknown", None)


_STATES = st.sampled_from(list(states.STATES))
_DAYS = st.integers(min_value=1, max_value=28).map(lambda day: f"2026-10-{day:02d}")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(said=st.lists(st.tuples(_STATES, _DAYS, st.booleans()), min_size=1, max_size=8))
def test_any_timeline_can_be_drawn_and_nothing_is_left_out(
    case: Subject, said: list[tuple[str, str, bool]]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        for state, day, closed in said:
            held(case, state, f"{day}/2026-10-28" if closed else day)
        found = timeline.stays(case)
        drawn = drawing(found, [(NOW, "○", "no")], NOW)
        transaction.set_rollback(True)
    assert drawn is not None
    assert len(found) == len(said) == len(drawn.bars)
    lanes: dict[int, list[tuple[int, int]]] = {}
    for bar in drawn.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 6
        lanes.setdefault(bar.y, []).append((bar.x, bar.width))
    for row in lanes.values():
        row.sort()
        assert all(x + width <= after + 6 for (x, width), (after, _w) in itertools.pairwise(row))
