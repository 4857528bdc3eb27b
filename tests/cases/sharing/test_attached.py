"""Files inside a bundle: stripped, named by nothing, held back with a reason, and taken down."""

import hashlib
import io
import json
from dataclasses import replace

import pyrage
import pytest
from agreed import agreed
from bundled import members, photograph
from case_story import NOW, document, invented, say
from django.test import Client
from PIL import Image

from habeas.cases.documents import keeping, taking
from habeas.cases.documents.models import Upload
from habeas.cases.sharing import handing
from habeas.cases.sharing.contract import Occasion, formats
from habeas.cases.sharing.models import LeftFile
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand

_HAND = Hand("owner", NOW)
_OURS = pyrage.x25519.Identity.generate()
_TO_LAWYER = Occasion(
    now=NOW, lang="en", by="owner", recipient="Адвокат", circle="lawyer", key=str(_OURS.to_public())
)


def paper(case: Subject, content: bytes, name: str = "паспорт Выдумова.jpg", **more: str) -> Upload:
    """Return a file that carries a statement to the lawyer."""
    taken = taking.take(case, taking.Sent(content, name), _HAND)
    say(case, "note", "см. файл", **{"visibility": "lawyer", **more}, document=taken.document)
    return taken


def handed(*cases: Subject, occasion: Occasion = _TO_LAWYER) -> dict[str, bytes]:
    out = io.BytesIO()
    handing.hand_out(formats()["bundle"], [one.pk for one in cases], occasion, out)
    return members(pyrage.decrypt(out.getvalue(), [_OURS]))


def told_of(found: dict[str, bytes]) -> list[dict[str, object]]:
    person = json.loads(found["people/000001.json"])
    return [file for one in person["documents"] for file in one["files"]]


@pytest.fixture
def shared(case: Subject) -> Subject:
    agreed(case, "lawyer")
    return case


def test_a_file_leaves_without_what_it_tells_and_without_its_name(shared: Subject) -> None:
    original = photograph()
    assert b"Vydumova" in original
    paper(shared, original)
    found = handed(shared)
    (name,) = [one for one in found if one.startswith("files/")]
    assert b"Vydumova" not in found[name]
    assert Image.open(io.BytesIO(found[name])).size == (60, 40)
    (told,) = told_of(found)
    assert told["member"] == name
    assert told["sha256"] == hashlib.sha256(found[name]).hexdigest()
    assert told["original_sha256"] == hashlib.sha256(original).hexdigest()
    assert keeping.read(str(told["original_sha256"])) == original
    assert "паспорт" not in name
    listed = json.loads(found["manifest.json"])["members"][name]
    assert listed == {"sha256": told["sha256"], "bytes": len(found[name])}


def test_what_cannot_be_stripped_stays_and_is_listed_with_the_reason(shared: Subject) -> None:
    paper(shared, "Показания Выдумова".encode(), "показания.txt")
    shown = handing.preview(formats()["bundle"], [shared.pk], _TO_LAWYER)
    ((file,),) = shown.files.values()
    assert (file.held, file.name) == ("kind", "")
    assert "cannot strip files of this kind" in file.why
    found = handed(shared)
    assert not [one for one in found if one.startswith("files/")]
    assert told_of(found)[0]["held"] == "kind"
    assert "Показания".encode() not in b"".join(found.values())
    row = LeftFile.objects.get()
    assert (row.held, row.sha256, row.left.subject) == ("kind", "", shared)


def test_a_paper_about_somebody_who_does_not_leave_stays(shared: Subject) -> None:
    taken = paper(shared, photograph())
    other = invented("ZZ9", "Другой Человек")
    say(other, "note", "и о нём", visibility="lawyer", document=taken.document)
    assert [one["held"] for one in told_of(handed(shared))] == ["others"]
    agreed(other, "lawyer")
    both = handed(shared, other)
    assert len([one for one in both if one.startswith("files/")]) == 1
    assert [one["held"] for one in told_of(handed(shared))] == ["others"]


def test_a_claim_about_two_holds_the_paper_back_too(shared: Subject) -> None:
    taken = paper(shared, photograph())
    other = invented("ZZ9", "Другой Человек")
    say(shared, "related", "relative", other=other, visibility="lawyer", document=taken.document)
    assert [one["held"] for one in told_of(handed(shared))] == ["others"]


def test_a_paper_that_says_more_than_these_may_see_stays(shared: Subject) -> None:
    taken = paper(shared, photograph())
    say(shared, "note", "только мы", visibility="internal", document=taken.document)
    assert [one["held"] for one in told_of(handed(shared))] == ["narrower"]


def test_a_picture_of_somebody_else_stays(shared: Subject) -> None:
    taken = paper(shared, photograph())
    other = invented("ZZ9", "Другой Человек")
    taking.take_photo(other, taken, _HAND)
    assert [one["held"] for one in told_of(handed(shared))] == ["photo"]


def test_missing_bytes_are_told_and_not_passed_over(
    shared: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper(shared, photograph())
    monkeypatch.setattr(keeping, "read", lambda _sha256: None)
    assert [one["held"] for one in told_of(handed(shared))] == ["missing"]


def test_what_left_is_taken_down_on_the_case_with_both_hashes(
    shared: Subject, owner: Client
) -> None:
    taken = paper(shared, photograph())
    found = handed(shared)
    row = LeftFile.objects.get()
    assert (row.original, row.original_size) == (taken.sha256, taken.size)
    assert hashlib.sha256(found[row.name]).hexdigest() == row.sha256
    html = owner.get(f"/en/cases/{shared.code}/").content.decode()
    assert row.sha256 in html
    assert row.original in html


def test_a_paper_without_a_shown_statement_does_not_leave(shared: Subject) -> None:
    taking.take(shared, taking.Sent(photograph(), "a.jpg"), _HAND)
    say(shared, "note", "x", visibility="lawyer", document=document())
    assert told_of(handed(shared)) == []


def test_the_page_shows_the_files_beforehand(shared: Subject, owner: Client) -> None:
    paper(shared, photograph())
    paper(shared, "Показания Выдумова".encode(), "показания.txt")
    html = owner.get(f"/en/cases/{shared.code}/share/bundle/?for=lawyer").content.decode()
    assert "Files that go along" in html
    assert "files/" in html
    assert ".jpg" in html
    assert "cannot strip files of this kind" in html
    assert "паспорт" not in html


def test_look_ups_and_answers_go_to_lawyers_and_not_to_the_un(shared: Subject) -> None:
    from habeas.cases.lookups import asking

    agreed(shared, "un")
    for outcome in ("not_here", "no_answer"):
        asking.take(shared, asking.Answer("Станция 5", "Выдумов", outcome, NOW), _HAND)
    told = json.loads(handed(shared)["people/000001.json"])
    assert [one["outcome"] for one in told["lookups"]] == ["not_here", "no_answer"]
    assert [(one["use"], one["role"]) for one in told["consents"]] == [("lawyer", "family")]
    assert "owner" not in json.dumps(told["lookups"])
    to_un = replace(_TO_LAWYER, circle="un")
    assert json.loads(handed(shared, occasion=to_un)["people/000001.json"])["lookups"] == []
