"""Counts with a noun: "163 arrests", "120 of about 400 demonstrators", "eleven of those held"."""

from habeas.reading.bounds import Bounds, Hedge
from habeas.reading.counting import Counting, Draft
from habeas.reading.numbers import Number
from habeas.reading.phrases import Mark
from habeas.reading.scene import Scene
from habeas.reading.tokens import NUMBER, WORD, word_set

_REACH = {"tg": 1, "uz": 2}
_FURTHEST = 4
"""Words that may stand between a number and its noun, where `_REACH` does not say."""
ARTICLES = word_set("i gli le les der die das the des dei ces")
_PRINTED = word_set('« » " “ ” - – ’')
# There the noun right behind the number is what is counted; an English one may go on with others.
_FIRST_NOUN = frozenset(("ru", "tg", "uz", "fr", "it"))
_VERB_BEFORE_NOUN = frozenset(("en", "ru", "it", "fr"))
_OF = word_set("of de d' di von from")
_BEYOND = word_set("зиёд зиёдтар зиёда беш бештар афзун")
_BELOW = word_set("кам камтар")
_FAMILY = word_set(
    "него нее них отец мать has have had with father mother parent his her their дорад дорои bor "
    "hat haben vater mutter père mère padre madre ha"
)
_KIN = word_set("его ее их своих детей")
_ALL = word_set("все всех всем all both alle tutti tous ҳар ҳарду barcha")
_THEM = {
    "en": word_set("of"),
    "ru": word_set("из"),
    "fr": word_set("d' de des parmi"),
    "de": word_set("von der davon seiner ihrer"),
    "it": word_set("di dei degli delle"),
}  # fmt: skip
_PRONOUNS = word_set(
    "them those whom these us they них которых онҳо вай ulardan ular ihnen denen davon eux elles "
    "loro essi"
)
_HELD = word_set("held detained arrested")


def unit_at(scene: Scene, at: int) -> Mark | None:
    """Return the noun that is counted, at a place or some words behind it."""
    last: Mark | None = None
    place = at
    limit = min(at + _REACH.get(scene.language, _FURTHEST) + 1, scene.length)
    while place < limit:
        mark = scene.sentence.at("units", place)
        if mark is not None and scene.language in _FIRST_NOUN:
            return mark
        if mark is not None:
            last, place = mark, mark.last
        elif last is not None or not _stands_between(scene, place):
            return last
        else:
            place += 1
    return last


def _stands_between(scene: Scene, place: int) -> bool:
    """Return whether a word may stand between a number and its noun."""
    token = scene.sentence.tokens[place]
    if token.kind == NUMBER or scene.sentence.starting("numbers", place):
        return False
    if token.kind != WORD:
        return token.text in _PRINTED
    if token.key in scene.vocabulary("function") and token.key not in ARTICLES:
        return False
    return not _is_verb(scene, place)


def _is_verb(scene: Scene, place: int) -> bool:
    """Return whether a verb stands at a place, behind which no noun of the number follows."""
    if any(mark.value[1] == "verb" for mark in scene.sentence.starting("custody", place)):
        return (
            scene.language not in _VERB_BEFORE_NOUN or scene.sentence.at("units", place + 1) is None
        )
    return any(mark.value[1] == "verb" for mark in scene.sentence.starting("speech", place))


def with_unit(counting: Counting, draft: Draft, at: int) -> bool:
    """Take a number with the noun behind it."""
    scene, number = counting.scene, counting.numbers[at]
    place = draft.last
    if draft.bounds.hedge is Hedge.WORDS and scene.key(place) in _OF:
        place += 1
    unit = unit_at(scene, place)
    if unit is None or _counts_one(counting, number, unit) or _own_children(scene, number, unit):
        return False
    draft.is_(unit.value)
    draft.last = unit.last
    draft.rule = "count-noun"
    if number.value is not None:
        _around(scene, draft, number, number.value)
    _of_total(counting, draft, at)
    return True


