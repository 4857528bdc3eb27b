"""Lengths of time, relative times and ages, each as it is printed."""

from collections.abc import Iterator

from habeas.reading.found import Found, key_at
from habeas.reading.numbers import Number
from habeas.reading.phrases import Mark
from habeas.reading.sentences import Sentence
from habeas.reading.suggestions import Age, Confidence, Date, Span, When
from habeas.reading.tokens import NUMBER, WORD, word_set

_DASHES = frozenset("-‐‑–")
_YEARS_OLD = word_set(
    "year-old years-old летний летняя летнего летней летнюю летнему летним летние летних сола "
    "солаи солаву соларо yoshli yoshdagi yoshlik jährige jährigen jähriger jähriges"
)
_AGE_WORDS = word_set("yosh yoshda yoshli yoshdagi сола солаи солагӣ yoshidagi")
_BORN = {
    "en": ("born",),
    "ru": ("рождения", "родился", "родилась", "рожд", "р"),
    "tg": ("таваллудаш", "таваллуд", "таваллуди", "зодаи", "зода"),
    "uz": ("tug'ilgan", "tug'ilgan"),
    "fr": ("né", "née"),
    "de": ("geboren", "geborene", "geborener"),
    "it": ("nato", "nata"),
}
_OLDEST = 110
_LONGEST = 10_000
_FOR = word_set("for within after over")
_BESIDE = word_set("after before in without")
_SOME = word_set("several many few")
_VAGUE_UNITS = {
    "en": word_set("weeks months years days hours decades"),
    "ru": word_set("неделями месяцами годами днями часами"),
    "uz": frozenset(("haftalab", "oylab", "yillab", "kunlab")),
    "tg": frozenset(("ҳафтаҳо", "моҳҳо", "солҳо", "рӯзҳо")),
}
_AGO = word_set(
    "ago earlier later before назад спустя позже ранее пеш қабл баъд пештар oldin avval keyin "
    "so'ng o'tib"
)


_BEFORE_UNITS = word_set("for within over several many few")


def spans_of(sentence: Sentence, numbers: list[Number], dates: list[Found]) -> list[Found]:
    """Return lengths of time ("for weeks", "10 суток", "since 2015") and relative times."""
    found = [
        *_measured(sentence, numbers),
        *_vague(sentence),
        *_since(sentence, dates),
        *_relative(sentence),
    ]
    return sorted(found, key=lambda one: one.first)


def _units(sentence: Sentence) -> dict[int, Mark]:
    return {mark.first: mark for mark in sentence.of("times") if mark.value[0] == "unit"}


def _measured(sentence: Sentence, numbers: list[Number]) -> Iterator[Found]:
    units = _units(sentence)
    for number in numbers:
        if number.ordinal or number.value is None or number.value > _LONGEST:
            continue
        last, amount = number.last, float(number.value)
        if key_at(sentence, last) in {"and", "with"} and key_at(sentence, last + 2) == "half":
            # "nine and a half years"
            last, amount = last + 3, amount + 0.5
        unit = units.get(last)
        if unit is None or _is_age(sentence, number, unit) or _is_year(number):
            continue
        first = _with_word(sentence, number.first)
        yield _ago(sentence, first, unit) or Found(
            first, unit.last, Span(amount, unit.value[1]), "length"
        )
    if sentence.language == "en":
        yield from _one(sentence, units)


def _one(sentence: Sentence, units: dict[int, Mark]) -> Iterator[Found]:
    """Yield "a month after", "for a week": one of them."""
    for place, unit in units.items():
        if key_at(sentence, place - 1) not in {"a", "an"} or unit.value[1] == "hour":
            continue
        ago = _ago(sentence, place - 1, unit)
        led = key_at(sentence, place - 2) in _FOR or key_at(sentence, unit.last) in _BESIDE
        if ago is not None:
            yield ago
        elif led:
            yield Found(place - 1, unit.last, Span(1.0, unit.value[1]), "length")


def _ago(sentence: Sentence, first: int, unit: Mark) -> Found | None:
    """Return "two weeks ago", a time that only the day of writing can place."""
    if key_at(sentence, unit.last) not in _AGO:
        return None
    words = _words(sentence, first, unit.last + 1)
    return Found(first, unit.last + 1, When(words), "ago")


def _with_word(sentence: Sentence, first: int) -> int:
    """Return where the passage begins with "for" or "less than" before a length."""
    for mark in sentence.ending("hedges", first):
        if mark.value[1] == "before":
            first = mark.first
            break
    before = sentence.ending("times", first)
    return before[0].first if any(mark.value[0] == "for" for mark in before) else first


def _is_year(number: Number) -> bool:
    """Return whether "2021 года" is meant, a year and no length."""
    return number.digits and number.value is not None and 1800 <= number.value <= 2100


def _is_age(sentence: Sentence, number: Number, unit: Mark) -> bool:
    if unit.value[1] != "year":
        return False
    after = key_at(sentence, unit.last)
    if after in {"old", "alt"} or key_at(sentence, unit.first) == "сола":
        return True
    return sentence.language == "ru" and key_at(sentence, number.first - 1) == "возрасте"


def _vague(sentence: Sentence) -> Iterator[Found]:
    words = _VAGUE_UNITS.get(sentence.language, frozenset())
    for place, token in enumerate(sentence.tokens):
        if token.key not in words:
            continue
        before = key_at(sentence, place - 1)
        if sentence.language == "en" and before not in _BEFORE_UNITS:
            continue
        first = place - (2 if before == "few" else before in _BEFORE_UNITS)
        if before in _SOME and key_at(sentence, first - 1) in _FOR:
            first -= 1
        yield Found(max(first, 0), place + 1, Span(None, token.key), "length-in-words")


