"""Short ways to take down consent in tests."""

from datetime import timedelta

from case_story import BY, NOW

from habeas.cases.consent.models import Consent
from habeas.cases.statements.models import Subject


def agreed(subject: Subject, *uses: str, given: bool = True, days_ago: int = 0) -> None:
    """Take down an answer of the family for each use."""
    for use in uses:
        Consent.objects.create(
            subject=subject,
            use=use,
            given=given,
            speaker="Сестра",
            role="family",
            manner="phone",
            answered_on=NOW.date() - timedelta(days=days_ago),
            by=BY,
            at=NOW,
        )
