"""Who says something in a sentence: each verb of saying, or "according to", with its speaker."""

from dataclasses import dataclass

from habeas.reading.actors import BODY, PERSON, PRONOUN, ROLE, Actor
from habeas.reading.phrases import Mark, index_of
from habeas.reading.scene import Scene
from habeas.reading.speakers import speaker_of
from habeas.reading.subjects import (
    VERB_LAST,
    apposition,
    before_verb,
    is_possessive,
    subject_of,
)
from habeas.reading.suggestions import Speaker
from habeas.reading.tokens import NUMBER, SIGN, WORD, word_set

_CLOSING = word_set(", » ” \" “ — – - ’ '")
_AND = word_set("and but и ва va et und e also также ham")
_NOUNS = word_set(
    "report reports state states claim claims estimate estimates fear fears note notes write sets"
)
_BEFORE_NOUN = word_set(
    "a an the his her their its no any this that these those of per our my such media news "
    "police annual new latest some all"
)
_CALLED = word_set("the his her it them this these those their him")
_BE = word_set("was were been being is are be")
_TOLD = word_set("told tells telling informed spoke")
_IMPERSONAL = word_set("говорится сообщается отмечается указывается сообщалось сказано")
_NEGATES = word_set("not never не ни na на emas pas nicht non n't")
_ACTIVE = word_set("saying telling claiming insisting alleging denying")
_AS = word_set("как as wie come comme чем об этом чунон")
_REACH = 5
# Between a verb and the speaker behind it: "a indiqué samedi l'ONG Viasna".
_FILL = word_set(
    "am dem den the a an his her their its le la les l' un une der die das il lo gli i его ее их "
    "свой earlier later also on to in радиостанции агентству изданию"
)
_QUOTED = word_set("« “ \" '")


@dataclass(frozen=True, slots=True)
class Utterance:
    """A verb of saying or a by-phrase with its speaker.

    Attributes:
        mark: the verb or the phrase.
        speaker: who speaks.
        actor: where the speaker is named.
        behind: the speaker stands behind the words, so what is said stands before them.
    """

    mark: Mark
    speaker: Speaker
    actor: Actor
    behind: bool


def utterances_of(scene: Scene) -> list[Utterance]:
    """Return the utterances of a sentence in order; those without any speaker are left out."""
    found: list[Utterance] = []
    for mark in scene.sentence.of("speech"):
        doubled = bool(found) and found[-1].mark.first == mark.first
        if doubled or _is_other(scene, mark) or not _speaks(scene, mark):
            continue
        actor, rule, behind = _actor_of(scene, mark, found)
        if actor is None:
            continue
        speaker = speaker_of(scene, actor, rule, through=_through(scene, mark, actor))
        found.append(Utterance(mark, speaker, actor, behind))
    return found


# Whether something is said at all.


def _is_other(scene: Scene, mark: Mark) -> bool:
    """Return whether a word of the table says nothing here: a name, a noun, a part of a phrase."""
    # Said is a man's name.
    named = any(a.kind == PERSON and a.head <= mark.first < a.last for a in scene.actors)
    # "объявили в розыск"
    longer = any(
        custody.first <= mark.first and mark.last <= custody.last
        for custody in scene.sentence.of("custody")
        if custody.last - custody.first > 1
    )
    return named or longer or _is_noun(scene, mark)


def _is_noun(scene: Scene, mark: Mark) -> bool:
    """Return whether an English word is no verb here: "the report", "State television"."""
    if mark.last - mark.first > 1 or scene.language != "en":
        return False
    key, before = scene.key(mark.first), scene.key(mark.first - 1)
    if before in _BE and key not in _ACTIVE:
        # "was declared undesirable", "it was reported": nobody speaks.
        return True
    if key in _NOUNS and (before in _BEFORE_NOUN or scene.sentence.tokens[mark.first].case):
        return True
    if key == "called":
        return scene.key(mark.last) not in _CALLED or before in {"is", "are", "was", "so", "a"}
    if key == "alleged" and before not in {"also", "has", "have", "had"}:
        # "over alleged torture"
        return not any(actor.last == mark.first for actor in scene.actors)
    return key == "noted" and scene.sentence.at("roles", mark.last) is not None


