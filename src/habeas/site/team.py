"""The team: who belongs to it, inviting by a one-time link, changing a role, ending it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.views.decorators.http import require_http_methods, require_POST

from habeas.cases.access import members, roles
from habeas.cases.access.forms import MemberForm
from habeas.cases.access.members import Terms
from habeas.cases.access.models import Membership
from habeas.cases.statements.pages import hand
from habeas.errors import HabeasError, LastOwner, MemberRefused
from habeas.site import links
from habeas.site.accounts import changing
from habeas.watch.pages.forms import faults
from habeas.watch.pages.moment import now


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest) -> HttpResponse:
    """List the members; take somebody in, or give a member another role.

    The link of somebody who is new is shown once, on the page that answers; it is kept nowhere.
    """
    form = MemberForm(request.POST if request.method == "POST" else None)
    link = ""
    if form.is_bound and form.is_valid():
        refused = _taken_in(request, form)
        if refused is None:
            link = _link(request, form.cleaned_data["user"].strip())
            form = MemberForm()
        else:
            form.add_error(None, str(refused))
    context = {
        "form": form,
        "faults": faults(form),
        "rows": [(one, _role(one)) for one in roles.newest_memberships()],
        "have_one": changing.have_one(),
        "required": changing.is_required(),
        "roles": roles.ROLES.values(),
        "link": link,
        "now": now(),
    }
    return render(request, "site/team.html", context, status=422 if form.is_bound else 200)


def _role(row: Membership) -> Promise | str:
    name, _what = roles.ROLES.get(row.role, (say("Not in the team any more"), ""))
    return name


def _taken_in(request: HttpRequest, form: MemberForm) -> HabeasError | None:
    try:
        members.put(form.cleaned_data["user"], form.terms(), hand(request))
    except (MemberRefused, LastOwner) as error:
        return error
    return None


def _link(request: HttpRequest, user: str) -> str:
    token = links.new_token(user, timezone.now())
    return request.build_absolute_uri(reverse("open", args=[token]))


@require_POST
def change_member(request: HttpRequest) -> HttpResponse:
    """End a membership and every session of it, show a new link, or reset how they sign in."""
    user = request.POST.get("user", "")
    row = roles.newest_memberships([user]).first()
    if row is None or row.role == Membership.ENDED:
        messages.error(request, say("Nobody of that name is in the team."))
        return redirect("team")
    if "link" in request.POST:
        messages.success(request, say("The link opens the site once, within one hour:"))
        messages.info(request, _link(request, user))
        return redirect("team")
    if "reset" in request.POST:
        changing.reset(user, hand(request))
        messages.success(request, say("They sign in with a link now, and can set up anew."))
        return redirect("team")
    try:
        with transaction.atomic():
            members.put(user, Terms(Membership.ENDED), hand(request))
            links.kill(user, timezone.now())
    except LastOwner as error:
        messages.error(request, str(error))
    else:
        messages.success(request, say("They are not in the team any more."))
    return redirect("team")


@require_POST
def require_factor(request: HttpRequest) -> HttpResponse:
    """Ask a passphrase and a second factor of every member, or no more."""
    changing.require(hand(request), required="required" in request.POST)
    return redirect("team")
