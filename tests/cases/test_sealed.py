"""Sealed notes: only their readers open them, and nothing of them is anywhere else."""

from pathlib import Path
from typing import Any

import pytest
from case_story import NOW, invented
from django.db import DatabaseError, connection
from django.test import Client
from team_story import HAND, member

from habeas.cases.access.models import Noted
from habeas.cases.sealed import sealing
from habeas.cases.sealed.models import NotesKey, SealedNote
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import NoteNotOpened, NotesKeyRefused
from habeas.vault import keys as vault_keys

WORDS, OTHERS = "four words of a poem", "other words of a song"
TEXT = "Связной Небылов встретит у моста"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch passphrases a little only: guessing is not what these tests are about."""
    monkeypatch.setattr(vault_keys, "_N", 2**10)


@pytest.fixture
def keys(case: Subject) -> dict[str, NotesKey]:  # noqa: ARG001 - the database is there
    return {
        user: sealing.new_key(user, words, NOW)
        for user, words in (("owner", WORDS), ("anna", OTHERS))
    }


def _sealed(case: Subject, *keys: NotesKey) -> SealedNote:
    return sealing.seal(case, TEXT, keys, HAND, None)


def _post(client: Client, path: str, **form: Any) -> Any:
    return client.post(f"/en/{path}", form)


def test_a_reader_opens_it_and_nobody_else(case: Subject, keys: dict[str, NotesKey]) -> None:
    note = _sealed(case, keys["anna"])
    assert sealing.open_note(note, "anna", OTHERS) == TEXT
    for user, words in (("anna", WORDS), ("owner", WORDS), ("owner", OTHERS), ("anna", "")):
        with pytest.raises(NoteNotOpened):
            sealing.open_note(note, user, words)


def test_an_owner_who_writes_themselves_in_as_a_reader_opens_nothing(
    case: Subject, keys: dict[str, NotesKey]
) -> None:
    note = _sealed(case, keys["anna"])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sealed_notereader (note_id, key_id) VALUES (%s, %s)",
            [note.pk, keys["owner"].pk],
        )
    with pytest.raises(NoteNotOpened):
        sealing.open_note(note, "owner", WORDS)


@pytest.mark.usefixtures("owner")
def test_the_text_is_in_no_byte_of_the_database(
    case: Subject, keys: dict[str, NotesKey], database: Path
) -> None:
    client = member("owner", "owner", named=False)
    response = _post(
        client, f"cases/{case.code}/notes/seal/", text=TEXT, readers=[keys["owner"].pk]
    )
    assert response.status_code == 302
    note = SealedNote.objects.get()
    answer = _post(client, f"notes/{note.pk}/open/", passphrase=WORDS)
    assert TEXT in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    connection.close()
    kept = b"".join(one.read_bytes() for one in database.parent.glob(f"{database.name}*"))
    for secret in (TEXT, "Небылов встретит", WORDS):
        assert secret.encode() not in kept
    assert b"AGE-SECRET-KEY" not in kept


def test_lengths_that_differ_little_are_sealed_to_one_length(
    case: Subject, keys: dict[str, NotesKey]
) -> None:
    short, longer = (
        sealing.seal(case, text, [keys["anna"]], HAND, None) for text in ("да", "нет" * 150)
    )
    # age adds some random bytes of its own; the texts differ by 900.
    assert abs(len(short.box) - len(longer.box)) < 400


def test_a_note_cannot_be_changed_or_deleted(case: Subject, keys: dict[str, NotesKey]) -> None:
    note = _sealed(case, keys["anna"])
    for verb in (
        "UPDATE sealed_sealednote SET box = 'x'",
        "DELETE FROM sealed_sealednote",
        "DELETE FROM sealed_notereader",
    ):
        with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
            cursor.execute(verb)
    assert sealing.open_note(note, "anna", OTHERS) == TEXT


def test_a_bit_that_turned_over_is_not_opened_as_something_else(
    case: Subject, keys: dict[str, NotesKey]
) -> None:
    box = bytearray(_sealed(case, keys["anna"]).box)
    box[-5] ^= 1
    bent = SealedNote(subject=case, box=bytes(box), by="owner", at=NOW)
    bent.save()
    bent.readers.create(key=keys["anna"])
    with pytest.raises(NoteNotOpened):
        sealing.open_note(bent, "anna", OTHERS)


def test_another_passphrase_takes_the_old_ones_place(
    case: Subject, keys: dict[str, NotesKey]
) -> None:
    note = _sealed(case, keys["anna"])
    with pytest.raises(NoteNotOpened):
        sealing.change_passphrase("anna", WORDS, "a new poem of winter")
    with pytest.raises(NotesKeyRefused):
        sealing.change_passphrase("anna", OTHERS, "short")
    assert sealing.open_note(note, "anna", OTHERS) == TEXT
    assert sealing.change_passphrase("anna", OTHERS, "a new poem of winter") == 1
    assert sealing.open_note(note, "anna", "a new poem of winter") == TEXT
    with pytest.raises(NoteNotOpened):
        sealing.open_note(note, "anna", OTHERS)


def test_a_lost_key_opens_no_old_note_and_a_new_one_opens_new_notes(
    case: Subject, keys: dict[str, NotesKey]
) -> None:
    note = _sealed(case, keys["anna"])
    fresh = sealing.new_key("anna", "a new poem of winter", NOW)
    assert sealing.key_of("anna") == fresh
    with pytest.raises(NoteNotOpened):
        sealing.open_note(note, "anna", "a new poem of winter")
    assert sealing.open_note(note, "anna", OTHERS) == TEXT
    later = sealing.seal(case, TEXT, [fresh], HAND, note)
    assert sealing.open_note(later, "anna", "a new poem of winter") == TEXT


def test_only_those_who_see_the_case_are_offered_as_readers(
    case: Subject, keys: dict[str, NotesKey]
) -> None:
    member("owner", "owner", named=False)
    member("anna", "editor", invented("ZZ9", "Другой Человек"))
    assert sealing.may_read(case, NOW) == [keys["owner"]]
    client = member("owner", "owner", named=False)
    sent = _post(client, f"cases/{case.code}/notes/seal/", text=TEXT, readers=[keys["anna"].pk])
    assert sent.status_code == 422
    assert not SealedNote.objects.exists()
    member("anna", "editor", case)
    assert set(sealing.may_read(case, NOW)) == set(keys.values())


def test_passing_on_needs_the_passphrase_of_a_reader(
    case: Subject, keys: dict[str, NotesKey]
) -> None:
    client = member("owner", "owner", named=False)
    anna = member("anna", "editor", case)
    note = _sealed(case, keys["owner"])
    path = f"notes/{note.pk}/pass-on/"
    refused = _post(anna, path, passphrase=OTHERS, readers=[keys["anna"].pk])
    assert refused.status_code == 422
    assert _post(client, path, passphrase=OTHERS, readers=[keys["anna"].pk]).status_code == 422
    assert SealedNote.objects.count() == 1
    assert _post(client, path, passphrase=WORDS, readers=[keys["anna"].pk]).status_code == 302
    passed = SealedNote.objects.latest("pk")
    assert passed.again == note
    assert TEXT in _post(anna, f"notes/{passed.pk}/open/", passphrase=OTHERS).content.decode()


def test_every_opening_stands_in_the_log_and_guessing_is_made_slow(
    case: Subject, keys: dict[str, NotesKey]
) -> None:
    client = member("owner", "owner", named=False)
    note = _sealed(case, keys["owner"])
    path = f"notes/{note.pk}/open/"
    for _guess in range(sealing.TRIES):
        assert _post(client, path, passphrase="not this one").status_code == 422
    waits = _post(client, path, passphrase=WORDS)
    assert waits.status_code == 422
    assert TEXT not in waits.content.decode()
    assert "Wait for a quarter of an hour" in waits.content.decode()
    lines = Noted.objects.filter(route="opened-note").order_by("number")
    assert {(one.verb, one.cases) for one in lines} == {(Noted.REFUSED, f" {case.code} ")}


def test_the_pages_tell_that_there_is_a_note_and_never_what_it_says(
    case: Subject, keys: dict[str, NotesKey]
) -> None:
    client = member("owner", "owner", named=False)
    note = _sealed(case, keys["anna"])
    page = client.get(f"/en/cases/{case.code}/").content.decode()
    assert f"/en/notes/{note.pk}/" in page
    shown = client.get(f"/en/notes/{note.pk}/").content.decode()
    assert "not sealed for you" in shown
    assert "password" not in shown
    found = client.post("/en/search/", {"q": "Связной Небылов"}).content.decode()
    assert "у моста" not in page + shown + found


def test_the_key_page_makes_a_key_and_refuses_short_and_unlike_passphrases(
    owner: Client, case: Subject
) -> None:
    for new, again in (("short", "short"), (WORDS, OTHERS)):
        assert _post(owner, "notes-key/", new=new, again=again).status_code == 422
    assert not NotesKey.objects.exists()
    assert _post(owner, "notes-key/", new=WORDS, again=WORDS).status_code == 302
    note = sealing.seal(case, TEXT, [NotesKey.objects.get()], Hand("owner", NOW), None)
    assert sealing.open_note(note, "owner", WORDS) == TEXT
    assert _post(owner, "notes-key/", old=OTHERS, new=OTHERS, again=OTHERS).status_code == 422
    assert sealing.open_note(note, "owner", WORDS) == TEXT


def test_a_broken_wrapping_opens_nothing_and_is_never_a_crash(
    case: Subject, keys: dict[str, NotesKey]
) -> None:
    note = _sealed(case, keys["anna"])
    costly = {"scrypt": {"n": 2**40, "r": 8, "p": 1, "salt": "00"}, "nonce": "00", "box": "00"}
    for broken in ("x", "[]", costly):
        NotesKey.objects.filter(user="anna").update(wrapped=broken)
        with pytest.raises(NoteNotOpened):
            sealing.open_note(note, "anna", OTHERS)
