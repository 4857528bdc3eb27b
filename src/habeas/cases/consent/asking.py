"""Whether somebody agreed to a use, as of a moment.

The person's own answer counts before anybody else's, however much later the others spoke; among
equals the newest counts. Whoever is held cannot be asked, so relatives and lawyers may answer for
them until they can.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from habeas.cases.consent.models import Consent
from habeas.cases.consent.words import USES
from habeas.cases.statements.models import Subject

NEVER, REFUSED, ENDED = "never", "refused", "ended"
"""Why a consent is missing: nobody was asked, somebody said no, or its time is over."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What counts for one use.

    Attributes:
        use: one of `words.USES`.
        row: the answer that counts; None where nobody answered.
        missing: empty where the use is allowed, else NEVER, REFUSED or ENDED.
    """

    use: str
    row: Consent | None
    missing: str

    @property
    def holds(self) -> bool:
        """Whether the use is allowed."""
        return not self.missing


def answers(subject: Subject, now: datetime) -> dict[str, Answer]:
    """Return what counts for every use, in the order of the list."""
    return answers_of([subject.pk], now)[subject.pk]


def answers_of(subjects: Collection[int], now: datetime) -> dict[int, dict[str, Answer]]:
    """Return what counts for every use of each subject, by its primary key."""
    rows: dict[tuple[int, str], list[Consent]] = defaultdict(list)
    for row in Consent.objects.filter(subject__in=subjects).order_by("answered_on", "pk"):
        rows[row.subject_id, row.use].append(row)
    return {
        subject: {use: _answer(use, rows.get((subject, use), []), now) for use in USES}
        for subject in subjects
    }


def _answer(use: str, rows: Iterable[Consent], now: datetime) -> Answer:
    own = others = None
    for row in rows:
        if row.role == "self":
            own = row
        else:
            others = row
    # A yes of their own that ran out is no "no": others may answer again.
    counts = others if own is None or (own.given and _over(own, now) and others) else own
    if counts is None:
        return Answer(use, None, NEVER)
    if not counts.given:
        return Answer(use, counts, REFUSED)
    return Answer(use, counts, ENDED if _over(counts, now) else "")


def _over(row: Consent, now: datetime) -> bool:
    return row.until is not None and row.until < now.date()
