"""What was done to whom: detained, taken, expelled, extradited, released. Words are kept apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from habeas.reading.actors import BODY, PERSON, PRONOUN, ROLE, Actor
from habeas.reading.found import Found
from habeas.reading.naming import Names
from habeas.reading.phrases import Mark
from habeas.reading.scene import Scene
from habeas.reading.speakers import speaker_of
from habeas.reading.suggestions import CARRIER, Confidence, Custody, Date, Place, Speaker
from habeas.reading.tokens import word_set

_FUTURE = {
    "en": word_set(
        "may might could would will face faces facing fear fears threat risk to should plan "
        "plans possible requested request asked seeks if demanded barred"
    ),
    "ru": word_set(
        "может могут грозит грозят хотят планируют запрос запросил требует требуют угроза "
        "намерены будет будут боятся опасаются если запретил просит обещали"
    ),
    "tg": word_set("мехоҳанд мумкин хатари таҳдид хост хостори шояд агар"),
    "uz": word_set("mumkin xavfi xavf talab so'radi agar tahdid"),
}  # fmt: skip
_PASSIVE = word_set("was were been being is are be get got had has")
# "held a rally", "released a statement", "took part", "arrest warrant", "charged with energy".
_NOT_AFTER = {
    "held": word_set("a an the talks elections rallies meetings its their that by"),
    "released": word_set("a an the its video photos footage data on new"),
    "release": word_set("a an the of its"),
    "taken": word_set("part place on over up by into note"),
    "kept": word_set("a his her their silent secret the on up"),
    "returned": frozenset(("to", "home", "from")),
    "charge": frozenset(("of", "that", "is")),
    "charges": word_set("of that are were as against"),
    "sentence": frozenset(("was", "is", "of", "in")),
}  # fmt: skip
_BEFORE_NOUN = word_set(
    "the a his her their these all any such similar of on no criminal separate fraud "
    "same longer prison suspended"
)
_BUILT = word_set("centre center markaziga markazi warrant list request")
_LENGTHS = word_set("суток суткам сутки лет days years")
_IF = word_set("if если агар agar")
_WITHOUT = word_set("без without")
_ACTIVE = ("л", "ла", "ло", "ли", "ют", "ет", "ут", "ят", "ит", "ть", "в")
_FURTHEST = 6


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rules for custody look at besides the sentence itself."""

    names: Names
    counted: Sequence[Found]
    dates: Sequence[Found]
    speakers: Mapping[int, Speaker]


def custody_of(
    scene: Scene,
    names: Names,
    *,
    counted: Sequence[Found],
    dates: Sequence[Found],
    speakers: Mapping[int, Speaker],
) -> list[Found]:
    """Return the custody events of a sentence in order.

    Args:
        scene: the sentence.
        names: who, what body and what place is named in it.
        counted: its counts: many people are no one person.
        dates: its dates.
        speakers: who speaks in the clause that begins at a token; the carrier elsewhere.
    """
    around = _Around(names, counted, dates, speakers)
    found: list[Found] = []
    marks = [*scene.sentence.of("custody"), *_found_guilty(scene)]
    for mark in sorted(marks, key=lambda m: (m.first, -m.last)):
        if (found and mark.first < found[-1].last) or _is_other(scene, mark, around):
            continue
        event, form = mark.value
        person, whom, sure = _whom(scene, mark, around)
        start, _ = scene.clauses.of(mark.first)
        value = Custody(
            event,
            person,
            whom,
            _nearest_date(scene, mark, around),
            _nearest_place(scene, mark, around),
            denied=_denied(scene, mark),
            future=_future(scene, mark),
            speaker=around.speakers.get(start, CARRIER),
        )
        found.append(Found(mark.first, mark.last, value, f"custody-{form}", sure))
    return found


