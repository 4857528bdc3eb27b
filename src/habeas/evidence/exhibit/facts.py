"""What a recording says about one capture, gathered for an exhibit."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from habeas.errors import NothingToExhibit
from habeas.evidence.reading import Recorded, raw_records_of, read_facts, read_recording
from habeas.evidence.seals.rows import Seal
from habeas.evidence.warc import Limits

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate of the chain that the server sent.

    Attributes:
        starts, ends: when it is valid (aware, UTC).
        sha256: of its DER, hexadecimal.
    """

    subject: str
    issuer: str
    starts: datetime
    ends: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a picture, in its own pixels."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A horizontal part of the picture of a page, no higher than a sheet of paper.

    Attributes:
        png: the picture, or the whole one of which a part is shown.
        width, height: of the part, in its own pixels.
        offset: where the part begins in the picture, in pixels from its top.
        marks: rows that are marked, over the picture.
    """

    png: bytes
    width: int
    height: int
    marks: tuple[Area, ...] = ()
    offset: int = 0


STRIP_RATIO = 1.29
"""Height of a strip by its width: what a sheet of A4 holds below a heading."""


@dataclass(frozen=True, slots=True)
class SealedPicture:
    """A picture that was made and sealed when the page was recorded.

    Attributes:
        program: the browser.
        moment: when (as recorded, UTC).
        scripts: whether the page's own scripts ran.
        parts: how many style sheets and pictures of the same site were recorded and used.
        strips: top to bottom.
        cut: whether the page is longer.
    """

    program: str
    moment: str
    scripts: bool
    parts: int
    strips: tuple[Strip, ...]
    cut: bool


class Absence(StrEnum):
    """Why there is no picture of a page."""

    NOT_A_PAGE = "not_a_page"
    """The answer is nothing that a browser draws, or no answer came."""
    NO_BROWSER = "no_browser"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a browser draws it.

    Attributes:
        strips: top to bottom; empty where there is no picture.
        browser: name and version.
        absent: why there is no picture, None where there is one.
        detail: technical words of the browser that failed.
        cut: whether the page is longer than what was drawn.
    """

    strips: tuple[Strip, ...] = ()
    browser: str = ""
    absent: Absence | None = None
    detail: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row of a page that the exhibit is about.

    Attributes:
        printed: the name as printed.
        lines: what else stands in the row: label and value.
        where: where it stands, in words of the adapter.
        reasons: why it is believed to be the sought person; a guess of ours, and marked as such.
        source: the lines of the page's source around the name.
        span: first byte and last+1 of the name in the payload; None where it cannot be pointed at.
    """

    printed: str
    lines: tuple[tuple[str, str], ...] = ()
    where: str = ""
    reasons: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CaptureFacts:
    """One capture: the answer, the facts recorded with it, its seal.

    Attributes:
        path: the recording.
        file: its path in the store.
        recorded: the answer, or the failed attempt.
        facts: the JSON of our metadata record.
        decoding: how the page was turned into text, empty where no note says.
        chain: certificates of the connection, leaf first.
        request: the bytes sent, without the body.
        title: the title of the page, as it prints it.
        text: the page as text, as far as it is one.
        rows: what the exhibit is about.
        sealed: the picture made when the page was recorded, None where there is none.
        picture: the one made for the exhibit.
    """

    path: Path
    file: str
    recorded: Recorded
    facts: Json
    seal: Seal
    decoding: Json = field(default_factory=dict)
    chain: tuple[Certificate, ...] = ()
    request: str = ""
    title: str = ""
    text: str = ""
    rows: tuple[MarkedRow, ...] = ()
    sealed: SealedPicture | None = None
    picture: Picture = field(default_factory=lambda: Picture(absent=Absence.NO_BROWSER))

    @property
    def tls(self) -> Json:
        """Facts of the TLS connection, empty where there was none."""
        return under(self.facts, "connection", "tls")


def under(value: object, *keys: str) -> Json:
    """Return the object under keys in objects within objects, an empty one where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def read_capture(path: Path, file: str, seal: Seal, notes: Sequence[Path]) -> CaptureFacts:
    """Return what a recording of ours and the notes about it say.

    Raises:
        NothingToExhibit: it holds no answer and no failed attempt of ours.
        RecordingUnreadable: it cannot be opened.
    """
    recorded = next((one for one in read_recording(path) if one.record_id), None)
    facts = next((one.facts for one in read_facts(path) if "request" in one.facts), None)
    if recorded is None or facts is None:
        raise NothingToExhibit(str(path))
    found = CaptureFacts(path, file, recorded, facts, seal)
    found = replace(found, chain=tuple(_chain(found.tls)), request=_request(path))
    for note in notes:
        for one in read_facts(note):
            if one.facts.get("about") == recorded.record_id and "decoding" in one.facts:
                found = replace(found, decoding=under(one.facts, "decoding"))
            if one.facts.get("about") == recorded.record_id and "rendering" in one.facts:
                found = replace(found, sealed=_sealed(note, under(one.facts, "rendering")))
    return found


def _sealed(note: Path, rendering: Json) -> SealedPicture | None:
    """Return the picture in a note, cut into strips; None where it holds none."""
    wanted = rendering.get("picture")
    for record in raw_records_of(note, Limits()):
        if record.headers.get("warc-record-id", "").strip("<>") == wanted:
            # PNG begins with its size (ISO 15948, 11.2.2).
            width, height = struct.unpack(">2L", record.block[16:24])
            step = int(width * STRIP_RATIO)
            parts = rendering.get("parts")
            return SealedPicture(
                program=str(rendering.get("program", "")),
                moment=str(rendering.get("at", "")),
                scripts=rendering.get("scripts") is True,
                parts=len(parts) if isinstance(parts, list) else 0,
                strips=tuple(
                    Strip(record.block, width, min(step, height - top), offset=top)
                    for top in range(0, height, step)
                ),
                cut=rendering.get("cut") is True,
            )
    return None


def _chain(tls: Json) -> Iterator[Certificate]:
    several = tls.get("chain_pem")
    for pem in several if isinstance(several, list) else ():
        try:
            one = x509.load_pem_x509_certificate(str(pem).encode("ascii"))
            yield Certificate(
                one.subject.rfc4514_string(),
                one.issuer.rfc4514_string(),
                one.not_valid_before_utc,
                one.not_valid_after_utc,
                one.fingerprint(SHA256()).hex(),
            )
        except ValueError:
            continue


def _request(path: Path) -> str:
    for record in raw_records_of(path, Limits()):
        if record.kind == "request":
            return record.block.partition(b"\r\n\r\n")[0].decode("iso-8859-1")
    return ""
