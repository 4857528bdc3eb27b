"""The language switch: the same page in each language, as plain links."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


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
