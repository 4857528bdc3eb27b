"""How suggestions compare with the annotations: hits, extras and misses per kind.

A finding counts as right if it stands where the annotation stands and says the same; what "the
same" means is written at each kind. Nothing is counted twice.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from benchmarks.reading.annotated import Annotated, Mark

from habeas.reading import Kind, Reading, Suggestion
from habeas.reading.bounds import Bounds, Hedge
from habeas.reading.suggestions import (
    Article,
    Claim,
    Count,
    Custody,
    Date,
    Quote,
    Said,
    Speaker,
    SpeakerKind,
)

Span = tuple[int, int]


@dataclass
class Tally:
    """Hits, extras and misses of one kind."""

    hits: int = 0
    extras: int = 0
    misses: int = 0

    @property
    def precision(self) -> float:
        """The share of what was suggested that is right; 1 where nothing was suggested."""
        said = self.hits + self.extras
        return self.hits / said if said else 1.0

    @property
    def recall(self) -> float:
        """The share of what is annotated that was found; 1 where nothing is."""
        there = self.hits + self.misses
        return self.hits / there if there else 1.0

    def add(self, other: "Tally") -> None:
        """Add the counts of another tally."""
        self.hits += other.hits
        self.extras += other.extras
        self.misses += other.misses


@dataclass
class Scored:
    """The tallies of one text, and what went wrong, for the tuning half only."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    wrong: list[str] = field(default_factory=list)


def score(annotated: Annotated, reading: Reading) -> Scored:
    """Return how a reading compares with the annotation of its text."""
    scored = Scored()
    full = annotated.lang in {"en", "ru", "tg", "uz"}
    _dates(annotated, reading, scored)
    _counts(annotated, reading, scored)
    _claims(annotated, reading, scored, accusations_only=not full)
    if not full:
        return scored
    _names(annotated, reading, scored)
    _bodies(annotated, reading, scored)
    _linked(annotated, reading, scored)
    _simple(annotated, reading, scored)
    return scored


Same = Callable[[Mark, Suggestion], bool]


def _match(
    scored: Scored,
    kind: str,
    text: str,
    both: tuple[list[tuple[Mark, Span]], list[Suggestion]],
    same: Same,
) -> list[tuple[Mark, Suggestion]]:
    """Pair annotations with suggestions that stand on the same words and say the same."""
    wanted, found = list(both[0]), list(both[1])
    tally = scored.tallies[kind]
    pairs: list[tuple[Mark, Suggestion]] = []
    for mark, span in wanted:
        hit = next((one for one in found if _touch(span, one) and same(mark, one)), None)
        if hit is None:
            tally.misses += 1
            scored.wrong.append(
                f"missed {kind}: {text[span[0] : span[1]]!r} {mark.value} {mark.by}"
            )
            continue
        tally.hits += 1
        found.remove(hit)
        pairs.append((mark, hit))
    for one in found:
        tally.extras += 1
        scored.wrong.append(f"extra {kind}: {one.at.text!r} {one.rule} {_said(one)}")
    return pairs


def _said(one: Suggestion) -> str:
    value = one.value
    if isinstance(value, Count):
        return f"{written(value)} {value.unit}"
    if isinstance(value, Claim):
        return f"{value.said} by {value.speaker.name or value.speaker.kind}"
    if isinstance(value, Date):
        return value.edtf
    return value.event if isinstance(value, Custody) else ""


def _touch(span: Span, one: Suggestion) -> bool:
    return span[0] < one.at.end and one.at.start < span[1]


def _spans(annotated: Annotated, kind: str) -> list[tuple[Mark, Span]]:
    return [(mark, span) for mark in annotated.of(kind) for span in mark.spans]


def _dates(annotated: Annotated, reading: Reading, scored: Scored) -> None:
    def same(mark: Mark, one: Suggestion) -> bool:
        return isinstance(one.value, Date) and one.value.edtf == mark.value[0]

    found = list(reading.of(Kind.DATE))
    _match(scored, "dates", annotated.text, (_spans(annotated, "date"), found), same)
    # A year that the text does not print at that place is worse than a date missed.
    scored.tallies["invented years"].extras += sum(
        1
        for one in found
        if isinstance(one.value, Date)
        and (year := re.match(r"\d{4}", one.value.edtf))
        and year.group() not in one.at.text
    )


def written(count: Count) -> str:
    """Return the bounds of a count as the annotations write them."""
    total = f" of {_bounds(count.total)}" if count.total is not None else ""
    return _bounds(count.bounds) + total


def _bounds(bounds: Bounds) -> str:
    if bounds.hedge is Hedge.WORDS:
        return "words"
    if bounds.hedge is Hedge.ABOUT:
        return f"~{bounds.number}"
    low, high = bounds.low, bounds.high
    if low is not None and high is not None:
        return f"={low}" if low == high else f"{low}..{high}"
    return f"{low}+" if low is not None else f"..{high}"


