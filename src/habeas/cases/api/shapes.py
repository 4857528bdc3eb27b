"""What comes and goes as JSON. Unknown fields are refused, so that none is silently dropped."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from habeas.cases.statements.words import CERTAINTIES, CIRCLES, IN_CUSTODY, ROLES


def _without_nul(text: str) -> str:
    # PostgreSQL keeps no NUL in a text, and half of a pair of surrogates is no character.
    if "\x00" in text:
        raise ValueError("a NUL character cannot be kept")
    text.encode()
    return text


Text = Annotated[str, AfterValidator(_without_nul)]
Short = Annotated[Text, Field(max_length=300)]


def _one_of(terms: Iterable[str]) -> tuple[AfterValidator, Any]:
    """Return what makes a text one of a closed list, for the check and for the document."""
    allowed = tuple(terms)

    def check(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"write one of: {', '.join(allowed)}")
        return text

    return AfterValidator(check), Field(json_schema_extra={"enum": list(allowed)})


Role = Annotated[str, *_one_of(ROLES)]
Certainty = Annotated[str, *_one_of(CERTAINTIES)]
Custody = Annotated[str, *_one_of(IN_CUSTODY)]
Circle = Annotated[str, *_one_of(CIRCLES)]


class Trouble(Schema):
    """What went wrong: what happened, what was kept, what to do next."""

    happened: str
    kept: str
    advice: str


class PersonOut(Schema):
    """A sought person, as the board shows them."""

    code: str
    names: list[str]
    birth_year: int | None
    added_at: datetime
    custody: str = Field(description="A state of custody; 'unknown' where nothing is said.")
    place: str
    confirmed_at: datetime | None
    disputed: bool


class StatementOut(Schema):
    """One live statement with its speaker; inexact times are EDTF."""

    id: int
    property: str
    value: str
    as_said: str
    lang: str
    details: dict[str, Any]
    about: str
    zone: str
    speaker: str
    role: str
    document: int | None
    place: str
    said_on: str
    certainty: str
    in_custody: str
    visibility: str
    recorded_by: str
    recorded_at: datetime


class StatementIn(Schema):
    """A statement to be taken down: what is said, and who says so."""

    model_config = ConfigDict(extra="forbid")

    property: Annotated[Text, Field(min_length=1, max_length=60, pattern=r"^[a-z][a-z_]*$")]
    value: Annotated[Text, Field(min_length=1, max_length=2000)]
    as_said: Annotated[Text, Field(max_length=20_000)] = ""
    lang: Annotated[Text, Field(max_length=10, pattern=r"^[a-z]{0,3}$")] = ""
    about: Annotated[Text, Field(max_length=60)] = Field("", description="A time in EDTF.")
    zone: Annotated[Text, Field(max_length=60)] = Field("UTC", description="A zone of IANA.")
    speaker: Annotated[Text, Field(min_length=1, max_length=300)]
    role: Role
    place: Annotated[Text, Field(max_length=200)] = ""
    said_on: Annotated[Text, Field(max_length=60)] = Field("", description="A time in EDTF.")
    certainty: Certainty = "unknown"
    in_custody: Custody = "unknown"
    visibility: Circle = "internal"
    supersedes: int | None = Field(None, ge=1, lt=2**63)


class LeftOut(Schema):
    """One file that left with something of a person."""

    format: str
    circle: str
    recipient: str
    sha256: str
    by: str
    at: datetime


class ConsentOut(Schema):
    """What counts for one use."""

    use: str
    holds: bool
    missing: str = Field(description="Empty, or why: 'never', 'refused', 'ended'.")


class PeoplePage(Schema):
    """A part of the list; `next` is the `after` of the next part, null at the end."""

    people: list[PersonOut]
    next: str | None


class StatementsPage(Schema):
    """A part of the list, oldest first; `next` is the `after` of the next part."""

    statements: list[StatementOut]
    next: int | None
