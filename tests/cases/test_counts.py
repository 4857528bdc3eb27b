"""Counts and lists of an event: floors with a named root, units apart, nothing of a list lost."""

from datetime import UTC, datetime
from typing import Any

import pytest
from case_story import BY, NOW, document
from django.db import DatabaseError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from habeas.cases.counts import counting, listing
from habeas.cases.counts.counting import Counted
from habeas.cases.counts.drawing import FLOOR, HEIGHT, WIDTH, drawing
from habeas.cases.counts.models import Check, Descent, Entry, NameList, PairAnswer
from habeas.cases.statements import recording
from habeas.cases.statements.models import Document, Statement, Subject
from habeas.cases.statements.recording import Hand, Said
from habeas.errors import NothingIsChanged, StatementRefused
from habeas.reading import Bounds, Hedge

HAND = Hand(BY, NOW)
LINES = """ОВД Мельничный:
1. Выдумов Небыл, 17 лет, без адвоката
2. Небылова Вымышлена 1990 г.р., тел. +7 900 000-00-00
*** позвонить позже ***
автозак 3:
Былов Придуман, отпущен
"""


@pytest.fixture
def event(case: Subject) -> Subject:  # noqa: ARG001 - a database with its clock
    return recording.new_subject(Subject.EVENT, "Задержания у мельницы", HAND)


def told(
    event: Subject,
    bounds: Bounds,
    wording: str,
    speaker: str = "Nowhere Centre",
    role: str = "monitor",
    **more: Any,
) -> Statement:
    """Return a count that somebody told."""
    paper = more.pop("document", None)
    counted = Counted(bounds, more.pop("unit", "people"), more.pop("what", "detained"))
    claim = counting.claim_of(counted, wording=wording, about="2026-11-24")
    return recording.state(event, claim, Said(speaker, role, paper), HAND)


def test_the_floor_is_the_strongest_one_with_a_named_root(event: Subject) -> None:
    told(event, Bounds.of(Hedge.AT_LEAST, 93), "at least 93")
    root = told(event, Bounds.of(Hedge.AT_LEAST, 120), "at least 120", "Another Centre")
    told(event, Bounds.of(Hedge.AT_LEAST, 300), "at least 300", "not named", role="anonymous")
    told(event, Bounds.of(Hedge.ABOUT, 500), "about 500")
    told(event, Bounds.in_words("hundreds"), "hundreds", "A Headline")
    (group,) = counting.groups(event)
    assert group.floor is not None
    assert group.root is not None
    assert (group.floor.low, group.root.statement) == (120, root)


def test_units_are_kept_apart(event: Subject) -> None:
    told(event, Bounds.of(Hedge.EXACT, 90), "90 people")
    told(event, Bounds.of(Hedge.EXACT, 120), "120 detentions", unit="detentions")
    told(event, Bounds.of(Hedge.EXACT, 7), "7 stations", unit="stations", what="")
    floors = {(one.unit, one.floor.low if one.floor else None) for one in counting.groups(event)}
    assert floors == {("people", 90), ("detentions", 120), ("stations", 7)}


def test_a_copy_is_no_second_root_and_never_a_stronger_floor(event: Subject, owner: Client) -> None:
    root = told(event, Bounds.of(Hedge.AT_LEAST, 120), "at least 120")
    copy = told(event, Bounds.of(Hedge.EXACT, 130), "130", "The Copying Courier", role="media")
    address = f"/en/cases/{event.code}/counts/{copy.pk}/copied/"
    owner.post(address, {"original": root.pk})
    (group,) = counting.groups(event)
    assert group.floor is not None
    assert (group.floor.low, group.copies) == (120, (2,))
    assert [one.hardened for one in group.told] == [False, True]
    assert (
        "says more than what it was copied from"
        in owner.get(f"/en/cases/{event.code}/").content.decode()
    )
    owner.post(address, {"original": ""})
    (group,) = counting.groups(event)
    assert group.floor is not None
    assert group.floor.low == 130
    assert [one.holds for one in Descent.objects.order_by("pk")] == [True, False]


