"""Deciding a match from the page of a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from habeas.watch.pages import deciding


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Answer as the page of watching does, and come back to the case."""
    response = deciding.decide(request, pk)
    return redirect("case", code=code) if response.status_code == 302 else response
