"""Which documents repeat one another: near-copies, translations, and what changed on the way.

A proposal for a person to accept: five copies are one root. Copies in one language share runs of
words; translations share quotations, numbers, names and the order in which they come. Names are
compared by sound, so that a translation into another script is found too.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from habeas.reading.bounds import Bounds, Hedge
from habeas.reading.linking import link_keys
from habeas.reading.reader import read
from habeas.reading.suggestions import Article, Count, Date, Person, Reading
from habeas.reading.tally import stronger

_RUN = 5
"""Words of a run; a shared run of five words is no chance."""
_COPIED = 0.25
"""Share of its runs that a copy has from another document."""
_TOLD_ALIKE = 0.5
"""Share of its facts that a translation has from another document, in order."""
_FEWEST_FACTS = 4
_MOST_FACTS = 400
_WORD = re.compile(r"\w+")
_LONGEST_SENTENCE = 400


@dataclass(frozen=True)
class Document:
    """A document to compare.

    Attributes:
        id: the caller's own name of it.
        text: its text.
        published: the day of publication as ISO 8601, empty if unknown; tells which came first.
    """

    id: str
    text: str
    published: str = ""

    @cached_property
    def reading(self) -> Reading:
        """What was read in it."""
        return read(self.text)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Its runs of words."""
        words = _WORD.findall(self.text.lower())
        return frozenset(
            tuple(words[at : at + _RUN]) for at in range(max(0, len(words) - _RUN + 1))
        )

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """What it tells that survives a translation, in order: names by sound, numbers, dates."""
        found: list[str] = []
        for one in self.reading.suggestions:
            key = _fact(one.value)
            if key and (not found or found[-1] != key):
                found.append(key)
            if len(found) >= _MOST_FACTS:
                break
        return tuple(found)


def _fact(value: object) -> str:
    if isinstance(value, Person):
        words = value.spelling.lower().split()
        keys = sorted(min(link_keys(word, ""), default="") for word in words if len(word) > 2)
        return "name " + (keys[0] if keys else "")
    if isinstance(value, Count):
        return f"count {value.unit} {_size(value.bounds)}"
    if isinstance(value, Date):
        return f"date {value.edtf}"
    return f"article {value.article}" if isinstance(value, Article) else ""


def _size(bounds: Bounds) -> str:
    """Return the number of a count without its hedge, which changes when it is retold."""
    if bounds.hedge is Hedge.WORDS:
        return bounds.words
    if bounds.number is not None:
        return str(bounds.number)
    return f"{bounds.low}-{bounds.high}"


@dataclass(frozen=True, slots=True)
class Changed:
    """Words that differ between a copy and its root."""

    root: str
    copy: str


@dataclass(frozen=True, slots=True)
class Harder:
    """A number that the copy words more strongly than the root."""

    root: str
    copy: str


@dataclass(frozen=True)
class Kinship:
    """One document repeats another.

    Attributes:
        copy: the id of the document that came later.
        root: the id of the one that it repeats.
        kind: "copy" (shared runs of words) or "translation" (shared facts in order).
        share: how much of the copy is in the root, from 0 to 1.
        shared: what both have: quotations, names and numbers, as the copy prints them.
        changed: what was changed, word by word; empty for a translation.
        harder: numbers that the copy words more strongly.
    """

    copy: str
    root: str
    kind: str
    share: float
    shared: tuple[str, ...]
    changed: tuple[Changed, ...]
    harder: tuple[Harder, ...]


def lineage(documents: Sequence[Document]) -> list[Kinship]:
    """Return for each document the root that it repeats, if it repeats any.

    A copy of a copy has the first as its root as long as it is like that one too. The order of
    publication decides which is the root; documents without a day keep their order. A document
    without a word repeats nothing.
    """
    told = [one for one in documents if any(character.isalpha() for character in one.text)]
    ordered = sorted(enumerate(told), key=lambda pair: (pair[1].published or "9999", pair[0]))
    ranked = [document for _, document in ordered]
    by_run, by_fact = _indexes(ranked)
    found: list[Kinship] = []
    roots: dict[str, Document] = {}
    for number, document in enumerate(ranked):
        best: tuple[float, str, Document] | None = None
        for earlier in _rivals(document, number, by_run, by_fact):
            own = _likeness(document, ranked[earlier])
            if own is not None and (best is None or own[0] > best[0]):
                best = own[0], own[1], ranked[earlier]
        if best is None:
            continue
        first = roots.get(best[2].id)
        own = _likeness(document, first) if first is not None else None
        if first is not None and own is not None:
            best = own[0], own[1], first
        roots[document.id] = best[2]
        found.append(_kinship(document, best))
    return found


