"""Addresses for programs; they carry no language."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path
from django.urls.resolvers import RoutePattern

from habeas.cases.api.door import api, document


def _opened() -> list[URLPattern]:
    """Return the addresses, each answering 401 without a token instead of leading to a sign-in."""
    described = path("api/v1/openapi.json", login_not_required(document), name="api-document")
    found: list[URLPattern] = [described]
    for one in api.urls[0]:
        assert isinstance(one, URLPattern)
        if one.name == "api-root":
            continue
        assert isinstance(one.pattern, RoutePattern)
        route = "api/v1/" + str(one.pattern).lstrip("/")
        name = f"api-{one.name}"
        found.append(path(route, login_not_required(one.callback), name=name))
    return found


urlpatterns = _opened()
