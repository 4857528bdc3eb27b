"""Which addresses are asked: http and https, without credentials, and no private network by chance.

A page of a hostile site may link or redirect to the user's own computer or office network. Such an
address is asked only where the user typed it.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

from habeas.errors import AddressRefused
from habeas.language import _

_PORTS = {"http": 80, "https": 443}
# What may stand in a path or query as it is (RFC 3986, 3.3 and 3.4); the rest is percent-encoded.
_SAFE = "!$%&'()*+,-./:;=?@_~[]|"
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+(?:%[a-z0-9._-]+)?")
# Addresses of IPv4 hosts as seen through a translator (RFC 6052, 2.1).
_NAT64 = IPv6Network("64:ff9b::/96")
_LONGEST = 16 * 1024


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart, as it will be asked.

    Attributes:
        scheme: http or https.
        host: lower case, ASCII (IDNA), without brackets or port.
        port: as given, or the scheme's own.
        target: path and query, percent-encoded, as sent in the request line.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host as sent in the Host header: with brackets for IPv6, with a port that is unusual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole address, without fragment."""
        return self.origin + self.target


def parse_address(text: str) -> Address:
    """Take an address apart.

    Raises:
        AddressRefused: another scheme than http and https, credentials, no host, control
            characters, an impossible port, or more than 16 KB.
    """
    if len(text) > _LONGEST:
        raise AddressRefused(text, _("it is too long"))
    text = text.strip()
    if _CONTROL.search(text):
        raise AddressRefused(text, _("it contains spaces or control characters"))
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(text, _("it is not a web address")) from error
    if parts.scheme not in _PORTS:
        raise AddressRefused(text, _("only https and http addresses are asked"))
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(text, _("it contains a user name or password"))
    if not parts.hostname or port == 0:
        raise AddressRefused(text, _("it is not a web address"))
    target = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        target += "?" + quote(parts.query, safe=_SAFE)
    return Address(
        parts.scheme, _ascii_host(parts.hostname, text), port or _PORTS[parts.scheme], target
    )


def follow(address: Address, location: str) -> Address:
    """Return where a Location header points, seen from the address that sent it.

    Raises:
        AddressRefused: as for `parse_address`.
    """
    # Servers send raw UTF-8 here; headers were read as ISO 8859-1 to keep every byte.
    try:
        location = location.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        location = quote(location, safe=_SAFE + "#", encoding="iso-8859-1", errors="replace")
    try:
        joined = urljoin(address.url, location.strip().replace(" ", "%20"))
    except ValueError as error:
        raise AddressRefused(location, _("it is not a web address")) from error
    return parse_address(joined)


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the open internet."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _public(parsed)


def is_private(host: str) -> bool:
    """Return whether a host, as written, is outside of the open internet. No name is looked up."""
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return not is_public(host)


def is_loopback(host: str) -> bool:
    """Return whether a host, as written, is this computer."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return _public(inner)
        if address in _NAT64:
            return _public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast


def _ascii_host(host: str, text: str) -> str:
    try:
        # Letters beyond ASCII may turn into anything that IDNA maps them to, so look afterwards.
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise AddressRefused(text, _("its host name cannot be written in ASCII")) from error
    ascii_host = ascii_host.rstrip(".").lower()
    if not _HOST.fullmatch(ascii_host) or len(ascii_host) > 253:
        raise AddressRefused(text, _("it is not a web address"))
    return ascii_host
