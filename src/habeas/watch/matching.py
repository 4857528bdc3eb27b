"""Adds matches for printed names, and tells of those that say something new.

A name is compared once for each entry that prints it, in whatever letters: a new version of an
entry with the same names opens no match again. A case is told once for each person, and once more
where a further name in it says more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from habeas.finding.looked import STANDING, Why
from habeas.names import Comparison, Verdict
from habeas.watch.bulk import any_of, as_json, as_time, insert, many, rows
from habeas.watch.causes import Cause, CauseKind, tell
from habeas.watch.concerned import answers_of
from habeas.watch.identity import folded
from habeas.watch.models import Decision, Match
from habeas.watch.screening import SKIPPED, People, Screened, Sighting
from habeas.watch.written import NewMatch, NewMention

# Bits by which a comparison has to be stronger to be put before a person once more.
_NOTHING_NEW = 0.05
_LONGEST_NAME = 1000
_STRENGTH = {
    str(verdict): strength
    for strength, verdict in enumerate(
        (Verdict.DIFFERENT, Verdict.CANNOT_TELL, Verdict.POSSIBLE, Verdict.LIKELY, Verdict.SAME)
    )
}
_COLUMNS = (
    "person_id", "mention_id", "folded", "verdict", "bits", "namesakes", "reasons", "spellings",
    "made_at",
)  # fmt: skip
_BEFORE = """
    SELECT
        entry.source, entry.identity, guess.person_id, guess.id, guess.folded, guess.verdict,
        guess.bits, guess.spellings, entry.id
    FROM watch_entry AS entry
    JOIN watch_version AS version ON version.entry_id = entry.id
    JOIN watch_mention AS mention ON mention.version_id = version.id
    JOIN watch_match AS guess ON guess.mention_id = mention.id
    WHERE {cases} AND {people} ORDER BY guess.id
"""


@dataclass(frozen=True, slots=True)
class _Known:
    """A match that there is already, of some person in some case."""

    pk: int
    folded: str
    verdict: str
    bits: float
    spellings: int
    entry: int


def match(mentions: Iterable[NewMention], screened: Screened, at: datetime) -> list[NewMatch]:
    """Add a match for each mention that may be somebody; tell of those that say something new.

    Call it inside the transaction that added the mentions.
    """
    compared = [mention for mention in mentions if mention.capacity not in SKIPPED]
    texts = [(mention.printed, mention.capacity) for mention in compared]
    seen = [
        (compared[sighting.text], sighting)
        for sighting in screened.sightings(texts)
        if sighting.comparison.verdict in STANDING
    ]
    if not seen:
        return []
    matcher = _Matcher(screened.who, _Before(seen, screened.who), at)
    for mention, sighting in seen:
        matcher.take(mention, sighting)
    return matcher.write()


class _Before:
    """What is known of the persons in the cases that are at hand, oldest first."""

    def __init__(self, seen: Sequence[tuple[NewMention, Sighting]], who: People) -> None:
        self._known: defaultdict[tuple[str, str, int], list[_Known]] = defaultdict(list)
        cases = {mention.identity for mention, _sighting in seen}
        people = {who.ids[sighting.person] for _mention, sighting in seen}
        statement = _BEFORE.format(cases=any_of("entry.identity"), people=any_of("guess.person_id"))
        for source, identity, person, *known in rows(statement, [many(cases), many(people)]):
            self._known[source, identity, person].append(_Known(*known))
        self._answers = answers_of(one.pk for matches in self._known.values() for one in matches)

    def of(self, mention: NewMention, person: int) -> list[_Known]:
        """Return the matches of a person in the case of a mention; what is added to it stays."""
        return self._known[mention.source, mention.identity, person]

    def answer(self, known: _Known) -> str:
        """Return what a person said of a match."""
        return self._answers.get(known.pk, Decision.OPEN)


class _Matcher:
    """Gathers what is to be added."""

    def __init__(self, who: People, before: _Before, at: datetime) -> None:
        self._who = who
        self._before = before
        self._at = at
        self._rows: list[tuple[object, ...]] = []
        self._made: list[NewMatch] = []

    def take(self, mention: NewMention, sighting: Sighting) -> None:
        """Add one match, unless the same comparison is there already or a person has decided it."""
        person, comparison = self._who.ids[sighting.person], sighting.comparison
        name = folded(mention.printed)[:_LONGEST_NAME]
        known = self._before.of(mention, person)
        new = _Known(
            0,
            name,
            str(comparison.verdict),
            round(float(comparison.bits), 2),
            self._who.spellings[sighting.person],
            mention.entry,
        )
        alike = [one for one in known if one.folded == name]
        here = next((one for one in reversed(alike) if one.entry == mention.entry), None)
        if here is not None and not self._opens_again(here, new, alike):
            return
        code = self._who.codes[sighting.person]
        first = not known
        says_more = self._says_more(new, known)
        known.append(new)
        self._rows.append(self._row(mention, person, new, comparison))
        self._made.append(NewMatch(0, person, code, mention.identity, first, says_more))

    def _row(
        self, mention: NewMention, person: int, new: _Known, comparison: Comparison
    ) -> tuple[object, ...]:
        reasons = [asdict(why) for why in _reasons(comparison)]
        return (
            person, mention.pk, new.folded, new.verdict, new.bits, float(comparison.namesakes),
            as_json(reasons), new.spellings, as_time(self._at),
        )  # fmt: skip

    def write(self) -> list[NewMatch]:
        """Add the rows, and tell."""
        keys = insert(Match, _COLUMNS, self._rows)
        made = [one.with_key(key) for one, key in zip(self._made, keys, strict=True)]
        tell(
            Cause(CauseKind.MATCH, self._at, (one.code,), match_id=one.pk)
            for one in made
            if one.says_more
        )
        return made

    def _opens_again(self, before: _Known, new: _Known, alike: Iterable[_Known]) -> bool:
        """Return whether a comparison that knows more spellings says more than the last one did."""
        if before.spellings >= new.spellings or new.bits <= before.bits + _NOTHING_NEW:
            return False
        return all(self._before.answer(one) != Decision.SAME for one in alike)

    def _says_more(self, new: _Known, known: Iterable[_Known]) -> bool:
        """Return whether a match is stronger than what is known of that person in that case.

        A name that was ruled out says nothing about another name in the case, only about itself.
        """
        strengths = [
            _STRENGTH[one.verdict]
            for one in known
            if one.folded == new.folded or self._before.answer(one) != Decision.NOT_SAME
        ]
        return _STRENGTH[new.verdict] > max(strengths, default=-1)


def _reasons(comparison: Comparison) -> Iterator[Why]:
    for reason in comparison.reasons:
        yield Why(
            reason.part,
            reason.rule,
            reason.sought,
            reason.printed,
            round(float(reason.bits), 2),
            reason.sentence(),
        )
