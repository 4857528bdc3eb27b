"""Addresses taken apart strictly, and told apart: the open internet, and what is not."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import AddressRefused
from habeas.fetch.addresses import follow, is_loopback, is_public, parse_address


@pytest.mark.parametrize(
    ("text", "url", "authority"),
    [
        ("https://Court.Example", "https://court.example/", "court.example"),
        ("http://court.example:80/a?b=%D1#c", "http://court.example/a?b=%D1", "court.example"),
        ("https://court.example:8443/", "https://court.example:8443/", "court.example:8443"),
        (
            "https://суд.рф/дело?имя=Я",
            "https://xn--d1azg.xn--p1ai/%D0%B4%D0%B5%D0%BB%D0%BE?%D0%B8%D0%BC%D1%8F=%D0%AF",
            "xn--d1azg.xn--p1ai",
        ),
        ("http://[::1]:8000/x", "http://[::1]:8000/x", "[::1]:8000"),
        (" https://court.example./ ", "https://court.example/", "court.example"),
    ],
)
def test_an_address_is_asked_as_written(text: str, url: str, authority: str) -> None:
    address = parse_address(text)
    assert address.url == url
    assert address.authority == authority


def test_an_encoded_query_in_windows_1251_stays_as_it_is() -> None:
    address = parse_address("https://c.example/modules.php?name=sud_delo&Submit=%CD%E0%E9%F2%E8")
    assert address.target == "/modules.php?name=sud_delo&Submit=%CD%E0%E9%F2%E8"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "court",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https://user@court.example/",
        "https://user:pass@court.example/",
        "https://court.example:99999/",
        "https://court.example:0/",
        "https://court.example/a b",
        "https://court.example/\r\nHost: other",
        "https://court.example/\x1b[31m",
        "https://co|urt.example/",
        "https://[::1/",
        "https://" + "я" * 300 + ".рф/",
        "https://c.example/" + "x" * 20_000,
    ],
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(AddressRefused):
        parse_address(text)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for prefix in ("", "http://c.example/", "https://"):
        try:
            address = parse_address(prefix + text)
        except AddressRefused:
            continue
        assert address.target.isascii()
        assert address.target.isprintable()
        assert " " not in address.target
        assert address.host.isascii()
        assert parse_address(address.url) == address


@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=60))
def test_any_location_leads_to_an_address_or_is_refused(location: str) -> None:
    start = parse_address("https://c.example/a/b")
    with suppress(AddressRefused):
        assert follow(start, location).url.isascii()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.9",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "nonsense",
    ],
)
def test_addresses_outside_the_open_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_internet(address: str) -> None:
    assert is_public(address)


def test_this_computer_is_known_by_its_names() -> None:
    assert is_loopback("localhost")
    assert is_loopback("demo.localhost")
    assert is_loopback("127.0.0.9")
    assert is_loopback("::1")
    assert not is_loopback("localhost.example")


@pytest.mark.parametrize("host", ["xn--¸", "a\u2044b", "\uff05", "①②"])
def test_letters_that_idna_turns_into_something_else_do_no_harm(host: str) -> None:
    try:
        address = parse_address(f"https://{host}/")
    except AddressRefused:
        return
    assert set(address.host) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-_")
