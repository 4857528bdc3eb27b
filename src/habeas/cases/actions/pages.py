"""Adding an action, need, deadline or threat, and saying how it stands now."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from habeas.cases.actions.words import DEADLINE, KINDS
from habeas.cases.statements import drafts, recording
from habeas.cases.statements.forms import SpokenForm, TimeField, long, one_of, short
from habeas.cases.statements.models import Statement
from habeas.cases.statements.pages import spoken, subject_at
from habeas.cases.statements.recording import Claim


class EntryForm(SpokenForm):
    """An entry of one kind."""

    sort = one_of(later("Kind"), (), needed=False)
    what = short(later("What"), needed=True)
    whom = short(later("To or by whom"), most=300)
    about = TimeField(later("When"))
    standing = one_of(later("How it stands"), (), needed=False)
    as_said = long(later("Answer, or their own words"))
    field_order = ("sort", "what", "whom", "about", "standing", "as_said", "speaker", "role")

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Offer the lists of the kind; leave out what it has not."""
        super().__init__(*args, **kwargs)
        self.kind = kind
        of = KINDS[kind]
        for name, listed in (("sort", of.sorts), ("standing", of.standings)):
            if listed:
                self.fields[name].choices = list(listed.items())  # type: ignore[attr-defined]
                self.fields[name].required = True
            else:
                del self.fields[name]
        self.fields["about"].required = kind == DEADLINE

    def claim(self) -> Claim:
        """Return the entry as a claim."""
        kept = self.cleaned_data
        details = {key: kept.get(key, "") for key in ("sort", "whom", "standing")}
        return Claim(
            self.kind,
            kept["what"],
            as_said=kept["as_said"],
            about=kept["about"],
            zone=kept["zone"],
            details=details,
        )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Add an entry to a case."""
    if kind not in KINDS:
        raise Http404
    subject = subject_at(code, request)
    initial = {"speaker": request.user.get_username(), "role": "staff", **drafts.typed(request)}
    form = EntryForm(request.POST or None, subject=subject, kind=kind, initial=initial)
    return spoken(
        request,
        form,
        str(KINDS[kind].add),
        lambda by: recording.state(subject, form.claim(), form.said(by), by),
    )


@require_http_methods(["GET", "POST"])
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an entry stands now; how it stood before stays on record."""
    earlier = get_object_or_404(
        Statement.objects.select_related("subject__person"),
        pk=pk,
        property__in=tuple(KINDS),
        retracts=None,
    )
    initial = {
        "what": earlier.value,
        "about": earlier.about,
        "as_said": earlier.as_said,
        "speaker": request.user.get_username(),
        "role": "staff",
        "zone": earlier.zone,
        **earlier.details,
    }
    form = EntryForm(
        request.POST or None,
        subject=earlier.subject,
        kind=earlier.property,
        initial=initial | drafts.typed(request),
    )
    return spoken(
        request,
        form,
        say("How does it stand now?"),
        lambda by: recording.state(
            earlier.subject, form.claim(), form.said(by), by, supersedes=earlier
        ),
        earlier=earlier,
    )