def _found_guilty(scene: Scene) -> list[Mark]:
    """Return "признать Назарова У.Ф. виновным": the words of a conviction around a name."""
    if scene.language != "ru":
        return []
    found = []
    for place, token in enumerate(scene.sentence.tokens):
        if not token.key.startswith("призна") or scene.key(place + 1).startswith("виновн"):
            continue
        places = range(place + 2, min(place + 10, scene.length))
        behind = next((at for at in places if scene.key(at).startswith("виновн")), None)
        if behind is not None:
            found.append(Mark("custody", place, behind + 1, ("convicted", "verb")))
    return found


# Whether the words tell of custody at all.


def _is_other(scene: Scene, mark: Mark, around: _Around) -> bool:
    """Return whether the words say something else here: "held a rally", "Запрос о выдаче"."""
    event, form = mark.value
    if form == "toplace":
        return not any(place.first == mark.last for place in around.names.places)
    counted = form == "noun" and _is_counted(scene, mark, around.counted)
    if counted or _hands_out(scene, mark, around):
        return True
    if event == "convicted" and scene.key(mark.first - 1) in _IF:
        return True
    if form != "state" and any(b.first <= mark.first < b.last for b in around.names.organisations):
        return True
    if scene.language != "en" or mark.last - mark.first > 1:
        return False
    return _is_other_in_english(scene, mark)


def _hands_out(scene: Scene, mark: Mark, around: _Around) -> bool:
    """Return whether papers are handed out, and nobody over: "справка о выдаче книг"."""
    if not scene.key(mark.first).startswith("выда") or mark.last - mark.first > 1:
        return False
    near = [(p.first, p.last) for p in around.names.places]
    near += [(a.first, a.last) for a in scene.actors if a.kind != BODY]
    return not any(
        0 <= first - mark.last <= _FURTHEST or 0 <= mark.first - last <= 2 for first, last in near
    )


def _is_other_in_english(scene: Scene, mark: Mark) -> bool:
    first, after, before = (scene.key(at) for at in (mark.first, mark.last, mark.first - 1))
    if after in _NOT_AFTER.get(first, frozenset()):
        return not (first in {"taken", "kept"} and after == "by")
    if first in {"charges", "sentence", "detains"}:
        # A noun: "the charges", "a sentence".
        return before in _BEFORE_NOUN
    return first == "held" and before in {"rally", "meeting", "talks"}


def _is_counted(scene: Scene, mark: Mark, counted: Sequence[Found]) -> bool:
    """Return whether a noun counts something: "163 arrests", "30 суток ареста"."""
    if any(count.first <= mark.first < count.last for count in counted):
        return True
    before = {scene.key(mark.first - step) for step in (1, 2)}
    if before & (scene.vocabulary("figureword") | _LENGTHS):
        return True
    return scene.key(mark.last) in _BUILT


def _denied(scene: Scene, mark: Mark) -> bool:
    start, _ = scene.clauses.of(mark.first)
    before = {scene.key(at) for at in range(max(start, mark.first - 3), mark.first)}
    if before & (scene.vocabulary("not") - _WITHOUT):
        return True
    return any(
        m.value[0] == "denies" and start <= m.first < mark.first
        for m in scene.sentence.of("speech")
    )


def _future(scene: Scene, mark: Mark) -> bool:
    """Return whether it may happen, or is asked for, and has not happened."""
    start, _ = scene.clauses.of(mark.first)
    words = _FUTURE.get(scene.language, frozenset())
    before = {scene.key(at) for at in range(max(start, mark.first - 4), mark.first)} & words
    if scene.language == "en" and before == {"to"}:
        return scene.key(mark.first - 1) == "to" and scene.key(mark.first - 2) != "according"
    return bool(before) or scene.key(mark.first).endswith("ть")


# Whom it happened to.


def _whom(scene: Scene, mark: Mark, around: _Around) -> tuple[int | None, str, Confidence]:
    """Return the person, the words for whom, and how sure that is."""
    many = _many(scene, mark, around.counted)
    if many:
        return None, many, Confidence.HIGH
    quoted = scene.quotation(mark.first)
    start, end = quoted or scene.clauses.of(mark.first)
    for actor in _beside(scene, mark, start, end):
        if actor.kind != PRONOUN:
            sure = Confidence.HIGH if actor.kind == PERSON else Confidence.MEDIUM
            return actor.person, actor.name, sure
        meant = speaker_of(scene, actor, "custody-pronoun")
        if meant.person is not None:
            return meant.person, meant.name, meant.confidence
    if quoted is not None:
        return None, "", Confidence.LOW
    return _of_the_story(scene, mark)


