"""Addresses as places: captured first, then read like any saved file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from habeas.errors import NameInAddress
from habeas.evidence import Decoding, Kept, Store
from habeas.evidence.seals.chain import Sealer
from habeas.evidence.stamps.authorities import read_authorities
from habeas.fetch import Answer, Asker, Manners, Replicas, Trust
from habeas.fetch.stamping import Stamping, stamp
from habeas.sources.contract import Outcome, Page, PageKind, Request
from habeas.sources.registry import Source, host_of, source_at

_SCHEMES = ("http://", "https://")
# A shorter word ("Ali") stands in too many addresses to be taken for the name.
_SHORTEST_WORD = 4


class Capturer:
    """Captures addresses that a person typed, and first lists of sources, into one folder."""

    def __init__(
        self,
        into: Path,
        *,
        ca: Path | None = None,
        sealer: Sealer | None = None,
        replicas: Mapping[str, str] | None = None,
    ) -> None:
        """Record into a folder.

        Args:
            into: the folder.
            ca: one further PEM file to trust.
            sealer: what seals the records, the user's own if None.
            replicas: host -> "127.0.0.1:port", for trying out; see `fetch.Replicas`.

        Raises:
            ReplicaRefused: a replica is not on this computer.
        """
        self._store = Store(into, sealer)
        manners = Manners(replicas=Replicas(replicas or {}))
        self._asker = Asker(self._store, manners=manners, trust=Trust([ca] if ca else []))

    def capture(self, address: str) -> Answer:
        """Record what an address answers, and how its text is to be decoded.

        Raises:
            AddressRefused, CertificateUnusable, EvidenceNotWritten: see `habeas.fetch`.
        """
        return self._annotated(
            self._asker.ask(Request(address), source=source_at(host_of(address)), typed=True)
        )

    def ask(self, request: Request, source: Source) -> Answer:
        """Record what a source answers to a request of its own plan, robots.txt respected.

        Raises:
            NameWouldLeave: the request carries a name; and as `capture`.
        """
        return self._annotated(self._asker.ask(request, source=source))

    def picture(self, answer: Answer, *, scripts: bool = False) -> Kept:
        """Draw a captured page by Chromium and keep the picture as a sealed note about it.

        Raises:
            PictureNotMade: that could not be done; the page itself is kept.
        """
        from habeas.fetch.picturing import Painter, Wishes

        return Painter(self._asker, self._store, Wishes(scripts=scripts)).paint(answer)

    def stamp(self) -> Stamping:
        """Have the new seals stamped by whoever the user allowed; nobody if nobody was.

        Raises:
            AuthoritiesRefused: the settings cannot be used. The seals wait.
        """
        return stamp(self._store.chain, read_authorities())

    def _annotated(self, answer: Answer) -> Answer:
        """Keep, beside the record, which charset was declared and which was used."""
        if answer.capture.body:
            read = answer.capture.decoded
            decoding = Decoding(read.declared, read.used, read.replacements)
            self._store.annotate(answer.record, decoding, moment=datetime.now(UTC))
        return answer


def is_address(place: str) -> bool:
    """Return whether a place is an address, not a file."""
    return place.lower().startswith(_SCHEMES)


def as_files(
    places: Sequence[str],
    spellings: Iterable[str],
    capturer: Callable[[], Capturer],
    *,
    allow_names: bool,
    told: Callable[[Stamping], object] = lambda _outcome: None,
) -> tuple[str, ...]:
    """Return the places with every address replaced by the file in which it was recorded.

    Args:
        places: files, folders, addresses.
        spellings: of the sought person, to be kept from leaving.
        capturer: makes what captures; called if there is any address.
        allow_names: whether an address may itself carry a spelling.
        told: learns what came of stamping the new seals.

    Raises:
        NameInAddress: an address contains a sought name and the user has not allowed that; raised
            before anything is sent. Else as `Capturer.capture`.
    """
    addresses = [place for place in places if is_address(place)]
    if not addresses:
        return tuple(places)
    words = tuple(spellings)
    for address in addresses:
        if not allow_names and names_in_address(address, words):
            raise NameInAddress(address)
    asking = capturer()
    files = tuple(
        str(asking.capture(place).record.path) if is_address(place) else place for place in places
    )
    told(asking.stamp())
    return files


def names_in_address(address: str, spellings: Iterable[str]) -> bool:
    """Return whether an address contains a word of a sought name, in any usual encoding."""
    spaced = address.replace("+", " ")
    raw = unquote_to_bytes(spaced)
    texts = {unquote(spaced).casefold()}
    texts |= {raw.decode(charset, "replace").casefold() for charset in ("utf-8", "windows-1251")}
    words = {word.casefold() for spelling in spellings for word in spelling.split()}
    return any(word in text for word in words if len(word) >= _SHORTEST_WORD for text in texts)


def page_of(answer: Answer, source: Source) -> Page:
    """Return the page of an answer, or the obstacle that stood before it, as a page."""
    if answer.obstacle is None:
        return source.adapter.parse(answer.capture)
    return Page(
        source=source.id,
        kind=PageKind.UNKNOWN,
        outcome=Outcome.COULD_NOT_LOOK,
        obstacle=answer.obstacle,
        explanation=answer.explanation,
    )
