"""Suggestions of a text: accepted into statements, refused for good, taken back, never hardened."""

from pathlib import Path

import pytest
from case_story import NOW, document, say
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client

from habeas.cases.counts import counting
from habeas.cases.documents import taking
from habeas.cases.statements import reading, recording
from habeas.cases.statements.models import Derivation, Document, Statement, Subject
from habeas.cases.statements.recording import Hand
from habeas.cases.suggestions import accepting, kin, marked, texts
from habeas.cases.suggestions.models import Answer, Made, Who
from habeas.cases.suggestions.offered import Offer, offers
from habeas.errors import NothingIsChanged, StatementRefused
from habeas.evidence.seals.documents import file_of
from habeas.language import speaking
from habeas.watch.models import Spelling

HAND = Hand("owner", NOW)
TEXT = """Arrests at the mill: hundreds held

At least 120 of 400 protesters were arrested on April 2. According to the Nowhere Human Rights \
Centre, they had come to speak up for Nebyl Vydumov.

Vydumov, 41, disappeared on March 25. In a video he states that his passport was cancelled. On \
March 27 the interior ministry of Tajikistan accused Vydumov of fraud. Vydumov was deported to \
Tajikistan on March 26. His lawyer, Vera Nebylova, denied the accusation.
"""


def given(case: Subject | None = None, text: str = TEXT, **more: str) -> Document:
    """Return a document with a text, in the file of a case if one is given."""
    fields = {"carrier": "The Invented Gazette", "published": "2021-04-07", **more}
    found = document(text=text, **fields)
    if case is not None:
        recording.file(case, found, HAND)
    return found


def offered(paper: Document, kind: str, words: str) -> Offer:
    """Return the one offer of a kind that tells certain words."""
    part = texts.part(texts.whole(paper).text, 1)
    found = [
        one
        for one in offers(part, paper.answers.order_by("number"))
        if one.kind == kind and words in f"{one.told} {one.words}"
    ]
    assert len(found) == 1, [one.told for one in found]
    return found[0]


