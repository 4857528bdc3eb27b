"""The subject of a verb: who stands before it, and who cannot be it."""

from habeas.reading.actors import BODY, PERSON, POSSESSIVES, PRONOUN, ROLE, Actor
from habeas.reading.name_words import name_word
from habeas.reading.phrases import Mark
from habeas.reading.scene import Scene
from habeas.reading.tokens import WORD, word_set

VERB_LAST = frozenset(("tg", "uz"))
"""Languages in which the verb stands last, so that the first actor is the subject."""

_NOT_SUBJECT = {
    "en": word_set("to for of by with from in at on against about into than over between"),
    "ru": word_set("о об обо в во на с со к ко у для при от из за по через против перед между над"),
    "tg": word_set("ба аз дар бо барои нисбати алайҳи тибқи бидуни"),
    "fr": word_set("à au aux de d' du des par pour dans avec contre sur"),
    "de": word_set("in von vom an am bei für gegen mit aus vor über nach zu zum zur"),
    "it": word_set("a al alla ai di del della dei da dal dalla per in con su contro"),
}  # fmt: skip
_OBJECT = {"uz": ("ga", "ka", "ni", "dan", "da"), "tg": ("ро",)}
_WHO = word_set("who which которые который которая которое qui welche che")
_AUXILIARIES = word_set(
    "has have had was were is are been be later also earlier then previously reportedly также "
    "ранее уже затем ещё еще позже позднее потом тоже ҳам пештар низ esa ham avval a ont avait "
    "hat haben hatte ha hanno aveva poi inoltre"
)


def before_verb(scene: Scene, place: int) -> int:
    """Return the place of the token before a verb and its auxiliaries."""
    at = place - 1
    while at >= 0 and scene.key(at) in _AUXILIARIES:
        at -= 1
    return at


def subject_of(scene: Scene, mark: Mark) -> Actor | None:
    """Return the subject before a verb: the nearest actor, in Tajik and Uzbek the first one."""
    start, _ = scene.clauses.of(mark.first)
    relative = antecedent(scene, mark.first)
    if relative is not None:
        return relative
    before = before_verb(scene, mark.first)
    if before > 0 and scene.key(before) == ",":
        described = apposition(scene, start, before)
        if described is not None:
            return described
    fitting = subjects(scene, mark, start)
    fitting = [actor for actor in fitting if not _only_modifies(scene, actor)]
    named = [actor for actor in fitting if actor.kind != PRONOUN]
    if scene.language in VERB_LAST:
        chosen = named or fitting
        return chosen[0] if chosen else None
    return _nearest(mark, fitting, named)


def _nearest(mark: Mark, fitting: list[Actor], named: list[Actor]) -> Actor | None:
    """Return the actor nearest to a verb; a pronoun only right before it, no possessive."""
    if not fitting:
        return None
    nearest = fitting[-1]
    if nearest.kind != PRONOUN:
        return nearest
    if is_possessive(nearest):
        return named[-1] if named else None
    far = nearest.last < mark.first - 2
    return named[-1] if far and named else nearest


def subjects(scene: Scene, mark: Mark, start: int) -> list[Actor]:
    """Return the actors from a place on that can be the subject of a verb behind them."""
    return [
        actor
        for actor in scene.actors
        if start <= actor.first and actor.last <= mark.first and can_be_subject(scene, actor, mark)
    ]


def _only_modifies(scene: Scene, actor: Actor) -> bool:
    """Return whether an Uzbek noun belongs to the next one: "sud majlisida" is no court."""
    if scene.language != "uz" or actor.kind != ROLE or actor.form != "b":
        return False
    if scene.key(actor.last - 1).endswith(("i", "si")) or actor.last >= scene.length:
        return False
    following = scene.sentence.tokens[actor.last]
    return following.kind == WORD and not following.case


def antecedent(scene: Scene, place: int) -> Actor | None:
    """Return whom "who" means before a verb: "Tajik authorities, who accused him"."""
    at = before_verb(scene, place)
    if at < 1 or scene.key(at) not in _WHO:
        return None
    end = at - 1 if scene.key(at - 1) == "," else at
    return next((a for a in reversed(scene.actors) if a.last == end and a.kind != PRONOUN), None)


def apposition(scene: Scene, start: int, comma: int) -> Actor | None:
    """Return the subject of "X, head of Y, said" and "X, who runs Y, said": the name."""
    opening = next((at for at in range(comma - 1, start, -1) if scene.key(at) == ","), None)
    if opening is None:
        return None
    head = next((a for a in scene.actors if a.last == opening and a.kind != PRONOUN), None)
    if head is not None and head.kind == PERSON:
        return head
    first = next((a for a in scene.actors if a.first == opening + 1), None)
    if first is not None and first.kind == PERSON and first.first < comma:
        # "A lawyer, Ruben Sargsyants, said"
        return first
    relative = head is not None and scene.key(opening + 1) in _WHO
    return head if head is not None and relative and can_be_subject(scene, head, None) else None


def is_possessive(actor: Actor) -> bool:
    """Return whether a pronoun says whose, or whom: not who."""
    return actor.kind == PRONOUN and actor.name.lower().replace("ё", "е") in POSSESSIVES


def can_be_subject(scene: Scene, actor: Actor, mark: Mark | None) -> bool:
    """Return whether an actor can be the subject: no object, not inside somebody's quote."""
    if mark is not None and _quoted_apart(scene, actor, mark):
        return False
    if _led_by_preposition(scene, actor) and not _speaks_there(scene, actor, mark):
        return False
    last = scene.key(actor.last - 1)
    endings = _OBJECT.get(scene.language, ())
    if endings and actor.kind != PRONOUN and last.endswith(endings):
        return not _declined(last, scene.language)
    far = mark is not None and mark.first > actor.last + 1
    return not (far and is_possessive(actor))


def _quoted_apart(scene: Scene, actor: Actor, mark: Mark) -> bool:
    inside = scene.quotation(actor.first)
    return inside is not None and not inside[0] <= mark.first < inside[1]


def _led_by_preposition(scene: Scene, actor: Actor) -> bool:
    words = _NOT_SUBJECT.get(scene.language, frozenset())
    return actor.first > 0 and scene.key(actor.first - 1) in words


def _speaks_there(scene: Scene, actor: Actor, mark: Mark | None) -> bool:
    """Return whether a preposition leads to the speaker: "В МВД сообщили", "яке аз муҳоҷирон"."""
    before = scene.key(actor.first - 1)
    if scene.language == "ru" and mark is not None and before in {"в", "во"}:
        plural = scene.key(mark.first).endswith(("ли", "ют", "ят", "ут"))
        return plural and (actor.kind == BODY or actor.form == "b")
    if scene.language == "tg":
        return before == "аз" and scene.key(actor.first - 2) in {"яке", "як", "баъзе", "чанде"}
    return before == "of" and scene.key(actor.first - 2) in {"one", "some", "several"}


def _declined(key: str, language: str) -> bool:
    """Return whether the ending of a word is that of an object, and not part of the name."""
    word = name_word(key, language)
    return word.base != key or not word.sign
