"""Hands messages over: each marked before it goes and after it went, tried again with patience.

A crash between the two marks leaves a message of which nobody can say whether it went. A webhook
gets it again with the same key, so its receiver counts it once. A mailbox gets it again with the
same Message-ID, and the text says that it may be a repetition; losing it would be worse.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from habeas.fetch import Clock
from habeas.watch.channels import NotTaken, Sender, senders
from habeas.watch.models import Alert, Channel
from habeas.watch.wording import Message, worded

TRIES = 8
"""First try and seven more, at 3, 9, 27 ... minutes: about two days and a quarter in all."""

_AT_ONCE = 50
"""Messages of one digest at most; more of them make a second one."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round did: messages that went, that will be tried again, that were given up."""

    sent: int = 0
    later: int = 0
    given_up: int = 0


def deliver(clock: Clock, by_kind: Mapping[str, Sender] | None = None) -> Delivered:
    """Hand over everything that is due. One process at a time (the watcher's lease)."""
    kinds = by_kind if by_kind is not None else senders()
    counts = [0, 0, 0]
    for channel, alerts in _due(clock.now()):
        result = _hand_over(channel, alerts, kinds[channel.kind], clock)
        counts[result] += len(alerts)
    return Delivered(*counts)


def _due(now: datetime) -> Iterator[tuple[Channel, list[Alert]]]:
    waiting = Alert.objects.filter(sent_at=None, given_up_at=None, due_at__lte=now)
    for channel in Channel.objects.filter(stopped_at=None, alerts__in=waiting).distinct():
        mine = list(waiting.filter(channel=channel).order_by("id"))
        # What was being handed over when the program died goes first, exactly as it was.
        interrupted = [one for one in mine if one.handing_over_at is not None]
        for together in _together(interrupted):
            yield channel, together
        fresh = [one for one in mine if one.handing_over_at is None]
        size = _AT_ONCE if channel.digest_s else 1
        for first in range(0, len(fresh), size):
            yield channel, fresh[first : first + size]


def _together(interrupted: Sequence[Alert]) -> Iterator[list[Alert]]:
    """Yield the messages as they were gathered before: by the moment of their hand-over."""
    by_moment: dict[datetime, list[Alert]] = {}
    for alert in interrupted:
        if alert.handing_over_at is not None:
            by_moment.setdefault(alert.handing_over_at, []).append(alert)
    yield from by_moment.values()


_SENT, _LATER, _GIVEN_UP = range(3)


def _hand_over(channel: Channel, alerts: list[Alert], send: Sender, clock: Clock) -> int:
    ids = [alert.pk for alert in alerts]
    repeated = any(alert.handing_over_at is not None for alert in alerts)
    message = worded(channel, alerts, repeated=repeated)
    started = clock.now() if not repeated else alerts[0].handing_over_at
    with transaction.atomic():
        Alert.objects.filter(pk__in=ids).update(handing_over_at=started)
    try:
        send(channel, message)
    except NotTaken as failure:
        return _failed(ids, max(alert.tries for alert in alerts) + 1, failure, clock)
    with transaction.atomic():
        Alert.objects.filter(pk__in=ids).update(sent_at=clock.now(), failed="")
    return _SENT


def _failed(ids: Sequence[int], tries: int, failure: NotTaken, clock: Clock) -> int:
    """Note that a channel did not take a message: it certainly did not go, so no repetition."""
    now = clock.now()
    gone = tries >= TRIES or failure.permanent
    changes: dict[str, object] = {
        "tries": tries,
        "failed": str(failure),
        "due_at": now + timedelta(minutes=3**tries),
    }
    # Only where the channel surely refused may the mark be taken back; else it stays ambiguous.
    if failure.surely:
        changes["handing_over_at"] = None
    if gone:
        changes["given_up_at"] = now
    with transaction.atomic():
        Alert.objects.filter(pk__in=ids).update(**changes)
    return _GIVEN_UP if gone else _LATER


Deliver = Callable[[Clock], Delivered]

__all__ = ["TRIES", "Deliver", "Delivered", "Message", "deliver"]
