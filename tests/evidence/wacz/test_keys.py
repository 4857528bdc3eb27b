"""Search keys: what replay programs look up must be what our index says."""

import json
import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.evidence.wacz.keys import search_key

if TYPE_CHECKING:
    from oracles import Oracles

_REAL = {
    "https://www.mos-gorsud.ru/rs/tverskoj/search?formType=fullForm&page=1": (
        "ru,mos-gorsud)/rs/tverskoj/search?formtype=fullform&page=1"
    ),
    # windows-1251 in a query: the bytes stay as they were sent.
    "http://kirov--kir.sudrf.ru/modules.php?srv_num=1&G1_PARTS__NAMESS=%CC%C9": (
        "ru,sudrf,kirov--kir)/modules.php?g1_parts__namess=%cc%c9&srv_num=1"
    ),
    "https://суд.тадж/путь?имя=Ё": (
        "xn--80aig9b,xn--d1azg)/%d0%bf%d1%83%d1%82%d1%8c?%d0%b8%d0%bc%d1%8f=%d0%81"
    ),
    "http://127.0.0.1:8123/a/": "1,0,0,127:8123)/a",
    "urn:x:1": "urn:x:1",
    "http://[::1/": "http://[::1/",
}


@pytest.mark.parametrize("url", _REAL)
def test_a_key_has_the_host_reversed_and_the_query_sorted(url: str) -> None:
    assert search_key(url) == _REAL[url]


_PIECES = st.text(alphabet=string.ascii_letters + string.digits + "%/.?&=;:^~_-+ éЁ", max_size=20)


@given(_PIECES)
@settings(max_examples=300)
def test_the_key_of_any_address_is_one_word(rest: str) -> None:
    key = search_key(f"https://court.example/{rest}")
    assert key.startswith("example,court)/")
    assert not set(key) & set(string.whitespace)
    assert key.isascii()


def test_keys_are_those_that_replay_programs_compute(oracles: "Oracles") -> None:
    urls = [*list(_REAL)[:-1], *_awkward()]
    program = (
        "import json,sys,surt; print(json.dumps([surt.surt(u) for u in json.load(sys.stdin)]))"
    )
    theirs = json.loads(oracles.run("python", "-c", program, stdin=json.dumps(urls)).stdout)
    assert dict(zip(urls, map(search_key, urls), strict=True)) == dict(
        zip(urls, theirs, strict=True)
    )


def _awkward() -> list[str]:
    rests = (
        "", "?", "a//b/./c", "A/b/../C/?b=2&a=1#f", "a%2Fb%3Fc?x=%26", "%d5%ee?x=%d5+y z",
        "%2541?x=%25", "p?a=1&a&=&b=", "p?b=1&a=2&B=0&A=3", "p?&x=1", "a\\b^c", "~x|y",
        "p?PHPSESSID=9682993c8daa2c5497996114facdc805&q=1", "é?é", "a;b=1", "index.html/..",
    )  # fmt: skip
    hosts = (
        "https://court.example",
        "http://WWW2.Court.example:8080",
        "http://user:pw@a_b.example",
    )
    return [f"{host}/{rest}" for host in hosts for rest in rests]