def _speaks(scene: Scene, mark: Mark) -> bool:
    """Return whether something is said at all: not "has not commented", not "received aid"."""
    kind, form = mark.value
    if form == "figure" and not _number_behind(scene, mark.last):
        alone = index_of(scene.language).alone(scene.key(mark.first), "speech")
        if not any(form == "verb" for _, form in alone):
            return False
    if kind != "said" or form not in {"verb", "figure"}:
        return True
    before = {scene.key(mark.first - step) for step in (1, 2)}
    inside = any(a.first <= mark.first - 1 < a.last for a in scene.actors)
    return inside or not before & _NEGATES


def _number_behind(scene: Scene, place: int) -> bool:
    while scene.key(place) in _QUOTED:
        place += 1
    marks = [*scene.sentence.of("hedges"), *scene.sentence.of("numbers")]
    figures = place < scene.length and scene.sentence.tokens[place].kind == NUMBER
    return figures or any(mark.first == place for mark in marks)


# Where the speaker stands.


def _actor_of(scene: Scene, mark: Mark, found: list[Utterance]) -> tuple[Actor | None, str, bool]:
    """Return the speaker, the rule that found it, and whether it stands behind the words."""
    by = {"by": _behind, "pronoun": _inside, "post": _before}.get(mark.value[1])
    if by is not None:
        return by(scene, mark), "speaker-by", False
    again = _goes_on(scene, mark, found)
    if again is not None:
        return again, "speaker-verb", False
    first = _verb_first(scene, mark) or _addressee_first(scene, mark)
    for behind in (first, not first):
        actor = _right_of(scene, mark) if behind else subject_of(scene, mark)
        if actor is not None:
            return actor, "speaker-verb", behind
    return _unknown(scene, before_verb(scene, mark.first) + 1), "speaker-unknown-name", False


def _goes_on(scene: Scene, mark: Mark, found: list[Utterance]) -> Actor | None:
    """Return the speaker of "X said ... and added": the one before, if no other subject stands."""
    joined = scene.key(mark.first - 1) in _AND or scene.key(mark.first) == "saying"
    if not found or not joined:
        return None
    own = subject_of(scene, mark)
    earlier = own is None or own.first < found[-1].mark.first or own.kind == PRONOUN
    return found[-1].actor if earlier else None


def _inside(scene: Scene, mark: Mark) -> Actor | None:
    return next((a for a in scene.actors if mark.first <= a.first < mark.last), None)


def _before(scene: Scene, mark: Mark) -> Actor | None:
    """Return the actor that ends right before a phrase: "Prokuraturaga ko‘ra"."""
    fitting = [a for a in scene.actors if mark.first - 2 <= a.last <= mark.first]
    named = [a for a in fitting if a.kind != PRONOUN] or fitting
    return named[-1] if named else None


def _unknown(scene: Scene, last: int) -> Actor | None:
    """Return the capitalised words right before a verb, where they name nobody known."""
    first = last
    while first > 0 and _is_unknown_word(scene, first - 1):
        first -= 1
    placed = any(m.first < last and first < m.last for m in scene.sentence.of("places"))
    if first == last or placed or any(a.first < last and first < a.last for a in scene.actors):
        return None
    return Actor(first, last, BODY, scene.passage(first, last).text, head=first)


def _is_unknown_word(scene: Scene, place: int) -> bool:
    token = scene.sentence.tokens[place]
    return token.kind == WORD and token.case > 0 and token.key not in scene.vocabulary("function")


def _verb_first(scene: Scene, mark: Mark) -> bool:
    """Return whether the speaker is to be looked for behind the verb first."""
    before = before_verb(scene, mark.first)
    if before < 0:
        return True
    if scene.key(mark.first) in _TOLD and scene.language == "en":
        return False
    token = scene.sentence.tokens[before]
    if token.text == "," and _apposed(scene, mark, before):
        right = _right_of(scene, mark)
        return right is not None and _ends(scene, right.last)
    return token.key in _AS or (token.kind == SIGN and token.text in _CLOSING)


def _apposed(scene: Scene, mark: Mark, comma: int) -> bool:
    """Return whether the comma before a verb closes an apposition: "A lawyer, X, said"."""
    start, _ = scene.clauses.of(mark.first)
    if apposition(scene, start, comma) is not None:
        return True
    left = [a for a in scene.actors if a.last == comma and a.kind != PRONOUN]
    return bool(left) and _opens_apposition(scene, left[-1])


def _opens_apposition(scene: Scene, actor: Actor) -> bool:
    """Return whether an actor before a comma stands between commas, or begins the clause."""
    start, _ = scene.clauses.of(actor.first)
    if actor.first <= start + 1 or scene.key(actor.first - 1) in {",", "—", "–"}:
        return True
    return any(scene.key(at) == "," for at in range(actor.first, actor.last))


