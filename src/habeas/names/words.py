"""One word of a name and everything it may be: surname, given name or father's name, in its forms.

Words are kept by text and script, so that what is worked out for "Рахмонов" once serves every
later row. All prices and weights are in bits.
"""

import re
from collections import defaultdict
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from habeas.names.declension import ANY, FEMININE, MASCULINE, NOMINATIVE, nominatives
from habeas.names.letters import Script
from habeas.names.lexicon import (
    UNKNOWN,
    Known,
    father_stem,
    group_initials,
    initial_bits,
    look_up,
)
from habeas.names.romanise import Sound, plain, readings
from habeas.names.sounds import coarse
from habeas.names.tables_io import rows

_SURNAME_KINDS = frozenset(("ov", "ski", "zoda"))
_WORDS_KEPT = 1 << 17
_OBLIQUE = ("ю", "у", "ы", "ей", "ой")
AS_PRINTED = 1.0
"""Price of an unknown name where the word may be the oblique case of a known one."""


class SurnameForm(NamedTuple):
    """A surname in the masculine nominative, its stem and the class of its ending."""

    sounds: str
    stem: str
    kind: str
    mask: int
    price: float


class Name:
    """A given name, or the stem of one in a father's name, with what is known about it."""

    __slots__ = ("father", "known", "shown", "sounds", "vowelless")

    def __init__(
        self, shown: str, sounds: tuple[Sound, ...], known: Known, *, father: bool
    ) -> None:
        self.shown = shown
        self.sounds = sounds
        self.known = known
        self.father = father
        self.vowelless = shown[:1] > "\u0600"


class NameForm(NamedTuple):
    """A name that a printed word may stand for, the genders and cases in which it does, a price."""

    name: Name
    mask: int
    price: float


class Ending(NamedTuple):
    """An ending of a patronymic that a word was found to have."""

    stem: str
    gender: int
    price: float


@cache
def _surname_endings() -> tuple[tuple[str, str, int, str], ...]:
    found = [
        (ending, kind, _genders(genders), bare)
        for ending, kind, genders, bare in rows(
            "surname_endings", ("ending", "class", "genders", "bare")
        )
    ]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


def _genders(genders: str) -> int:
    return (MASCULINE if "m" in genders else 0) | (FEMININE if "f" in genders else 0)


@cache
def _father_endings() -> tuple[re.Pattern[str], dict[str, int]]:
    found = {
        ending: _genders(gender) for ending, gender in rows("father_endings", ("ending", "gender"))
    }
    pattern = re.compile("(.{2,}?)(" + "|".join(sorted(found, key=len, reverse=True)) + ")$")
    return pattern, found


# Groups of Latin letters that tell the Russian initial by themselves.
_TOLD_INITIAL = re.compile("[zksc]h|dzh|dj|[šžčş]")
# What a word must hold near its end to be a patronymic at all; a quick look before the slow one.
_MAYBE_FATHER = re.compile(
    "(?:[иіь]ч[аеуо]?[мві]?[іи]?|[вўч]н[аыеуоіиюй]{1,2}|[уұ]л[ыуіи]|[оуў][гғ]л[ыиуіюе]|[кқгх][ыи]з[ыи]|чро|чта"
    "|i[ckx]h?[aiz]?|yc?h|i[cč]|itc?h|itsch|icz|ič[auey]?|[vwu]n[ae]|[hcč]na|ul[yui]|g'?h?l[yuiı]|[kqg][yiı]z[yiı])$"
)
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщыьэюя"
SHORTEST_MISTYPED = 7
MISTYPED = 5.0
"""Price of a patronymic whose ending has a wrong letter."""


@cache
def _mistyped_endings() -> dict[str, tuple[str, int]]:
    """Return endings one letter away from those of patronymics: the ending meant, and its mask."""
    meant = {"ович": 1, "евич": 1, "овна": 64, "евна": 64}
    found: dict[str, tuple[str, int]] = {}
    for ending, mask in meant.items():
        for place in range(len(ending)):
            before, after = ending[:place], ending[place + 1 :]
            wrong = {before + after, ending[: place + 1] + ending[place] + after}
            wrong |= {before + letter + after for letter in _CYRILLIC}
            if after:
                wrong.add(before + after[0] + ending[place] + after[1:])
            for text in wrong:
                found.setdefault(text, (ending, mask))
    return {
        text: value
        for text, value in found.items()
        if text not in meant and not _SURNAMES.search(text)
    }


# What surnames end in is no mistyped patronymic (Холова is not Холовна without a letter).
_SURNAMES = re.compile("(ов|ев|ова|ева|ин|ина|ый|ая|ски|их|ых|ову|еву|ове|еве)$")


@cache
def _surname_signs() -> re.Pattern[str]:
    signs = sorted((row[0] for row in rows("surname_signs", ("sign",))), key=len, reverse=True)
    return re.compile(f".{{2}}(?:{'|'.join(signs)})(?:а|у|ом|ем|е|ой|ы)?$")


