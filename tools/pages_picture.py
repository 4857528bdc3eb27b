"""Draws the pictures of the case files in docs/pictures: the real site, its demo data, Chromium.

Run as `.venv/bin/python tools/pages_picture.py`. Everything happens on loopback; the database is a
temporary one. The people are invented, except the public case, of which public sources are quoted.
"""

import io
import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = os.environ.get("HABEAS_CHROMIUM", "/usr/bin/chromium")
# Name, page, language, width, height of what is shown.
_SHOTS = (
    ("case-board", "board/", "en", 1100, 620),
    ("case-timeline", "cases/AMON/", "en", 1100, 1000),
    ("case-calls-phone", "cases/H7K3M/calls/", "ru", 360, 760),
    ("case-new", "new-case/", "tg", 760, 900),
    ("reading", "documents/{text}/read/", "en", 1280, 900),
    ("event", "cases/{event}/", "en", 1100, 1500),
)
# What the pointer rests on while a page is drawn.
_POINTED_AT = {"reading": "at least 120 people"}


def main() -> int:
    """Serve, look, and write the pictures."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    import django_ready
    from django.test import override_settings
    from site_story import NOW

    with tempfile.TemporaryDirectory() as folder:
        django_ready.on_sqlite(Path(folder))
        with override_settings(HABEAS_NOW=lambda: NOW):
            _draw()
    return 0


def _draw() -> None:
    from playwright.sync_api import sync_playwright

    from habeas.site import serving

    _told()
    codes = _read()
    with serving.listening() as bound:
        server = serving.server(bound)
        threading.Thread(target=server.run, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--headless", "--no-sandbox"]
            )
            for shot in _SHOTS:
                _shoot(browser, bound.getsockname()[1], shot, codes)
            browser.close()
        serving.stop(server)


def _told() -> None:
    """Write the invented story, a few look-ups, and the public case."""
    from datetime import timedelta

    from case_story import say
    from site_story import NAME, NOW, account, told

    from habeas.cases import story
    from habeas.cases.lookups import asking
    from habeas.cases.statements.recording import Hand, case_of

    found = told()
    account()
    story.load(NOW - timedelta(days=1))
    hand = Hand("Zarina", NOW - timedelta(hours=4))
    case = case_of(found.person, hand)
    offices = (
        ("ОМВД «Мельничный»", "police", "Мельничный"),
        ("УВД Вымышленного округа", "district", "Вымышленный"),
        ("Дежурная часть", "duty", ""),
        ("ЦВСИГ «Небылово»", "foreigners", ""),
    )
    desks = [
        asking.add_desk(title, kind, hand, district=district, phone=f"+7 000 000-00-0{n}")
        for n, (title, kind, district) in enumerate(offices)
    ]
    say(
        case,
        "custody",
        "taken_unacknowledged",
        "Соседка",
        "eyewitness",
        about="2026-11-24T06:10",
        zone="Europe/Moscow",
        details={"place": "Мельничный район"},
    )
    answer = asking.Answer(
        desks[0].body.title,
        NAME,
        "not_here",
        NOW - timedelta(hours=3),
        desks[0].body,
        answer="Такого не доставляли",
        ask_again_at=NOW - timedelta(minutes=10),
    )
    asking.take(case, answer, hand)


def _read() -> dict[str, str]:
    """Give the text of the public case in our own words; return the codes of text and event."""
    from case_story import document, say
    from site_story import NOW
    from tests.reading.test_retelling import RETOLD

    from habeas.cases.counts import counting, listing
    from habeas.cases.statements import recording
    from habeas.cases.statements.models import Subject
    from habeas.reading import Bounds, Hedge

    hand = recording.Hand("Zarina", NOW)
    paper = document("The Invented Gazette", title="Protest at an embassy", text=RETOLD)
    event = recording.new_subject(Subject.EVENT, "An invented protest at a mill", hand)
    for speaker, role, about, wording, bounds in (
        ("Nowhere Centre", "monitor", "2026-11-23T18:00", "about 90", Bounds.of(Hedge.ABOUT, 90)),
        ("Nowhere Centre", "monitor", "2026-11-23T21:30", "at least 93",
         Bounds.of(Hedge.AT_LEAST, 93)),
        ("Police of Nowhere", "police", "2026-11-23T23:00", "61", Bounds.of(Hedge.EXACT, 61)),
        ("The Invented Gazette", "media", "2026-11-24", "hundreds", Bounds.in_words("hundreds")),
        ("Nowhere Centre", "monitor", "2026-11-24T12:00", "at least 120",
         Bounds.of(Hedge.AT_LEAST, 120)),
    ):  # fmt: skip
        counted = counting.Counted(bounds, what="detained")
        claim = counting.claim_of(counted, wording=wording, about=about)
        say(
            event, claim.property, claim.value, speaker, role,
            as_said=wording, about=about, details=claim.details,
        )  # fmt: skip
    lines = (
        "ОВД Мельничный:\n1. Выдумов Небыл, 17 лет, без адвоката\n2. Былов Придуман 1990 г.р.\n"
        "ОВД Небылово:\nНебылова Вымышлена, 34 года, автозак 3"
    )
    listing.keep(event, listing.Sent(lines, "A chat of helpers"), hand)
    return {"text": str(paper.pk), "event": event.code}


def _shoot(
    browser: "Browser", port: int, shot: tuple[str, str, str, int, int], codes: dict[str, str]
) -> None:
    from django.utils import timezone
    from PIL import Image

    from habeas.site import serving

    name, page, language, width, height = shot
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en")
    tab = context.new_page()
    tab.goto(serving.one_time_link(port, "owner", timezone.now()))
    tab.goto(f"http://127.0.0.1:{port}/{language}/{page.format(**codes)}")
    if name in _POINTED_AT:
        tab.locator("li.offer", has_text=_POINTED_AT[name]).first.hover()
    with Image.open(io.BytesIO(tab.screenshot())) as drawn:
        # Sixty-four colours are enough for text and boxes, and keep the repository small.
        drawn.convert("RGB").quantize(64).save(PICTURES / f"{name}.png", optimize=True)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
