"""What an accusation is of: the words of the text behind "of", "в", before the verb in Tajik."""

from habeas.reading.phrases import Mark
from habeas.reading.scene import Scene
from habeas.reading.suggestions import Passage
from habeas.reading.tokens import SIGN, WORD, word_set

_LONGEST = 12
_NEAREST = 9
_STOPS = word_set(", . ; : ( ) — –")
_ENDERS = word_set("under after on during по за since")
_BY = word_set("by par von durch da dal dalla dai dall' dalle тарафи ҷониби tomonidan")
_WHOM = word_set("whom them which these those которых них")
_ARTICLE = word_set("the an a article articles")
_BEFORE_VERB = word_set("wirft werfen warf beschuldigt verdächtigt")
_NO_OFFENCE = word_set("uni ularni esa va")
_SHORT = 5


def offence_of(scene: Scene, mark: Mark) -> Passage | None:
    """Return the words for what an accusation is of; None where the text does not say."""
    if scene.language == "tg":
        return _tajik(scene, mark)
    if scene.language == "uz":
        return _uzbek(scene, mark)
    if scene.language == "de":
        return _german(scene, mark)
    place = _behind_object(scene, mark)
    if place is None:
        return None
    if scene.key(place) in _ARTICLE:
        # "charged under the article on organizing ...": what the article is on.
        titled = (at for at in range(place, place + 5) if scene.key(at) in {"on", "about"})
        place = next(titled, place - 1) + 1
    return _phrase(scene, place)


def _behind_object(scene: Scene, mark: Mark) -> int | None:
    """Return the place behind the "of" of an accusation; None if there is none."""
    objects = mark.value[1].split()
    if not objects:
        return mark.last
    for place in range(mark.last, min(mark.last + _NEAREST, scene.length)):
        if scene.key(place) in objects and scene.key(place + 1) not in _WHOM:
            return place + 1
        if scene.key(place) in {".", ";"}:
            return None
    return None


def _phrase(scene: Scene, first: int) -> Passage | None:
    """Return the words from a place on, up to the end of the phrase."""
    last = first
    while last < min(first + _LONGEST, scene.length) and not _stops(scene, last, first):
        last += 1
    while last > first and scene.sentence.tokens[last - 1].kind == SIGN:
        last -= 1
    while first < last and scene.sentence.tokens[first].kind == SIGN:
        first += 1
    return scene.passage(first, last) if last > first else None


def _stops(scene: Scene, place: int, first: int) -> bool:
    key = scene.key(place)
    if key in _STOPS or (place > first and (key in _ENDERS or key in _BY)):
        return True
    return any(mark.value[1] == "verb" for mark in scene.sentence.starting("custody", place))


def _tajik(scene: Scene, mark: Mark) -> Passage | None:
    """Return the offence of "бо иттиҳоми қаллобӣ", "ба қаллобӣ гумонбар"."""
    if mark.value[0] in {"noun", "nounbefore"}:
        return _phrase(scene, mark.last if mark.value[0] == "noun" else mark.last - 1)
    start, _ = scene.clauses.of(mark.first)
    objects = mark.value[1].split()
    for place in range(mark.first - 1, max(start - 1, mark.first - 8), -1):
        if scene.key(place) in objects and place + 1 < mark.first:
            return scene.passage(place + 1, mark.first)
    return None


def _uzbek(scene: Scene, mark: Mark) -> Passage | None:
    """Return the words before the verb: "ekstremizmda ayblanmoqda"."""
    start, _ = scene.clauses.of(mark.first)
    first = mark.first
    while first > start and mark.first - first < _SHORT and _belongs(scene, first - 1):
        first -= 1
    return scene.passage(first, mark.first) if first < mark.first else None


def _belongs(scene: Scene, place: int) -> bool:
    token = scene.sentence.tokens[place]
    named = any(actor.first <= place < actor.last for actor in scene.actors)
    return token.kind == WORD and not named and token.key not in _NO_OFFENCE


def _german(scene: Scene, mark: Mark) -> Passage | None:
    """Return the noun before or behind a German verb: "wirft X Betrug vor", "der Anstiftung"."""
    start, end = scene.clauses.of(mark.first)
    behind = scene.key(mark.first) in _BEFORE_VERB or mark.value[0] == "noun"
    places = range(mark.last, end) if behind else range(mark.first - 1, start, -1)
    for place in places:
        token = scene.sentence.tokens[place]
        named = any(actor.first <= place < actor.last for actor in scene.actors)
        if token.kind == WORD and token.case and not named and len(token.key) > 3:
            return _phrase(scene, place) if behind else scene.passage(place, mark.first)
    return None
