"""Counts without a noun: "at least 120 were detained", "put the number at 93", "142 in Moscow"."""

from habeas.reading.bounds import Bounds, Hedge
from habeas.reading.counted import custody_near
from habeas.reading.counting import DASHES, Counting, Draft
from habeas.reading.numbers import Number
from habeas.reading.phrases import Mark
from habeas.reading.scene import Scene
from habeas.reading.suggestions import Confidence, Count
from habeas.reading.tokens import CAPITAL, NUMBER, SIGN, WORD, word_set

EVENT_IS = {
    "detained": "detained", "arrested": "detained", "taken": "detained", "held": "held",
    "released": "released", "deported": "deported", "expelled": "deported",
    "extradited": "extradited", "transferred": "transferred", "charged": "charged",
    "sentenced": "sentenced", "convicted": "sentenced", "imprisoned": "imprisoned",
    "missing": "missing", "abducted": "abducted", "died": "dead", "returned": "returned",
    "on_trial": "on trial", "wanted": "wanted",
}  # fmt: skip
"""What people are to whom a custody event happened."""

_AUXILIARIES = word_set(
    "were was are is have has had been being be will to remain of persons wurden wird worden "
    "sind waren sono stati state stata stato erano ont été sont étaient было были будут"
)
_AMONG = {
    "en": word_set("including among_them of_them of_whom of_which among_whom among_those"),
    "ru": word_set("из_них в_том_числе включая среди_них из_которых среди_которых"),
    "tg": word_set("аз_онҳо аз_ҷумла аз_ин_шумора"),
    "uz": word_set("ulardan shundan shu_jumladan"),
    "fr": word_set("dont parmi_lesquels parmi_eux"),
    "de": word_set("davon darunter von_denen unter_ihnen"),
    "it": word_set("di_cui tra_cui tra_loro di_loro"),
}  # fmt: skip
_LISTED = word_set(", and и et und e ва va")
_AT = word_set("in в во à a дар")
_AGAINST = word_set("contre против gegen against versus")
_WERE = word_set(
    "erano sono were was are étaient waren sind было были буд составило составила достигло reached "
    "a at"
)
_EVERY = word_set("сто двести тысяч тысячи сотен несколько много из один этот")
_JOINED = word_set(", и and und")
# Endings of verbs, with which no noun behind a size in words is confused.
_VERBAL = ("ли", "ны", "ют", "ят", "ись", "анд", "ди", "gan", "дили", "нд")
# The genitive plural of people: "46 боевиков", "12 таксистов", "сорок жителей".
_MANY = ("ов", "ев", "ей", "иков", "ниц", "ок")
_YEARS = range(1900, 2101)


def without_unit(counting: Counting, draft: Draft, number: Number, previous: Count | None) -> bool:
    """Take a number without a noun if a verb says what it counts.

    Args:
        counting: the sentence and its numbers.
        draft: the count as read so far; it is filled.
        number: its number.
        previous: the count before it, whose unit a bare one takes.
    """
    scene = counting.scene
    return (
        _turned_round(scene, draft, number)
        or _with_action(scene, draft, number)
        or _number_of(scene, draft)
        or _with_figure(scene, draft, number, previous)
        or _among(scene, draft, number, previous)
    )


def _turned_round(scene: Scene, draft: Draft, number: Number) -> bool:
    """Take the Russian "человек 30", "человек тридцать": about thirty people."""
    before = scene.sentence.tokens[draft.first - 2] if draft.first > 1 else None
    counted = before is not None and (before.kind == NUMBER or before.key in _EVERY)
    if scene.language != "ru" or scene.key(draft.first - 1) != "человек" or counted:
        return False
    if number.value is None or draft.hedge:
        return False
    draft.first, draft.unit, draft.rule = draft.first - 1, "people", "count-noun"
    draft.bounds, draft.hedge = Bounds.of(Hedge.ABOUT, number.value), "человек"
    return True


def _with_action(scene: Scene, draft: Draft, number: Number) -> bool:
    """Take "at least 120 were detained", "задержали не менее 117", "Dozens held"."""
    year = number.digits and number.value in _YEARS and not draft.hedge
    if year or draft.bounds.number == 1:
        return False
    behind = draft.last
    while scene.key(behind) in _AUXILIARIES and behind < draft.last + 4:
        behind += 1
    marks = scene.sentence.of("custody")
    after = [m for m in marks if m.first == behind and m.value[1] in {"verb", "state"}]
    before = [m for m in marks if m.last == draft.first and m.value[1] != "noun"]
    if not after and not before:
        after = _behind_noun(scene, draft)
    if after or (before and _counts_people(scene, draft.last)):
        draft.unit, draft.rule = "people", "count-action"
        draft.what = EVENT_IS.get((after or before)[0].value[0], "")
        draft.confidence = Confidence.HIGH if after else Confidence.MEDIUM
        return True
    return draft.bounds.hedge is Hedge.WORDS and _vague(scene, draft)


def _behind_noun(scene: Scene, draft: Draft) -> list[Mark]:
    """Return the verb of "46 gunmen were detained": behind a plural that no table knows."""
    if scene.language != "en" or not scene.key(draft.last).endswith("s"):
        return []
    behind = draft.last + 1
    if not _is_plain(scene, draft.last) or scene.key(behind) not in _AUXILIARIES:
        return []
    while scene.key(behind) in _AUXILIARIES and behind < draft.last + 4:
        behind += 1
    return [m for m in scene.custody_in(behind, behind + 1) if m.value[0] in EVENT_IS]


