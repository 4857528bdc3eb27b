"""What one slot brought in before anything is compared or stored: plain values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from habeas.sources.contract import Mention, Obstacle, Outcome, Request
from habeas.sources.registry import Source
from habeas.watch.identity import Seen

CARD = "card "
"""Begins the scope of entries' own pages; no list has such a scope."""


class Purpose(StrEnum):
    """Why a request was sent."""

    LIST = "list"
    CONTROL = "control"
    CARD = "card"
    LOOK_UP = "look_up"
    """An entry that is absent from its list was looked up under its own address."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A list that is to be read.

    Attributes:
        scope: which list, the same at every look; see `models.Listing`.
        family: which kind of list at which address, for control queries.
        request: its first page.
        known: identities seen in it last time; an endless list is followed until they come.
    """

    scope: str
    family: str
    request: Request
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Task:
    """One slot of one watch, ready to be asked without the database.

    Attributes:
        watch_id: primary key of the watch.
        slot: the time for which it was due.
        source: what is asked.
        by_name: whether requests that carry a name may be sent.
        route: see `models.Watch`.
        planned: the lists, in order.
    """

    watch_id: int
    slot: datetime
    source: Source
    by_name: bool
    route: str
    planned: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request and what came of it, for the ledger.

    Attributes:
        tries: how many times it was asked in this slot; the last answer is described here.
        sha256: of the payload of the answer, empty where none came.
        visit: who handed over the visit under which it was asked, empty where nobody did.
    """

    request: Request
    purpose: Purpose
    scope: str
    outcome: Outcome
    obstacle: Obstacle | None
    explanation: str
    rows: int = 0
    counter: int | None = None
    tries: int = 1
    path: str = ""
    record: str = ""
    sha256: str = ""
    visit: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return plain values, exact enough to ask the same again."""
        return {
            "url": self.request.url,
            "method": self.request.method,
            "body": self.request.body.decode("latin-1"),
            "purpose": self.request.purpose,
            "by_name": self.request.by_name,
            "why": str(self.purpose),
            "scope": self.scope,
            "outcome": str(self.outcome),
            "obstacle": str(self.obstacle or ""),
            "explanation": self.explanation,
            "rows": self.rows,
            "counter": self.counter,
            "tries": self.tries,
            "path": self.path,
            "record": self.record,
            "sha256": self.sha256,
            **({"visit": self.visit} if self.visit else {}),
        }


@dataclass(frozen=True, slots=True)
class ListRead:
    """One list after reading all its pages.

    Attributes:
        outcome: found, not_found (says it is empty, not yet confirmed) or could_not_look.
        entries: by identity; also of a list that was read in part.
        counter: the site's own count, None where it prints none.
        endless: the list has no counter and no end, as news have: absence from it says nothing.
        confirmed: complete, and if it is empty, a control succeeded.
        unread: names on pages whose layout was not understood; they belong to no entry.
        record: the capture of its first page.
    """

    planned: Planned
    outcome: Outcome
    obstacle: Obstacle | None = None
    explanation: str = ""
    entries: Mapping[str, Seen] = field(default_factory=dict)
    counter: int | None = None
    endless: bool = False
    confirmed: bool = False
    unread: tuple[Mention, ...] = ()
    record: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry whose own page is to be asked in the second round.

    Attributes:
        purpose: `CARD` or `LOOK_UP`.
        scope: the list it stands, or stood, in.
    """

    identity: str
    link: str
    purpose: Purpose
    scope: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What the own page of an entry said.

    Attributes:
        gone: the site says that there is no such entry, or no longer.
        entry: what a card says, None where it could not be read.
    """

    wanted: Wanted
    asked: Asked
    gone: bool = False
    entry: Seen | None = None


@dataclass(slots=True)
class Pulled:
    """Everything that one slot brought in.

    Attributes:
        controls: families of lists for which a control was asked, and whether it was good.
        broken: why it ended before its end, where an adapter raised, or nothing could be asked.
    """

    task: Task
    started_at: datetime
    asked: list[Asked] = field(default_factory=list)
    lists: list[ListRead] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    controls: dict[str, bool] = field(default_factory=dict)
    broken: tuple[Obstacle, str] | None = None
