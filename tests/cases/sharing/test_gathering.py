"""What leaves of a person: no more than the readers may see, and no name that is withheld."""

import dataclasses
import io
import json

import docx
import pytest
from agreed import agreed
from case_story import NAME, NOW, document, invented, say
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from habeas.cases.documents import taking
from habeas.cases.sharing import gate, gathering, guards
from habeas.cases.sharing.contract import Occasion, formats
from habeas.cases.sharing.outgoing import OutgoingPerson
from habeas.cases.statements import recording
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand
from habeas.watch.models import Spelling


def leaving(case: Subject, circle: str) -> OutgoingPerson:
    judged = gate.judge([case.pk], circle, NOW)
    ((key, person),) = gathering.outgoing(judged.passed, circle, "en", NOW)
    assert key == case.pk
    return person


def everything(person: OutgoingPerson) -> str:
    return json.dumps(dataclasses.asdict(person), default=str, ensure_ascii=False)


def test_without_consent_nobody_passes_and_the_missing_one_is_named(case: Subject) -> None:
    for circle in ("internal", "lawyer", "monitor", "un"):
        judged = gate.judge([case.pk], circle, NOW)
        assert not judged.passed
        assert [one.use for one in judged.refused[case.pk]] == [circle]
    public = gate.judge([case.pk], "public", NOW)
    assert [one.use for one in public.refused[case.pk]] == ["name", "photo", "story"]


def test_consent_to_one_circle_is_none_to_a_wider_one(case: Subject) -> None:
    agreed(case, "lawyer", "un")
    assert gate.judge([case.pk], "lawyer", NOW).passed
    assert not gate.judge([case.pk], "monitor", NOW).passed
    assert not gate.judge([case.pk], "public", NOW).passed


def test_consent_to_the_photo_alone_makes_nothing_public(case: Subject) -> None:
    agreed(case, "photo")
    assert not gate.judge([case.pk], "public", NOW).passed


@pytest.mark.parametrize(
    ("circle", "seen"),
    [("lawyer", {"lawyer", "monitor", "un", "public"}), ("un", {"un", "public"}),
     ("monitor", {"monitor", "un", "public"}), ("public", {"public"})],
)  # fmt: skip
def test_a_statement_goes_no_further_than_its_circle(
    case: Subject, circle: str, seen: set[str]
) -> None:
    agreed(case, *(("name", "story") if circle == "public" else (circle,)))
    circles = ("internal", "lawyer", "monitor", "un", "public")
    for one in circles:
        say(case, "note", f"for {one} ears", visibility=one, document=document(f"Paper {one}"))
    person = leaving(case, circle)
    assert {one.value.split()[1] for one in person.statements} == seen
    assert {one.carrier.split()[1] for one in person.documents} == seen
    assert person.left_out == len(circles) - len(seen)


def test_a_name_that_is_withheld_stands_nowhere(case: Subject) -> None:
    """Not in a spelling, a statement, a case ending, another script, a title or an address."""
    agreed(case, "story")
    surname = NAME.split()[0]
    public = {"visibility": "public"}
    say(case, "note", f"видели {surname}а у моста", "Газета", "media", **public)
    say(case, "note", "taken", f"Брат {surname}ых", "other", **public)
    say(case, "known_as", NAME, "Газета", "media", **public)
    say(case, "custody", "in_custody", "Газета", "media", details={"place": f"дом {surname}а"},
        about="2026-11-20", **public)  # fmt: skip
    paper = document("Газета", title=f"Дело {surname}а", address="http://a.example/nebyl")
    say(case, "note", "задержан у моста", "Газета", "media", document=paper, **public)
    person = leaving(case, "public")
    assert person.names == ()
    assert person.withheld == {"name", "photo"}
    assert [one.value for one in person.statements] == ["задержан у моста"]
    assert person.left_out == 4
    assert surname[:5].casefold() not in everything(person).casefold()
    assert person.documents[0].title == ""


def test_without_consent_to_the_story_only_the_name_is_public(case: Subject) -> None:
    agreed(case, "name")
    say(case, "custody", "in_custody", "Газета", "media", about="2026-11-20", visibility="public")
    person = leaving(case, "public")
    assert [one.text for one in person.names] == [NAME]
    assert person.statements == ()
    assert person.custody.state == "unknown"
    assert person.left_out == 1


def test_sources_who_are_no_officials_lose_their_names_in_what_is_public(case: Subject) -> None:
    agreed(case, "name", "story", "un")
    say(case, "note", "нет связи", "Тётя Выдума", "family", visibility="public")
    say(case, "note", "отрицаю", "Прокурор Небылов", "prosecutor", visibility="public")
    assert {one.speaker for one in leaving(case, "public").statements} == {
        "family",
        "Прокурор Небылов",
    }
    assert "Тётя Выдума" in everything(leaving(case, "un"))


