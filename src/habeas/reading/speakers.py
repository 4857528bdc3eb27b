"""Who it is that speaks: an actor, whom a pronoun or "the activist" means, whose video it is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from habeas.reading.actors import PRONOUN, ROLE, Actor
from habeas.reading.linking import Register
from habeas.reading.name_words import MAN, WOMAN
from habeas.reading.scene import Scene
from habeas.reading.suggestions import Confidence, Speaker, SpeakerKind
from habeas.reading.tokens import word_set

_MANY_OF_A_KIND = frozenset(("source", "recording", "relative", "lawyer", "witness"))


def speaker_of(scene: Scene, actor: Actor, rule: str, *, through: str = "") -> Speaker:
    """Return the speaker that an actor is; a pronoun is resolved if that is safe.

    Args:
        scene: the sentence.
        actor: who speaks in it.
        rule: how the actor was found.
        through: to whom it was said.
    """
    own = _of_recording(scene, actor, through)
    if own is not None:
        return own
    if actor.kind == PRONOUN:
        return _meant(scene, actor, through)
    described = _described(scene, actor)
    if described is not None:
        name = scene.story.register.people[described].name
        return Speaker(
            SpeakerKind.NAMED, name, scene.at(actor), described, through,
            "speaker-description", Confidence.MEDIUM,
        )  # fmt: skip
    return Speaker(SpeakerKind.NAMED, actor.name, scene.at(actor), actor.person, through, rule)


def _meant(scene: Scene, actor: Actor, through: str) -> Speaker:
    """Return whom a pronoun means."""
    people = scene.story.register.people
    here = tuple(a.person for a in scene.actors if a.person is not None and a.last <= actor.first)
    person, sure = resolve(
        actor,
        _without_bystander(scene, actor, scene.story.earlier(here)),
        scene.story.register,
        scene.story.last_person,
        language=scene.language,
    )
    name = people[person].name if person is not None else actor.name
    at = scene.at(actor)
    return Speaker(SpeakerKind.NAMED, name, at, person, through, "speaker-pronoun", sure)


def _without_bystander(scene: Scene, actor: Actor, earlier: Sequence[int]) -> Sequence[int]:
    """Leave out the lawyer who spoke last, where something is done to "him" and others fit."""
    last, people = scene.story.last_person, scene.story.register.people
    if last is None or scene.key(actor.first) not in OBJECTS:
        return earlier
    roles = " ".join(people[last].roles).lower().split()
    others = [number for number in earlier if number != last]
    return others if others and any(role.startswith(_BESIDE) for role in roles) else earlier


def _described(scene: Scene, actor: Actor) -> int | None:
    """Return whom "the activist" means: the one person whom the text calls so."""
    if actor.kind != ROLE or actor.form not in {"m", "f", "p"} or actor.last - actor.first > 3:
        return None
    if scene.language == "en" and scene.key(actor.first - 1) != "the":
        return None
    if actor.type in _MANY_OF_A_KIND:
        return None
    word = scene.key(actor.last - 1)[:5]
    called = [
        person.number
        for person in scene.story.register.people
        if person.number in scene.story.mentioned
        and any(role.lower().split()[-1][:5] == word for role in person.roles)
    ]
    return called[0] if len(called) == 1 else None


def _of_recording(scene: Scene, actor: Actor, through: str) -> Speaker | None:
    """Return who speaks where a video "states", or where "it" or "they" do."""
    if actor.kind == ROLE and actor.type == "recording":
        person = scene.story.last_person
        if person is None:
            return None
        name = scene.story.register.people[person].name
        rule = "speaker-own-recording"
        at = scene.at(actor)
        return Speaker(SpeakerKind.NAMED, name, at, person, through, rule, Confidence.LOW)
    if actor.kind != PRONOUN or actor.form not in {"it", "they"}:
        return None
    if actor.form == "it":
        recordings = [a for a in scene.actors if a.type == "recording" and a.last <= actor.first]
        if recordings:
            own = _of_recording(scene, recordings[-1], through)
            return replace(own, at=scene.at(actor)) if own is not None else None
    meant = scene.story.body if actor.form == "it" else scene.story.group
    if meant is None:
        return None
    return replace(
        meant, at=scene.at(actor), through=through, rule="speaker-pronoun",
        confidence=Confidence.LOW,
    )  # fmt: skip


OBJECTS = word_set("him his её ее его ему ей ӯро вайро онро uni unga")
"""Pronouns of whom something is done to, of whom the lawyer who spoke last is seldom one."""
_BESIDE = ("lawyer", "attorney", "адвокат", "вакил", "advokat", "spokes", "пресс-секретар")
_GENDERLESS = frozenset(("tg", "uz"))


def resolve(
    actor: Actor,
    earlier: Iterable[int],
    register: Register,
    speaker: int | None = None,
    *,
    language: str = "",
) -> tuple[int | None, Confidence]:
    """Return the person whom a pronoun means, if it is safe to say.

    Args:
        actor: the pronoun.
        earlier: the people named before it, nearest sentence first, each once.
        register: the people of the text.
        speaker: the person who spoke last, who goes first among several.
        language: where it is Tajik or Uzbek, a pronoun tells no gender.
    """
    wanted = {"he": MAN, "she": WOMAN}.get(actor.form)
    if wanted is None:
        return None, Confidence.LOW
    if language in _GENDERLESS:
        wanted = MAN | WOMAN
    fitting = [
        n for n in earlier if not register.people[n].genders or register.people[n].genders & wanted
    ]
    sure = [n for n in fitting if register.people[n].genders == wanted]
    if len(fitting) == 1:
        return fitting[0], Confidence.MEDIUM
    if len(sure) == 1:
        return sure[0], Confidence.MEDIUM
    if speaker is not None and speaker in fitting:
        return speaker, Confidence.MEDIUM
    return (fitting[0], Confidence.LOW) if fitting else (None, Confidence.LOW)
