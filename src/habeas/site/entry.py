"""Coming in and going out: the one-time link, the page without a session, signing out."""

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from habeas.site import arrivals, links


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
    login(request, user)
    arrivals.note(request, user.get_username(), moment)
    response = render(request, "site/opened.html")
    response["Refresh"] = f"0; url={reverse('overview')}"
    return response


@login_not_required
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """Tell somebody without a session how to get one; nothing of a case is shown."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("overview"))
    return render(request, "site/sign_in.html")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; everything kept in it is forgotten."""
    logout(request)
    return HttpResponseRedirect(reverse("sign-in"))


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
