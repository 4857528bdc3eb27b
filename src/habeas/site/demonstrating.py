"""The head of every page while the demo runs: that it is a demonstration, and what happens now."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

RELOADED_S = 3
"""Seconds after which the overview loads itself anew while a story unfolds."""


def demonstration(request: HttpRequest) -> dict[str, object]:
    """Return `demonstration` for the base page: what is said, and whether the page loads anew.

    Only the overview does, never a page with a form, and not with `?still`: whoever reads slowly
    can stop it (WCAG 2.2, 2.2.2).
    """
    asked = getattr(settings, "HABEAS_DEMONSTRATION", None)
    if asked is None:
        return {}
    shown: dict[str, object] = asked(get_language() or "en")
    found = request.resolver_match
    moves = bool(shown["unfolding"]) and found is not None and found.url_name == "overview"
    seconds = RELOADED_S if moves and "still" not in request.GET else 0
    return {"demonstration": {**shown, "moves": moves, "reload_s": seconds}}