def press(owner: Client, paper: Document, verb: str, offer: Offer, **fields: str) -> str:
    """Press a button of the page; return the page that follows."""
    address = f"/en/documents/{paper.pk}/read/"
    answer = owner.post(address, {"do": f"{verb} {offer.key}", **fields}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_state_of_custody_has_speaker_document_date_and_words(
    case: Subject, owner: Client
) -> None:
    paper = given(case)
    press(
        owner, paper, "accept", offered(paper, "custody", "deported"), case=case.code, year="2021"
    )
    (kept,) = reading.live(case, "custody")
    assert (kept.value, kept.details["removal"]) == ("removed", "deported")
    assert (kept.about, kept.speaker, kept.role) == ("2021-03-26", "The Invented Gazette", "media")
    assert kept.document == paper
    assert kept.as_said == "Vydumov was deported to Tajikistan on March 26."


def test_a_year_is_never_guessed(case: Subject, owner: Client) -> None:
    paper = given(case)
    press(owner, paper, "accept", offered(paper, "custody", "deported"), case=case.code, year="")
    (kept,) = reading.live(case, "custody")
    assert kept.about == ""
    assert accepting.anchored("XXXX-02-30", "2021") == ""


def test_a_count_goes_to_an_event_with_its_wording_and_bounds(owner: Client, case: Subject) -> None:
    paper = given(case)
    page = press(
        owner, paper, "accept", offered(paper, "count", "at least 120"),
        event="new", event_title="Arrests at the mill", year="2021",
    )  # fmt: skip
    event = Subject.objects.get(kind=Subject.EVENT)
    (kept,) = reading.live(event, counting.TERM)
    counted = counting.counted_of(kept)
    assert (counted.bounds.low, counted.bounds.high) == (120, None)
    assert counted.total is not None
    assert (counted.total.number, kept.as_said) == (400, "At least 120 of 400 protesters")
    assert kept.speaker.endswith("Nowhere Human Rights Centre")
    assert event.title == "Arrests at the mill"
    assert "accepted" in page


def test_a_doubtful_speaker_may_be_left_to_the_text_itself(owner: Client, case: Subject) -> None:
    paper = given(case)
    offer = offered(paper, "count", "at least 120")
    assert offer.doubtful
    press(owner, paper, "accept-carrier", offer, event="new")
    (kept,) = Statement.objects.filter(property=counting.TERM)
    assert (kept.speaker, kept.role) == ("The Invented Gazette", "media")


def test_an_accusation_is_alleged_by_its_speaker(owner: Client, case: Subject) -> None:
    paper = given(case)
    offer = offered(paper, "claim", "fraud")
    assert "alleges" in offer.told
    press(owner, paper, "accept", offer, case=case.code)
    (kept,) = reading.live(case, "accusation")
    assert (kept.value, kept.role) == ("fraud", "ministry")
    assert "ministry" in kept.speaker


def test_an_accuser_who_is_not_named_stays_so(owner: Client, case: Subject) -> None:
    paper = given(case, "Nebyl Vydumov is accused of corruption.")
    press(owner, paper, "accept", offered(paper, "claim", "corruption"), case=case.code)
    (kept,) = reading.live(case, "accusation")
    assert (kept.speaker, kept.role) == ("not named", counting.UNNAMED)


def test_the_cancelled_passport_is_the_mans_own_claim(owner: Client, case: Subject) -> None:
    paper = given(case)
    offer = offered(paper, "custody", "passport")
    press(owner, paper, "accept", offer, case=case.code)
    (kept,) = reading.live(case, "passport_cancelled")
    assert kept.role == "self"
    assert "Vydumov" in kept.speaker


def test_a_denial_never_becomes_a_state(owner: Client, case: Subject) -> None:
    paper = given(case, "The police denied that Nebyl Vydumov was arrested on 2 April 2021.")
    part = texts.part(paper.text, 1)
    for offer in list(offers(part, [])):
        if offer.kind == "custody":
            press(owner, paper, "accept", offer, case=case.code)
    assert reading.live(case, "custody") == []


def test_spellings_become_mentions_and_are_searched_for_if_asked(
    owner: Client, case: Subject
) -> None:
    paper = given(case)
    offer = offered(paper, "person", "Nebyl Vydumov")
    press(owner, paper, "accept-search", offer, **{f"who-{offer.person}": case.code})
    assert {one.value for one in reading.live(case, "mention")} == set(offer.spellings)
    assert set(offer.spellings) <= set(Spelling.objects.values_list("text", flat=True))
    assert Who.objects.get(document=paper).subject == case


def test_refusing_is_remembered_and_can_be_taken_back(owner: Client, case: Subject) -> None:
    paper = given(case)
    offer = offered(paper, "custody", "deported")
    assert "refused" in press(owner, paper, "refuse", offer)
    again = offered(paper, "custody", "deported")
    assert again.answer is not None
    assert again.answer.answer == Answer.REFUSED
    press(owner, paper, "back", again)
    assert offered(paper, "custody", "deported").answer is None
    assert [one.answer for one in Answer.objects.order_by("pk")] == ["refused", "open"]
    assert Statement.objects.count() == 0


def test_taking_back_retracts_what_was_made_and_forgets_nothing(
    owner: Client, case: Subject
) -> None:
    paper = given(case)
    for _round in range(2):
        offer = offered(paper, "custody", "deported")
        press(owner, paper, "accept", offer, case=case.code)
        assert len(reading.live(case, "custody")) == 1
        press(owner, paper, "back", offered(paper, "custody", "deported"))
        assert reading.live(case, "custody") == []
    assert Statement.objects.filter(retracts=None).count() == 2
    assert Made.objects.count() == 2


def test_nothing_is_taken_down_without_a_case(owner: Client, case: Subject) -> None:
    paper = given(case)
    page = press(owner, paper, "accept", offered(paper, "custody", "deported"), case="")
    assert "it does not say whose case it is" in page
    assert (Statement.objects.count(), Answer.objects.count()) == (0, 0)


@pytest.mark.parametrize("do", ["", "accept", "accept custody:1-2", "steal custody:1-2", "back x"])
def test_a_suggestion_that_is_not_there_changes_nothing(
    owner: Client, case: Subject, do: str
) -> None:
    paper = given(case)
    page = owner.post(f"/en/documents/{paper.pk}/read/", {"do": do}, follow=True).content.decode()
    assert "no longer there" in page
    assert Answer.objects.count() == 0


def test_two_who_answer_at_once_do_not_both_make_a_statement(case: Subject) -> None:
    paper = given(case)
    part = texts.part(paper.text, 1)
    early = offered(paper, "custody", "deported")
    late = offered(paper, "custody", "deported")
    choice = accepting.Choice(case, "2021")
    accepting.accept(paper, part, early, choice, HAND)
    for offer in (late, offered(paper, "custody", "deported")):
        with pytest.raises(StatementRefused, match="meanwhile"):
            accepting.accept(paper, part, offer, choice, Hand("second", NOW))
    Answer.objects.get()
    assert len(reading.live(case, "custody")) == 1


def test_when_the_answer_cannot_be_kept_no_statement_is(
    case: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = given(case)
    part = texts.part(paper.text, 1)

    def fail(**_fields: object) -> Made:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(Made.objects, "create", fail)
    with pytest.raises(DatabaseError):
        accepting.accept(
            paper, part, offered(paper, "custody", "deported"), accepting.Choice(case), HAND
        )
    assert (Statement.objects.count(), Answer.objects.count()) == (0, 0)


def test_answers_are_never_changed(case: Subject) -> None:
    paper = given(case)
    answer = accepting.refuse(paper, offered(paper, "custody", "deported"), HAND)
    with pytest.raises(NothingIsChanged):
        answer.save()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE suggestions_answer SET answer = 'accepted'")


def test_pieces_are_the_text_unchanged_and_marked_where_offers_rest(case: Subject) -> None:
    paper = given(case)
    part = texts.part(paper.text, 1)
    found = offers(part, [])
    pieces = marked.pieces(part.text, found)
    assert "".join(piece.text for piece in pieces) == part.text
    for offer in found:
        words = "".join(p.text for p in pieces if f"m{offer.number}" in p.classes.split())
        assert words == "".join(at.text for at in sorted(offer.at, key=lambda at: at.start))


def test_a_long_text_is_read_in_parts_and_answered_by_its_place(
    owner: Client, case: Subject
) -> None:
    paper = given(case, "Nothing here. " * 3000 + "\n\n" + TEXT)
    part = texts.part(paper.text, 2)
    assert part.of == 2
    offer = next(
        one for one in offers(part, []) if one.kind == "custody" and "deported" in one.told
    )
    start, end = map(int, offer.key.partition(":")[2].split("-"))
    assert paper.text[start:end] == "deported"
    owner.post(
        f"/en/documents/{paper.pk}/read/?part=2", {"do": f"accept {offer.key}", "case": case.code}
    )
    assert len(reading.live(case, "custody")) == 1


@pytest.mark.parametrize("number", ["0", "99999", "-1", "x", "٣", "9" * 5000])
def test_a_part_that_is_not_there_is_the_nearest_one(
    owner: Client, case: Subject, number: str
) -> None:
    paper = given(case)
    assert owner.get(f"/en/documents/{paper.pk}/read/", {"part": number}).status_code == 200


def test_what_could_not_be_read_says_why(owner: Client, case: Subject) -> None:
    nothing = document("An empty paper")
    page = owner.get(f"/en/documents/{nothing.pk}/read/").content.decode()
    assert "no text and no file" in page
    figures = given(case, "12345 678")
    assert "no word" in owner.get(f"/en/documents/{figures.pk}/read/").content.decode()


def test_a_damaged_file_is_not_read(owner: Client, case: Subject) -> None:

    upload = taking.take(case, taking.Sent(TEXT.encode(), "text.txt"), HAND)
    address = f"/en/documents/{upload.document_id}/read/"
    assert "At least 120" in owner.get(address).content.decode()
    path = Path(settings.HABEAS_HOME) / "documents" / file_of(upload.sha256)
    path.write_bytes(b"something else")
    page = owner.get(address).content.decode()
    assert "no longer what was taken" in page
    assert "At least 120" not in page


def test_a_copy_is_proposed_with_the_words_that_changed(owner: Client, case: Subject) -> None:
    first = given(case, published="2021-04-06")
    copy = given(case, TEXT.replace("At least 120", "120"), carrier="The Copying Courier")
    found = kin.proposed(copy, copy.text)
    assert found is not None
    assert (found.copy, found.original) == (copy, first)
    assert [(one.root, one.copy) for one in found.kinship.harder]
    page = owner.get(f"/en/documents/{copy.pk}/read/").content.decode()
    assert "Does it repeat another text?" in page
    owner.post(
        f"/en/documents/{copy.pk}/read/", {"do": f"repeats yes {copy.pk}-{first.pk}"}, follow=True
    )
    assert Derivation.objects.get().original == first
    assert kin.proposed(copy, copy.text) is None


def test_a_page_tells_questions_and_rules_in_its_own_language(owner: Client, case: Subject) -> None:
    paper = given(case)
    with speaking("en"):
        english = owner.get(f"/en/documents/{paper.pk}/read/").content.decode()
    russian = owner.get(f"/ru/documents/{paper.pk}/read/").content.decode()
    assert "A verb that says what was done to somebody." in english
    assert "A verb that says what was done to somebody." not in russian
    assert "депортирован" in russian or "выслан" in russian


def test_statements_of_people_beside_are_kept_apart(case: Subject, owner: Client) -> None:
    """Who is meant is remembered for each person of the text, not for the text."""
    paper = given(case)
    other = offered(paper, "person", "Vera Nebylova")
    press(owner, paper, "refuse", other)
    say(case, "note", "beside")
    assert Who.objects.count() == 0
