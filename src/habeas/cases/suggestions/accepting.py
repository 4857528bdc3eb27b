"""Turns an accepted suggestion into statements; refuses; takes back. All of it by added rows.

What is taken down is never stronger than the text: an accusation stays alleged by its speaker, a
word for what was done becomes a state of custody only where the state says no more than the word,
and a date without a year gets one only if the person who accepts says which.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as say

from habeas.cases.counts.counting import UNNAMED, claim_of
from habeas.cases.custody.timeline import TERM as CUSTODY
from habeas.cases.statements import recording, when
from habeas.cases.statements.models import Document, Statement, Subject
from habeas.cases.statements.recording import Claim, Hand, Said
from habeas.cases.suggestions import telling
from habeas.cases.suggestions.models import Answer, Made
from habeas.cases.suggestions.offered import Offer, speaker_of
from habeas.cases.suggestions.texts import Part
from habeas.errors import StatementRefused
from habeas.language import _
from habeas.reading import suggestions as read
from habeas.reading.suggestions import Speaker, SpeakerKind

_STATES: Mapping[str, tuple[str, str]] = {
    "detained": ("in_custody", ""),
    "arrested": ("in_custody", ""),
    "taken": ("in_custody", ""),
    "held": ("in_custody", ""),
    "solitary": ("in_custody", ""),
    "house_arrest": ("in_custody", ""),
    "imprisoned": ("in_custody", ""),
    "transferred": ("transferring", ""),
    # "Expelled" alone does not say by whom; the state "expelled by a court" would say more.
    "expelled": ("removed", ""),
    "deported": ("removed", "deported"),
    "extradited": ("removed", "extradited"),
    "returned": ("removed", "returned_voluntarily"),
    "missing": ("missing", ""),
    "charged": ("charged", ""),
    "on_trial": ("on_trial", ""),
    "sentenced": ("sentenced", ""),
    "released": ("released", ""),
    "died": ("dead", ""),
}
_PROPERTIES = {
    "citizenship_cancelled": "citizenship_removed",
    "passport_cancelled": "passport_cancelled",
}
_ROLES = {
    "ministry": "ministry", "court": "court", "prosecutor": "prosecutor", "police": "police",
    "security": "ministry", "monitor": "monitor", "media": "media", "embassy": "embassy",
}  # fmt: skip
_KIN = (
    "brother", "sister", "wife", "husband", "mother", "father", "son", "daughter", "relative",
    "famil", "брат", "сестр", "жен", "муж", "мать", "отец", "сын", "дочь", "родств", "бародар",
    "хоҳар", "ҳамсар", "модар", "падар", "aka", "uka", "opa", "xotin", "ona", "ota",
)  # fmt: skip
_LAWYERS = ("lawyer", "attorney", "адвокат", "вакил", "advokat")
_CARRIERS = {
    "court_page": "court",
    "official_page": "ministry",
    "report": "monitor",
}
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person who accepts says besides.

    Attributes:
        subject: whose case, or which event.
        year: the year of dates without one; empty where it stays open.
        by_carrier: the words are the text's own, whoever was suggested as their speaker.
    """

    subject: Subject
    year: str = ""
    by_carrier: bool = False


def accept(
    document: Document, part: Part, offer: Offer, choice: Choice, hand: Hand
) -> list[Statement]:
    """Take down what a suggestion says, and that it was accepted: both or neither.

    Raises:
        StatementRefused: somebody answered it meanwhile, or it is nothing that can be taken down.
    """
    claims = claims_of(part, offer, choice)
    if not claims:
        raise StatementRefused(_("this kind of suggestion is only looked at"))
    said = said_of(document, part, offer, choice)
    with transaction.atomic():
        answer = _answer(document, offer, Answer.ACCEPTED, hand)
        made = [recording.state(choice.subject, claim, said, hand) for claim in claims]
        for statement in made:
            Made.objects.create(answer=answer, statement=statement)
    return made


def refuse(document: Document, offer: Offer, hand: Hand) -> Answer:
    """Remember that a suggestion is not wanted.

    Raises:
        StatementRefused: somebody answered it meanwhile.
    """
    with transaction.atomic():
        return _answer(document, offer, Answer.REFUSED, hand)


def take_back(document: Document, offer: Offer, hand: Hand) -> int:
    """Take an answer back; statements that it made are retracted. Return how many those were.

    Raises:
        StatementRefused: there is no answer, or somebody took it back meanwhile.
    """
    standing = offer.answer
    if standing is None:
        raise StatementRefused(_("there is no answer to take back"))
    with transaction.atomic():
        _answer(document, offer, Answer.OPEN, hand)
        rows = [
            one.statement
            for one in standing.made.select_related("statement__subject", "statement__other")
            if not one.statement.retracted_by.exists()
        ]
        for row in rows:
            recording.retract(
                row,
                Said(hand.by, "staff"),
                hand,
                reason=say("It was accepted from a text, and is taken back."),
            )
    return len(rows)


def _answer(document: Document, offer: Offer, answer: str, hand: Hand) -> Answer:
    kind, _sep, place = offer.key.partition(":")
    start, end = (int(one) for one in place.split("-"))
    if offer.answer is not None and answer != Answer.OPEN:
        raise StatementRefused(_("somebody answered this suggestion meanwhile"))
    try:
        with transaction.atomic():
            return Answer.objects.create(
                document=document, kind=kind, start=start, end=end, words=offer.words,
                rule=offer.rule, number=offer.turn, answer=answer, by=hand.by, at=hand.at,
            )  # fmt: skip
    except IntegrityError as error:
        raise StatementRefused(_("somebody answered this suggestion meanwhile")) from error


