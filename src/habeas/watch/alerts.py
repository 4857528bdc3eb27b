"""The outbox: a cause becomes one message for each channel, in the cause's own transaction.

Messages carry codes, not names, unless the owner wants names on a channel. Keys make them
idempotent: the same cause never makes a second message for the same channel.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from habeas.errors import QuietHoursUnclear
from habeas.watch.causes import Cause, CauseKind
from habeas.watch.models import Alert, Channel

_IDS = ("match_id", "event_id", "look_id")


def enqueue(causes: Sequence[Cause]) -> None:
    """Write one message for each channel that a cause concerns; a receiver of `causes.tell`."""
    messages = [
        Alert(
            channel=channel,
            key=key_of(channel, cause),
            about=about(cause),
            made_at=cause.at,
            due_at=due(channel, cause),
        )
        for channel in Channel.objects.filter(stopped_at=None).order_by("id")
        for cause in causes
        if concerns(channel, cause)
    ]
    Alert.objects.bulk_create(messages, batch_size=500, ignore_conflicts=True)


def concerns(channel: Channel, cause: Cause) -> bool:
    """Return whether a channel is to be told: causes without a person concern everybody."""
    return not channel.people or not cause.people or bool(set(channel.people) & set(cause.people))


def about(cause: Cause) -> dict[str, object]:
    """Return what a message keeps of its cause: kind, ids, time, codes of people."""
    kept: dict[str, object] = {"kind": str(cause.kind), "at": cause.at.isoformat()}
    kept["people"] = list(cause.people)
    kept.update({name: value for name in _IDS if (value := getattr(cause, name)) is not None})
    return kept


def key_of(channel: Channel, cause: Cause) -> str:
    """Return the idempotency key: the same channel and cause, the same key; it tells nothing."""
    ids = [getattr(cause, name) for name in _IDS]
    # A heartbeat has no id: its day is what makes it one.
    day = cause.at.astimezone(UTC).date() if cause.kind is CauseKind.HEARTBEAT else ""
    # A gap of one source is told once for each look that found it.
    raw = f"{channel.pk}|{cause.kind}|{ids}|{day}"
    return hashlib.sha256(raw.encode()).hexdigest()


def due(channel: Channel, cause: Cause) -> datetime:
    """Return when a message may go: after the digest's window, and not in quiet hours."""
    moment = cause.at
    if channel.digest_s:
        window = int(moment.timestamp()) // channel.digest_s + 1
        moment = datetime.fromtimestamp(window * channel.digest_s, UTC)
    return after_quiet(channel.quiet, moment)


def after_quiet(quiet: str, moment: datetime) -> datetime:
    """Return `moment`, or the end of the quiet hours ("22:00-07:00 Asia/Dushanbe") it falls in.

    Raises:
        QuietHoursUnclear: the text is not of that form, or the time zone is unknown.
    """
    if not quiet:
        return moment
    start, end, zone = parse_quiet(quiet)
    local = moment.astimezone(zone)
    at = local.time().replace(tzinfo=None)
    inside = start <= at < end if start <= end else at >= start or at < end
    if not inside:
        return moment
    day = local.date() + timedelta(days=1 if start > end and at >= start else 0)
    return datetime.combine(day, end, zone).astimezone(UTC)


def parse_quiet(quiet: str) -> tuple[time, time, ZoneInfo]:
    """Return start, end and zone of quiet hours.

    Raises:
        QuietHoursUnclear: as `after_quiet`.
    """
    hours, _space, zone = quiet.strip().partition(" ")
    first, dash, last = hours.partition("-")
    try:
        if not dash:
            raise QuietHoursUnclear(quiet)
        return time.fromisoformat(first), time.fromisoformat(last), ZoneInfo(zone or "UTC")
    except (ValueError, ZoneInfoNotFoundError, OSError) as error:
        raise QuietHoursUnclear(quiet) from error