@cache
def _particles() -> dict[str, int]:
    return {text: _genders(gender) for text, gender in rows("particles", ("word", "gender"))}


def split_surname(sounds: str) -> list[tuple[str, str, str, int]]:
    """Return (masculine sounds, stem, class, genders) for each ending the surname may have."""
    found: list[tuple[str, str, str, int]] = []
    bearers = ANY
    for ending, kind, genders, bare in _surname_endings():
        if len(sounds) > len(ending) + 1 and sounds.endswith(ending):
            stem = sounds[: -len(ending)]
            full = stem + bare if bare else sounds
            found.append((full, stem.rstrip("i") or stem, kind, genders))
            if kind in ("ov", "ski") and genders == FEMININE:
                bearers = FEMININE
            if kind not in {"adj", "in"}:
                break
    found.append((sounds, sounds.rstrip("i") or sounds, "bare", bearers))
    return found


class Word:
    """A printed word with its possible forms, worked out when they are first asked for."""

    def __init__(self, text: str, script: Script) -> None:
        self.text = text
        self.script = script

    @cached_property
    def sounds(self) -> tuple[Sound, ...]:
        """Readings of the word as it stands."""
        return readings(self.text, self.script)

    @cached_property
    def coarse(self) -> tuple[str, ...]:
        """Coarse sounds of the surname in all its forms, whole and stem."""
        forms = self.surname_forms
        return tuple({coarse(text) for form in forms for text in (form.sounds, form.stem)})

    @cached_property
    def plain(self) -> str:
        """The sounds letter by letter, to find a single typing error."""
        return plain(self.text, self.script)

    @cached_property
    def known(self) -> Known:
        """What is known about the word as a given name, in any of its cases."""
        best = UNKNOWN
        for form in self.given_forms:
            known = form.name.known
            if known.groups or (known.short_of and not best.groups):
                best = known if not best.groups else best
        return best

    @cached_property
    def attested(self) -> bool:
        """Whether the word is a given name in the tables, as it stands or declined."""
        return any(f.name.known is not UNKNOWN for f in self.given_forms)

    @cached_property
    def initials(self) -> int:
        """Initials under which the word may be printed, as bits.

        A Latin letter that has several readings is settled by the name, if that is attested.
        """
        own = initial_bits(self.text)
        if self.script is Script.CYRILLIC or _TOLD_INITIAL.match(self.text):
            return own
        # A Tajik or Uzbek j is printed Дж or Ж, whichever of them the tables hold.
        also = initial_bits("ж") if self.text.startswith("j") else 0
        narrowed = own & self.usual_initials
        return narrowed | (also & own) if narrowed else own

    @cached_property
    def usual_initials(self) -> int:
        """Initials of the usual Russian form of the name, if it is attested; else 0."""
        letters = 0
        for form in self.father_forms if self.father_marked else self.given_forms:
            letters |= group_initials(form.name.known.groups)
        return letters

    @cached_property
    def parent_word(self) -> int:
        """Genders whose bearer this word marks as a child of the word before it (угли, кызы); 0."""
        return _particles().get(self.text, 0)

    @cached_property
    def surname_forms(self) -> tuple[SurnameForm, ...]:
        """The surnames that the word may be."""
        found: dict[tuple[str, str, str], tuple[int, float]] = {}
        cyrillic = self.script is Script.CYRILLIC
        for sounds, mask, price in self._surname_sounds():
            for full, stem, kind, genders in split_surname(sounds):
                # A woman abroad may keep the masculine form; the feminine one is a woman's.
                both = mask & (genders if cyrillic or genders == FEMININE else ANY)
                if both:
                    key = (full, stem, kind)
                    old_mask, old_price = found.get(key, (0, 99.0))
                    found[key] = (old_mask | both, min(old_price, price))
        return tuple(SurnameForm(*key, *value) for key, value in found.items())

    def _surname_sounds(self) -> list[tuple[str, int, float]]:
        if self.script is not Script.CYRILLIC:
            return [(sound.text, NOMINATIVE, sound.price) for sound in self.sounds]
        own_forms = nominatives(self.text, "ov")
        forms = (*own_forms, *nominatives(self.text, "adj"))
        # Шарофиддин and Долин end alike; Холов and Тихановский can be nothing else.
        if not forms or self.text.endswith(("ин", "ын")) or not (own_forms or "ск" in self.text):
            forms = (*forms, *nominatives(self.text, "noun"))
        found: list[tuple[str, int, float]] = []
        for place, form in enumerate(forms):
            own = readings(form.text, self.script)
            if own:
                woman = place < len(own_forms) and not form.mask & MASCULINE
                found.append((own[0].text + ("a" if woman else ""), form.mask, form.price))
        if not found and self.sounds:
            found.append((self.sounds[0].text, ANY, 0.0))
        return found

    @cached_property
    def surname_like(self) -> bool:
        """Whether the word has an ending that only surnames have."""
        kinds = {form.kind for form in self.surname_forms}
        return not kinds.isdisjoint(_SURNAME_KINDS) or (
            not self.attested
            and ("iyon" in kinds or "in" in kinds or bool(_surname_signs().search(self.text)))
            and not self.text.endswith(("дин", "din"))
        )

    @cached_property
    def given_forms(self) -> tuple[NameForm, ...]:
        """The given names that the word may be; attested ones only, if there are any."""
        found: list[NameForm] = []
        if self.script is Script.CYRILLIC:
            for form in nominatives(self.text, "noun"):
                sounds = readings(form.text, self.script)
                if sounds:
                    known = look_up(sounds, form.text)
                    mask = form.mask & _allowed(known.genders)
                    if mask:
                        found.append(
                            NameForm(Name(form.text, sounds, known, father=False), mask, form.price)
                        )
        if not found and self.sounds:
            known = look_up(self.sounds, self.text)
            mask = _allowed(known.genders) & (ANY if self.script is Script.CYRILLIC else NOMINATIVE)
            found.append(NameForm(Name(self.text, self.sounds, known, father=False), mask, 0.0))
        halves = self.text.split("-") if "-" in self.text else []
        for half, price in zip(halves, (1.5, 3.0), strict=False):
            if len(half) > 1:
                found.extend(
                    form._replace(price=form.price + price)
                    for form in word(half, self.script).given_forms
                )
        attested = [form for form in found if form.name.known is not UNKNOWN]
        sure = self.text.endswith(_OBLIQUE) and any(form.name.known.groups for form in attested)
        plain = [
            form._replace(price=form.price + AS_PRINTED)
            for form in found
            if not sure and form.name.known is UNKNOWN and form.name.shown == self.text
        ]
        return (*attested, *plain) if attested else tuple(found)

    @cached_property
    def father_endings(self) -> tuple[tuple[tuple[Ending, ...], int], ...]:
        """Patronymic stems that the word may hold, with genders and cases of the bearer."""
        if not _MAYBE_FATHER.search(self.text) and not self._ends_mistyped:
            return ()
        pattern, genders = _father_endings()
        if self.script is Script.CYRILLIC:
            forms = [
                (readings(form.text, self.script), form.mask, form.price)
                for form in nominatives(self.text, "father")
            ] or [(self.sounds, ANY, 0.0), *self._mistyped_father()]
        else:
            forms = [(self.sounds, NOMINATIVE, 0.0)]
        found: list[tuple[tuple[Ending, ...], int]] = []
        for sounds, mask, price in forms:
            by_mask: dict[int, list[Ending]] = defaultdict(list)
            for sound in sounds:
                match = pattern.match(sound.text)
                if match:
                    allowed = mask & genders[match[2]]
                    by_mask[allowed].append(
                        Ending(father_stem(match[1]), allowed, sound.price + price)
                    )
            found.extend((tuple(ends), allowed) for allowed, ends in by_mask.items() if allowed)
        return tuple(found)

    @property
    def _ends_mistyped(self) -> bool:
        text = self.text
        wrong = _mistyped_endings()
        return len(text) >= SHORTEST_MISTYPED and (
            text[-4:] in wrong or text[-5:] in wrong or text[-3:] in wrong
        )

    def _mistyped_father(self) -> list[tuple[tuple[Sound, ...], int, float]]:
        """Return the patronymic that the word is but for one wrong letter in its ending."""
        if not self._ends_mistyped or self.surname_like or self.attested:
            return []
        for length in (5, 4, 3):
            found = _mistyped_endings().get(self.text[-length:])
            if found is not None and len(self.text) - length > 2:
                ending, mask = found
                stem = self.text[:-length] + ending
                return [(readings(stem, self.script), mask, MISTYPED)]
        return []

    @cached_property
    def father_marked(self) -> bool:
        """Whether the word has the ending of a patronymic."""
        return bool(self.father_endings)

    @cached_property
    def father_forms(self) -> tuple[NameForm, ...]:
        """The fathers' names that the word may be: by its ending, or as the bare name."""
        if self.father_endings:
            return tuple(
                NameForm(
                    _father(self.text, tuple(Sound(end.stem, end.price) for end in ends)), mask, 0.0
                )
                for ends, mask in self.father_endings
            )
        return tuple(NameForm(_of_given(form.name), ANY, form.price) for form in self.given_forms)


def _allowed(genders: int) -> int:
    return (MASCULINE if genders & 1 else 0) | (FEMININE if genders & 2 else 0)


def _father(shown: str, sounds: tuple[Sound, ...]) -> Name:
    return Name(shown, sounds, look_up(sounds, father=True), father=True)


def _of_given(name: Name) -> Name:
    """Return the father's name that is printed as the bare given name."""
    sounds = tuple(Sound(father_stem(sound.text), sound.price) for sound in name.sounds)
    known = name.known if name.known.groups else look_up(sounds, father=True)
    return Name(name.shown, sounds, known, father=True)


@lru_cache(maxsize=_WORDS_KEPT)
def word(text: str, script: Script) -> Word:
    """Return the word of this text, the same object each time."""
    return Word(text, script)
