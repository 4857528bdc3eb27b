"""The numbers of a sentence that may be counts, each with the bounds that its words give it.

Money, shares, ages, dates and articles never are counts.
"""

from dataclasses import dataclass, field

from habeas.reading.bounds import Bounds, Hedge
from habeas.reading.found import overlaps
from habeas.reading.numbers import Number
from habeas.reading.phrases import Mark
from habeas.reading.scene import Scene
from habeas.reading.suggestions import Confidence, Count
from habeas.reading.tokens import NUMBER, word_set

DASHES = frozenset("-–—‑‐")
_HEDGES = {
    "at_least": Hedge.AT_LEAST, "more_than": Hedge.MORE_THAN, "about": Hedge.ABOUT,
    "up_to": Hedge.UP_TO, "less_than": Hedge.LESS_THAN, "only": Hedge.EXACT,
}  # fmt: skip
_CURRENCY = frozenset("€$£₽¥₸%№#§")
_NUMBERED = word_set("№ no n°")
_ABBREVIATED = word_set("no д кв")
_PARENT = word_set("father mother parent")
_AGED = word_set("year-old летний сола")
_PREPOSITIONS = word_set("до под to то jusqu'à")
_RUSSIAN_ONE = {"сотни": 100, "тысячи": 1000}


@dataclass(slots=True)
class Draft:
    """A count while it is read: tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    bounds: Bounds
    total: Bounds | None = None
    unit: str = ""
    what: str = ""
    hedge: str = ""
    rule: str = ""
    confidence: Confidence = Confidence.HIGH

    def count(self) -> Count:
        """Return the count as read so far."""
        return Count(self.bounds, self.total, self.unit, self.what, self.hedge)

    def is_(self, unit: tuple[str, ...]) -> None:
        """Note what is counted."""
        self.unit, self.what = unit


@dataclass(frozen=True, slots=True)
class Counting:
    """What the rules for counts work on.

    Attributes:
        scene: the sentence.
        numbers: the numbers that may be counts, in order.
        before: the hedges that stand before a number, by where they end.
        after: those that stand behind one, by where they begin.
        used: the numbers that belong to a count before, by their first token.
    """

    scene: Scene
    numbers: list[Number]
    before: dict[int, Mark]
    after: dict[int, Mark]
    used: set[int] = field(default_factory=set)

    def draft(self, number: Number) -> Draft:
        """Return a draft with the bounds that the words beside a number give it."""
        plus = self.scene.key(number.last) == "+"
        if plus and not self.scene.sentence.tokens[number.last].after_blank:
            bounds = self._bounds(number, Hedge.AT_LEAST, hedged=True)
            return Draft(number.first, number.last + 1, bounds, hedge="+")
        kind, first, hedge = self._hedged_before(number)
        last = number.last
        after = self.after.get(number.last)
        if after is not None and (kind is Hedge.EXACT or not hedge):
            kind, last = _HEDGES[after.value[0]], after.last
            hedge = self.scene.words(after.first, after.last)
        bounds = self._bounds(number, kind, hedged=bool(hedge))
        return Draft(first, last, bounds, hedge="" if kind is Hedge.EXACT else hedge)

    def _hedged_before(self, number: Number) -> tuple[Hedge, int, str]:
        """Return the hedge before a number, where it begins, and its words."""
        mark = self.before.get(number.first)
        if mark is None or not self._is_hedge(mark):
            return Hedge.ABOUT if number.about else Hedge.EXACT, number.first, ""
        kind, first = _HEDGES[mark.value[0]], mark.first
        hedge = self.scene.words(mark.first, mark.last)
        further = self.before.get(mark.first)
        if further is None:
            return kind, first, hedge
        if kind is Hedge.EXACT:
            words = self.scene.words(further.first, mark.first)
            return _HEDGES[further.value[0]], further.first, words
        return kind, further.first if further.value[0] == "only" else first, hedge

    def _is_hedge(self, mark: Mark) -> bool:
        """Return whether a word before a number is a hedge here, and no preposition."""
        key = self.scene.key(mark.first)
        if key in _PREPOSITIONS and self.scene.key(mark.first - 1).isdigit():
            return False
        token = self.scene.sentence.tokens[mark.first]
        return not (key == "some" and token.case and mark.first > 0)

    def _bounds(self, number: Number, kind: Hedge, *, hedged: bool) -> Bounds:
        if number.value is not None:
            return Bounds.of(kind, number.value)
        # Russian "сотни" behind a hedge is one hundred: "не меньше сотни".
        one = _RUSSIAN_ONE.get(self.scene.key(number.last - 1))
        alone = number.last - number.first == 1 and self.scene.language == "ru"
        if hedged and one is not None and alone:
            return Bounds.of(kind, one)
        return Bounds.in_words(number.words)


def counting_of(scene: Scene, numbers: list[Number], taken: list[tuple[int, int]]) -> Counting:
    """Return the numbers that may be counts; `taken` are tokens of dates, articles and names."""
    kept = [
        number
        for number in numbers
        if not number.ordinal
        and number.whole
        and not overlaps(number.first, number.last, taken)
        and not _measures(scene, number)
    ]
    before = {mark.last: mark for mark in _hedges(scene, "before")}
    after = {mark.first: mark for mark in _hedges(scene, "after")}
    return Counting(scene, kept, before, after)


def _hedges(scene: Scene, side: str) -> list[Mark]:
    """Return the hedges of one side; the longer of two that end at one place goes last."""
    marks = [mark for mark in scene.sentence.of("hedges") if mark.value[1] == side]
    return sorted(marks, key=lambda mark: mark.last - mark.first)


def _measures(scene: Scene, number: Number) -> bool:
    """Return whether a number measures money, shares or distances, or is the name of a thing."""
    before, after = scene.key(number.first - 1), scene.key(number.last)
    if before in _CURRENCY or after in _CURRENCY or after in scene.vocabulary("measure"):
        return True
    if before in DASHES and not number.words and _is_glued(scene, number):
        # "СИЗО-4"; but "60-70" is a range.
        return scene.sentence.tokens[number.first - 2].kind != NUMBER
    earlier = scene.key(number.first - 2)
    if before in _NUMBERED or (before == "." and earlier in _ABBREVIATED):
        return True
    if before == "of" and earlier in _PARENT:
        return True
    return after in DASHES and scene.key(number.last + 1) in _AGED


def _is_glued(scene: Scene, number: Number) -> bool:
    return not scene.sentence.tokens[number.first].after_blank
