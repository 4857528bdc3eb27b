"""What leaves of a person: plain values, read once, of which every format is written.

A format reads nothing else. What is not in here does not leave; so the page that shows beforehand
who and what goes reads the same values.
"""

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class OutgoingName:
    """One spelling.

    Attributes:
        text: as written; never transliterated by us.
        kind: "spelling" for one that is watched, else the property that says it ("known_as",
            "passport_name").
    """

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file of a paper, as it is kept here.

    Attributes:
        sha256, size: of the bytes as they came, which stay here sealed; in hexadecimal, in bytes.
        held: why it stays, a key of `attached.HELD`; empty where it may leave.
    """

    sha256: str
    size: int
    media_type: str
    held: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingLookUp:
    """Somebody was asked; fields as in `lookups.models.LookUp`. Who of us asked is not told."""

    id: str
    whom: str
    channel: str
    spelling: str
    outcome: str
    answer: str
    officer: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class OutgoingConsent:
    """An answer on which the leaving rests; fields as in `consent.models.Consent`, days ISO 8601.

    Attributes:
        until: empty where no end was said.
    """

    id: str
    use: str
    role: str
    manner: str
    answered_on: str
    until: str
    note: str


@dataclass(frozen=True, slots=True)
class OutgoingDocument:
    """One paper that carries statements; its bytes go along only in a bundle.

    Attributes:
        id: random or given by us, and the same in all formats of one export; never a row number.
        published: in EDTF, as the document itself says.
        sha256: of each file of it that we keep, in hexadecimal.
        files: the same files with what is known of each; none for everybody.
    """

    id: str
    kind: str
    title: str
    carrier: str
    address: str
    archive: str
    lang: str
    published: str
    sha256: tuple[str, ...]
    files: tuple[OutgoingFile, ...] = ()


@dataclass(frozen=True, slots=True)
class OutgoingStatement:
    """One live statement that these readers may see; fields as in `statements.models.Statement`.

    Attributes:
        id: see `OutgoingDocument`.
        label: the property in the language of the export.
        document: id of the paper, empty where there is none.
        other: public id or title of the second subject, empty where there is none.
        other_kind: its kind, see `statements.models.Subject`.
        disputed: whether another value of the same property excludes it.
        said_on: in EDTF, or when the paper was published; empty where neither is known. Print no
            other day as the day on which it was said.
        said_by: the last moment at which it can have been said, for sorting alone.
        current: whether it is shown first.
        signed: whether a person chose that.
    """

    id: str
    property: str
    label: str
    value: str
    as_said: str
    lang: str
    details: Mapping[str, str]
    about: str
    zone: str
    about_from: datetime | None
    about_to: datetime | None
    speaker: str
    role: str
    document: str
    place: str
    said_on: str
    said_by: datetime
    certainty: str
    in_custody: str
    other: str
    disputed: bool
    current: bool
    signed: bool
    recorded_at: datetime
    other_kind: str = ""

    @builtins.property  # the plain word is a field here
    def words(self) -> str:
        """What to show: the words as said, else the value."""
        return self.as_said or self.value


@dataclass(frozen=True, slots=True)
class OutgoingCustody:
    """Where the person is believed to be, by the statements of this export alone.

    Attributes:
        state, removal: codes of `custody.states`; state is "unknown" where nothing is said.
        place: as said, at most as exact as the office.
        stale: whether the newest confirmation is too old to be relied on.
    """

    state: str
    removal: str
    place: str
    since: datetime | None
    confirmed_at: datetime | None
    stale: bool
    disputed: bool


@dataclass(frozen=True, slots=True)
class OutgoingPerson:
    """One person, with everything of them that leaves.

    Attributes:
        id: random, made for this export's use and readers; says nothing of our own codes.
        code: our own code; empty in what is public.
        names: the first is the one to print; empty where the name may not be named.
        birth_year: None where nobody knows it or it may not leave.
        photo: PNG or JPEG without any metadata; None without consent.
        left_out: how many statements narrower circles keep.
        withheld: words for what consent is missing for ("name", "photo", "story").
        gone_since: where only a placeholder is left, the last day on which a record stood here.
        lookups: who was asked; for our own and for lawyers.
        consents: the answers on which this leaves; none for everybody.
    """

    id: str
    code: str
    names: tuple[OutgoingName, ...]
    birth_year: int | None
    custody: OutgoingCustody
    statements: tuple[OutgoingStatement, ...]
    documents: tuple[OutgoingDocument, ...]
    photo: bytes | None
    left_out: int
    withheld: frozenset[str] = field(default_factory=frozenset)
    gone_since: date | None = None
    lookups: tuple[OutgoingLookUp, ...] = ()
    consents: tuple[OutgoingConsent, ...] = ()

    @property
    def name(self) -> str:
        """The name to print, or the id where the name may not be named."""
        return self.names[0].text if self.names else self.id

    def of(self, *properties: str) -> tuple[OutgoingStatement, ...]:
        """Return the statements of these properties, those shown first before the others."""
        found = [one for one in self.statements if one.property in properties]
        return tuple(sorted(found, key=lambda one: not one.current))