def test_a_document_that_repeats_another_brings_no_root_of_its_own(event: Subject) -> None:
    first, copy = document("First"), document("Copy")
    told(event, Bounds.of(Hedge.AT_LEAST, 120), "at least 120", document=first)
    told(event, Bounds.of(Hedge.EXACT, 120), "120", "The Courier", document=copy)
    recording.derive(copy, first, HAND, holds=True, ground="the same words")
    (group,) = counting.groups(event)
    assert [one.original for one in group.told] == [0, 1]
    assert group.told[1].hardened


def test_counts_of_another_event_cannot_be_named_as_the_original(
    event: Subject, owner: Client
) -> None:
    other = recording.new_subject(Subject.EVENT, "Другое", HAND)
    foreign = told(other, Bounds.of(Hedge.EXACT, 1), "1")
    own = told(event, Bounds.of(Hedge.EXACT, 2), "2")
    address = f"/en/cases/{event.code}/counts/{own.pk}/copied/"
    owner.post(address, {"original": foreign.pk})
    owner.post(address, {"original": own.pk})
    assert Descent.objects.count() == 0
    missing = f"/en/cases/{event.code}/counts/{foreign.pk}/copied/"
    assert owner.post(missing, {"original": own.pk}).status_code == 404


_BOUNDS = st.one_of(
    st.builds(
        Bounds.of,
        st.sampled_from([one for one in Hedge if one not in (Hedge.RANGE, Hedge.WORDS)]),
        st.integers(0, 10**9),
    ),
    st.builds(Bounds.between, st.integers(0, 10**6), st.integers(0, 10**6)),
    st.builds(Bounds.in_words, st.sampled_from(["dozens", "hundreds", "thousands"])),
)


@given(_BOUNDS, st.none() | _BOUNDS)
def test_bounds_come_back_as_they_were_told(bounds: Bounds, total: Bounds | None) -> None:
    counted = Counted(bounds, "detentions", "detained", total)
    claim = counting.claim_of(counted, wording="…")
    kept = {key: value for key, value in claim.details.items() if value}
    assert counting.counted_of(Statement(details=kept)) == counted


@given(
    st.lists(
        st.tuples(_BOUNDS, st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1))),  # noqa: DTZ001 - made aware below
        min_size=1,
        max_size=12,
    )
)
def test_every_count_is_drawn_inside_of_the_drawing(
    rows: list[tuple[Bounds, datetime | None]],
) -> None:
    group = counting.Group(
        "people",
        "",
        tuple(
            counting.Told(
                number,
                Statement(),
                Counted(bounds),
                0,
                hardened=False,
                at=at.replace(tzinfo=UTC) if at else None,
            )
            for number, (bounds, at) in enumerate(rows, 1)
        ),
        None,
        None,
        (),
    )
    drawn = drawing(group)
    assert len(drawn.marks) == len(rows)
    for mark in drawn.marks:
        assert 0 <= mark.x <= WIDTH
        assert all(0 <= y <= HEIGHT for y in (mark.y, mark.low, mark.high, mark.above))
        assert mark.shape == "word" or mark.low <= FLOOR


def test_no_average_stands_anywhere_on_the_page(event: Subject, owner: Client) -> None:
    told(event, Bounds.of(Hedge.EXACT, 100), "100", "Police", role="police")
    told(event, Bounds.of(Hedge.EXACT, 300), "300", "Organisers", role="other")
    page = owner.get(f"/en/cases/{event.code}/").content.decode()
    drawn = page[page.index('id="counts"') : page.index('id="names"')]
    assert "300" in drawn
    assert ">200<" not in drawn


