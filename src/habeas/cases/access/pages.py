"""Pages for owners: who sees a case, and the log of who read and changed what."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as say
from django.views.decorators.http import require_GET, require_http_methods

from habeas.cases.access import log, members, roles
from habeas.cases.access.forms import GrantForm
from habeas.cases.access.models import Noted
from habeas.cases.statements.models import Subject
from habeas.cases.statements.pages import hand, subject_at
from habeas.errors import MemberRefused
from habeas.watch.pages.forms import faults
from habeas.watch.pages.moment import now

IN_A_PART = 100
KINDS = (Subject.PERSON, Subject.EVENT)


@require_http_methods(["GET", "POST"])
def case_access(request: HttpRequest, code: str) -> HttpResponse:
    """Show who sees a case; grant it, or withdraw it with `withdraw`."""
    subject = get_object_or_404(Subject, pk=subject_at(code, request).pk, kind__in=KINDS)
    taken_from = request.POST.get("withdraw", "")
    if taken_from and roles.granted_to(subject.pk, now()).filter(user=taken_from).exists():
        members.withdraw(subject, taken_from, hand(request))
        messages.success(request, say("They do not see this case any more."))
        return redirect("case-access", code=subject.code)
    form = GrantForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _granted(request, subject, form):
        messages.success(request, say("They see this case now."))
        return redirect("case-access", code=subject.code)
    context = {
        "subject": subject,
        "form": form,
        "faults": faults(form),
        "grants": roles.granted_to(subject.pk, now()).order_by("user"),
        "see_all": roles.newest_memberships().filter(named=False).exclude(role="ended"),
        "now": now(),
    }
    return render(request, "access/case.html", context, status=422 if form.is_bound else 200)


def _granted(request: HttpRequest, subject: Subject, form: GrantForm) -> bool:
    kept = form.cleaned_data
    try:
        members.grant(subject, kept["user"], hand(request), until=kept["ends"])
    except MemberRefused as error:
        form.add_error("ends", str(error))
        return False
    return True


@require_GET
def log_page(request: HttpRequest) -> HttpResponse:
    """Show the log, newest first; `?case=`, `?user=` and `?verb=` narrow it, `?part=2` goes on."""
    asked = {key: request.GET.get(key, "").strip()[:150] for key in ("case", "user", "verb")}
    rows = Noted.objects.order_by("-number")
    if asked["case"]:
        rows = rows.filter(cases__contains=f" {asked['case']} ")
    if asked["user"]:
        rows = rows.filter(user=asked["user"])
    if asked["verb"]:
        rows = rows.filter(verb=asked["verb"])
    page = Paginator(rows, IN_A_PART).get_page(request.GET.get("part"))
    context = {"page": page, "asked": asked, "now": now()}
    if "check" in request.GET:
        context["verdict"] = log.check()
    return render(request, "access/log.html", context)
