"""Slips of the keyboard: one typing error, and Latin letters that look like Cyrillic ones."""

import random

_KEYS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
_ALIKE = dict(zip("аеорсхукАЕОРСХУКМТВН", "aeopcxykAEOPCXYKMTBH", strict=True))


def _neighbours(letter: str) -> str:
    for row in _KEYS:
        place = row.find(letter)
        if place >= 0:
            return row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    return ""


def mistype(line: str, throw: random.Random) -> str | None:
    """Return the line with one error, never in the first letter of a word; None if too short."""
    words = line.split()
    long = [place for place, word in enumerate(words) if len(word) > 4]
    if not long:
        return None
    place = throw.choice(long)
    words[place] = _one_error(words[place], throw)
    return " ".join(words)


def _one_error(word: str, throw: random.Random) -> str:
    while True:
        at = throw.randrange(1, len(word))
        kind = throw.choice(("other", "other", "swapped", "left out", "doubled"))
        near = _neighbours(word[at].lower())
        if kind == "other" and near:
            found = word[:at] + throw.choice(near) + word[at + 1 :]
        elif kind == "swapped" and at + 1 < len(word):
            found = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        elif kind == "left out":
            found = word[:at] + word[at + 1 :]
        else:
            found = word[:at] + word[at] + word[at:]
        if found != word:
            return found


def homoglyph(line: str, throw: random.Random) -> str | None:
    """Return the line with one or two Latin letters in its first word; None if none looks alike."""
    word, _, rest = line.partition(" ")
    places = [place for place, letter in enumerate(word) if letter in _ALIKE]
    if not places:
        return None
    chosen = throw.sample(places, min(len(places), throw.choice((1, 2))))
    letters = [_ALIKE[x] if place in chosen else x for place, x in enumerate(word)]
    return f"{''.join(letters)} {rest}"