def _counts(annotated: Annotated, reading: Reading, scored: Scored) -> None:
    def same(mark: Mark, one: Suggestion) -> bool:
        value = one.value
        return (
            isinstance(value, Count)
            and written(value) == mark.value[0]
            and value.unit == mark.value[1]
        )

    found = list(reading.of(Kind.COUNT))
    pairs = _match(scored, "counts", annotated.text, (_spans(annotated, "count"), found), same)
    tally = scored.tallies["attribution"]
    for mark, one in pairs:
        assert isinstance(one.value, Count)
        _attributed(scored, tally, mark, one.value.speaker, annotated.text)


def _attributed(scored: Scored, tally: Tally, mark: Mark, speaker: Speaker, text: str) -> None:
    """Count a speaker: named where one is annotated, and the same; otherwise none."""
    named = speaker.kind is SpeakerKind.NAMED
    wanted = mark.by not in {"-", "not named", ""}
    if named and wanted and same_speaker(mark.by, speaker.name):
        tally.hits += 1
        return
    if named:
        tally.extras += 1
    if wanted:
        tally.misses += 1
    if named or wanted:
        start, end = mark.spans[0]
        scored.wrong.append(
            f"speaker of {text[start:end]!r}: {speaker.name or speaker.kind}, not {mark.by}"
        )


def same_speaker(one: str, other: str) -> bool:
    """Return whether two descriptions of a speaker share a word of four letters or more.

    Words are compared by their first five letters, so that case endings do not matter.
    """
    return bool(_stems(one) & _stems(other))


def _stems(text: str) -> set[str]:
    plain = re.sub(r"\b(?:l|d|dell|all|un)['’]", " ", text.lower())
    words = re.findall(r"[^\W\d_]+(?:['’‘ʻ-][^\W\d_]+)*", plain)
    return {
        word[:5] for word in words if len(word) > 2 and word not in {"the", "его", "her", "his"}
    }


def _claims(
    annotated: Annotated, reading: Reading, scored: Scored, *, accusations_only: bool
) -> None:
    accused = [pair for pair in _spans(annotated, "claim") if pair[0].value[0] == Said.ACCUSES]
    found = [one for one in reading.of(Kind.CLAIM) if isinstance(one.value, Claim)]
    accusing = [one for one in found if isinstance(one.value, Claim) and one.value.alleged]
    pairs = _match(scored, "accusations", annotated.text, (accused, accusing), lambda *_: True)
    for mark, one in pairs:
        assert isinstance(one.value, Claim)
        _attributed(scored, scored.tallies["attribution"], mark, one.value.speaker, annotated.text)
        _attributed(Scored(), scored.tallies["accusers"], mark, one.value.speaker, annotated.text)
    if accusations_only:
        return

    def same(mark: Mark, one: Suggestion) -> bool:
        value = one.value
        return (
            isinstance(value, Claim)
            and value.said == mark.value[0]
            and (value.speaker.person is not None or same_speaker(mark.by, value.speaker.name))
            and _is_speaker(annotated, mark.by, value.speaker)
        )

    others = [pair for pair in _spans(annotated, "claim") if pair[0].value[0] != Said.ACCUSES]
    rest = [one for one in found if isinstance(one.value, Claim) and not one.value.alleged]
    _match(scored, "claims", annotated.text, (others, rest), same)


def _is_speaker(annotated: Annotated, by: str, speaker: Speaker) -> bool:
    """Return whether a speaker is the annotated one, in any spelling that the text gives."""
    if same_speaker(by, speaker.name):
        return True
    groups = [group for group in annotated.people if any(same_speaker(by, one) for one in group)]
    return any(same_speaker(one, speaker.name) for group in groups for one in group)


def _names(annotated: Annotated, reading: Reading, scored: Scored) -> None:
    """Names of people: every place where one stands, exactly."""
    wanted = {span for _, span in _spans(annotated, "person")}
    found = {(one.at.start, one.at.end) for one in reading.of(Kind.PERSON)}
    tally = scored.tallies["names"]
    tally.hits += len(wanted & found)
    tally.misses += len(wanted - found)
    tally.extras += len(found - wanted)
    for start, end in wanted - found:
        scored.wrong.append(f"missed name: {annotated.text[start:end]!r}")
    for start, end in found - wanted:
        scored.wrong.append(f"extra name: {annotated.text[start:end]!r}")


def _linked(annotated: Annotated, reading: Reading, scored: Scored) -> None:
    """Pairs of spellings that are one person's."""

    def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
        return {(one, other) for group in groups for one in group for other in group if one < other}

    wanted = pairs(annotated.people)
    found = pairs(person.spellings for person in reading.people)
    tally = scored.tallies["spellings linked"]
    tally.hits += len(wanted & found)
    tally.misses += len(wanted - found)
    tally.extras += len(found - wanted)
    scored.wrong += [f"not linked: {pair}" for pair in wanted - found]
    scored.wrong += [f"wrongly linked: {pair}" for pair in found - wanted]


