"""What a replica is asked and what it replies, before any byte goes over a line."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import parse_qsl, quote, urlsplit

from habeas.replica.faults import Fault
from habeas.replica.script import Script


@dataclass(frozen=True)
class Ask:
    """A request as received.

    Attributes:
        scheme: http or https.
        host: as in the Host header, lower case, without port.
        target: path and query as sent.
        method: the HTTP method.
        body: of a form, as sent.
    """

    scheme: str
    host: str
    target: str
    method: str = "GET"
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path alone."""
        return urlsplit(self.target).path

    @property
    def origin(self) -> str:
        """Scheme and host, as a page writes them in a link."""
        return f"{self.scheme}://{self.host}"

    @cached_property
    def query(self) -> Mapping[str, str]:
        """The query in UTF-8; the first value of each name counts."""
        return self._fields("utf-8")

    @cached_property
    def query_1251(self) -> Mapping[str, str]:
        """The query in windows-1251."""
        return self._fields("windows-1251")

    def _fields(self, charset: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        printed = urlsplit(self.target).query
        for name, value in parse_qsl(printed, keep_blank_values=True, encoding=charset):
            found.setdefault(name, value)
        return found

    @cached_property
    def form(self) -> Mapping[str, str]:
        """The fields of a form that was sent."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def page_link(self, name: str, number: int) -> str:
        """Return this very address with another page number, as a path."""
        kept = [
            part
            for part in urlsplit(self.target).query.split("&")
            if part and part.partition("=")[0] != name
        ]
        return f"{quote(self.path, safe='/%')}?{'&'.join([*kept, f'{name}={number}'])}"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, not yet on a line.

    Attributes:
        text: the page.
        charset: in which it is written.
        status: the HTTP status.
        content_type: the media type; empty for the page's own, text/html in `charset`.
        headers: further ones.
    """

    text: str
    charset: str = "utf-8"
    status: int = 200
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        """The bytes; letters that the charset lacks become character references, as on portals."""
        return self.text.encode(self.charset, "xmlcharrefreplace")

    @property
    def media_type(self) -> str:
        """The Content-Type header."""
        return self.content_type or f"text/html; charset={self.charset}"


@dataclass(frozen=True, slots=True)
class Stage:
    """What a portal plays: the script, the day, and the faults that this request meets."""

    script: Script
    day: int
    faults: tuple[Fault, ...] = ()

    def emptied(self) -> "Stage":
        """Return the stage on which nobody is listed."""
        return replace(self, script=Script(self.script.start))
