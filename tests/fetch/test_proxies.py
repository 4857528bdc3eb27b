"""By way of a proxy: it looks names up, its failures are no absence, its password stays secret."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from socks_proxy import SocksProxy, proxying
from tests.fetch.conftest import Issued, Site, issue, page, recorded_failure

from habeas.errors import RouteUnclear
from habeas.evidence import Store
from habeas.evidence.reading import read_facts
from habeas.fetch import Answer, Asker, Bounds, Manners, Trust, parse_proxy
from habeas.sources.contract import Obstacle, Request

_ABROAD = "court.abroad.invalid"
"""A host that this computer cannot look up (RFC 2606)."""


@pytest.fixture
def proxy(site: Site) -> Iterator[SocksProxy]:
    with proxying(SocksProxy(leads={(_ABROAD, 80): site.port})) as running:
        yield running


def _ask(
    folder: Path,
    address: str,
    url: str = f"http://{_ABROAD}/",
    *,
    typed: bool = True,
    trust: Trust | None = None,
) -> Answer:
    manners = Manners(bounds=Bounds(seconds=4, connect_seconds=1.5), proxy=parse_proxy(address))
    asker = Asker(Store(folder / "captures"), manners=manners, trust=trust)
    return asker.ask(Request(url, purpose="a test"), typed=typed)


def test_a_page_comes_by_the_proxy_which_looks_the_name_up(
    site: Site, proxy: SocksProxy, tmp_path: Path
) -> None:
    site.replies["/"] = page("Выдумов".encode())
    answer = _ask(tmp_path, proxy.address)
    assert answer.obstacle is None
    assert answer.capture.body.decode() == "Выдумов"
    assert proxy.asked == [(_ABROAD, 80)]
    (found,) = read_facts(answer.record.path)
    facts: Any = found.facts
    assert facts["connection"]["proxy"] == f"socks5h://127.0.0.1:{proxy.port}"
    assert facts["connection"]["addresses"] == []
    assert facts["connection"]["peer"] is None


def test_the_record_of_a_direct_exchange_names_no_proxy(
    site: Site, asker: Callable[..., Asker]
) -> None:
    answer = asker().ask(Request(site.url()), typed=True)
    (found,) = read_facts(answer.record.path)
    facts: Any = found.facts
    assert "proxy" not in facts["connection"]


def test_a_password_is_given_to_the_proxy_and_to_nobody_else(
    proxy: SocksProxy, tmp_path: Path
) -> None:
    proxy.password = "zarina:s3cret-word"
    answer = _ask(tmp_path, proxy.address)
    assert answer.obstacle is None
    for file in (tmp_path / "captures").rglob("*"):
        if file.is_file():
            assert b"s3cret-word" not in file.read_bytes()
    assert "s3cret-word" not in repr(parse_proxy(proxy.address))


def test_a_wrong_password_is_an_obstacle_that_does_not_tell_it(
    proxy: SocksProxy, tmp_path: Path
) -> None:
    given_ = proxy.address.replace("socks5h://", "socks5h://zarina:wr0ng-word@")
    proxy.password = "zarina:s3cret-word"
    answer = _ask(tmp_path, given_)
    assert answer.obstacle is Obstacle.DOWN
    assert "wr0ng-word" not in answer.explanation
    assert "wr0ng-word" not in str(answer.exchange.failure)


@pytest.mark.parametrize("trouble", ["not running", "silent", "leads nowhere"])
def test_a_proxy_that_fails_is_could_not_look(
    proxy: SocksProxy, tmp_path: Path, trouble: str
) -> None:
    address = proxy.address
    if trouble == "not running":
        address = "socks5h://127.0.0.1:9"
    elif trouble == "silent":
        proxy.silent = True
    else:
        proxy.leads.clear()
    answer = _ask(tmp_path, address)
    assert answer.obstacle is Obstacle.DOWN
    code, obstacle = recorded_failure(answer)
    assert code == ("timeout" if trouble == "silent" else "unreachable")
    assert obstacle == "down"


def test_a_private_address_is_not_asked_for_by_the_proxy_either(
    proxy: SocksProxy, tmp_path: Path
) -> None:
    answer = _ask(tmp_path, proxy.address, "http://169.254.169.254/latest/", typed=False)
    assert answer.obstacle is not None
    assert recorded_failure(answer)[0] == "private_address"
    assert proxy.asked == []


def test_certificates_are_verified_by_this_computer_and_not_by_the_proxy(
    secure: Callable[..., Site], proxy: SocksProxy, tmp_path: Path
) -> None:
    authority: Issued = issue("Invented authority")
    served = secure(issue("leaf", authority, hosts=(_ABROAD,)))
    proxy.leads[_ABROAD, 443] = served.port
    address = f"https://{_ABROAD}/"
    assert _ask(tmp_path, proxy.address, address).obstacle is Obstacle.TLS
    ca = tmp_path / "ca.pem"
    ca.write_bytes(authority.pem)
    answer = _ask(tmp_path, proxy.address, address, trust=Trust([ca]))
    assert answer.obstacle is None


@pytest.mark.parametrize(
    ("written", "host", "port"),
    [
        ("socks5h://127.0.0.1:9050", "127.0.0.1", 9050),
        (" socks5://proxy.example.org:1080/ ", "proxy.example.org", 1080),
        ("socks5h://us%40er:p%3Aw@[::1]:1080", "::1", 1080),
    ],
)
def test_a_proxy_is_written_as_an_address(written: str, host: str, port: int) -> None:
    proxy = parse_proxy(written)
    assert (proxy.host, proxy.port) == (host, port)
    assert "p:w" not in proxy.address


@pytest.mark.parametrize(
    "written",
    [
        "",
        "tor",
        "http://127.0.0.1:8080",
        "socks4://127.0.0.1:1080",
        "socks5h://127.0.0.1",
        "socks5h://:1080",
        "socks5h://127.0.0.1:99999",
        "socks5h://127.0.0.1:1080/path",
        "socks5h://[::1:1080",
    ],
)
def test_what_is_no_proxy_is_refused(written: str) -> None:
    with pytest.raises(RouteUnclear):
        parse_proxy(written)


@given(st.text())
def test_no_text_is_taken_for_a_proxy_by_mistake(written: str) -> None:
    try:
        proxy = parse_proxy(written)
    except RouteUnclear:
        return
    assert proxy.host
    assert proxy.port


def test_a_refusal_does_not_show_a_password() -> None:
    with pytest.raises(RouteUnclear) as refused:
        parse_proxy("socks5h://zarina:s3cret-word@127.0.0.1")
    assert "s3cret-word" not in str(refused.value)