def _around(scene: Scene, draft: Draft, number: Number, value: int) -> None:
    """Read the Tajik "аз 200 нафар зиёд" and the Uzbek "200 nafargacha"."""
    last = scene.key(draft.last - 1)
    if scene.language == "uz" and last.endswith("gacha"):
        draft.bounds, draft.hedge = Bounds.of(Hedge.UP_TO, value), last
    if scene.language != "tg" or scene.key(number.first - 1) != "аз":
        return
    word = scene.key(draft.last)
    kind = Hedge.MORE_THAN if word in _BEYOND else Hedge.LESS_THAN if word in _BELOW else None
    if kind is not None:
        draft.bounds = Bounds.of(kind, value)
        draft.first, draft.last = number.first - 1, draft.last + 1
        draft.hedge = f"аз … {word}"


def _counts_one(counting: Counting, number: Number, unit: Mark) -> bool:
    """Return whether "one man" tells of a man and counts nobody."""
    if number.value != 1 or number.digits or number.first in counting.before:
        return False
    scene = counting.scene
    start, end = scene.clauses.of(number.first)
    alone = scene.key(unit.first) in {"человек", "person"} and unit.first == number.last
    return not (alone and scene.custody_in(start, end))


def _own_children(scene: Scene, number: Number, unit: Mark) -> bool:
    """Return whether "у него четверо детей" tells of a family and counts nobody of a case."""
    before = {scene.key(number.first - step) for step in (1, 2, 3)}
    return unit.value[1] == "minors" and bool(before & _FAMILY)


# Of how many.


def of_total(counting: Counting, draft: Draft, at: int) -> bool:
    """Take "120 of about 400 demonstrators", "12 из 18 задержанных"."""
    if not _of_total(counting, draft, at):
        return False
    draft.rule = "count-of-total"
    return True


def _of_total(counting: Counting, draft: Draft, at: int) -> bool:
    scene = counting.scene
    joints = scene.vocabulary("total")
    place = draft.last
    while scene.key(place) in joints or (place > draft.last and scene.key(place) in ARTICLES):
        place += 1
    following = counting.numbers[at + 1] if at + 1 < len(counting.numbers) else None
    if place == draft.last or following is None or following.value is None:
        return False
    total = counting.draft(following)
    if total.first > place + 1 or following.first < place:
        return False
    unit = unit_at(scene, total.last)
    if unit is None and not draft.unit and not custody_near(scene, draft.first, total.last):
        return False
    draft.total = total.bounds
    draft.last = unit.last if unit is not None else total.last
    if unit is not None and not draft.unit:
        draft.is_(unit.value)
        draft.what = "" if draft.what == "participants" else draft.what
    counting.used.add(following.first)
    return True


def custody_near(scene: Scene, first: int, last: int) -> bool:
    """Return whether a word of custody stands in the clause of a count, or soon behind it."""
    start, end = scene.clauses.of(first)
    return any(mark.last <= last + 12 for mark in scene.custody_in(start, end + 1))


def partitive(counting: Counting, draft: Draft, at: int) -> bool:
    """Take "eleven of those held", "34 из них", "57 нафари онҳо"."""
    scene = counting.scene
    if draft.bounds.number == 1 and not counting.numbers[at].digits:
        return False
    place = draft.last
    if scene.key(place) not in _THEM.get(scene.language, frozenset()):
        return False
    for behind in range(place + 1, min(place + 4, scene.length)):
        unit = scene.sentence.at("units", behind)
        if unit is not None or scene.key(behind) in _PRONOUNS:
            draft.rule, draft.last = "count-partitive", behind + 1
            if unit is not None:
                draft.is_(unit.value)
                draft.last = unit.last
            elif scene.key(draft.last) in _HELD:
                draft.last, draft.what = draft.last + 1, "detained"
            return True
        if scene.key(behind) not in scene.vocabulary("function"):
            break
    return False


def collective(counting: Counting, draft: Draft, at: int) -> bool:
    """Take the Russian collective numerals, which count people: "шестерых"."""
    scene, number = counting.scene, counting.numbers[at]
    if scene.key(number.last - 1) not in scene.vocabulary("collective"):
        return False
    if scene.key(number.first - 1) in _ALL or scene.key(number.last) in _KIN:
        return False
    draft.unit, draft.rule = "people", "count-collective"
    return True
