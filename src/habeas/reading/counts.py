"""Counts in a sentence: how many of what, under which hedge, of how many.

A number is taken for a count only if something says so: a noun of the table of units behind it, a
partitive ("eleven of those held"), a verb of custody beside it ("at least 120 were detained"), or a
verb that gives figures ("put the number at 93").
"""

from habeas.reading.bounds import Bounds
from habeas.reading.counted import ARTICLES, collective, of_total, partitive, unit_at, with_unit
from habeas.reading.counting import DASHES, Counting, Draft, counting_of
from habeas.reading.found import Found
from habeas.reading.numbers import Number
from habeas.reading.scene import Scene
from habeas.reading.suggestions import Count
from habeas.reading.tokens import word_set
from habeas.reading.uncounted import EVENT_IS, without_unit

_NEAR = 8
_CHANGES = word_set(
    "rose grew increased jumped climbed fell dropped decreased rising up down выросло возросло "
    "увеличилось выросла снизилось упало сократилось афзуд oshdi kamaydi passé passe stieg sank "
    "salito sceso"
)
_OF_ALL = word_set("of из sur von di su")
_WHERE = frozenset(("places", "stations", "vehicles"))
_NOTHING: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
_ENDS = {
    "en": (word_set("between from"), word_set("and to")),
    "ru": (word_set("от"), word_set("до")),
    "tg": (word_set("аз"), word_set("то")),
    "fr": (word_set("entre de"), word_set("et à")),
    "de": (word_set("zwischen von"), word_set("und bis")),
    "it": (word_set("tra fra da dai"), word_set("e ed a ai")),
}  # fmt: skip


def counts_of(scene: Scene, numbers: list[Number], taken: list[tuple[int, int]]) -> list[Found]:
    """Return the counts of a sentence in order, without who gives them.

    Args:
        scene: the sentence.
        numbers: its numbers.
        taken: tokens of dates, articles, ages, lengths of time and names.
    """
    counting = counting_of(scene, numbers, taken)
    found: list[Draft] = []
    previous = scene.story.count
    for at, number in enumerate(counting.numbers):
        if number.first in counting.used:
            continue
        draft = _range(counting, at) or _single(counting, at, previous)
        if draft is None:
            continue
        _finish(scene, draft, previous)
        _take_total(scene, found, draft)
        found.append(draft)
        if draft.unit not in _WHERE:
            previous = draft.count()
    return [Found(d.first, d.last, d.count(), d.rule, d.confidence) for d in found]


def _single(counting: Counting, at: int, previous: Count | None) -> Draft | None:
    number = counting.numbers[at]
    draft = counting.draft(number)
    if any(way(counting, draft, at) for way in (of_total, with_unit, partitive, collective)):
        return draft
    return draft if without_unit(counting, draft, number, previous) else None


def _take_total(scene: Scene, found: list[Draft], draft: Draft) -> None:
    """Read "Of the 45 detained, 30 were released" as 30 of 45."""
    if not found or draft.total is not None or draft.unit != found[-1].unit:
        return
    whole = found[-1]
    before = whole.first - (2 if scene.key(whole.first - 1) in ARTICLES else 1)
    opens = before >= 0 and scene.key(before) in _OF_ALL and before == scene.clauses.of(before)[0]
    part, total = draft.bounds.number, whole.bounds.number
    if opens and part is not None and total is not None and part <= total:
        draft.total = whole.bounds
        found.pop()


# Ranges.


def _range(counting: Counting, at: int) -> Draft | None:
    """Read "between 80 and 100 arrests", "60–70 человек", "от 100 до 300"."""
    if at + 1 >= len(counting.numbers):
        return None
    number, other = counting.numbers[at : at + 2]
    if number.value is None or other.value is None or number.value >= other.value:
        return None
    scene = counting.scene
    if not _joined(scene, number, other):
        return None
    first = number.first
    opening, _ = _ENDS.get(scene.language, _NOTHING)
    while scene.key(first - 1) in opening | ARTICLES:
        first -= 1
    draft = Draft(first, other.last, Bounds.between(number.value, other.value))
    draft.hedge = scene.words(first, number.first)
    unit = unit_at(scene, other.last)
    if unit is not None:
        draft.is_(unit.value)
        draft.last = unit.last
    elif not partitive(counting, draft, at + 1) and not without_unit(counting, draft, other, None):
        return None
    draft.rule = "count-range"
    counting.used.add(other.first)
    return draft


def _joined(scene: Scene, number: Number, other: Number) -> bool:
    """Return whether two numbers are the ends of a range."""
    between = [scene.key(place) for place in range(number.last, other.first)]
    words = [key for key in between if key not in ARTICLES]
    if scene.language == "uz" and words == ["dan"]:
        return True
    if len(words) != 1:
        return False
    before = scene.key(number.first - 1)
    before = scene.key(number.first - 2) if before in ARTICLES else before
    opening, closing = _ENDS.get(scene.language, _NOTHING)
    if before in opening and words[0] in closing:
        return not _changed(scene, number.first)
    # "5,000 to 6,000 people"; but "grew from 80 to 100".
    joint = words[0] in DASHES or (scene.language == "en" and words[0] == "to")
    return joint and number.digits and other.digits and not _changed(scene, number.first)


def _changed(scene: Scene, place: int) -> bool:
    """Return whether a number became another: "the toll rose from 80 to 100"."""
    return any(scene.key(at) in _CHANGES for at in range(max(0, place - 4), place))


# What they are.


def _finish(scene: Scene, draft: Draft, previous: Count | None) -> None:
    """Say what they are, by the verb of custody that stands nearest in the clause."""
    if not draft.unit:
        draft.unit = previous.unit if previous is not None else "people"
    if draft.what not in {"", "participants"} or draft.unit != "people":
        return
    if _viewed(scene, draft):
        draft.what = "viewers"
        return
    beside = {scene.key(draft.first - step) for step in (1, 2)}
    beside |= {scene.key(draft.last + step) for step in (0, 1, 2)}
    if beside & scene.vocabulary("wounding"):
        draft.what = "wounded"
        return
    start, end = scene.clauses.of(draft.first)
    near = [m for m in scene.custody_in(start, end) if m.value[1] != "noun"]
    if draft.what:
        # "120 demonstrators were detained" are detained; "400 demonstrators" took part.
        near = [m for m in near if 0 <= m.first - draft.last <= 3 or 0 <= draft.first - m.last <= 1]
    if near:
        mark = min(near, key=lambda m: min(abs(m.first - draft.last), abs(draft.first - m.last)))
        draft.what = EVENT_IS.get(mark.value[0], "")


def _viewed(scene: Scene, draft: Draft) -> bool:
    """Return whether they watched something: "viewed by over half a million people"."""
    start, end = scene.clauses.of(draft.first)
    near = range(max(start, draft.first - _NEAR), min(end, draft.last + _NEAR))
    if not any(scene.key(at) in scene.vocabulary("viewing") for at in near):
        return False
    return scene.language != "en" or scene.key(draft.first - 1) == "by"
