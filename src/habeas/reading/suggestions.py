"""What reading suggests: passages of a text with a meaning, for a person to accept or refuse.

A suggestion is never a fact. It carries the passage it rests on, word for word and with its place,
the rule that made it and how sure that rule is, so that a page can mark the words, and so that an
accepted one can become a statement with speaker, carrier, date and quote. Places are counted in
characters (Unicode code points) of the text as it was given, from 0, the end not included.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from habeas.reading.bounds import Bounds


class Kind(StrEnum):
    """What a suggestion is about."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    DATE = "date"
    SPAN = "span"
    WHEN = "when"
    """A time that only the day of writing can place: a weekday, "yesterday"."""
    AGE = "age"
    ARTICLE = "article"
    CUSTODY = "custody"
    COUNT = "count"
    CLAIM = "claim"
    QUOTE = "quote"


class Confidence(StrEnum):
    """How sure a rule is. `low` stays a question until a person has looked."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


_FROM_LOW = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def weaker(one: Confidence, other: Confidence) -> Confidence:
    """Return the lower of two confidences."""
    return min(one, other, key=_FROM_LOW.index)


class Said(StrEnum):
    """What kind of claim a text reports."""

    SAID = "said"
    CLAIMS = "claims"
    ACCUSES = "accuses"
    DENIES = "denies"
    CONFIRMS = "confirms"


class SpeakerKind(StrEnum):
    """Who speaks, as far as the text tells."""

    NAMED = "named"
    """The text names or describes the speaker."""
    NOT_NAMED = "not_named"
    """The text accuses, or reports, without saying who does."""
    CARRIER = "carrier"
    """The text says it itself: whoever publishes it is the speaker."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the text: `text` is what stands between `start` and `end`, unchanged."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something, according to the text.

    Attributes:
        kind: named, not named, or the carrier itself.
        name: the speaker's name or description; a pronoun is replaced by whom it was resolved to.
        at: where the speaker is named; None if nowhere.
        person: the number of the person in `Reading.people`, None for bodies and descriptions.
        through: to or through whom it was said ("told RFE/RL"), empty if the text does not say.
        rule: how the speaker was found.
        confidence: how sure that is; `low` where the speaker stands in a neighbouring sentence.
    """

    kind: SpeakerKind
    name: str = ""
    at: Passage | None = None
    person: int | None = None
    through: str = ""
    rule: str = ""
    confidence: Confidence = Confidence.HIGH


CARRIER = Speaker(SpeakerKind.CARRIER, rule="carrier")
NOT_NAMED = Speaker(SpeakerKind.NOT_NAMED, rule="not-named")


@dataclass(frozen=True, slots=True)
class Person:
    """A place where a person is named.

    Attributes:
        person: the number of the person in `Reading.people`.
        spelling: the name as printed there.
        how: "full", "part" (one of the words of the name), "pronoun" or "description".
        role: what the text calls the person there ("lawyer", "жена"), as printed; may be empty.
    """

    person: int
    spelling: str
    how: str = "full"
    role: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body: `type` is ministry, court, prosecutor, police, security, monitor, media and so on."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its name as printed; `country` is an ISO 3166-1 code where it is a country."""

    name: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date as printed: what is not printed stays missing.

    Attributes:
        edtf: in the notation of EDTF (ISO 8601-2): "2021-04-02", "XXXX-04-02" without a year,
            "2021-03", "199X", "2021-21" (spring), "2021-03-25/2021-03-27".
        missing: which of "year", "month", "day" the text does not print.
        part: "beginning", "middle" or "end" of the month or year, if the text says so.
        approximate: the text itself says "about".
    """

    edtf: str
    missing: tuple[str, ...] = ()
    part: str = ""
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time or since when: amount and unit where they are printed."""

    amount: float | None = None
    unit: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A relative time, kept in its words."""

    words: str


@dataclass(frozen=True, slots=True)
class Age:
    """An age in years, or a year of birth, of the person beside it."""

    years: int | None = None
    birth_year: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a law.

    Attributes:
        article: its number, with its sign ("18.10", "307.1"; the 1 of "307(1)" is a sign too).
        part: the part, empty if none is named.
        point: the point ("б"), empty if none is named.
        code: the code in its usual short form ("КоАП РФ", "УК РТ"), empty if the text names none.
        code_as: how the text names the code.
    """

    article: str
    part: str = ""
    point: str = ""
    code: str = ""
    code_as: str = ""


