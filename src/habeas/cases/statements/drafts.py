"""Drafts: what was typed and not sent yet, kept for its author until it is sent or thrown away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.views.decorators.http import require_POST

from habeas.cases.statements.models import Draft
from habeas.watch.pages.moment import now

_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "draft", "draft_path", "seen"})
_LONGEST = 200_000


def path_of(request: HttpRequest) -> str:
    """Return the path of the form that is asked for, without its language."""
    return request.path.removeprefix(f"/{get_language()}")[:300]


def own(request: HttpRequest) -> Draft | None:
    """Return the user's draft of this form."""
    return Draft.objects.filter(by=request.user.get_username(), path=path_of(request)).first()


def typed(request: HttpRequest) -> dict[str, Any]:
    """Return what was kept of this form, to begin with; empty where nothing was."""
    draft = own(request) if request.method == "GET" else None
    return dict(draft.fields) if draft else {}


def sent(request: HttpRequest) -> None:
    """Forget the draft of a form that was sent."""
    Draft.objects.filter(by=request.user.get_username(), path=path_of(request)).delete()


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was typed into a form as a draft of its author's, and lead back to the form."""
    path = request.POST.get("draft_path", "")
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, None):
        path = "/board/"
    fields = {key: text[:_LONGEST] for key, text in request.POST.items() if key not in _NOT_KEPT}
    Draft.objects.update_or_create(
        by=request.user.get_username(),
        path=path[:300],
        defaults={"fields": fields, "at": now()},
    )
    messages.success(request, say("Kept as a draft. Nobody else sees it."))
    return redirect(f"/{get_language()}{path[:300]}")


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    draft = get_object_or_404(Draft, pk=pk, by=request.user.get_username())
    draft.delete()
    messages.success(request, say("The draft was thrown away."))
    return redirect("board")
