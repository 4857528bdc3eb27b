"""The pages of sharing: nothing leaves unseen, and what left stands on the case."""

import json
import re
from html import unescape

import pyrage
import pytest
from agreed import agreed
from case_story import NAME, document, invented, say
from django.test import Client
from team_story import member

from habeas.cases.sharing.models import Leaving
from habeas.cases.statements.models import Subject


def page(owner: Client, address: str) -> str:
    response = owner.get(f"/en/{address}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def seen_on(html: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', html)
    assert found
    return found[1]


@pytest.fixture
def shared(case: Subject) -> Subject:
    agreed(case, "lawyer", days_ago=1)
    say(case, "note", "протокол у адвоката", visibility="lawyer", document=document())
    say(case, "note", "только мы", visibility="internal")
    return case


def test_the_page_says_who_and_what_leaves_and_the_file_holds_just_that(
    shared: Subject, owner: Client
) -> None:
    address = f"cases/{shared.code}/share/json/?for=lawyer"
    html = page(owner, address)
    assert "note: 1" in html
    assert "1 statement" in html
    response = owner.post(
        f"/en/{address}", {"recipient": "Адвокат Выдумова", "seen": seen_on(html)}
    )
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="json-1.jsonl"'
    head, person = map(json.loads, response.content.decode().splitlines())
    assert head["recipient"] == "Адвокат Выдумова"
    assert person["names"][0]["text"] == NAME
    assert [one["value"] for one in person["statements"]] == ["протокол у адвоката"]
    told = page(owner, f"cases/{shared.code}/")
    assert Leaving.objects.get().sha256 in told
    assert "Адвокат Выдумова" in told


def test_a_refusal_names_the_missing_consent_and_nothing_can_be_sent(
    case: Subject, owner: Client
) -> None:
    address = f"cases/{case.code}/share/json/?for=un"
    html = page(owner, address)
    assert "send it to the UN, confidentially" in html
    assert "<button>I have read" not in html
    response = owner.post(f"/en/{address}", {"recipient": "WGEID", "seen": "0" * 64})
    assert response.status_code == 422
    assert not Leaving.objects.exists()


def test_what_was_not_seen_does_not_leave(shared: Subject, owner: Client) -> None:
    address = f"cases/{shared.code}/share/json/?for=lawyer"
    seen = seen_on(page(owner, address))
    say(shared, "note", "сказано после", visibility="lawyer")
    response = owner.post(f"/en/{address}", {"recipient": "Адвокат", "seen": seen})
    assert response.status_code == 422
    assert "changed meanwhile" in response.content.decode()
    assert not Leaving.objects.exists()


def test_consent_withdrawn_between_seeing_and_sending_stops_it(
    shared: Subject, owner: Client
) -> None:
    address = f"cases/{shared.code}/share/json/?for=lawyer"
    seen = seen_on(page(owner, address))
    agreed(shared, "lawyer", given=False)
    response = owner.post(f"/en/{address}", {"recipient": "Адвокат", "seen": seen})
    assert response.status_code == 422
    assert not Leaving.objects.exists()


def test_many_people_leave_together_and_the_others_are_told(shared: Subject, owner: Client) -> None:
    invented("ZZ9", "Другой Человек")
    html = page(owner, "share/json/?for=lawyer")
    assert "1 person stays here" in html
    response = owner.post(
        "/en/share/json/?for=lawyer", {"recipient": "Адвокат", "seen": seen_on(html)}
    )
    assert shared.code in response.content.decode()
    assert "Другой" not in response.content.decode()


def test_somebody_to_receive_it_has_to_be_named(shared: Subject, owner: Client) -> None:
    address = f"cases/{shared.code}/share/json/?for=lawyer"
    response = owner.post(f"/en/{address}", {"seen": seen_on(page(owner, address))})
    assert response.status_code == 422
    assert "This has to be filled in." in response.content.decode()
    assert not Leaving.objects.exists()


@pytest.mark.parametrize("role", ["volunteer", "reader", "lawyer"])
def test_only_owners_and_editors_hand_people_out(shared: Subject, role: str) -> None:
    address = f"cases/{shared.code}/share/json/?for=lawyer"
    by = member(role, role, shared)
    seen = seen_on(page(by, address))
    assert by.post(f"/en/{address}", {"recipient": "Адвокат", "seen": seen}).status_code == 403
    assert not Leaving.objects.exists()


def test_an_editor_hands_out_only_whom_they_may_see(shared: Subject) -> None:
    other = invented("ZZ9", "Другой Человек")
    agreed(other, "lawyer")
    by = member("editor", "editor", other)
    html = page(by, "share/json/?for=lawyer")
    assert shared.code not in html
    response = by.post("/en/share/json/?for=lawyer", {"recipient": "A", "seen": seen_on(html)})
    assert response.status_code == 200
    assert shared.code not in response.content.decode()
    assert "ZZ9" in response.content.decode()
    stranger = member("stranger", "reader", shared)
    assert Leaving.objects.get().sha256 not in page(stranger, "share/")


@pytest.mark.parametrize(
    "address", ["share/nothing/", "cases/{code}/share/nothing/", "cases/NO-1/share/"]
)
def test_what_is_not_there_is_not_found(case: Subject, owner: Client, address: str) -> None:
    assert owner.get("/en/" + address.format(code=case.code)).status_code == 404


def test_only_people_are_shared(case: Subject, owner: Client) -> None:
    del case
    place = Subject.objects.create(kind=Subject.PLACE, code="L-1", added_by="owner")
    assert owner.get(f"/en/cases/{place.code}/share/").status_code == 404


def test_a_form_cannot_choose_another_circle_sender_or_time(shared: Subject, owner: Client) -> None:
    """The circle that was shown is the one of the address; a field of the form changes nothing."""
    address = f"cases/{shared.code}/share/json/?for=lawyer"
    owner.post(
        f"/en/{address}",
        {"recipient": "Адвокат", "seen": seen_on(page(owner, address)), "circle": "internal",
         "for": "internal", "by": "somebody", "at": "2020-01-01"},
    )  # fmt: skip
    left = Leaving.objects.get()
    assert (left.circle, left.by, left.at.year) == ("lawyer", "owner", 2026)


def test_a_bundle_is_locked_for_the_key_that_was_typed_and_for_no_other(
    shared: Subject, owner: Client
) -> None:
    address = f"cases/{shared.code}/share/bundle/?for=lawyer"
    html = page(owner, address)
    assert 'name="key"' in html
    sent = {"recipient": "Адвокат", "seen": seen_on(html)}
    refused = owner.post(f"/en/{address}", sent | {"key": "age1wrong"})
    assert refused.status_code == 422
    assert not Leaving.objects.exists()
    theirs, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    done = owner.post(f"/en/{address}", sent | {"key": str(theirs.to_public())})
    assert done.status_code == 200
    assert b"habeas-bundle 2" in pyrage.decrypt(done.content, [theirs])
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(done.content, [other])