def _indexes(
    documents: Sequence[Document],
) -> tuple[dict[tuple[str, ...], list[int]], dict[str, list[int]]]:
    by_run: dict[tuple[str, ...], list[int]] = defaultdict(list)
    by_fact: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        for run in document.runs:
            by_run[run].append(number)
        for fact in set(document.facts):
            by_fact[fact].append(number)
    return by_run, by_fact


def _rivals(
    document: Document,
    number: int,
    by_run: dict[tuple[str, ...], list[int]],
    by_fact: dict[str, list[int]],
) -> list[int]:
    """Return the earlier documents that share most with one, at most ten."""
    shared: Counter[int] = Counter()
    for run in document.runs:
        shared.update(n for n in by_run[run] if n < number)
    for fact in set(document.facts):
        shared.update({n: 5 for n in by_fact[fact] if n < number})
    return [one for one, _ in shared.most_common(10)]


def _likeness(document: Document, root: Document) -> tuple[float, str] | None:
    """Return how much of a document is in another one, and of what kind that is."""
    common = len(document.runs & root.runs)
    smaller = min(len(document.runs), len(root.runs)) or 1
    if common / smaller >= _COPIED:
        return common / smaller, "copy"
    facts, others = document.facts, root.facts
    if min(len(facts), len(others)) < _FEWEST_FACTS:
        return None
    matcher = SequenceMatcher(None, facts, others, autojunk=False)
    told = sum(block.size for block in matcher.get_matching_blocks())
    share = told / min(len(facts), len(others))
    return (share, "translation") if share >= _TOLD_ALIKE else None


def _kinship(document: Document, best: tuple[float, str, Document]) -> Kinship:
    share, kind, root = best
    return Kinship(
        document.id,
        root.id,
        kind,
        round(share, 3),
        _shared(document, root),
        tuple(changed_words(document.text, root.text)) if kind == "copy" else (),
        tuple(_harder(document, root)),
    )


def _shared(document: Document, root: Document) -> tuple[str, ...]:
    theirs = set(root.facts)
    found: dict[str, None] = {}
    for one in document.reading.suggestions:
        if _fact(one.value) in theirs:
            found.setdefault(one.at.text)
    return tuple(found)[:20]


def _harder(document: Document, root: Document) -> list[Harder]:
    """Return the counts that share a number with one of the root, and say more about it."""
    by_number = {
        (one.value.unit, _size(one.value.bounds)): one
        for one in root.reading.suggestions
        if isinstance(one.value, Count)
    }
    found = []
    for one in document.reading.suggestions:
        if not isinstance(one.value, Count):
            continue
        other = by_number.get((one.value.unit, _size(one.value.bounds)))
        if other is None or not isinstance(other.value, Count):
            continue
        if stronger(one.value.bounds, other.value.bounds):
            found.append(Harder(other.at.text, one.at.text))
    return found


def changed_words(copy: str, root: str) -> list[Changed]:
    """Return what differs between the sentences of a copy and those of its root, word by word.

    Sentences are paired by the runs of words that they share; a sentence without a partner is left
    out, since it was added and not changed.
    """
    theirs = [sentence.split() for sentence in _sentences(root)]
    by_run: dict[tuple[str, ...], int] = {}
    for number, words in enumerate(theirs):
        for run in _runs(words):
            by_run.setdefault(run, number)
    found: list[Changed] = []
    for sentence in _sentences(copy):
        words = sentence.split()
        partners = Counter(by_run[run] for run in _runs(words) if run in by_run)
        if not partners:
            continue
        found.extend(_difference(theirs[partners.most_common(1)[0][0]], words))
    return found


def _sentences(text: str) -> list[str]:
    from habeas.reading.sentences import sentences_of

    return [
        text[one.start : one.end]
        for one in sentences_of(text)
        if len(one.tokens) < _LONGEST_SENTENCE
    ]


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    plain = [word.lower().strip(".,;:!?«»“”\"'()") for word in words]
    return [tuple(plain[at : at + 3]) for at in range(max(0, len(plain) - 2))]


def _difference(root: list[str], copy: list[str]) -> list[Changed]:
    matcher = SequenceMatcher(None, root, copy, autojunk=False)
    return [
        Changed(" ".join(root[a:b]), " ".join(copy[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]
