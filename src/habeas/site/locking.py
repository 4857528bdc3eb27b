"""The site of an encrypted home, locked: one page that asks for the passphrase, and nothing else.

The site forgets the key when nobody has asked it for a while, or when somebody says so. While it is
locked no part of the database is opened: sessions, names of pages and people stay where they are.
"""

import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from habeas.errors import HabeasError, PassphraseWrong
from habeas.home import home
from habeas.vault import opened, turning
from habeas.vault.keys import RECOVERY

UNLOCK = "/unlock/"
LOCK_AFTER_MIN = 15.0
"""Minutes without a request after which the site locks itself; HABEAS_LOCK_AFTER, 0 for never."""
_STATIC = "/" + settings.STATIC_URL.strip("/") + "/"
_TRIES = 5
_PAUSE_S = 30.0
_WAKE_S = 15.0
_LONGEST = 1000
_FIELDS = ("passphrase", "recovery", "new", "again")


@dataclass
class Guard:
    """When the site was last asked for something, and how often the passphrase was wrong.

    Attributes:
        after_s: seconds of idleness after which it locks; 0 for never.
        clock: monotonic time.
    """

    after_s: float = LOCK_AFTER_MIN * 60
    clock: Callable[[], float] = time.monotonic
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _asked_at: float = 0.0
    _wrong: int = 0
    _wrong_at: float = 0.0
    _one: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Begin now."""
        self._asked_at = self.clock()

    def touch(self) -> None:
        """Note that somebody is there."""
        self._asked_at = self.clock()

    def lock_if_idle(self) -> None:
        """Forget the key where nobody was there for long."""
        idle = self.clock() - self._asked_at
        if self.after_s and idle >= self.after_s and opened.is_set() and opened.is_open():
            opened.lock()

    def waits_s(self) -> float:
        """Return for how many seconds no passphrase is looked at: guessing is made slow."""
        if self._wrong < _TRIES:
            return 0.0
        return max(self._wrong_at + _PAUSE_S - self.clock(), 0.0)

    def try_to_open(self, passphrase: str) -> bool:
        """Open the home if the passphrase is right; one guess at a time.

        Raises:
            VaultBroken: the file that wraps the key cannot be used.
        """
        return self._tried(lambda: opened.open_with(passphrase))

    def try_to_recover(self, recovery: str, new: str) -> bool:
        """Set another passphrase with the recovery key, if that fits, and open the home.

        Raises:
            PassphraseRefused: the new passphrase is too short.
            VaultBroken, HomeNotChanged: the file that wraps the key cannot be used or written.
        """
        return self._tried(lambda: turning.change(home(), recovery, new, by=RECOVERY))

    def _tried(self, attempt: Callable[[], object]) -> bool:
        with self._one:
            if self.waits_s():
                return False
            try:
                attempt()
            except PassphraseWrong:
                self._wrong, self._wrong_at = self._wrong + 1, self.clock()
                return False
            self._wrong = 0
            self.touch()
            return True


def minutes() -> float:
    """Return the minutes that HABEAS_LOCK_AFTER says, or the usual ones where it says nothing."""
    try:
        return max(float(os.environ.get("HABEAS_LOCK_AFTER", "")), 0.0)
    except ValueError:
        return LOCK_AFTER_MIN


GUARD = Guard(minutes() * 60)


def _somebody_is_there() -> None:
    # A site may serve for hours before a passphrase protects it: whoever sets one is there.
    GUARD.touch()


opened.at_open(_somebody_is_there)


def watch() -> None:
    """Look at the clock from time to time, so that the key goes even if nobody asks any more."""

    def wake() -> None:
        while True:
            time.sleep(_WAKE_S)
            GUARD.lock_if_idle()

    threading.Thread(target=wake, name="locking", daemon=True).start()


class Locking:
    """Lets requests through while the home is open; else answers with the one page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next step."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or have it answered."""
        if not opened.is_set() or request.path.startswith(_STATIC):
            return self._next(request)
        GUARD.lock_if_idle()
        if not opened.is_open():
            return _locked(request)
        GUARD.touch()
        return HttpResponseRedirect("/") if request.path == UNLOCK else self._next(request)


def _locked(request: HttpRequest) -> HttpResponse:
    try:
        request.get_host()
    except DisallowedHost:
        # As the pages do; their own page of errors asks for a session, which lies locked.
        return HttpResponseBadRequest()
    if request.path == UNLOCK and request.method == "POST":
        return _unlocked(request)
    return _page(request, request.get_full_path() if request.method == "GET" else "/")


def _unlocked(request: HttpRequest) -> HttpResponse:
    after = request.POST.get("after", "/")
    if not url_has_allowed_host_and_scheme(after, None) or after == UNLOCK:
        after = "/"
    # The page of another site does not know this; it could only let guesses fail, and time pass.
    if not secrets.compare_digest(request.POST.get("token", ""), GUARD.token):
        return _page(request, after)
    typed = {name: request.POST.get(name, "")[:_LONGEST] for name in _FIELDS}
    try:
        if not typed["recovery"]:
            came, wrong = GUARD.try_to_open(typed["passphrase"]), "passphrase"
        elif typed["new"] != typed["again"]:
            return _page(request, after, wrong="again")
        else:
            came, wrong = GUARD.try_to_recover(typed["recovery"], typed["new"]), "recovery"
    except HabeasError as error:
        return _page(request, after, said=str(error))
    return HttpResponseRedirect(after) if came else _page(request, after, wrong=wrong)


def _page(request: HttpRequest, after: str, *, wrong: str = "", said: str = "") -> HttpResponse:
    language = translation.get_language_from_request(request, check_path=True)
    with translation.override(language):
        drawn = render_to_string(
            "site/locked.html",
            {
                "after": after,
                "token": GUARD.token,
                "unlock": UNLOCK,
                "wrong": wrong,
                "said": said,
                "waits_s": round(GUARD.waits_s()),
                "typed": request.method == "POST" and request.path != UNLOCK,
            },
        )
    # 423 Locked (RFC 4918, section 11.3): what was asked for is there, and not to be had now.
    return HttpResponse(drawn, status=423, headers={"Content-Language": language})