def _bodies(annotated: Annotated, reading: Reading, scored: Scored) -> None:
    """Organisations and places: the same words, or some of them."""
    for kind, name, own in (
        (Kind.ORGANISATION, "organisations", "org"),
        (Kind.PLACE, "places", "place"),
    ):
        wanted = _spans(annotated, own)
        found = list(reading.of(kind))
        tally = scored.tallies[name]
        for mark, span in wanted:
            if any(_touch(span, one) for one in found):
                tally.hits += 1
            else:
                tally.misses += 1
                scored.wrong.append(f"missed {name}: {mark.words!r}")
        for one in found:
            if not any(_touch(span, one) for _, span in wanted):
                tally.extras += 1
                scored.wrong.append(f"extra {name}: {one.at.text!r} {one.rule}")


def _simple(annotated: Annotated, reading: Reading, scored: Scored) -> None:
    text = annotated.text

    def article(mark: Mark, one: Suggestion) -> bool:
        value = one.value
        if not isinstance(value, Article):
            return False
        code, number, part = mark.value
        return (value.article, value.part) == (number, part) and (
            not code or not value.code or code.startswith(value.code)
        )

    # The annotations name the first article of a list; its others are neither right nor wrong.
    wanted = _spans(annotated, "article")
    firsts = [
        one
        for one in reading.of(Kind.ARTICLE)
        if not any(_touch(span, one) for _, span in wanted)
        or any(_touch(span, one) and article(mark, one) for mark, span in wanted)
        or not any(
            _touch(span, other) and article(mark, other)
            for mark, span in wanted
            if _touch(span, one)
            for other in reading.of(Kind.ARTICLE)
        )
    ]
    _match(scored, "articles", text, (wanted, firsts), article)

    def event(mark: Mark, one: Suggestion) -> bool:
        return isinstance(one.value, Custody) and one.value.event == mark.value[0]

    custody = (_spans(annotated, "custody"), list(reading.of(Kind.CUSTODY)))
    _match(scored, "custody", text, custody, event)

    def quote(mark: Mark, one: Suggestion) -> bool:
        value = one.value
        return isinstance(value, Quote) and _is_speaker(annotated, mark.by, value.speaker)

    quotes = (_spans(annotated, "quote"), list(reading.of(Kind.QUOTE)))
    _match(scored, "quotes", text, quotes, quote)


# Peers, measured on what they claim to do.


def names_of_peer(annotated: Annotated, found: list[list[object]], tally: Tally) -> None:
    """Count the names that a peer finds: the same letters, from first to last."""
    wanted = {span for _, span in _spans(annotated, "person")}
    theirs = {(int(str(one[0])), int(str(one[1]))) for one in found}
    tally.hits += len(wanted & theirs)
    tally.misses += len(wanted - theirs)
    tally.extras += len(theirs - wanted)


def _days(annotated: Annotated) -> list[tuple[Span, str]]:
    """Return the annotated dates whose day, month and year are printed."""
    days = [(span, mark.value[0]) for mark, span in _spans(annotated, "date")]
    return [(span, edtf) for span, edtf in days if re.fullmatch(r"\d{4}-\d\d-\d\d", edtf)]


def dates_of_peer(annotated: Annotated, found: list[list[object]], tally: Tally) -> int:
    """Count the days that a peer finds; return how many years it gives that are not printed."""
    days = [((int(str(one[0])), int(str(one[1]))), str(one[2])) for one in found]
    text = annotated.text
    invented = sum(day[:4] not in text[start:end] for (start, end), day in days)
    # "2019" alone is given a day as well; such days neither count for a tool nor against it.
    printed = [
        ((start, end), day)
        for (start, end), day in days
        if day[:4] in (words := text[start:end]) and re.search(rf"\b0?{int(day[8:])}\b", words)
    ]
    _count_days(_days(annotated), printed, tally)
    return invented


def days_of_reading(annotated: Annotated, reading: Reading, tally: Tally) -> int:
    """Count the days of a reading as those of a peer are counted."""
    found = [
        [one.at.start, one.at.end, one.value.edtf]
        for one in reading.of(Kind.DATE)
        if isinstance(one.value, Date) and re.fullmatch(r"\d{4}-\d\d-\d\d", one.value.edtf)
    ]
    return dates_of_peer(annotated, [list[object](one) for one in found], tally)


def _count_days(
    wanted: list[tuple[Span, str]], found: list[tuple[Span, str]], tally: Tally
) -> None:
    left = list(found)
    for span, edtf in wanted:
        hit = next(
            (f for f in left if f[0][0] < span[1] and span[0] < f[0][1] and f[1] == edtf), None
        )
        if hit is None:
            tally.misses += 1
        else:
            left.remove(hit)
            tally.hits += 1
    tally.extras += len(left)
