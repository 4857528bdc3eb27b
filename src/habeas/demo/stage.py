"""Sets the stage: replica, database, mail catcher, site and watcher, all on loopback, all real.

The database lies in a private folder that goes when the demo ends; the user's own is not touched.
Recorded pages and letters stay in the user's folder.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from habeas.demo.clocks import RecordingClock, StoryClock
from habeas.demo.mailbox import Mailbox, catching
from habeas.demo.script import START, faults, script
from habeas.home import home
from habeas.language import in_language
from habeas.site import serving as site

if TYPE_CHECKING:
    from habeas.evidence.seals import KeyRing
    from habeas.replica import Replica
    from habeas.watch.service import Service

_USER = "demo"
# Hours of the two looks of a day (UTC). In Moscow and in Dushanbe they fall on the same date as the
# slots that they look at, so that each day of the calendar holds the looks of that day.
_MORNING, _EVENING = time(8, tzinfo=UTC), time(19, 30, tzinfo=UTC)
_OWN = ("HABEAS_DATABASE", "HABEAS_HOSTS", "HABEAS_HTTPS")


@dataclass
class Stage:
    """What the story is told on.

    Attributes:
        link: opens the site, once.
        day: of the story, as it is printed; empty before and after.
        said: what is happening, in English, for the head of every page.
        unfolding: whether more is to come, so that a page may load itself anew.
    """

    clock: StoryClock
    service: "Service"
    mailbox: Mailbox
    link: str = ""
    day: str = ""
    said: str = ""
    unfolding: bool = True
    _heard: int = field(default=0, init=False)

    def morning(self, day: int) -> None:
        """Let time pass until the morning of a day of the story, and do what is due."""
        self._look(datetime.combine(START + timedelta(days=day), _MORNING))

    def evening(self, day: int) -> None:
        """Let time pass until its evening, and do what is due."""
        self._look(datetime.combine(START + timedelta(days=day), _EVENING))

    def _look(self, moment: datetime) -> None:
        self.clock.until(moment)
        self.attend()

    def says(self, language: str) -> str:
        """Return what is happening, in a language of the site."""
        # The empty sentence of a catalogue is its head.
        return f"{self.day} {in_language(self.said, language)}".strip() if self.said else ""

    def attend(self) -> None:
        """Do what is due now, and what somebody on the site has asked for.

        Raises:
            KeyboardInterrupt: somebody pressed Ctrl+C meanwhile.
        """
        self.service.run_once()
        if self.service.stopping:
            raise KeyboardInterrupt

    def opened(self) -> bool:
        """Return whether somebody has opened the link."""
        from habeas.site.models import OneTimeLink

        return OneTimeLink.objects.filter(used_at__isnull=False).exists()

    def new_letters(self) -> Iterator[EmailMessage]:
        """Yield the letters that came since the last call."""
        letters = self.mailbox.letters
        while self._heard < len(letters):
            self._heard += 1
            yield letters[self._heard - 1]


@contextmanager
def set_up(into: Path) -> Iterator[Stage]:
    """Start everything; stop it, and forget the database, at the end.

    Call it in a process of its own: the settings of the site are those of this stage.

    Args:
        into: folder for recorded pages; letters go to `mail` in it.

    Raises:
        OSError: loopback cannot be served, or the folder cannot be made.
        DatabaseNotReady: no database can be made in the folder for temporary files.
    """
    from habeas.evidence.seals import KeyRing

    clock = StoryClock(datetime.combine(START, _MORNING))
    # The recorded pages stay with the user, who can make exhibits of them: their key seals them.
    keys = KeyRing(home() / "keys")
    keys.current()  # while their home is still this process's: it may be encrypted
    with ExitStack() as stack:
        own = stack.enter_context(TemporaryDirectory(prefix="habeas-demo-"))
        _move_in(Path(own), clock)
        replica = stack.enter_context(_replica(clock))
        mailbox = stack.enter_context(catching(into / "mail"))
        service = stack.enter_context(_watcher(into, replica, clock, keys))
        stage = Stage(clock, service, mailbox)
        stage.link = stack.enter_context(_site(stage))
        yield stage


def _move_in(folder: Path, clock: StoryClock) -> None:
    """Make this process's site live in a folder, by the story's time."""
    for name in _OWN:
        os.environ.pop(name, None)
    os.environ["HABEAS_HOME"] = str(folder)
    site.prepare()
    from django.conf import settings

    settings.HABEAS_NOW = clock.now


@contextmanager
def _replica(clock: StoryClock) -> "Iterator[Replica]":
    from habeas.replica import ReplicaClock, serving

    played = script()
    days = ReplicaClock.following(played.start, clock.now)
    with serving(played, faults=faults(), clock=days) as replica:
        yield replica


@contextmanager
def _watcher(
    into: Path, replica: "Replica", clock: StoryClock, keys: "KeyRing"
) -> "Iterator[Service]":
    """Yield a watcher as `habeas watch` makes it, but for the second clock of its records."""
    from habeas.evidence import Store
    from habeas.evidence.seals import usual_sealer
    from habeas.fetch import Asker, Manners, Replicas, Trust, Turns
    from habeas.watch.breaker import Breaker
    from habeas.watch.lease import take
    from habeas.watch.looking import Looking
    from habeas.watch.outbox import deliver
    from habeas.watch.pulling import Puller
    from habeas.watch.routes import DIRECT, Routes
    from habeas.watch.service import Service

    recording = RecordingClock(clock)
    asker = Asker(
        Store(into, usual_sealer(recording.now, keys)),
        manners=Manners(replicas=Replicas(replica.at)),
        trust=Trust([replica.ca]),
        clock=recording,
        turns=Turns(clock),
    )
    puller = Puller(Routes({DIRECT: asker}), Breaker(clock.monotonic), clock)
    holding = take(clock)
    yield Service(
        Looking(puller, clock, holding.check),
        clock,
        holding,
        captures=into,
        workers=0,
        deliver=lambda: deliver(clock),
    )


@contextmanager
def _site(stage: Stage) -> Iterator[str]:
    """Serve the site on a free port; yield the link that opens it once."""
    from django.conf import settings
    from django.db import connections

    settings.HABEAS_DEMONSTRATION = _demonstration(stage)
    with site.listening() as bound:
        port = bound.getsockname()[1]
        settings.HABEAS_LINK = f"http://{site.LOOPBACK}:{port}/"
        server = site.server(bound)
        thread = threading.Thread(target=server.run, name="site", daemon=True)
        thread.start()
        try:
            yield site.one_time_link(port, _USER, datetime.now(UTC))
        finally:
            site.stop(server)
            thread.join(timeout=5)
            connections.close_all()


def _demonstration(stage: Stage) -> Callable[[str], dict[str, object]]:
    return lambda language: {"said": stage.says(language), "unfolding": stage.unfolding}
