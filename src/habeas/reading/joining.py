"""Joins a role with the name that follows it, and a role with whose or of what it is."""

from dataclasses import replace

from habeas.reading.actors import BODY, PERSON, PRONOUN, ROLE, Actor, printed
from habeas.reading.found import key_at
from habeas.reading.phrases import words_of
from habeas.reading.sentences import Sentence
from habeas.reading.tokens import SIGN, WORD, Token, word_set

_OF = word_set("of for from at in with the de du des d' der del della di в из при от дар 's")
_POSSESSIVE = word_set(
    "his her their its my our the a an one two several some other another unnamed local human "
    "его ее их свой свои один одна одного некоторые другие местные uning ularning bir ӯ вай онҳо "
    "як баъзе son sa ses leurs leur la le les l' un une der die das ein eine sein seine ihr ihre "
    "il lo gli i una suo sua"
)
_LOCAL = word_set(
    "locale russe russa russische russo tadjik tagiko indépendante indépendant independent "
    "russian prominent local internationale internazionale non-gouvernementale rights"
)
_JOINING = word_set("and и ва va et und e hamda")
_MARKS = word_set('« » “ ” " „')
_BESIDE = word_set(", « » \" “ ” ’s 's")
_CARRIERS = word_set("website statement report press letter сайт сайте сомонаи")
_ONE = frozenset("mfp")
"""Forms of a role that one person has: a man, a woman, either."""
_FURTHEST = 4


def joined(sentence: Sentence, actors: list[Actor]) -> list[Actor]:
    """Return the actors with those that are one joined to one."""
    found: list[Actor] = []
    for actor in actors:
        if found and actor.first < found[-1].last:
            continue
        fit = bool(found) and found[-1].kind in {ROLE, BODY} and actor.kind != PRONOUN
        both = _together(sentence, found[-1], actor) if fit else None
        if both is not None:
            found[-1] = both
        else:
            found.append(actor)
    return _coordinated(sentence, found)


def _coordinated(sentence: Sentence, actors: list[Actor]) -> list[Actor]:
    """Join "his relatives and colleagues", "Activists and rights groups" to one speaker."""
    joined: list[Actor] = []
    for actor in actors:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.kind == actor.kind == ROLE
            and before.form in {"g", "p"}
            and actor.form in {"g", "p", "b"}
            and actor.first - before.last == 1
            and key_at(sentence, before.last) in _JOINING
        ):
            name = printed(sentence, before.first, actor.last)
            joined[-1] = replace(before, last=actor.last, name=name, form="g")
        else:
            joined.append(actor)
    return joined


def _together(sentence: Sentence, before: Actor, actor: Actor) -> Actor | None:
    """Return one actor for two that stand side by side; None if they are two."""
    between = sentence.tokens[before.last : actor.first]
    words = [token for token in between if token.kind == WORD]
    signs = {token.text for token in between if token.kind == SIGN}
    if actor.kind == PERSON and _led(sentence, before, actor, between):
        return replace(actor, first=before.first, type=before.type, form=before.form)
    if actor.kind == PERSON:
        near = len(between) <= _FURTHEST and signs <= _BESIDE
        return _with_person(sentence, before, actor, words) if near else None
    if len(between) > _FURTHEST or not signs <= _MARKS:
        return None
    if before.kind == ROLE:
        return _role_of(sentence, before, actor, words)
    if actor.kind != ROLE or words or (signs and sentence.language == "ru"):
        return None
    # "IIV rasmiysi", "the ministry spokesman", "Госдумы депутат".
    return replace(actor, first=before.first, name=printed(sentence, before.first, actor.last))


def _with_person(
    sentence: Sentence, before: Actor, actor: Actor, words: list[Token]
) -> Actor | None:
    """Join a role with a name: "lawyer X" is X, "the lawyer of X" is not."""
    whole = replace(before, last=actor.last, name=printed(sentence, before.first, actor.last))
    keys = {token.key for token in words}
    if before.kind == BODY:
        return None
    if before.form in _ONE:
        if _genitive(sentence, before, actor, words):
            return whole
        signs = actor.first - before.last > len(words)
        plain = keys <= _OF | _POSSESSIVE and not (words and signs)
        return (
            replace(actor, first=before.first, type=before.type, form=before.form)
            if plain
            else None
        )
    if before.form != "g" or actor.first - before.last > 2:
        return None
    # "Relatives of Firdavs", "Родственники Гафурова"
    of = bool(words) or sentence.language in {"ru", "tg"}
    return whole if of and all(_links(sentence, key) for key in keys) else None


