"""What a look added to the tables, as plain values: for screening and for alerts."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NewMention:
    """A printed name, with the entry that prints it.

    Attributes:
        pk: of the mention.
        capacity: see `sources.contract.Capacity`.
        entry: primary key of the entry; with `source` and `identity` it tells which case it is.
    """

    pk: int
    printed: str
    capacity: str
    entry: int
    source: str
    identity: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, with the identity of the case that it happened to."""

    pk: int
    kind: str
    identity: str


@dataclass(slots=True)
class Written:
    """Everything that a look added."""

    mentions: list[NewMention] = field(default_factory=list)
    events: list[Happened] = field(default_factory=list)
