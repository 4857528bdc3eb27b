"""An invented person in every corner of a home, and a search of its bytes for what tells of them.

Beside them stands an invented brother, of whom nothing may be lost.
"""

import io
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from agreed import agreed
from case_story import BY, NOW, document, say
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from PIL import Image
from sealed_stores import page, sealer
from site_story import account

from habeas.cases.access import log, members
from habeas.cases.access.models import Noted
from habeas.cases.api.models import Sent as SentByProgram
from habeas.cases.api.models import Token
from habeas.cases.counts import listing
from habeas.cases.documents import taking
from habeas.cases.handover.models import HandOver
from habeas.cases.importing import applying, deciding, staging
from habeas.cases.importing.bundled import persons
from habeas.cases.importing.models import Bundle, Received, Result
from habeas.cases.lookups import asking
from habeas.cases.sealed.models import NoteReader, NotesKey, SealedNote
from habeas.cases.search import indexing
from habeas.cases.sharing.models import Leaving, Left
from habeas.cases.statements import recording
from habeas.cases.statements.models import Draft, Subject
from habeas.cases.statements.recording import Hand
from habeas.cases.suggestions.models import Answer, Who
from habeas.evidence import Store
from habeas.watch.models import (
    Alert,
    Backlog,
    Channel,
    Decision,
    Entry,
    Event,
    Listing,
    Look,
    Match,
    Mention,
    Person,
    Spelling,
    Version,
    Watch,
)

NAME, LATIN, CODE = "Хуррамшод Тахминдухтов", "Khurramshod Takhmindukhtov", "QX7ZP"
PASSPORT, PHONE = "A 4815162342", "+992 93 7654321"
BROTHER, BROTHERS_CODE = "Пайрав Афсонаев", "BR4KN"
HAND = Hand(BY, NOW)
TEXT = f"Вчера {NAME} был задержан у рынка."


@dataclass(frozen=True)
class Life:
    """Rows that tests ask for by role."""

    subject: Subject
    brother: Subject
    files: tuple[str, ...]
    shared_file: str


def needles(life: Life) -> list[bytes]:
    """Return byte strings that must be nowhere: names in each script and coding, numbers, keys."""
    words = [word for name in (NAME, LATIN) for word in name.split()]
    spelled = {form for word in words for form in (word, word.upper(), word.lower())}
    codings = {one.encode(coding) for one in spelled for coding in ("utf-8", "cp1251")}
    escaped = {json.dumps(one)[1:-1].encode() for one in spelled}
    keys = {key.encode() for key in indexing.keys_of(life.subject) if len(key) > 5}
    asked = {
        quote(one, encoding=coding).encode() for one in words for coding in ("utf-8", "cp1251")
    }
    numbers = {b"4815162342", b"937654321", b"93 7654321"}
    return sorted(codings | escaped | keys | asked | numbers)


def as_text(wanted: list[bytes]) -> list[str]:
    """Return those of the byte strings that are UTF-8, as texts."""
    found = []
    for one in wanted:
        with suppress(UnicodeDecodeError):
            found.append(one.decode())
    return found


def told_in(path: Path, wanted: list[bytes]) -> dict[str, list[bytes]]:
    """Return the files in a folder whose bytes or name hold one of these."""
    found: dict[str, list[bytes]] = {}
    for one in sorted(path.rglob("*")):
        if one.is_file():
            content = one.read_bytes() + b"\n" + str(one.name).encode()
            if hits := [needle for needle in wanted if needle in content]:
                found[str(one.relative_to(path))] = hits
    return found


def told_in_rows(wanted: list[bytes]) -> dict[str, int]:
    """Return in how many rows of which model one of these stands, by the model's name."""
    texts = as_text(wanted)
    found: dict[str, int] = {}
    for model in apps.get_models():
        rows = model._base_manager.values_list()
        hits = sum(
            any(text in json.dumps(row, default=str, ensure_ascii=False) for text in texts)
            for row in rows
        )
        if hits:
            found[model._meta.label] = hits
    return found


