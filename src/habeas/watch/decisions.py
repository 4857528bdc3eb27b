"""What a person answers to a match. Answers are added, never changed; the latest one counts.

"Same" makes the name as printed one of the person's spellings, and has the whole past screened
with it. Taking the answer back withdraws that spelling.
"""

from datetime import datetime

from django.db import transaction

from habeas.errors import DecisionRefused
from habeas.language import _
from habeas.watch.identity import folded
from habeas.watch.models import Decision, Match, Person, Spelling
from habeas.watch.past import ask_past

_ANSWERS = frozenset({Decision.SAME, Decision.NOT_SAME, Decision.OPEN})


def decide(match: Match, answer: str, *, by: str, ground: str = "", at: datetime) -> Decision:
    """Take down a person's answer to a match.

    Args:
        match: what is answered.
        answer: `Decision.SAME`, `NOT_SAME` or `OPEN`.
        by: who answers; a name or account of the user's, never empty.
        ground: why, in their words.
        at: when (aware).

    Raises:
        DecisionRefused: the answer is none of the three, or nobody is named.
    """
    if answer not in _ANSWERS:
        raise DecisionRefused(_("{answer} is no answer").format(answer=repr(answer[:40])))
    if not by.strip():
        raise DecisionRefused(_("it does not say who decides"))
    with transaction.atomic():
        # Two answers at the same time stand in a row, or the spelling would be added twice.
        Person.objects.select_for_update().get(pk=match.person_id)
        decision = Decision.objects.create(
            match=match, answer=answer, by=by.strip()[:150], ground=ground, at=at
        )
        if answer == Decision.SAME:
            add_spelling(match.person, match.mention.printed, f"decision {decision.pk}", at)
        else:
            _withdraw(match, at)
    return decision


def current_answer(match: Match) -> str:
    """Return the latest answer, `Decision.OPEN` where there is none."""
    latest = match.decisions.order_by("-id").first()
    return latest.answer if latest is not None else Decision.OPEN


def add_spelling(person: Person, text: str, origin: str, at: datetime) -> Spelling | None:
    """Add a spelling and have the past screened with it; None if the person has it already."""
    text = " ".join(text.split())[:1000]
    known = person.spellings.filter(withdrawn_at=None).values_list("text", flat=True)
    if folded(text) in {folded(one) for one in known}:
        return None
    spelling = Spelling.objects.create(person=person, text=text, origin=origin, added_at=at)
    ask_past(person, at)
    return spelling


def _withdraw(match: Match, at: datetime) -> None:
    """Withdraw the spelling that an earlier "same" to this very match had added."""
    earlier = match.decisions.filter(answer=Decision.SAME).values_list("pk", flat=True)
    Spelling.objects.filter(
        person=match.person_id,
        withdrawn_at=None,
        origin__in=[f"decision {pk}" for pk in earlier],
    ).update(withdrawn_at=at)
