"""Whose a count is: who speaks in its clause, in its sentence, or in the sentence beside it.

A speaker of the same clause is taken; one who is named only in a neighbouring sentence stays a
question: such an attribution is `low` and its rule says so, unless the neighbour itself points back
("Об этом сообщил ...", "Lo riferisce ...").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from habeas.reading.actors import BODY, Actor
from habeas.reading.found import Found, key_at
from habeas.reading.quotes import Quotation
from habeas.reading.scene import Scene
from habeas.reading.sentences import Sentence
from habeas.reading.speakers import speaker_of
from habeas.reading.speech import Utterance
from habeas.reading.suggestions import (
    CARRIER,
    Claim,
    Confidence,
    Count,
    Custody,
    Speaker,
    SpeakerKind,
    weaker,
)
from habeas.reading.tokens import word_set

# How a sentence points back to the one before it; its first words.
_POINTS_BACK = {
    "ru": ("об этом", "о чем", "такие данные", "эти данные", "такую цифру", "это"),
    "en": ("this was", "that figure", "the figure", "the figures", "these figures", "the number"),
    "tg": ("дар ин бора", "ин хабарро", "инро"),
    "uz": ("bu haqda", "bu haqida", "shu haqda", "buni"),
    "fr": ("c' est", "ces chiffres", "ce chiffre"),
    "de": ("das teilte", "dies teilte", "das berichtet", "darüber", "das meldete"),
    "it": ("lo", "l'", "ne"),
}  # fmt: skip
_THEY = word_set(
    "they he she it они он она онҳо ӯ u ular ils il elle sie er egli essi i manifestanti"
)
_UNSAID = word_set("erano sono avevano hanno")
_REACH = 8


@dataclass(slots=True)
class Draft:
    """A sentence that was read, before speakers of neighbouring sentences are looked at."""

    sentence: Sentence
    found: list[Found]
    utterances: list[Utterance]


def clause_speakers(scene: Scene, utterances: Sequence[Utterance]) -> dict[int, Speaker]:
    """Return who speaks in each clause, by the token at which the clause begins."""
    found: dict[int, Speaker] = {}
    for utterance in utterances:
        if utterance.mark.value[0] != "denies":
            start, _ = scene.clauses.of(utterance.mark.first)
            found.setdefault(start, utterance.speaker)
    opening = _before_colon(scene)
    if opening is not None and 0 not in found:
        found[0] = speaker_of(scene, opening, "speaker-colon")
    _into_brackets(scene, found)
    return found


def speaker_at(
    scene: Scene, place: int, utterances: Sequence[Utterance], found: dict[int, Speaker]
) -> Speaker:
    """Return who speaks at a token: of several speakers of a clause, the one whose words it is in.

    Args:
        scene: the sentence.
        place: the token.
        utterances: the utterances of the sentence.
        found: who speaks in each of its clauses; where nobody does, the carrier does.
    """
    start, _ = scene.clauses.of(place)
    own = [
        u
        for u in utterances
        if scene.clauses.of(u.mark.first)[0] == start and u.mark.value[0] != "denies"
    ]
    if len(own) < 2:
        return found.get(start, CARRIER)
    before = [u for u in own if not u.behind and min(u.mark.first, u.actor.first) <= place]
    behind = [u for u in own if u.mark.first >= place and (u.behind or u.mark.value[1] == "by")]
    return (before[-1:] or behind[:1] or own[:1])[0].speaker


def _before_colon(scene: Scene) -> Actor | None:
    """Return the body before the colon of "МВД: задержано 302 человека"."""
    first = scene.actors[0] if scene.actors else None
    if first is None or first.first > 3 or first.kind != BODY:
        return None
    return first if scene.key(first.last) == ":" else None


def _into_brackets(scene: Scene, found: dict[int, Speaker]) -> None:
    """Let who speaks before a bracket speak in it and behind it, and the other way round."""
    beside = [
        (one, other)
        for one, other in pairwise(scene.clauses.starts)
        if scene.key(other - 1) in {"(", ")"}
    ]
    for one, other in beside:
        if one in found:
            found.setdefault(other, found[one])
    for one, other in beside:
        if other in found:
            found.setdefault(one, found[other])


def quoted_by(quotation: Quotation, drafts: Sequence[Draft]) -> Speaker:
    """Return who speaks in the sentence in which a quotation closes, or opens."""
    for number in dict.fromkeys((quotation.last, quotation.first)):
        draft = drafts[number]
        tokens = draft.sentence.tokens
        place = quotation.end if number == quotation.last else quotation.start
        outside = [
            (abs(tokens[u.mark.first].start - place), at, u.speaker)
            for at, u in enumerate(draft.utterances)
            if not quotation.start <= tokens[u.mark.first].start < quotation.end
        ]
        if outside:
            return min(outside)[2]
        accused = [f.value.speaker for f in draft.found if isinstance(f.value, Claim)]
        if accused:
            return accused[0]
    return CARRIER


def attribute(drafts: Sequence[Draft]) -> None:
    """Look in the next sentence for the speaker of counts that have none of their own."""
    for draft, following in pairwise(drafts):
        if draft.sentence.paragraph != following.sentence.paragraph:
            continue
        if not any(_open(found) for found in draft.found):
            continue
        speaker = _pointing_back(following) or _opening(following)
        if speaker is not None:
            draft.found[:] = [_with(found, speaker) for found in draft.found]


def _open(found: Found) -> bool:
    value = found.value
    return isinstance(value, Count | Custody) and value.speaker.kind is SpeakerKind.CARRIER


def _pointing_back(draft: Draft) -> Speaker | None:
    """Return who speaks in "Об этом сообщил ...": it says itself that it is about the last one."""
    sentence = draft.sentence
    begins = " ".join(token.key for token in sentence.tokens[:4]) + " "
    for words in _POINTS_BACK.get(sentence.language, ()):
        limit = words.count(" ") + 1 + _REACH
        spoken = next((u.speaker for u in draft.utterances if u.mark.first <= limit), None)
        if spoken is not None and begins.startswith(words + " "):
            sure = weaker(spoken.confidence, Confidence.MEDIUM)
            return replace(spoken, rule="speaker-points-back", confidence=sure)
    return None


def _opening(draft: Draft) -> Speaker | None:
    """Return who opens the next sentence with "According to ..., they": a question, no answer."""
    if not draft.utterances:
        return None
    first = draft.utterances[0]
    if first.mark.first != 0 or first.mark.value[1] != "by":
        return None
    behind = {key_at(draft.sentence, first.actor.last + step) for step in (0, 1, 2)}
    # Italian leaves "they" out: "Secondo OVD-Info, erano venuti".
    unsaid = draft.sentence.language == "it" and behind & _UNSAID
    if not behind & _THEY and not unsaid:
        return None
    return replace(first.speaker, rule="speaker-next-sentence", confidence=Confidence.LOW)


def _with(found: Found, speaker: Speaker) -> Found:
    value = found.value
    if not _open(found):
        return found
    if isinstance(value, Count):
        sure = weaker(found.confidence, speaker.confidence)
        return found._replace(value=replace(value, speaker=speaker), confidence=sure)
    if isinstance(value, Custody) and speaker.rule == "speaker-points-back":
        return found._replace(value=replace(value, speaker=speaker))
    return found
