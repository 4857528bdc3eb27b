"""Taking down a state of custody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from habeas.cases.custody.states import DETAILS, REMOVALS, STATES
from habeas.cases.custody.timeline import TERM
from habeas.cases.statements import drafts, recording, when
from habeas.cases.statements.forms import (
    EXACTNESS,
    SpokenForm,
    TimeField,
    long,
    one_of,
    short,
    together,
)
from habeas.cases.statements.pages import spoken, subject_at
from habeas.cases.statements.recording import Claim


class CustodyForm(SpokenForm):
    """One state of custody, with what is said in one breath with it."""

    state = one_of(
        later("State"), [(key, sign.word) for key, sign in STATES.items()], first="in_custody"
    )
    removal = one_of(
        later("If removed: by which word"),
        [(key, sign.word) for key, sign in REMOVALS.items()],
        needed=False,
        hint=later("The word of the speaker. In law these are different things."),
    )
    about = TimeField(later("Since"), needed=True)
    until = TimeField(later("Until, if it is over"))
    where = short(later("Place"), most=300)
    place_type = one_of(later("Type of place"), DETAILS["place_type"][1] or {}, needed=False)
    article = short(later("Legal basis, with its article"), most=300)
    exactness = one_of(later("This time is"), EXACTNESS, needed=False)
    whereabouts = one_of(later("Whereabouts"), DETAILS["whereabouts"][1] or {}, needed=False)
    family = one_of(later("Contact with the family"), DETAILS["family"][1] or {}, needed=False)
    lawyer = one_of(later("Contact with a lawyer"), DETAILS["lawyer"][1] or {}, needed=False)
    counsel = one_of(later("Legal counsel"), DETAILS["counsel"][1] or {}, needed=False)
    attribution = one_of(
        later("What the authority says"), DETAILS["attribution"][1] or {}, needed=False
    )
    explanation = short(later("Official explanation, in its words"), most=1000)
    term = short(later("Term"), most=200)
    conditions = short(later("Paper or conditions of the release"), most=300)
    as_said = long(later("In their own words"))
    field_order = (
        "state",
        "about",
        "until",
        "where",
        "place_type",
        "removal",
        "article",
        "speaker",
    )

    folded = (
        "exactness",
        "whereabouts",
        "family",
        "lawyer",
        "counsel",
        "attribution",
        "explanation",
        "term",
        "conditions",
        "as_said",
        *SpokenForm.folded,
    )

    def clean(self) -> dict[str, Any]:
        """Put the two ends of the time together."""
        cleaned = super().clean()
        try:
            cleaned["when"] = together(
                cleaned.get("about", ""), cleaned.get("until", ""), cleaned.get("exactness", "")
            )
        except when.NotATime:
            self.add_error("until", say("The end lies before the beginning."))
        return cleaned

    def claim(self) -> Claim:
        """Return what is said."""
        kept = self.cleaned_data
        details = {key: str(kept.get(key, "")) for key in DETAILS if key != "place"}
        details["place"] = kept["where"]
        if kept["state"] == "removed":
            details["removal"] = kept["removal"]
        return Claim(
            TERM,
            kept["state"],
            as_said=kept["as_said"],
            about=kept["when"],
            zone=kept["zone"],
            details=details,
        )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Say where somebody is, or was."""
    subject = subject_at(code, request)
    form = CustodyForm(request.POST or None, subject=subject, initial=drafts.typed(request))
    return spoken(
        request,
        form,
        say("Where are they?"),
        lambda by: recording.state(subject, form.claim(), form.said(by), by),
    )
