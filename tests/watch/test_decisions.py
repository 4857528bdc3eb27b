"""Decisions, spellings, and the past that is screened again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from invented_court import Court
from tests.watch.conftest import FakeClock

from habeas.errors import DecisionRefused
from habeas.watch.adding import add_person
from habeas.watch.causes import Cause, CauseKind
from habeas.watch.decisions import current_answer, decide
from habeas.watch.looking import Looking
from habeas.watch.models import Backlog, Decision, Match, Spelling, Watch
from habeas.watch.past import Past

TODAY = "2026-11-24"


@pytest.fixture
def look(looking: Callable[[], Looking], watch: Watch, clock: FakeClock) -> Callable[[], object]:
    def one() -> object:
        clock.pass_by(3600)
        return looking().look(watch, clock.now())

    return one


@pytest.fixture
def past(clock: FakeClock) -> Callable[[], None]:
    """Screen the whole past that waits, with a program started anew for every batch."""

    def all_of_it() -> None:
        while Past().batch(clock.now()):
            pass

    return all_of_it


def test_a_person_added_later_is_found_in_what_was_captured_before(
    court: Court,
    look: Callable[[], object],
    clock: FakeClock,
    past: Callable[[], None],
    told: list[Cause],
) -> None:
    court.put(TODAY, "u1", "Холов И.А.")
    look()
    add_person("Холов Изатулло Амонович", clock.now(), code="A7")
    assert not Match.objects.exists()
    past()
    assert Match.objects.get().mention.printed == "Холов И.А."
    assert [(cause.kind, cause.people) for cause in told] == [(CauseKind.MATCH, ("A7",))]
    past()
    look()
    assert len([cause for cause in told if cause.kind is CauseKind.MATCH]) == 1


def test_a_confirmed_spelling_finds_what_was_passed_over(
    court: Court,
    look: Callable[[], object],
    clock: FakeClock,
    past: Callable[[], None],
    told: list[Cause],
) -> None:
    # The public case: who is "Izzat Amon" in the newspapers is "Холов И.А." in the court's list.
    add_person("Izzat Amon | Холов Изатулло", clock.now())
    court.put(TODAY, "u1", "Холов Изатулло Амонович")
    court.put(TODAY, "u2", "Амонов И.")
    court.put(TODAY, "u3", "Холов И.А.")
    look()
    match = Match.objects.get(
        mention__printed="Холов Изатулло Амонович",
        mention__version__entry__scope__startswith=TODAY,
    )
    decision = decide(match, Decision.SAME, by="a lawyer", ground="the article", at=clock.now())
    spelling = Spelling.objects.get(text="Холов Изатулло Амонович")
    assert spelling.origin == f"decision {decision.pk}"
    before = {found.pk for found in Match.objects.all()}
    past()
    assert not Backlog.objects.filter(done_at=None).exists()
    # What a person has decided is not put before them again.
    new = Match.objects.exclude(pk__in=before)
    assert not new.filter(mention=match.mention).exists()
    assert current_answer(match) == Decision.SAME
    # The new spelling is the printed name itself; that it agrees with itself is no news.
    ids = [cause.match_id for cause in told if cause.match_id is not None]
    told_of = Match.objects.filter(pk__in=ids, mention__printed=match.mention.printed)
    assert [one.verdict for one in told_of] == ["likely"]


def test_an_answer_taken_back_withdraws_its_spelling_and_nothing_else(
    court: Court, look: Callable[[], object], clock: FakeClock
) -> None:
    add_person("Холов Изатулло", clock.now())
    court.put(TODAY, "u1", "Холов Изатулло Амонович")
    look()
    match = Match.objects.order_by("id")[0]
    decide(match, Decision.SAME, by="a lawyer", at=clock.now())
    decide(match, Decision.NOT_SAME, by="a lawyer", ground="born later", at=clock.now())
    assert current_answer(match) == Decision.NOT_SAME
    assert Decision.objects.count() == 2
    withdrawn = Spelling.objects.exclude(withdrawn_at=None)
    assert [spelling.text for spelling in withdrawn] == ["Холов Изатулло Амонович"]


@pytest.mark.parametrize(("answer", "by"), [("perhaps", "a lawyer"), ("same", " ")])
def test_an_answer_without_sense_or_author_is_refused(
    court: Court, look: Callable[[], object], clock: FakeClock, answer: str, by: str
) -> None:
    add_person("Холов Изатулло", clock.now())
    court.put(TODAY, "u1", "Холов Изатулло")
    look()
    with pytest.raises(DecisionRefused):
        decide(Match.objects.order_by("id")[0], answer, by=by, at=clock.now())
    assert not Decision.objects.exists()


def test_the_past_goes_on_where_it_was_killed(
    court: Court,
    look: Callable[[], object],
    clock: FakeClock,
    past: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("habeas.watch.past.BATCH", 3)
    for number in range(10):
        court.put(
            TODAY, f"u{number}", "Холов И.А." if number in {1, 8} else f"Выдумов{number} А.Б."
        )
    look()
    add_person("Холов Изатулло Амонович", clock.now())
    assert Past().batch(clock.now())
    assert Backlog.objects.get().next_mention > 0
    assert Match.objects.count() == 1

    def killed() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Past().batch(clock.now(), killed)
    past()
    assert Match.objects.count() == 2
    assert {found.mention.version.entry.identity for found in Match.objects.all()} == {
        "uid:u1",
        "uid:u8",
    }


def test_a_spelling_that_is_known_is_not_added_twice(clock: FakeClock, database: Path) -> None:
    del database
    person = add_person("Холов Изатулло", clock.now(), code="A7")
    add_person("ХОЛОВ  Изатулло | Izzat Amon", clock.now(), code="A7")
    assert [spelling.text for spelling in person.spellings.order_by("id")] == [
        "Холов Изатулло",
        "Izzat Amon",
    ]
