"""Latin letters for names, by published tables, for the benchmark alone.

Each function takes one word in Cyrillic letters. Tables: ICAO Doc 9303-3 (2021) section 6 B;
BGN/PCGN 1947 (Russian) and 1994 (Tajik); ISO 9:1995 with its marks left out; the scholarly system
of linguists; order 310 of the Ministry of the Interior (1997) for French; Duden for German; the
Uzbek law of 1995; usage of passports for Kazakh and Kyrgyz.
"""

from collections.abc import Callable

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_VOWELS = "аеёиоуыэюяӣӯ"


def _table(letters: str) -> dict[str, str]:
    return dict(zip(_RUSSIAN, (cell.replace("-", "") for cell in letters.split()), strict=True))


_ICAO = _table("a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia")
_BGN = _table("a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya")
_ISO = _table("a b v g d e e z z i j k l m n o p r s t u f h c c s s - y - e u a")
_SCHOLAR = _table("a b v g d e ë ž z i j k l m n o p r s t u f x c č š šč ʺ y ʹ ė ju ja")
_FRENCH = _table("a b v g d e e j z i i k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia")
_GERMAN = _table(
    "a b w g d e jo sch s i i k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja"
)
_TAJIK = {**_BGN, "ё": "yo", "ғ": "gh", "ӣ": "i", "қ": "q", "ӯ": "u", "ҳ": "h", "ҷ": "j"}
_UZBEK = {
    **_BGN, "ё": "yo", "ж": "j", "х": "x", "ц": "s", "ў": "oʻ", "қ": "q", "ғ": "gʻ", "ҳ": "h",
    "ъ": "ʼ", "щ": "sh", "ы": "i",
}  # fmt: skip
_TURKIC = {
    **_BGN, "ё": "yo", "ж": "zh", "ә": "a", "і": "i", "ң": "n", "ғ": "g", "қ": "k", "ө": "o",
    "ұ": "u", "ү": "u", "һ": "h",
}  # fmt: skip
_UKRAINIAN = {
    **_BGN, "г": "h", "ґ": "g", "е": "e", "є": "ie", "и": "y", "і": "i", "ї": "i", "й": "i",
    "ю": "iu", "я": "ia",
}  # fmt: skip
_BELARUSIAN = {
    **_BGN, "г": "h", "е": "e", "ё": "io", "і": "i", "й": "i", "ў": "u", "ю": "iu", "я": "ia",
    "ы": "y", "ц": "ts",
}  # fmt: skip
_STARTS = {
    "ukrainian": {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"},
    "belarusian": {"е": "ye", "ё": "yo", "ю": "yu", "я": "ya"},
    "bgn": {"е": "ye"},
    "uzbek": {"е": "ye"},
}


def _spell(word: str, table: dict[str, str], style: str = "") -> str:
    low = word.lower()
    starts = _STARTS.get(style, {})
    found = []
    for place, letter in enumerate(low):
        before = low[place - 1] if place else ""
        first = not before or before in "-ʼ'"
        found.append(starts[letter] if first and letter in starts else table.get(letter, letter))
    return capital("".join(found))


def capital(word: str) -> str:
    """Return the word with a capital first letter, also after a hyphen."""
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _after_vowel(word: str, after: str) -> str:
    """Put `ye` where the letter е stands after a vowel or a sign (BGN/PCGN, Uzbek)."""
    low = word.lower()
    return "".join(
        after if letter == "е" and place and low[place - 1] in _VOWELS + "ъь" else letter
        for place, letter in enumerate(low)
    )


def icao(word: str) -> str:
    """Return the passport form, ICAO Doc 9303."""
    return _spell(word, _ICAO)


def bgn(word: str) -> str:
    """Return the BGN/PCGN form."""
    return _spell(_after_vowel(word, "йе"), _BGN, "bgn")


def iso9(word: str) -> str:
    """Return the form of ISO 9 with its marks left out, as keyboards lose them."""
    return _spell(word, _ISO)


def scholarly(word: str) -> str:
    """Return the form of linguists, with marks."""
    return _spell(word, _SCHOLAR)


def french(word: str) -> str:
    """Return the form of the French press and of old passports: Evgueni, Pouchkine."""
    low = word.lower().replace("ге", "гue").replace("ги", "гui").replace("кс", "x")
    spelled = _spell(low, _FRENCH)
    return spelled + "e" if spelled.endswith("in") else spelled.replace("ii", "i")


def german(word: str) -> str:
    """Return the form of the German press: Schtscherbakow, Jewgeni."""
    low = word.lower()
    spelled = _spell(low.replace("ий", "и"), _GERMAN)
    if low[0] == "е":
        spelled = "Je" + spelled[1:]
    return spelled.replace("ie", "ije") if "ие" in low else spelled


def tajik(word: str) -> str:
    """Return Tajik in Latin letters, BGN/PCGN without marks."""
    return _spell(_after_vowel(word, "йе"), _TAJIK, "uzbek")


def uzbek(word: str) -> str:
    """Return Uzbek in its Latin alphabet of 1995."""
    return _spell(_after_vowel(word, "йе"), _UZBEK, "uzbek").replace("ʻʼ", "ʻ")


def turkic(word: str) -> str:
    """Return Kazakh or Kyrgyz as passports print them."""
    return _spell(_after_vowel(word, "йе"), _TURKIC)


def ukrainian(word: str) -> str:
    """Return Ukrainian by resolution 55 (2010)."""
    return _spell(word.replace("зг", "zgh").replace("ь", ""), _UKRAINIAN, "ukrainian")


def belarusian(word: str) -> str:
    """Return Belarusian by the instruction of 2008 as amended in 2010, marks left out."""
    return _spell(word.replace("ь", ""), _BELARUSIAN, "belarusian")


NATIONAL: dict[str, Callable[[str], str]] = {
    "tajik": tajik,
    "uzbek": uzbek,
    "kazakh": turkic,
    "kyrgyz": turkic,
    "ukrainian": ukrainian,
    "belarusian": belarusian,
}
"""The bearer's own Latin spelling, by group; other groups use the passport form."""
