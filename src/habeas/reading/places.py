"""Places: countries, cities and regions that are known, and names beside a word for a place."""

from collections.abc import Iterator

from habeas.reading.found import Found, key_at, overlaps
from habeas.reading.phrases import words_of
from habeas.reading.sentences import Sentence
from habeas.reading.suggestions import Confidence, Place
from habeas.reading.tokens import WORD, word_set

# Before the name: "г. Энск", "шаҳри Хуҷанд", "city of".
_BEFORE = {
    "ru": word_set(
        "г город города городе городу село селе села поселок поселке деревня деревне район "
        "аэропорт аэропорту аэропорта аэропорте станица станице область"
    ),
    "tg": word_set("шаҳри ноҳияи вилояти деҳаи фурудгоҳи шаҳраки ҷамоати маҳаллаи бандари"),
    "en": frozenset(("city", "town", "village", "district")),
}
# Behind it: "Denov tumani", "Согдийской области", "Kursk region".
_BEHIND = {
    "ru": word_set(
        "область области областью район района районе край края крае округ округа округе "
        "республика республики республике"
    ),
    "uz": word_set(
        "viloyati viloyatida viloyatidan viloyatining tumani tumanida tumanidan shahri shahrida "
        "shahridan shahriga shahrining tumanining qishlog'i qishlog'ida"
    ),
    "en": word_set("region district province oblast airport county autonomous"),
}
_ADJECTIVES = ("ский", "ского", "ском", "ской", "ская", "скую", "цкий", "цкого", "цком")
_TO = {
    "en": word_set("in from near to at outside via into"),
}


def places_of(sentence: Sentence, taken: list[tuple[int, int]]) -> list[Found]:
    """Return the places of a sentence; `taken` are tokens that name something else."""
    found = [*_beside(sentence), *_known(sentence)]
    chosen: list[Found] = []
    for one in sorted(found, key=lambda item: (item.first - item.last, item.first)):
        own = [(other.first, other.last) for other in chosen]
        if not overlaps(one.first, one.last, [*taken, *own]):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.first)


def _known(sentence: Sentence) -> Iterator[Found]:
    for mark in sentence.of("places"):
        tokens = sentence.tokens[mark.first : mark.last]
        if not tokens[0].case:
            continue
        kind = mark.value[1]
        country = kind.removeprefix("country ") if kind.startswith("country ") else ""
        name = " ".join(token.text for token in tokens)
        yield Found(mark.first, mark.last, Place(name, country), "place-known")


def _beside(sentence: Sentence) -> Iterator[Found]:
    before = _BEFORE.get(sentence.language, frozenset())
    behind = _BEHIND.get(sentence.language, frozenset())
    for place, token in enumerate(sentence.tokens):
        if token.kind != WORD or not token.case:
            continue
        if key_at(sentence, place + 1) in behind and _can_be_place(sentence, place):
            first = place
            yield _place(sentence, first, place + 2)
            continue
        at = place - 1
        if key_at(sentence, at) == ".":
            at -= 1
        if key_at(sentence, at) in before:
            if sentence.language == "en" and key_at(sentence, at) == "district":
                continue
            yield _place(sentence, place, place + 1)


def _can_be_place(sentence: Sentence, place: int) -> bool:
    token = sentence.tokens[place]
    if sentence.language == "ru":
        return token.key.endswith(_ADJECTIVES)
    return True


def _place(sentence: Sentence, first: int, last: int) -> Found:
    name = " ".join(token.text for token in sentence.tokens[first:last])
    return Found(first, last, Place(name), "place-beside", Confidence.MEDIUM)


def unknown_places(sentence: Sentence, taken: list[tuple[int, int]]) -> list[Found]:
    """Return capitalised words behind "in" or "from" that name nothing else; a guess."""
    words = _TO.get(sentence.language, frozenset())
    found: list[Found] = []
    for place in range(1, len(sentence.tokens)):
        token = sentence.tokens[place]
        if token.kind != WORD or token.case != 1 or key_at(sentence, place - 1) not in words:
            continue
        if token.key in words_of(sentence.language, "nationality") or "-" in token.key:
            continue
        if overlaps(place, place + 1, taken) or sentence.starting("times", place):
            continue
        after = sentence.tokens[place + 1] if place + 1 < len(sentence.tokens) else None
        if after is not None and after.case:
            continue
        value = Place(token.text)
        found.append(Found(place, place + 1, value, "place-guess", Confidence.LOW))
    return found
