"""Template filters of sharing: what leaves, in words."""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.cases.sharing.attached import HELD
from habeas.cases.statements.properties import known

register = template.Library()

_PARTS: Mapping[str, Promise] = {
    "name": later("name"),
    "birth_year": later("year of birth"),
    "photo": later("photo"),
    "papers": later("papers"),
    "lookups": later("who was asked"),
    "consents": later("answers of consent"),
}


@register.filter
def part(key: str) -> Promise | str:
    """Return what of a person leaves: one of their own parts, else a property."""
    return _PARTS.get(key) or known(key).label


@register.filter
def why_held(key: str) -> Promise | str:
    """Return why a file stays."""
    return HELD.get(key, key)
