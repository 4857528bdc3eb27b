"""Between the sign-in and every page: what may be seen is set, the role asked, the visit noted."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve

from habeas.cases import features
from habeas.cases.access import log, roles, told
from habeas.cases.access.models import Noted
from habeas.cases.access.roles import Standing
from habeas.errors import NoSeat
from habeas.watch import scope
from habeas.watch.pages.moment import now
from habeas.watch.scope import Scope

UNNOTED = frozenset({"sign-in", "open", "marks"})
"""Pages that tell nothing of a case: the way in, and a style sheet."""


class Asked(HttpRequest):
    """A request that came through the gate."""

    standing: Standing


class Gate:
    """Sets the scope of a member for the time of their request.

    Everything below it (the page, its templates, the page that says that nothing is there) sees
    through that scope; a stream is read within it as well.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next step."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer within the scope of the one who asks, and note it before the answer leaves."""
        if not request.user.is_authenticated:
            return self._next(request)
        moment = now()
        who = roles.standing(request.user.get_username(), moment)
        cast("Asked", request).standing = who
        mine = roles.scope_of(who, moment)
        for feature in features.parts("narrowing"):
            mine = feature.narrowed(request, mine)
        try:
            with scope.within(mine):
                response = self._next(request)
        except NoSeat:  # before anything was asked
            if not _is_always(request):
                return render(request, "access/no_seat.html", status=503)
            response = self._next(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            content = cast("Iterable[bytes]", response.streaming_content)
            response.streaming_content = _read_within(mine, content)
        if who.team:
            _note(request, response, who)
        return response

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _given: object
    ) -> HttpResponse | None:
        """Refuse what the role does not allow, in the same words whatever case is asked for."""
        who = getattr(request, "standing", None)
        match = request.resolver_match
        if who is None or match is None:
            return None
        if roles.may(who, match.url_name or "", request.method or "GET"):
            return None
        return render(request, "access/refused.html", {"who": who}, status=403)


def shown(request: HttpRequest) -> dict[str, Any]:
    """Return `standing` for the base page: what the reader is."""
    return {"standing": getattr(request, "standing", None)}


def _is_always(request: HttpRequest) -> bool:
    """Say whether this is a page that is never refused: nothing of a case is on it."""
    try:
        return resolve(request.path_info).url_name in roles.ALWAYS
    except Resolver404:
        return False


def _read_within(mine: Scope | None, content: Iterable[bytes]) -> Iterator[bytes]:
    parts = iter(content)
    while True:
        with scope.within(mine):
            part = next(parts, None)
        if part is None:
            return
        yield part


def _note(request: HttpRequest, response: HttpResponseBase, who: Standing) -> None:
    match = request.resolver_match
    if match is None or match.url_name in UNNOTED:
        return
    route = match.url_name or ""
    verb = Noted.READ if roles.reads(route, request.method or "GET") else Noted.CHANGE
    log.add(
        log.Line(
            at=now(),
            user=who.user,
            verb=verb if response.status_code < 400 else Noted.REFUSED,
            route=route,
            cases=told.cases(route, match.kwargs),
            status=response.status_code,
            sign_in=sign_in_of(request),
        )
    )


def sign_in_of(request: HttpRequest) -> str:
    """Return what tells one sign-in from another, and opens nothing."""
    key = request.session.session_key or ""
    return hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""
