"""The language of a page, and the switch: the same page in each language, as plain links."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url
from django.utils.translation import get_language

from habeas.language import speaking


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language of the interface, named in itself, and this page's address in it."""

    code: str
    name: str
    address: str
    current: bool


def switch(request: HttpRequest) -> dict[str, list[LanguageLink]]:
    """Return `languages` for the base page.

    A page without a language in its address (an error page) offers the overview.
    """
    here = request.get_full_path()
    links = []
    for code, name in settings.LANGUAGES:
        address = translate_url(here, code)
        if not address.startswith(f"/{code}/"):
            address = f"/{code}/"
        links.append(LanguageLink(code, name, address, code == get_language()))
    return {"languages": links}


class OneLanguage:
    """Lets the rooms below speak the language of the page: reasons, rules, failures."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next step."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in one language."""
        with speaking(get_language() or "en"):
            return self._next(request)
