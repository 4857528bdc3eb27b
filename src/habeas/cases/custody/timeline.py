"""From statements to stays: who says that somebody was where, from when until when.

A stay begins when its statement says. If the statement gives no end, it lasts until a later stay in
another state begins. Two stays that exclude each other at one time are both disputed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations

from habeas.cases.custody.states import LAW, LEGAL, WHERE, exclusive, sign_of
from habeas.cases.statements import reading
from habeas.cases.statements.models import Statement, Subject
from habeas.watch.pages.words import Sign

TERM = "custody"
FIRST_DAYS = timedelta(days=3)
FRESH_AT_FIRST, FRESH_LATER = timedelta(hours=12), timedelta(days=7)
"""How long a confirmation is fresh: in the first three days of a case, and later."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One state over one time, as one statement gives it.

    Attributes:
        track: WHERE or LAW: whereabouts and proceedings run side by side.
        start: first moment; None where nobody knows the beginning.
        end: the moment after it; None where it lasts.
        told_end: whether the statement itself gives the end.
        chosen: whether a person chose this statement to be shown first.
    """

    statement: Statement
    state: str
    removal: str
    track: str
    start: datetime | None
    end: datetime | None
    told_end: bool
    disputed: bool
    chosen: bool

    @property
    def sign(self) -> Sign:
        """The state as word and shape."""
        return sign_of(self.state, self.removal)


@dataclass(frozen=True, slots=True)
class Badge:
    """Where somebody is believed to be, and how old that knowledge is.

    Attributes:
        state, removal, place: of the latest stay; state is "unknown" where nothing is said.
        law: the latest state of proceedings, empty where there is none.
        since: when the stay began.
        confirmed_at: when somebody last said so; None where nobody did.
        stale_at: from when on the knowledge is too old to be relied on.
        disputed: whether anything in the timeline is disputed.
        signed: whether a person chose it.
    """

    state: str
    removal: str
    place: str
    law: str
    since: datetime | None
    confirmed_at: datetime | None
    stale_at: datetime | None
    disputed: bool
    signed: bool

    @property
    def sign(self) -> Sign:
        """The state as word and shape."""
        return sign_of(self.state, self.removal)

    @property
    def law_sign(self) -> Sign | None:
        """The state of proceedings as word and shape."""
        return sign_of(self.law) if self.law else None


def stays(subject: Subject) -> list[Stay]:
    """Return the stays of a person, in the order in which they begin."""
    rows = reading.live(subject, TERM)
    chosen = reading.signed_lines(subject).get((TERM, None), (None, frozenset()))[1]
    return stays_of(rows, chosen)


def stays_of(rows: Sequence[Statement], chosen: Collection[int]) -> list[Stay]:
    """Return the stays that live statements of custody give, as `stays` does.

    Args:
        rows: of one person.
        chosen: primary keys of those that a person chose to be shown first.
    """
    found = [_stay(row, chosen=row.pk in chosen) for row in rows]
    found.sort(key=lambda one: (one.start is not None, one.start, one.statement.pk))
    return _with_disputes([_ended(one, found) for one in found])


def _stay(row: Statement, *, chosen: bool) -> Stay:
    # A single day is the day on which it began; only an interval tells an end.
    told_end = "/" in row.about and row.about_to is not None
    return Stay(
        statement=row,
        state=row.value,
        removal=str(row.details.get("removal", "")),
        track=LAW if row.value in LEGAL else WHERE,
        start=row.about_from,
        end=row.about_to if told_end else None,
        told_end=told_end,
        disputed=False,
        chosen=chosen,
    )


def _ended(stay: Stay, every: Sequence[Stay]) -> Stay:
    """Return a stay of untold end with the begin of the next other state as its end."""
    if stay.told_end or stay.start is None:
        return stay
    later = [
        other.start
        for other in every
        if other.track == stay.track
        and other.state != stay.state
        and other.start is not None
        and other.start > stay.start
    ]
    return replace(stay, end=min(later, default=None))


def _with_disputes(found: list[Stay]) -> list[Stay]:
    disputed: set[int] = set()
    for one, other in combinations(found, 2):
        if _overlap(one, other) and _contradict(one, other):
            disputed |= {one.statement.pk, other.statement.pk}
    return [replace(one, disputed=one.statement.pk in disputed) for one in found]


def _overlap(one: Stay, other: Stay) -> bool:
    def ends_before(first: Stay, second: Stay) -> bool:
        return first.end is not None and second.start is not None and first.end <= second.start

    return not ends_before(one, other) and not ends_before(other, one)


def _contradict(one: Stay, other: Stay) -> bool:
    """Whether two stays cannot both be so, or name one thing by legally different words."""
    if exclusive(one.state, other.state):
        return True
    if one.state == other.state == "removed":
        return bool(one.removal and other.removal) and one.removal != other.removal
    denied = {str(each.statement.details.get("whereabouts", ""))[:2] for each in (one, other)}
    return denied == {"01", "02"}


def badge(found: Sequence[Stay], opened_at: datetime) -> Badge:
    """Return what is believed now.

    Args:
        found: the stays.
        opened_at: when the case was opened; its first days are counted from the earliest
            statement of a stay, or from here.
    """
    latest = _latest([one for one in found if one.track == WHERE])
    law = _latest([one for one in found if one.track == LAW])
    disputed = any(one.disputed for one in found)
    if latest is None:
        return Badge(
            "unknown", "", "", law.state if law else "", None, None, None, disputed, signed=False
        )
    alike = [one for one in found if one.state == latest.state and one.removal == latest.removal]
    confirmed_at = max(one.statement.said_by for one in alike)
    begun = min((one.start for one in found if one.start is not None), default=opened_at)
    places = [one for one in alike if one.statement.details.get("place")]
    newest = max(places, key=_lateness, default=None)
    return Badge(
        state=latest.state,
        removal=latest.removal,
        place=str(newest.statement.details["place"]) if newest else "",
        law=law.state if law else "",
        since=latest.start,
        confirmed_at=confirmed_at,
        stale_at=stale_at(confirmed_at, begun),
        disputed=disputed,
        signed=latest.chosen,
    )


def _latest(found: Sequence[Stay]) -> Stay | None:
    """Return the stay to show: of those a person chose, else of all, the one that begins last."""
    chosen = [one for one in found if one.chosen]
    return max(
        chosen or found,
        key=_lateness,
        default=None,
    )


def _lateness(one: Stay) -> tuple[datetime, datetime]:
    return one.start or one.statement.said_by, one.statement.said_by


def stale_at(confirmed_at: datetime, begun: datetime) -> datetime:
    """Return from when on a confirmation is too old to be relied on."""
    early = confirmed_at < begun + FIRST_DAYS
    return confirmed_at + (FRESH_AT_FIRST if early else FRESH_LATER)
