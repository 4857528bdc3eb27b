"""Pages of retention: periods, one record's last day, what ends soon, the purge and its report."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as say
from django.views.decorators.http import require_GET, require_http_methods

from habeas.cases.retention import expiring, forms, periods, purging, reporting, rotation
from habeas.cases.retention.models import Purge, Shut
from habeas.cases.retention.words import KINDS, REASONS
from habeas.cases.sheet.pages import sheet
from habeas.cases.statements.models import Subject
from habeas.cases.statements.pages import hand, subject_at
from habeas.cases.statements.recording import Hand
from habeas.errors import HabeasError, PeriodRefused
from habeas.watch import scope
from habeas.watch.pages.forms import faults
from habeas.watch.pages.moment import now


@require_http_methods(["GET", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """Show how long each kind of things is kept, and take down another period."""
    form = forms.PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        periods.say_period(typed["kind"], typed["days"], hand(request), reason=typed["reason"])
        expiring.shut_due(now())
        messages.success(request, say("It was taken down."))
        return redirect("retention")
    standing = periods.periods()
    context = {
        "rows": [(words, standing.get(kind)) for kind, words in KINDS.items()],
        "form": form,
        "faults": faults(form),
        "purges": Purge.objects.order_by("-pk")[:50],
        "now": now(),
    }
    return render(
        request, "retention/retention.html", context, status=422 if form.is_bound else 200
    )


@require_GET
def ending(request: HttpRequest) -> HttpResponse:
    """List the records that end soon, of those that the reader may see."""
    rows = [(one, REASONS[one.ended.reason]) for one in expiring.endings(now())]
    return render(request, "retention/ending.html", {"rows": rows, "now": now()})


@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """Say until when a record is kept, hold it, or lift the hold; also of one that has ended."""
    with scope.everything():
        subject = subject_at(code, request)
        if subject.kind != Subject.PERSON or subject.person is None:
            raise Http404
        form = forms.KeepForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and _kept(subject, form, hand(request)):
            messages.success(request, say("It was taken down."))
            over = Shut.objects.filter(subject=subject).exists()
            return redirect("look-behind" if over else "case", code=subject.code)
        context = {
            "subject": subject,
            "form": form,
            "faults": faults(form),
            "ended": expiring.ends_of([subject.pk]).get(subject.pk),
            "hold": periods.holding(now()).filter(subject=subject).first(),
            "days": subject.expiries.order_by("-pk"),
            "holds": subject.holds.order_by("-pk"),
            "now": now(),
        }
        status = 422 if form.is_bound else 200
        return render(request, "retention/keep.html", context, status=status)


def _kept(subject: Subject, form: forms.KeepForm, by: Hand) -> bool:
    typed = form.cleaned_data
    what, day, reason = typed["what"], typed["day"], typed["reason"]
    try:
        if what == forms.LIFT:
            periods.lift(subject, by, reason=reason)
        elif what == forms.HOLD:
            periods.hold(subject, by, reason=reason, until=day)
        else:
            wanted = day if what == forms.KEEP else None
            periods.say_day(subject, wanted, by, reason=reason)
    except PeriodRefused as error:
        form.add_error(None, str(error))
        return False
    expiring.shut_due(by.at)
    return True


@require_GET
def behind(request: HttpRequest, code: str) -> HttpResponse:
    """Show an owner what stands behind a placeholder, until it is purged; the log notes it."""
    with scope.everything():
        return sheet(request, code)


@require_http_methods(["GET", "POST"])
def purge(request: HttpRequest) -> HttpResponse:
    """Show what would be purged; purge it where the number is confirmed."""
    form = forms.ConfirmForm(request.POST or None)
    with scope.everything():
        if request.method == "POST" and form.is_valid():
            done = _purged(form, hand(request))
            if done is not None:
                return redirect("purge-report", pk=done.pk)
        found = purging.shown(now())
        context = {
            "shown": found,
            "parts": [(REASONS[kind], number) for kind, number in found.parts.items()],
            "removed": reporting.grouped(found.removed),
            "stayed": reporting.stays(found.plan.stayed() if found.plan else []),
            "held": purging.still_held(now()),
            "form": form,
            "faults": faults(form),
            "now": now(),
        }
        status = 422 if form.is_bound else 200
        return render(request, "retention/purge.html", context, status=status)


def _purged(form: forms.ConfirmForm, by: Hand) -> Purge | None:
    typed = form.cleaned_data
    try:
        return purging.purge(typed["number"], by, seen=typed["seen"])
    except HabeasError as error:
        form.add_error(None, f"{error.happened} {error.kept} {error.advice}")
        return None


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report of a purge; `?json` hands out the part for machines, to be kept elsewhere."""
    done = get_object_or_404(Purge, pk=pk)
    if "json" in request.GET:
        return HttpResponse(
            json.dumps(reporting.machine_part(done), indent=1) + "\n",
            content_type="application/json",
            headers={"Content-Disposition": f'attachment; filename="purge-{done.pk}.json"'},
        )
    context = {
        "one": done,
        "removed": reporting.grouped(done.removed),
        "emptied": reporting.grouped(done.emptied),
        "stayed": reporting.stays(done.stayed),
        "reasons": [(REASONS.get(key, key), number) for key, number in done.reasons.items()],
        "waiting": done.errands.count(),
        "backups": rotation.holding(done, now()),
        "now": now(),
    }
    return render(request, "retention/report.html", context)