def _addressee_first(scene: Scene, mark: Mark) -> bool:
    """Return whether "Об этом ОВД-Инфо сообщил защитник": a body before, a person behind."""
    if scene.language != "ru":
        return False
    left = any(a.last in {mark.first, mark.first - 1} and a.kind == BODY for a in scene.actors)
    right = next((a for a in scene.actors if mark.last <= a.first <= mark.last + 1), None)
    if not left or right is None:
        return False
    return right.kind == PERSON or (right.kind == ROLE and right.form in {"m", "f", "p"})


def _ends(scene: Scene, place: int) -> bool:
    if place >= scene.length:
        return True
    sign = scene.sentence.tokens[place].kind == SIGN
    return sign and scene.key(place) not in {"«", "(", "“", "'s", "’s"}


def _right_of(scene: Scene, mark: Mark) -> Actor | None:
    inside = _in_body(scene, mark)
    if inside is not None:
        return inside
    return _behind(scene, mark, far=scene.key(mark.first) in _IMPERSONAL)


def _in_body(scene: Scene, mark: Mark) -> Actor | None:
    """Return the body of "сообщили РИА Новости в пресс-службе ГУМВД": they said so there."""
    if scene.language != "ru" or not scene.key(mark.first).endswith(("ли", "ют", "ят")):
        return None
    for actor in scene.actors:
        if not mark.last < actor.first <= mark.last + 9:
            continue
        body = actor.kind == BODY or actor.form == "b"
        if body and scene.key(actor.first - 1) in {"в", "во"}:
            return actor
        if actor.kind == PERSON:
            return None
    return None


def _behind(scene: Scene, mark: Mark, *, far: bool = False) -> Actor | None:
    """Return the actor that begins behind a verb or phrase, past articles and quotation marks."""
    actors = {actor.first: actor for actor in scene.actors}
    at = mark.last
    limit = min(at + (_REACH + 4 if far else _REACH), scene.length)
    while at < limit:
        actor = actors.get(at)
        if actor is not None and not (is_possessive(actor) and actor.last in actors):
            return _past_addressee(scene, actor, actors, mark)
        if not _skipped(scene, at, mark, far=far):
            return None
        at += 1
    return None


def _skipped(scene: Scene, at: int, mark: Mark, *, far: bool) -> bool:
    """Return whether a word may stand between a verb and the speaker behind it."""
    token = scene.sentence.tokens[at]
    if token.key in _FILL or token.text in _QUOTED:
        return True
    if any(m.first <= at < m.last for m in scene.sentence.of("times")):
        return True
    if token.kind == NUMBER:
        return far
    plain = not token.case and (mark.value[1] == "by" or far)
    return token.kind == WORD and (plain or token.key in scene.vocabulary("nationality"))


def _past_addressee(scene: Scene, actor: Actor, actors: dict[int, Actor], mark: Mark) -> Actor:
    """Return the speaker in "рассказал «Вёрстке» рабочий Ильхом": the second actor."""
    if scene.language != "ru" or actor.kind != BODY or mark.value[1] == "by":
        return actor
    at = actor.last
    while scene.key(at) in {"»", '"', "”"}:
        at += 1
    following = actors.get(at)
    person = following is not None and following.kind in {PERSON, ROLE}
    return following if following is not None and person else actor


def _through(scene: Scene, mark: Mark, speaker: Actor) -> str:
    """Return to whom it was said: a body behind "told", in the dative elsewhere."""
    for actor in scene.actors:
        body = actor.kind == BODY or (actor.kind == ROLE and actor.person is None)
        if actor is speaker or not body:
            continue
        if _is_told(scene, mark, actor) and actor.first != speaker.first:
            return actor.name
    return ""


def _is_told(scene: Scene, mark: Mark, actor: Actor) -> bool:
    """Return whether an actor is the one to whom something is said."""
    near = mark.last <= actor.first <= mark.last + 2
    if scene.language == "en":
        return near and scene.key(mark.first) in _TOLD
    if actor.kind != BODY and scene.language != "tg":
        return False
    if scene.language == "ru":
        return near
    if actor.last > mark.first or scene.language not in VERB_LAST:
        return False
    if scene.language == "tg":
        return scene.key(actor.first - 1) == "ба"
    return scene.key(actor.last - 1).endswith(("ga", "ka"))
