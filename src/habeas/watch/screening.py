"""Compares every new printed name with every open person, and the past with every new spelling.

A name is compared once for each entry that prints it, in whatever letters: a new version of an
entry with the same names opens no match again. A case is told once for each person, and once more
where a further name in it says more. Judges, clerks and organisations are not compared.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import F

from habeas.errors import NameTooLong, NothingToCompare
from habeas.finding.looked import STANDING, Why
from habeas.names import Comparison, Matcher, Screen, Sought, Verdict
from habeas.sources.contract import Capacity
from habeas.watch.causes import Cause, CauseKind, tell
from habeas.watch.concerned import answers_of
from habeas.watch.identity import Seen, folded
from habeas.watch.models import Backlog, Decision, Match, Mention, Person
from habeas.watch.written import NewMention

if TYPE_CHECKING:
    from django.db.models import QuerySet

SKIPPED = frozenset({str(Capacity.OFFICIAL), str(Capacity.ORGANISATION)})
"""Capacities that are not compared."""
BATCH = 5000
"""Mentions of the past that are screened in one transaction."""

# Bits by which a comparison has to be stronger to be put before a person once more.
_NOTHING_NEW = 0.05
_STRENGTH = {
    str(verdict): strength
    for strength, verdict in enumerate(
        (
            Verdict.DIFFERENT,
            Verdict.CANNOT_TELL,
            Verdict.POSSIBLE,
            Verdict.LIKELY,
            Verdict.SAME,
        )
    )
}
# Asked twice in every slot, so it is one question, and each part of it is answered by an index.
_MARK = """
    SELECT
        (SELECT MAX(id) FROM watch_person),
        (SELECT COUNT(*) FROM watch_person WHERE closed_at IS NOT NULL),
        (SELECT MAX(closed_at) FROM watch_person WHERE closed_at IS NOT NULL),
        (SELECT MAX(id) FROM watch_spelling),
        (SELECT COUNT(*) FROM watch_spelling WHERE withdrawn_at IS NOT NULL),
        (SELECT MAX(withdrawn_at) FROM watch_spelling WHERE withdrawn_at IS NOT NULL)
"""
# Up to so many words a mention is one name; a longer one in running text is read as a text.
_WORDS_OF_A_NAME = 4


@dataclass(frozen=True, slots=True)
class Sighting:
    """A printed name that may be a person's: place of the name, and of the person."""

    text: int
    person: int
    comparison: Comparison


@dataclass(frozen=True)
class People:
    """The open persons at one moment, indexed for screening.

    Attributes:
        mark: changes whenever a person or a spelling is added, withdrawn or closed.
        ids: primary keys, `codes` what alerts call them, `spellings` how many each ever had.
    """

    mark: tuple[object, ...]
    ids: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    spellings: tuple[int, ...] = ()
    screen: Screen | None = None

    def sightings(self, texts: Sequence[tuple[str, str]]) -> Iterator[Sighting]:
        """Yield who may be printed in texts, each a name as printed and its capacity.

        The one door to comparing many people: whatever is faster is put in here.
        """
        if self.screen is None:
            return
        names = [printed if _is_name(printed, capacity) else "" for printed, capacity in texts]
        for hit in self.screen.rows(names):
            yield Sighting(hit.row_index, hit.person_index, hit.comparison)
        for place, (printed, _capacity) in enumerate(texts):
            if not names[place]:
                yield from self._in_text(place, printed)

    def _in_text(self, place: int, printed: str) -> Iterator[Sighting]:
        assert self.screen is not None
        best: dict[int, Comparison] = {}
        for hit in self.screen.text(printed):
            known = best.get(hit.person_index)
            if known is None or hit.comparison.bits > known.bits:
                best[hit.person_index] = hit.comparison
        for person, comparison in best.items():
            yield Sighting(place, person, comparison)


def _is_name(printed: str, capacity: str) -> bool:
    return capacity != Capacity.NAMED or len(printed.split()) <= _WORDS_OF_A_NAME