def test_nothing_public_leads_back_to_our_codes_and_numbers(case: Subject) -> None:
    agreed(case, "name", "story", "lawyer")
    other = invented("ZZ9", "Другой Человек Небылович")
    say(case, "related", "relative", visibility="public", other=other)
    public, lawyer = leaving(case, "public"), leaving(case, "lawyer")
    assert case.code not in everything(public)
    assert "ZZ9" not in everything(public)
    assert "Другой" not in everything(public)
    assert lawyer.code == case.code
    assert len(public.statements[0].other) == 16
    assert public.id != lawyer.id
    assert public.statements[0].id != lawyer.statements[0].id
    assert leaving(case, "public").id == public.id


def test_a_passport_name_is_never_public_by_itself(case: Subject) -> None:
    agreed(case, "name", "story")
    say(case, "passport_name", "Секретов Иной", visibility="public")
    assert [one.text for one in leaving(case, "public").names] == [NAME]


def test_a_withdrawn_spelling_stays_here(case: Subject) -> None:
    agreed(case, "un")
    assert case.person is not None
    Spelling.objects.create(person=case.person, text="Ошибочно Записан", withdrawn_at=NOW)
    assert "Ошибочно" not in everything(leaving(case, "un"))


def test_the_photo_goes_only_with_consent_and_without_its_metadata(case: Subject) -> None:
    exif = Image.Exif()
    exif[0x010F] = "CanaryPhone"
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30)).save(buffer, "JPEG", exif=exif)
    taken = taking.take(case, taking.Sent(buffer.getvalue(), "a.jpg"), Hand("owner", NOW))
    taking.take_photo(case, taken, Hand("owner", NOW))
    agreed(case, "name")
    assert leaving(case, "public").photo is None
    agreed(case, "photo")
    photo = leaving(case, "public").photo
    assert photo
    assert b"CanaryPhone" not in photo


def test_many_people_are_read_with_few_questions(case: Subject) -> None:
    agreed(case, "un")
    others = [invented(f"N{n}", f"Выдуман Номер{n}") for n in range(30)]
    for one in others:
        agreed(one, "un")
        say(one, "note", "x", visibility="un", document=document())
    judged = gate.judge([case.pk, *(one.pk for one in others)], "un", NOW)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = list(gathering.outgoing(judged.passed, "un", "en", NOW))
    assert len(found) == 31
    # One photo a person, and what is read for all at once.
    assert len(asked) <= 31 + 12


def test_the_day_on_which_we_took_it_down_is_never_the_day_on_which_it_was_said(
    case: Subject,
) -> None:
    agreed(case, "un")
    told = {"visibility": "un"}
    say(case, "note", "a", said_on="2026-11-01", **told)
    say(case, "note", "b", document=document("Газета", published="2026-11-02"), **told)
    say(case, "note", "c", document=document("Газета"), **told)
    person = leaving(case, "un")
    days = {one.value: one.said_on for one in person.statements}
    assert days == {"a": "2026-11-01", "b": "2026-11-02", "c": ""}
    for name in ("wgeid-docx", "ced-docx"):
        out = io.BytesIO()
        occasion = Occasion(now=NOW, lang="en", by="owner", recipient="x", circle="un")
        formats()[name].write([person], out, occasion)
        text = "\n".join(one.text for one in docx.Document(io.BytesIO(out.getvalue())).paragraphs)
        assert f"{NOW:%Y-%m-%d}" not in text.replace(f"{NOW:%Y-%m-%d %H:%M} UTC", "")


def test_a_speaker_who_is_called_by_what_they_are_raises_no_warning(case: Subject) -> None:
    agreed(case, "name", "story")
    say(case, "note", "нет связи", "Тётя Выдума", "family", visibility="public")
    person = leaving(case, "public")
    assert person.statements[0].speaker == "family"
    assert not list(guards.warnings_for([person]))


@pytest.mark.parametrize(
    "name", ["Выдумов Небыл", "Ли Ан", "Vydumov N.", "Оев Ия", "Абдуллоҳзода Ғайрат"]
)
def test_a_withheld_name_is_found_deep_in_a_text_and_in_what_it_is_beside(
    case: Subject, name: str
) -> None:
    """Deep: search looks at the beginning of a text only. Beside: the title of a court's entry."""
    assert case.person is not None
    Spelling.objects.create(person=case.person, text=name)
    agreed(case, "story")
    surname = name.split(maxsplit=1)[0]
    public = {"visibility": "public"}
    say(case, "claim", "письмо", as_said="слово " * 400 + surname.upper(), **public)
    entry = recording.new_subject(Subject.RECORD, f"{surname}, дело 1", Hand("owner", NOW))
    say(case, "same_as", "yes", "Суд", "court", other=entry, **public)
    say(case, "claim", "задержан у моста", **public)
    person = leaving(case, "public")
    assert [one.value for one in person.statements] == ["задержан у моста"]
    assert person.left_out == 2
