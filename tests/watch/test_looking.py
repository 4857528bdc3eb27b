"""One slot from asking to the ledger, over a real socket, with every way in which it can fail."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from invented_court import Court, Reply, broken_off, page
from tests.watch.conftest import FakeClock

from habeas.evidence import read_recording
from habeas.watch.adding import add_person
from habeas.watch.causes import Cause, CauseKind
from habeas.watch.decisions import decide
from habeas.watch.looking import Looking
from habeas.watch.models import (
    Decision,
    Entry,
    Event,
    Listing,
    Look,
    Match,
    Version,
    Watch,
)
from habeas.watch.past import Past

TODAY = "2026-11-24"
LIST = f"/list?day={TODAY}&page=1"
Make = Callable[[], Looking]


@pytest.fixture
def look(looking: Make, watch: Watch, clock: FakeClock) -> Callable[[], Look]:
    """Perform the next hour's slot, each time with a program started anew."""

    def one() -> Look:
        clock.pass_by(3600)
        return looking().look(watch, clock.now())

    return one


def kinds(look: Look) -> list[tuple[str, str]]:
    """Return what happened in a look: kind and identifier."""
    return [(event.kind, event.entry.identity.split(":")[1]) for event in look.events.all()]


# --- found -----------------------------------------------------------------------------------


def test_a_list_is_read_to_its_last_page_and_kept_with_its_proof(
    court: Court, look: Callable[[], Look]
) -> None:
    court.page_rows = 2
    for number in range(5):
        court.put(TODAY, f"u{number}", f"Выдумов{number} А.Б.", judge="Судьин В.Г.")
    done = look()
    assert (done.outcome, done.obstacle, done.confirmed) == ("found", "", True)
    assert (done.rows, done.counter, done.lists, done.confirmed_lists) == (5, 5, 1, 1)
    assert [asked["rows"] for asked in done.requests] == [2, 2, 1]
    assert all(asked["sha256"] and asked["record"] for asked in done.requests)
    (recorded,) = read_recording(Path(done.requests[0]["path"]))
    assert recorded.url.startswith("http://court.invented.replica.invalid/list")
    assert kinds(done) == [("appeared", f"u{number}") for number in range(5)]
    version = Version.objects.get(entry__identity="uid:u3")
    assert version.facts["uid"] == "u3"
    assert version.link == "http://court.invented/card?uid=u3"
    assert [mention.printed for mention in version.mentions.all()] == [
        "Выдумов3 А.Б.",
        "Судьин В.Г.",
    ]


