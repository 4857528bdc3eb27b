"""Performs one slot: asks, compares, writes one row of the ledger and all that follows from it.

    look = Looking(puller, clock).look(watch, slot)

What is asked comes first and outside of any transaction; what is written comes last and in one. A
kill at any moment leaves either nothing of the slot (it is done again) or all of it.
"""

import logging
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from django.db import InterfaceError, OperationalError, transaction

from habeas.errors import HabeasError, LeaseLost
from habeas.fetch import Clock
from habeas.language import _
from habeas.sources.contract import Obstacle, Request
from habeas.sources.registry import host_of
from habeas.watch import ledger, matching, reconciling, screening, telling, vanishing
from habeas.watch.concerned import concerned
from habeas.watch.histories import History, history_of
from habeas.watch.identity import Seen, merged
from habeas.watch.models import Look, Watch
from habeas.watch.planning import plan
from habeas.watch.pulled import CARD, Pulled, Purpose, Wanted
from habeas.watch.pulling import Puller, settle_empties, wants_control
from habeas.watch.reconciling import Diff
from habeas.watch.screening import Screened
from habeas.watch.vanishing import Absent

if TYPE_CHECKING:
    from habeas.watch.screening import People

Guard: TypeAlias = Callable[[], None]
Work: TypeAlias = Callable[[], None]
"""Asking that needs no database, and may be done in another thread."""
Steps: TypeAlias = Generator[Work, None, Look]

_log = logging.getLogger(__name__)

# A ledger that cannot be written, and a watcher that is no longer the one: not the slot's fault.
_NOT_OF_THE_SLOT = (OperationalError, InterfaceError, LeaseLost)


@dataclass(slots=True)
class _Slot:
    """One slot on its way.

    Attributes:
        asked_all: all asking is over; what goes wrong from then on is not the adapter's.
    """

    watch: Watch
    slot: datetime
    started: datetime
    pulled: Pulled | None = None
    assessed: bool = False
    asked_all: bool = False
    histories: dict[str, History] = field(default_factory=dict)
    diffs: list[Diff] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    screened: Screened | None = None