def _beside(scene: Scene, mark: Mark, start: int, end: int) -> list[Actor]:
    """Return who stands nearest to the words, the likelier side first."""
    fitting = [a for a in scene.actors if start <= a.first < end and _can_suffer(a)]
    behind = [a for a in fitting if 0 <= a.first - mark.last <= _FURTHEST][:1]
    before = [a for a in fitting if a.last <= mark.first][-1:]
    return [*behind, *before] if _is_active(scene, mark) else [*before, *behind]


def _of_the_story(scene: Scene, mark: Mark) -> tuple[int | None, str, Confidence]:
    """Return the one person whom the sentences before name, if there is one only."""
    people = scene.story.earlier()
    if len(people) == 1 and not any(m.first < mark.first for m in scene.sentence.of("units")):
        return people[0], scene.story.register.people[people[0]].name, Confidence.LOW
    return None, "", Confidence.MEDIUM


def _many(scene: Scene, mark: Mark, counted: Sequence[Found]) -> str:
    """Return the words of the count that the verb is about: "hundreds arrested"."""
    for count in counted:
        inside = count.first <= mark.first < count.last
        near = 0 <= mark.first - count.last <= 3
        parted = any(scene.key(at) in {",", ";"} for at in range(count.last, mark.first))
        if inside or (near and not parted) or 0 <= count.first - mark.last <= 1:
            return scene.words(count.first, count.last)
    return ""


def _can_suffer(actor: Actor) -> bool:
    if actor.kind in {PERSON, PRONOUN}:
        return True
    one = actor.kind == ROLE and actor.form in {"m", "f", "p"}
    return one and actor.type not in {"official", "police", "authority"}


def _is_active(scene: Scene, mark: Mark) -> bool:
    """Return whether whom it happened to stands behind the verb."""
    if mark.value[1] == "noun":
        return scene.language in {"ru", "tg"}
    if scene.language == "en":
        return not {scene.key(mark.first - 1), scene.key(mark.first - 2)} & _PASSIVE
    return scene.language == "ru" and scene.key(mark.first).endswith(_ACTIVE)


# When and where.


def _nearest_date(scene: Scene, mark: Mark, around: _Around) -> str:
    """Return the date of the same part between commas, or the one that opens the clause."""
    start, end = scene.clauses.of(mark.first)
    own = [
        date
        for date in around.dates
        if start <= date.first < end
        and (_unparted(scene, date, mark) or _opens(scene, date, start))
        and not _of_another(scene, date, mark)
    ]
    if not own:
        return ""
    nearest = min(own, key=lambda d: max(d.first - mark.last, mark.first - d.last))
    return nearest.value.edtf if isinstance(nearest.value, Date) else ""


def _unparted(scene: Scene, date: Found, mark: Mark) -> bool:
    """Return whether no comma stands between a date and the words."""
    first, last = (date.last, mark.first) if date.last <= mark.first else (mark.last, date.first)
    return not any(scene.key(at) == "," for at in range(first, last))


def _of_another(scene: Scene, date: Found, mark: Mark) -> bool:
    """Return whether another event stands nearer to a date before, so that it is that one's."""
    return date.last <= mark.first and bool(scene.custody_in(date.last, mark.first, form="verb"))


def _opens(scene: Scene, date: Found, start: int) -> bool:
    return date.first - start <= 3 and not scene.custody_in(start, date.last)


def _nearest_place(scene: Scene, mark: Mark, around: _Around) -> str:
    start, end = scene.clauses.of(mark.first)
    near = [p for p in around.names.places if start <= p.first < end]
    if not near:
        return ""
    nearest = min(near, key=lambda p: max(p.first - mark.last, mark.first - p.last))
    return nearest.value.name if isinstance(nearest.value, Place) else ""
