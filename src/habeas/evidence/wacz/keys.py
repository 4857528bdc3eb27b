"""Search keys of addresses, as replay programs look them up in an index.

A key has the host reversed ("ru,mos-gorsud)/search?page=1"), so that one site's addresses stand
together (CDXJ 0.1.0, "Searchable URL"). What is folded beyond that was observed on pywb: case,
`www.`, default ports, the order of parameters. The library that pywb uses is under the AGPL and
asks the network for a list of domains, so this is written anew, and the tests compare the two.
"""

import re
from ipaddress import IPv4Address
from urllib.parse import SplitResult, quote_from_bytes, unquote_to_bytes, urlsplit

_WWW = re.compile(r"www[0-9]*\.")
# Ids of visits, not of pages.
_VISIT = re.compile(r"(?:phpsessid|jsessionid|sid)=[0-9a-z]{32}")
# Bytes that stand for themselves in a key: printable ASCII but "#" and "%".
_PLAIN = bytes(byte for byte in range(0x21, 0x7F) if byte not in b"#%").decode("ascii")
_PORTS = {"http": 80, "https": 443}


def search_key(url: str) -> str:
    """Return the key under which an address is looked up; other schemes are their own key."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in _PORTS or not parts.hostname:
        return url
    host = _host(parts.hostname)
    if port is not None and port != _PORTS[parts.scheme]:
        host += f":{port}"
    return f"{host}){_path(parts)}{_query(parts)}"


def _host(name: str) -> str:
    """Return a host reversed, without `www.`."""
    bare = _WWW.sub("", _ascii(name.strip(".").lower()), count=1)
    if ":" in bare:
        return bare
    if bare.isdigit() and int(bare) < 2**32:
        bare = str(IPv4Address(int(bare)))
    return ",".join(reversed(bare.split(".")))


def _ascii(name: str) -> str:
    try:
        return name.encode("idna").decode("ascii") if not name.isascii() else name
    except UnicodeError:
        return _folded(name)


def _path(parts: SplitResult) -> str:
    kept: list[str] = []
    for part in _folded(parts.path).split("/"):
        if part == "..":
            del kept[-1:]
        elif part not in {"", "."}:
            kept.append(part)
    return "/" + "/".join(kept)


def _query(parts: SplitResult) -> str:
    fields = [field for field in _folded(parts.query).split("&") if not _VISIT.fullmatch(field)]
    query = "&".join(sorted(fields, key=lambda field: field.partition("=")[::2]))
    return f"?{query}" if query else ""


def _folded(text: str) -> str:
    """Return text in lower case, each byte written in the one way that keys allow."""
    raw = text.encode("utf-8", "surrogatepass")
    while (plain := unquote_to_bytes(raw)) != raw:
        raw = plain
    return quote_from_bytes(raw.lower(), safe=_PLAIN).lower()
