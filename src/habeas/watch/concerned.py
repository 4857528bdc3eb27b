"""Whom a case may be about: persons with a match in it that nobody has ruled out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from habeas.watch.models import Decision, Match

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Concerned:
    """A person whom a case may be about."""

    person: int
    code: str


def concerned(source: str, identities: Sequence[str]) -> dict[str, set[Concerned]]:
    """Return who may be meant by cases, by identity; cases that concern nobody are left out.

    Who said "not the same" of one name in a case means the case, unless another name in it was
    found to be the person.
    """
    found: dict[str, set[Concerned]] = {}
    for start in range(0, len(identities), _CHUNK):
        matches = Match.objects.filter(
            mention__version__entry__source=source,
            mention__version__entry__identity__in=identities[start : start + _CHUNK],
            person__closed_at=None,
        )
        rows = list(
            matches.values_list(
                "pk", "person_id", "person__code", "mention__version__entry__identity"
            )
        )
        answers = answers_of(row[0] for row in rows)
        said: dict[tuple[str, Concerned], set[str]] = {}
        for pk, person, code, identity in rows:
            key = identity, Concerned(person, code)
            said.setdefault(key, set()).add(answers.get(pk, Decision.OPEN))
        for (identity, who), given in said.items():
            if Decision.SAME in given or Decision.NOT_SAME not in given:
                found.setdefault(identity, set()).add(who)
    return found


def answers_of(matches: Iterable[int]) -> dict[int, str]:
    """Return the latest answer to each match that has one."""
    wanted = list(matches)
    if not wanted:
        return {}
    decisions = Decision.objects.filter(match__in=wanted).order_by("id")
    return dict(decisions.values_list("match_id", "answer"))
