"""A small invented story for the pages: people, sources, looks of several weeks, a few matches.

All people are invented. The clock of the pages stands still at `NOW`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import django_ready  # noqa: F401 - sets Django up before the models are imported

from habeas.names import Sought, compare
from habeas.watch.models import (
    Decision,
    Entry,
    Event,
    Look,
    Match,
    Mention,
    Person,
    Spelling,
    Version,
    Watch,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
NAME = "Ойбодом Выдумов"
PRINTED = "ВЫДУМОВ ОЙБОДОМ НЕБЫЛОЕВИЧ"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> \u202eвомудыВ\u2066 \x1b[2J\x07 "
    "{{ 7|add:7 }} {% now 'Y' %} &amp; \"quoted\" 'single' "
)
LONG = "Ы" * 1000


@dataclass(frozen=True)
class Story:
    """Rows that tests ask for by role."""

    person: Person
    nobody: Person
    spelling: Spelling
    match: Match
    look: Look
    could_not: Look
    court: Watch


def account() -> "User":
    """Return the owner's account."""
    from django.contrib.auth.models import User

    return User.objects.get_or_create(username="owner")[0]


def told() -> Story:
    """Write the story into the database of this test."""
    started = NOW - timedelta(days=20)
    court = Watch.objects.create(
        source="ru_mosgorsud", court="tverskoj", every_s=21_600, added_at=started
    )
    ministry = Watch.objects.create(source="tj_mvd", every_s=86_400, added_at=started)
    look, could_not = _looks(court, ministry)
    person = Person.objects.create(code="H7K3M", birth_year=1984, added_at=started)
    spelling = Spelling.objects.create(person=person, text=NAME, added_at=started)
    nobody = Person.objects.create(code="P9CWF", added_at=started)
    Spelling.objects.create(person=nobody, text="Тасаввур Афсонаев", added_at=started)
    match = matched(person, look, PRINTED, "case-1")
    decided = matched(person, look, "Выдумов О.Н.", "case-2")
    Decision.objects.create(
        match=decided, answer="not_same", ground="Другой год рождения", by="owner", at=NOW
    )
    return Story(person, nobody, spelling, match, look, could_not, court)


def matched(person: Person, look: Look, printed: str, identity: str) -> Match:
    """Return a match of a person with a name printed in a new entry of a look."""
    entry = Entry.objects.create(
        source=look.watch.source, identity=identity, scope="2026-11-24", first_look=look
    )
    version = Version.objects.create(
        entry=entry,
        look=look,
        digest="0" * 64,
        facts={
            "case_number": "05-0001/2026",
            "judge": "Небывалова И.И.",
            "article": "ст. 18.10 ч.2 КоАП РФ",
            "state": "Назначено к слушанию",
            "received": "23.11.2026",
            "trimmed": False,
        },
        link="https://mos-gorsud.ru/rs/tverskoj/cases/1",
    )
    mention = Mention.objects.create(
        version=version, printed=printed, role="Привлекаемое лицо", capacity="party"
    )
    Event.objects.create(entry=entry, look=look, kind="appeared", at=look.slot)
    Event.objects.create(
        entry=entry,
        look=look,
        kind="changed",
        changes={"judge": ["Былов П.П.", "Небывалова И.И."]},
        at=look.slot + timedelta(hours=1),
    )
    known = tuple(person.spellings.values_list("text", flat=True)) or (NAME,)
    comparison = compare(Sought(known), PRINTED)
    return Match.objects.create(
        person=person,
        mention=mention,
        verdict=str(comparison.verdict),
        bits=round(comparison.bits, 2),
        namesakes=comparison.namesakes,
        reasons=[
            {
                "part": r.part,
                "rule": r.rule,
                "sought": r.sought,
                "printed": r.printed,
                "bits": round(r.bits, 2),
                "text": r.sentence("en"),
            }
            for r in comparison.reasons
        ],
        spellings=len(known),
        made_at=look.finished_at,
    )


def _looks(court: Watch, ministry: Watch) -> tuple[Look, Look]:
    """Write twenty days of ledger: a captcha, a gap, a half answer, and long trouble at one."""
    first = (NOW - timedelta(days=20)).replace(hour=0, minute=7)
    last = None
    for n in range(20 * 4 + 3):
        slot = first + timedelta(hours=6 * n)
        if slot < court.added_at:
            continue
        day = (slot - first).days
        obstacle = {8: "captcha", 12: "missed"}.get(day, "down" if n % 17 == 0 else "")
        last = look_at(court, slot, obstacle)
    assert last is not None
    for n in range(21):
        slot = first + timedelta(days=n, hours=9)
        if slot < ministry.added_at:
            continue
        could_not = look_at(ministry, slot, "blocked" if n > 15 else "", purpose="news")
    return last, could_not


def look_at(watch: Watch, slot: datetime, obstacle: str = "", purpose: str = "") -> Look:
    """Return a new row of the ledger: complete, or with an obstacle."""
    asked = [
        {
            "method": "GET",
            "url": "https://mos-gorsud.ru/search?courtAlias=tverskoj&date=24.11.2026",
            "purpose": purpose or f"hearings on {slot:%d.%m.%Y}",
            "why": "list",
            "outcome": "could_not_look" if obstacle else "found",
            "obstacle": obstacle,
            "rows": 0 if obstacle else 42,
            "sha256": "" if obstacle else "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c",
            "path": "" if obstacle else "captures/2026-11-24/habeas-0001.warc.gz",
            "record": "" if obstacle else "<urn:uuid:00000000-0000-4000-8000-000000000001>",
        }
    ]
    return Look.objects.create(
        watch=watch,
        slot=slot,
        started_at=slot,
        finished_at=slot + timedelta(seconds=12),
        outcome="could_not_look" if obstacle else "found",
        obstacle=obstacle,
        explanation="Введите код с картинки" if obstacle == "captcha" else "",
        requests=[] if obstacle == "missed" else asked,
        rows=0 if obstacle else 42,
        counter=None if obstacle else 42,
        confirmed=not obstacle,
        adapter="habeas 0.1.0",
    )
