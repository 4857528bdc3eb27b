"""Pictures of recorded pages, by a real browser that cannot reach anything."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sealed import NAME, page

from habeas.evidence import Exchange
from habeas.evidence.exhibit.facts import Absence
from habeas.evidence.exhibit.picture import WIDTH, browser_path, draw
from habeas.evidence.reading import Recorded

pytestmark = pytest.mark.skipif(not browser_path(), reason="there is no Chromium here")

Make = Callable[..., Exchange]
_PAGE = Recorded(
    url="https://court.example/list?n=1",
    status=200,
    headers=(("Content-Type", "text/html; charset=windows-1251"),),
    payload=page(),
)


def test_a_page_is_drawn_and_the_row_of_a_name_is_found() -> None:
    picture = draw(_PAGE, [NAME, "Никто", NAME])
    assert picture.browser.startswith("Chromium ")
    [strip] = picture.strips
    assert strip.png.startswith(b"\x89PNG")
    # The name stands once: the second mark for it finds no second place.
    [area] = strip.marks
    assert 0 < area.width < WIDTH
    assert 0 < area.y < strip.height


def test_a_long_page_is_cut_into_strips_and_rows_into_both() -> None:
    rows = "".join(f"<tr><td style='height:90px'>{n}</td></tr>" for n in range(60))
    body = f"<table>{rows}<tr><td style='height:900px'>{NAME}</td></tr></table>"
    picture = draw(replace(_PAGE, payload=body.encode("windows-1251")), [NAME])
    assert len(picture.strips) == 5
    assert sum(len(strip.marks) for strip in picture.strips) == 2


def test_no_script_runs_and_nothing_is_fetched() -> None:
    """The page tries to fetch and to rewrite itself; a colour would show that it could."""
    body = (
        b"<body style='margin:0'><script>document.body.style.background='#f00'</script>"
        b"<link rel=stylesheet href='http://127.0.0.1:9/x.css'><img src='http://127.0.0.1:9/x'>"
        b"<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/away'><p>stays</p>"
    )
    plain = draw(replace(_PAGE, payload=b"<body style='margin:0'><p>stays</p>"), [])
    hostile = draw(replace(_PAGE, payload=body), ["stays"])
    assert plain.strips
    assert hostile.strips
    assert hostile.strips[0].marks


@pytest.mark.parametrize(
    ("kind", "payload"), [("application/pdf", b"%PDF"), ("text/html", b""), ("", b"x")]
)
def test_what_is_no_page_has_no_picture(kind: str, payload: bytes) -> None:
    recorded = replace(_PAGE, headers=(("Content-Type", kind),), payload=payload)
    assert draw(recorded, []).absent is Absence.NOT_A_PAGE


def test_a_browser_that_does_not_start_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HABEAS_CHROMIUM", "/bin/false")
    picture = draw(_PAGE, [NAME])
    assert picture.absent is Absence.FAILED
    assert not picture.strips
