"""Visits that a person handed over: a captcha answered in their own browser, then lent to us.

habeas answers no captcha and pays nobody to. But a person may: they open the page in their browser,
answer its picture, and copy that request as cURL. Its cookies, and the name that the browser gave
itself, make the site take our requests for the same visit. They are used for that host only, until
the site asks for a picture again. Such visits are mostly bound to the network address, so they are
kept on this computer, in `visits.json` of HABEAS_HOME, readable by its owner only.
"""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from urllib.parse import parse_qsl, urlsplit

from habeas.errors import VisitUnclear
from habeas.files import make_folder, write_file
from habeas.home import home
from habeas.language import _
from habeas.vault.bytes import protected, read_bytes

FORMAT = "habeas visits 1"
_FILE = "visits.json"
_LONGEST = 64 * 1024
# Flags of curl that take a value, as browsers write them; all others are taken to stand alone.
_HEADER, _COOKIE, _AGENT = ("-H", "--header"), ("-b", "--cookie"), ("-A", "--user-agent")
_WITH_VALUE = {"-X", "--request", "--data-raw", "--data", "-d", "--data-binary", "-e", "--referer"}
_CAPTCHA = re.compile(r"captcha(?:id)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a person's browser at one host.

    Attributes:
        host: where it holds, in lower case.
        cookie: the header's value, as the browser sent it.
        user_agent: the browser's name; a visit is mostly refused under another.
        answers: parameters of the address that carry the answer to a picture (`captcha`,
            `captchaid` of sudrf.ru); they are repeated in searches by name.
        by: who handed it over.
        at: when (aware, UTC).
        ended_at: when the site asked for a picture again, None while it is of use.
    """

    host: str
    cookie: str = field(repr=False)
    user_agent: str
    answers: tuple[tuple[str, str], ...]
    by: str
    at: datetime
    ended_at: datetime | None = None

    @property
    def words(self) -> str:
        """What the record says of it."""
        return f"handed over by {self.by}, {self.at:%Y-%m-%dT%H:%M:%SZ}"


def visit_of(pasted: str, by: str, now: datetime) -> Visit:
    """Return the visit in a request that a browser copied as cURL (for bash).

    Args:
        pasted: the command, on one line or several.
        by: who hands it over.
        now: aware.

    Raises:
        VisitUnclear: it is no such command, or there is nothing in it that makes a visit.
    """
    address, headers = _read(pasted)
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise VisitUnclear(_("there is no address of a page in it"))
    cookie = headers.get("cookie", "")
    answers = tuple(pair for pair in parse_qsl(parts.query) if _CAPTCHA.fullmatch(pair[0]))
    if not cookie and not answers:
        raise VisitUnclear(_("there are no cookies in it"))
    agent = headers.get("user-agent", "")
    if not all(one.isascii() and one.isprintable() for one in (cookie, agent)):
        raise VisitUnclear(_("it has characters that no browser sends"))
    return Visit(parts.hostname.lower(), cookie, agent, answers, by[:100], now.astimezone(UTC))


def _read(pasted: str) -> tuple[str, Mapping[str, str]]:
    if len(pasted) > _LONGEST:
        raise VisitUnclear(_("it is too long"))
    try:
        words = shlex.split(pasted.replace("\\\r\n", " ").replace("\\\n", " "))
    except ValueError as error:
        raise VisitUnclear(_("a quotation mark is missing in it")) from error
    if not words or words[0] != "curl":
        raise VisitUnclear(_("it does not begin with curl"))
    return _sorted(iter(words[1:]))


def _sorted(words: Iterator[str]) -> tuple[str, Mapping[str, str]]:
    address, headers = "", {}
    for word in words:
        if word in _HEADER:
            name, _colon, value = next(words, "").partition(":")
            headers[name.strip().lower()] = value.strip()
        elif word in _COOKIE:
            headers["cookie"] = next(words, "")
        elif word in _AGENT:
            headers["user-agent"] = next(words, "")
        elif word in _WITH_VALUE:
            next(words, "")
        elif not word.startswith("-") and not address:
            address = word
    return address, headers


class Visits:
    """The visits that were handed over on this computer. Safe to share between threads.

    Args:
        folder: HABEAS_HOME if not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = Lock()

    @property
    def path(self) -> Path:
        """The file that holds them."""
        return (self._folder or home()) / _FILE

    def of(self, host: str) -> Visit | None:
        """Return the newest visit at a host that is still of use. Read anew each time.

        Raises:
            VisitUnclear: the file was changed by somebody and cannot be understood.
        """
        held = [one for one in self.all() if one.host == host and one.ended_at is None]
        return max(held, key=lambda one: one.at, default=None)

    def all(self) -> list[Visit]:
        """Return all of them, those that ended as well, the oldest first.

        Raises:
            VisitUnclear: as `of`.
        """
        try:
            kept = json.loads(read_bytes(self.path))
            if kept["format"] != FORMAT:
                raise VisitUnclear(str(self.path))
            return [_visit(one) for one in kept["visits"]]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise VisitUnclear(f"{self.path}: {type(error).__name__}") from error

    def add(self, visit: Visit) -> None:
        """Keep one; earlier ones at its host are used no more.

        Raises:
            OSError: it cannot be written.
        """
        with self._lock:
            earlier = [_ended(one, visit.host, visit.at) for one in self.all()]
            self._write([*earlier, visit])

    def end(self, host: str, now: datetime) -> None:
        """Use the visit at a host no more: the site asks for a picture again. Its cookie goes.

        Raises:
            OSError: it cannot be written.
        """
        with self._lock:
            self._write([_ended(one, host, now) for one in self.all()])

    def _write(self, visits: list[Visit]) -> None:
        make_folder(self.path.parent)
        content = {"format": FORMAT, "visits": [_plain(one) for one in visits]}
        plain = json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"
        write_file(self.path, protected(plain))


def _ended(one: Visit, host: str, now: datetime) -> Visit:
    if one.host != host or one.ended_at is not None:
        return one
    return replace(one, cookie="", answers=(), ended_at=now.astimezone(UTC))


def _plain(one: Visit) -> dict[str, object]:
    return {
        "host": one.host,
        "cookie": one.cookie,
        "user_agent": one.user_agent,
        "answers": [list(pair) for pair in one.answers],
        "by": one.by,
        "at": one.at.isoformat(),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
    }


def _visit(kept: Mapping[str, object]) -> Visit:
    ended, answers = kept["ended_at"], kept["answers"]
    if not isinstance(answers, list):
        raise TypeError(answers)
    return Visit(
        str(kept["host"]),
        str(kept["cookie"]),
        str(kept["user_agent"]),
        tuple((str(name), str(value)) for name, value in answers),
        str(kept["by"]),
        datetime.fromisoformat(str(kept["at"])),
        datetime.fromisoformat(str(ended)) if ended else None,
    )