@pytest.mark.parametrize(
    ("fields", "bounds"),
    [
        ({"hedge": "at_least", "number": "120"}, Bounds.of(Hedge.AT_LEAST, 120)),
        ({"hedge": "range", "number": "80", "other": "60"}, Bounds.between(60, 80)),
        ({"hedge": "words", "size": "hundreds"}, Bounds.in_words("hundreds")),
    ],
)
def test_a_count_is_taken_down_by_hand(
    event: Subject, owner: Client, fields: dict[str, str], bounds: Bounds
) -> None:
    sent = {
        "wording": "столько-то", "unit": "people", "what": "detained", "total": "400",
        "speaker": "Хроника", "role": "monitor", "document_kind": "article", "zone": "UTC",
        "certainty": "unknown", "in_custody": "unknown", "visibility": "internal", **fields,
    }  # fmt: skip
    answer = owner.post(f"/en/cases/{event.code}/counts/add/", sent)
    assert answer.status_code == 302
    kept = counting.counted_of(Statement.objects.get(property=counting.TERM))
    assert (kept.bounds, kept.total) == (bounds, Bounds.of(Hedge.EXACT, 400))


@pytest.mark.parametrize(
    "fields",
    [
        {"hedge": "exact", "number": ""},
        {"hedge": "exact", "number": "-1"},
        {"hedge": "exact", "number": "1e99"},
        {"hedge": "range", "number": "1", "other": ""},
        {"hedge": "words", "size": ""},
    ],
)
def test_a_wording_without_its_number_is_refused(
    event: Subject, owner: Client, fields: dict[str, str]
) -> None:
    sent = {"wording": "x", "speaker": "x", "role": "media", **fields}
    assert owner.post(f"/en/cases/{event.code}/counts/add/", sent).status_code == 422
    assert Statement.objects.count() == 0


def test_a_person_is_no_event(case: Subject, owner: Client) -> None:
    for page in ("counts/add/", "lists/add/", "overlap/"):
        assert owner.get(f"/en/cases/{case.code}/{page}").status_code == 404


def kept(event: Subject, text: str = LINES, title: str = "Чат") -> NameList:
    """Return a list that was kept."""
    return listing.keep(event, listing.Sent(text, title), HAND)


def test_a_list_is_shown_before_it_is_kept_and_no_line_is_lost(
    event: Subject, owner: Client
) -> None:
    address = f"/en/cases/{event.code}/lists/add/"
    sent = {"title": "Чат", "lines": LINES}
    page = owner.post(address, {**sent, "preview": "1"}).content.decode()
    assert NameList.objects.count() == 0
    for words in ("Выдумов Небыл", "17", "+7 900 000-00-00", "позвонить позже", "автозак 3"):
        assert words in page
    page = owner.post(address, {**sent, "keep": "1"}, follow=True).content.decode()
    for line in LINES.split("\n"):
        assert line.strip() in page
    assert NameList.objects.get().text.replace("\r\n", "\n") == LINES


@given(st.text(max_size=300))
def test_whatever_is_pasted_stands_in_a_row_or_a_heading(text: str) -> None:
    pasted = listing.preview(text)
    seen = {row.line for row in [*pasted.rows, *pasted.headings]}
    assert seen == {n for n, line in enumerate(text.splitlines(), 1) if line.strip()}


def test_a_list_that_cannot_be_kept_leaves_nothing(
    event: Subject, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_rows: object, **_more: object) -> None:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(Entry.objects, "bulk_create", fail)
    with pytest.raises(DatabaseError):
        owner.post(
            f"/en/cases/{event.code}/lists/add/", {"title": "Чат", "lines": LINES, "keep": "1"}
        )
    assert (NameList.objects.count(), Document.objects.count()) == (0, 0)


def test_minors_and_those_without_a_lawyer_stand_on_top_of_their_station(event: Subject) -> None:
    kept(event, "ОВД Мельничный:\nБылов Придуман\nНебылова Вера, без адвоката\nВыдумов Н., 16 лет")
    names = listing.names_of(event)
    (station,) = names.raw
    assert station.name == "ОВД Мельничный"
    assert [one.entry.name for one in station.lines] == [
        "Выдумов Н.", "Небылова Вера", "Былов Придуман",
    ]  # fmt: skip
    assert (names.minors, names.no_lawyer) == (1, 1)


