"""One sentence as the rules see it: its words, who is named in it, its clauses, the story."""

from collections.abc import Sequence
from dataclasses import dataclass

from habeas.reading.actors import Actor
from habeas.reading.clauses import Clauses
from habeas.reading.found import key_at, passage
from habeas.reading.phrases import Mark, words_of
from habeas.reading.sentences import Sentence
from habeas.reading.story import Story
from habeas.reading.suggestions import Passage
from habeas.reading.tokens import word_set

_HEDGES = word_set(
    "allegedly reportedly якобы предположительно гӯё go'yo angeblich prétendument presumibilmente"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with everything that the rules for speakers, claims and custody look at.

    Attributes:
        text: the whole text.
        sentence: the sentence.
        actors: who is named or meant in it, in order.
        clauses: its parts.
        quoted: its tokens between quotation marks, as ranges.
        story: what the sentences before told.
    """

    text: str
    sentence: Sentence
    actors: Sequence[Actor]
    clauses: Clauses
    quoted: Sequence[tuple[int, int]]
    story: Story

    @property
    def language(self) -> str:
        """The language of the sentence, empty if there are no rules for it."""
        return self.sentence.language

    @property
    def length(self) -> int:
        """How many tokens there are."""
        return len(self.sentence.tokens)

    def key(self, place: int) -> str:
        """Return the key of the token at a place; empty where there is none."""
        return key_at(self.sentence, place)

    def words(self, first: int, last: int) -> str:
        """Return the tokens of a range, joined by blanks."""
        return " ".join(token.text for token in self.sentence.tokens[first:last])

    def passage(self, first: int, last: int) -> Passage:
        """Return the passage of the text that tokens `first` to `last` (exclusive) cover."""
        return passage(self.text, self.sentence, first, last)

    def at(self, actor: Actor) -> Passage:
        """Return where an actor is named."""
        return self.passage(actor.first, actor.last)

    def vocabulary(self, kind: str) -> frozenset[str]:
        """Return the words of one kind in the language of the sentence."""
        return words_of(self.language, kind)

    def negated(self, place: int) -> bool:
        """Return whether "not" stands right before a place."""
        before = {self.key(place - step) for step in (1, 2)}
        return bool(before & self.vocabulary("not"))

    def hedge(self, mark: Mark) -> str:
        """Return "allegedly", "reportedly" and the like beside a phrase, as printed."""
        near = self.sentence.tokens[max(0, mark.first - 3) : mark.last + 3]
        return next((token.text for token in near if token.key in _HEDGES), "")

    def quotation(self, place: int) -> tuple[int, int] | None:
        """Return the range between quotation marks that a place stands in."""
        return next((one for one in self.quoted if one[0] <= place < one[1]), None)

    def custody_in(self, first: int, last: int, *, form: str = "") -> list[Mark]:
        """Return the words of custody that begin in a range; of one form, if it is given."""
        return [
            mark
            for mark in self.sentence.of("custody")
            if first <= mark.first < last and (not form or mark.value[1] == form)
        ]
