"""Accusations: of what, by whom, against whom.

An accusation is always the claim of its speaker. Where the text does not name who accuses, the
speaker is "not named"; nothing is taken for a fact, and no wording is made stronger.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from habeas.reading.actors import ACCUSERS, PERSON, PRONOUN, ROLE, Actor
from habeas.reading.found import Found, overlaps
from habeas.reading.offences import offence_of
from habeas.reading.phrases import Mark
from habeas.reading.scene import Scene
from habeas.reading.speakers import OBJECTS, speaker_of
from habeas.reading.speech import Utterance
from habeas.reading.subjects import VERB_LAST, antecedent, can_be_subject, is_possessive, subjects
from habeas.reading.suggestions import NOT_NAMED, Claim, Confidence, Passage, Said, Speaker
from habeas.reading.tokens import word_set

_BY = {
    "en": word_set("by"),
    "fr": word_set("par"),
    "de": word_set("von durch"),
    "it": word_set("da dal dalla dai dall' dalle"),
    "tg": word_set("тарафи ҷониби"),
    "uz": word_set("tomonidan"),
}  # fmt: skip
_DETERMINERS = word_set("the a an his her their its two three several former")
_OFFICIAL = ACCUSERS | {"official", "court"}
_CONVICTING = frozenset(("sentenced", "convicted"))
_BEFORE_ACCUSA = word_set("l' un' di sotto questa una accuse")
_HEARSAY = word_set("soll sollen aurait auraient avrebbe avrebbero")
_BEHIND_CHARGED = word_set("to a him her them")
_FOUND_GUILTY = word_set("донистанд донист дониста шинохт")
_SEARCHED_FOR = word_set("за по")
_BEFORE_CHARGE = word_set("a the separate new of")
_FURTHEST = 16


def accusations_of(scene: Scene, utterances: Sequence[Utterance]) -> list[Found]:
    """Return the accusations of a sentence."""
    found: list[Found] = []
    for mark in scene.sentence.of("accusations"):
        if found and mark.first < found[-1].last:
            continue
        one = _accusation(scene, mark, utterances)
        if one is not None:
            found.append(one)
    taken = [(one.first, one.last) for one in found]
    charges = _on_charges(scene, utterances)
    return found + [one for one in charges if not overlaps(one.first, one.last, taken)]


def _on_charges(scene: Scene, utterances: Sequence[Utterance]) -> Iterator[Found]:
    """Yield "on extremism charges", "on a separate fraud charge": the offence stands inside."""
    if scene.language != "en":
        return
    for place, token in enumerate(scene.sentence.tokens):
        if token.key not in {"charge", "charges"} or scene.key(place + 1) == "of":
            continue
        behind = range(place - 1, max(-1, place - 6), -1)
        first = next((at for at in behind if scene.key(at) in {"on", "over"}), -1)
        while first >= 0 and scene.key(first + 1) in _BEFORE_CHARGE:
            first += 1
        if first < 0 or first + 1 >= place:
            continue
        mark = Mark("accusations", first, place + 1, ("noun", ""))
        yield _found(scene, mark, scene.passage(first + 1, place), utterances)


def _accusation(scene: Scene, mark: Mark, utterances: Sequence[Utterance]) -> Found | None:
    if _is_other(scene, mark):
        return None
    if _is_active(scene, mark):
        mark = mark._replace(value=("active", mark.value[1]))
    voice = mark.value[0]
    offence = offence_of(scene, mark)
    # "обвиняемый" or "charged" alone may be said of anything.
    alone = voice == "passive" and scene.language in {"tg", "uz", "de"}
    if offence is None and voice in {"passive", "noun", "nounafter"} and not alone:
        return None
    return _found(scene, mark, offence, utterances)


def _found(
    scene: Scene, mark: Mark, offence: Passage | None, utterances: Sequence[Utterance]
) -> Found:
    voice = mark.value[0]
    speaker = _accuser(scene, mark, utterances)
    about = _accused(scene, mark, speaker)
    reports = speaker.person is not None and speaker.rule == "accuser-reports"
    if about in {None, speaker.person} and reports and voice in {"passive", "noun"}:
        # Who speaks in the sentence may be the accused: nobody accuses himself.
        about, speaker = speaker.person, NOT_NAMED
    words = scene.words(mark.first, mark.last)
    claim = Claim(
        Said.ACCUSES,
        speaker,
        words,
        offence,
        about=about,
        hedge=scene.hedge(mark) or (words if voice == "adverb" else ""),
        denied=scene.negated(mark.first),
    )
    sure = _sure(voice, speaker)
    return Found(mark.first, mark.last, claim, f"accusation-{voice}", sure)


def _sure(voice: str, speaker: Speaker) -> Confidence:
    if voice == "adverb":
        return Confidence.LOW if speaker is NOT_NAMED else Confidence.MEDIUM
    return speaker.confidence


def _is_other(scene: Scene, mark: Mark) -> bool:
    """Return whether the words accuse nobody: "забрали якобы в отдел", "charges of the battery"."""
    key, voice = scene.key(mark.first), mark.value[0]
    behind = scene.key(mark.last)
    if voice == "adverb":
        return key in _HEARSAY or bool(scene.sentence.ending("custody", mark.first))
    if voice == "active" and scene.language == "it" and mark.last - mark.first == 1:
        # "l'accusa di": the noun.
        return scene.key(mark.first - 1) in _BEFORE_ACCUSA
    if voice == "passive" and key.startswith("разыскива"):
        return scene.key(mark.first + 1) not in _SEARCHED_FOR
    if key in {"wanted", "charged"} and voice == "passive":
        return behind in _BEHIND_CHARGED
    return key == "айбдор" and behind in _FOUND_GUILTY and scene.language != "tg"


def _is_active(scene: Scene, mark: Mark) -> bool:
    """Return whether "accused" has a subject and an object: "The ministry accused X of fraud"."""
    if scene.language != "en" or mark.value[0] != "passive" or mark.last - mark.first > 1:
        return False
    behind = mark.last + (scene.key(mark.last) in _DETERMINERS)
    objects = any(mark.last <= a.first <= behind < a.last for a in scene.actors)
    return objects and _subject(scene, mark) is not None


# Who accuses.


def _accuser(scene: Scene, mark: Mark, utterances: Sequence[Utterance]) -> Speaker:
    voice = mark.value[0]
    governing = _governing(scene, mark, utterances)
    if voice in {"active", "impersonal"}:
        actor = _subject(scene, mark)
        if voice == "impersonal" and actor is not None and not _is_plural(actor):
            actor = None
        return speaker_of(scene, actor, "accuser-subject") if actor is not None else governing
    by = _by_phrase(scene, mark)
    if by is not None:
        return speaker_of(scene, by, "accuser-by")
    if governing is not NOT_NAMED or voice in {"passive", "adverb"}:
        return governing
    opener = _opener(scene, mark)
    return speaker_of(scene, opener, "accuser-opens-case") if opener is not None else NOT_NAMED


def _subject(scene: Scene, mark: Mark) -> Actor | None:
    """Return the subject before an active verb."""
    start, _ = scene.clauses.of(mark.first)
    relative = antecedent(scene, mark.first)
    if relative is not None:
        return relative
    left = subjects(scene, mark, start)
    named = [actor for actor in left if actor.kind != PRONOUN]
    if named:
        return named[0] if scene.language in VERB_LAST else named[-1]
    if not left or is_possessive(left[-1]) or scene.key(left[-1].first) in OBJECTS:
        return None
    return left[-1]


def _is_plural(actor: Actor) -> bool:
    return actor.kind == ROLE and actor.form == "g"


def _by_phrase(scene: Scene, mark: Mark) -> Actor | None:
    """Return who stands behind "by", in Uzbek before "tomonidan"."""
    words = _BY.get(scene.language, frozenset())
    _, end = scene.clauses.of(mark.first)
    for actor in scene.actors:
        behind = mark.first <= actor.first < min(end, mark.last + _FURTHEST)
        if scene.language == "uz":
            if scene.key(actor.last) in words and (behind or actor.last <= mark.first):
                return actor
        elif behind and actor.kind != PRONOUN:
            before = {scene.key(actor.first - 1), scene.key(actor.first - 2)}
            if before & words:
                return actor
    return None


def _governing(scene: Scene, mark: Mark, utterances: Sequence[Utterance]) -> Speaker:
    """Return the authority that reports the accusation in the same clause, else nobody named."""
    near = [
        u
        for u in utterances
        if scene.clauses.same(u.mark.first, mark.first)
        and u.mark.value[0] in {"said", "claims", "confirms"}
        and u.mark.first != mark.first
        and (mark.value[0] == "adverb" or _may_accuse(u))
    ]
    if not near:
        return NOT_NAMED
    chosen = min(near, key=lambda u: abs(u.mark.first - mark.first))
    return replace(chosen.speaker, rule="accuser-reports")


def _may_accuse(utterance: Utterance) -> bool:
    """Return whether a reporter speaks for a state: a monitor reports, and accuses nobody."""
    actor = utterance.actor
    if actor.kind == PRONOUN:
        return utterance.speaker.person is None
    return actor.type in _OFFICIAL


def _opener(scene: Scene, mark: Mark) -> Actor | None:
    """Return the prosecutor or ministry that opens the case in the same clause."""
    start, _ = scene.clauses.of(mark.first)
    if any(m.value[0] in _CONVICTING for m in scene.custody_in(start, mark.first)):
        return None
    fitting = (
        actor
        for actor in scene.actors
        if start <= actor.first < mark.first
        and actor.kind not in {PERSON, PRONOUN}
        and actor.type in ACCUSERS
        and can_be_subject(scene, actor, mark)
    )
    return next(fitting, None)


# Whom.


def _accused(scene: Scene, mark: Mark, speaker: Speaker) -> int | None:
    """Return the person who is accused: the nearest one that is not the accuser."""
    start, end = scene.clauses.of(mark.first)
    here = [actor for actor in scene.actors if start <= actor.first < end]
    people = [a for a in here if a.kind == PERSON and a.person != speaker.person]
    if not people:
        pronoun = next((a for a in here if a.kind == PRONOUN), None)
        return speaker_of(scene, pronoun, "accused").person if pronoun is not None else None
    behind = [actor for actor in people if actor.first >= mark.last]
    before = [actor for actor in people if actor.last <= mark.first]
    if mark.value[0] in {"active", "impersonal"} and behind:
        return behind[0].person
    return (before[-1] if before else people[0]).person
