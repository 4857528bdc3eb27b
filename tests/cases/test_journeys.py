"""The pages as a user goes through them, without a browser: what is kept, shown, refused."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from case_story import BY, NAME, NOW, document, say
from django.test import Client
from django_ready import POSTGRESQL, SQLITE
from site_story import told

from habeas.cases import story as public
from habeas.cases.board.keeping import worked_out
from habeas.cases.board.models import Standing
from habeas.cases.handover.models import HandOver
from habeas.cases.lookups.models import LookUp
from habeas.cases.statements import reading, recording
from habeas.cases.statements.models import Draft, Line, Statement, Subject
from habeas.cases.statements.recording import Hand
from habeas.watch.models import Person

HAND = Hand(BY, NOW)
SAID = {
    "term": "sentence",
    "value": "9 лет",
    "speaker": "Адвокат",
    "role": "lawyer",
    "document_kind": "article",
    "zone": "Europe/Moscow",
    "certainty": "unknown",
    "in_custody": "unknown",
    "visibility": "internal",
}
INTAKE = {
    "who": "Вымышлен Небылов\nVymyshlen Nebylov",
    "when": "24.11.2026 12:10",
    "where": "Выдуманный район",
    "saw": "Соседка",
    "took": "Двое в штатском",
    "said": "Сказали: проверка документов",
    "role": "eyewitness",
    "zone": "Europe/Moscow",
}


def page(client: Client, address: str) -> str:
    response = client.get(f"/en/{address}")
    assert response.status_code == 200, address
    return unescape(response.content.decode())


@pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)
def test_a_case_is_open_after_six_fields(database: Any, owner: Client) -> None:
    del database
    response = owner.post("/en/new-case/", INTAKE)
    assert response.status_code == 302
    subject = Subject.objects.get(kind="person")
    assert response["Location"] == f"/en/cases/{subject.code}/"
    shown = page(owner, f"cases/{subject.code}/")
    for words in (
        "taken, not acknowledged",
        "Соседка",
        "eyewitness",
        "Двое в штатском",
        "проверка",
    ):
        assert words in shown
    assert Standing.objects.get(subject=subject).state == "taken_unacknowledged"
    assert subject.person is not None
    assert subject.person.spellings.count() == 2


def test_only_the_name_is_needed(database: Any, owner: Client) -> None:
    del database
    empty = dict.fromkeys(INTAKE, "") | {"zone": "UTC", "role": "family"}
    refused = owner.post("/en/new-case/", empty)
    assert refused.status_code == 422
    assert "Write at least one spelling" in refused.content.decode()
    assert owner.post("/en/new-case/", empty | {"who": "Небылов"}).status_code == 302
    assert Statement.objects.get().value == "contact_lost"


def test_somebody_alike_is_asked_about_once(case: Subject, owner: Client) -> None:
    first = owner.post("/en/new-case/", INTAKE | {"who": "Vydumov Oybodom"})
    assert first.status_code == 422
    shown = first.content.decode()
    assert f"/en/cases/{case.code}/" in shown
    assert "Двое в штатском" in shown
    assert Person.objects.count() == 1
    sure = owner.post("/en/new-case/", INTAKE | {"who": "Vydumov Oybodom", "sure": "1"})
    assert sure.status_code == 302
    assert Person.objects.count() == 2


def test_a_form_keeps_what_was_typed_after_an_error(case: Subject, owner: Client) -> None:
    wrong = INTAKE | {"when": "в среду"}
    response = owner.post("/en/new-case/", wrong)
    shown = unescape(response.content.decode())
    assert response.status_code == 422
    for words in wrong.values():
        assert words.splitlines()[0] in shown
    assert "“в среду” is no date. Write 25.03.2021" in shown
    bad = SAID | {"speaker": "", "address": "javascript:alert(1)", "term": "born", "value": "давно"}
    response = owner.post(f"/en/cases/{case.code}/say/", bad)
    shown = unescape(response.content.decode())
    assert response.status_code == 422
    for words in ("давно", "javascript:alert(1)", "An address begins with", "Write a date here"):
        assert words in shown
    assert not Statement.objects.exists()


def test_a_statement_is_said_corrected_and_taken_back(case: Subject, owner: Client) -> None:
    address = f"/en/cases/{case.code}/say/"
    sent = SAID | {"carrier": "Газета", "address": "https://example.org/1", "published": "03.2021"}
    assert owner.post(address, sent).status_code == 302
    first = Statement.objects.get()
    assert first.document is not None
    assert (first.document.carrier, first.document.published) == ("Газета", "2021-03")
    again = SAID | {"value": "10 лет", "document": str(first.document_id)}
    assert owner.post(f"/en/statements/{first.pk}/correct/", again).status_code == 302
    (second,) = reading.live(case)
    assert (second.value, second.supersedes, second.document) == ("10 лет", first, first.document)
    taken = {**SAID, "reason": "Ослышался"}
    assert owner.post(f"/en/statements/{second.pk}/retract/", taken).status_code == 302
    # What was corrected stands again, now that the correction is taken back.
    assert reading.live(case) == [first]
    record = page(owner, f"statements/{second.pk}/")
    assert "Taken back by" in record
    assert "Ослышался" in record


def test_one_signs_and_whoever_was_slower_reads_first(case: Subject, owner: Client) -> None:
    one = say(case, "sentence", "9 years", "Court", "court")
    two = say(case, "sentence", "10 years", "Digest", "media")
    address = f"/en/cases/{case.code}/line/sentence/"
    seen = reading.questions(case)[0]
    shown = f"{two.pk}-0"
    assert shown in page(owner, address.removeprefix("/en/"))
    assert seen.line is None
    sent = {"statement": [one.pk], "reason": "The court knows", "seen": shown}
    assert owner.post(address, sent | {"reason": " "}).status_code == 422
    assert owner.post(address, sent | {"statement": []}).status_code == 422
    assert owner.post(address, sent).status_code == 302
    late = owner.post(address, sent | {"statement": [two.pk]})
    assert late.status_code == 422
    assert "Something was added meanwhile" in late.content.decode()
    assert Line.objects.count() == 1
    shown = page(owner, f"cases/{case.code}/")
    assert "Shown first by choice of" in shown
    assert shown.index("9 years") < shown.index("Others say:") < shown.index("10 years")


def test_two_who_edit_at_once_stand_side_by_side(case: Subject, owner: Client) -> None:
    first = say(case, "sentence", "8 years")
    for value in ("9 years", "10 years"):
        sent = SAID | {"value": value}
        assert owner.post(f"/en/statements/{first.pk}/correct/", sent).status_code == 302
    shown = page(owner, f"cases/{case.code}/")
    assert "9 years" in shown
    assert "10 years" in shown
    assert "disputed" in shown


def test_a_draft_is_kept_for_its_author_alone_and_gone_once_sent(
    case: Subject, owner: Client
) -> None:
    path = f"/cases/{case.code}/say/"
    kept = {"draft_path": path, "value": "9 лет", "speaker": "Адвокат", "term": "sentence"}
    response = owner.post("/en/drafts/keep/", kept)
    assert response["Location"] == f"/en{path}"
    shown = page(owner, path[1:])
    assert "This is your draft" in shown
    assert "9 лет" in shown
    assert f"/en{path}" in page(owner, "board/")
    Draft.objects.update(by="somebody else")
    assert "9 лет" not in page(owner, path[1:])
    assert owner.post(f"/en/drafts/{Draft.objects.get().pk}/discard/").status_code == 404
    Draft.objects.update(by="owner")
    owner.post(f"/en{path}", SAID)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example", "/\\evil.example", ""])
@pytest.mark.usefixtures("case")
def test_a_draft_leads_nowhere_else(owner: Client, path: str) -> None:
    response = owner.post("/en/drafts/keep/", {"draft_path": path, "value": "x"})
    assert response["Location"].startswith("/en/")
    assert "//" not in response["Location"]
    assert "evil" not in response["Location"]


def test_a_desk_is_claimed_asked_and_the_answer_is_on_the_page(
    case: Subject, owner: Client
) -> None:
    office = {"title": "Станция № 5", "kind": "police", "phone": "+7 000", "district": "Мельничный"}
    assert owner.post(f"/en/cases/{case.code}/calls/add-office/", office).status_code == 302
    body = Subject.objects.get(kind="body")
    claimed = owner.post(f"/en/cases/{case.code}/calls/{body.code}/claim/")
    ask = f"/en/cases/{case.code}/calls/{body.code}/"
    assert claimed["Location"] == ask
    sent = {
        "whom": body.title,
        "outcome": "not_here",
        "answer": "Такого нет",
        "officer": "Дежурный Небылов",
        "spelling": NAME,
        "asked_at": "24.11.2026 14:10",
        "again": "3",
        "channel": "phone",
        "zone": "UTC",
    }
    for wrong, words in (
        ({"asked_at": "24.11.2026"}, "Write the day and the time"),
        ({"asked_at": "25.11.2026 10:00"}, "has not come yet"),
        ({"outcome": ""}, "Choose one."),
    ):
        refused = owner.post(ask, sent | wrong)
        assert refused.status_code == 422
        assert words in refused.content.decode()
        assert "Такого нет" in refused.content.decode()
    assert owner.post(ask, sent).status_code == 302
    (kept,) = LookUp.objects.all()
    assert kept.ask_again_at is not None
    assert kept.ask_again_at - kept.asked_at == timedelta(hours=3)
    shown = page(owner, f"cases/{case.code}/")
    for words in ("says: no such person", "Такого нет", "Дежурный Небылов", NAME, "ask again at"):
        assert words in shown


def test_a_taken_desk_is_told_and_another_one_is_next(case: Subject, owner: Client) -> None:
    from habeas.cases.lookups import asking

    desk = asking.add_desk("Station 5", "police", HAND)
    asking.claim(desk.body, Hand("Zarina", NOW))
    response = owner.post(f"/en/cases/{case.code}/calls/{desk.body.code}/claim/", follow=True)
    assert "Zarina is asking there now" in unescape(response.content.decode())
    assert "I ask here now" not in response.content.decode()


def test_a_match_is_decided_on_the_page_and_taken_back(database: Any, owner: Client) -> None:
    del database
    found = told()
    address = f"/en/cases/H7K3M/matches/{found.match.pk}/"
    shown = page(owner, "cases/H7K3M/")
    assert "ВЫДУМОВ ОЙБОДОМ НЕБЫЛОЕВИЧ" in shown
    assert "05-0001/2026" in shown
    refused = owner.post(address, {"answer": "same", "ground": "", "seen": "0"})
    assert refused.status_code == 422
    sent = {"answer": "same", "ground": "Паспорт", "seen": "0"}
    assert owner.post(address, sent)["Location"] == "/en/cases/H7K3M/"
    assert "Decided: the same person" in page(owner, "cases/H7K3M/")
    newest = found.match.decisions.order_by("-pk")[0].pk
    back = {"answer": "not_same", "ground": "Брат", "seen": str(newest)}
    assert owner.post(address, back).status_code == 302
    assert "Decided: the same person" not in page(owner, "cases/H7K3M/")


def test_entries_are_added_and_stand_differently_later(case: Subject, owner: Client) -> None:
    base = {key: text for key, text in SAID.items() if key not in {"term", "value"}}
    due = base | {"what": "Жалоба", "about": "24.11.2026 10:00", "standing": "open"}
    address = f"/en/cases/{case.code}/entries/deadline/add/"
    assert owner.post(address, due | {"about": ""}).status_code == 422
    assert owner.post(address, due).status_code == 302
    assert "overdue" in page(owner, f"cases/{case.code}/")
    assert Standing.objects.get(subject=case).deadline_at is not None
    first = Statement.objects.get()
    assert owner.post(f"/en/entries/{first.pk}/", due | {"standing": "met"}).status_code == 302
    assert "overdue" not in page(owner, f"cases/{case.code}/")
    assert Standing.objects.get(subject=case).deadline_at is None
    for kind, more in (
        ("need", {"sort": "medicine", "standing": "open"}),
        ("action", {"sort": "appeal", "standing": "sent", "whom": "Суд"}),
        ("threat", {"sort": "followed"}),
    ):
        sent = base | {"what": f"о {kind}", "about": ""} | more
        address = f"/en/cases/{case.code}/entries/{kind}/add/"
        assert owner.post(address, sent | {"sort": "nonsense"}).status_code == 422
        assert owner.post(address, sent).status_code == 302
        assert f"о {kind}" in page(owner, f"cases/{case.code}/")
    assert owner.get(f"/en/cases/{case.code}/entries/revenge/add/").status_code == 404


def test_identity_is_claimed_and_related_cases_are_linked(case: Subject, owner: Client) -> None:
    base = {key: text for key, text in SAID.items() if key not in {"term", "value"}}
    address = f"/en/cases/{case.code}/same/add/"
    sent = base | {"title": "Запись суда № 1", "kind": "record", "answer": "same", "ground": "сайт"}
    assert owner.post(address, sent | {"title": ""}).status_code == 422
    assert owner.post(address, sent | {"known": "NOBODY"}).status_code == 422
    assert owner.post(address, sent | {"known": case.code}).status_code == 422
    assert Subject.objects.count() == 1
    assert owner.post(address, sent).status_code == 302
    entry = Subject.objects.get(kind="record")
    denied = sent | {"known": entry.code, "answer": "not_same", "speaker": "Другой адвокат"}
    assert owner.post(address, denied).status_code == 302
    assert Subject.objects.count() == 2
    shown = page(owner, f"cases/{case.code}/")
    assert "not the same person" in shown
    assert "Nobody has signed: the two stay apart." in shown
    assert "On the page of the other" in page(owner, f"cases/{entry.code}/")
    related = base | {"known": entry.code, "kind": "record", "relation": "party"}
    assert owner.post(f"/en/cases/{case.code}/related/add/", related).status_code == 302
    assert "is a party of" in page(owner, f"cases/{case.code}/")


@pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)
def test_the_board_puts_stale_knowledge_first(case: Subject, owner: Client) -> None:
    from case_story import invented

    fresh, old, due = (invented(code, f"Небылов {code}") for code in ("FRESH", "OLD", "DUE"))
    say(fresh, "custody", "in_custody", about="2026-11-01")
    say(old, "custody", "in_custody", about="2026-10-01", at=NOW - timedelta(days=30))
    say(due, "custody", "in_custody", about="2026-11-01")
    say(due, "deadline", "Жалоба", about="2026-11-24T20:00", details={"standing": "open"})
    say(case, "custody", "contact_lost", about="2026-11-23", at=NOW - timedelta(hours=20))
    shown = page(owner, "board/")
    order = sorted(("FRESH", "OLD", "DUE", case.code), key=lambda code: shown.index(f"/{code}/"))
    assert order == ["OLD", case.code, "DUE", "FRESH"]
    assert "2 people need somebody now" in shown


def test_what_the_board_keeps_is_what_would_be_worked_out(case: Subject, owner: Client) -> None:
    del owner
    say(case, "custody", "in_custody", about="2026-11-01", details={"place": "Station 5"})
    say(case, "sentence", "9 years")
    say(case, "sentence", "10 years")
    kept = Standing.objects.get(subject=case)
    wanted = worked_out(case, NOW)
    assert {key: getattr(kept, key) for key in wanted} == wanted
    assert kept.open_questions == 1


def test_a_shift_is_handed_over(case: Subject, owner: Client) -> None:
    from habeas.cases.lookups import asking

    say(case, "sentence", "9 years", at=NOW - timedelta(hours=30))
    say(case, "last_seen", "у моста", at=NOW - timedelta(hours=2))
    asking.take(
        case,
        asking.Answer("Станция", NAME, "not_here", NOW, ask_again_at=NOW + timedelta(hours=3)),
        HAND,
    )
    shown = page(owner, "hand-over/")
    for words in ("у моста", "says: no such person", "ask again"):
        assert words in shown
    assert "9 years" not in shown
    assert "9 years" in page(owner, "hand-over/?hours=48")
    assert owner.post("/en/hand-over/", {"note": "Спросить мост ещё раз"}).status_code == 302
    shown = page(owner, "hand-over/")
    assert "Спросить мост ещё раз" in shown
    assert "у моста" not in shown
    assert HandOver.objects.count() == 1


def test_the_dossier_has_everything_and_nothing_to_press(case: Subject, owner: Client) -> None:
    say(case, "custody", "in_custody", about="2026-11-01", document=document("Газета"))
    say(case, "accusation", "fraud", "Ministry", "ministry")
    shown = page(owner, f"cases/{case.code}/dossier/")
    for words in (
        NAME,
        "in custody",
        "Газета",
        "accused (alleged)",
        "14:30 UTC</time> by",
    ):
        assert words in shown
    assert 'class="dossier"' in shown


def test_other_subjects_have_a_page_too(case: Subject, owner: Client) -> None:
    event = recording.new_subject(Subject.EVENT, "Протест у посольства", HAND)
    say(event, "note", "разогнан", other=case)
    shown = page(owner, f"cases/{event.code}/")
    assert "Протест у посольства" in shown
    assert "разогнан" in shown
    assert "Call list" not in shown


@pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)
def test_the_public_case_shows_its_disputes_on_one_page(database: Any, owner: Client) -> None:
    del database
    subject = public.load(NOW)
    assert public.load(NOW) == subject
    questions = {one.of.key: one for one in reading.questions(subject)}
    disputed = {key for key, one in questions.items() if one.disputed}
    assert {
        "same_as",
        "removal_ground",
        "removed_on",
        "missing_for",
        "alleged_amount",
        "sentence",
    } <= disputed
    shown = page(owner, f"cases/{public.CODE}/")
    for words in (
        "Interior Ministry of Tajikistan",
        "lawyer Kirill Zharinov",
        "not the same person",
        "almost a week",
        "five days",
        "weeks",
        "8,500,000 USD",
        "10 years",
        "extradited",
        "handed over",
        "deported",
        "accused (alleged)",
    ):
        assert words in shown, words
    assert questions["sentence"].versions[0].value == "9 years"
    assert questions["sentence"].versions[0].independent < len(
        questions["sentence"].versions[0].statements
    )
    assert Statement.objects.filter(document=None).count() == 0
    assert Statement.objects.filter(speaker="").count() == 0


def test_terms_are_shown_in_words_everywhere(case: Subject, owner: Client) -> None:
    details = {"removal": "extradited"}
    say(case, "custody", "removed", as_said="истирдод", about="2026-11-20", details=details)
    say(case, "custody", "in_custody", about="2026-11-21")
    for address in (f"cases/{case.code}/line/custody/", "hand-over/", "statements/1/"):
        shown = page(owner, address)
        assert "extradited: истирдод" in shown, address
        assert "in_custody (" not in shown
