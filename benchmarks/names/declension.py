"""Russian case forms of names by the rules that a school grammar gives, for the benchmark alone.

It is kept apart from the product on purpose: a clerk's grammar must not be the program's own. The
rules follow D. E. Rosenthal's handbook of Russian (sections on surnames and given names) and the
Russian Grammar (Academy of Sciences, 1980), vol. 1. What clerks get wrong is not in here.
"""

CASES = ("genitive", "dative", "accusative", "instrumental")

_HARD = dict(zip(CASES, ("а", "у", "а", "ом"), strict=True))
_SOFT = dict(zip(CASES, ("я", "ю", "я", "ем"), strict=True))
_A = dict(zip(CASES, ("ы", "е", "у", "ой"), strict=True))
_YA = dict(zip(CASES, ("и", "е", "ю", "ей"), strict=True))
_IYA = dict(zip(CASES, ("ии", "ии", "ию", "ией"), strict=True))
_THIRD = dict(zip(CASES, ("и", "и", "ь", "ью"), strict=True))
_OV = dict(zip(CASES, ("а", "у", "а", "ым"), strict=True))
_OVA = dict(zip(CASES, ("ой", "ой", "у", "ой"), strict=True))
_ADJECTIVE = dict(zip(CASES, ("ого", "ому", "ого", "ым"), strict=True))
_ADJECTIVE_K = _ADJECTIVE | {"instrumental": "им"}
_ADJECTIVE_SOFT = dict(zip(CASES, ("его", "ему", "его", "им"), strict=True))
_ADJECTIVE_WOMAN = dict(zip(CASES, ("ой", "ой", "ую", "ой"), strict=True))
_VELAR, _HUSH = "гкх", "жшчщ"
# Names whose vowel comes and goes (Rosenthal).
_FLEETING = {"павел": "павл", "лев": "льв", "пётр": "петр", "петр": "петр"}


def given(name: str, gender: str, case: str) -> str:
    """Return a given name, or a father's name without ending, in a case."""
    low = name.lower()
    if low in _FLEETING and gender == "m":
        return _like(name, _FLEETING[low] + _HARD[case])
    if low.endswith(("а", "я")):
        return _on_a(name, case)
    if gender == "m":
        return _consonant(name, case)
    return name[:-1] + _THIRD[case] if low.endswith("ь") else name


def patronymic(name: str, gender: str, case: str) -> str:
    """Return a patronymic in -вич, -ич or -вна, -чна in a case; other forms stay as they are."""
    if gender == "m" and name.endswith("ич"):
        return name + _HARD[case].replace("ом", "ем")
    if gender == "f" and name.endswith("на"):
        return name[:-1] + _A[case]
    return name


def surname(name: str, gender: str, case: str) -> str:
    """Return a surname of a man or a woman in a case."""
    return _hyphens(name, gender, case) if "-" in name else _surname(name, gender, case)


def _hyphens(name: str, gender: str, case: str) -> str:
    return "-".join(_surname(part, gender, case) for part in name.split("-"))


def _surname(name: str, gender: str, case: str) -> str:
    if name.endswith(("ых", "их", "ко", "зода", "заде", "швили", "дзе")):
        return name
    declined = _woman(name, case) if gender == "f" else _man(name, case)
    if declined is not None:
        return declined
    if name.endswith(("а", "я")):
        return _on_a(name, case)
    return name if gender == "f" else _consonant(name, case)


def _woman(name: str, case: str) -> str | None:
    if name.endswith(("ова", "ева", "ёва", "ина", "ына")):
        return name[:-1] + _OVA[case]
    if name.endswith("ая"):
        return name[:-2] + _ADJECTIVE_WOMAN[case]
    if name.endswith("яя"):
        return name[:-2] + {"accusative": "юю"}.get(case, "ей")
    return None


def _man(name: str, case: str) -> str | None:
    if name.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return name + _OV[case]
    if name.endswith("ий") and name[-3] in _VELAR:
        return name[:-2] + _ADJECTIVE_K[case]
    if name.endswith(("ний", "чий")):
        return name[:-2] + _ADJECTIVE_SOFT[case]
    if name.endswith(("ый", "ой")) and len(name) > 4:
        return name[:-2] + _ADJECTIVE[case]
    return None


def _on_a(name: str, case: str) -> str:
    stem, low = name[:-1], name.lower()
    if low.endswith("ия"):
        return name[:-2] + _IYA[case]
    if low.endswith("я"):
        return stem + _YA[case]
    if low[-2] in _VELAR + _HUSH and case == "genitive":
        return stem + "и"
    if low[-2] in _HUSH + "ц" and case == "instrumental":
        return stem + "ей"
    return stem + _A[case]


def _consonant(name: str, case: str) -> str:
    low = name.lower()
    if low.endswith(("й", "ь")):
        return name[:-1] + _SOFT[case]
    if low[-1] in "оеиуыэюёӣӯ":
        return name
    if low[-1] in _HUSH + "ц" and case == "instrumental":
        return name + "ем"
    if low.endswith(("ок", "ец")) and len(low) > 5:
        return _consonant(name[:-2] + name[-1], case)
    return name + _HARD[case]


def _like(example: str, word: str) -> str:
    return word[0].upper() + word[1:] if example[0].isupper() else word
