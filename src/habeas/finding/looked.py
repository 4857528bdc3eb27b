"""What looking at one capture, or at one stream of rows, came to: plain values that can be kept.

Everything here survives a round trip through JSON, because an interrupted search is resumed from
a journal of these records.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from habeas.names import Verdict
from habeas.sources.contract import Fact, Obstacle, Outcome, PageKind, Part

STANDING = frozenset({Verdict.SAME, Verdict.LIKELY, Verdict.POSSIBLE})
"""Verdicts that are worth a person's time; `cannot_tell` is counted, and shown apart."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason of a comparison: the rule, its weight in bits, and the sentence for a reader."""

    part: str
    rule: str
    sought: str
    printed: str
    bits: float
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A mention that is, or may be, the sought person, with the row in which it stands.

    Attributes:
        printed: the name as printed.
        bits: weight of evidence, in bits; see `habeas.names`.
        namesakes: how many other people would fit as well, of the people in `among`.
        among: a million; or the people counted in the source, where counts were learned.
        span: first and last+1 byte of the name in the payload, None where it cannot be pointed at
            (entities, or a name that the page breaks by markup).
    """

    printed: str
    verdict: Verdict
    bits: float
    namesakes: float
    reasons: tuple[Why, ...]
    role: str = ""
    capacity: str = ""
    row: int = 0
    where: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    link: str = ""
    span: tuple[int, int] | None = None
    among: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Looked:
    """One capture, or one file of rows, after looking at it.

    Attributes:
        place: where it lies, for a reader.
        sha256: of the payload, or of the whole file for streamed rows, hexadecimal.
        names: how many printed names were compared.
        more: how many further hits there were beyond those kept in `hits`.
    """

    place: str
    outcome: Outcome
    obstacle: Obstacle | None = None
    explanation: str = ""
    source: str = ""
    kind: PageKind = PageKind.UNKNOWN
    url: str = ""
    captured_at: str = ""
    sha256: str = ""
    title: str = ""
    court: str = ""
    part: Part | None = None
    withheld: int = 0
    rows: int = 0
    names: int = 0
    hits: tuple[Hit, ...] = ()
    more: int = 0
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return plain values for `json.dumps`."""
        return asdict(self)


def from_json(kept: Mapping[str, Any]) -> Looked:
    """Return what `Looked.as_json` was made from.

    Raises:
        KeyError, TypeError, ValueError: the record is not one of ours.
    """
    values = dict(kept)
    hits = tuple(
        Hit(
            **{
                **hit,
                "verdict": Verdict(hit["verdict"]),
                "reasons": tuple(Why(**why) for why in hit["reasons"]),
                "span": tuple(hit["span"]) if hit["span"] else None,
            }
        )
        for hit in values.pop("hits")
    )
    return Looked(
        **{
            **values,
            "outcome": Outcome(values["outcome"]),
            "obstacle": Obstacle(values["obstacle"]) if values["obstacle"] else None,
            "kind": PageKind(values["kind"]),
            "part": Part(**values["part"]) if values["part"] else None,
            "remarks": tuple(values["remarks"]),
            "hits": hits,
        }
    )
