"""The runs of sounds of a word, asked of `Word` itself, for words that the loops cannot spell."""

from collections.abc import Iterator

import numpy as np

from habeas.names.declension import ANY
from habeas.names.given import Name
from habeas.names.letters import Script
from habeas.names.lexicon import elements, keys
from habeas.names.pairs import MUHAMMAD
from habeas.names.screening import kinds, rules
from habeas.names.screening.compiled import Record
from habeas.names.screening.desk import MOST_LINKS, MOST_RUNS
from habeas.names.screening.measures import LONGEST_RUN
from habeas.names.screening.sounding import slot_of
from habeas.names.screening.spelled import CONSONANTS, NAMES, SHORTEST_REST, SURNAMES
from habeas.names.slots import father_unit, given_unit
from habeas.names.sounds import skeleton
from habeas.names.words import Word, word

_STEMS = {"ov": kinds.STEM_OV, "zoda": kinds.STEM_OTHER, "nisba": kinds.STEM_OTHER,
          "iyon": kinds.STEM_OTHER, "bare": kinds.STEM_BARE}  # fmt: skip
READINGS_STRIPPED = 2
"""Readings of a name that are looked at without elements, as in `pairs._affixed`."""


def runs_of(own: Word, parts: int) -> Iterator[tuple[str, int]]:
    """Yield the runs of sounds of a word, and what each is of it.

    Args:
        own: the word.
        parts: what to find, as bits of `spelled`.
    """
    yield own.plain, kinds.PLAIN
    if parts & SURNAMES:
        yield from _surnames(own)
    if parts & NAMES:
        for form in given_unit(own, ANY).forms:
            yield from _names(form.name, kinds.GIVEN)
        for form in father_unit(own).forms:
            yield from _names(form.name, kinds.FATHER)
    if parts & CONSONANTS:
        sounds = {sound.text for sound in own.sounds}
        for form in (*own.given_forms, *own.father_forms):
            sounds.update(sound.text for sound in form.name.sounds)
        for text in sounds:
            yield skeleton(text), kinds.VOWELLESS


def _surnames(own: Word) -> Iterator[tuple[str, int]]:
    for form in own.surname_forms:
        yield form.sounds, kinds.WHOLE
        if form.kind in _STEMS:
            yield form.stem, _STEMS[form.kind]
    for half in own.text.split("-") if "-" in own.text else ():
        if len(half) > 1:
            other = word(half, own.script)
            yield other.plain, kinds.PLAIN
            yield from _surnames(other)


def _names(name: Name, kind: int) -> Iterator[tuple[str, int]]:
    """Yield the runs of a given name (GIVEN) or a father's name (FATHER)."""
    known, stripped, muhammad = kind * 2, kind * 4, kind * 8
    prefixes, suffixes = elements()
    for place, (text, _) in enumerate(name.sounds):
        yield text, known if name.known.groups else kind
        if place < READINGS_STRIPPED:
            rests = [text[: -len(end)] for end in suffixes if text.endswith(end)]
            rests += [text[len(start) :] for start in prefixes if text.startswith(start)]
            for rest in rests:
                if len(rest) >= SHORTEST_REST:
                    yield rest, stripped
        joined = MUHAMMAD.sub("M", text, count=1)
        if joined != text:
            yield joined, muhammad


def load(own: Word, parts: int, desk: Record) -> int:
    """Put the runs of a word where `spelled.spell` puts them; return how many, -1 if too many."""
    found: dict[bytes, int] = {}
    for text, kind in runs_of(own, parts):
        # What is no sound at all becomes one byte like any other.
        raw = text.encode("ascii", "replace")
        if raw:
            found[raw] = found.get(raw, 0) | kind
    links = sorted(_links(own, desk)) if parts & NAMES else []
    fits = len(found) <= MOST_RUNS and all(len(raw) < LONGEST_RUN for raw in found)
    if not fits or len(links) > MOST_LINKS or own.script is Script.OTHER:
        return -1
    for place, (raw, kind) in enumerate(found.items()):
        desk["runs"][place, : len(raw)] = list(raw)
        desk["run_sizes"][place], desk["run_kinds"][place] = len(raw), kind
        desk["run_hashes"][place] = rules.hash_of(raw)
    for place, link in enumerate(links):
        desk["run_links"][place] = link
    desk["runs_used"][:] = len(found), len(links)
    return len(found)


def _links(own: Word, desk: Record) -> set[tuple[int, int]]:
    """Return the places of the names that a word may be, as given name (0), father's name (1)."""
    found: set[tuple[int, int]] = set()
    for role, forms in ((0, own.given_forms), (1, own.father_forms)):
        for form in forms:
            for text, _ in form.name.sounds:
                for key in keys(text):
                    slot = int(slot_of(desk["known_keys"], np.uint64(rules.hash_of(key.encode()))))
                    if slot >= 0:
                        found.add((slot, role))
    return found
