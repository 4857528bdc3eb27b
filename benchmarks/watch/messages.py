"""Compares the messages of a simulated year with the ledger and with what was planted."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.watch.hooks import Caught

from habeas.replica.script import Planned
from habeas.replica.year import Year

if TYPE_CHECKING:
    from habeas.watch.models import Match

IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{8}")
"""What of an entry's identity is the replica's own identifier of the case."""


@dataclass
class Found:
    """What a comparison came to.

    Attributes:
        figures: counts, by what is counted.
        wrong: one sentence for each thing that differs.
    """

    figures: dict[str, object] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def compare(year: Year, caught: Caught, found: Found) -> None:
    """Every message of the outbox went and arrived, and each says what was planted, once."""
    from habeas.watch.models import Alert

    made = set(Alert.objects.values_list("key", flat=True))
    unsent = Alert.objects.filter(sent_at=None).count()
    found.wrong += [
        f"a message was made and never arrived: {key}" for key in made - set(caught.keys)
    ]
    found.wrong += [
        f"a message arrived that was never made: {key}" for key in set(caught.keys) - made
    ]
    if unsent:
        found.wrong.append(f"{unsent} messages are not marked as sent")
    told = _Told.read()
    found.wrong += _cases(year, told, found)
    found.wrong += [f"a message of a match {pk} of nobody" for pk in sorted(told.strangers())]
    kinds = Counter(str(alert.about["kind"]) for alert in Alert.objects.all())
    found.figures |= {f"messages: {kind}": times for kind, times in kinds.most_common()}
    found.figures["messages handed over again after a kill, same key"] = sum(
        times - 1 for times in caught.keys.values()
    )


@dataclass
class _Told:
    """How often each match and event was told, and the matches of each person in each case."""

    matches: Counter[int]
    events: Counter[int]
    by_case: dict[tuple[str, str], "list[Match]"]

    @classmethod
    def read(cls) -> "_Told":
        from habeas.watch.models import Alert, Match

        about = list(Alert.objects.values_list("about", flat=True))
        by_case: dict[tuple[str, str], list[Match]] = defaultdict(list)
        for match in Match.objects.select_related("person", "mention__version__entry"):
            entry = match.mention.version.entry
            identifier = IDENTIFIER.search(entry.identity)
            if identifier is not None and not entry.scope.startswith("unread "):
                by_case[match.person.code, identifier.group()].append(match)
        return cls(
            Counter(one["match_id"] for one in about if "match_id" in one),
            Counter(one["event_id"] for one in about if "event_id" in one),
            by_case,
        )

    def strangers(self) -> set[int]:
        """Return matches that were told and stand in no case nor on a page that was not read."""
        from habeas.watch.models import Match

        unread = Match.objects.filter(mention__version__entry__scope__startswith="unread ")
        known = {match.pk for matches in self.by_case.values() for match in matches}
        return set(self.matches) - known - set(unread.values_list("pk", flat=True))


def _cases(year: Year, told: _Told, found: Found) -> Iterator[str]:
    """Yield what is wrong with the messages about the sought people's planted cases."""
    sought = {person.short.casefold(): f"S{at}" for at, person in enumerate(year.sought, 1)}
    wanted = events = 0
    for one in year.planted:
        code = sought.get(one.entry.names[-1].casefold())
        if code is None:
            continue
        wanted += 1
        matches = _matches_of(one, code, told)
        messages = sum(told.matches[match.pk] for match in matches)
        if messages != 1:
            yield f"{one.entry.key}: {len(matches)} matches, {messages} messages of a match"
            continue
        for kind, ids in _further(min(matches, key=lambda match: match.pk)):
            events += 1
            times = sum(told.events[pk] for pk in ids)
            if times != 1:
                yield f"{one.entry.key}: {kind} was told {times} times"
    found.figures["cases of sought people, each told once as a match"] = wanted
    found.figures["further events of these cases, each told once"] = events


def _matches_of(one: Planned, code: str, told: _Told) -> "list[Match]":
    keys = ((code, one.entry.uuid), (code, str(one.entry.serial)))
    return [match for key in keys for match in told.by_case.get(key, ())]


def _further(first: "Match") -> Iterator[tuple[str, list[int]]]:
    """Yield what happened to a case after its first match: list and card of one look together.

    A card that could be read only days after its list is the same case, told as a match already.
    """
    from habeas.watch.models import Event

    entry = first.mention.version.entry
    happened: dict[tuple[int, str], list[int]] = defaultdict(list)
    for event in Event.objects.filter(
        entry__source=entry.source,
        entry__identity=entry.identity,
        look__gt=first.mention.version.look_id,
    ).exclude(kind="appeared", entry__scope__startswith="card "):
        happened[event.look_id, event.kind].append(event.pk)
    for (_look, kind), ids in happened.items():
        yield kind, ids
