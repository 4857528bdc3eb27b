"""Whom a case may be about: persons with a match in it that nobody has ruled out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from habeas.watch.bulk import any_of, many, rows
from habeas.watch.models import Decision

_MATCHED = """
    SELECT guess.id, person.id, person.code, entry.identity
    FROM watch_entry AS entry
    JOIN watch_version AS version ON version.entry_id = entry.id
    JOIN watch_mention AS mention ON mention.version_id = version.id
    JOIN watch_match AS guess ON guess.mention_id = mention.id
    JOIN watch_person AS person ON person.id = guess.person_id
    WHERE entry.source = %s AND {cases} AND person.closed_at IS NULL
"""


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
    if not identities:
        return {}
    matches = rows(_MATCHED.format(cases=any_of("entry.identity")), [source, many(identities)])
    answers = answers_of(match for match, *_whose in matches)
    said: dict[tuple[str, Concerned], set[str]] = {}
    for match, person, code, identity in matches:
        key = identity, Concerned(person, code)
        said.setdefault(key, set()).add(answers.get(match, Decision.OPEN))
    found: dict[str, set[Concerned]] = {}
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
