"""Pages of lists of names: paste one, check its lines, see how several overlap."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from habeas.cases.counts import listing
from habeas.cases.counts.listing import LONGEST
from habeas.cases.counts.models import Check, Entry, NameList, PairAnswer
from habeas.cases.counts.pages import event_at
from habeas.cases.statements.forms import PRIVATE, TimeField, short
from habeas.cases.statements.models import Document
from habeas.cases.statements.pages import hand
from habeas.errors import HabeasError
from habeas.language import _
from habeas.reading.overlap import ASSUMPTIONS, Estimate, chapman
from habeas.watch.pages.forms import faults

_SHOWN = 2000
_PAIRS = 100


class ListForm(forms.Form):
    """A list as it stands in a chat."""

    title = short(
        later("Whose list it is"), hint=later("A chat, a helper, a lawyer."), needed=True, most=300
    )
    as_of = TimeField(later("As of"))
    lines = forms.CharField(
        label=later("The list"),
        help_text=later("Paste it as it is: one line for each person, any script."),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, **PRIVATE}),
        error_messages={
            "required": later("This has to be filled in."),
            "max_length": later("This is too long. Paste it in parts."),
        },
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is understood of a pasted list; keep it once somebody has looked."""
    event = event_at(code, request)
    form = ListForm(request.POST or None)
    pasted = None
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        pasted = listing.preview(kept["lines"])
        if "keep" in request.POST:
            try:
                made = _keep(request, event, kept)
            except HabeasError as error:
                form.add_error("lines", f"{error.happened} {error.advice}")
            else:
                messages.success(request, say("The list is kept, every line of it."))
                return redirect("name-list", pk=made.pk)
    return render(
        request,
        "counts/paste.html",
        {"form": form, "faults": faults(form), "subject": event, "pasted": pasted},
        status=422 if form.errors else 200,
    )


def _keep(request: HttpRequest, event: Any, kept: dict[str, Any]) -> NameList:  # noqa: ANN401 - a Subject
    by = hand(request)
    with transaction.atomic():
        document = Document.objects.create(
            kind="post", title=kept["title"], carrier=kept["title"], text=kept["lines"],
            published=kept["as_of"], retrieved_at=by.at, added_by=by.by, added_at=by.at,
        )  # fmt: skip
        sent = listing.Sent(kept["lines"], kept["title"], kept["as_of"], document)
        return listing.keep(event, sent, by)


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a list line by line, with what was checked."""
    found = get_object_or_404(NameList.objects.select_related("event", "document"), pk=pk)
    rows = listing.lines(found.entries.order_by("line")[:_SHOWN])
    read = {row.entry.line for row in rows}
    others = [
        (number, line)
        for number, line in enumerate(found.text.splitlines(), 1)
        if line.strip() and number not in read
    ]
    return render(
        request,
        "counts/list.html",
        {"one": found, "rows": rows, "others": others[:_SHOWN], "subject": found.event},
    )


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down what somebody found out about a line; the newest answer counts."""
    entry = get_object_or_404(Entry.objects.select_related("list"), pk=pk)
    answer = request.POST.get("answer", "")
    if answer in {Check.CONFIRMED, Check.REFUSED, Check.OPEN}:
        try:
            listing.check(entry, answer, hand(request), ground=request.POST.get("ground", ""))
        except HabeasError as error:
            messages.error(request, f"{error.happened} {error.kept}")
        else:
            messages.success(request, say("It was taken down."))
    return redirect("name-list", pk=entry.list_id)


@require_GET
def overlapping(request: HttpRequest, code: str) -> HttpResponse:
    """Show who stands on several lists; an estimate only for two lists, and only when asked."""
    event = event_at(code, request)
    found = listing.overlapping(event)
    asked = [one for one in found.lists if str(one.pk) in request.GET.getlist("list")]
    estimate, impossible = _estimate(found, asked)
    doubtful = [
        (found.entries[pair.one], found.entries[pair.other], pair.comparison)
        for pair in found.deduplicated.doubtful[:_PAIRS]
    ]
    return render(
        request,
        "counts/overlap.html",
        {
            "subject": event,
            "found": found,
            "rows": found.rows(),
            "sizes": [(one, found.table.in_list(str(one.pk))) for one in found.lists],
            "doubtful": doubtful,
            "more": len(found.deduplicated.doubtful) - len(doubtful),
            "skipped": len(found.deduplicated.skipped),
            "assumptions": [_(one) for one in ASSUMPTIONS],
            "asked": asked,
            "estimate": estimate,
            "refused": impossible,
        },
    )


def _estimate(found: listing.Overlapping, asked: list[NameList]) -> tuple[Estimate | None, str]:
    """Return the estimate of two lists, or why there is none; nothing where nobody asked."""
    if not asked:
        return None, ""
    if len(asked) != 2:
        return None, say("Choose two lists.")
    one, other = (str(chosen.pk) for chosen in asked)
    estimate = chapman(
        found.table.in_list(one), found.table.in_list(other), found.table.in_both(one, other)
    )
    return estimate, "" if estimate else say("Nobody stands on both lists: nothing can be told.")


@require_POST
def pair(request: HttpRequest, code: str) -> HttpResponse:
    """Take down whether two entries are one person."""
    event = event_at(code, request)
    keys = set(request.POST.getlist("entry")[:2])
    own = Entry.objects.filter(list__event=event).order_by("pk")
    entries = [one for one in own if str(one.pk) in keys]
    answer = request.POST.get("answer", "")
    known = {PairAnswer.SAME, PairAnswer.DIFFERENT, PairAnswer.OPEN}
    if len(entries) == 2 and answer in known:
        by = hand(request)
        PairAnswer.objects.create(
            one=entries[0], other=entries[1], answer=answer, by=by.by, at=by.at
        )
        messages.success(request, say("It was taken down."))
    return redirect("overlap", code=event.code)
