"""What is said of a subject now: live statements, side by side, with what supports each.

Nothing here is kept. A statement is live while no live statement supersedes or retracts it. Support
counts once what shares a speaker, or a document at the root of its copies: ten newspapers that
quote one prosecutor are one.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

from habeas.cases.statements import when
from habeas.cases.statements.models import Derivation, Line, Statement, Subject
from habeas.cases.statements.properties import TIME, Property, known
from habeas.cases.statements.words import CERTAINTIES, CIRCLES

SignedLines: TypeAlias = dict[tuple[str, int | None], tuple[Line, frozenset[int]]]
"""The newest line of each property (and second subject), with the statements it shows."""

_RANK = {key: rank for rank, key in enumerate(reversed(list(CERTAINTIES)))} | {"unknown": 2}
OURS = ("internal", "lawyer")
"""Circles to which our own work goes, such as who was asked."""
_CIRCLES = {key: rank for rank, key in enumerate(CIRCLES)}


@dataclass(frozen=True, slots=True)
class Circle:
    """For whom is read, and which statements were left out because fewer people may see them."""

    key: str
    left_out: set[int] = field(default_factory=set)

    def holds(self, row: Statement) -> bool:
        """Whether these people may see a statement; one that they may not see is noted."""
        if _CIRCLES.get(row.visibility, 0) >= _CIRCLES[self.key]:
            return True
        self.left_out.add(row.pk)
        return False


_circle: ContextVar[Circle | None] = ContextVar("circle", default=None)


@contextmanager
def shown_to(key: str) -> Iterator[Circle]:
    """Read, inside, only what a circle of people may see; a narrower statement is left out.

    What a left-out statement supersedes stays out as well: it is known to be outdated.
    """
    circle = Circle(key)
    token = _circle.set(circle)
    try:
        yield circle
    finally:
        _circle.reset(token)


def own_work_is_shown() -> bool:
    """Return whether our own work, such as who was asked, goes to those who are read for."""
    circle = _circle.get()
    return circle is None or circle.key in OURS


@dataclass(frozen=True, slots=True)
class Version:
    """One value, and everybody who says so.

    Attributes:
        independent: how many of the statements rest on different speakers and different documents.
    """

    value: str
    statements: tuple[Statement, ...]
    independent: int

    @property
    def newest(self) -> Statement:
        """The statement that was said last."""
        return max(self.statements, key=lambda one: (one.said_by, one.pk))


@dataclass(frozen=True, slots=True)
class Question:
    """A property of a subject, with every value that is said of it.

    Attributes:
        of: the property.
        other: the second subject, for statements about two.
        versions: the strongest first.
        disputed: whether some values exclude each other.
        line: what a person signed; None where nobody did.
        current: the version to show first: the signed one, else the proposed one.
    """

    of: Property
    other: Subject | None
    versions: tuple[Version, ...]
    disputed: bool
    line: Line | None
    current: tuple[Version, ...]

    @property
    def beside(self) -> tuple[Version, ...]:
        """The versions that are not shown first, but always shown."""
        return tuple(one for one in self.versions if one not in self.current)

    @property
    def signed(self) -> bool:
        """Whether a person chose what is shown first."""
        return self.line is not None

    @property
    def unread(self) -> int:
        """How many statements came after the line was signed."""
        if self.line is None:
            return 0
        at = self.line.at
        return sum(one.recorded_at > at for version in self.versions for one in version.statements)


def live(subject: Subject, *properties: str) -> list[Statement]:
    """Return the live statements of a subject, in the order in which they were taken down."""
    wanted = Statement.objects.filter(subject=subject)
    if properties:
        wanted = wanted.filter(property__in=properties)
    rows = list(wanted.select_related("document", "other__person").order_by("pk"))
    return alive(rows)


def alive(rows: Sequence[Statement]) -> list[Statement]:
    """Return those that nothing live supersedes or retracts; retractions themselves say nothing.

    A row refers to older rows only, so one pass from the newest settles all of them: what retracts
    a retraction brings back what was retracted.
    """
    void: set[int] = set()
    for row in reversed(rows):
        if row.pk not in void:
            void |= {pk for pk in (row.supersedes_id, row.retracts_id) if pk}
    found = [row for row in rows if row.pk not in void and row.retracts_id is None]
    circle = _circle.get()
    return found if circle is None else [row for row in found if circle.holds(row)]


def questions(subject: Subject, *properties: str) -> list[Question]:
    """Return what is said of a subject, property by property, in the order first said."""
    rows = live(subject, *properties)
    roots = roots_of({row.document_id for row in rows if row.document_id})
    return questions_of(rows, roots, signed_lines(subject))


def questions_of(
    rows: Iterable[Statement], roots: dict[int, frozenset[int]], lines: SignedLines
) -> list[Question]:
    """Return live statements of one subject as questions, in the order first said."""
    grouped: dict[tuple[str, int | None], list[Statement]] = defaultdict(list)
    for row in rows:
        grouped[row.property, row.other_id].append(row)
    return [question(group, roots, lines) for group in grouped.values()]


def question(
    rows: Sequence[Statement],
    roots: dict[int, frozenset[int]],
    lines: SignedLines,
) -> Question:
    """Return live statements of one property as a question."""
    first = rows[0]
    of = known(first.property)
    by_value: dict[str, list[Statement]] = defaultdict(list)
    for row in rows:
        by_value[" ".join(row.value.split()).casefold()].append(row)
    versions = sorted(
        (
            Version(group[0].value, tuple(group), independent(group, roots))
            for group in by_value.values()
        ),
        key=_strength,
        reverse=True,
    )
    line, chosen = lines.get((first.property, first.other_id), (None, frozenset()))
    current = tuple(
        one for one in versions if any(statement.pk in chosen for statement in one.statements)
    )
    if not current:
        line = None
        current = tuple(versions[:1] if of.single else versions)
    return Question(of, first.other, tuple(versions), _disputed(of, versions), line, current)


def _strength(version: Version) -> tuple[int, int, float]:
    certainty = max(_RANK.get(one.certainty, 0) for one in version.statements)
    return version.independent, certainty, version.newest.said_by.timestamp()


def _disputed(of: Property, versions: Sequence[Version]) -> bool:
    """Whether two values exclude each other; inexact times that overlap do not."""
    if not of.single or len(versions) < 2:
        return False
    if of.kind != TIME:
        return True
    return any(not _one_time(a.value, b.value) for a, b in combinations(versions, 2))


def _one_time(one: str, other: str) -> bool:
    try:
        return when.may_be_one(one, other)
    except when.NotATime:
        return False


def signed_lines(subject: Subject) -> SignedLines:
    """Return the newest line of each property, with the ids of the statements it shows."""
    return those_seen(signed_lines_of([subject.pk]).get(subject.pk, {}))


def signed_lines_of(subjects: Collection[int]) -> dict[int, SignedLines]:
    """Return the newest line of each property, by subject; for whom is read is not asked yet."""
    found: dict[int, SignedLines] = defaultdict(dict)
    every = Line.objects.filter(subject__in=subjects).prefetch_related("chosen__statement")
    for line in every.order_by("pk"):
        chosen = frozenset(one.statement_id for one in line.chosen.all())
        found[line.subject_id][line.property, line.other_id] = (line, chosen)
    return found


def those_seen(found: SignedLines) -> SignedLines:
    """Return the lines that those who are read for may see.

    The reason for a line may tell of a statement that they may not see.
    """
    circle = _circle.get()
    if circle is None:
        return found
    return {
        key: (line, chosen)
        for key, (line, chosen) in found.items()
        if all(circle.holds(one.statement) for one in line.chosen.all())
    }


def independent(rows: Iterable[Statement], roots: dict[int, frozenset[int]]) -> int:
    """Return how many statements are left when those that share a speaker or a root count once."""
    clusters: list[set[Hashable]] = []
    for row in rows:
        keys: set[Hashable] = {("speaker", row.speaker.casefold())}
        if row.document_id:
            keys |= {("root", root) for root in roots.get(row.document_id, {row.document_id})}
        touching = [cluster for cluster in clusters if cluster & keys]
        clusters = [cluster for cluster in clusters if not cluster & keys]
        clusters.append(keys.union(*touching))
    return len(clusters)


def roots_of(documents: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return the documents that each one goes back to: itself where it repeats none.

    Documents that repeat each other in a circle have one root together: the smallest id.
    """
    wanted = set(documents)
    originals = _originals(wanted)
    return {one: _climb(one, originals) for one in wanted}


def _originals(wanted: set[int]) -> dict[int, set[int]]:
    known_of: dict[int, set[int]] = {}
    ahead = set(wanted)
    while ahead:
        answers: dict[tuple[int, int], bool] = {}
        for copy, original, holds in (
            Derivation.objects.filter(copy__in=ahead)
            .order_by("pk")
            .values_list("copy_id", "original_id", "holds")
        ):
            answers[copy, original] = holds
        known_of |= {one: set() for one in ahead}
        for (copy, original), holds in answers.items():
            if holds:
                known_of[copy].add(original)
        ahead = {one for found in known_of.values() for one in found} - set(known_of)
    return known_of


def _climb(start: int, originals: dict[int, set[int]]) -> frozenset[int]:
    seen, ahead = {start}, [start]
    roots: set[int] = set()
    while ahead:
        one = ahead.pop()
        further = originals.get(one, set())
        if not further:
            roots.add(one)
        ahead += [each for each in further if each not in seen]
        seen |= further
    return frozenset(roots or {min(seen)})
