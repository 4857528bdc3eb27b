"""Invented people as they leave, built by hand: what formats are tested with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid5

import django_ready  # noqa: F401 - labels need Django

from habeas.cases.sharing.contract import Occasion
from habeas.cases.sharing.outgoing import (
    OutgoingCustody,
    OutgoingDocument,
    OutgoingName,
    OutgoingPerson,
    OutgoingStatement,
)
from habeas.cases.statements.properties import known

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
NAME, ARABIC = "Небылов Вымысел Фантазиевич", "نابود خیالی"
HOSTILE = (
    '=HYPERLINK("http://x.invalid","x")',
    "+992000000000",
    "\t=1+1",
    "\r-1",
    "＝1+1",
    "a;=cmd|' /C calc'!A0",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;</pfif:text>]]>',
    "<script>alert(1)</script>",
    "nul\x00 bell\x07 escape\x1b ffff\uffff surrogate\ud800",
    "\u202egnp.exe \u2066left",
    "BEGIN:VEVENT\r\nSUMMARY:x",
    "я" * 10_000,
    "'quoted",
    "",
)
_SPACE = UUID("5a4ca3d2-0000-4000-8000-000000000007")
_numbers = count()


def identity(key: object) -> str:
    """Return an id that looks as random ones do, and is the same in each run."""
    return uuid5(_SPACE, ascii(key)).hex


def occasion(circle: str = "public", **more: Any) -> Occasion:
    """Return an occasion in English."""
    told: dict[str, Any] = {"now": NOW, "lang": "en", "by": "", "recipient": "readers"}
    return Occasion(**{**told, "circle": circle, **more})


def said(term: str, value: str = "words", **more: Any) -> OutgoingStatement:
    """Return a statement of a speaker."""
    told: dict[str, Any] = {
        "id": identity(("statement", next(_numbers))),
        "property": term,
        "label": str(known(term).label),
        "value": value,
        "as_said": "",
        "lang": "ru",
        "details": {},
        "about": "",
        "zone": "Europe/Moscow",
        "about_from": None,
        "about_to": None,
        "speaker": "The Invented Court",
        "role": "court",
        "document": "",
        "place": "",
        "said_on": "2026-11-20",
        "said_by": NOW - timedelta(days=4),
        "certainty": "reliable",
        "in_custody": "no",
        "other": "",
        "disputed": False,
        "current": True,
        "signed": False,
        "recorded_at": NOW - timedelta(days=3),
    }
    return OutgoingStatement(**{**told, **more})


def paper(**more: Any) -> OutgoingDocument:
    """Return an article of an invented newspaper."""
    told: dict[str, Any] = {
        "id": identity("paper"),
        "kind": "article",
        "title": "Небылов задержан",
        "carrier": "The Invented Gazette",
        "address": "https://gazette.invalid/1",
        "archive": "https://archive.invalid/1",
        "lang": "ru",
        "published": "2026-11-21",
        "sha256": ("ab" * 32,),
    }
    return OutgoingDocument(**{**told, **more})


def custody(state: str = "in_custody", **more: Any) -> OutgoingCustody:
    """Return where somebody is believed to be."""
    told: dict[str, Any] = {
        "state": state,
        "removal": "",
        "place": "Invented station 5",
        "since": NOW - timedelta(days=4),
        "confirmed_at": NOW - timedelta(days=3),
        "stale": False,
        "disputed": False,
    }
    return OutgoingCustody(**{**told, **more})


def person(*statements: OutgoingStatement, **more: Any) -> OutgoingPerson:
    """Return somebody invented."""
    told: dict[str, Any] = {
        "id": identity("person"),
        "code": "",
        "names": (
            OutgoingName(NAME, "spelling"),
            OutgoingName(ARABIC, "spelling"),
            OutgoingName("Nebilov V.", "known_as"),
        ),
        "birth_year": 1984,
        "custody": custody(),
        "statements": statements,
        "documents": (),
        "photo": None,
        "left_out": 0,
    }
    return OutgoingPerson(**{**told, **more})


def story(**more: Any) -> OutgoingPerson:
    """Return somebody of whom a bit of everything is said."""
    held = {
        "place": "Invented station 5",
        "place_type": "police",
        "latitude": "55.7512345",
        "longitude": "37.6187654",
    }
    carried = {"document": paper().id, "place": "paragraph 2"}
    return person(
        said("custody", "in_custody", details=held, about="2026-11-20T14:10", **carried),
        said("detained_on", "2026-11-20", about="2026-11-20"),
        said("accusation", "fraud", as_said="мошенничество", speaker="Invented prosecutor",
             role="prosecutor", **carried),
        said("charge_article", "247 ч. 4"),
        said("decision_on", "2026-11-26T10:00", about="2026-11-26T10:00"),
        said("deadline", "appeal", about="2026-12-01/2026-12-05"),
        said("deadline", "answer", about="2026-12"),
        said("deadline", "no date"),
        said("identifier", "паспорт 40 12 345678"),
        said("birth_place", "Кулоб"),
        said("taken_by", "Invented unit", speaker="Neighbour", role="eyewitness",
             certainty="unsure"),
        said("note", "visited", speaker="Invented advocate", role="lawyer"),
        documents=(paper(),),
        **more,
    )  # fmt: skip


def hostile() -> OutgoingPerson:
    """Return somebody of whom only attacks are said."""
    terms = ("custody", "accusation", "deadline", "identifier", "taken_by", "note", "claim")
    rows = [
        replace(said(term, text), as_said=text, speaker=text, details={"place": text})
        for text in HOSTILE
        for term in terms
    ]
    return person(
        *rows,
        id=identity("hostile"),
        names=tuple(OutgoingName(text, "spelling") for text in HOSTILE),
        documents=tuple(
            paper(id=identity(text), title=text, carrier=text, address=text) for text in HOSTILE
        ),
        custody=custody(place=HOSTILE[0]),
    )
