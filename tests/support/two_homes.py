"""Two real homes, side by side: commands run in each, and what each holds, field by field."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SETUP = """
import django; django.setup()
from datetime import UTC, date, datetime
from habeas.cases.statements.models import Subject
from habeas.cases.statements import recording
from habeas.cases.statements.recording import Claim, Hand, Said
HAND = Hand("owner", datetime(2026, 11, 24, 14, 30, tzinfo=UTC))
case = Subject.objects.filter(kind="person").order_by("pk").first()
"""
AGREE = """
from habeas.cases.consent.models import Consent
for subject in Subject.objects.filter(kind="person"):
    Consent.objects.create(subject=subject, use="lawyer", given=True, speaker="Invented Sister",
        role="family", manner="written", answered_on=date(2026, 11, 1), until=date(2099, 1, 1),
        note="only for the court", by="owner", at=HAND.at)
"""
FILES = """
import io
from PIL import Image
from PIL.ExifTags import Base
from habeas.cases.documents import taking
from habeas.cases.lookups import asking
told = Image.Exif(); told[Base.Artist.value] = "Invented Photographer"
out = io.BytesIO(); Image.new("RGB", (80, 60), (9, 90, 9)).save(out, "JPEG", exif=told)
for content, name in ((out.getvalue(), "secret name.jpg"), (b"plain words", "words.txt")):
    taken = taking.take(case, taking.Sent(content, name, "letter", "A paper", "Invented Bureau",
                                          "2026-11"), HAND)
    recording.state(case, Claim("note", "see " + name[-3:]), Said("Invented Sister", "family",
        taken.document, "page 1", "2026-11-02", "reliable", "no", visibility="lawyer"), HAND)
recording.state(case, Claim("last_contact", "2026-11-01", about="2026-11-01T10:00",
    zone="Europe/Moscow"), Said("Invented Sister", "family", visibility="lawyer"), HAND)
for outcome in ("not_here", "no_answer", "was_here"):
    asking.take(case, asking.Answer("Invented station 5", "Amon", outcome, HAND.at,
                                    answer="words: " + outcome, officer="Duty officer"), HAND)
"""
TOLD = """
import json
from habeas.cases.lookups.calling import current
from habeas.cases.consent.models import Consent
from habeas.cases.statements.models import Statement
from habeas.cases.statements.reading import alive
def paper(one):
    return one and [one.kind, one.title, one.carrier, one.address, one.archive, one.lang,
                    one.published]
def other(one):
    return one and (one.kind if one.kind == "person" else [one.kind, one.title])
def told(case):
    rows = alive(list(Statement.objects.filter(subject=case).order_by("pk")))
    return {
        "names": [one.text for one in case.person.spellings.filter(withdrawn_at=None)],
        "birth_year": case.person.birth_year,
        "statements": sorted([[one.property, one.value, one.as_said, one.lang, one.details,
            one.about, one.zone, str(one.about_from), str(one.about_to), one.speaker, one.role,
            paper(one.document), one.place,
            one.said_on or (one.document.published if one.document else ""), str(one.said_by),
            one.certainty, one.in_custody, other(one.other)] for one in rows], key=json.dumps),
        "visibility": sorted({one.visibility for one in rows}),
        "lookups": [[one.whom, one.channel, one.spelling, one.outcome, one.answer, one.officer,
            str(one.asked_at)] for one in current(case)],
        "consents": Consent.objects.filter(subject=case).count(),
        "files": sorted([one.sha256, one.size, one.media_type, paper(one.document)]
            for filed in case.filed.all() for one in filed.document.uploads.all()),
    }
print(json.dumps([told(one) for one in Subject.objects.filter(kind="person").order_by("pk")]))
"""


def environment(home: Path) -> dict[str, str]:
    told = os.environ | {"HABEAS_HOME": str(home),
                         "DJANGO_SETTINGS_MODULE": "habeas.site.settings"}  # fmt: skip
    told.pop("HABEAS_DATABASE", None)
    return told


def run(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a home."""
    return subprocess.run(
        [sys.executable, "-m", "habeas.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment(home) | more,
    )


def done(home: Path, *arguments: str, **more: str) -> str:
    """Run a command that must succeed; return what it prints."""
    found = run(home, *arguments, **more)
    assert found.returncode == 0, found.stderr
    return found.stdout


def python(home: Path, *code: str) -> str:
    """Run code in a home."""
    found = subprocess.run(
        [sys.executable, "-c", SETUP + "".join(code)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(home),
    )
    assert found.returncode == 0, found.stderr
    return found.stdout


def told(home: Path) -> list[dict[str, Any]]:
    """Return what a home holds of each person."""
    found: list[dict[str, Any]] = json.loads(python(home, TOLD))
    return found
