"""What a look added to the tables, as plain values: for screening and for alerts."""

from dataclasses import dataclass, field, replace


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
class NewMatch:
    """A match that was added.

    Attributes:
        pk: of the match, 0 before it is written.
        person: primary key of the person, and `code` what alerts call them.
        identity: of the case.
        first: it is the first match of this person in this case.
        says_more: it is stronger than what was known of the person in the case, and told.
    """

    pk: int
    person: int
    code: str
    identity: str
    first: bool
    says_more: bool

    def with_key(self, pk: int) -> "NewMatch":
        """Return it as it is written."""
        return replace(self, pk=pk)


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
