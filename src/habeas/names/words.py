"""One word of a name and everything it may be: surname, given name or father's name, in its forms.

Words are kept by text and script, so that what is worked out for "Рахмонов" once serves every
later row. All prices and weights are in bits.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from habeas.names.declension import (
    ANY,
    FEMININE,
    MASCULINE,
    NOMINATIVE,
    genders_of,
    nominatives,
    surname_nominatives,
)
from habeas.names.given import NameForm, father_name, given_name, known_as
from habeas.names.lazily import lazily
from habeas.names.letters import Script
from habeas.names.lexicon import (
    UNKNOWN,
    Known,
    father_stem,
    group_initials,
    initial_bits,
    lexicon,
)
from habeas.names.patronymics import (
    MAYBE_FATHER,
    MISTYPED,
    SHORTEST_MISTYPED,
    Ending,
    mistyped_endings,
    parted_father,
)
from habeas.names.romanise import Sound, cyrillic, plain, readings
from habeas.names.sounds import Spread, coarse, spread_of
from habeas.names.surname_parts import SURNAME_KINDS, SurnameForm, split_surname, surname_signs
from habeas.names.tables_io import rows

_WORDS_KEPT = 1 << 17
_OBLIQUE = ("ю", "у", "ы", "ей", "ой", "ом", "ем", "ём")
AS_PRINTED = 1.0
"""Price of an unknown name where the word may be the oblique case of a known one."""


@cache
def _particles() -> dict[str, tuple[int, bool]]:
    """Return whose each word for son or daughter is, and whether it stands before the father."""
    return {
        text: (genders_of(gender), place == "before")
        for text, gender, place in rows("particles", ("word", "gender", "place"))
    }


# Groups of Latin letters that tell the Russian initial by themselves.
_TOLD_INITIAL = re.compile("[zksc]h|dzh|dj|[šžčş]")


class Word:
    """A printed word with its possible forms, worked out when they are first asked for."""

    def __init__(self, text: str, script: Script) -> None:
        self.text = text
        self.script = script

    @lazily
    def sounds(self) -> tuple[Sound, ...]:
        """Readings of the word as it stands."""
        return readings(self.text, self.script)

    @lazily
    def coarse(self) -> tuple[str, ...]:
        """Coarse sounds of the surname in all its forms, whole and stem."""
        forms = self.surname_forms
        return tuple({coarse(text) for form in forms for text in (form.sounds, form.stem)})

    @lazily
    def plain(self) -> str:
        """The sounds letter by letter, to find a single typing error."""
        return plain(self.text, self.script)

    @lazily
    def known(self) -> Known:
        """What is known about the word as a given name, in any of its cases."""
        best = UNKNOWN
        for form in self.given_forms:
            known = form.name.known
            if known.groups or (known.short_of and not best.groups):
                best = known if not best.groups else best
        return best

    @lazily
    def _nominatives(self) -> list[tuple[str, int, float, Known]]:
        """Nominatives of the Cyrillic word as a noun: genders and cases, price, what is known."""
        found: list[tuple[str, int, float, Known]] = []
        written = lexicon().written
        # Where the word is a name as it stands, one in two equal consonants that only sounds like a
        # name is far-fetched: Анна is not Анн, a Ян in the genitive.
        exact = written(self.text) is not None
        for text, cases, price in nominatives(self.text, "noun"):
            if exact and text[-1:] == text[-2:-1] and written(text) is None:
                continue
            known = known_as(text)
            if known is not None:
                mask = cases & _ALLOWED[known.genders]
                if mask:
                    found.append((text, mask, price, known))
        return found

    @lazily
    def attested(self) -> bool:
        """Whether the word is a given name in the tables, as it stands or declined."""
        if self.script is Script.CYRILLIC and "-" not in self.text and self._nominatives:
            return any(known is not UNKNOWN for *_, known in self._nominatives)
        return any(form.name.known is not UNKNOWN for form in self.given_forms)

    @lazily
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

    @lazily
    def usual_initials(self) -> int:
        """Initials of the usual Russian form of the name, if it is attested; else 0."""
        letters = 0
        for form in self.father_forms if self.father_marked else self.given_forms:
            letters |= group_initials(form.name.known.groups)
        return letters

    @lazily
    def parent_word(self) -> int:
        """Genders whose bearer this word marks as a child of the word beside it (угли, кызы); 0."""
        return _particles().get(self.text, (0, False))[0]

    @lazily
    def before_father(self) -> bool:
        """Whether it stands before the father's name (писари), not after it (угли)."""
        return _particles().get(self.text, (0, False))[1]

    @lazily
    def surname_forms(self) -> tuple[SurnameForm, ...]:
        """The surnames that the word may be."""
        found: dict[tuple[str, str, str], tuple[int, float]] = {}
        own_script = self.script is Script.CYRILLIC
        for sounds, mask, price in self._surname_sounds():
            for key, genders in split_surname(sounds):
                # A woman abroad may keep the masculine form; the feminine one is a woman's.
                both = mask & genders if own_script or genders == FEMININE else mask
                if both:
                    old = found.get(key)
                    if old is None:
                        found[key] = both, price
                    else:
                        found[key] = old[0] | both, min(old[1], price)
        return tuple([SurnameForm(*key, *value) for key, value in found.items()])

    def _surname_sounds(self) -> list[tuple[str, int, float]]:
        if self.script is not Script.CYRILLIC:
            return [(sound.text, NOMINATIVE, sound.price) for sound in self.sounds]
        found: list[tuple[str, int, float]] = []
        for text, mask, price, woman in surname_nominatives(self.text):
            own = cyrillic(text)
            if own:
                found.append((own + "a" if woman else own, mask, price))
        if not found and self.sounds:
            found.append((self.sounds[0].text, ANY, 0.0))
        return found

    @lazily
    def surname_like(self) -> bool:
        """Whether the word has an ending that only surnames have."""
        kinds = {form.kind for form in self.surname_forms}
        return not kinds.isdisjoint(SURNAME_KINDS) or (
            not self.attested
            and ("iyon" in kinds or "in" in kinds or bool(surname_signs().search(self.text)))
            and not self.text.endswith(("дин", "din"))
        )

    @lazily
    def given_forms(self) -> tuple[NameForm, ...]:
        """The given names that the word may be; attested ones only, if there are any."""
        found: list[NameForm] = []
        if self.script is Script.CYRILLIC:
            for text, mask, price, _ in self._nominatives:
                name = given_name(text, Script.CYRILLIC)
                if name:
                    found.append(NameForm(name, mask, price))
        if not found:
            name = given_name(self.text, self.script)
            if name:
                mask = _ALLOWED[name.known.genders] & (
                    ANY if self.script is Script.CYRILLIC else NOMINATIVE
                )
                found.append(NameForm(name, mask, 0.0))
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

    @lazily
    def father_endings(self) -> tuple[tuple[tuple[Ending, ...], int], ...]:
        """Patronymic stems that the word may hold, with genders and cases of the bearer."""
        if not MAYBE_FATHER.search(self.text) and not self._ends_mistyped:
            return ()
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
                parted = parted_father(sound.text)
                if parted:
                    stem, genders = parted
                    allowed = mask & genders
                    by_mask[allowed].append(Ending(father_stem(stem), allowed, sound.price + price))
            found.extend((tuple(ends), allowed) for allowed, ends in by_mask.items() if allowed)
        return tuple(found)

    @property
    def _ends_mistyped(self) -> bool:
        text = self.text
        wrong = mistyped_endings()
        return len(text) >= SHORTEST_MISTYPED and (
            text[-4:] in wrong or text[-5:] in wrong or text[-3:] in wrong
        )

    def _mistyped_father(self) -> list[tuple[tuple[Sound, ...], int, float]]:
        """Return the patronymic that the word is but for one wrong letter in its ending."""
        if not self._ends_mistyped or self.surname_like or self.attested:
            return []
        for length in (5, 4, 3):
            found = mistyped_endings().get(self.text[-length:])
            if found is not None and len(self.text) - length > 2:
                ending, mask = found
                stem = self.text[:-length] + ending
                return [(readings(stem, self.script), mask, MISTYPED)]
        return []

    @lazily
    def father_marked(self) -> bool:
        """Whether the word has the ending of a patronymic."""
        return bool(self.father_endings)

    @lazily
    def father_forms(self) -> tuple[NameForm, ...]:
        """The fathers' names that the word may be: by its ending, or as the bare name."""
        if self.father_endings:
            return tuple(
                NameForm(
                    father_name(tuple(Sound(end.stem, end.price) for end in ends), self.text[0]),
                    mask,
                    0.0,
                )
                for ends, mask in self.father_endings
            )
        return tuple(NameForm(form.name.as_father, ANY, form.price) for form in self.given_forms)

    @lazily
    def spread(self) -> Spread:
        """The coarse sounds of the surname, to see at once that two are far apart."""
        return spread_of(self.coarse)

    @lazily
    def surname_mask(self) -> int:
        """Genders and cases in which the word may stand as a surname."""
        return _masks(self.surname_forms)

    @lazily
    def given_mask(self) -> int:
        """Genders and cases in which the word may stand as a given name."""
        if self.script is not Script.CYRILLIC or self.attested or "-" in self.text:
            return _masks(self.given_forms)
        mask = 0
        for _, cases, *_ in self._nominatives:
            mask |= cases
        return mask or ANY

    @lazily
    def father_mask(self) -> int:
        """Genders and cases of the bearer in which the word may stand as a father's name."""
        mask = 0
        for _, allowed in self.father_endings:
            mask |= allowed
        return mask or ANY


def _masks(forms: Iterable[SurnameForm | NameForm]) -> int:
    mask = 0
    for form in forms:
        mask |= form.mask
    return mask or ANY


_ALLOWED = (0, MASCULINE, FEMININE, ANY)
"""Masks by the gender bits of a name."""


@lru_cache(maxsize=_WORDS_KEPT)
def word(text: str, script: Script) -> Word:
    """Return the word of this text, the same object each time."""
    return Word(text, script)
