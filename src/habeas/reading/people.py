"""Finds where people are named: full names with evidence, and single words that may be parts.

A capital letter alone is no evidence. A full name is taken if one of its words is a given name, a
patronymic or has a surname's ending, or if the text introduces it ("lawyer X", "X, 48, said").
Single words are only offered here; `linking` decides about them when the whole text is known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from habeas.reading.found import Found, key_at
from habeas.reading.name_words import NameWord, adjective, name_word
from habeas.reading.phrases import words_of
from habeas.reading.sentences import Sentence
from habeas.reading.tokens import CAPITALS, LOWER, SIGN, WORD, Token, word_set

LONGEST_NAME = 5
_PARTICLES = word_set(
    "o'g'li ogli o'gli oglu ogly uulu qizi kizi kyzy qyzy угли огли оглы оглу углы ўғли кызы "
    "кизи қизи уулу улы ибн бин бинт аль ал эль оғли ibn bin bint al el von van der den de di da "
    "del la зода заде"
)
# "активистку", "журналистки", "правозащитница", "spokeswoman"
_WOMEN = (
    "истка",
    "истки",
    "истке",
    "истку",
    "исткой",
    "ница",
    "ницы",
    "нице",
    "ницу",
    "тельница",
    "woman",
)
_LEADING = word_set("ибн бин аль ал эль ibn bin al el von van de di da del la")
_STATES = frozenset((("U", "S"), ("U", "K"), ("U", "N"), ("E", "U"), ("U", "A")))
_STREETS = word_set(
    "ул улица улице улицы проспект проспекте пр пер переулок площадь площади шоссе бульвар кӯчаи "
    "хиёбони майдони street avenue square ko'chasi имени им номи ба nomidagi"
)
_NAMED = word_set("named called имени исми ismli")


_BEGINNING = word_set(': « “ " • — –')
_COMPOUND = word_set("based wide led born backed style")


@dataclass(slots=True)
class Candidate:
    """A place where a person may be named.

    Attributes:
        first: its first token in the sentence.
        last: the token behind it.
        keys: the words of the name, without initials and particles.
        initials: its initials, lower case.
        words: what each word of `keys` tells.
        strong: it is a name by itself.
        introduced: the role word that introduces it, empty if there is none.
        relative: that role is a relative's.
        role_form: m, f, p, g of that role.
        aged: an age stands behind it.
        speaks: a verb of saying stands beside it.
        suffers: a verb of custody stands behind it.
        begins: it begins the sentence.
    """

    first: int
    last: int
    keys: tuple[str, ...]
    initials: tuple[str, ...] = ()
    words: tuple[NameWord, ...] = ()
    strong: bool = False
    introduced: str = ""
    relative: bool = False
    role_form: str = ""
    aged: bool = False
    speaks: bool = False
    suffers: bool = False
    begins: bool = False
    followers: tuple[int, ...] = field(default=())


def candidates_of(
    sentence: Sentence, taken: Sequence[Found], lower: frozenset[str]
) -> list[Candidate]:
    """Return where people may be named in a sentence.

    Args:
        sentence: the sentence.
        taken: organisations and places found in it.
        lower: words that stand in the text without a capital, which therefore are no names.
    """
    blocked = _blocked(sentence, taken)
    titled = _titled(sentence)
    found: list[Candidate] = []
    for run in _runs(sentence, blocked, lower):
        found.extend(_of_run(sentence, run, lower, titled=titled))
    return found


def _titled(sentence: Sentence) -> bool:
    """Return whether nearly every word has a capital, so that capitals tell nothing."""
    words = [t for t in sentence.tokens if t.kind == WORD and len(t.key) > 3]
    return (
        sentence.heading
        and len(words) > 4
        and sum(t.case > LOWER for t in words) * 10 > len(words) * 7
    )


def _blocked(sentence: Sentence, taken: Sequence[Found]) -> set[int]:
    """Return the tokens that cannot be part of a name."""
    blocked: set[int] = set()
    for one in taken:
        blocked.update(range(one.first, one.last))
    for mark in sentence.of("times"):
        if mark.value[0] in {"month", "weekday"} and sentence.language not in {"fr", "it"}:
            key = sentence.tokens[mark.first].key
            near = any(
                t.kind == "n" for t in sentence.tokens[max(0, mark.first - 3) : mark.last + 2]
            )
            if near or len(key) > 3:
                blocked.update(range(mark.first, mark.last))
    for mark in sentence.of("roles"):
        blocked.update(range(mark.first, mark.last))
    for mark in sentence.of("laws"):
        if mark.value[0] == "code" or mark.last - mark.first > 1:
            blocked.update(range(mark.first, mark.last))
    return blocked


def _runs(sentence: Sentence, blocked: set[int], lower: frozenset[str]) -> Iterator[list[int]]:
    """Yield runs of places of capitalised words and initials, cut at what is no name."""
    run: list[int] = []
    for place, token in enumerate(sentence.tokens):
        joined = not run or place == run[-1] + 1
        if joined and _is_piece(sentence, place, blocked, lower, begins=not run):
            run.append(place)
            continue
        if joined and run and _joins(sentence, place):
            run.append(place)
            continue
        if run:
            yield run
            run = []
        if token.kind == WORD and _is_piece(sentence, place, blocked, lower, begins=True):
            run = [place]
    if run:
        yield run


def _is_piece(
    sentence: Sentence, place: int, blocked: set[int], lower: frozenset[str], *, begins: bool
) -> bool:
    token = sentence.tokens[place]
    if token.kind != WORD or not token.case or place in blocked:
        return False
    if _is_initial(sentence, place):
        return True
    if _no_name(token.key, sentence.language):
        return False
    if _acronym(token):
        return False
    opens = (
        place == 0
        or (place == 1 and sentence.tokens[0].kind == SIGN)
        or (sentence.tokens[place - 1].text in _BEGINNING and begins)
    )
    if opens and not name_word(token.key, sentence.language).given:
        return not _ordinary(sentence, place, lower)
    return True


def _ordinary(sentence: Sentence, place: int, lower: frozenset[str]) -> bool:
    """Return whether a word that begins a sentence is an ordinary one."""
    token = sentence.tokens[place]
    if token.key in lower or token.key in words_of(sentence.language, "function"):
        return True
    tables = ("units", "custody", "speech", "numbers", "hedges", "accusations", "times")
    return any(sentence.starting(table, place) for table in tables)


def _no_name(key: str, language: str) -> bool:
    if not language:
        return False
    return (
        key in words_of(language, "nationality")
        or ("-" in key and _compound_word(key, language))
        or key in words_of(language, "notname")
        or (key in words_of(language, "function") and len(key) < 5)
    )


def _compound_word(key: str, language: str) -> bool:
    """Return whether a word with a hyphen is none of a name: "Polish-based", "Russia-wide"."""
    first, _, last = key.partition("-")
    words = words_of(language, "nationality")
    return first in words or last in words or last in _COMPOUND


def _acronym(token: Token) -> bool:
    """Return whether a word is an abbreviation: capitals, short, and no name."""
    if token.case != CAPITALS:
        return False
    return len(token.text) <= 5 and not name_word(token.key).given


def _is_initial(sentence: Sentence, place: int) -> bool:
    """Return whether a letter and its full stop stand at a place: "А.", "Ш.", "Дж."."""
    token = sentence.tokens[place]
    if token.kind != WORD or not token.case or len(token.text) > 2:
        return False
    stop = sentence.tokens[place + 1] if place + 1 < len(sentence.tokens) else None
    return stop is not None and stop.text == "." and not stop.after_blank


def _joins(sentence: Sentence, place: int) -> bool:
    """Return whether a token goes on with a name: the stop of an initial, "ibn", "ўғли"."""
    token = sentence.tokens[place]
    if token.text == ".":
        return _is_initial(sentence, place - 1)
    if token.kind == WORD and not token.case and token.key in _PARTICLES:
        following = sentence.tokens[place + 1] if place + 1 < len(sentence.tokens) else None
        return token.key not in _LEADING or (
            following is not None and following.kind == WORD and following.case > 0
        )
    return False


def _of_run(
    sentence: Sentence, run: list[int], lower: frozenset[str], *, titled: bool
) -> Iterator[Candidate]:
    """Yield the names in a run of capitalised words: one, or those that stand inside it."""
    run, glued = _unglued(sentence, _without_noun(sentence, _trimmed(sentence, run)))
    if glued:
        yield from _of_run(sentence, glued, lower, titled=titled)
    words, initials = _parts(sentence, run)
    if not words or _is_state(sentence, initials):
        return
    candidate = _candidate(sentence, run, words, initials)
    if _is_street(sentence, candidate.first):
        return
    count = len(words)
    if initials:
        candidate.strong = count <= 2
    elif 2 <= count <= LONGEST_NAME:
        candidate.strong = _is_full_name(candidate, titled=titled)
    if count == 1 or candidate.strong:
        yield candidate
    elif count > 2 and not initials:
        yield from _inner(sentence, words, lower)


def _parts(sentence: Sentence, run: list[int]) -> tuple[list[int], list[int]]:
    """Return the words of a run and its initials."""
    places = [at for at in run if sentence.tokens[at].kind == WORD]
    initials = [at for at in places if _is_initial(sentence, at)]
    if initials:
        # "Ганиев Э.Э": the last stop may be left out.
        initials += [
            at for at in places if at not in initials and len(sentence.tokens[at].text) == 1
        ]
    words = [
        at
        for at in places
        if at not in initials and sentence.tokens[at].case and len(sentence.tokens[at].text) > 1
    ]
    return words, initials


def _is_street(sentence: Sentence, first: int) -> bool:
    """Return whether a name is that of a street: "ул. Исмоили Сомони"."""
    before = key_at(sentence, first - 1)
    return before in _STREETS or (before == "." and key_at(sentence, first - 2) in _STREETS)


def _trimmed(sentence: Sentence, run: list[int]) -> list[int]:
    """Leave out particles and stops that join nothing."""
    while run and sentence.tokens[run[-1]].key in _LEADING and not sentence.tokens[run[-1]].case:
        run = run[:-1]
    return run


def _without_noun(sentence: Sentence, run: list[int]) -> list[int]:
    """Leave out the German noun behind a name: "wirft Rauf Talishli Betrug vor"."""
    if sentence.language != "de" or len(run) < 3:
        return run
    last = name_word(sentence.tokens[run[-1]].key, "de")
    return run if last.sign or last.surname else run[:-1]


def _unglued(sentence: Sentence, run: list[int]) -> tuple[list[int], list[int]]:
    """Cut "защитник Вохидова Денис Елисеев" behind the man whose lawyer it is."""
    if len(run) != 3 or sentence.language != "ru":
        return run, []
    first, second, third = (name_word(sentence.tokens[at].key, "ru") for at in run)
    two_surnames = first.surname and third.surname and not third.father
    if two_surnames and second.given and not first.given:
        return run[1:], run[:1]
    return run, []


def _is_state(sentence: Sentence, initials: list[int]) -> bool:
    """Return whether the initials are those of a state: "U.S. Embassy"."""
    letters = tuple(sentence.tokens[at].text for at in initials)
    return letters[:2] in _STATES


def _candidate(
    sentence: Sentence, run: list[int], words: list[int], initials: list[int]
) -> Candidate:
    keys = tuple(sentence.tokens[at].key for at in words)
    candidate = Candidate(
        run[0],
        run[-1] + 1,
        keys,
        tuple(sentence.tokens[at].key for at in initials),
        tuple(name_word(key, sentence.language) for key in keys),
        begins=run[0] == 0,
    )
    _introduce(sentence, candidate)
    return candidate


def _introduce(sentence: Sentence, candidate: Candidate) -> None:
    """Note the role word before a name, an age behind it, a verb of saying beside it."""
    near = [mark for gap in (2, 1, 0) for mark in sentence.ending("roles", candidate.first - gap)]
    for mark in near:
        if mark.value[1] in {"b", "g"}:
            continue
        between = [sentence.tokens[at] for at in range(mark.last, candidate.first)]
        if all(
            token.text in {",", "—", "-"} or token.key in {"of", "the"} for token in between[:1]
        ):
            if len(between) > 1:
                continue
            words = sentence.tokens[mark.first : mark.last]
            candidate.introduced = " ".join(token.text for token in words)
            candidate.relative = mark.value[0] == "relative"
            candidate.role_form = mark.value[1]
            if mark.value[1] == "p" and words[-1].key.endswith(_WOMEN):
                candidate.role_form = "f"
    if key_at(sentence, candidate.first - 1) in _NAMED and not candidate.introduced:
        candidate.introduced = sentence.tokens[candidate.first - 1].text
    behind = candidate.last
    if key_at(sentence, behind) in {",", "("}:
        behind += 1
        age = sentence.tokens[behind] if behind < len(sentence.tokens) else None
        closing = key_at(sentence, behind + 1)
        candidate.aged = (
            age is not None
            and age.kind == "n"
            and (closing in {",", ")", "-", "years"} and len(age.text) == 2)
        )
    candidate.suffers = any(
        mark.value[1] == "verb"
        for step in (0, 1, 2)
        for mark in sentence.starting("custody", candidate.last + step)
    )
    beside = (
        *sentence.starting("speech", candidate.last),
        *sentence.ending("speech", candidate.first),
    )
    candidate.speaks = any(mark.value[1] == "verb" for mark in beside)


def _is_full_name(candidate: Candidate, *, titled: bool) -> bool:
    """Return whether two words or more are the name of a person."""
    words = candidate.words
    given = sum(word.given for word in words)
    father = any(word.father for word in words)
    surnames = sum(word.surname for word in words)
    if titled:
        return given >= 1 and (surnames >= 1 or father) and len(words) <= 3
    if father or given >= 2:
        return True
    if given:
        return len(words) <= 3 or surnames > 0
    if surnames and len(words) <= 3:
        # "Тверская Застава" is no name, "Орифхон Хайдаров" with an unknown given name is one.
        plain = all(not adjective(key) for key in candidate.keys)
        return plain or bool(candidate.introduced)
    known = bool(candidate.introduced) or candidate.aged
    return known and len(words) <= 3


def _inner(sentence: Sentence, words: list[int], lower: frozenset[str]) -> Iterator[Candidate]:
    """Yield the name inside a longer run of capitals: a given name with what follows it."""
    at = 0
    while at < len(words):
        own = name_word(sentence.tokens[words[at]].key, sentence.language)
        if not own.given or sentence.tokens[words[at]].key in lower:
            at += 1
            continue
        end = at + 1
        while end < len(words) and end - at < 3 and words[end] == words[end - 1] + 1:
            following = name_word(sentence.tokens[words[end]].key, sentence.language)
            if not following.sign:
                break
            end += 1
        run = list(range(words[at], words[end - 1] + 1))
        candidate = _candidate(sentence, run, words[at:end], [])
        if end - at > 1:
            candidate.strong = any(word.surname or word.father for word in candidate.words)
            if candidate.strong:
                yield candidate
        at = end
