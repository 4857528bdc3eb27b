"""What would tell who somebody was: the words of their names in any script, and their numbers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from habeas.cases.search import keys

GONE = "…"
"""What stands where a name stood."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\d[\d\s().-]{3,}\d")
_SHORTEST = 4
_CODINGS = ("utf-8", "windows-1251")


@dataclass(frozen=True, slots=True)
class Telltale:
    """The words and numbers of people who are purged.

    Attributes:
        words: of their names, lower case; names of fewer than four letters are too common.
        bones: consonants of those words, one text for each reading: they are alike in any script.
        numbers: of documents and telephones, digits only.
        codes: under which they were known here.
    """

    words: frozenset[str] = frozenset()
    bones: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    _known: dict[str, bool] = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls, names: Iterable[str], numbers: Iterable[str] = (), codes: Iterable[str] = ()
    ) -> "Telltale":
        """Return what tells of these names, numbers and codes."""
        every = {word for name in names for word in keys.every_word_of(name)}
        words = {word for word in every if len(word) >= _SHORTEST}
        bones = {bone for word in words for bone in keys.bones_of(word) if len(bone) > 2}
        digits = {keys.number(number) for number in numbers} - {""}
        return cls(frozenset(words), frozenset(bones), frozenset(digits), frozenset(codes))

    def tells(self, text: str) -> bool:
        """Whether a text holds a word, a number or a code of theirs, in any script."""
        return self.hidden(text) != text

    def named(self, text: str) -> bool:
        """Whether a text holds two words of theirs, or a number: one word may be a namesake's."""
        found = {word for word in _WORD.findall(text) if self._is_theirs(word)}
        return len(found) > 1 or any(self._is_number(one) for one in _NUMBER.findall(text))

    def hidden(self, text: str) -> str:
        """Return a text without them; an address that tells them in its own coding is left out."""
        if "%" in text and any(self.tells(plain) for plain in _decoded(text)):
            return GONE
        text = _WORD.sub(lambda found: GONE if self._is_theirs(found[0]) else found[0], text)
        text = _NUMBER.sub(lambda found: GONE if self._is_number(found[0]) else found[0], text)
        for code in self.codes:
            text = re.sub(rf"(?<!\w){re.escape(code)}(?!\w)", GONE, text)
        return text

    def hidden_in(self, value: Any) -> Any:  # noqa: ANN401 - any part of JSON
        """Return a part of JSON without them, keys and values alike."""
        if isinstance(value, str):
            return self.hidden(value)
        if isinstance(value, list):
            return [self.hidden_in(one) for one in value]
        if isinstance(value, Mapping):
            return {self.hidden(str(key)): self.hidden_in(one) for key, one in value.items()}
        return value

    def _is_number(self, text: str) -> bool:
        return keys.number(text) in self.numbers

    def _is_theirs(self, word: str) -> bool:
        folded = word.casefold()
        known = self._known.get(folded)
        if known is None:
            known = self._known[folded] = self._looked_up(folded)
        return known

    def _looked_up(self, word: str) -> bool:
        # A case ending adds letters at the end.
        if any(word.startswith(one) for one in self.words):
            return True
        return len(word) >= _SHORTEST and not self.bones.isdisjoint(keys.bones_of(word))


def _decoded(text: str) -> list[str]:
    found = [unquote(text, coding, errors="replace") for coding in _CODINGS]
    return [one for one in found if one != text and "%" not in one]
