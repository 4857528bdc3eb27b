"""Answers: new rows, with a ground, by somebody who read the newest one."""

from datetime import timedelta

import pytest
from django.test import Client
from site_story import NOW, PRINTED, Story, matched

from habeas.watch.models import Backlog, Decision, Entry, Match, Spelling


def _answer(owner: Client, match: Match, answer: str, *, seen: int = 0, ground: str = "Я") -> int:
    sent = {"answer": answer, "ground": ground, "seen": seen}
    return owner.post(f"/en/matches/{match.pk}/", sent).status_code


def test_an_answer_is_a_new_row_with_its_ground(story: Story, owner: Client) -> None:
    assert _answer(owner, story.match, "same", ground="  спросили жену  ") == 302
    decision = story.match.decisions.get()
    assert (decision.answer, decision.ground, decision.by) == ("same", "спросили жену", "owner")
    assert decision.at == NOW


def test_same_adds_the_spelling_and_screens_the_past(story: Story, owner: Client) -> None:
    _answer(owner, story.match, "same")
    spelling = Spelling.objects.get(person=story.person, text=PRINTED)
    assert spelling.origin.startswith("decision ")
    assert Backlog.objects.filter(person=story.person, done_at=None).exists()
    page = owner.get("/en/people/H7K3M/").content.decode()
    assert "as printed, confirmed by a decision" in page


def test_an_answer_can_be_taken_back_and_both_stay(story: Story, owner: Client) -> None:
    _answer(owner, story.match, "same")
    first = story.match.decisions.get()
    assert _answer(owner, story.match, "not_same", seen=first.pk, ground="Это его брат") == 302
    assert list(story.match.decisions.order_by("pk").values_list("answer", flat=True)) == [
        "same",
        "not_same",
    ]
    assert Spelling.objects.get(text=PRINTED).withdrawn_at is not None
    page = owner.get(f"/en/matches/{story.match.pk}/").content.decode()
    assert page.index("Это его брат") < page.index(">Я<") if ">Я<" in page else "Я" in page


def test_the_answer_of_somebody_else_is_not_overruled_unread(story: Story, owner: Client) -> None:
    Decision.objects.create(match=story.match, answer="not_same", ground="б", by="other", at=NOW)
    response = owner.post(
        f"/en/matches/{story.match.pk}/", {"answer": "same", "ground": "вижу фото", "seen": 0}
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Somebody answered meanwhile" in page
    assert "вижу фото" in page  # what was typed is kept
    assert story.match.decisions.count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose an answer."),
        ({"answer": "maybe", "ground": "x"}, "Choose one of the three answers."),
        ({"answer": "same", "ground": "  "}, "Write how you know"),
        ({"answer": "not_same"}, "Write how you know"),
        ({"answer": "same", "ground": "x" * 5001}, "fewer than 5000"),
        ({"answer": "same", "ground": "x", "seen": "abc"}, "Please correct this"),
    ],
)
def test_an_answer_that_cannot_be_taken_changes_nothing(
    sent: dict[str, str], words: str, story: Story, owner: Client
) -> None:
    response = owner.post(f"/en/matches/{story.match.pk}/", sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert "Please correct this" in page
    assert not story.match.decisions.exists()


def test_to_leave_it_open_needs_no_ground(story: Story, owner: Client) -> None:
    assert _answer(owner, story.match, "open", ground="") == 302
    page = owner.get("/en/").content.decode()
    assert f"/en/matches/{story.match.pk}/" in page  # it still waits


def test_one_case_in_two_lists_is_asked_once(story: Story, owner: Client) -> None:
    again = matched(story.person, story.look, PRINTED, "case-1b")
    Entry.objects.filter(identity="case-1b").update(identity="case-1", scope="2026-11-25")
    page = owner.get("/en/people/H7K3M/").content.decode()
    assert f"/en/matches/{again.pk}/" in page
    assert f"/en/matches/{story.match.pk}/" not in page
    assert _answer(owner, story.match, "not_same") == 302  # an old link leads to the newest
    assert again.decisions.count() == 1
    assert "No match awaits a decision." in owner.get("/en/people/H7K3M/").content.decode()


def test_taking_same_back_takes_it_from_every_list_of_the_case(story: Story, owner: Client) -> None:
    _answer(owner, story.match, "same")
    first = story.match.decisions.get()
    matched(story.person, story.look, PRINTED, "case-1b")
    Entry.objects.filter(identity="case-1b").update(identity="case-1", scope="2026-11-25")
    assert "Decided: the same person" in owner.get("/en/people/H7K3M/").content.decode()
    assert _answer(owner, story.match, "not_same", seen=first.pk, ground="брат") == 302
    assert story.match.decisions.order_by("-pk")[0].answer == "not_same"
    assert Spelling.objects.get(text=PRINTED).withdrawn_at is not None
    page = owner.get("/en/people/H7K3M/").content.decode()
    assert "Decided: the same person" not in page
    # Written down beside two matches, told once.
    assert page.count("брат") == 1


def test_a_stronger_comparison_opens_a_refused_match_again(story: Story, owner: Client) -> None:
    _answer(owner, story.match, "not_same")
    assert f"/en/matches/{story.match.pk}/" not in owner.get("/en/").content.decode()
    stronger = Match.objects.create(
        person=story.person,
        mention=story.match.mention,
        verdict="same",
        bits=story.match.bits + 8,
        namesakes=0.0,
        reasons=[],
        spellings=story.match.spellings + 1,
        made_at=NOW + timedelta(minutes=1),
    )
    assert f"/en/matches/{stronger.pk}/" in owner.get("/en/").content.decode()
    page = owner.get(f"/en/matches/{stronger.pk}/").content.decode()
    assert "before a further spelling was known" in page


def test_an_equal_comparison_does_not_ask_again(story: Story, owner: Client) -> None:
    _answer(owner, story.match, "not_same")
    Match.objects.create(
        person=story.person,
        mention=story.match.mention,
        verdict=story.match.verdict,
        bits=story.match.bits,
        namesakes=0.0,
        reasons=[],
        spellings=story.match.spellings + 1,
        made_at=NOW,
    )
    assert "No match awaits a decision." in owner.get("/en/").content.decode()


def test_the_reasons_are_told_in_the_reader_s_language(story: Story, owner: Client) -> None:
    english = owner.get(f"/en/matches/{story.match.pk}/").content.decode()
    russian = owner.get(f"/ru/matches/{story.match.pk}/").content.decode()
    assert "the same surname" in english
    assert "the same surname" not in russian
    Match.objects.filter(pk=story.match.pk).update(
        reasons=[{"part": "x", "rule": "a later rule", "text": "surname: as it was kept (+1.0)"}]
    )
    assert "as it was kept" in owner.get(f"/ru/matches/{story.match.pk}/").content.decode()