def _since(sentence: Sentence, dates: list[Found]) -> Iterator[Found]:
    """Yield "since 2015", "с 25 марта", "аз 2 апрел инҷониб", "11-oktabrdan beri"."""
    for date in dates:
        before, after = key_at(sentence, date.first - 1), key_at(sentence, date.last)
        if before == "the":
            before = key_at(sentence, date.first - 2)
        begins = before in {"since", "depuis", "seit"} or (
            sentence.language == "ru" and before in {"с", "со"} and "/" not in _edtf(date)
        )
        behind = after in {"инҷониб", "beri", "buyon"}
        if not begins and not behind:
            continue
        first = date.first
        if begins or before == "аз":
            first -= 2 if key_at(sentence, date.first - 1) == "the" else 1
        yield Found(first, date.last + behind, Span(since=_edtf(date)), "since")


def _edtf(date: Found) -> str:
    return date.value.edtf if isinstance(date.value, Date) else ""


def _relative(sentence: Sentence) -> Iterator[Found]:
    for mark in sentence.of("times"):
        if mark.value[0] == "relative" or (
            mark.value[0] == "weekday"
            and not (sentence.language == "tg" and sentence.tokens[mark.first].case)
        ):
            words = _words(sentence, mark.first, mark.last)
            yield Found(mark.first, mark.last, When(words), "relative")


def _words(sentence: Sentence, first: int, last: int) -> str:
    """Return the words of a passage, joined by single blanks."""
    return " ".join(token.text for token in sentence.tokens[first:last])


def ages_of(sentence: Sentence, numbers: list[Number], dates: list[Found]) -> list[Found]:
    """Return ages and years of birth as printed."""
    found = [*_ages(sentence, numbers), *_births(sentence, dates)]
    return sorted(found, key=lambda one: one.first)


def _ages(sentence: Sentence, numbers: list[Number]) -> Iterator[Found]:
    units = _units(sentence)
    for number in numbers:
        if number.value is None or not 1 <= number.value <= _OLDEST:
            continue
        last = _old(sentence, number, units)
        if last:
            yield Found(number.first, last, Age(years=number.value), "age")
        elif _in_apposition(sentence, number):
            value = Age(years=number.value)
            yield Found(number.first, number.last, value, "age-in-commas", Confidence.MEDIUM)


def _old(sentence: Sentence, number: Number, units: dict[int, Mark]) -> int:
    """Return where an age ends: "48-year-old", "34-сола", "34 yoshli"; 0 if there is none."""
    at = number.last
    if key_at(sentence, at) in _DASHES:
        at += 1
    key = key_at(sentence, at)
    if key in _YEARS_OLD or (key in _AGE_WORDS and not number.ordinal):
        return at + 1
    unit = units.get(number.last)
    if unit is not None and _is_age(sentence, number, unit):
        return unit.last + (key_at(sentence, unit.last) in {"old", "alt"})
    if key_at(sentence, number.first - 1) in {"aged", "age"}:
        return number.last
    if sentence.language == "ru" and key in {"лет", "года", "год"} and number.value is not None:
        return _russian_age(sentence, number)
    if (
        sentence.language == "fr"
        and key == "ans"
        and key_at(sentence, number.first - 1) in {",", "de"}
    ):
        return number.last + 1
    return 0


def _russian_age(sentence: Sentence, number: Number) -> int:
    """Return the end of "Латипову 41 год", ", 41 год,": a name or a comma stands before."""
    if number.first == 0 or (number.value or 0) > _OLDEST:
        return 0
    before = sentence.tokens[number.first - 1]
    after = key_at(sentence, number.last + 1)
    named = (
        before.kind == WORD
        and before.case
        and before.key.endswith(("у", "ю", "е", "ой", "ей", "и"))
    )
    enclosed = before.text in {",", "("} and after in {",", ")", "."}
    return number.last + 1 if named or enclosed or before.key in {"ему", "ей"} else 0


def _in_apposition(sentence: Sentence, number: Number) -> bool:
    """Return whether figures stand between commas behind a capitalised word: "Amon, 48, said"."""
    if not number.digits or number.first < 2 or number.last - number.first != 1:
        return False
    opening, closing = key_at(sentence, number.first - 1), key_at(sentence, number.last)
    name = sentence.tokens[number.first - 2]
    return (
        (opening, closing) in {(",", ","), ("(", ")"), (",", ".")}
        and name.kind == WORD
        and name.case > 0
        and sentence.tokens[number.first].kind == NUMBER
        and (number.value or 0) >= 10
    )


def _births(sentence: Sentence, dates: list[Found]) -> Iterator[Found]:
    words = _BORN.get(sentence.language, ())
    for date in dates:
        if not isinstance(date.value, Date) or not date.value.edtf[:4].isdigit():
            continue
        year = int(date.value.edtf[:4])
        before = {key_at(sentence, date.first - 1), key_at(sentence, date.first - 2)}
        after = {key_at(sentence, date.last), key_at(sentence, date.last + 1)}
        if key_at(sentence, date.last) == "р" and key_at(sentence, date.last + 1) != ".":
            continue
        if any(word in before or word in after for word in words):
            yield Found(date.first, date.last, Age(birth_year=year), "born")
