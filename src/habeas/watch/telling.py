"""Decides what of a look is worth telling, and whom it is about. How it is told is alerts' work."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from habeas.sources.contract import Outcome
from habeas.watch.causes import Cause, CauseKind, tell
from habeas.watch.concerned import concerned
from habeas.watch.models import Event, Look
from habeas.watch.pulled import CARD
from habeas.watch.schedule import MISSED
from habeas.watch.written import Happened, NewMatch

TOLD_AFTER = 3
"""Looks in a row at which a source could not be read, after which somebody is told, once."""


def of_events(
    look: Look, source: str, events: Sequence[Happened], matches: Sequence[NewMatch]
) -> None:
    """Tell of events of entries that may be, or are, about somebody who is sought.

    An entry whose match is new in this look is told as a match, not as an event as well. What
    happened to a case in its list and on its card in the same way is told once.
    """
    events = _without_cards(events)
    about = concerned(source, sorted({event.identity for event in events}))
    if not about:
        return
    new = {(match.person, match.identity) for match in matches if match.first}
    told: set[tuple[str, str]] = set()
    causes: list[Cause] = []
    for event in events:
        key = event.identity, event.kind
        codes = sorted(
            who.code
            for who in about.get(event.identity, ())
            if (who.person, event.identity) not in new
        )
        if codes and key not in told:
            told.add(key)
            causes.append(Cause(CauseKind.EVENT, look.finished_at, tuple(codes), event_id=event.pk))
    tell(causes)


def _without_cards(events: Sequence[Happened]) -> list[Happened]:
    """Leave out that we read an entry's own page for the first time: the site did nothing new."""
    first = Event.objects.filter(
        pk__in=[one.pk for one in events if one.kind == Event.APPEARED],
        entry__scope__startswith=CARD,
    )
    ours = set(first.values_list("pk", flat=True))
    return [one for one in events if one.pk not in ours]


def of_failures(look: Look) -> None:
    """Tell, once, of a watch that could not be read `TOLD_AFTER` times in a row."""
    if look.outcome != Outcome.COULD_NOT_LOOK or look.confirmed_lists:
        return
    last = Look.objects.filter(watch=look.watch_id, slot__lte=look.slot).order_by("-slot")
    rows = last.values_list("outcome", "confirmed_lists")[: TOLD_AFTER + 1]
    failed = [outcome == Outcome.COULD_NOT_LOOK and not lists for outcome, lists in rows]
    # Where the row before these failed as well, it has been told.
    if failed[:TOLD_AFTER].count(True) == TOLD_AFTER and not any(failed[TOLD_AFTER:]):
        tell([Cause(CauseKind.GAP, look.finished_at, look_id=look.pk)])


def of_missed(looks: Iterable[Look], at: datetime) -> None:
    """Tell, once for all watches, that slots were missed while nobody watched."""
    first = next((look for look in looks if look.obstacle == MISSED), None)
    if first is not None:
        tell([Cause(CauseKind.GAP, at, look_id=first.pk)])