def picture(shade: int) -> bytes:
    """Return the bytes of a picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, 9, 9)).save(buffer, "PNG")
    return buffer.getvalue()


def lived(code: str = CODE, *, in_a_list_of_others: bool = False) -> Life:
    """Write the person into every corner, and return them."""
    person = Person.objects.create(code=code, birth_year=1984, added_at=NOW - timedelta(days=400))
    Spelling.objects.create(person=person, text=NAME, added_at=NOW)
    Spelling.objects.create(person=person, text=LATIN, added_at=NOW)
    subject = recording.case_of(person, HAND)
    brother = Person.objects.create(code=BROTHERS_CODE, added_at=NOW - timedelta(days=400))
    Spelling.objects.create(person=brother, text=BROTHER, added_at=NOW)
    others = recording.case_of(brother, HAND)
    _said(subject, others)
    files, shared = _papers(subject, others)
    _asked(subject)
    _read(subject)
    _listed(subject, others=in_a_list_of_others)
    _worked(subject)
    _left(subject, others)
    _watched(person)
    return Life(subject, others, files, shared)


def _said(subject: Subject, brother: Subject) -> None:
    paper = document("Газета", text=TEXT, title=f"О деле {NAME}")
    record = recording.new_subject(Subject.RECORD, f"Дело {NAME}", HAND, ref="ru:1")
    first = say(subject, "known_as", NAME, document=paper)
    say(subject, "known_as", LATIN, supersedes=first, document=paper)
    say(subject, "identifier", PASSPORT)
    say(subject, "phone", PHONE, "Сестра Тахминдухтова")
    say(subject, "last_seen", "рынок", as_said=f"{NAME}: видели у рынка")
    say(subject, "same_person", "for", other=record, document=paper)
    say(brother, "relation", "brother", other=subject, as_said=f"брат {NAME}")
    say(brother, "last_seen", "вокзал")
    kept = say(subject, "sentence", "9 лет", document=paper)
    recording.sign([kept], HAND, reason=f"так сказал адвокат {NAME}")
    recording.retract(kept, recording.Said("Сестра", "family"), HAND, reason="ошибка")
    agreed(subject, "lawyer", "name")


def _papers(subject: Subject, brother: Subject) -> tuple[tuple[str, ...], str]:
    own = taking.take(subject, taking.Sent(TEXT.encode(), f"{NAME}.txt"), HAND)
    drawn = taking.take(subject, taking.Sent(picture(9), "a.png"), HAND)
    photo = taking.take_photo(subject, drawn, HAND)
    both = taking.take(subject, taking.Sent(picture(77), "b.png"), HAND)
    taking.take(brother, taking.Sent(picture(77), "c.png"), HAND)
    return (own.sha256, drawn.sha256, photo.sha256), both.sha256


def _asked(subject: Subject) -> None:
    desk = asking.add_desk("Станция № 5", "police", HAND)
    model = apps.get_model("lookups", "LookUp")
    model.objects.create(
        subject=subject, body=desk.body, whom="Станция № 5", spelling=NAME, outcome="not_here",
        answer=f"{NAME} не значится", asked_at=NOW, by=BY, at=NOW,
    )  # fmt: skip


def _read(subject: Subject) -> None:
    text = subject.filed.order_by("pk")[0].document
    Answer.objects.create(
        document=text, kind="person", start=6, end=20, words=NAME, answer="accepted", by=BY, at=NOW
    )
    Who.objects.create(document=text, spelling=NAME, subject=subject, by=BY, at=NOW)


def _listed(subject: Subject, *, others: bool) -> None:
    event = recording.new_subject(Subject.EVENT, "Задержания у мельницы", HAND)
    listing.keep(event, listing.Sent("1. Небылов Вымысл, 17 лет", "Чат"), HAND)
    more = "Небылова Сказка,20\n" if others else ""
    rows = f"ФИО,Возраст\n{NAME},41\n{NAME} мл.,40\n{more}".encode()
    imported = staging.stage(staging.Sent(rows, "список.csv", "Чат", "staff"), HAND).imported
    first, _second, *third = imported.rows.order_by("number")
    deciding.decide(first, "same", HAND, subject=subject)
    for row in third:
        deciding.decide(row, "new", HAND)
    applying.apply(imported, HAND)
    result = Result.objects.get(subject=subject)
    Received.objects.create(
        result=result, kind=persons.UNCLEAR, theirs="x", fingerprint="a" * 64, circle="lawyer",
        digest="0" * 64, told={"name": "x", "told": f"мать {NAME}"},
    )  # fmt: skip
    Bundle.objects.create(
        imported=imported, fingerprint="a" * 64, by="Комитет", whom=f"адвокат {NAME}",
        circle="lawyer", made_at="2026-11-24T00:00:00Z", files=0,
    )  # fmt: skip
    note = NotesKey.objects.create(user=BY, public="age1x", wrapped={})
    held = SealedNote.objects.create(subject=subject, box=b"x", by=BY, at=NOW)
    NoteReader.objects.create(note=held, key=note)


def _worked(subject: Subject) -> None:
    Draft.objects.create(by=BY, path=f"/cases/{subject.code}/say/", fields={"value": "x"}, at=NOW)
    Draft.objects.create(by=BY, path="/new-case/", fields={"names": LATIN}, at=NOW)
    Draft.objects.create(by=BY, path="/cases/BR4KN/say/", fields={"value": "брат"}, at=NOW)
    # What was thrown away long ago, as the database does it by itself: its bytes are there still.
    thrown = [
        Draft(by=BY, path=f"/x/{number}/", fields={"value": TEXT * 20}, at=NOW)
        for number in range(60)
    ]
    Draft.objects.bulk_create(thrown)
    Draft.objects.filter(path__startswith="/x/").delete()
    HandOver.objects.create(by=BY, at=NOW, note=f"Звонить матери {NAME}, потом в суд.")
    session = SessionStore()
    session["_messages"], session["_csrftoken"] = f"{NAME}: записано", "x" * 32
    session.create()
    token = Token.objects.create(digest="0" * 64, name="p", user=account(), until=NOW)
    SentByProgram.objects.create(
        token=token, key="k" * 8, body="0" * 64, status=201, answer={"value": NAME, "id": 5}, at=NOW
    )
    members.put("reader", members.Terms("reader", named=True), HAND)
    members.grant(subject, "reader", HAND)
    log.add(log.Line(NOW, "reader", Noted.READ, "case", cases=(subject.code,)))


def _left(subject: Subject, brother: Subject) -> None:
    for recipient, people in ((f"мать {NAME}", [subject]), ("Комитет", [subject, brother])):
        leaving = Leaving.objects.create(
            format="json", circle="lawyer", recipient=recipient, lang="ru", sha256="ab" * 32,
            size=9, by=BY, at=NOW,
        )  # fmt: skip
        for one in people:
            Left.objects.create(leaving=leaving, subject=one, fields={"name": 1})


def _watched(person: Person) -> None:
    watch = Watch.objects.create(source="ru_mosgorsud", every_s=21_600, by_name=True)
    home = Path(settings.HABEAS_HOME)
    store = Store(home / "captures", sealer(home))
    recorded = [store.keep(page(f"<p>{number} {NAME}".encode())).path for number in range(3)]
    address = "https://court.test/?q=%D5%F3%F0%F0%E0%EC%F8%EE%E4"
    asked = [{"url": address, "outcome": "found", "by_name": True, "path": str(recorded[0])}]
    look = Look.objects.create(
        watch=watch, slot=NOW, started_at=NOW, finished_at=NOW, outcome="found", requests=asked,
        confirmed=True, adapter="test",
    )  # fmt: skip
    for number, others in enumerate(((), ("НЕБЫЛОВ В.",)), 1):
        entry = Entry.objects.create(
            source="ru_mosgorsud", identity=f"case-{number}", scope="2026-11-24", first_look=look
        )
        version = Version.objects.create(
            entry=entry, look=look, digest="0" * 64, link="https://court.test/1",
            facts={"number": "05-1/2026", "parties": [NAME.upper()]},
            record={"path": str(recorded[number]), "record": f"r{number}"},
        )  # fmt: skip
        Event.objects.create(
            entry=entry, look=look, kind="changed", changes={"parties": ["", NAME]}, at=NOW
        )
        for other in others:
            Mention.objects.create(version=version, printed=other, capacity="party")
        mention = Mention.objects.create(version=version, printed=NAME.upper(), capacity="party")
        match = Match.objects.create(
            person=person, mention=mention, verdict="same", bits=30.0, namesakes=0.1, spellings=2,
            made_at=NOW,
            reasons=[{"printed": NAME.upper()}],
        )  # fmt: skip
        Decision.objects.create(match=match, answer="same", ground=NAME, by=BY, at=NOW)
    Listing.objects.create(
        look=look, source="ru_mosgorsud", scope="2026-11-24", family="f", request=asked[0]
    )
    channel = Channel.objects.create(kind="webhook", address="https://a.test", people=[person.code])
    Alert.objects.create(channel=channel, key="1" * 64, about={"people": [person.code]})
    Alert.objects.create(
        channel=channel, key="2" * 64, about={"people": [BROTHERS_CODE]}, failed=f"no: {LATIN}"
    )
    Backlog.objects.create(person=person, spellings=2)
