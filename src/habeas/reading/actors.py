"""Who can be doing or saying something in a sentence: people, bodies, and people by their role."""

from collections.abc import Iterable
from dataclasses import dataclass

from habeas.reading.linking import Register
from habeas.reading.naming import Names
from habeas.reading.phrases import words_of
from habeas.reading.sentences import Sentence
from habeas.reading.suggestions import Organisation
from habeas.reading.tokens import WORD, word_set

PERSON, BODY, ROLE, PRONOUN = "person", "body", "role", "pronoun"

POSSESSIVES = word_set(
    "his her their him them himself herself его её ее их ему ей им son sa ses lui leur leurs ihn "
    "ihm sein seine seiner seinen ihr ihre ihren ihrer suo sua suoi loro uning ularning uni "
    "ularni unga ularga"
)
_BEFORE_ROLE = word_set(
    "opposition human rights local state interior foreign justice defence defense regional "
    "district city federal national security migration senior former independent"
)
# Who accuses in the name of a state.
ACCUSERS = word_set("prosecutor ministry police security authority government")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at tokens `first` to `last` (exclusive).

    Attributes:
        first: the first token, role words and possessives included.
        last: the token behind.
        kind: person, body, role or pronoun.
        name: as it will be shown.
        person: the number of the person, where it is one.
        type: the type of the body, or the role.
        form: of a role: m, f, p, g, b; of a pronoun: he, she, they, it.
        head: the token that carries the case: the name itself.
    """

    first: int
    last: int
    kind: str
    name: str
    person: int | None = None
    type: str = ""
    form: str = ""
    head: int = 0


def actors_of(sentence: Sentence, names: Names, register: Register) -> list[Actor]:
    """Return the actors of a sentence in order, each role and each name by itself."""
    found = [*_people(names, register), *_bodies(names), *_roles(sentence, names)]
    found += _pronouns(sentence, names)
    found.sort(key=lambda actor: (actor.first, -actor.last))
    return _without_possessives(found)


def _people(names: Names, register: Register) -> Iterable[Actor]:
    for named in names.people:
        name = register.people[named.person].name
        yield Actor(named.first, named.last, PERSON, name, named.person, head=named.first)


def _bodies(names: Names) -> Iterable[Actor]:
    for body in names.organisations:
        if isinstance(body.value, Organisation):
            yield Actor(
                body.first, body.last, BODY, body.value.name, type=body.value.type, head=body.first
            )


def _roles(sentence: Sentence, names: Names) -> Iterable[Actor]:
    named = [(one.first, one.last) for one in names.people]
    named += [(one.first, one.last) for one in names.organisations]
    taken = {at for first, last in named for at in range(first, last)}
    behind = 0
    for mark in sentence.of("roles"):
        if mark.first < behind or any(at in taken for at in range(mark.first, mark.last)):
            continue
        role, form = mark.value
        first, last = _with_modifiers(sentence, mark.first), mark.last
        last = _named_behind(sentence, last, form, taken)
        behind = last
        name = printed(sentence, first, last)
        yield Actor(first, last, ROLE, name, type=role, form=form, head=mark.first)


def _with_modifiers(sentence: Sentence, first: int) -> int:
    """Return where a role begins with "the Tajik", "opposition", "unnamed" before it."""
    begin = first
    while begin > 0 and first - begin < 3:
        token = sentence.tokens[begin - 1]
        nationality = token.key in words_of(sentence.language, "nationality")
        if not nationality and token.key not in _BEFORE_ROLE:
            break
        begin -= 1
    return begin


def _named_behind(sentence: Sentence, last: int, form: str, taken: set[int]) -> int:
    """Return where a body ends whose unknown name follows: "L'organisation Droits pour"."""
    if form not in {"b", "g"} or last >= len(sentence.tokens) or last in taken:
        return last
    token = sentence.tokens[last]
    if token.kind != WORD or not token.case or sentence.language == "de":
        return last
    end = last
    while end < len(sentence.tokens) and end - last < 4 and end not in taken:
        here = sentence.tokens[end]
        if here.kind != WORD or (
            not here.case and here.key not in {"pour", "for", "of", "tous", "per"}
        ):
            break
        end += 1
    return end


def _pronouns(sentence: Sentence, names: Names) -> Iterable[Actor]:
    taken = {at for first, last in names.taken for at in range(first, last)}
    for form in ("he", "she", "they", "it"):
        words = words_of(sentence.language, form) if sentence.language else frozenset()
        for place, token in enumerate(sentence.tokens):
            if token.key in words and place not in taken:
                yield Actor(place, place + 1, PRONOUN, token.text, form=form, head=place)


def _without_possessives(actors: list[Actor]) -> list[Actor]:
    """Leave out "his" of "his lawyer", "ӯ" of "Адвокати ӯ Фаррух": it only says whose."""
    kept: list[Actor] = []
    for number, actor in enumerate(actors):
        following = actors[number + 1] if number + 1 < len(actors) else None
        before = actors[number - 1] if number else None
        if actor.kind == PRONOUN and following is not None and following.kind != PRONOUN:
            if actor.name.lower() in POSSESSIVES and following.first - actor.last <= 1:
                continue
            owned = before is not None and before.kind == ROLE and before.last == actor.first
            if owned and following.first == actor.last:
                continue
        kept.append(actor)
    return kept


def printed(sentence: Sentence, first: int, last: int) -> str:
    """Return the tokens of a range with their white space as single blanks."""
    tokens = sentence.tokens[first:last]
    return "".join((" " if t.after_blank and n else "") + t.text for n, t in enumerate(tokens))
