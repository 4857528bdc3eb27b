"""The bytes of a request, complete as they go over the wire and into the record."""

import re
from dataclasses import replace
from urllib.parse import urlencode

from habeas import __version__
from habeas.errors import HeaderRefused
from habeas.fetch.addresses import Address
from habeas.fetch.visits import Visit
from habeas.sources.contract import Request

ROBOTS_NAME = "habeas"
"""The name under which a robots.txt can address us (RFC 9309, 2.2.1)."""

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_OURS = {
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "accept-encoding",
    "user-agent",
    "expect",
    "te",
    "upgrade",
}


def honest_user_agent(about: str = "") -> str:
    """Return the name we give ourselves: program, version, and a page about whoever runs it.

    We do not pretend to be a browser. Some portals refuse unknown programs; that is an answer.
    """
    return f"habeas/{__version__}" + (f" (+{about})" if about else "")


def request_bytes(address: Address, request: Request, user_agent: str) -> bytes:
    """Return request line, headers and body.

    `Accept-Encoding: identity` asks for the page as it is (a proof is easier to read), and
    `Connection: close` makes each exchange stand alone in the record.

    Raises:
        HeaderRefused: a header would break the request, or is not the source's to set.
    """
    headers = {
        "Host": address.authority,
        "User-Agent": user_agent,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    for name, value in request.headers.items():
        if not _TOKEN.fullmatch(name) or name.lower() in _OURS or not _plain(value):
            raise HeaderRefused(name)
        headers[next((known for known in headers if known.lower() == name.lower()), name)] = value
    if not _TOKEN.fullmatch(request.method) or not _plain(user_agent):
        raise HeaderRefused(request.method if _plain(user_agent) else "User-Agent")
    if request.body or request.method in {"POST", "PUT"}:
        headers["Content-Length"] = str(len(request.body))
    lines = [f"{request.method} {address.target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii") + request.body


def lent(address: Address, request: Request, visit: Visit | None) -> tuple[Address, Request]:
    """Return address and request as they are sent under a visit that somebody handed over.

    The cookies go with every request to its host. The answer to a picture goes with searches by
    name only: whole lists need none.
    """
    if visit is None:
        return address, request
    if visit.cookie:
        kept = {name: text for name, text in request.headers.items() if name.lower() != "cookie"}
        request = replace(request, headers={**kept, "Cookie": visit.cookie})
    if visit.answers and request.by_name and "captcha=" not in address.target:
        joint = "&" if "?" in address.target else "?"
        address = replace(address, target=f"{address.target}{joint}{urlencode(visit.answers)}")
    return address, request


def _plain(value: str) -> bool:
    return value.isascii() and value.isprintable()
