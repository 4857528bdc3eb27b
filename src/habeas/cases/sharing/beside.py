"""What goes along beside statements: who was asked, and the answers on which the leaving rests."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from habeas.cases.consent.models import Consent
from habeas.cases.lookups import calling
from habeas.cases.lookups.models import LookUp
from habeas.cases.sharing.ids import public_id
from habeas.cases.sharing.outgoing import OutgoingConsent, OutgoingLookUp
from habeas.cases.sharing.passed import PUBLIC, Passed


def lookups_of(subjects: Sequence[int], circle: str) -> dict[int, tuple[OutgoingLookUp, ...]]:
    """Return the look-ups of people by subject, oldest first, without those that do not count."""
    return {
        key: tuple(_lookup(one, circle) for one in rows)
        for key, rows in calling.current_of(subjects).items()
    }


def _lookup(one: LookUp, circle: str) -> OutgoingLookUp:
    return OutgoingLookUp(
        id=public_id(circle, "lookup", one.pk),
        whom=one.whom,
        channel=one.channel,
        spelling=one.spelling,
        outcome=one.outcome,
        answer=one.answer,
        officer=one.officer,
        asked_at=one.asked_at,
    )


def consents_of(
    passed: Mapping[int, Passed], circle: str
) -> dict[int, tuple[OutgoingConsent, ...]]:
    """Return the answers on which the leaving of people rests, by subject; none to everybody.

    Who answered is not told, only what they are to the person.
    """
    if circle == PUBLIC:
        return {}
    keys = [key for one in passed.values() for key in one.consents]
    found: dict[int, list[OutgoingConsent]] = defaultdict(list)
    for row in Consent.objects.filter(pk__in=keys).order_by("pk"):
        found[row.subject_id].append(
            OutgoingConsent(
                id=public_id(circle, "consent", row.pk),
                use=row.use,
                role=row.role,
                manner=row.manner,
                answered_on=row.answered_on.isoformat(),
                until=row.until.isoformat() if row.until else "",
                note=row.note,
            )
        )
    return {key: tuple(every) for key, every in found.items()}
