"""Invented people as they would leave, built by hand: what papers are written of."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import django_ready  # noqa: F401 - sets Django up before the formats are imported

from habeas.cases.sharing.contract import Occasion
from habeas.cases.sharing.outgoing import (
    OutgoingCustody,
    OutgoingDocument,
    OutgoingName,
    OutgoingPerson,
    OutgoingStatement,
)

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
_numbers = count(1)


def occasion(lang: str = "en", circle: str = "lawyer") -> Occasion:
    """Return an export for an invented lawyer."""
    return Occasion(NOW, lang, "Centre Invented", "Lawyer Invented", circle)


def said(term: str, value: str, **more: Any) -> OutgoingStatement:
    """Return a statement of the sister, said a day ago; anything else by its name."""
    moment = NOW - timedelta(days=1)
    plain = OutgoingStatement(
        id=f"s{next(_numbers)}",
        property=term,
        label=term,
        value=value,
        as_said="",
        lang="",
        details={},
        about="",
        zone="Europe/Moscow",
        about_from=None,
        about_to=None,
        speaker="Sister Invented",
        role="family",
        document="",
        place="",
        said_on="2026-03-13",
        said_by=moment,
        certainty="reliable",
        in_custody="no",
        other="",
        disputed=False,
        current=False,
        signed=False,
        recorded_at=moment,
    )
    return replace(plain, **more)


PAPER = OutgoingDocument(
    "d1", "article", "Man taken at market", "The Invented Gazette", "https://example.org/a",
    "", "ru", "2026-03-12", ("ab" * 32,),
)  # fmt: skip

STORY = (
    said(
        "custody", "taken_unacknowledged", about="2026-03-11", current=True,
        about_from=datetime(2026, 3, 11, tzinfo=UTC), details={"place": "Station Invented"},
        as_said="Two men in plain clothes put him into a van.", disputed=True, lang="ru",
    ),
    said(
        "custody", "at_liberty", speaker="Ministry Invented", role="ministry", disputed=True,
        about="2026-03-12", about_from=datetime(2026, 3, 12, tzinfo=UTC), document="d1",
    ),
    said("last_place", "Invented market, Moscow"),
    said("taken_by", "two men in plain clothes", speaker="Seller Invented", role="eyewitness"),
    said("accusation", "fraud", speaker="Prosecutor Invented", role="prosecutor", document="d1"),
    said("position", "Let the family see him."),
    said(
        "action", "complaint no. 17", about="2026-03-12",
        about_from=datetime(2026, 3, 12, tzinfo=UTC), speaker="Centre Invented", role="staff",
        details={"sort": "filing", "whom": "Prosecutor of Invented", "standing": "sent"},
    ),
    said("need", "lawyer in Invented", details={"sort": "lawyer", "standing": "open"}),
    said("known_as", "Zafar Invented"),
    said("born", "1984-05-02"),
)  # fmt: skip


def person(*statements: OutgoingStatement, **more: Any) -> OutgoingPerson:
    """Return an invented person with the story, or with other statements; fields by name."""
    custody = OutgoingCustody(
        "taken_unacknowledged", "", "Station Invented", NOW - timedelta(days=3),
        NOW - timedelta(days=1), stale=True, disputed=True,
    )  # fmt: skip
    fresh = OutgoingPerson(
        "p-random-1",
        "H7K3M",
        (
            OutgoingName("Зафар Выдуманный", "spelling"),
            OutgoingName("Zafar Vydumanny", "spelling"),
        ),
        1984,
        custody,
        statements or STORY,
        (PAPER,),
        None,
        2,
    )
    return replace(fresh, **more)


def empty() -> OutgoingPerson:
    """Return an invented person of whom nothing is known but a name."""
    nothing = OutgoingCustody("unknown", "", "", None, None, stale=False, disputed=False)
    bare = person(said("note", "nothing"), custody=nothing, documents=(), birth_year=None)
    return replace(bare, statements=(), left_out=0)


HOSTILE = (
    "#panic() *bold* _x_ $1/0$ `raw` <label> @ref \\ \u0007\u0000\u001b[31m "
    "\u202eevil\u2066 سلام 中文 \ud800 = heading"
)


def hostile() -> OutgoingPerson:
    """Return a person whose every value is an attack or too long."""
    long = "x" * 10_000
    rows = [
        said(term, value, as_said=value, speaker=value, about=HOSTILE[:20], lang="ru")
        for term in ("custody", "taken_by", "accusation", "position", "official_answer", "action")
        for value in (HOSTILE, long, HOSTILE * 120)
    ]
    names = (OutgoingName(HOSTILE, "spelling"), OutgoingName(long, "known_as"))
    return person(*rows, names=names)
