"""Claims: what somebody says, claims, denies or confirms."""

from collections.abc import Sequence

from habeas.reading.accusations import accusations_of
from habeas.reading.found import Found, overlaps
from habeas.reading.scene import Scene
from habeas.reading.speech import Utterance
from habeas.reading.suggestions import Claim, Passage, Said
from habeas.reading.tokens import SIGN, word_set

_THAT = word_set('that что ки che que dass daß deb , : — – « “ "')
_LONGEST_CONTENT = 40


def claims_of(scene: Scene, utterances: Sequence[Utterance]) -> list[Found]:
    """Return the claims in order; an accusation takes the place of the verb it is made with."""
    accusations = accusations_of(scene, utterances)
    taken = [(found.first, found.last) for found in accusations]
    said = [
        _said(scene, utterance)
        for utterance in utterances
        if not overlaps(utterance.mark.first, utterance.mark.last, taken)
    ]
    return sorted([*said, *accusations], key=lambda found: found.first)


def _said(scene: Scene, utterance: Utterance) -> Found:
    mark = utterance.mark
    kind = Said(mark.value[0])
    claim = Claim(
        kind,
        utterance.speaker,
        scene.words(mark.first, mark.last),
        _content(scene, utterance),
        hedge=scene.hedge(mark),
        denied=kind is Said.CONFIRMS and scene.negated(mark.first),
    )
    return Found(mark.first, mark.last, claim, f"claim-{kind}", utterance.speaker.confidence)


def _content(scene: Scene, utterance: Utterance) -> Passage | None:
    """Return what is said: behind the verb, or before it where the speaker stands behind."""
    start, end = scene.clauses.of(utterance.mark.first)
    if utterance.behind and utterance.mark.first - start > 2:
        first, last = start, utterance.mark.first
    else:
        first, last = utterance.mark.last, end
        if utterance.actor.first >= first:
            first = utterance.actor.last
    while first < last and scene.key(first) in _THAT:
        first += 1
    while last > first and scene.sentence.tokens[last - 1].kind == SIGN:
        last -= 1
    last = min(last, first + _LONGEST_CONTENT)
    return scene.passage(first, last) if last > first else None
