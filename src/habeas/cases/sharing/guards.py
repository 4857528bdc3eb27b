"""What to look at before something is published: sentences that say what was found, and what to do.

Nothing is changed here and nothing is forbidden: the program warns, a person decides.
"""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as say

from habeas.cases.sharing.lines import CUSTODY
from habeas.cases.sharing.outgoing import OutgoingPerson, OutgoingStatement
from habeas.cases.statements.words import ROLES

SMALL = 5
"""Fewer people than this in one cell may be known by their neighbours."""

_RELIABLE = frozenset({"highly_reliable", "reliable"})
_OFFICIAL = frozenset({"court", "police", "ministry", "prosecutor"})
_NEAR = frozenset({"self", "family", "co_detainee", "staff", "eyewitness", "anonymous"})
_FOUND: Mapping[str, re.Pattern[str]] = {
    "e-mail": re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[^\W\d_]{2,}"),
    "phone": re.compile(r"(?<![\w/-])(?:\+\d|8[\s(-]|\(\d)[\d\s().-]{7,18}\d(?![\w/-])"),
    "account": re.compile(r"(?<!\w)(?:@[A-Za-z]\w{4,31}|(?:t\.me|wa\.me|vk\.com)/[\w.+-]+)"),
    "address": re.compile(
        r"(?:\b(?:ул|пр-т|просп|пер|кв|мкр|улица|кӯчаи|хонаи|koʻchasi|street|flat)\b\.?"
        r"|\b(?:д|дом)\.)\s*(?:[^\W\d_][\w-]*[\s,.]+){0,3}(?:д\.\s*)?\d+",
        re.IGNORECASE,
    ),
}


def confirmed(one: OutgoingStatement) -> bool:
    """Whether a statement is firm enough to name somebody at a place and a time."""
    if one.disputed:
        return False
    return one.certainty in _RELIABLE or (one.certainty == "unknown" and one.role in _OFFICIAL)


def contacts_in(text: str) -> list[str]:
    """Return which ways to reach somebody stand in a text, by kind, in a fixed order."""
    return [kind for kind, pattern in _FOUND.items() if pattern.search(text)]


def small_cells(cells: Mapping[str, int], least: int = SMALL) -> list[str]:
    """Warn of counts so small that they point at people."""
    return [
        say("“%(cell)s” holds only %(count)d: say “fewer than %(least)d”, or join it with another.")
        % {"cell": cell, "count": count, "least": least}
        for cell, count in cells.items()
        if 0 < count < least
    ]


def unconfirmed_sightings(person: OutgoingPerson) -> list[str]:
    """Warn of name, place and time together where nobody has confirmed them."""
    if not person.names:
        return []
    return [
        say("%(name)s at %(place)s at a given time is not confirmed: leave out one of the three.")
        % {"name": person.name, "place": one.details.get("place") or one.words}
        for one in person.of(CUSTODY, "detained_at", "last_place", "last_seen")
        if _placed(one) and one.about and not confirmed(one)
    ]


def _placed(one: OutgoingStatement) -> bool:
    return one.property != CUSTODY or bool(one.details.get("place"))


def contacts_told(person: OutgoingPerson) -> list[str]:
    """Warn of telephone numbers, addresses and accounts in the words that leave."""
    warnings = []
    for one in person.statements:
        texts = (one.value, one.as_said, one.speaker, one.place, *one.details.values())
        kinds = {kind for text in texts for kind in contacts_in(text)}
        if one.property == "phone":
            kinds.add("phone")
        if kinds:
            warnings.append(
                say(
                    "“%(label)s” of %(name)s holds a way to reach somebody (%(kinds)s): "
                    "take it out."
                )
                % {"label": one.label, "name": person.name, "kinds": ", ".join(sorted(kinds))}
            )
    return warnings


def speakers_named(person: OutgoingPerson) -> list[str]:
    """Warn of speakers who may be harmed if their name is published."""
    names = {
        one.speaker
        for one in person.statements
        if one.role in _NEAR and one.speaker.strip() and one.speaker != str(ROLES.get(one.role))
    }
    return [
        say("%(speaker)s is named as speaker: say only the role, unless they agreed.")
        % {"speaker": speaker}
        for speaker in sorted(names)
    ]


def warnings_for(people: Iterable[OutgoingPerson]) -> Iterable[str]:
    """Yield everything that is to be looked at before these people are published."""
    for person in people:
        yield from unconfirmed_sightings(person)
        yield from contacts_told(person)
        yield from speakers_named(person)
