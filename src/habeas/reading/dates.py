"""Calendar dates as they are printed. A year that is not printed stays missing.

Packages that complete dates were measured for the plan of the house: they take "March 25" of a text
of 2021 for one of 2020, or for the year named last. Here nothing is completed; a person anchors a
date to the day on which its text was published.
"""

import re
from collections.abc import Iterator

from habeas.reading.found import Found, key_at
from habeas.reading.phrases import Mark
from habeas.reading.sentences import Sentence
from habeas.reading.suggestions import Confidence, Date
from habeas.reading.tokens import CAPITAL, CAPITALS, LOWER, NUMBER, word_set

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_ISO = re.compile(r"(1[89]|20)\d\d")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DASHES = frozenset("-–—‑‐")
_ORDINALS = word_set("st nd rd th er го е ого ум уми юм юми юмин м му ом й я числа chi inchi nchi")
# Months that are other words too: only beside a day, a year, or one of these.
_MONTH_OR_WORD = word_set(
    "may march mars mar sept set gen mag dec jan jun jul nov oct feb apr aug sep ott ago gia giu "
    "lug nоя мар мая май мае mai august avg mart iyul iyun"
)
_BEFORE_MONTH = word_set(
    "in of since until by during from last this early late mid between before after through to в "
    "во с со до по к на за конце начале середине прошлого этого конца начала середины en de "
    "depuis fin début jusqu' dès d' mi au im seit bis ende anfang mitte vom ab a di da dal nel "
    "fine inizio metà del моҳи аз то дар охири аввали миёнаи"
)
_BEFORE_YEAR = {
    "en": word_set(
        "in since from until till by of during before after late early mid between and through "
        "around year to born"
    ),
    "fr": word_set("en depuis de dès fin début jusqu'en avant après année entre et l'année"),
    "de": word_set("jahr jahre seit ende anfang mitte von bis nach vor und geboren ab"),
    "it": word_set("nel dal del fino fine inizio metà anno tra dopo prima il l' al"),
    "tg": word_set("соли солҳои таваллудаш зодаи"),
    "ru": frozenset(),
    "uz": frozenset(),
}
_YEAR_SUFFIXES = word_set("м го й му ом е")
_DECADE = re.compile(r"(?:1[89]|20)\d0")
_JOINTS = word_set("und au al va то")
_UNKNOWN = "X"


_TO = word_set("по to and и до bis et e")
_YEAR_FOLLOWS = word_set(", соли of de del d' -")


def dates_of(sentence: Sentence) -> list[Found]:
    """Return the calendar dates of a sentence; overlapping readings are settled, longest first."""
    found = [*_figures(sentence), *_with_months(sentence), *_seasons(sentence), *_years(sentence)]
    chosen: list[Found] = []
    for one in sorted(found, key=lambda item: (item.first - item.last, item.first)):
        if all(one.last <= other.first or other.last <= one.first for other in chosen):
            chosen.append(one)
    return sorted(chosen)


def edtf(year: str, month: int = 0, day: int = 0) -> str:
    """Return the EDTF of a date whose unknown parts are empty or 0: "XXXX-04-02"."""
    parts = [year or 4 * _UNKNOWN]
    if month or day:
        parts.append(f"{month:02}" if month else 2 * _UNKNOWN)
    if day:
        parts.append(f"{day:02}")
    return "-".join(parts)


def _date(year: str, month: int = 0, day: int = 0, part: str = "") -> Date:
    missing = tuple(
        name for name, value in (("year", year), ("month", month), ("day", day)) if not value
    )
    return Date(edtf(year, month, day), missing, part)


