"""Reads a text: sentence by sentence, in blocks, into suggestions.

A block is read twice: first for who, what body and what place is named, then for everything that
refers to them. Blocks keep memory bounded however long the text is; the people found are kept from
block to block.
"""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from habeas.errors import NothingToRead, TextTooLong
from habeas.reading.attribution import attribute, quoted_by
from habeas.reading.checks import questions_of
from habeas.reading.found import Found, passage
from habeas.reading.line import read_line
from habeas.reading.linking import Register
from habeas.reading.naming import names_of
from habeas.reading.quotes import SHORTEST, inside, quotations_of
from habeas.reading.sentences import Sentence, sentences_of
from habeas.reading.story import Story
from habeas.reading.suggestions import (
    Age,
    Article,
    Claim,
    Count,
    Custody,
    Date,
    Kind,
    Organisation,
    Passage,
    Person,
    PersonFound,
    Place,
    Quote,
    Reading,
    Span,
    Suggestion,
    When,
)

LONGEST_TEXT = 32_000_000
"""Characters that are read; a longer text is refused."""
MOST_SUGGESTIONS = 200_000
"""Suggestions after which reading stops, and says so: such a text is a list or an attack."""
_BLOCK_TOKENS = 8_000

_KINDS: dict[type, Kind] = {
    Person: Kind.PERSON, Organisation: Kind.ORGANISATION, Place: Kind.PLACE, Date: Kind.DATE,
    Span: Kind.SPAN, When: Kind.WHEN, Age: Kind.AGE, Article: Kind.ARTICLE, Custody: Kind.CUSTODY,
    Count: Kind.COUNT, Claim: Kind.CLAIM, Quote: Kind.QUOTE,
}  # fmt: skip


def read(text: str) -> Reading:
    """Return everything that is suggested for a text, in order of place.

    Time is linear in the length of the text; memory is bounded apart from the suggestions.

    Raises:
        NothingToRead: the text holds no letter.
        TextTooLong: more than LONGEST_TEXT characters.
    """
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(len(text), LONGEST_TEXT)
    story = Story(Register())
    seen = _Seen()
    suggestions: list[Suggestion] = []
    read_to = len(text)
    for block in _blocks(sentences_of(text)):
        seen.add(block)
        with _uncollected():
            suggestions.extend(_read_block(text, block, story))
        if len(suggestions) >= MOST_SUGGESTIONS:
            read_to = block[-1].end
            break
    if not seen.languages and not any(character.isalpha() for character in text):
        raise NothingToRead
    people = story.register.found()
    suggestions.sort(key=lambda one: (one.at.start, -one.at.end))
    ordered = tuple(_with_names(one, people) for one in suggestions)
    questions = tuple(questions_of(ordered, people, frozenset(seen.headings)))
    spoken = tuple(language for language, _ in seen.languages.most_common())
    return Reading(ordered, people, questions, spoken, tuple(seen.unread), read_to)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the search for cycles while a block is read.

    A block makes tens of thousands of small objects and no cycle among them; looking for cycles
    took a fifth of the time. It is paused for tenths of a second at a time, never for a whole text.
    """
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


@dataclass(slots=True)
class _Seen:
    """What kinds of sentences went by."""

    languages: Counter[str] = field(default_factory=Counter)
    unread: list[tuple[int, int]] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)

    def add(self, block: Sequence[Sentence]) -> None:
        """Note the languages of a block, what is in none of them, and where its headings begin."""
        for sentence in block:
            if sentence.heading:
                self.headings.add(sentence.start)
            if sentence.language:
                self.languages[sentence.language] += len(sentence.tokens)
            else:
                self.unread.append((sentence.start, sentence.end))


def _with_names(one: Suggestion, people: tuple[PersonFound, ...]) -> Suggestion:
    """Give speakers who are people of the text, and whom something was done to, their full name."""
    value = one.value
    if isinstance(value, Count | Claim | Custody | Quote) and value.speaker.person is not None:
        name = people[value.speaker.person].name
        value = replace(value, speaker=replace(value.speaker, name=name))
    if isinstance(value, Custody) and value.person is not None:
        value = replace(value, whom=people[value.person].name)
    return one if value is one.value else replace(one, value=value)


def _blocks(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Yield the sentences in blocks that end with a paragraph where they can."""
    block: list[Sentence] = []
    tokens = 0
    for sentence in sentences:
        full = tokens > _BLOCK_TOKENS and sentence.paragraph != block[-1].paragraph
        if full or tokens > 4 * _BLOCK_TOKENS:
            yield block
            block, tokens = [], 0
        block.append(sentence)
        tokens += len(sentence.tokens)
    if block:
        yield block


def _read_block(text: str, sentences: Sequence[Sentence], story: Story) -> Iterator[Suggestion]:
    """Yield the suggestions of a block, sentence by sentence, and then its quotations."""
    quotations = quotations_of(sentences)
    quoted = inside(sentences, quotations)
    names = names_of(text, sentences, story.register)
    drafts = [
        read_line(text, sentence, own, quoted=quoted.get(number, ()), story=story)
        for number, (sentence, own) in enumerate(zip(sentences, names, strict=True))
    ]
    attribute(drafts)
    for draft in drafts:
        for found in draft.found:
            yield _suggestion(text, draft.sentence, found)
    for quotation in quotations:
        if quotation.words < SHORTEST:
            continue
        at = Passage(quotation.start, quotation.end, text[quotation.start : quotation.end])
        speaker = quoted_by(quotation, drafts)
        own = sentences[quotation.last]
        yield Suggestion(
            Kind.QUOTE, at, "quote", speaker.confidence, Quote(at.text, speaker),
            (own.start, own.end),
        )  # fmt: skip


def _suggestion(text: str, sentence: Sentence, found: Found) -> Suggestion:
    return Suggestion(
        _KINDS[type(found.value)],
        passage(text, sentence, found.first, found.last),
        found.rule,
        found.confidence,
        found.value,
        (sentence.start, sentence.end),
    )