class Looking:
    """Performs slots: at once, or in steps that let several be asked at the same time.

    Args:
        puller: asks.
        clock: wall time of the ledger.
        guard: called first in every transaction; it raises where this process may not write.
    """

    def __init__(self, puller: Puller, clock: Clock, guard: Guard = lambda: None) -> None:
        self._puller = puller
        self._clock = clock
        self._guard = guard
        self._people: People | None = None

    def look(self, watch: Watch, slot: datetime) -> Look:
        """Perform one slot of a watch from beginning to end, and return its row.

        Raises:
            OperationalError: the ledger could not be written; the slot is as if never begun.
            LeaseLost: another process watches now.
        """
        steps = self.steps(watch, slot)
        try:
            work = next(steps)
            while True:
                work = resume(steps, work)
        except StopIteration as done:
            look: Look = done.value
            return look

    def steps(self, watch: Watch, slot: datetime) -> Steps:
        """Yield what is to be asked, and return the row at the end. Raises as `look`."""
        one = _Slot(watch, slot, self._clock.now())
        try:
            one.pulled = Pulled(plan(watch, slot, one.started), one.started)
            yield from self._asking(one, one.pulled)
            one.asked_all = True
            return self._settle(one, one.pulled)
        except _NOT_OF_THE_SLOT:
            raise
        except Exception as error:  # noqa: BLE001 - the one top frame of a slot
            # An adapter is written by somebody else, against pages that change. Whatever it
            # raises, its slot becomes a row, and the other sources go on.
            return self._broken(one, error)

    # --- asking ------------------------------------------------------------------------------

    def _asking(self, one: _Slot, pulled: Pulled) -> Generator[Work, None, None]:
        yield partial(self._puller.lists, pulled)
        controls = self._controls(pulled)
        if controls:
            yield partial(self._puller.controls, pulled, controls)
        self._assess(one, pulled)
        wanted = [*vanishing.look_ups(one.absent), *self._cards(one, pulled)]
        if wanted:
            yield partial(self._puller.own_pages, pulled, wanted)

    def _controls(self, pulled: Pulled) -> list[Request]:
        """Return lists that were full before, one of each kind that says it is empty now."""
        full = {one.planned.family for one in pulled.lists if one.confirmed}
        empty = {one.planned.family for one in pulled.lists if wants_control(one)}
        asked = (ledger.last_full(pulled.task, family) for family in sorted(empty - full))
        return [request for request in asked if request is not None]

    def _assess(self, one: _Slot, pulled: Pulled) -> None:
        """Compare what was read with what is known; once for each slot."""
        settle_empties(pulled)
        source = pulled.task.source.id
        for read in pulled.lists:
            scope = read.planned.scope
            history = one.histories[scope] = history_of(source, scope, vanishing.K)
            one.diffs.append(
                reconciling.compare(
                    source, scope, read.entries, whole=read.confirmed, whole_look=history.whole_look
                )
            )
            one.absent += vanishing.absent(source, read, history)
        one.assessed = True

    def _cards(self, one: _Slot, pulled: Pulled) -> list[Wanted]:
        """Return the cards to ask: of entries that may be, or are, about a sought person."""
        screened = self._screened(one)
        source = pulled.task.source
        seen = [(diff.scope, entry) for diff in one.diffs for entry in diff.new]
        likely = screening.likely([entry for _scope, entry in seen], screened)
        identities = {entry.identity for entry in likely}
        chosen = {
            entry.identity: (scope, entry.link)
            for scope, entry in seen
            if entry.identity in identities
        }
        present = {
            entry.identity: (read.planned.scope, entry.link)
            for read in pulled.lists
            for entry in read.entries.values()
        }
        chosen |= {identity: present[identity] for identity in concerned(source.id, list(present))}
        return [
            Wanted(identity, link, Purpose.CARD, scope)
            for identity, (scope, link) in chosen.items()
            if link and source.serves(host_of(link))
        ]

    # --- writing -----------------------------------------------------------------------------

    def _settle(self, one: _Slot, pulled: Pulled) -> Look:
        """Write everything of a slot in one transaction."""
        if not one.assessed:
            self._assess(one, pulled)
        source = pulled.task.source.id
        with transaction.atomic():
            self._guard()
            finished = self._clock.now()
            look = ledger.row(one.watch, pulled, finished)
            look.save(force_insert=True)
            diffs = [*one.diffs, *self._own_pages(pulled)]
            written = reconciling.write(look, source, diffs)
            present = {diff.scope: diff.present for diff in diffs}
            ledger.write_listings(look, pulled, present, one.histories)
            gone = vanishing.write_absent(look, one.absent, pulled)
            screened = self._screened(one)
            unread = ledger.unread_mentions(look, pulled, screened)
            matches = matching.match([*written.mentions, *unread], screened, finished)
            telling.of_events(look, source, [*written.events, *gone], matches)
            telling.of_failures(look)
        return look

    def _screened(self, one: _Slot) -> Screened:
        """Return what the slot's names are compared by: the persons as they are at this moment."""
        self._people = screening.people(self._people)
        if one.screened is None or one.screened.who is not self._people:
            one.screened = Screened(self._people)
        return one.screened

    def _own_pages(self, pulled: Pulled) -> list[Diff]:
        """Compare the cards that were read; each host's cards are a scope of their own."""
        by_scope: dict[str, list[Seen]] = {}
        for answer in pulled.answers:
            if answer.entry is not None and answer.wanted.purpose is Purpose.CARD:
                scope = CARD + host_of(answer.wanted.link)
                by_scope.setdefault(scope, []).append(answer.entry)
        source = pulled.task.source.id
        return [
            reconciling.compare(source, scope, merged(entries), whole=True)
            for scope, entries in by_scope.items()
        ]

    def _broken(self, one: _Slot, error: Exception) -> Look:
        """Write the row of a slot in which something raised; lists read before that still count."""
        name = type(error).__name__
        _log.error("%s: the slot could not be read (%s)", one.watch, name)
        if isinstance(error, HabeasError):
            obstacle, words = Obstacle.BAD_QUERY, str(error)
        else:
            obstacle = Obstacle.LAYOUT_CHANGED
            words = _("The adapter of {source} broke off ({error}).").format(
                source=one.watch.source, error=name
            )
        if one.pulled is not None and not one.asked_all:
            one.pulled.broken = obstacle, words
            try:
                return self._settle(one, one.pulled)
            except _NOT_OF_THE_SLOT:
                raise
            except Exception as further:  # noqa: BLE001 - as in `steps`
                _log.error(
                    "%s: nothing of it could be kept (%s)", one.watch, type(further).__name__
                )
        with transaction.atomic():
            self._guard()
            look = ledger.broken_row(one.watch, one.slot, one.started, obstacle, words)
            look.finished_at = self._clock.now()
            look.save(force_insert=True)
            telling.of_failures(look)
        return look


def resume(steps: Steps, work: Work) -> Work:
    """Do a step's asking here, and return the next one.

    Raises:
        StopIteration: that was the last one; its value is the row.
    """
    try:
        work()
    except Exception as error:  # noqa: BLE001 - handed to the slot's own top frame
        return steps.throw(error)
    return next(steps)
