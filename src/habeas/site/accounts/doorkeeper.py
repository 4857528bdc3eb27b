"""Between the session and every page: a session of an earlier epoch is over, a duty comes first."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from habeas.cases.access.roles import ALWAYS
from habeas.site.accounts import changing
from habeas.site.accounts.signing_in import EPOCH
from habeas.site.models import Account

_SET_UP = "own-sign-in"


class Doorkeeper:
    """Ends sessions that a change has ended; leads whoever has to set something up to its page.

    A program with a token has no session; what its token may was said when it was made.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next step."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead elsewhere."""
        if not request.user.is_authenticated or getattr(request, "token", None) is not None:
            return self._next(request)
        account = Account.objects.filter(user_name=request.user.get_username()).first()
        if request.session.get(EPOCH, 0) != (account.epoch if account else 0):
            logout(request)
            return self._next(request)
        if (account is None or not account.secret) and _is_elsewhere(request):
            return redirect(_SET_UP) if changing.is_required() else self._next(request)
        return self._next(request)


def _is_elsewhere(request: HttpRequest) -> bool:
    """Say whether a page is another than the one to set up, or a way out."""
    try:
        return resolve(request.path_info).url_name not in {*ALWAYS, _SET_UP}
    except Resolver404:
        return True
