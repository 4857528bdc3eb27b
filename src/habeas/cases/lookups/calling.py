"""Whom to ask next: unasked desks first, near the last known place first, in call-round order."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, radians, sin, sqrt

from django.db.models import Max

from habeas.cases.lookups.models import Asking, Desk, LookUp, TakenBack
from habeas.cases.lookups.words import DESKS, OUTCOMES
from habeas.cases.statements import reading
from habeas.cases.statements.models import Subject
from habeas.watch.pages.words import Sign

UNASKED, DUE, ASKED = 0, 1, 2
_PLACES = ("last_place", "last_seen", "custody_place", "detained_at", "custody")
_KINDS = {key: place for place, key in enumerate(DESKS)}
_FAR = 40_000.0
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Call:
    """One desk of a call list.

    Attributes:
        standing: UNASKED, DUE (to be asked again) or ASKED.
        last: the last look-up there, None before the first.
        asking: who is asking there now, empty where nobody is.
        km: from the last known place, null where nobody can tell.
    """

    desk: Desk
    standing: int
    last: LookUp | None
    asking: str
    near: int
    km: float | None

    @property
    def sign(self) -> Sign | None:
        """The last answer as word and shape."""
        return OUTCOMES.get(self.last.outcome) if self.last else None


def call_list(subject: Subject, now: datetime) -> list[Call]:
    """Return all desks: unasked first, then those to be asked again, then the others."""
    newest = Desk.objects.values("body").annotate(newest=Max("pk")).values("newest")
    desks = list(Desk.objects.filter(pk__in=newest).select_related("body"))
    asked: dict[int, LookUp] = {}
    for one in current(subject):
        if one.body_id is not None:
            asked.setdefault(one.body_id, one)
    held = Asking.objects.filter(done_at=None, until__gt=now).order_by("pk")
    asking = dict(held.values_list("body", "by"))
    text = last_place(subject)
    centre = next(
        ((one.latitude, one.longitude) for one in desks if one.latitude and _rank(one, text) == 0),
        None,
    )
    calls = [_call(one, asked.get(one.body_id), asking.get(one.body_id, ""), now) for one in desks]
    return sorted((_placed(one, text, centre) for one in calls), key=_order)


def current(subject: Subject) -> list[LookUp]:
    """Return the look-ups of a person, newest first, without those corrected or taken back."""
    return list(reversed(current_of([subject.pk]).get(subject.pk, [])))


def current_of(subjects: Collection[int]) -> dict[int, list[LookUp]]:
    """Return the look-ups of people by subject, oldest first; see `current`."""
    rows = list(LookUp.objects.filter(subject__in=subjects).order_by("asked_at", "pk"))
    wrong = {one.corrects_id for one in rows}
    back = set(
        TakenBack.objects.filter(lookup__subject__in=subjects).values_list("lookup", flat=True)
    )
    found: dict[int, list[LookUp]] = {}
    for one in rows:
        if one.pk not in wrong and one.pk not in back:
            found.setdefault(one.subject_id, []).append(one)
    return found


def last_place(subject: Subject) -> str:
    """Return the words of all that is said of where the person was, the newest first."""
    rows = sorted(reading.live(subject, *_PLACES), key=lambda one: one.said_by, reverse=True)
    words = [f"{one.words} {one.details.get('place', '')}" for one in rows]
    return " ".join(words).casefold()


def _call(desk: Desk, last: LookUp | None, asking: str, now: datetime) -> Call:
    standing = UNASKED if last is None else ASKED
    if last is not None and last.ask_again_at is not None and last.ask_again_at <= now:
        standing = DUE
    return Call(desk, standing, last, asking, 0, None)


def _placed(call: Call, text: str, centre: tuple[float | None, float | None] | None) -> Call:
    desk = call.desk
    km = None
    if centre is not None and None not in (*centre, desk.latitude, desk.longitude):
        assert centre[0] is not None
        assert centre[1] is not None
        assert desk.latitude is not None
        assert desk.longitude is not None
        km = _km(centre[0], centre[1], desk.latitude, desk.longitude)
    return Call(desk, call.standing, call.last, call.asking, _rank(desk, text), km)


def _rank(desk: Desk, text: str) -> int:
    """Return how near a desk is to a place told in words: 0 its district, 1 its city, 2 neither."""
    if desk.district and desk.district.casefold() in text:
        return 0
    return 1 if desk.city and desk.city.casefold() in text else 2


def _order(call: Call) -> tuple[int, int, int, float, str]:
    kind = _KINDS.get(call.desk.kind, len(_KINDS))
    km = _FAR if call.km is None else call.km
    return call.standing, call.near, kind, km, call.desk.body.title


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance of two places on a sphere, by the haversine formula."""
    a, b, c, d = map(radians, (lat, lon, other_lat, other_lon))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))
