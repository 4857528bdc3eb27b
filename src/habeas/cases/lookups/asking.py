"""Taking down look-ups, and the claim that keeps two volunteers from ringing one desk."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from habeas.cases.lookups.models import Asking, Desk, LookUp
from habeas.cases.lookups.words import DESKS, OUTCOMES
from habeas.cases.statements import recording
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Claim, Hand, Said
from habeas.errors import DeskTaken, ListRefused, StatementRefused
from habeas.language import _

LASTS = timedelta(minutes=15)
"""How long a desk stays claimed by whoever asks there."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking; the fields are those of `models.LookUp`."""

    whom: str
    spelling: str
    outcome: str
    asked_at: datetime
    body: Subject | None = None
    channel: str = "phone"
    answer: str = ""
    officer: str = ""
    ask_again_at: datetime | None = None
    corrects: LookUp | None = None


def take(subject: Subject, answer: Answer, hand: Hand) -> LookUp:
    """Take down a look-up, give the desk back, and let whoever keeps facts know.

    "Is here" is a statement about custody too, by the desk that says so.

    Raises:
        StatementRefused: nobody was asked, or the outcome is none of the list.
    """
    if not answer.whom.strip():
        raise StatementRefused(_("it does not say who was asked"))
    if answer.outcome not in OUTCOMES:
        raise StatementRefused(_("{answer} is no answer").format(answer=repr(answer.outcome[:40])))
    with transaction.atomic():
        kept = LookUp.objects.create(
            subject=subject,
            **{name: getattr(answer, name) for name in Answer.__slots__},
            by=hand.by,
            at=hand.at,
        )
        if answer.outcome == "here":
            _say_so(subject, answer, hand)
        if answer.body is not None:
            give_back(answer.body, hand)
        recording.tell(subject, hand.at)
    return kept


def _say_so(subject: Subject, answer: Answer, hand: Hand) -> None:
    since = f"{answer.asked_at:%Y-%m-%dT%H:%M}"
    recording.state(
        subject,
        Claim(
            "custody",
            "in_custody",
            as_said=answer.answer,
            about=since,
            details={"place": answer.whom, "whereabouts": "0101"},
        ),
        Said(answer.officer or answer.whom, "police", said_on=since),
        hand,
    )


def claim(body: Subject, hand: Hand) -> Asking:
    """Return the claim of a desk for the next quarter of an hour; renews one's own.

    Raises:
        DeskTaken: somebody else is asking there.
    """
    with transaction.atomic():
        # Two claims at one time stand in a row: SQLite begins with a write lock, PostgreSQL
        # locks the row of the desk.
        Subject.objects.select_for_update().get(pk=body.pk)
        current = held_by(body, hand.at)
        if current is not None and current.by != hand.by:
            raise DeskTaken(current.by)
        give_back(body, hand)
        return Asking.objects.create(body=body, by=hand.by, at=hand.at, until=hand.at + LASTS)


def held_by(body: Subject, now: datetime) -> Asking | None:
    """Return the claim that holds a desk now."""
    return Asking.objects.filter(body=body, done_at=None, until__gt=now).order_by("-pk").first()


def give_back(body: Subject, hand: Hand) -> None:
    """End one's own claim of a desk."""
    Asking.objects.filter(body=body, by=hand.by, done_at=None).update(done_at=hand.at)


def add_desk(title: str, kind: str, hand: Hand, **fields: object) -> Desk:
    """Add an office that can be asked."""
    with transaction.atomic():
        body = recording.new_subject(Subject.BODY, title, hand)
        return Desk.objects.create(body=body, kind=kind, by=hand.by, at=hand.at, **fields)


def desks_from(path: Path, hand: Hand) -> list[Desk]:
    """Add the desks of a CSV file with the columns name and kind.

    Further columns, if wanted: city, district, phone, note, latitude, longitude.

    Raises:
        ListRefused: a line cannot be used; nothing of the file is taken over.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ListRefused(path.name, 1, _("the file is no text in UTF-8")) from error
    with transaction.atomic():
        return list(_desks(csv.DictReader(lines), path.name, hand))


def _desks(rows: Iterable[dict[str, str]], file: str, hand: Hand) -> Iterable[Desk]:
    for line, row in enumerate(rows, 2):
        name, kind = (row.get("name") or "").strip(), (row.get("kind") or "").strip()
        if not name or kind not in DESKS:
            words = _("it needs a name, and a kind out of: {kinds}")
            raise ListRefused(file, line, words.format(kinds=", ".join(DESKS)))
        yield add_desk(
            name,
            kind,
            hand,
            **{key: (row.get(key) or "").strip() for key in ("city", "district", "phone", "note")},
            latitude=_degrees(row, "latitude", file, line),
            longitude=_degrees(row, "longitude", file, line),
        )


def _degrees(row: dict[str, str], key: str, file: str, line: int) -> float | None:
    text = (row.get(key) or "").strip()
    try:
        return float(text) if text else None
    except ValueError as error:
        raise ListRefused(file, line, _("{text} is no number").format(text=repr(text))) from error
