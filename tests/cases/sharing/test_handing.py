"""Handing out: gated, previewed, written down; a consent withdrawn meanwhile throws it away."""

import hashlib
import io
from collections.abc import Iterable
from typing import BinaryIO

import pytest
from agreed import agreed
from case_story import NOW, invented, say
from django.db import DatabaseError, connection

from habeas.cases.sharing import handing
from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.models import Leaving, Left
from habeas.cases.sharing.outgoing import OutgoingPerson
from habeas.cases.statements.models import Subject
from habeas.errors import ConsentWithdrawn, FormatUnfit, NobodyAgreed

FOR_UN = Occasion(now=NOW, lang="en", by="owner", recipient="WGEID", circle="un")


def lines(people: Iterable[OutgoingPerson], out: BinaryIO, _occasion: Occasion) -> None:
    out.writelines(f"{one.name}\n".encode() for one in people)


LINES = Format("lines", "Lines", frozenset({"un"}), "txt", "text/plain", lines)  # type: ignore[arg-type]


def test_what_leaves_is_written_down_with_its_hash_fields_and_consents(case: Subject) -> None:
    agreed(case, "un")
    say(case, "note", "x", visibility="un")
    out = io.BytesIO()
    leaving = handing.hand_out(LINES, [case.pk], FOR_UN, out)
    assert leaving.sha256 == hashlib.sha256(out.getvalue()).hexdigest()
    assert leaving.size == len(out.getvalue())
    assert (leaving.by, leaving.recipient, leaving.circle) == ("owner", "WGEID", "un")
    left = Left.objects.get()
    assert left.subject == case
    assert left.fields == {"name": 1, "birth_year": 1, "note": 1}
    assert left.consents == [case.consents.get().pk]


def test_those_without_consent_stay_and_are_named_with_what_is_missing(case: Subject) -> None:
    agreed(case, "un")
    other = invented("ZZ9", "Другой Человек")
    shown = handing.preview(LINES, [case.pk, other.pk], FOR_UN)
    assert set(shown.going) == {case.pk}
    assert shown.refused == {other.pk: ["send it to the UN, confidentially"]}
    out = io.BytesIO()
    handing.hand_out(LINES, [case.pk, other.pk], FOR_UN, out)
    assert "Другой" not in out.getvalue().decode()
    assert Left.objects.count() == 1


def test_where_nobody_agreed_no_file_is_made(case: Subject) -> None:
    out = io.BytesIO()
    with pytest.raises(NobodyAgreed, match="confidentially"):
        handing.hand_out(LINES, [case.pk], FOR_UN, out)
    assert out.getvalue() == b""
    assert not Leaving.objects.exists()


def test_a_consent_withdrawn_while_it_runs_throws_the_file_away(case: Subject) -> None:
    agreed(case, "un", days_ago=2)

    def slowly(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
        lines(people, out, occasion)
        agreed(case, "un", given=False)

    slow = Format("slow", "Slow", frozenset({"un"}), "txt", "text/plain", slowly)  # type: ignore[arg-type]
    with pytest.raises(ConsentWithdrawn) as told:
        handing.hand_out(slow, [case.pk], FOR_UN, io.BytesIO())
    assert told.value.kept == "The file was thrown away, and nothing was handed out."
    assert not Leaving.objects.exists()


def test_a_format_that_fails_leaves_nothing_on_record(case: Subject) -> None:
    agreed(case, "un")

    def broken(people: Iterable[OutgoingPerson], out: BinaryIO, _occasion: Occasion) -> None:
        out.write(next(iter(people)).name.encode())
        raise OSError("disk full")

    bad = Format("bad", "Bad", frozenset({"un"}), "txt", "text/plain", broken)  # type: ignore[arg-type]
    with pytest.raises(OSError, match="disk full"):
        handing.hand_out(bad, [case.pk], FOR_UN, io.BytesIO())
    assert not Leaving.objects.exists()


@pytest.mark.parametrize(
    ("circle", "lang", "reason"),
    [("public", "en", "not made for these readers"), ("un", "xx", "not written in this language")],
)
def test_what_a_format_is_not_made_for_is_refused(
    case: Subject, circle: str, lang: str, reason: str
) -> None:
    agreed(case, "un", "name", "story")
    wanted = Occasion(now=NOW, lang=lang, by="owner", recipient="x", circle=circle)
    with pytest.raises(FormatUnfit, match=reason):
        handing.hand_out(LINES, [case.pk], wanted, io.BytesIO())


def test_what_was_seen_changes_with_every_statement_and_consent(case: Subject) -> None:
    agreed(case, "un", days_ago=1)
    seen = {handing.preview(LINES, [case.pk], FOR_UN).seen}
    first = say(case, "note", "x", visibility="un")
    seen.add(handing.preview(LINES, [case.pk], FOR_UN).seen)
    say(case, "note", "y", visibility="un", supersedes=first)
    seen.add(handing.preview(LINES, [case.pk], FOR_UN).seen)
    agreed(case, "un", given=False)
    seen.add(handing.preview(LINES, [case.pk], FOR_UN).seen)
    assert len(seen) == 4


def test_the_log_of_what_left_is_never_changed(case: Subject) -> None:
    agreed(case, "un")
    handing.hand_out(LINES, [case.pk], FOR_UN, io.BytesIO())
    for table in ("leaving", "left"):
        with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM sharing_{table}")
