"""Consent on a person's page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as later

from habeas.cases.consent import asking
from habeas.cases.consent.models import Consent
from habeas.cases.consent.words import MANNERS, USES
from habeas.cases.statements.models import Subject
from habeas.watch.pages.words import Sign

ANCHOR, TITLE = "consent", later("Consent")
ORDER = 70
TEMPLATE = "consent/section.html"
KINDS = (Subject.PERSON,)

STANDING: Mapping[str, Sign] = {
    "": Sign(later("agreed"), "✓", "strong"),
    asking.NEVER: Sign(later("nobody was asked"), "?", "half"),
    asking.REFUSED: Sign(later("refused"), "✕", "bad"),
    asking.ENDED: Sign(later("its time is over"), "◷", "gap"),
}


def context(subject: Subject, now: datetime, **_whole: bool) -> dict[str, Any]:
    """Return what the section shows: what counts for each use, and every answer on record."""
    found = asking.answers(subject, now)
    every = Consent.objects.filter(subject=subject).select_related("document").order_by("-pk")
    return {
        "uses": [(USES[one.use], STANDING[one.missing], one.row) for one in found.values()],
        "on_record": [(one, USES.get(one.use, one.use)) for one in every],
        "manners": MANNERS,
    }
