"""Coming in and going out: the one-time link, the page without a session, signing out."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as say
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from habeas.site import links
from habeas.site.accounts import signing_in
from habeas.site.accounts.forms import SignInForm
from habeas.site.accounts.signing_in import Answer, Typed
from habeas.site.models import Account, Arrival
from habeas.watch.pages.forms import faults
from habeas.watch.scope import of_the_site


@of_the_site
@login_not_required
@require_GET
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign the owner in and kill the link.

    The answer is a page that goes on by itself, not a redirect: a Strict cookie does not travel
    along a redirect that another site (a web mail page) began.
    """
    if request.headers.get("Sec-Purpose", "").startswith("prefetch"):
        # A browser that guesses where its user may go must not spend the link.
        return HttpResponse(status=503)
    moment = timezone.now()
    user = links.spend(token, moment)
    if user is None:
        return render(request, "site/sign_in.html", {"dead_link": True}, status=410)
    signing_in.come_in(request, user, Arrival.LINK, moment)
    response = render(request, "site/opened.html")
    response["Refresh"] = f"0; url={reverse('overview')}"
    return response


@of_the_site
@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign somebody in by name, passphrase and code, or tell how to get a link.

    Nothing of a case is shown, and everything that does not fit is answered alike.
    """
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("overview"))
    after = _after(request)
    form = SignInForm(request.POST if request.method == "POST" else None)
    status, waits_s = 422 if form.is_bound else 200, 0
    if form.is_bound and form.is_valid():
        moment = timezone.now()
        answer = signing_in.attempt(request, Typed(**form.cleaned_data), moment)
        if answer.user is not None:
            signing_in.come_in(request, answer.user, answer.way, moment)
            return HttpResponseRedirect(after or reverse("overview"))
        form.add_error(None, _refusal(answer))
        waits_s = answer.waits_s
    context = {
        "form": form,
        "faults": faults(form),
        "after": after,
        "has_form": form.is_bound or Account.objects.exclude(secret="").exists(),
    }
    response = render(request, "site/sign_in.html", context, status=429 if waits_s else status)
    if waits_s:
        response["Retry-After"] = str(waits_s)
    return response


def _after(request: HttpRequest) -> str:
    """Return the page of this site that was asked for; empty where none was, or another's."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    return wanted if url_has_allowed_host_and_scheme(wanted, None) else ""


def _refusal(answer: Answer) -> str:
    if answer.waits_s:
        return signing_in.too_many(answer.waits_s)
    return say(
        "Name, passphrase and code do not fit together. Capital letters, the keyboard’s language "
        "and spaces count; a code works once, and only for about a minute."
    )


@of_the_site
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; everything kept in it is forgotten."""
    logout(request)
    return HttpResponseRedirect(reverse("sign-in"))


@of_the_site
@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session at once, and leave an empty page that tells nothing.

    The browser is asked to forget what it kept of this site; its history it does not forget.
    """
    logout(request)
    response = render(request, "site/left.html")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
