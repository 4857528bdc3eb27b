"""Words by number, and the way back: what the compiled loops number, Python reads as `Word`."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.errors import NameTooLong, NothingToCompare, TooManyWords
from habeas.names.layouts import Token, tokens_of
from habeas.names.letters import Script, words
from habeas.names.screening import alphabet, tokens
from habeas.names.screening.compiled import Record
from habeas.names.screening.desk import MOST_LETTERS, MOST_WORDS, desk, forget_words
from habeas.names.slots import MOST_WORDS as MOST_WORDS_OF_A_ROW
from habeas.names.slots import versions
from habeas.names.words import Word, word

_ANOTHER = "Иванов"


class Rows(NamedTuple):
    """Rows as tokens: those of row r are tokens[starts[r]:ends[r]], none if it is odd."""

    tokens: NDArray[np.int64]
    marks: NDArray[np.uint8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    odd: NDArray[np.bool_]


class Words:
    """The words of many rows, or of many names, each with a number."""

    def __init__(self) -> None:
        """Start with no word."""
        self.desk: Record = desk()
        self._by_hand: dict[int, Word] = {}
        self._numbers: dict[Word, int] = {}
        self._tokens: dict[str, int] = {}

    def forget(self) -> None:
        """Forget all words; their numbers are given anew."""
        forget_words(self.desk)
        self._by_hand, self._numbers, self._tokens = {}, {}, {}

    @property
    def count(self) -> int:
        """How many words there are."""
        return int(self.desk["used"][0])

    def has_room(self, letters: int) -> bool:
        """Whether there is room for all words of a text of so many bytes, two or more each."""
        count, size = map(int, self.desk["used"][:2])
        return count + letters // 3 < MOST_WORDS and size + letters < MOST_LETTERS

    def read(self, texts: Sequence[str]) -> Rows:
        """Return rows as tokens.

        Raises:
            TooManyWords: there is no room, though nothing was forgotten.
        """
        joined = "\n".join(texts)
        if joined.count("\n") != len(texts) - 1:
            joined = "\n".join(text.replace("\n", " ") for text in texts)
        text = np.frombuffer(f"{joined}\n".encode("utf-8", "surrogatepass"), dtype=np.uint8)
        if not self.has_room(text.size):
            raise TooManyWords(self.count)
        out = tokens.lines(text.size, len(texts))
        tokens.read_lines(text, self.desk, out)
        count = int(out.starts[-1])
        return Rows(out.tokens[:count], out.marks[:count], out.starts[:-1], out.starts[1:], out.odd)

    def versions_of(self, text: str) -> list[list[int]]:
        """Return the tokens of each version of a row that `slots.read` reads; none without name."""
        try:
            printed = words(text)
        except (NameTooLong, NothingToCompare):
            return []
        return [
            self.tokens_of(tokens_of(some[:MOST_WORDS_OF_A_ROW])) for some, _ in versions(printed)
        ]

    def tokens_of(self, read: Sequence[Token]) -> list[int]:
        """Return tokens of `layouts` as they are kept here."""
        return [-1 - one.initial if one.initial else self.number(one.word) for one in read]

    def token_in_text(self, raw: str) -> int:
        """Return the token of a word that the loops left to Python in running text.

        It is read beside another word, as it stands in a name; two initials in one are both.
        """
        token = self._tokens.get(raw)
        if token is None:
            read = [one for some in self.versions_of(f"{_ANOTHER} {raw}")[:1] for one in some[1:]]
            token = next((one for one in read if one >= 0), None)
            if token is None:
                letters = 0
                for one in read:
                    letters |= -1 - one
                token = -1 - letters
            self._tokens[raw] = token
        return token

    def number(self, own: Word) -> int:
        """Return the number of a word; a new one if it was not met before."""
        number = self._numbers.get(own)
        if number is not None:
            return number
        letters = alphabet.spelled(own.text)
        scripts = {alphabet.script_of(letter) for letter in own.text} - {None}
        if scripts == {own.script} and alphabet.START not in letters:
            start = int(self.desk["used"][1])
            self.desk["letters"][start : start + len(letters)] = list(letters)
            latin = int(own.script is Script.LATIN)
            number = int(tokens.number_of(len(letters), latin, self.desk))
        else:
            number = self.count
            self.desk["starts"][number + 1] = self.desk["used"][1]
            self.desk["states"][number] = tokens.BY_HAND
            self.desk["used"][0] += 1
            self._by_hand[number] = own
        self._numbers[own] = number
        return number

    def word(self, number: int) -> Word:
        """Return the word of a number."""
        if number in self._by_hand:
            return self._by_hand[number]
        start, end = map(int, self.desk["starts"][number : number + 2])
        script = Script.LATIN if self.desk["latin"][number] else Script.CYRILLIC
        letters = alphabet.letters_of(script)
        return word(
            "".join(letters[code] for code in bytes(self.desk["letters"][start:end])), script
        )

    def left_to_python(self) -> list[Word]:
        """Return the words whose letters are in no table."""
        return list(self._by_hand.values())
