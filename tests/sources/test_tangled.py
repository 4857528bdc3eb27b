"""HTML that is built to hang a parser is refused before a tree of it is built."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.contract import Capture, Obstacle, Outcome
from habeas.sources.pages import failure
from habeas.sources.tangled import is_tangled

MANY = 100_000
HOSTILE = {
    "open elements": "<div>" * MANY,
    "open, then closed": "<div>" * MANY + "</div>" * MANY,
    "end tags of nothing": "<div></x>" * MANY,
    "end tags of what comes later": "<div></span>" * MANY + "<span></span>" * MANY,
    "formatting in paragraphs": "".join(f"<b a{n}><p>" for n in range(MANY)),
    "ruby without its frame": "<rt>" * MANY,
    "shapes outside a drawing": "<path/>" * MANY,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(MANY)) + ">",
    "attributes without blanks": "<p " + "".join(f'a{n}="1"' for n in range(MANY)) + ">",
    "attributes between slashes": "<p " + "/".join(f"a{n}" for n in range(MANY)) + ">",
    "attributes that hold an end": "<p " + " ".join(f'a{n}=">"' for n in range(MANY)) + ">",
    "attributes that hold a tag": "<p " + " ".join(f"a{n}='<br>'" for n in range(MANY)) + ">",
}
HARMLESS = {
    "cells": "<tr><td><a href=x><b>y</b></a></td></tr>" * 20_000,
    "text": "<p>" + "слово " * 50_000,
    "capitals": "<DIV><A HREF=x>y</a><BR></Div>" * 5_000,
    "items without end tags": "<ul>" + "<li>слово<br>" * 20_000,
    "icons": '<svg><path d="M0 0"/><use href="#x"/></svg>' * 1_000,
    "a picture": '<img src="data:image/png;base64,' + "AAA/bb+=" * 100_000 + '">',
    "a picture, cut": '<img src="data:image/png;base64,' + "AAA/bb+= " * 100_000,
    "a script": "<script>" + "if (a > b) { x='<b>' + y + '</b>'; }\n" * 5_000 + "</script>",
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_a_hostile_page_is_refused_soon_and_keeps_its_names(shape: str) -> None:
    began = time.perf_counter()
    capture = Capture(f"<p>Небывалов Тимофей Карпович</p>{HOSTILE[shape]}".encode())
    page = failure(capture, "x")
    assert time.perf_counter() - began < 8
    assert page is not None
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.UNREADABLE)
    assert "Небывалов Тимофей Карпович" in [mention.printed for mention in page.mentions]


@pytest.mark.parametrize("shape", HOSTILE)
def test_the_tree_of_a_hostile_page_is_never_built(shape: str) -> None:
    began = time.perf_counter()
    body = Capture(HOSTILE[shape].encode()).tree.body
    assert time.perf_counter() - began < 3
    assert body is None or body.css_first("div, p, rt, path") is None


@pytest.mark.parametrize("shape", HARMLESS)
def test_a_large_page_for_people_is_not_hostile(shape: str) -> None:
    assert not is_tangled(HARMLESS[shape])


@given(st.text(st.sampled_from("<>/a=b'\" \n"), max_size=60))
def test_any_text_is_judged(text: str) -> None:
    assert not is_tangled(text)
    is_tangled(text * 400)
