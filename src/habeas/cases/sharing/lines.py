"""How a statement is written as words: its label, its speaker, and "alleged" where it accuses."""

import re
from datetime import UTC, datetime

from django.utils.translation import gettext as say

from habeas.cases.custody.states import sign_of
from habeas.cases.sharing.contract import Occasion
from habeas.cases.sharing.outgoing import OutgoingPerson, OutgoingStatement
from habeas.cases.statements.words import ROLES
from habeas.errors import NotForTheseReaders

ALLEGED = frozenset(
    {
        "accusation",
        "charge_article",
        "alleged_amount",
        "further_amount",
        "alleged_period",
        "complainants",
        "unpaid",
        "repaid",
    }
)
"""Properties that accuse: never written without the word "alleged"."""
_BARE = frozenset({"charge_article", "unpaid", "repaid"})
"""Those whose own label does not say it yet."""

CUSTODY = "custody"

# Everything that XML 1.0 has no way to write (section 2.2), lone surrogates among it.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """Return a text that every format can carry; what none can becomes U+FFFD, never nothing."""
    return _UNWRITABLE.sub("\ufffd", text)


def moment(at: datetime) -> str:
    """Return an aware time as RFC 3339 in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def role(key: str) -> str:
    """Return a role of a speaker in the language of the export."""
    return str(ROLES.get(key, key))


def said_by(one: OutgoingStatement) -> str:
    """Return who says so, with their role."""
    of = role(one.role)
    return plain(f"{one.speaker} ({of})" if one.speaker not in {"", of} else of)


def words(one: OutgoingStatement) -> str:
    """Return what is said: of custody the state in the reader's language, then their words."""
    if one.property != CUSTODY:
        return plain(one.words)
    state = str(sign_of(one.value, one.details.get("removal", "")).word)
    parts = [state, one.details.get("place", ""), one.as_said]
    return plain(", ".join(part for part in parts if part))


def label(one: OutgoingStatement) -> str:
    """Return the property in words, with "alleged" where it accuses."""
    if one.property in _BARE:
        return plain(say("%(label)s: alleged") % {"label": one.label})
    return plain(one.label)


def line(one: OutgoingStatement) -> str:
    """Return a statement as one line: never without its speaker."""
    about = f" [{one.about}]" if one.about else ""
    said = f", {one.said_on}" if one.said_on else ""
    return plain(f"{label(one)}: {words(one)}{about}. {said_by(one)}{said}")


def state_of(person: OutgoingPerson) -> str:
    """Return the state of custody in words; those that rest on old or disputed words say so."""
    told = person.custody
    parts = [str(sign_of(told.state, told.removal).word), told.place]
    if told.disputed:
        parts.append(say("disputed"))
    if told.stale:
        parts.append(say("not confirmed lately"))
    return plain(", ".join(part for part in parts if part))


def newest(person: OutgoingPerson) -> datetime | None:
    """Return when the newest statement of a person was written down."""
    return max((one.recorded_at for one in person.statements), default=None)


def for_everybody(occasion: Occasion, title: str) -> None:
    """Refuse to write for everybody what was gathered for some.

    Raises:
        NotForTheseReaders: the circle of the export is not everybody.
    """
    if occasion.circle != "public":
        raise NotForTheseReaders(title)