def mark_of_people() -> tuple[object, ...]:
    """Return a value that changes whenever somebody has to be screened differently."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK)
        return tuple(cursor.fetchone())


def people(known: People | None = None) -> People:
    """Return the open persons; `known` itself where nothing changed since."""
    mark = mark_of_people()
    if known is not None and known.mark == mark:
        return known
    found = _indexed(mark, Person.objects.filter(closed_at=None))
    if known is None:
        # The tables of names, now loaded, stay as long as the process; to walk them at every
        # collection of garbage would take a tenth of the time.
        gc.collect()
        gc.freeze()
    return found


def _indexed(mark: tuple[object, ...], persons: "QuerySet[Person]") -> People:
    chosen: list[tuple[Person, Sought, int]] = []
    for person in persons.order_by("id").prefetch_related("spellings"):
        every = list(person.spellings.all())
        usable = tuple(s.text for s in every if s.withdrawn_at is None and _is_comparable(s.text))
        if usable:
            chosen.append((person, Sought(usable, person.code, person.birth_year), len(every)))
    if not chosen:
        return People(mark)
    return People(
        mark,
        tuple(person.pk for person, _sought, _count in chosen),
        tuple(person.code for person, _sought, _count in chosen),
        tuple(count for _person, _sought, count in chosen),
        Screen([sought for _person, sought, _count in chosen]),
    )


def _is_comparable(text: str) -> bool:
    try:
        Matcher(Sought((text,)))
    except (NothingToCompare, NameTooLong):
        return False
    return True


def likely(entries: Sequence[Seen], who: People) -> list[Seen]:
    """Return the entries in which somebody who is sought may be named; nothing is written."""
    pairs = [
        (entry, mention)
        for entry in entries
        for mention in entry.mentions
        if mention.capacity not in SKIPPED
    ]
    texts = [(mention.printed, str(mention.capacity)) for _entry, mention in pairs]
    places = {sighting.text for sighting in who.sightings(texts)}
    return list({pairs[place][0].identity: pairs[place][0] for place in sorted(places)}.values())


# --- new mentions ----------------------------------------------------------------------------


def match(mentions: Iterable[NewMention], who: People, at: datetime) -> list[Match]:
    """Add a match for each new mention that may be somebody; tell of those not known before.

    Call it inside the transaction that added the mentions.
    """
    compared = [mention for mention in mentions if mention.capacity not in SKIPPED]
    texts = [(mention.printed, mention.capacity) for mention in compared]
    return [
        added
        for sighting in who.sightings(texts)
        if (added := _added(compared[sighting.text], sighting, who, at)) is not None
    ]


def _added(mention: NewMention, sighting: Sighting, who: People, at: datetime) -> Match | None:
    """Add one match, unless the same comparison is there already or a person has decided it."""
    person, comparison = who.ids[sighting.person], sighting.comparison
    if comparison.verdict not in STANDING:
        return None
    before = list(
        Match.objects.filter(
            person=person,
            mention__version__entry__source=mention.source,
            mention__version__entry__identity=mention.identity,
        )
        .order_by("-id")
        .annotate(entry=F("mention__version__entry_id"))
    )
    alike = [one for one in before if one.folded == folded(mention.printed)]
    here = next((one for one in alike if one.entry == mention.entry), None)
    if here is not None and not _opens_again(here, comparison, who.spellings[sighting.person]):
        return None
    made = Match.objects.create(
        person_id=person,
        mention_id=mention.pk,
        verdict=str(comparison.verdict),
        bits=round(comparison.bits, 2),
        namesakes=comparison.namesakes,
        reasons=[asdict(why) for why in _reasons(comparison)],
        spellings=who.spellings[sighting.person],
        made_at=at,
    )
    if _says_more(made, before):
        codes = (who.codes[sighting.person],)
        tell(Cause(CauseKind.MATCH, at, codes, match_id=made.pk))
    return made


def _says_more(made: Match, before: Sequence[Match]) -> bool:
    """Return whether a match is stronger than what is known of the same person in the same case.

    A name that was ruled out says nothing about another name in the case, only about itself.
    """
    answers = answers_of(one.pk for one in before)
    known = [
        _STRENGTH[one.verdict]
        for one in before
        if one.folded == made.folded or answers.get(one.pk) != Decision.NOT_SAME
    ]
    return _STRENGTH[made.verdict] > max(known, default=-1)


def _opens_again(before: Match, comparison: Comparison, spellings: int) -> bool:
    """Return whether a comparison that knows more spellings says more than the last one did."""
    if before.spellings >= spellings or comparison.bits <= before.bits + _NOTHING_NEW:
        return False
    last = Decision.objects.filter(
        match__person=before.person_id, match__mention=before.mention_id
    ).order_by("-id")
    return last.values_list("answer", flat=True).first() != Decision.SAME


def _reasons(comparison: Comparison) -> Iterator[Why]:
    for reason in comparison.reasons:
        yield Why(
            reason.part,
            reason.rule,
            reason.sought,
            reason.printed,
            round(reason.bits, 2),
            reason.sentence(),
        )


# --- the past --------------------------------------------------------------------------------


def ask_past(person: Person, at: datetime) -> Backlog:
    """Have the whole past screened for a person, from its first mention; earlier askings end."""
    Backlog.objects.filter(person=person, done_at=None).update(done_at=at)
    backlog, _made = Backlog.objects.get_or_create(
        person=person, spellings=person.spellings.count(), defaults={"asked_at": at}
    )
    return backlog


class Past:
    """Screens the past in batches; after a kill it goes on where the last batch ended."""

    def __init__(self) -> None:
        self._who = People(())

    def batch(self, at: datetime, guard: Callable[[], None] = lambda: None) -> bool:
        """Screen one batch for those who are furthest behind; return whether there is more.

        Args:
            at: now.
            guard: called first in the transaction; it raises where nothing may be written.
        """
        with transaction.atomic():
            guard()
            first = Backlog.objects.filter(done_at=None).order_by("next_mention", "id").first()
            if first is None:
                return False
            together = Backlog.objects.filter(done_at=None, next_mention=first.next_mention)
            who = self._people(sorted(together.values_list("person_id", "spellings")))
            mentions = _mentions_from(first.next_mention)
            match(mentions, who, at)
            if len(mentions) < BATCH:
                together.update(done_at=at)
            else:
                together.update(next_mention=mentions[-1].pk + 1)
        return Backlog.objects.filter(done_at=None).exists()

    def _people(self, asked: list[tuple[int, int]]) -> People:
        mark: tuple[object, ...] = (mark_of_people(), tuple(asked))
        if self._who.mark != mark:
            ids = [person for person, _spellings in asked]
            self._who = _indexed(mark, Person.objects.filter(pk__in=ids, closed_at=None))
        return self._who


def _mentions_from(first: int) -> list[NewMention]:
    """Return the next mentions that are compared, from a primary key on."""
    rows = (
        Mention.objects.filter(pk__gte=first)
        .exclude(capacity__in=SKIPPED)
        .order_by("pk")
        .values_list(
            "pk",
            "printed",
            "capacity",
            "version__entry_id",
            "version__entry__source",
            "version__entry__identity",
        )
    )
    return [NewMention(*row) for row in rows[:BATCH]]
