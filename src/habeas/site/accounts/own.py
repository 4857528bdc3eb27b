"""How a member signs in, on pages of their own: set up, then changed by who proves the present."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as say
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from habeas.site.accounts import changing, codes, limits, picture, signing_in
from habeas.site.accounts.changing import Factor
from habeas.site.accounts.forms import FactorForm, PassphraseForm, PresentForm, SetUpForm
from habeas.site.accounts.signing_in import Typed
from habeas.site.models import Account, SignInNote
from habeas.watch.pages.forms import faults
from habeas.watch.scope import of_the_site

_PENDING = "new-factor"
"""Where a session keeps the secret, wrapped, until its first code is typed."""


@dataclass(frozen=True, slots=True)
class _Mine:
    """Whose pages these are."""

    user: User
    account: Account | None
    at: datetime

    @property
    def name(self) -> str:
        return self.user.get_username()

    @property
    def is_set_up(self) -> bool:
        return self.account is not None and bool(self.account.secret)


def _mine(request: HttpRequest) -> _Mine:
    user = User.objects.get(username=request.user.get_username())
    account = Account.objects.filter(user_name=user.get_username()).first()
    return _Mine(user, account, timezone.now())


@of_the_site
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def own_sign_in(request: HttpRequest) -> HttpResponse:
    """Tell how they sign in; without a passphrase yet, set it up together with a second factor."""
    mine = _mine(request)
    if mine.account is not None and mine.is_set_up:
        left = mine.account.recovery_codes.filter(used_at=None).count()
        return render(request, "site/own_sign_in.html", {"left": left})
    form = SetUpForm(request.POST if request.method == "POST" else None)
    form.user_name = mine.name
    if form.is_bound and form.is_valid() and (factor := _first_code(request, form, mine)):
        made = changing.set_up(mine.user, form.cleaned_data["new"], factor)
        return _changed(request, mine, SignInNote.SET_UP, made)
    return _draw(request, mine, form, "site/set_up.html", required=changing.is_required())


@of_the_site
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_passphrase(request: HttpRequest) -> HttpResponse:
    """Replace the passphrase."""
    mine = _mine(request)
    if not mine.is_set_up:
        return own_sign_in(request)
    form = PassphraseForm(request.POST if request.method == "POST" else None)
    form.user_name = mine.name
    if form.is_bound and form.is_valid() and _is_theirs(request, form, mine):
        changing.change_passphrase(mine.user, form.cleaned_data["new"])
        return _changed(request, mine, SignInNote.PASSPHRASE)
    return _draw(request, mine, form, "site/change_passphrase.html")


@of_the_site
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_factor(request: HttpRequest) -> HttpResponse:
    """Replace the second factor: another telephone."""
    mine = _mine(request)
    if not mine.is_set_up:
        return own_sign_in(request)
    form = FactorForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        # First: it costs nothing, and the present code would be spent.
        factor = _first_code(request, form, mine)
        if factor and _is_theirs(request, form, mine):
            made = changing.change_factor(mine.user, factor)
            return _changed(request, mine, SignInNote.FACTOR, made)
    return _draw(request, mine, form, "site/change_factor.html")


@of_the_site
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Replace the recovery codes."""
    mine = _mine(request)
    if not mine.is_set_up:
        return own_sign_in(request)
    form = PresentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _is_theirs(request, form, mine):
        return _changed(request, mine, SignInNote.CODES, changing.renew_codes(mine.user))
    return _draw(request, mine, form, "site/renew_codes.html")


def _is_theirs(request: HttpRequest, form: forms.Form, mine: _Mine) -> bool:
    """Say whether the present passphrase and a code were typed; guessing is made slow here too."""
    counted = limits.of_own_page(mine.name)
    if wait := limits.begin(counted, mine.at):
        form.add_error(None, signing_in.too_many(wait))
        return False
    typed = Typed(mine.name, form.cleaned_data["passphrase"], form.cleaned_data["code"])
    if signing_in.proved(mine.user, mine.account, typed, mine.at):
        limits.succeeded(counted)
        return True
    signing_in.note(request, mine.name, SignInNote.REFUSED_INSIDE, mine.at)
    form.add_error(
        None,
        say("The passphrase or the code does not fit. A code works once: wait for the next one."),
    )
    return False


def _first_code(request: HttpRequest, form: forms.Form, mine: _Mine) -> Factor | None:
    """Return the new second factor, if its first code was typed: the app has it, then."""
    secret = _pending(request, mine)
    step = codes.step_of(secret, codes.plain(form.cleaned_data["first"]), mine.at)
    if step is None:
        form.add_error(
            "first",
            say("This is not the code of now. Let the telephone set its clock by itself."),
        )
        return None
    return Factor(secret, step)


def _pending(request: HttpRequest, mine: _Mine) -> bytes:
    """Return the secret that this session offers; it stays the same until it is taken."""
    kept = codes.unwrapped(request.session.get(_PENDING, ""), mine.name)
    if kept is not None:
        return kept
    made = codes.new_secret()
    request.session[_PENDING] = codes.wrapped(made, mine.name)
    return made


def _changed(
    request: HttpRequest, mine: _Mine, what: str, made: list[str] | None = None
) -> HttpResponse:
    """Go on in this session alone; show recovery codes, once, where there are new ones."""
    if made == []:  # set up by another request in the meantime
        return redirect("own-sign-in")
    request.session.pop(_PENDING, None)
    update_session_auth_hash(request, mine.user)
    request.session[signing_in.EPOCH] = signing_in.epoch_of(mine.name)
    signing_in.note(request, mine.name, what, mine.at)
    if made is None:
        messages.success(request, say("The passphrase is changed. Every other session is over."))
        return redirect("own-sign-in")
    return render(request, "site/recovery_codes.html", {"codes": made})


def _draw(
    request: HttpRequest,
    mine: _Mine,
    form: forms.Form,
    template: str,
    **more: Any,  # noqa: ANN401 - context
) -> HttpResponse:
    context = {"form": form, "faults": faults(form), **more}
    if "first" in form.fields:
        secret = _pending(request, mine)
        address = codes.address_of(secret, mine.name, request.get_host().partition(":")[0])
        context |= {
            "picture": picture.drawn(address),
            "address": address,
            "secret": codes.typed_form(secret),
        }
    return render(request, template, context, status=422 if form.is_bound else 200)