def _role_of(sentence: Sentence, before: Actor, actor: Actor, words: list[Token]) -> Actor | None:
    """Join "представитель суда", "the human rights group Viasna"."""
    if len(words) > 2 or not all(_links(sentence, token.key) for token in words):
        return None
    # "A police duty officer told the family": a verb or nothing may stand between.
    needs_of = before.form in _ONE and actor.kind == ROLE and bool(words)
    if needs_of and not any(token.key in _OF for token in words):
        return None
    name = printed(sentence, before.first, actor.last)
    if actor.kind == BODY:
        return _body_of(sentence, before, actor, name)
    return _role_of_role(sentence, before, actor, name, linked=bool(words))


def _body_of(sentence: Sentence, before: Actor, actor: Actor, name: str) -> Actor:
    """Return the body, or whose member, paper or speaker it is."""
    if before.form == "g" and actor.first == before.last:
        # "сотрудники ОВД"; but "the rights group Viasna".
        mine = sentence.language in {"ru", "tg"}
    else:
        # "the website of the interior ministry": the ministry speaks.
        own = before.form == "b" or (before.type == "source" and _carries(name))
        mine = not own
    return (
        replace(before, last=actor.last, name=name) if mine else replace(actor, first=before.first)
    )


def _carries(words: str) -> bool:
    """Return whether a source is what a body publishes: its website, statement, report."""
    return words.lower().split()[0] in _CARRIERS


def _role_of_role(
    sentence: Sentence, before: Actor, actor: Actor, name: str, *, linked: bool
) -> Actor | None:
    """Join two roles: the first is of the second, or the last word is the person."""
    of_body = before.form == "g" and actor.form == "b" and sentence.language in {"ru", "tg"}
    if of_body or linked:
        return replace(before, last=actor.last, name=name)
    if before.form in _ONE and actor.form not in _ONE:
        return replace(before, last=actor.last, name=name)
    if before.form in _ONE or sentence.language in {"uz", "en", "de"}:
        # "human rights lawyer", "opposition politician"
        return replace(actor, first=before.first, name=name)
    return None


def _links(sentence: Sentence, key: str) -> bool:
    """Return whether a word may stand between a role and what it is of."""
    if key in _OF | _POSSESSIVE:
        return True
    if key in words_of(sentence.language, "nationality") or key in _LOCAL:
        return True
    # "представитель районного суда", "пресс-секретарь московской полиции"
    return sentence.language == "ru" and key.endswith(("ого", "его", "ой", "ей", "ых", "их"))


def _led(sentence: Sentence, before: Actor, actor: Actor, between: list[Token]) -> bool:
    """Return whether a Russian role and its name frame what it is of.

    "руководитель программы «Право на убежище» Елена Рябинина"
    """
    if sentence.language != "ru" or before.kind != ROLE or actor.kind != PERSON:
        return False
    if before.form not in {"m", "f", "p"} or not 0 < len(between) <= 9:
        return False
    quoted = [token.text for token in between if token.kind == SIGN]
    verbs = any(
        before.last <= mark.first < actor.first
        for table in ("speech", "custody", "accusations")
        for mark in sentence.of(table)
    )
    return quoted in ([], ["«", "»"]) and not verbs and _is_nominative(sentence, before)


def _is_nominative(sentence: Sentence, role: Actor) -> bool:
    """Return whether a Russian role stands in the nominative, as a speaker does."""
    key = sentence.tokens[role.head].key
    return not key.endswith(("ом", "ем", "у", "ю", "ой", "ей")) or key == "судью"


def _genitive(sentence: Sentence, before: Actor, actor: Actor, words: list[Token]) -> bool:
    """Return whether the name says whose the role is: "the lawyer of X", "адвокат Гафурова"."""
    if any(token.key in {"of", "de", "di", "von", "d'"} for token in words):
        return True
    if sentence.language != "ru" or words or actor.last - actor.first != 1:
        return False
    head, name = sentence.tokens[before.head].key, sentence.tokens[actor.head].key
    # A nominative role before a surname in the genitive: "адвокат Гафурова" (of a man).
    nominative = not head.endswith(("а", "у", "ом", "е", "ы", "и"))
    return nominative and name.endswith(("ова", "ева", "ина", "ого", "ского"))
