"""The page of tokens: make one, see it once, take it back."""

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST

from habeas.cases.api import tokens
from habeas.cases.api.models import Token
from habeas.cases.statements.forms import one_of, short
from habeas.watch.pages.forms import faults
from habeas.watch.pages.moment import now

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_DAYS = {
    "7": later("a week"),
    "30": later("a month"),
    "90": later("three months"),
    "365": later("a year"),
}


class TokenForm(forms.Form):
    """A token of one's own."""

    name = short(later("Which program it is for"), needed=True, most=100)
    may = one_of(
        later("What it may do"),
        {"read": later("read"), "write": later("read, and take statements down")},
        first="read",
    )
    days = one_of(later("For how long"), _DAYS, first="30")


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """List one's own tokens; a new one is shown on this answer and never again."""
    user = cast("User", request.user)
    form = TokenForm(request.POST or None)
    made = ""
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        until = now() + timedelta(days=int(kept["days"]))
        made = tokens.new_token(user, kept["name"], until, writes=kept["may"] == "write")
        form = TokenForm()
    return render(
        request,
        "api/tokens.html",
        {
            "form": form,
            "faults": faults(form),
            "made": made,
            "tokens": Token.objects.filter(user=user).order_by("-pk"),
            "now": now(),
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own token back; it opens nothing from now on."""
    found = get_object_or_404(Token, pk=pk, user=cast("User", request.user))
    Token.objects.filter(pk=found.pk, withdrawn_at=None).update(withdrawn_at=now())
    messages.success(request, say("The token opens nothing any more."))
    return redirect("tokens")
