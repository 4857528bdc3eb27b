"""The words in which suggestions are told: events, units, kinds of claims, places of speakers."""

from habeas.language import _
from habeas.reading.bounds import Bounds, Hedge
from habeas.reading.suggestions import Claim, Said, Speaker, SpeakerKind

EVENTS = {
    "detained": "detained", "arrested": "arrested", "taken": "taken away", "held": "held",
    "solitary": "in solitary confinement", "house_arrest": "under house arrest",
    "transferred": "brought or handed over", "expelled": "expelled", "deported": "deported",
    "extradited": "extradited", "returned": "returned, it is said of their own will",
    "abducted": "abducted", "missing": "missing", "charged": "charged", "on_trial": "on trial",
    "convicted": "found guilty", "sentenced": "sentenced", "imprisoned": "in prison",
    "released": "released", "wanted": "wanted by the authorities",
    "citizenship_cancelled": "citizenship cancelled", "passport_cancelled": "passport cancelled",
    "passport_taken": "passport taken away", "died": "dead",
}  # fmt: skip
"""The word of each custody event; translated when it is shown."""

UNITS = {
    "people": "people", "detentions": "detentions", "protocols": "protocols",
    "stations": "stations", "places": "cities or regions", "cases": "cases",
    "complaints": "complaints", "signatures": "signatures", "views": "views",
    "vehicles": "vans",
}  # fmt: skip
"""The word of each unit; translated when it is shown."""

SIZES = {
    "dozens": "dozens", "hundreds": "hundreds", "thousands": "thousands",
    "tens of thousands": "tens of thousands", "hundreds of thousands": "hundreds of thousands",
    "millions": "millions",
}  # fmt: skip
"""Sizes that are told in words only; translated when they are shown."""

LANGUAGES = {
    "en": "English", "ru": "Russian", "tg": "Tajik", "uz": "Uzbek", "fr": "French",
    "de": "German", "it": "Italian",
}  # fmt: skip
"""The languages that are read; translated when they are shown."""


def event_words(event: str) -> str:
    """Return the word of a custody event in the interface language."""
    return _(EVENTS[event])


def unit_words(unit: str) -> str:
    """Return the word of a unit in the interface language."""
    return _(UNITS[unit])


def language_words(language: str) -> str:
    """Return the name of a language that was read, in the interface language."""
    return _(LANGUAGES[language])


def bounds_words(bounds: Bounds) -> str:
    """Return bounds as a reader should take them: never harder than they were worded."""
    if bounds.hedge is Hedge.WORDS:
        return _("“{words}”, no number").format(words=_(SIZES[bounds.words]))
    if bounds.hedge is Hedge.RANGE:
        return _("{low} to {high}").format(low=bounds.low, high=bounds.high)
    told = {
        Hedge.AT_LEAST: _("at least {number}"),
        Hedge.MORE_THAN: _("more than {number}"),
        Hedge.ABOUT: _("about {number}, no bounds"),
        Hedge.UP_TO: _("at most {number}"),
        Hedge.LESS_THAN: _("fewer than {number}"),
        Hedge.EXACT: "{number}",
    }
    return told[bounds.hedge].format(number=bounds.number)


def speaker_words(speaker: Speaker) -> str:
    """Return who speaks, and that it is doubtful where it is."""
    if speaker.kind is SpeakerKind.CARRIER:
        return _("the text itself")
    if speaker.kind is SpeakerKind.NOT_NAMED:
        return _("not named")
    if speaker.rule == "speaker-next-sentence":
        return _("{name}? (named in the next sentence only)").format(name=speaker.name)
    if speaker.confidence == "low":
        return _("{name}? (uncertain)").format(name=speaker.name)
    if speaker.through:
        return _("{name}, to {through}").format(name=speaker.name, through=speaker.through)
    return speaker.name


def claim_words(claim: Claim) -> str:
    """Return who says, claims, denies, confirms or alleges something: never more than that."""
    if claim.said is Said.ACCUSES and claim.speaker.kind is SpeakerKind.NOT_NAMED:
        return _("alleged by nobody named")
    said = {
        Said.SAID: _("says"),
        Said.CLAIMS: _("claims"),
        Said.ACCUSES: _("alleges"),
        Said.DENIES: _("denies"),
        Said.CONFIRMS: _("confirms"),
    }[claim.said]
    words = f"{speaker_words(claim.speaker)} {said}"
    return f"{words} {_('(denied)')}" if claim.denied else words
