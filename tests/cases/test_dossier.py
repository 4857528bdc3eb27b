"""What is printed for whom: a statement goes no further than the circle that may see it."""

from html import unescape

import pytest
from case_story import NAME, NOW, document, say
from django.test import Client

from habeas.cases.lookups import asking
from habeas.cases.statements import reading, recording
from habeas.cases.statements.models import Document, Subject

HAND = recording.Hand("volunteer-7", NOW)


def printed(owner: Client, case: Subject, circle: str) -> str:
    response = owner.get(f"/en/cases/{case.code}/dossier/?for={circle}")
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.fixture
def said(case: Subject) -> Subject:
    say(case, "note", "нашей сестре звонил следователь")
    say(case, "note", "адвокат видел протокол", visibility="lawyer")
    say(case, "note", "задержан у моста", visibility="un")
    say(case, "accusation", "мошенничество", "Ministry", "ministry", visibility="public",
        document=document("Газета"))  # fmt: skip
    return case


@pytest.mark.parametrize(
    ("circle", "seen"),
    [
        ("internal", {"следователь", "протокол", "моста", "мошенничество"}),
        ("lawyer", {"протокол", "моста", "мошенничество"}),
        ("monitor", {"моста", "мошенничество"}),
        ("un", {"моста", "мошенничество"}),
        ("public", {"мошенничество"}),
    ],
)
def test_each_reader_gets_what_they_may_see(
    said: Subject, owner: Client, circle: str, seen: set[str]
) -> None:
    shown = printed(owner, said, circle)
    words = {"следователь", "протокол", "моста", "мошенничество"}
    assert {one for one in words if one in shown} == seen
    assert (f"{4 - len(seen)} statement" in shown) == (circle != "internal")


def test_what_a_hidden_statement_replaced_stays_out_too(case: Subject, owner: Client) -> None:
    first = say(case, "note", "он в Сахарово", visibility="public")
    say(case, "note", "он на Петровке", visibility="internal", supersedes=first)
    shown = printed(owner, case, "public")
    assert "Сахарово" not in shown
    assert "Петровке" not in shown
    assert "1 statement that fewer people may see" in shown


def test_papers_that_only_hidden_statements_rest_on_are_not_named(
    case: Subject, owner: Client
) -> None:
    say(case, "note", "тайна", document=document("Тайная записка"))
    say(case, "note", "известно", visibility="public", document=document("Заметка в газете"))
    assert Document.objects.count() == 2
    shown = printed(owner, case, "public")
    assert "Заметка в газете" in shown
    assert "Тайная записка" not in shown
    assert "Тайная записка" in printed(owner, case, "internal")


def test_an_unknown_reader_gets_nothing(case: Subject, owner: Client) -> None:
    assert owner.get(f"/en/cases/{case.code}/dossier/?for=everyone").status_code == 404


def test_outside_of_a_dossier_nothing_is_left_out(said: Subject) -> None:
    with reading.shown_to("public") as circle:
        assert len(reading.live(said)) == 1
    assert len(circle.left_out) == 3
    assert len(reading.live(said)) == 4


def test_our_own_work_and_names_stay_with_us(case: Subject, owner: Client) -> None:
    say(case, "custody", "in_custody", about="2026-11-01", visibility="public",
        document=document("Газета"))  # fmt: skip
    years = say(case, "sentence", "9 years", visibility="public")
    other = recording.new_subject(Subject.RECORD, "Вымыслов", HAND)
    same = say(case, "same_as", "same", other=other, visibility="public")
    recording.sign([years], HAND, reason="so says our friend")
    recording.sign([same], HAND, reason="seen with our eyes")
    asking.take(case, asking.Answer("Станция у моста", NAME, "not_here", NOW), HAND)
    inside, outside = printed(owner, case, "internal"), printed(owner, case, "public")
    for words in (
        "Станция у моста",
        "says: no such person",
        "so says our friend",
        "seen with our eyes",
        HAND.by,
    ):
        assert words in inside
        assert words not in outside
    assert "in custody" in outside


@pytest.mark.parametrize("circle", ["lawyer", "public"])
def test_others_are_not_told_that_nobody_said_or_chose(
    case: Subject, owner: Client, circle: str
) -> None:
    first = say(case, "custody", "in_custody", about="2026-11-01")
    say(case, "sentence", "9 years", visibility="public")
    say(case, "sentence", "10 years", visibility="public")
    recording.sign([first], HAND, reason="we know it")
    shown = printed(owner, case, circle)
    assert "nobody has said anything" not in shown
    assert "Nobody has" not in shown
    assert "Nothing is said" not in shown
    assert "statement that fewer people may see" in shown


def test_of_somebody_of_whom_all_is_hidden_nothing_untrue_is_printed(
    case: Subject, owner: Client
) -> None:
    say(case, "custody", "in_custody", about="2026-11-01")
    shown = printed(owner, case, "public")
    for untrue in ("nobody has said", "Nothing is said", "No statement is left out"):
        assert untrue not in shown
