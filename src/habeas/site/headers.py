"""What every answer says about itself: kept nowhere, framed nowhere, asking nobody else."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path

# The pages have no script at all; a name that carries one is printed, never run.
_POLICY = (
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_STATIC = "/" + settings.STATIC_URL.strip("/") + "/"


class SafeHeaders:
    """Adds the headers; remembers the language of the last page in a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next step."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers of a page about people."""
        response = self._next(request)
        response["Content-Security-Policy"] = _POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if not request.path.startswith(_STATIC):
            response["Cache-Control"] = "no-store"
        _remember_language(request, response)
        return response


def _remember_language(request: HttpRequest, response: HttpResponse) -> None:
    """Keep the language that the address names, so that a link without one leads to it."""
    language = get_language_from_path(request.path_info)
    name = settings.LANGUAGE_COOKIE_NAME
    if language and request.COOKIES.get(name) != language:
        response.set_cookie(
            name,
            language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Strict",
        )