@dataclass(frozen=True, slots=True)
class Custody:
    """Something done to a person.

    Attributes:
        event: detained, arrested, taken, held, solitary, house_arrest, transferred, expelled,
            deported, extradited, returned, abducted, missing, charged, on_trial, convicted,
            sentenced, imprisoned, released, wanted, citizenship_cancelled, passport_cancelled,
            died. Events of different words are different events.
        person: whom it happened to, the number in `Reading.people`; None if the text does not say.
        whom: whom it happened to, in words.
        date: the date beside it in EDTF, empty if there is none in the sentence.
        place: the place beside it, empty if there is none.
        denied: the text says that it did not happen.
        future: the text says that it may happen or is asked for.
        speaker: who says so.
    """

    event: str
    person: int | None = None
    whom: str = ""
    date: str = ""
    place: str = ""
    denied: bool = False
    future: bool = False
    speaker: Speaker = CARRIER


@dataclass(frozen=True, slots=True)
class Count:
    """A number of something, with its wording, as somebody gives it.

    Attributes:
        bounds: how many.
        total: of how many, if the text says so ("120 of 400").
        unit: people, detentions, protocols, stations, places, cases, complaints, views, vehicles.
        what: what they are or what was done to them: detained, participants, released, minors ...
        hedge: the words that bound the number, as printed.
        date: as of when: the date beside it in EDTF, empty if there is none.
        speaker: who gives the number.
    """

    bounds: Bounds
    total: Bounds | None = None
    unit: str = "people"
    what: str = ""
    hedge: str = ""
    date: str = ""
    speaker: Speaker = CARRIER


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says, claims, denies, confirms, or accuses somebody of.

    Attributes:
        said: the kind of claim. An accusation is always alleged, whoever speaks.
        speaker: who says it.
        verb: the words that say so, as printed.
        content: what is said, or what the accusation is of; None where the text does not say.
        about: the accused person, the number in `Reading.people`.
        hedge: "allegedly", "reportedly" and the like, as printed.
        denied: the claim is said not to be true within the text itself ("did not confirm").
    """

    said: Said
    speaker: Speaker
    verb: str
    content: Passage | None = None
    about: int | None = None
    hedge: str = ""
    denied: bool = False

    @property
    def alleged(self) -> bool:
        """Whether the word "alleged" goes with it wherever it is shown."""
        return self.said is Said.ACCUSES


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks, and whose they are."""

    words: str
    speaker: Speaker


Value: TypeAlias = (
    Person
    | Organisation
    | Place
    | Date
    | Span
    | When
    | Age
    | Article
    | Custody
    | Count
    | Claim
    | Quote
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One finding.

    Attributes:
        kind: what it is about.
        at: the passage it rests on.
        rule: the rule that made it; `habeas.reading.rules` says what each rule does.
        confidence: how sure the rule is.
        value: what was understood.
        sentence: where the sentence stands that it was read in.
    """

    kind: Kind
    at: Passage
    rule: str
    confidence: Confidence
    value: Value
    sentence: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A person of the text, with every way in which the text writes the name.

    Attributes:
        number: the number by which suggestions refer to the person.
        name: the fullest spelling; in the nominative where that could be told.
        spellings: every spelling as printed, fullest first.
        roles: what the text calls the person.
        relative_of: the number of the person whose relative this is, if the text says so.
        same_as: why spellings were linked that are not forms of one name ("the text says so").
        doubtful: spellings that may also be another person's of this text.
    """

    number: int
    name: str
    spellings: tuple[str, ...]
    roles: tuple[str, ...] = ()
    relative_of: int | None = None
    same_as: str = ""
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something a person should look at: never a correction.

    Attributes:
        check: the check that asks.
        at: the passages that do not go together.
        facts: what the sentence of the check is filled with.
    """

    check: str
    at: tuple[Passage, ...]
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read in a text.

    Attributes:
        suggestions: in order of place.
        people: the people named, by number.
        questions: what does not go together.
        languages: the languages that were read, the most used first.
        unread: passages in a language that we have no rules for.
        read_to: how far the text was read; its length, unless there was too much in it.
    """

    suggestions: tuple[Suggestion, ...]
    people: tuple[PersonFound, ...]
    questions: tuple[Question, ...]
    languages: tuple[str, ...]
    unread: tuple[tuple[int, int], ...]
    read_to: int

    def of(self, kind: Kind) -> tuple[Suggestion, ...]:
        """Return the suggestions of one kind."""
        return tuple(one for one in self.suggestions if one.kind is kind)