def claims_of(part: Part, offer: Offer, choice: Choice) -> list[Claim]:
    """Return what an offer says as claims; none for a question."""
    one = offer.suggestion
    if one is None:
        return []
    lang = _language(part)
    value = one.value
    if isinstance(value, read.Person):
        return [Claim("mention", name, as_said=name, lang=lang) for name in offer.spellings]
    if isinstance(value, read.Count):
        about = anchored(value.date, choice.year)
        return [claim_of(telling.counted(value), wording=one.at.text, about=about)]
    if isinstance(value, read.Custody):
        return [_custody(part, one, value, choice)]
    if isinstance(value, read.Claim):
        return [_claim(part, one, value)]
    return [_plain(one, lang, choice)]


def _plain(one: read.Suggestion, lang: str, choice: Choice) -> Claim:
    """Return what is quoted or printed: an article of law, a quotation, a name, a date."""
    value = one.value
    if isinstance(value, read.Article):
        return Claim("charge_article", telling.article(value), as_said=one.at.text, lang=lang)
    if isinstance(value, read.Quote):
        return Claim("quotation", value.words[:_LONGEST], as_said=value.words, lang=lang)
    about = anchored(value.edtf, choice.year) if isinstance(value, read.Date) else ""
    details = {"kind": str(one.kind)}
    words = telling.told(one)[:_LONGEST]
    return Claim("mention", words, one.at.text, lang, about, details=details)


def _custody(part: Part, one: read.Suggestion, value: read.Custody, choice: Choice) -> Claim:
    sentence = sentence_of(part, one)
    about = anchored(value.date, choice.year)
    state, removal = _STATES.get(value.event, ("", ""))
    lang = _language(part)
    if value.denied or value.future or not state:
        term = _PROPERTIES.get(value.event, "claim")
        term = "claim" if value.denied or value.future else term
        details = {"event": value.event, "place": value.place}
        return Claim(term, one.at.text[:_LONGEST], sentence, lang, about, details=details)
    details = {"place": value.place, "removal": removal}
    details["place_type"] = "house" if value.event == "house_arrest" else ""
    return Claim(CUSTODY, state, sentence, lang, about, details=details)


def _claim(part: Part, one: read.Suggestion, value: read.Claim) -> Claim:
    content = value.content.text if value.content is not None else one.at.text
    term = "accusation" if value.alleged and not value.denied else "claim"
    details = {"said": str(value.said), "verb": value.verb, "hedge": value.hedge}
    details["denied"] = "yes" if value.denied else ""
    words = " ".join(content.split())[:_LONGEST]
    return Claim(term, words, sentence_of(part, one), _language(part), details=details)


def sentence_of(part: Part, one: read.Suggestion) -> str:
    """Return the sentence of a suggestion, word for word."""
    start, end = one.sentence
    return part.text[start:end].strip()[:_LONGEST] or one.at.text


def anchored(edtf: str, year: str) -> str:
    """Return a date in EDTF with the year that a person gave, empty where the year is open."""
    if "XXXX" in edtf:
        if not year:
            return ""
        edtf = edtf.replace("XXXX", year)
    try:
        return when.parse(edtf).text if edtf else ""
    except when.NotATime:
        return ""


def _language(part: Part) -> str:
    languages = part.reading.languages if part.reading else ()
    return languages[0] if len(languages) == 1 else ""


def said_of(document: Document, part: Part, offer: Offer, choice: Choice) -> Said:
    """Return who says it: as suggested, or the text itself; the document carries it."""
    speaker = speaker_of(offer.suggestion) if offer.suggestion else None
    place = offer.key.partition(":")[2]
    at = say("characters %(place)s") % {"place": place}
    if speaker is None or choice.by_carrier or speaker.kind is SpeakerKind.CARRIER:
        name = document.carrier or document.title or say("the text itself")
        return Said(name, _CARRIERS.get(document.kind, "media"), document, at)
    if speaker.kind is SpeakerKind.NOT_NAMED:
        return Said(say("not named"), UNNAMED, document, at)
    return Said(speaker.name, role_of(speaker, part, offer), document, at)


def role_of(speaker: Speaker, part: Part, offer: Offer) -> str:
    """Return the role of a named speaker, as far as the text tells it."""
    assert part.reading is not None
    if speaker.person is not None:
        if offer.person == speaker.person:
            return "self"
        person = part.reading.people[speaker.person]
        return _role_in(" ".join(person.roles), "family" if person.relative_of is not None else "")
    for one in part.reading.suggestions:
        if isinstance(one.value, read.Organisation) and _names(one.at, speaker):
            return _ROLES.get(one.value.type, "other")
    return _role_in(speaker.name, "")


def _names(at: read.Passage, speaker: Speaker) -> bool:
    if speaker.at is not None and at.start < speaker.at.end and speaker.at.start < at.end:
        return True
    return at.text.casefold() == speaker.name.casefold()


def _role_in(words: str, otherwise: str) -> str:
    lowered = words.casefold().split()
    if any(word.startswith(_LAWYERS) for word in lowered):
        return "lawyer"
    if any(word.startswith(_KIN) for word in lowered):
        return "family"
    return otherwise or "other"