def test_only_what_somebody_checked_counts_as_a_floor(event: Subject, owner: Client) -> None:
    rows = list(kept(event).entries.order_by("line"))
    assert listing.names_of(event).at_least == 0
    owner.post(f"/en/lists/entries/{rows[0].pk}/check/", {"answer": "confirmed", "ground": ""})
    assert Check.objects.count() == 0
    for row in rows[:2]:
        owner.post(
            f"/en/lists/entries/{row.pk}/check/", {"answer": "confirmed", "ground": "мать видела"}
        )
    assert listing.names_of(event).at_least == 2
    told(event, Bounds.of(Hedge.AT_LEAST, 1), "at least 1")
    page = owner.get(f"/en/cases/{event.code}/").content.decode()
    assert "At least 2 people: our own checked list." in page
    owner.post(f"/en/lists/entries/{rows[0].pk}/check/", {"answer": "open"})
    assert listing.names_of(event).at_least == 1


def test_a_refused_line_leaves_the_raw_list_but_not_the_record(event: Subject) -> None:
    row = kept(event).entries.order_by("line")[0]
    listing.check(row, Check.REFUSED, HAND)
    shown = [one.entry.pk for station in listing.names_of(event).raw for one in station.lines]
    assert row.pk not in shown
    assert Entry.objects.filter(pk=row.pk).exists()
    with pytest.raises(NothingIsChanged):
        row.delete()


def test_an_empty_list_is_refused(event: Subject) -> None:
    with pytest.raises(StatementRefused, match="no line of the list may be a name"):
        kept(event, "  \n \n")


def test_twins_stay_apart_until_a_person_says_otherwise(event: Subject, owner: Client) -> None:
    kept(event, "Выдумов Н.\nНебылова Вымышлена Былова", "Первый")
    kept(event, "Выдумов Небыл\nНебылова Вымышлена Былова", "Второй")
    found = listing.overlapping(event)
    assert found.table.distinct == 3
    assert len(found.deduplicated.doubtful) == 1
    pair = found.deduplicated.doubtful[0]
    keys = [found.entries[pair.one].pk, found.entries[pair.other].pk]
    address = f"/en/cases/{event.code}/overlap/pair/"
    owner.post(address, {"entry": keys, "answer": "same"})
    found = listing.overlapping(event)
    assert (found.table.distinct, found.deduplicated.doubtful) == (2, ())
    owner.post(address, {"entry": keys, "answer": "different"})
    found = listing.overlapping(event)
    assert (found.table.distinct, found.deduplicated.doubtful) == (3, ())
    assert PairAnswer.objects.count() == 2


def test_an_estimate_is_shown_only_when_asked_with_its_assumptions(
    event: Subject, owner: Client
) -> None:
    first = kept(event, "Выдумов Небыл Былович\nНебылова Вымышлена Быловна", "Первый")
    second = kept(event, "Выдумов Небыл Былович\nПридуманов Иван Петрович", "Второй")
    address = f"/en/cases/{event.code}/overlap/"
    page = owner.get(address).content.decode()
    assert "independently of each other" in page
    assert "Chapman" not in page
    page = owner.get(address, {"list": [first.pk, second.pk]}).content.decode()
    assert "Chapman" in page
    assert "95 % interval" in page
    assert "So few stand on both" in page
    assert "Choose two lists." in owner.get(address, {"list": [first.pk]}).content.decode()


def test_lists_without_anybody_in_common_give_no_estimate(event: Subject, owner: Client) -> None:
    first = kept(event, "Выдумов Небыл Былович", "Первый")
    second = kept(event, "Придуманов Иван Петрович", "Второй")
    page = owner.get(f"/en/cases/{event.code}/overlap/", {"list": [first.pk, second.pk]})
    assert "Nobody stands on both lists" in page.content.decode()


def test_lines_beyond_what_a_page_can_compare_are_told(
    event: Subject, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(event, "Выдумов Небыл Былович\nПридуманов Иван Петрович\nБылова Вера Ивановна")
    monkeypatch.setattr(listing, "MOST_COMPARED", 2)
    page = owner.get(f"/en/cases/{event.code}/overlap/").content.decode()
    assert "1 line was not compared" in page


def test_a_list_is_told_to_the_next_shift(event: Subject, owner: Client) -> None:
    kept(event, title="Чат у мельницы")
    assert "Чат у мельницы" in owner.get("/en/hand-over/", {"hours": "24"}).content.decode()