def test_the_same_list_again_adds_nothing_but_the_look(
    court: Court, look: Callable[[], Look]
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.", judge="Семёнов В.Г.")
    look()
    court.put(TODAY, "u1", "ВЫДУМОВ  А.Б.", judge="СЕМЕНОВ В.Г.")
    again = look()
    assert again.confirmed
    assert kinds(again) == []
    assert Version.objects.count() == 1
    first, second = Listing.objects.order_by("id")
    assert (second.same_as, second.rows) == (first, 1)


def test_a_changed_entry_is_told_field_by_field(court: Court, look: Callable[[], Look]) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.", judge="Прежний В.Г.", time="10:00", case_number="1-1/26")
    look()
    court.put(TODAY, "u1", "Выдумов А.Б.", judge="Новый Д.Е.", time="10:00", case_number="1-9/26")
    done = look()
    (event,) = done.events.all()
    assert event.kind == Event.CHANGED
    assert event.changes == {
        "judge": ["Прежний В.Г.", "Новый Д.Е."],
        "case_number": ["1-1/26", "1-9/26"],
        "names": [["Выдумов А.Б.", "Прежний В.Г."], ["Выдумов А.Б.", "Новый Д.Е."]],
    }
    assert Entry.objects.count() == 1


def test_an_entry_that_claims_an_earlier_publication_is_marked(
    court: Court, look: Callable[[], Look], clock: FakeClock
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    look()
    court.put(TODAY, "u2", "Небылов В.Г.", published="20.11.2026")
    (event,) = look().events.all()
    assert event.changes == {"published_before_seen": [["20.11.2026"], TODAY]}
    assert clock.now().date().isoformat() == TODAY


# --- nothing is not nothing ------------------------------------------------------------------

FAULTS: list[tuple[Reply, str]] = [
    ((503, b"down"), "down"),
    ((403, b"no"), "blocked"),
    ((429, b"slowly"), "blocked"),
    ((404, b"nothing"), "gone"),
    ((200, b"<html><body>\xd0 \xd1</body></html>"), "layout_changed"),
    (broken_off, "incomplete"),
    (page(obstacle="captcha"), "captcha"),
    (page(obstacle="expired"), "expired"),
    (page(obstacle="encoding"), "encoding"),
    (page(obstacle="bad_query"), "bad_query"),
    (page(empty=True), "unconfirmed_empty"),
    (page(none=True), "unconfirmed_empty"),
    (page(rows=[], counter=7, pages=1), "incomplete"),
    (page(rows=[], counter=0, pages=1), "incomplete"),
    (page(rows=[{"uid": "u1", "people": []}], counter=2, pages=1), "incomplete"),
    (page(rows=[{"uid": "u1", "people": []}], counter=1, pages=2), "incomplete"),
    (page(**{"break": "the adapter"}), "layout_changed"),
]


def _named(value: object) -> str:
    return str(getattr(value, "__name__", value))[:40]


@pytest.mark.parametrize(("fault", "obstacle"), FAULTS, ids=_named)
def test_no_fault_is_ever_nothing_new(
    court: Court, look: Callable[[], Look], fault: Reply, obstacle: str
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.", judge="Судьин В.Г.")
    court.put(TODAY, "u2", "Небылов В.Г.")
    # The day before is empty as well, so no other list can confirm that this one is.
    assert look().confirmed
    court.faults["*"] = fault
    for _ in range(3):
        done = look()
        assert (done.outcome, done.obstacle) == ("could_not_look", obstacle)
        assert not done.confirmed
        assert done.explanation
        assert kinds(done) == []
    court.faults.clear()
    assert kinds(look()) == []


def test_an_expired_visit_gets_one_fresh_try(court: Court, look: Callable[[], Look]) -> None:
    court.faults[LIST] = page(obstacle="expired")
    look()
    assert court.asked == [LIST, LIST]


def test_a_site_that_is_back_after_a_minute_is_read_in_the_same_slot(
    court: Court, look: Callable[[], Look], clock: FakeClock
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    clock_sleep = clock.sleep

    def heal(seconds: float) -> None:
        clock_sleep(seconds)
        court.faults.clear()

    clock.sleep = heal  # type: ignore[method-assign]
    court.faults["*"] = (503, b"down")
    done = look()
    assert done.confirmed
    assert done.requests[0]["tries"] == 2


def test_a_broken_adapter_is_named_and_stops_only_itself(
    court: Court, look: Callable[[], Look]
) -> None:
    court.faults[LIST] = page(**{"break": "something"})
    done = look()
    assert done.obstacle == "layout_changed"
    assert done.explanation == "The adapter of xx_court broke off (ZeroDivisionError)."


def test_lists_read_before_the_adapter_broke_still_count(
    court: Court, looking: Make, clock: FakeClock, watch: Watch
) -> None:
    watch.days_ahead = 1
    watch.save()
    court.put(TODAY, "u1", "Выдумов А.Б.")
    court.faults["/list?day=2026-11-25&page=1"] = page(**{"break": "something"})
    done = looking().look(watch, clock.now())
    assert (done.outcome, done.rows, done.confirmed_lists) == ("could_not_look", 1, 1)
    assert kinds(done) == [("appeared", "u1")]


def test_a_court_that_the_source_does_not_have_is_a_row_too(
    looking: Make, clock: FakeClock, watch: Watch
) -> None:
    watch.court = "elsewhere"
    watch.save()
    done = looking().look(watch, clock.now())
    assert (done.outcome, done.confirmed) == ("could_not_look", False)


def test_an_answer_that_cannot_be_recorded_is_not_read(
    court: Court, look: Callable[[], Look], monkeypatch: pytest.MonkeyPatch
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")

    def full(*_written: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("habeas.evidence.writing.write_file", full)
    done = look()
    assert (done.outcome, done.obstacle) == ("could_not_look", "incomplete")
    assert "No space left on device" in done.explanation
    assert not Entry.objects.exists()


# --- empty -----------------------------------------------------------------------------------


def test_an_empty_list_is_believed_if_a_control_is_not_empty(
    court: Court, look: Callable[[], Look], clock: FakeClock
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    look()
    clock.pass_by(86400)
    done = look()
    assert (done.outcome, done.obstacle, done.confirmed) == ("not_found", "", True)
    assert [asked["why"] for asked in done.requests] == ["list", "control"]
    assert done.requests[1]["rows"] == 1


def test_an_empty_list_is_not_believed_if_the_control_is_empty_too(
    court: Court, look: Callable[[], Look], clock: FakeClock
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    look()
    clock.pass_by(86400)
    court.faults["*"] = page(empty=True)
    done = look()
    assert (done.outcome, done.obstacle) == ("could_not_look", "unconfirmed_empty")


def test_a_full_list_of_the_same_kind_in_the_same_slot_is_control_enough(
    court: Court, looking: Make, watch: Watch, clock: FakeClock
) -> None:
    watch.days_ahead = 1
    watch.save()
    court.put(TODAY, "u1", "Выдумов А.Б.")
    done = looking().look(watch, clock.now())
    assert done.confirmed
    assert [asked["why"] for asked in done.requests] == ["list", "list"]


# --- vanished, moved, returned ---------------------------------------------------------------


def test_an_entry_vanishes_after_two_confirmed_looks_and_leaves_its_proof(
    court: Court, look: Callable[[], Look]
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    court.put(TODAY, "u2", "Небылов В.Г.")
    look()
    del court.days[TODAY]["u2"]
    first = look()
    assert kinds(first) == []
    second = look()
    assert kinds(second) == [("vanished", "u2")]
    (event,) = second.events.all()
    assert event.changes["looks"] == [first.pk, second.pk]
    assert event.changes["card"] == "gone"
    (tombstone,) = read_recording(Path(event.changes["tombstone"]["path"]))
    assert tombstone.status == 404
    assert kinds(look()) == []
    court.put(TODAY, "u2", "Небылов В.Г.")
    assert kinds(look()) == [("returned", "u2")]
    assert kinds(look()) == []


def test_failed_looks_between_do_not_count_towards_vanishing(
    court: Court, look: Callable[[], Look]
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    court.put(TODAY, "u2", "Небылов В.Г.")
    look()
    row = court.days[TODAY].pop("u2")
    look()
    for fault in ((503, b""), page(obstacle="captcha")):
        court.faults["*"] = fault
        assert kinds(look()) == []
    court.faults.clear()
    court.days[TODAY]["u2"] = row
    assert kinds(look()) == []
    del court.days[TODAY]["u2"]
    assert kinds(look()) == []
    assert kinds(look()) == [("vanished", "u2")]


def test_half_a_list_is_no_absence_but_what_stands_there_appears(
    court: Court, look: Callable[[], Look]
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    court.put(TODAY, "u2", "Небылов В.Г.", time="10:00")
    look()
    half = [
        {"uid": "u2", "people": [["", "Небылов В.Г."]], "time": "11:00"},
        {"uid": "u3", "people": [["", "Новых Д.Е."]]},
    ]
    court.faults[LIST] = page(rows=half, counter=9, pages=1)
    done = look()
    assert done.obstacle == "incomplete"
    assert kinds(done) == [("appeared", "u3")]
    assert kinds(look()) == []


def test_a_cut_row_is_completed_without_an_event_and_its_names_are_kept(
    court: Court, look: Callable[[], Look]
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.", "Небылов В.Г.", time="10:00")
    cut = [{"uid": "u1", "people": [["", "Выдумов А.Б."]]}]
    court.faults[LIST] = page(rows=cut, cut=True)
    assert kinds(look()) == [("appeared", "u1")]
    assert kinds(look()) == []
    court.faults.clear()
    assert kinds(look()) == []
    whole = Version.objects.filter(entry__identity="uid:u1", whole=True).get()
    assert {mention.printed for mention in whole.mentions.all()} == {"Выдумов А.Б.", "Небылов В.Г."}
    court.put(TODAY, "u1", "Выдумов А.Б.", "Небылов В.Г.", time="11:00")
    assert kinds(look()) == [("changed", "u1")]


def test_half_a_row_of_a_known_entry_is_no_change(court: Court, look: Callable[[], Look]) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.", "Небылов В.Г.", time="10:00")
    look()
    cut = [{"uid": "u1", "people": [["", "Выдумов А.Б."]]}]
    court.faults[LIST] = page(rows=cut, cut=True)
    assert kinds(look()) == kinds(look()) == []
    court.faults.clear()
    assert kinds(look()) == []
    # The whole version is still what later ones are compared with.
    court.put(TODAY, "u1", "Выдумов А.Б.", "Небылов В.Г.", time="11:00")
    (event,) = look().events.all()
    assert event.changes == {"time": ["10:00", "11:00"]}


def test_a_card_that_is_cut_is_no_change(
    court: Court, look: Callable[[], Look], clock: FakeClock
) -> None:
    add_person("Холов Изатулло Амонович", clock.now())
    court.put(TODAY, "u1", "Холов И.А.", judge="Судьин В.Г.")
    look()
    court.faults["/card?uid=u1"] = page(rows=[{"uid": "u1", "people": []}], cut=True)
    assert kinds(look()) == []
    court.faults.clear()
    assert kinds(look()) == []


def test_a_case_that_is_put_off_has_moved_and_not_vanished(
    court: Court, looking: Make, watch: Watch, clock: FakeClock
) -> None:
    watch.days_ahead = 1
    watch.save()
    court.put(TODAY, "u1", "Выдумов А.Б.")
    court.put(TODAY, "u2", "Небылов В.Г.")
    court.put("2026-11-25", "u3", "Сказкин Д.Е.")
    looks = []
    for hour in range(3):
        clock.pass_by(3600)
        looks.append(looking().look(watch, clock.now()))
        if not hour:
            court.days["2026-11-25"]["u2"] = court.days[TODAY].pop("u2")
    assert kinds(looks[1]) == [("appeared", "u2")]
    assert kinds(looks[2]) == [("moved", "u2")]
    (event,) = looks[2].events.all()
    assert event.changes["scope"][0].startswith("2026-11-24 ")
    assert event.changes["scope"][1].startswith("2026-11-25 ")


def test_a_case_twice_in_one_list_is_one_entry(court: Court, look: Callable[[], Look]) -> None:
    rows = [
        {"uid": "u1", "people": [["", "Выдумов А.Б."]], "time": "10:00", "room": "4"},
        {"uid": "u1", "people": [["", "Выдумов А.Б."]], "time": "15:00", "room": "4"},
    ]
    court.faults[LIST] = page(rows=rows, counter=2, pages=1)
    look()
    version = Version.objects.get()
    assert version.facts["sittings"] == [{"n": 1, "time": "10:00"}, {"n": 2, "time": "15:00"}]
    court.faults[LIST] = page(rows=rows[::-1], counter=2, pages=1)
    assert kinds(look()) == []


# --- people ----------------------------------------------------------------------------------


def test_a_new_match_is_told_once_with_codes_only(
    court: Court, look: Callable[[], Look], clock: FakeClock, told: list[Cause]
) -> None:
    add_person("Холов Изатулло Амонович", clock.now(), code="A7")
    court.put(TODAY, "u1", "Холов И.А.", judge="Прежний В.Г.")
    court.put(TODAY, "u2", "Выдумов А.Б.")
    look()
    match = Match.objects.get(
        mention__printed="Холов И.А.", mention__version__entry__scope__startswith="2026"
    )
    assert match.reasons[0]["text"]
    assert [(cause.kind, cause.people) for cause in told] == [(CauseKind.MATCH, ("A7",))]
    assert "Холов" not in repr(told)
    look()
    assert len(told) == 1
    court.put(TODAY, "u1", "Холов И.А.", judge="Новый Д.Е.")
    look()
    # The judge is new in the list and on the card: that is one thing to tell.
    assert [(cause.kind, cause.people) for cause in told[1:]] == [(CauseKind.EVENT, ("A7",))]


def test_reading_a_card_later_is_no_news(
    court: Court, look: Callable[[], Look], clock: FakeClock, told: list[Cause]
) -> None:
    court.put(TODAY, "u1", "Холов И.А.")
    look()
    add_person("Холов Изатулло Амонович", clock.now(), code="A7")
    while Past().batch(clock.now()):
        pass
    assert [cause.kind for cause in told] == [CauseKind.MATCH]
    done = look()
    assert [asked["why"] for asked in done.requests] == ["list", "card"]
    # The site did nothing new: we only read the entry's own page for the first time.
    assert [cause.kind for cause in told] == [CauseKind.MATCH]


def test_the_card_of_a_match_is_read_in_the_same_slot(
    court: Court, look: Callable[[], Look], clock: FakeClock
) -> None:
    add_person("Холов Изатулло Амонович", clock.now())
    court.put(TODAY, "u1", "Холов И.А.")
    court.put(TODAY, "u2", "Выдумов А.Б.")
    done = look()
    assert "/card?uid=u1" in court.asked
    assert "/card?uid=u2" not in court.asked
    assert [asked["why"] for asked in done.requests] == ["list", "card"]
    assert Entry.objects.get(scope="card court.invented").identity == "uid:u1"


def test_a_name_on_a_page_that_was_not_understood_is_told_all_the_same(
    court: Court, look: Callable[[], Look], clock: FakeClock, told: list[Cause]
) -> None:
    add_person("Холов Изатулло Амонович", clock.now())
    names = ["Выдумов А.Б.", "Холов Изатулло Амонович"]
    court.faults[LIST] = page(obstacle="layout_changed", names=names)
    done = look()
    assert done.outcome == "could_not_look"
    assert [cause.kind for cause in told] == [CauseKind.MATCH]
    assert Match.objects.get().mention.printed == "Холов Изатулло Амонович"
    look()
    assert len([cause for cause in told if cause.kind is CauseKind.MATCH]) == 1


def test_a_page_that_was_not_understood_can_lose_nobody(
    court: Court, look: Callable[[], Look], clock: FakeClock, told: list[Cause]
) -> None:
    add_person("Холов Изатулло Амонович", clock.now(), code="A7")
    add_person("Ойбодом Выдумов Небылоевич", clock.now(), code="B2")
    court.put(TODAY, "u1", "Сказкин А.Б.")
    court.faults[LIST] = page(obstacle="layout_changed", names=["Холов Изатулло Амонович"])
    look()
    names = ["Холов Изатулло Амонович", "Выдумов Ойбодом Небылоевич"]
    court.faults[LIST] = page(obstacle="layout_changed", names=names)
    look()
    court.faults.clear()
    for _ in range(4):
        look()
    assert not Event.objects.exclude(kind="appeared").exists()
    assert [cause.people for cause in told] == [("A7",), ("B2",)]


def test_a_case_that_moves_is_told_once_in_whatever_letters_it_is_printed(
    court: Court, looking: Make, watch: Watch, clock: FakeClock, told: list[Cause]
) -> None:
    watch.days_ahead = 1
    watch.save()
    add_person("Алёхин Семён Петрович", clock.now(), code="A7")
    court.put(TODAY, "u1", "Алёхин С.П.")
    court.put(TODAY, "u2", "Небылов В.Г.")
    court.put("2026-11-25", "u3", "Сказкин Д.Е.")
    for hour in range(3):
        clock.pass_by(3600)
        looking().look(watch, clock.now())
        if not hour:
            del court.days[TODAY]["u1"]
            court.put("2026-11-25", "u1", "АЛЕХИН С.П.")
    matches = [cause for cause in told if cause.kind is CauseKind.MATCH]
    assert len(matches) == 1
    events = [
        Event.objects.get(pk=cause.event_id).kind for cause in told if cause.event_id is not None
    ]
    assert events == ["appeared", "moved"]


def test_a_further_name_in_a_case_is_told_if_it_says_more_or_the_first_was_ruled_out(
    court: Court, look: Callable[[], Look], clock: FakeClock, told: list[Cause]
) -> None:
    add_person("Холов Изатулло Амонович", clock.now(), code="A7")
    printed = []
    counts = []
    for name in ("Холов И.А.", "Холов Изатулло Амонович", "Холов Изатулло А."):
        printed.append(name)
        court.put(TODAY, "u1", *printed)
        look()
        counts.append(len([cause for cause in told if cause.kind is CauseKind.MATCH]))
    assert counts == [1, 2, 2]
    for match in Match.objects.all():
        decide(match, Decision.NOT_SAME, by="a lawyer", at=clock.now())
    court.put(TODAY, "u1", *printed, "Холов Изатулло Амон")
    look()
    assert [cause.kind for cause in told].count(CauseKind.MATCH) == 3


def test_three_failures_in_a_row_are_told_once(
    court: Court, look: Callable[[], Look], told: list[Cause]
) -> None:
    court.faults["*"] = (503, b"down")
    looks = [look() for _ in range(5)]
    assert [(cause.kind, cause.look_id) for cause in told] == [(CauseKind.GAP, looks[2].pk)]


# --- malicious pages -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/secret",
        "http://localhost/secret",
        "http://elsewhere.invented/list",
        "file:///etc/passwd",
        "http://court.invented@elsewhere.invented/list",
        "//elsewhere.invented/list",
    ],
)
def test_next_pages_are_confined_to_the_source(
    court: Court, look: Callable[[], Look], address: str
) -> None:
    rows = [{"uid": "u1", "people": [["", "Выдумов А.Б."]]}]
    court.faults[LIST] = page(rows=rows, next=[address], pages=2, counter=2)
    done = look()
    assert done.obstacle == "incomplete"
    assert court.asked == [LIST]


def test_a_list_without_end_is_left_at_a_bound(
    court: Court, look: Callable[[], Look], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("habeas.watch.pulling.MOST_PAGES", 5)

    def endless(handler: object) -> None:
        number = len(court.asked)
        rows = [{"uid": f"u{number}", "people": [["", "Выдумов А.Б."]]}]
        said = {
            "rows": rows,
            "page": number,
            "pages": number + 1,
            "next": [f"http://court.invented/list?day={TODAY}&page={number + 1}"],
        }
        body = json.dumps(said).encode()
        handler._send(200, body)  # type: ignore[attr-defined]

    court.faults["*"] = endless
    done = look()
    assert done.obstacle == "incomplete"
    assert len(court.asked) == 5


def test_a_host_that_fails_all_the_time_is_left_alone(
    court: Court, looking: Make, watch: Watch, clock: FakeClock
) -> None:
    watch.days_ahead = 7
    watch.save()
    court.faults["*"] = (503, b"down")
    done = looking().look(watch, clock.now())
    assert len(court.asked) == 5
    assert len(done.requests) == 8
    assert "left alone" in done.requests[-1]["explanation"]
    assert done.obstacle == "down"
    assert clock.now() - done.started_at < timedelta(minutes=10)
