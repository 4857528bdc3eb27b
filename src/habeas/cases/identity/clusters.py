"""Who is who, as far as people signed it: computed each time, so that taking a line back undoes it.

Only a signed line joins two subjects. Where one speaker says "the same" and another "not the same",
and nobody signed, they stay apart and the question stays open.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from habeas.cases.statements.models import Line, Statement, Subject

TERM = "same_as"
SAME, NOT_SAME, OPEN = "same", "not_same", "open"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Subjects that are one by signed lines.

    Attributes:
        members: their ids, the one asked about among them.
        against: pairs inside the cluster of which a signed line says that they are not the same.
    """

    members: frozenset[int]
    against: tuple[tuple[int, int], ...]


def cluster_of(subject: Subject) -> Cluster:
    """Return the subjects that are one with this one."""
    answers = signed_pairs()
    joined: dict[int, set[int]] = defaultdict(set)
    for (a, b), answer in answers.items():
        if answer == SAME:
            joined[a].add(b)
            joined[b].add(a)
    members, ahead = {subject.pk}, [subject.pk]
    while ahead:
        further = joined[ahead.pop()] - members
        members |= further
        ahead += further
    against = tuple(
        pair for pair, answer in answers.items() if answer == NOT_SAME and set(pair) <= members
    )
    return Cluster(frozenset(members), against)


def signed_pairs() -> dict[tuple[int, int], str]:
    """Return the signed answer of each pair, smaller id first; the newest line of a pair counts.

    A line whose statements were superseded or taken back says nothing any more.
    """
    newest: dict[tuple[int, int], Line] = {}
    lines = Line.objects.filter(property=TERM).prefetch_related("chosen__statement")
    for line in lines.order_by("pk"):
        if line.other_id is not None:
            a, b = sorted((line.subject_id, line.other_id))
            newest[a, b] = line
    statements = [one.statement for line in newest.values() for one in line.chosen.all()]
    void = _void(statements)
    return {pair: _answer(line, void) for pair, line in newest.items()}


def _answer(line: Line, void: set[int]) -> str:
    values = {one.statement.value for one in line.chosen.all() if one.statement_id not in void}
    return values.pop() if len(values) == 1 else OPEN


def _void(statements: Iterable[Statement]) -> set[int]:
    """Return those of some statements that are not live any more."""
    subjects = {one.subject_id for one in statements}
    rows = list(Statement.objects.filter(subject__in=subjects, property=TERM).order_by("pk"))
    from habeas.cases.statements.reading import alive

    return {one.pk for one in rows} - {one.pk for one in alive(rows)}
