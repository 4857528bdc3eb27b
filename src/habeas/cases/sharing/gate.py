"""The gate: what consent an export needs, who may go, and who may not, with the reason."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from habeas.cases import features
from habeas.cases.consent.asking import Answer, answers_of
from habeas.cases.sharing.contract import Format
from habeas.cases.sharing.passed import PUBLIC, Passed

__all__ = ["PUBLIC", "PUBLIC_USES", "Judged", "Passed", "circles", "judge"]

PUBLIC_USES = ("name", "photo", "story")
"""For what is public each part has a consent of its own; what is missing is withheld."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Who may go, and who may not, by primary key of the subject; each keeps the order given."""

    passed: Mapping[int, Passed]
    refused: Mapping[int, tuple[Answer, ...]]


def circles(of: Format) -> tuple[str, ...]:
    """Return the circles of readers for whom a format may be written, the narrowest first."""
    found = [use for use in ("internal", "lawyer", "monitor", "un") if use in of.uses]
    return (*found, PUBLIC) if of.uses & set(PUBLIC_USES) else tuple(found)


def judge(subjects: Collection[int], circle: str, now: datetime) -> Judged:
    """Return who may go to a circle of readers, as of a moment.

    What is public needs consent to the name or to the story; without one of them nothing of a
    person goes, with one of them the other is withheld. Whose record has ended is in neither list.
    """
    passed: dict[int, Passed] = {}
    refused: dict[int, tuple[Answer, ...]] = {}
    for feature in features.parts("narrowing"):
        ended = feature.closed(subjects)
        subjects = [one for one in subjects if one not in ended]
    known = answers_of(subjects, now)
    for subject in subjects:
        found = known[subject]
        if circle == PUBLIC:
            uses = [found[use] for use in PUBLIC_USES]
            may_go = found["name"].holds or found["story"].holds
        else:
            uses = [found[circle]]
            may_go = found[circle].holds
        if may_go:
            passed[subject] = Passed(
                frozenset(one.use for one in uses if not one.holds),
                tuple(one.row.pk for one in uses if one.holds and one.row),
            )
        else:
            refused[subject] = tuple(one for one in uses if not one.holds)
    return Judged(passed, refused)
