"""What a bundle brings: claims about two, what is not understood, and what its pages say."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from bundled import Key, packed, photograph, resigned
from case_story import NOW, invented
from django_ready import POSTGRESQL, SQLITE
from import_story import HAND
from outgoing_people import identity, paper, said
from received import KEY, NAME, sent, taken, whole

from habeas.cases.consent.models import Consent
from habeas.cases.documents import keeping
from habeas.cases.documents.models import Photo, Upload
from habeas.cases.importing import applying, deciding
from habeas.cases.importing.bundled import senders
from habeas.cases.importing.counted import counted
from habeas.cases.importing.deciding import ALONE, DOUBLE
from habeas.cases.importing.models import Import, Received, Row
from habeas.cases.importing.staging import Sent, stage
from habeas.cases.lookups.calling import current
from habeas.cases.statements.models import Document, Statement, Subject
from habeas.cases.statements.reading import alive
from habeas.errors import BundleDamaged, HabeasError, SenderUnsure

on_both = pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)
EARLIER = "2026-11-20T12:00:00+00:00"
"""When the sender had been told, at the latest."""


@pytest.fixture(autouse=True)
def _fresh(database: Path) -> None:
    del database


def the_person() -> Subject:
    return Subject.objects.get(kind="person")


def lookup(outcome: str, **more: str) -> dict[str, str]:
    told = {"id": identity(outcome)[:16], "whom": "Станция 5", "channel": "phone",
            "spelling": "Выдумов", "outcome": outcome, "answer": outcome, "officer": "",
            "asked_at": EARLIER}  # fmt: skip
    return told | more


def test_what_was_told_to_them_long_ago_is_no_news_of_today() -> None:
    one = whole(said("last_seen", "у моста", said_on="", said_by=NOW.replace(year=2025)))
    taken(sent(one))
    assert Statement.objects.get().said_by.year == 2025


@on_both
def test_three_kinds_of_answers_stay_apart_and_their_consent_is_none_of_ours() -> None:
    consent = {"id": "ab" * 8, "use": "monitor", "role": "family", "manner": "phone",
               "answered_on": "2026-11-01", "until": "", "note": "без имени"}  # fmt: skip
    one = whole(said("note"))
    one |= {"lookups": [lookup("here"), lookup("not_here"), lookup("no_answer")],
            "consents": [consent]}  # fmt: skip
    taken(sent(one))
    rows = current(the_person())
    assert {row.outcome for row in rows} == {"here", "not_here", "no_answer"}
    assert all(row.by == f"{NAME}, received by owner" for row in rows)
    # "Is here" was said to them: they send that as a statement of its own, or not at all.
    assert not Statement.objects.filter(property="custody").exists()
    assert not Consent.objects.exists()
    assert Received.objects.get(kind="consent").told["note"] == "без имени"


@on_both
def test_claims_about_two_are_linked_whoever_comes_first() -> None:
    first, second = identity("first"), identity("second")
    claim = said("same_as", "not_same", other=second, other_kind="person")
    absent = said("related", "relative", other=identity("absent"), other_kind="person")
    court = said("same_as", "same", other="Запись суда № 5", other_kind="record")
    one = whole(claim, absent, court, id=first)
    two = whole(said("note"), id=second, names=())
    two["names"] = [{"text": "Совсем Другая Особа", "kind": "spelling"}]
    imported = taken(sent(one, two))
    people = {row.place: row.result.subject for row in imported.rows.all()}
    rows = {one.property + one.value: one for one in Statement.objects.exclude(property="note")}
    assert rows["same_asnot_same"].subject == people[first]
    assert rows["same_asnot_same"].other == people[second]
    nobody = rows["relatedrelative"].other
    assert nobody is not None
    assert nobody.kind == "record"
    assert "nothing was sent" in nobody.title
    assert rows["same_assame"].other.title == "Запись суда № 5"  # type: ignore[union-attr]
    # Coming again, nothing is entered twice, and the entries are the same ones.
    again = sent(one, two | {"later": 1})
    assert [row.out for row in again.rows.order_by("number")] == ["nothing_new", ""]


def test_a_claim_waits_for_a_row_that_nobody_decided() -> None:
    first, second = identity("first"), identity("second")
    one = whole(said("same_as", "open", other=second, other_kind="person"), id=first)
    two = whole(said("note"), id=second)
    two["names"] = [{"text": "Совсем Другая Особа", "kind": "spelling"}]
    imported = sent(one, two)
    deciding.decide(imported.rows.get(number=1), "new", HAND)
    applying.apply(imported, HAND)
    assert not Statement.objects.exists()
    deciding.decide(imported.rows.get(number=2), "new", HAND)
    applying.apply(imported, HAND)
    assert (
        Statement.objects.get(property="same_as").other
        == imported.rows.get(number=2).result.subject
    )


UNCLEAR: dict[str, dict[str, Any]] = {
    "a state of custody of a later version": {"property": "custody", "value": "on_the_moon"},
    "no speaker": {"speaker": "  "},
    "a role of a later version": {"role": "robot"},
    "no time": {"about": "вчера"},
    "no such zone": {"zone": "Moon/Base"},
    "a number for words": {"value": 10**300},
    "longer than a column": {"value": "я" * 2001},
    "details that are no words": {"details": {"place": {"x": 1}}},
    "no id": {"id": "../../x"},
    "a day far away": {"said_by": "9999-12-31T23:59:59+00:00"},
    "a moment without a zone": {"said_by": "2026-11-20T12:00:00"},
}


@pytest.mark.parametrize("change", UNCLEAR.values(), ids=UNCLEAR)
def test_what_is_not_understood_is_kept_and_told(change: dict[str, Any]) -> None:
    one = whole(said("note", "понятно"), said("note", "непонятно"))
    one["statements"][1] |= change
    imported = taken(sent(one))
    assert [row.value for row in Statement.objects.all()] == ["понятно"]
    assert ["unknown", "statement"] in imported.rows.get().told
    kept = Received.objects.get(kind="unclear").told
    assert kept["told"] == json.loads(json.dumps(one["statements"][1]))


@on_both
def test_signs_that_no_database_holds_do_not_stop_a_bundle() -> None:
    one = whole(said("note", "a\x00b"), said("note", "x", speaker="\ud800"))
    imported = taken(sent(json.dumps(one).encode()))
    assert counted(imported).imported == 1
    assert Statement.objects.get(speaker="The Invented Court").value == "a\ufffdb"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"]
)
def test_an_address_that_is_no_web_page_becomes_no_link(address: str) -> None:
    one = whole(said("note", document=paper().id), documents=(paper(address=address),))
    taken(sent(one))
    assert not Document.objects.filter(address=address).exists()
    assert Received.objects.filter(kind="unclear").exists()


def _with_file(name: str, **more: Any) -> dict[str, Any]:
    one = whole(said("note", document=paper().id), documents=(paper(),))
    one["documents"][0]["files"] = [
        {"member": name, "original_sha256": "ab" * 32, "original_bytes": 9} | more
    ]
    return one


@on_both
def test_a_file_is_kept_under_its_paper_and_sealed() -> None:
    content = photograph()
    sha256 = hashlib.sha256(content).hexdigest()
    one = _with_file(f"files/{sha256[:16]}.jpg", sha256="lies", bytes=-5)
    taken(sent(one, files={content: "jpg"}))
    upload = Upload.objects.get(sha256=sha256)
    assert (upload.size, upload.media_type) == (len(content), "image/jpeg")
    assert upload.document.title == "Небылов задержан"
    assert keeping.read(sha256) == content


def test_a_program_that_is_called_a_picture_is_not_taken() -> None:
    content = b"MZ" + b"\0" * 100
    sha256 = hashlib.sha256(content).hexdigest()
    imported = taken(sent(_with_file(f"files/{sha256[:16]}.jpg"), files={content: "jpg"}))
    assert keeping.read(sha256) is None
    assert ["unknown", "file"] in imported.rows.get().told


def test_a_file_of_which_there_are_no_bytes_is_told() -> None:
    imported = taken(sent(_with_file("files/../../x.jpg")))
    assert ["unknown", "file"] in imported.rows.get().told


def test_the_photo_comes_as_a_paper_and_is_not_shown_by_itself() -> None:
    taken(sent(whole(said("note"), photo=photograph())))
    assert not Photo.objects.exists()
    assert Document.objects.filter(title="Photo of the person, as sent").exists()


def test_people_are_proposed_by_name_and_recognised_by_their_record_later() -> None:
    there = invented("ZZ9", "Небылов Вымысел Фантазиевич")
    imported = taken(sent(whole(said("note", "первое"))), DOUBLE)
    assert imported.rows.get().result.subject == there
    newer = sent(whole(said("note", "второе")))
    (alike,) = newer.rows.get().alike.all()
    assert (alike.subject, alike.verdict) == (there, "same")
    deciding.decide_known(newer, HAND)
    applying.apply(newer, HAND)
    assert {one.value for one in alive(list(Statement.objects.order_by("pk")))} == {
        "первое", "второе"
    }  # fmt: skip


def test_a_changed_record_is_added_and_overwrites_nothing() -> None:
    first = said("note", "раньше")
    taken(sent(whole(first)))
    one = whole(first)
    one["statements"][0]["value"] = "теперь"
    newer = sent(one)
    deciding.decide_known(newer, HAND)
    applying.apply(newer, HAND)
    assert [row.value for row in Statement.objects.order_by("pk")] == ["раньше", "теперь"]


def test_the_record_of_another_sender_is_another_record() -> None:
    first = said("note", "слово")
    taken(sent(whole(first)))
    other = sent(whole(first), key=Key(), speaker="Другой Центр")
    assert other.rows.get().out == ""
    assert [one.bits for one in other.rows.get().alike.all()] != [deciding.KNOWN]


def test_another_key_than_last_time_waits_until_somebody_compared() -> None:
    first = sent(whole(said("note", "слово")))
    assert senders.sender_of(first.bundle).standing == senders.FIRST
    taken(first)
    again = sent(whole(said("note", "два")))
    assert senders.sender_of(again.bundle).standing == senders.AGAIN
    forged = sent(whole(said("note", "ложь")), key=Key())
    assert senders.sender_of(forged.bundle).standing == senders.OTHER
    deciding.decide_group(forged, ALONE, HAND)
    with pytest.raises(SenderUnsure) as refused:
        applying.apply(forged, HAND)
    assert all((refused.value.happened, refused.value.kept, refused.value.advice))
    assert not Statement.objects.filter(value="ложь").exists()
    senders.compare(forged, HAND)
    assert senders.sender_of(forged.bundle).standing == senders.COMPARED
    assert applying.apply(forged, HAND) == 0


def test_the_same_key_under_another_name_is_told() -> None:
    taken(sent(whole(said("note"))))
    other = sent(whole(said("note", "x")), speaker="Кто-то")
    assert senders.sender_of(other.bundle).names == (NAME,)


def test_one_that_was_passed_on_is_told() -> None:
    def change(told: dict[str, Any]) -> None:
        told["locked_for"] = "age1somebodyelse"

    content = resigned(packed(whole(said("note")), key=KEY), KEY, change)
    imported = stage(Sent(content, "x.tar", NAME, "monitor"), HAND).imported
    assert ["passed_on", "Invented advocate"] in imported.remarks


@pytest.mark.parametrize("people", [(b"[]",), (b"{",), (b'{"id": 1, "id": 2}',)])
def test_a_person_that_cannot_be_read_refuses_the_whole(people: tuple[bytes, ...]) -> None:
    content = photograph("Kept by no other test")
    with pytest.raises(BundleDamaged):
        sent(whole(said("note")), *people, files={content: "jpg"})
    assert keeping.read(hashlib.sha256(content).hexdigest()) is None
    assert not Import.objects.exists()
    assert not Row.objects.exists()


@pytest.mark.parametrize(
    ("change", "out"),
    [({"id": ""}, "no_person"), ({"id": [1]}, "no_person"), ({"names": []}, "no_name"),
     ({"names": [{"text": 5}]}, "no_name"), ({"names": "x"}, "no_name")],
)  # fmt: skip
def test_a_person_without_a_record_or_a_name_brings_nothing(
    change: dict[str, Any], out: str
) -> None:
    imported = sent(whole(said("note")) | change)
    assert imported.rows.get().out == out
    assert applying.apply(imported, HAND) == 0
    assert not Subject.objects.exists()


WRONG: tuple[Any, ...] = (None, 5, [], {}, "x", [[]], [{"id": "ab" * 8}])


@on_both
def test_wrong_types_everywhere_break_nothing() -> None:
    good = whole(said("note"), documents=(paper(),))
    for key in good:
        for wrong in WRONG:
            try:
                imported = sent(good | {key: wrong})
            except HabeasError:
                continue
            deciding.decide_group(imported, ALONE, HAND)
            applying.apply(imported, HAND)
            assert counted(imported).read == 1
