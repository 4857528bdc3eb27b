"""Consent: what counts when several people answered, over time; what the page refuses."""

from datetime import timedelta
from typing import Any

import pytest
from case_story import NOW
from django.db import DatabaseError, connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from habeas.cases.consent import asking
from habeas.cases.consent.models import Consent
from habeas.cases.consent.words import USES
from habeas.cases.statements.models import Subject

TODAY = NOW.date()


def answered(case: Subject, use: str = "un", **fields: Any) -> Consent:
    kept = {
        "given": True,
        "speaker": "Сестра",
        "role": "family",
        "manner": "phone",
        "answered_on": TODAY,
        "by": "owner",
        "at": NOW,
    }
    return Consent.objects.create(subject=case, use=use, **(kept | fields))


def holds(case: Subject, use: str = "un") -> str:
    return asking.answers(case, NOW)[use].missing


def test_nobody_asked_is_no_consent_to_anything(case: Subject) -> None:
    found = asking.answers(case, NOW)
    assert set(found) == set(USES)
    assert {one.missing for one in found.values()} == {asking.NEVER}


def test_a_yes_holds_for_its_use_alone(case: Subject) -> None:
    answered(case, "lawyer")
    assert holds(case, "lawyer") == ""
    assert holds(case, "monitor") == asking.NEVER


def test_a_later_no_takes_an_earlier_yes_back_though_it_was_taken_down_before(
    case: Subject,
) -> None:
    answered(case, given=False, answered_on=TODAY)
    answered(case, answered_on=TODAY - timedelta(days=2))
    assert holds(case) == asking.REFUSED


def test_a_yes_ends_after_its_last_day(case: Subject) -> None:
    answered(case, until=TODAY)
    assert holds(case) == ""
    assert asking.answers(case, NOW + timedelta(days=1))["un"].missing == asking.ENDED


@pytest.mark.parametrize(("own", "missing"), [(True, ""), (False, asking.REFUSED)])
def test_the_persons_own_answer_outweighs_later_answers_of_others(
    case: Subject, *, own: bool, missing: str
) -> None:
    answered(case, role="self", given=own, answered_on=TODAY - timedelta(days=30))
    answered(case, role="family", given=not own)
    assert holds(case) == missing


def test_when_the_time_of_their_own_yes_is_over_others_may_answer_again(case: Subject) -> None:
    answered(case, role="self", until=TODAY - timedelta(days=1))
    assert holds(case) == asking.ENDED
    answered(case, role="lawyer")
    assert holds(case) == ""


def test_a_refusal_of_their_own_never_runs_out(case: Subject) -> None:
    answered(case, role="self", given=False, until=TODAY - timedelta(days=400),
             answered_on=TODAY - timedelta(days=500))  # fmt: skip
    answered(case, role="family")
    assert holds(case) == asking.REFUSED


@given(
    st.lists(
        st.tuples(st.booleans(), st.booleans(), st.integers(0, 5), st.integers(-3, 3)), max_size=6
    )
)
def test_a_use_is_only_ever_allowed_by_a_yes_that_stands(
    rows: list[tuple[bool, bool, int, int]],
) -> None:
    """However they are ordered, no "no" of their own is outvoted, and no yes outlives its end."""
    kept = [
        Consent(
            pk=n,
            use="un",
            given=yes,
            role="self" if own else "family",
            answered_on=TODAY - timedelta(days=ago),
            until=TODAY + timedelta(days=left),
        )
        for n, (yes, own, ago, left) in enumerate(rows)
    ]
    ordered = sorted(kept, key=lambda one: (one.answered_on, one.pk))
    answer = asking._answer("un", ordered, NOW)
    if answer.holds:
        assert answer.row is not None
        assert answer.row.given
        assert answer.row.until is None or answer.row.until >= TODAY
        own = [one for one in ordered if one.role == "self"]
        assert not own or own[-1].given


def test_answers_are_added_and_never_changed(case: Subject) -> None:
    row = answered(case)
    with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
        cursor.execute("UPDATE consent_consent SET given = false WHERE id = %s", [row.pk])


def sent(owner: Client, case: Subject, **fields: Any) -> tuple[int, str]:
    typed = {
        "uses": ["lawyer", "un"],
        "answer": "yes",
        "speaker": "Мать Небыла",
        "role": "family",
        "manner": "spoken",
        "answered_on": "2026-11-20",
        "until": "",
        "document": "",
        "note": "не называть город",
    }
    response = owner.post(f"/en/cases/{case.code}/consent/add/", typed | fields)
    return response.status_code, response.content.decode()


def test_one_form_takes_down_several_uses_and_the_case_shows_them(
    case: Subject, owner: Client
) -> None:
    assert sent(owner, case)[0] == 302
    assert set(Consent.objects.values_list("use", "given")) == {("lawyer", True), ("un", True)}
    page = owner.get(f"/en/cases/{case.code}/").content.decode()
    assert "Мать Небыла" in page
    assert "не называть город" in page
    assert page.count("agreed") == 2
    assert page.count("nobody was asked") == 5


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"uses": []}, "Choose at least one."),
        ({"uses": ["everything"]}, "not one of the available choices"),
        ({"answered_on": "2126-01-01"}, "This day has not come yet."),
        ({"answered_on": "вчера"}, "This is no date."),
        ({"until": "2026-11-19"}, "This is before the day of the answer."),
        ({"speaker": " "}, "This has to be filled in."),
        ({"document": "1"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_taken_down(
    case: Subject, owner: Client, fields: dict[str, Any], words: str
) -> None:
    status, page = sent(owner, case, **fields)
    assert status == 422
    assert words in page
    assert not Consent.objects.exists()


def test_a_form_cannot_say_who_took_it_down_or_when(case: Subject, owner: Client) -> None:
    sent(owner, case, by="somebody", at="2020-01-01", subject="2")
    assert set(Consent.objects.values_list("by", "at", "subject")) == {("owner", NOW, case.pk)}


def test_only_people_are_asked(case: Subject, owner: Client) -> None:
    place = Subject.objects.create(kind=Subject.PLACE, code="L-1", added_by="owner")
    del case
    assert owner.get(f"/en/cases/{place.code}/consent/add/").status_code == 404
