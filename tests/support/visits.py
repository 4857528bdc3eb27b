"""Ask a replica as the program asks the portals: through `Asker`, then the adapter."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from examples import known

from habeas.evidence import Store
from habeas.fetch import Answer, Asker, Bounds, Manners, Replicas, Trust
from habeas.finding.capturing import page_of
from habeas.replica import Planned, Replica, Script, serving
from habeas.sources.contract import Page, Request
from habeas.sources.registry import Politeness, Source, host_of, source_at

START = date(2026, 11, 2)


@dataclass
class Visit:
    """A replica and an asker that reaches it."""

    replica: Replica
    asker: Asker
    timeout_s: float = 5.0

    def source(self, source_id: str) -> Source:
        """Return a source as it is, but impatient."""
        return replace(known(source_id), politeness=Politeness(0.0, self.timeout_s))

    def ask(self, source_id: str, request: Request) -> Answer:
        return self.asker.ask(request, source=self.source(source_id))

    def page(self, source_id: str, request: Request) -> Page:
        return page_of(self.ask(source_id, request), self.source(source_id))

    def get(self, url: str) -> Page:
        known = source_at(host_of(url))
        assert known is not None
        return self.page(known.id, Request(url))


@contextmanager
def visiting(
    folder: Path, *planned: Planned, bounds: Bounds | None = None, start: date = START
) -> Iterator[Visit]:
    """Serve entries from `start` on, and give an asker that records into a folder."""
    with serving(Script(start, planned)) as replica:
        manners = Manners(
            replicas=Replicas(replica.at),
            bounds=bounds or Bounds(answer_bytes=2_000_000, seconds=5),
            names_may_leave=frozenset({"ru_mosgorsud", "ru_sudrf", "ru_vsrf", "kg_acts"}),
        )
        asker = Asker(Store(folder), manners=manners, trust=Trust([replica.ca]))
        yield Visit(replica, asker)
