"""The running text of pages, PDFs and text files, for reading. All people are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.contract import Capture, Obstacle
from habeas.sources.readers.kinds import FileKind
from habeas.sources.readers.plain import plain_text

_PAGE = """<html><head><title>Menu</title><style>p { color: red }</style></head><body>
<nav><a href=/>Home</a> <a href=/news>News</a></nav>
<article><h1>Hundreds arrested</h1><p>At least <b>120</b> of 400 people<br>were detained.</p>
<p>«Нас били», — сказал Фарход Латипов.</p><script>alert("At least 900 people")</script></article>
<aside>More than 5,000 readers</aside><footer>© 2021</footer></body></html>"""


def _html(text: str) -> str:
    return plain_text(Capture(text.encode(), place="page.html"), FileKind.HTML).text


def test_the_article_of_a_page_is_read_and_its_frame_is_not() -> None:
    text = _html(_PAGE)
    assert text.startswith("Hundreds arrested\n\n")
    assert "At least 120 of 400 people" in text
    assert "«Нас били», — сказал Фарход Латипов." in text
    assert not {"900", "5,000", "Home", "color"} & set(text.replace("\n", " ").split())


def test_a_page_without_an_article_is_read_without_its_frame() -> None:
    text = _html("<body><nav>Home</nav><div><p>Police held 12 people.</p></div></body>")
    assert text == "Police held 12 people."


def test_an_article_that_is_a_small_part_of_its_page_is_not_all_of_it() -> None:
    body = "<p>Police held 12 people in the north of the city.</p>" * 20
    text = _html(f"<body><article>Read also</article><div>{body}</div></body>")
    assert text.count("12 people") == 20


@pytest.mark.parametrize(
    "soup",
    [
        "<p>Police held <b>12 <i>people</b></i>.",
        "<table><td>Police held 12 people.<p></table>",
        "<p>Police held 12 people.<!-- <p>900 people -->",
        "Police held&nbsp;12&#32;people.",
        "<div><div><div><p>Police held 12 people.</div>",
    ],
)
def test_soup_is_read_as_a_browser_shows_it(soup: str) -> None:
    assert " ".join(_html(f"<html><body>{soup}").split()).startswith("Police held 12 people")


def test_a_page_in_an_old_charset_is_decoded() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Задержан Латипов.</p></body>'
    capture = Capture(page.encode("windows-1251"), place="page.html")
    assert plain_text(capture, FileKind.HTML).text == "Задержан Латипов."


def test_letters_that_cannot_be_read_are_remarked_upon() -> None:
    text = "Задержан \ufffd\ufffd\ufffd\ufffd Латипов (cid:12)(cid:13)"
    plain = plain_text(Capture(text.encode(), place="a.txt"), FileKind.TEXT)
    assert plain.remarks
    assert plain_text(Capture(b"Police held 12 people", place="a"), FileKind.TEXT).remarks == ()


def test_a_broken_pdf_says_why_it_could_not_be_read() -> None:
    plain = plain_text(Capture(b"%PDF-1.4 nothing", place="a.pdf"), FileKind.PDF)
    assert plain.text == ""
    assert plain.obstacle is Obstacle.UNREADABLE
    assert plain.explanation


@given(st.text(max_size=200))
def test_no_page_raises(text: str) -> None:
    plain_text(Capture(text.encode("utf-8", "surrogatepass"), place="a.html"), FileKind.HTML)
