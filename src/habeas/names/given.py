"""A given name, or the father's name in a patronymic, with what the tables know about it."""

from functools import lru_cache
from typing import NamedTuple

from habeas.names.lazily import lazily
from habeas.names.letters import Script
from habeas.names.lexicon import Known, elements, father_stem, look_up
from habeas.names.romanise import Sound, cyrillic, readings
from habeas.names.sounds import Spread, coarse, spread_of


class Name:
    """A given name, or the stem of one in a father's name, with what is known about it."""

    def __init__(
        self, shown: str, sounds: tuple[Sound, ...], known: Known, *, father: bool
    ) -> None:
        self.shown = shown
        self.sounds = sounds
        self.known = known
        self.father = father
        self.vowelless = shown[:1] > "\u0600"

    @lazily
    def spread(self) -> Spread:
        """The coarse sounds of all readings, to see at once that two names are far apart."""
        return spread_of(tuple(coarse(text) for text, _ in self.sounds))

    @lazily
    def edges(self) -> tuple[tuple[str, str, str], ...]:
        """The first two readings, each with its first and its last two coarse sounds."""
        return tuple([(text, (wide := coarse(text))[:2], wide[-2:]) for text, _ in self.sounds[:2]])

    @lazily
    def margins(self) -> frozenset[str]:
        """The coarse sounds with which `edges` begin and end, marked for which."""
        return frozenset(
            [mark for _, start, end in self.edges for mark in (f"{start}-", f"-{end}")]
        )

    @lazily
    def lengthened(self) -> frozenset[str]:
        """Those of the `margins` that would stay if an element were taken off the other end."""
        prefixes, suffixes = elements()
        found: list[str] = []
        for text, start, end in self.edges:
            if text.endswith(suffixes):
                found.append(f"{start}-")
            if text.startswith(prefixes):
                found.append(f"-{end}")
        return frozenset(found)

    @lazily
    def as_father(self) -> "Name":
        """The father's name that is printed as this bare given name."""
        sounds = tuple(Sound(father_stem(sound.text), sound.price) for sound in self.sounds)
        known = self.known if self.known.groups else look_up(sounds, father=True)
        return Name(self.shown, sounds, known, father=True)


class NameForm(NamedTuple):
    """A name that a printed word may stand for, the genders and cases in which it does, a price."""

    name: Name
    mask: int
    price: float


@lru_cache(maxsize=1 << 17)
def known_as(text: str) -> Known | None:
    """Return what is known about a Cyrillic given name written so; None if it has no sound."""
    sounds = cyrillic(text)
    return look_up((Sound(sounds, 0.0),), text) if sounds else None


@lru_cache(maxsize=1 << 17)
def given_name(text: str, script: Script) -> Name | None:
    """Return the given name written so, the same object each time; None if it has no sound."""
    sounds = readings(text, script)
    return Name(text, sounds, look_up(sounds, text), father=False) if sounds else None


@lru_cache(maxsize=1 << 17)
def father_name(sounds: tuple[Sound, ...], mark: str) -> Name:
    """Return the father's name of a patronymic with such stems, in the script of `mark`."""
    return Name(mark, sounds, look_up(sounds, father=True), father=True)
