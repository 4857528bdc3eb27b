"""Uzbek sentences from the Latin into the Cyrillic alphabet, by the rules of the official table.

Many readers learnt to read before the Latin alphabet came. Soft signs of Russian loan words are not
restored; a native speaker has to look over the result.
"""

import re

# Placeholders, markup, addresses, numbers with their letters, and what is Latin in any alphabet.
_KEPT = re.compile(
    r"%\([a-z_]+\)[sd]|\{[a-z_]+\}|<[^>]+>|https?://\S*|"
    r"\b(?:habeas(?: serve| watch(?: visit)?)?|serve|UTC|SHA-256|Ctrl\+[A-Z]|HTTPS?|PDF|CSV|Word|"
    r"EDTF|GET|[A-Z]-?\d+|XATO|TLS|captcha|MB|F12|cURL|Network|Copy(?: as)?|visits\.json|cookie)\b"
)
_PAIRS = {
    "oʻ": "ў",
    "gʻ": "ғ",
    "sh": "ш",
    "ch": "ч",
    "yo": "ё",
    "yu": "ю",
    "ya": "я",
    "ye": "е",
    "tsi": "ци",
}
_LETTERS = dict(zip("abdfghijklmnopqrstuvxyz", "абдфгҳижклмнопқрстувхйз", strict=True)) | {
    "ʼ": "ъ",
    "’": "ъ",
    "c": "с",
    "w": "в",
}
# In "yoʻq" the o belongs to its apostrophe.
_TOKEN = re.compile("|".join([*_PAIRS, "[a-zʼ’]"]).replace("yo|", "yo(?!ʻ)|"), re.IGNORECASE)
_VOWELS = "aeiouаоуиэеёюяў"


def cyrillic(text: str) -> str:
    """Return a sentence in the Cyrillic alphabet; placeholders and markup stay as they are."""
    done, place = [], 0
    for kept in _KEPT.finditer(text):
        done += [_turned(text[place : kept.start()]), kept.group()]
        place = kept.end()
    return "".join(done) + _turned(text[place:])


def _turned(text: str) -> str:
    text = re.sub("([og])['‘`ʼ]", r"\1ʻ", text, flags=re.IGNORECASE)
    return _TOKEN.sub(lambda found: _letter(found, text), text)


def _letter(found: re.Match[str], text: str) -> str:
    latin = found.group()
    low = latin.lower()
    if low == "e":
        before = text[found.start() - 1].lower() if found.start() else " "
        new = "э" if not before.isalpha() or before in _VOWELS else "е"
    else:
        new = _PAIRS.get(low) or _LETTERS.get(low, low)
    if latin[0].isupper():
        return new.upper() if latin.isupper() and len(latin) > 1 else new[0].upper() + new[1:]
    return new
