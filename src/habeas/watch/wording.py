"""What a message says: codes and a link, so that a phone on a table tells nobody whom we seek."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from habeas.finding.words import verdict_words
from habeas.language import _, ngettext
from habeas.names import Verdict
from habeas.terminal import safe_line
from habeas.watch.models import Alert, Channel, Event, Look, Match


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out.

    Attributes:
        key: idempotency key of the whole message.
        at: when the newest of its causes happened (aware, UTC).
        items: one line for each cause.
    """

    key: str
    title: str
    text: str
    at: datetime
    items: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return plain values, for a webhook."""
        return {
            "key": self.key,
            "title": self.title,
            "at": self.at.isoformat(),
            "items": list(self.items),
        }


def worded(channel: Channel, alerts: Sequence[Alert], *, repeated: bool = False) -> Message:
    """Return one message about one or several causes.

    `repeated`: the program died while it was being handed over, so it may arrive twice.
    """
    items = tuple(line_of(alert, names=channel.names) for alert in alerts)
    keys = "|".join(alert.key for alert in alerts)
    key = alerts[0].key if len(alerts) == 1 else hashlib.sha256(keys.encode()).hexdigest()
    lines = list(items)
    link = str(getattr(settings, "HABEAS_LINK", ""))
    if link:
        lines.append(link)
    if repeated:
        lines.append(
            _("You may have had this message before: the program was interrupted while sending it.")
        )
    return Message(
        key=key,
        title=_title(alerts),
        text="\n".join(lines) + "\n",
        at=max(alert.made_at for alert in alerts),
        items=items,
    )


def _title(alerts: Sequence[Alert]) -> str:
    if len(alerts) == 1 and alerts[0].about["kind"] == "heartbeat":
        return _("habeas: daily report")
    if len(alerts) == 1 and alerts[0].about["kind"] == "gap":
        return _("habeas: a source could not be read")
    count = len(alerts)
    return ngettext(
        "habeas: {count} piece of news", "habeas: {count} pieces of news", count
    ).format(count=count)


def line_of(alert: Alert, *, names: bool) -> str:
    """Return what one cause says, in one line or, for the daily report, a few."""
    about = alert.about
    if about["kind"] == "match":
        return _match(Match.objects.get(pk=about["match_id"]), names=names)
    if about["kind"] == "event":
        return _event(Event.objects.get(pk=about["event_id"]), about["people"])
    if about["kind"] == "gap":
        return _gap(about)
    return _heartbeat(alert.made_at)


def _match(match: Match, *, names: bool) -> str:
    version = match.mention.version
    who = match.person.code
    if names:
        known = match.person.spellings.filter(withdrawn_at=None).first()
        who = f"{who} ({known}) ~ {match.mention.printed}" if known else who
    return safe_line(
        _("{who}: {verdict} ({bits} bits), {source}, first seen {when} UTC.").format(
            who=who,
            verdict=verdict_words(Verdict(match.verdict)),
            bits=f"{match.bits:+.1f}",
            source=version.entry.source,
            when=f"{version.look.finished_at:%Y-%m-%d %H:%M}",
        )
    )


def _event(event: Event, people: Sequence[str]) -> str:
    what = {
        Event.APPEARED: _("an entry appeared"),
        Event.CHANGED: _("an entry changed: {fields}"),
        Event.MOVED: _("an entry moved"),
        Event.VANISHED: _("an entry VANISHED; the sealed copy is kept"),
        Event.RETURNED: _("an entry that had vanished is back"),
    }[event.kind].format(fields=", ".join(sorted(event.changes)))
    return safe_line(
        f"{', '.join(people)}: {what}, {event.entry.source}, {event.at:%Y-%m-%d %H:%M} UTC."
    )


def _gap(about: dict[str, Any]) -> str:
    look = Look.objects.get(pk=about["look_id"])
    return safe_line(
        _("{source} could not be looked at ({reason}), last tried {when} UTC.").format(
            source=str(look.watch),
            reason=look.obstacle,
            when=f"{look.finished_at:%Y-%m-%d %H:%M}",
        )
    )


def _heartbeat(at: datetime) -> str:
    from habeas.watch.coverage import state_of_watching

    return state_of_watching(at).in_words()