def _possible(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def _figures(sentence: Sentence) -> Iterator[Found]:
    """Yield dates in figures: 12.05.1984, 21/07/2019, 2021-03-25."""
    tokens = sentence.tokens
    for place, token in enumerate(tokens):
        if token.kind != NUMBER:
            continue
        if dotted := _DOTTED.fullmatch(token.text):
            day, month, year = int(dotted[1]), int(dotted[2]), dotted[3]
            if _possible(month, day):
                # Two figures do not tell the century.
                whole = year if len(year) == 4 else f"XX{year}"
                end = _year_word(sentence, place + 1)
                yield Found(place, end, _date(whole, month, day), "date-figures")
        elif three := _three(sentence, place):
            yield three


def _three(sentence: Sentence, place: int) -> Found | None:
    """Read three numbers with slashes or hyphens between them."""
    tokens = sentence.tokens[place : place + 5]
    sign = tokens[1].text if len(tokens) == 5 else ""
    if sign not in {"/", "-", "‑"} or tokens[3].text != sign:
        return None
    if any(token.after_blank for token in tokens[1:]):
        return None
    one, two, three = (token.text for token in tokens[::2])
    if not (one.isdigit() and two.isdigit() and three.isdigit()):
        return None
    date = _of_three(one, two, three, american=sentence.language == "en" and sign == "/")
    if date is None:
        return None
    if date.edtf.endswith("-XX"):
        return Found(place, place + 5, date, "date-ambiguous", Confidence.LOW)
    return Found(place, place + 5, date, "date-figures")


def _of_three(one: str, two: str, three: str, *, american: bool) -> Date | None:
    """Return the date of three numbers: year first, or day first, or in America month first."""
    if _ISO.fullmatch(one):
        possible = _possible(int(two), int(three))
        return _date(one, int(two), int(three)) if possible else None
    if not _YEAR.fullmatch(three) or len(one) > 2 or len(two) > 2:
        return None
    day, month = int(one), int(two)
    if american and day <= 12 and month <= 12 and day != month:
        # 04/02/2021 is April in one country and February in another.
        return Date(f"{three}-XX-XX", ("month", "day"))
    if american and month > 12 >= day:
        day, month = month, day
    return _date(three, month, day) if _possible(month, day) else None


def _with_months(sentence: Sentence) -> Iterator[Found]:
    for mark in sentence.of("times"):
        if mark.value[0] == "month" and _is_month(sentence, mark):
            found = _around_month(sentence, mark, int(mark.value[1]))
            if found is not None:
                yield found


def _is_month(sentence: Sentence, mark: Mark) -> bool:
    """Return whether the word can be a month: in English and German months are capitalised."""
    token = sentence.tokens[mark.first]
    if sentence.language in {"en", "de"}:
        return token.case in {CAPITAL, CAPITALS}
    if sentence.language == "ru":
        return token.case in {LOWER, CAPITALS} or mark.first == 0
    return True


def _around_month(sentence: Sentence, mark: Mark, month: int) -> Found | None:
    """Read the day before or behind a month, the year beside them, and what part of it is meant."""
    first, last = mark.first, mark.last
    days, first = _days_before(sentence, mark.first, month)
    year = ""
    if not days and sentence.language == "en":
        days, last = _days_behind(sentence, mark.last, month)
    year, end = _year_behind(sentence, last)
    if not year:
        year, first = _year_before(sentence, first)
    else:
        last = end
    part, first, last = _part(sentence, first, last)
    if not days and not year and not part and not _month_alone(sentence, mark):
        return None
    if key_at(sentence, first - 1) == "моҳи":
        first -= 1
    if len(days) == 2:
        value = Date(
            f"{edtf(year, month, days[0])}/{edtf(year, month, days[1])}", () if year else ("year",)
        )
    else:
        value = _date(year, month, days[0] if days else 0, part)
    return Found(first, last, value, "date-month" if days else "month")


def _month_alone(sentence: Sentence, mark: Mark) -> bool:
    """Return whether a month by itself is meant as one."""
    key = sentence.tokens[mark.first].key
    before = key_at(sentence, mark.first - 1)
    if before in _BEFORE_MONTH or before == "моҳи":
        return not (key == "may" and before in {"that", "they"})
    if key_at(sentence, mark.last) in {"oyi", "oyida", "oyidan", "oyining"}:
        return True
    if key in _MONTH_OR_WORD or len(key) <= 3:
        return False
    return sentence.language not in {"fr", "it"}


def _day_at(sentence: Sentence, place: int, month: int) -> int:
    token = sentence.tokens[place] if 0 <= place < len(sentence.tokens) else None
    if token is None or token.kind != NUMBER or not _DAY.fullmatch(token.text):
        return 0
    day = int(token.text)
    return day if day <= _DAYS[month - 1] else 0


def _days_before(sentence: Sentence, place: int, month: int) -> tuple[tuple[int, ...], int]:
    """Return the day or days that stand before a month, and where they begin."""
    at = place - 1
    if key_at(sentence, at) in {"of", "de"}:
        at -= 1
    if key_at(sentence, at) in _DASHES and not sentence.tokens[at].after_blank:
        # "14-iyun"
        at -= 1
    at = _skip_ordinal(sentence, at)
    day = _day_at(sentence, at, month)
    if not day:
        return (), place
    earlier = _joined_day(sentence, at, month)
    if earlier:
        return (earlier[0], day), earlier[1]
    return (day,), at


def _skip_ordinal(sentence: Sentence, at: int) -> int:
    """Return the place of the number whose ending ("25-уми", "15th", "2.") stands at a place."""
    key = key_at(sentence, at)
    if key in _ORDINALS:
        return at - 2 if key_at(sentence, at - 1) in _DASHES else at - 1
    if key == "." and at > 0 and not sentence.tokens[at].after_blank:
        return at - 1
    return at


def _joined_day(sentence: Sentence, at: int, month: int) -> tuple[int, int] | None:
    """Return the day that a range begins with: "10–11", "с 5 по 7", "2 and 3"."""
    joint = key_at(sentence, at - 1)
    if joint not in _DASHES and joint not in _TO | _JOINTS:
        return None
    before = _skip_ordinal(sentence, at - 2)
    day = _day_at(sentence, before, month)
    later = _day_at(sentence, at, month)
    if not day or day >= later or key_at(sentence, before - 1) in {":", "."}:
        return None
    return day, before


def _days_behind(sentence: Sentence, place: int, month: int) -> tuple[tuple[int, ...], int]:
    """Return the day or days behind an English month: April 2, April 10-11, April 2nd."""
    stop = key_at(sentence, place) == "."
    day = _day_at(sentence, place + stop, month)
    if not day:
        return (), place
    last = place + stop + 1
    if key_at(sentence, last) in _ORDINALS and not sentence.tokens[last].after_blank:
        last += 1
    joint = key_at(sentence, last)
    later = _day_at(sentence, last + 1, month)
    if joint in _DASHES | {"and", "to"} and later > day and not _unit_at(sentence, last + 2):
        return (day, later), last + 2
    if _unit_at(sentence, last):
        return (), place
    return (day,), last


def _unit_at(sentence: Sentence, place: int) -> bool:
    return sentence.at("units", place) is not None


def _year_at(sentence: Sentence, place: int) -> str:
    token = sentence.tokens[place] if 0 <= place < len(sentence.tokens) else None
    if token is None or token.kind != NUMBER or not _YEAR.fullmatch(token.text):
        return ""
    return token.text


def _year_behind(sentence: Sentence, place: int) -> tuple[str, int]:
    """Return the year behind a month or day, and where it ends: "2021 года", "соли 2021"."""
    at = place
    while key_at(sentence, at) in _YEAR_FOLLOWS and at < place + 2:
        at += 1
    year = _year_at(sentence, at)
    # "апрели соли 2022 журналисти": the word for a year leaves no doubt, and a comma little.
    told = key_at(sentence, at - 1) in {"соли", ","}
    if not year or (not told and _unit_at(sentence, at + 1)):
        return "", place
    if key_at(sentence, place) == "," and sentence.language != "en":
        # "2 апреля, 2021 человек" is no date; English alone puts a comma there.
        return "", place
    return year, _year_word(sentence, at + 1)


def _year_before(sentence: Sentence, place: int) -> tuple[str, int]:
    """Return the year before a month, as Uzbek writes it: "2023-yil 14-iyun"."""
    if sentence.language != "uz":
        return "", place
    at = place - 1
    if not key_at(sentence, at).startswith("yil"):
        return "", place
    at -= 1
    if key_at(sentence, at) in _DASHES:
        at -= 1
    year = _year_at(sentence, at)
    return (year, at) if year else ("", place)


def _year_word(sentence: Sentence, place: int) -> int:
    """Return the place behind the word "year" and the endings that stand behind a year."""
    at = place
    if key_at(sentence, at) in _DASHES and at + 1 < len(sentence.tokens):
        behind = sentence.tokens[at + 1]
        known = behind.key in _YEAR_SUFFIXES or behind.key.startswith(("yil", "х"))
        if not behind.after_blank and known:
            at += 2
    for mark in sentence.starting("times", at):
        if mark.value[0] == "yearword":
            at = mark.last
            if sentence.tokens[at - 1].key in {"г", "гг"} and key_at(sentence, at) == ".":
                last = at + 1 < len(sentence.tokens) and key_at(sentence, at + 1) != ","
                at += 1 if last or sentence.tokens[at - 1].key == "г" else 0
            break
    return at


def _part(sentence: Sentence, first: int, last: int) -> tuple[str, int, int]:
    """Return which part of a month or year is meant, and the passage with the word for it."""
    joint = key_at(sentence, first - 1) in {"of", "di", "de", "-"}
    before = sentence.ending("times", first) + (
        sentence.ending("times", first - 1) if joint else []
    )
    for mark in before:
        if mark.value[0] == "part":
            return mark.value[1], mark.first, last
    if sentence.language == "uz":
        for mark in sentence.starting("times", last):
            if mark.value[0] == "part":
                return mark.value[1], first, mark.last
    return "", first, last


def _seasons(sentence: Sentence) -> Iterator[Found]:
    """Yield seasons of a year: EDTF numbers them 21 to 24. A season without a year is no date."""
    for mark in sentence.of("times"):
        if mark.value[0] != "season":
            continue
        year, last = _year_behind(sentence, mark.last)
        if year:
            value = Date(f"{year}-{mark.value[1]}", ("month", "day"))
            yield Found(mark.first, last, value, "season")


def _years(sentence: Sentence) -> Iterator[Found]:
    """Yield years and decades by themselves; only where the words beside them say it is a year."""
    for place, token in enumerate(sentence.tokens):
        if token.kind != NUMBER or not _YEAR.fullmatch(token.text):
            continue
        end = _year_word(sentence, place + 1)
        if _is_decade(sentence, place):
            value = Date(f"{token.text[:3]}X", ("month", "day"))
            yield Found(place, max(end, place + 2), value, "decade")
        elif end > place + 1 or _before_year(sentence, place):
            if _unit_at(sentence, place + 1):
                continue
            part, first, last = _part(sentence, place, end)
            earlier = (
                _year_at(sentence, place - 2) if key_at(sentence, place - 1) in _DASHES else ""
            )
            if earlier and earlier < token.text:
                yield Found(place - 2, last, Date(f"{earlier}/{token.text}"), "year")
                continue
            if key_at(sentence, first - 1) in {"соли", "солҳои"}:
                first -= 1
            yield Found(first, last, _date(token.text, part=part), "year")


def _is_decade(sentence: Sentence, place: int) -> bool:
    token = sentence.tokens[place]
    if not _DECADE.fullmatch(token.text):
        return False
    behind = key_at(sentence, place + 1)
    if behind == "s" and not sentence.tokens[place + 1].after_blank:
        return True
    return behind in _DASHES and key_at(sentence, place + 2).startswith(("х", "е", "yillar", "ум"))


def _before_year(sentence: Sentence, place: int) -> bool:
    """Return whether the word before says that a year follows."""
    before = key_at(sentence, place - 1)
    if before in _BEFORE_YEAR.get(sentence.language, frozenset()):
        return True
    if before in _DASHES and key_at(sentence, place - 2) in {"mid", "mi"}:
        return True
    # "(2019)", and "in 2016, 2018 and 2020".
    alone = before == "(" and key_at(sentence, place + 1) == ")"
    return alone or (before == "," and place > 1 and bool(_year_at(sentence, place - 2)))