def _counts_people(scene: Scene, place: int) -> bool:
    """Return whether nothing else is counted than whom the verb before was done to."""
    return _ends(scene, place) or (
        scene.language == "ru" and _is_plain(scene, place) and scene.key(place).endswith(_MANY)
    )


def _is_plain(scene: Scene, place: int) -> bool:
    """Return whether a word without a capital stands at a place, no time and no measure."""
    token = scene.sentence.tokens[place] if place < scene.length else None
    if token is None or token.kind != WORD or token.case:
        return False
    if token.key in scene.vocabulary("measure") | scene.vocabulary("function"):
        return False
    return not scene.sentence.starting("times", place)


def _ends(scene: Scene, place: int) -> bool:
    """Return whether a phrase ends at a place, so that the number before it has no noun."""
    if place >= scene.length:
        return True
    token = scene.sentence.tokens[place]
    return token.kind == SIGN or token.key in scene.vocabulary("function")


def _vague(scene: Scene, draft: Draft) -> bool:
    """Take "Hundreds gathered": a size in words that is the subject of a clause."""
    following = scene.key(draft.last)
    draft.unit, draft.rule = "people", "count-in-words"
    draft.confidence = Confidence.MEDIUM
    if following in scene.vocabulary("function") or not following.isalpha():
        return following in _AUXILIARIES
    opens = draft.first == 0 or scene.sentence.tokens[draft.first].case == CAPITAL
    joined = opens or scene.key(draft.first - 1) in _JOINED
    return joined and not _is_thing(scene, draft.last)


def _is_thing(scene: Scene, place: int) -> bool:
    """Return whether the word behind a size in words is what is counted, and not people."""
    token = scene.sentence.tokens[place]
    if scene.language == "de":
        return bool(token.case)
    return scene.language in {"ru", "tg", "uz"} and not token.key.endswith(_VERBAL)


def _number_of(scene: Scene, draft: Draft) -> bool:
    """Take "the number of arrests exceeded 90", "число задержаний превысило 30"."""
    unit = _counted_before(scene, draft.first)
    if unit is None:
        return False
    draft.is_(unit.value)
    draft.rule = "count-number-of"
    return True


def _counted_before(scene: Scene, at: int) -> Mark | None:
    words = scene.vocabulary("figureword")
    start, _ = scene.clauses.of(at)
    for place in range(max(start, at - 9), at):
        if scene.key(place) not in words:
            continue
        for behind in range(place + 1, min(place + 4, at)):
            unit = scene.sentence.at("units", behind)
            if unit is not None:
                return unit
    return None


def _with_figure(scene: Scene, draft: Draft, number: Number, previous: Count | None) -> bool:
    """Take a bare number behind a verb that gives figures: "put the number at 93"."""
    named = scene.key(draft.first - 1) in scene.vocabulary("figurebefore")
    if _says_size(scene, draft):
        previous = None
    elif not (named and previous is not None):
        if not _figure_verb(scene, draft) or (number.value or 0) < 2:
            return False
        if not (previous or draft.hedge or custody_near(scene, draft.first, draft.last)):
            return False
    draft.unit = previous.unit if previous is not None else "people"
    draft.what = previous.what if previous is not None else ""
    draft.rule, draft.confidence = "count-figure", Confidence.MEDIUM
    return True


def _says_size(scene: Scene, draft: Draft) -> bool:
    """Return whether "put the turnout at", "estimated the crowd at" stands before a number."""
    return any(
        mark.value[1] == "figure" and mark.last - mark.first > 2
        for mark in scene.sentence.ending("speech", draft.first)
    )


def _figure_verb(scene: Scene, draft: Draft) -> bool:
    forms = {m.value[1] for m in scene.sentence.of("speech") if m.last == draft.first}
    return "figure" in forms or ("verb" in forms and _ends(scene, draft.last))


def _among(scene: Scene, draft: Draft, number: Number, previous: Count | None) -> bool:
    """Take "including 142 in Moscow", "из них 402 — в Москве", "contre 11 d'après"."""
    if previous is None or number.value is None or number.value < 2:
        return False
    before = scene.key(draft.first - 1)
    listed = before in _LISTED and _at_place(scene, draft.last)
    # "the detained were not fewer than 150": a copula stands between.
    copula = before in _WERE and any(m.last <= draft.first for m in scene.sentence.of("units"))
    said = draft.hedge != "" and copula and _ends(scene, draft.last)
    if not (_led_by_among(scene, draft.first) or listed or before in _AGAINST or said):
        return False
    draft.unit, draft.what = previous.unit, previous.what
    draft.rule, draft.confidence = "count-among", Confidence.MEDIUM
    return True


def _led_by_among(scene: Scene, first: int) -> bool:
    """Return whether "among them" stands before a number, one word between them at most."""
    words = _AMONG.get(scene.language, frozenset())
    for last in (first, first - 1):
        for length in (1, 2, 3):
            keys = (scene.key(at) for at in range(last - length, last))
            if "_".join(keys) in words:
                return True
    return False


def _at_place(scene: Scene, place: int) -> bool:
    while scene.key(place) in DASHES or scene.key(place) in _AT:
        place += 1
    return bool(scene.sentence.starting("places", place))
